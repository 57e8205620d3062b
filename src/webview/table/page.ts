import type { GridPlace } from '../../pages/grid-messages';
import type { CellEdit, TableState, TableRequest, TableUpdate } from '../../pages/table-messages';
import { Grid, type ActiveCell } from '../grid/grid';
import type { Host } from '../host';
import { element } from '../ui';
import { editCell } from './cell-editor';
import { TableHead } from './head';
import { keptPlace, memoryOf } from './kept';
import { emptyBox, problemBox } from './notices';
import { Selection } from './selection';
import { SelectionBar } from './selection-bar';

/** Pause before the extension is told the position, in ms. */
const PLACE_PAUSE_MS = 100;

/** The table page: draws the state that the extension sends, and reports what the user does. */
export class TablePage {
  readonly #head: TableHead;
  readonly #bar: SelectionBar;
  readonly #selection: Selection;
  readonly #notice = element('div', 'notice-place');
  readonly #empty = element('div', 'empty-place');
  #grid: Grid | undefined;
  #state: TableState | undefined;
  #place: GridPlace;
  #placing: ReturnType<typeof setTimeout> | undefined;
  /** The state of the list for which further rows were requested: each is requested once. */
  #askedBehind = '';
  /** Whether the kept scroll position was restored, which is possible only when there are rows. */
  #placed = false;
  #drawn = { problem: '', empty: '' };

  constructor(private readonly host: Host<TableRequest, TableUpdate>) {
    const send = (request: TableRequest): void => {
      host.send(request);
    };
    this.#head = new TableHead(send);
    this.#bar = new SelectionBar(send);
    this.#selection = new Selection(send, () => this.#grid?.state.version ?? 0);
    this.#place = keptPlace(host.kept);
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'f' || event.shiftKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      this.#head.focusFilter();
    });
  }

  /** Handles a message of the extension. */
  take(update: TableUpdate): void {
    if (update.type === 'rows') this.#grid?.fill(update.version, update.start, update.rows);
    else if (update.type === 'edit') this.#edit(update);
    else this.#show(update.state, update.by);
  }

  #show(state: TableState, by: number): void {
    const before = this.#state;
    this.#state = state;
    this.#selection.take(state.selection);
    this.#selection.shift(by);
    document.body.className = `table ${state.environment ?? ''}`;
    const grid = this.#grid ?? this.#begin(state);
    this.#head.show(state);
    this.#bar.show({
      selected: this.#selection.size,
      rows: state.grid.shown,
      opens: state.opens,
      customers: state.customers,
      readOnly: state.readOnly !== undefined,
      undeletable: state.undeletable,
      edits: state.edits.count,
    });
    if (before !== undefined && before.edits.revision !== state.edits.revision) grid.renew();
    this.#showNotices(state);
    grid.element.hidden = state.empty !== undefined;
    grid.label = `${state.title}, ${state.store}`;
    if (before !== undefined && (by !== 0 || JSON.stringify(before.grid) !== JSON.stringify(state.grid))) grid.update(state.grid, by);
    if (!this.#placed && state.grid.shown > 0) {
      this.#placed = true;
      grid.shown(this.#place.top);
    }
    grid.reselect();
    this.#loadOn();
    this.#keep();
  }

  #begin(state: TableState): Grid {
    const grid = this.#makeGrid(state);
    this.#grid = grid;
    const main = element('main');
    main.append(this.#head.element, this.#notice, grid.element, this.#empty, this.#bar.element);
    document.body.replaceChildren(main);
    return grid;
  }

  #showNotices({ problem, empty }: TableState): void {
    const send = (request: TableRequest): void => {
      this.host.send(request);
    };
    // A notice that has not changed is not drawn again, so it keeps the focus.
    const drawn = { problem: JSON.stringify(problem) ?? '', empty: JSON.stringify(empty) ?? '' };
    if (drawn.problem !== this.#drawn.problem) this.#notice.replaceChildren(...(problem === undefined ? [] : [problemBox(problem, send)]));
    if (drawn.empty !== this.#drawn.empty) this.#empty.replaceChildren(...(empty === undefined ? [] : [emptyBox(empty, send)]));
    this.#drawn = drawn;
    this.#empty.hidden = empty === undefined;
  }

  #makeGrid({ grid, store, title }: TableState): Grid {
    const { host } = this;
    return new Grid(
      grid,
      {
        label: `${title}, ${store}`,
        empty: '',
        ask: (version, start) => {
          host.send({ type: 'rows', version, start });
        },
        sort: (column) => {
          host.send({ type: 'sort', column });
        },
        move: (column, to) => {
          host.send({ type: 'move-column', column, to });
        },
        widen: (column, px) => {
          host.send({ type: 'widen', column, px });
        },
        active: () => undefined,
        place: (place) => {
          this.#wentTo(place);
        },
        key: (event, cell) => this.#onKey(event, cell),
        went: (row, event) => {
          this.#selection.went(row, event);
        },
        selected: (row) => this.#selection.has(row),
        open: (row) => {
          this.#open(row, false);
        },
        end: () => {
          this.#loadOn();
        },
        headingContext: ({ code, pinned = false }) => ({ webviewSection: 'heading', column: code, pinned }),
        context: (row) => ({
          webviewSection: this.#state?.customers === true ? 'customer' : 'row',
          version: this.#grid?.state.version ?? 0,
          row,
          writable: this.#writable,
          deletable: this.#writable && this.#state?.undeletable === undefined,
        }),
      },
      this.#place,
    );
  }

  #wentTo(place: GridPlace): void {
    if (!this.#placed) return;
    const { row, column, top } = this.#place;
    if (row === place.row && column === place.column && top === place.top) return;
    this.#place = place;
    this.#keep();
    clearTimeout(this.#placing);
    this.#placing = setTimeout(() => {
      this.#tellPlace();
    }, PLACE_PAUSE_MS);
  }

  #tellPlace(): void {
    const grid = this.#grid;
    if (grid !== undefined) this.host.send({ type: 'at', version: grid.state.version, row: this.#place.row, first: grid.firstRow });
  }

  #keep(): void {
    const state = this.#state;
    if (state !== undefined) this.host.keep(memoryOf(state.place, this.#place, state.grid.filter));
  }

  /** Requests further rows when the last ones are on the screen. */
  #loadOn(): void {
    const [state, grid] = [this.#state, this.#grid];
    if (state === undefined || grid === undefined || !state.loadsOn || state.busy !== undefined || !grid.atEnd) return;
    const behind = `${state.grid.version} ${state.grid.total}`;
    if (this.#askedBehind === behind) return;
    this.#askedBehind = behind;
    this.host.send({ type: 'more' });
  }

  #open(row: number, edit: boolean): void {
    this.host.send({ type: 'open', version: this.#grid?.state.version ?? 0, row, edit });
  }

  /** Shows the editor of a cell. */
  #edit(edit: CellEdit): void {
    const grid = this.#grid;
    const column = grid?.state.columns.findIndex(({ code }) => code === edit.column) ?? -1;
    if (grid === undefined || grid.state.version !== edit.version || column < 0) return;
    const cell = grid.element.querySelector<HTMLElement>(`#cell-${edit.row}-${column}`);
    if (cell === null) return;
    editCell(cell, edit, grid.state.columns[column]?.title ?? edit.column, {
      done: (value) => {
        this.host.send({ type: 'edited', version: edit.version, row: edit.row, column: edit.column, value });
        grid.renew();
        grid.element.focus();
      },
      left: () => {
        grid.renew();
        grid.element.focus();
      },
    });
  }

  /** Whether the rows can be changed or deleted here. */
  get #writable(): boolean {
    return this.#state?.customers === true && this.#state.readOnly === undefined;
  }

  #onKey(event: KeyboardEvent, active: ActiveCell | undefined): boolean {
    const whole = event.ctrlKey || event.metaKey;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (whole && key === 'a') {
      this.host.send({ type: 'select-all' });
      return true;
    }
    if (key === 'Escape') {
      this.host.send({ type: 'select-none' });
      return true;
    }
    if (active === undefined || active.row < 0) return false;
    const { row, column } = active;
    const writable = this.#writable;
    if (whole && key === 'c') this.#copy(row, column.code);
    else if (key === 'Enter') this.#open(row, false);
    else if (key === 'F2' && writable) this.host.send({ type: 'edit', version: this.#grid?.state.version ?? 0, row, column: column.code });
    else if (key === ' ' && whole) this.#selection.toggle(row);
    else if (key === ' ') this.#selection.only(row);
    else if (key === 'Delete' && writable && this.#state?.undeletable === undefined) {
      // Only rows that are shown as selected are deleted, so an unselected active row is selected first.
      if (!this.#selection.has(row)) this.#selection.only(row);
      this.host.send({ type: 'delete' });
    } else return false;
    return true;
  }

  /** Copies the selected rows if there are several, otherwise the active cell. */
  #copy(row: number, column: string): void {
    if (this.#selection.size > 1) this.host.send({ type: 'copy', format: 'tsv' });
    else this.host.send({ type: 'copy-cell', version: this.#grid?.state.version ?? 0, row, column });
  }
}
