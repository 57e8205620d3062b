import type { Cell, GridColumn, GridPlace, GridState } from '../../pages/grid-messages';
import { element } from '../ui';
import { gridCell } from './cells';
import { GridHead, WIDEN_PX, type HeadPorts } from './head';
import { Pages } from './pages';

/** Height of a row in px. All rows have the same height, so the position of a row is a multiplication. */
const ROW_PX = 24;
/** Rows drawn above and below the screen. */
const MARGIN_ROWS = 6;
/** Pause before rows are requested while the user scrolls, in ms. */
const SCROLL_PAUSE_MS = 60;

/** The active cell with its row and column. */
export interface ActiveCell {
  readonly row: number;
  readonly column: GridColumn;
  /** `undefined` for a heading, and while the row is being loaded. */
  readonly cell: Cell | undefined;
}

/** The callbacks and texts of a list. */
export interface GridPorts extends HeadPorts {
  /** Name of the list for screen readers. */
  readonly label: string;
  /** Text shown when there are no rows. */
  readonly empty: string;
  readonly ask: (version: number, start: number) => void;
  /** Another cell is active, or the value of the active cell was loaded. */
  readonly active: (cell: ActiveCell | undefined) => void;
  /** The active cell or the scroll position changed; for storing it. */
  readonly place: (place: GridPlace) => void;
  /** A key that does not move the active cell. @returns whether the key was used */
  readonly key: (event: KeyboardEvent, cell: ActiveCell | undefined) => boolean;
  /** Whether tooltips say the kind of a value, such as text or number. The default is true. */
  readonly kinds?: boolean;
  /** The user moved to a row by keyboard or pointer. */
  readonly went?: (row: number, event: KeyboardEvent | MouseEvent) => void;
  /** Whether a row is selected. Omit it in a list without selection. */
  readonly selected?: (row: number) => boolean;
  /** A row was double-clicked. */
  readonly open?: (row: number) => void;
  /** The last rows are on the screen. */
  readonly end?: () => void;
  /** Context of a row for its menus. */
  readonly context: (row: number) => Readonly<Record<string, unknown>>;
}

/**
 * A list as a grid. Only the rows on the screen are in the page, and only some pages of rows are in memory. One cell is active: the grid
 * has the focus and names that cell (`aria-activedescendant`), so the focus is never on a row that scrolls away.
 */
export class Grid {
  readonly element = element('div', 'grid');
  readonly #head: GridHead;
  readonly #body = element('div', 'body');
  readonly #rows = new Map<number, HTMLElement>();
  readonly #pages: Pages;
  #state: GridState;
  #active: { row: number; column: number };
  #frame = 0;
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor(
    state: GridState,
    private readonly ports: GridPorts,
    place: Omit<GridPlace, 'top'>,
  ) {
    this.#state = state;
    this.#active = { row: place.row, column: place.column };
    this.#pages = new Pages((start) => {
      ports.ask(this.#state.version, start);
    });
    this.#head = new GridHead(this.element, ports, (column) => {
      this.#activate(-1, column, false);
    });
    this.#build();
    this.#apply();
  }

  /** Name of the list for screen readers. */
  set label(label: string) {
    this.element.setAttribute('aria-label', label);
  }

  /** The list that is shown. */
  get state(): GridState {
    return this.#state;
  }

  /** Call when the grid has become visible: restores the scroll position. */
  shown(top: number): void {
    this.element.scrollTop = top;
    this.#draw();
  }

  /**
   * Shows rows or columns that were rearranged or added.
   * @param by by how many rows the rows on the screen moved down
   */
  update(state: GridState, by = 0): void {
    const before = this.#state;
    this.#state = state;
    if (state.version === before.version) this.#pages.grow();
    else {
      this.#pages.clear();
      if (by !== 0) this.#active.row = Math.max(0, this.#active.row + by);
    }
    // The old rows stay until the new ones have been loaded.
    const same = JSON.stringify(before.columns) === JSON.stringify(state.columns);
    for (const [index, row] of this.#rows) {
      if (same && index < state.shown) continue;
      row.remove();
      this.#rows.delete(index);
    }
    this.#apply();
    if (by !== 0) this.element.scrollTop += by * ROW_PX;
    this.#draw();
    this.#need();
  }

  /** Shows rows that were requested. */
  fill(version: number, start: number, rows: readonly (readonly Cell[])[]): void {
    if (version !== this.#state.version) return;
    this.#pages.fill(start, rows);
    for (const [index, row] of this.#rows) {
      // The grid has the focus, so a row with the focus has a cell that is being edited. Keep what was typed there.
      if (index >= start && index < start + rows.length && !row.contains(document.activeElement)) this.#fillRow(index, row);
    }
    this.#showActive();
  }

  /** Loads the rows on the screen again, after their content changed but not their positions. */
  renew(): void {
    this.#pages.clear();
    this.#need();
  }

  /** Shows a changed selection. */
  reselect(): void {
    for (const [index, row] of this.#rows) this.#select(index, row);
  }

  /** The active cell. */
  get active(): ActiveCell | undefined {
    const { row } = this.#active;
    const column = this.#state.columns[this.#active.column];
    return column === undefined ? undefined : { row, column, cell: row < 0 ? undefined : this.#pages.row(row)?.[this.#active.column] };
  }

  /** The value of a cell; `undefined` while its row is not loaded, and for a column that is not shown. */
  cell(row: number, column: string): Cell | undefined {
    return this.#pages.row(row)?.[this.#state.columns.findIndex(({ code }) => code === column)];
  }

  /** Index of the first row that is completely on the screen. */
  get firstRow(): number {
    return Math.ceil(this.element.scrollTop / ROW_PX);
  }

  /** Whether the last rows are on the screen. */
  get atEnd(): boolean {
    return this.element.clientHeight > 0 && this.#state.shown > 0 && this.#window.last >= this.#state.shown - 1;
  }

  #build(): void {
    const { element: grid, ports } = this;
    grid.setAttribute('role', 'grid');
    this.label = ports.label;
    if (ports.selected !== undefined) grid.ariaMultiSelectable = 'true';
    grid.tabIndex = 0;
    const head = element('div', 'head-group');
    head.setAttribute('role', 'rowgroup');
    head.append(this.#head.element);
    this.#body.setAttribute('role', 'rowgroup');
    this.#body.dataset['none'] = ports.empty;
    grid.append(head, this.#body);
    grid.addEventListener('scroll', () => {
      this.#soon();
    });
    grid.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    grid.addEventListener('focus', () => {
      this.#showActive();
    });
    this.#body.addEventListener('mousedown', (event) => {
      const at = this.#cellAt(event);
      if (at === undefined) return;
      this.#activate(at.row, at.column, false);
      ports.went?.(at.row, event);
    });
    this.#body.addEventListener('dblclick', (event) => {
      const at = this.#cellAt(event);
      if (at !== undefined) ports.open?.(at.row);
    });
    new ResizeObserver(() => {
      this.#soon();
    }).observe(grid);
  }

  /** The cell of an event, once its row is loaded: before, a different row may still be drawn there. */
  #cellAt({ target }: Event): { readonly row: number; readonly column: number } | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>('.cell') : null;
    const row = Number(cell?.dataset['row'] ?? -1);
    return cell === null || this.#pages.row(row) === undefined ? undefined : { row, column: Number(cell.dataset['column']) };
  }

  /** Updates everything that depends on the state of the list. */
  #apply(): void {
    const { columns, shown } = this.#state;
    this.element.ariaRowCount = String(shown + 1);
    this.element.ariaColCount = String(columns.length);
    this.#body.style.height = `${shown * ROW_PX}px`;
    this.#body.toggleAttribute('data-empty', shown === 0);
    this.#head.show(this.#state);
    // While the list has no rows, the active row is kept.
    const row = shown === 0 ? this.#active.row : Math.min(this.#active.row, shown - 1);
    this.#active = { row, column: Math.max(0, Math.min(this.#active.column, columns.length - 1)) };
  }

  #soon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** Rows on the screen, with a margin. */
  get #window(): { readonly first: number; readonly last: number } {
    const { scrollTop, clientHeight } = this.element;
    return {
      first: Math.max(0, Math.floor(scrollTop / ROW_PX) - MARGIN_ROWS),
      last: Math.min(this.#state.shown - 1, Math.ceil((scrollTop + clientHeight) / ROW_PX) + MARGIN_ROWS),
    };
  }

  #draw(): void {
    if (this.element.clientHeight === 0) return;
    const { first, last } = this.#window;
    const free: HTMLElement[] = [];
    for (const [index, row] of this.#rows) {
      if (index >= first && index <= last) continue;
      this.#rows.delete(index);
      free.push(row);
    }
    for (let index = first; index <= last; index++) {
      if (this.#rows.has(index)) continue;
      // Rows that left the screen are used again, so that scrolling creates no elements.
      const row = free.pop() ?? this.#newRow();
      this.#rows.set(index, row);
      row.style.transform = `translateY(${index * ROW_PX}px)`;
      this.#fillRow(index, row);
    }
    for (const row of free) row.remove();
    this.#ask();
    this.#showActive();
    this.ports.place({ ...this.#active, top: this.element.scrollTop });
    if (this.atEnd) this.ports.end?.();
  }

  #ask(): void {
    if (this.#rows.size === 0) return;
    const need = (): void => {
      this.#need();
    };
    // The first page is requested at once. While the user scrolls, only the rows that are still on the screen after a pause are requested.
    if (this.#asking === undefined)
      this.#asking = setTimeout(
        need,
        this.#pages.row(this.#window.first) === undefined && this.element.scrollTop === 0 ? 0 : SCROLL_PAUSE_MS,
      );
  }

  #need(): void {
    clearTimeout(this.#asking);
    this.#asking = undefined;
    const { first, last } = this.#window;
    if (last >= first) this.#pages.need(first, last);
  }

  #newRow(): HTMLElement {
    const row = element('div', 'row');
    row.setAttribute('role', 'row');
    this.#body.append(row);
    return row;
  }

  #fillRow(index: number, row: HTMLElement): void {
    const { columns } = this.#state;
    const cells = this.#pages.row(index);
    row.ariaRowIndex = String(index + 2);
    row.classList.toggle('odd', index % 2 === 1);
    row.dataset['vscodeContext'] = JSON.stringify({ ...this.ports.context(index), preventDefaultContextMenuItems: true });
    row.ariaBusy = String(cells === undefined);
    this.#select(index, row);
    row.replaceChildren(
      ...columns.map(({ code, pinned = false }, column) =>
        gridCell(cells?.[column], { row: index, column, code, pinned }, this.ports.kinds ?? true),
      ),
    );
  }

  #select(index: number, row: HTMLElement): void {
    if (this.ports.selected === undefined) return;
    const selected = this.ports.selected(index);
    row.ariaSelected = String(selected);
    row.classList.toggle('selected', selected);
  }

  #activate(row: number, column: number, scroll: boolean): void {
    const { shown, columns } = this.#state;
    this.#active = { row: Math.max(-1, Math.min(row, shown - 1)), column: Math.max(0, Math.min(column, columns.length - 1)) };
    if (scroll) this.#reveal();
    this.#draw();
  }

  /** Scrolls so that the active cell is on the screen. */
  #reveal(): void {
    const { row, column } = this.#active;
    const { columns } = this.#state;
    const heading = this.#head.element.children[column];
    if (row >= 0) {
      const top = row * ROW_PX;
      const height = this.element.clientHeight - this.#head.element.offsetHeight;
      if (top < this.element.scrollTop) this.element.scrollTop = top;
      else if (top + ROW_PX > this.element.scrollTop + height) this.element.scrollTop = top + ROW_PX - height;
    }
    if (!(heading instanceof HTMLElement)) return;
    const { offsetLeft, offsetWidth } = heading;
    if (columns[column]?.pinned === true) return;
    // Pinned columns cover the columns that are scrolled under them.
    const covered = this.#head.pinnedWidth(columns);
    if (offsetLeft - covered < this.element.scrollLeft) this.element.scrollLeft = offsetLeft - covered;
    else if (offsetLeft + offsetWidth > this.element.scrollLeft + this.element.clientWidth)
      this.element.scrollLeft = offsetLeft + offsetWidth - this.element.clientWidth;
  }

  #showActive(): void {
    for (const cell of this.element.querySelectorAll('.cell.active')) {
      cell.classList.remove('active');
      if (this.ports.selected === undefined) cell.removeAttribute('aria-selected');
    }
    const { row, column } = this.#active;
    const cell = this.element.querySelector(`#cell-${row}-${column}`);
    if (cell === null) this.element.removeAttribute('aria-activedescendant');
    else {
      cell.classList.add('active');
      if (row >= 0 && this.ports.selected === undefined) cell.ariaSelected = 'true';
      this.element.setAttribute('aria-activedescendant', cell.id);
    }
    this.ports.active(this.active);
  }

  /** Opens the menu of the active cell. The menu key would open the grid's menu in a corner, because the grid has the focus. */
  #openMenu(): void {
    const { row, column } = this.#active;
    const cell = this.element.querySelector(`#cell-${row}-${column}`);
    if (cell === null) return;
    const { left, bottom } = cell.getBoundingClientRect();
    cell.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 8, clientY: bottom }));
  }

  #onKey(event: KeyboardEvent): void {
    const { row, column } = this.#active;
    const { shown, columns } = this.#state;
    const code = columns[column]?.code ?? '';
    const whole = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((this.element.clientHeight - 2 * ROW_PX) / ROW_PX));
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) this.#openMenu();
    else if (event.altKey && row < 0 && this.ports.move !== undefined && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const to = Math.max(0, Math.min(columns.length - 1, column + (event.key === 'ArrowLeft' ? -1 : 1)));
      this.ports.move?.(code, to);
      this.#active = { row, column: to };
    } else if (event.shiftKey && row < 0 && this.ports.widen !== undefined && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      this.ports.widen(code, this.#head.widthOf(column) + (event.key === 'ArrowLeft' ? -WIDEN_PX : WIDEN_PX));
    } else if ((event.key === 'Enter' || event.key === ' ') && row < 0) this.ports.sort?.(code);
    else if (!this.ports.key(event, this.active)) {
      const places: Readonly<Record<string, readonly [number, number]>> = {
        ArrowUp: [row - 1, column],
        ArrowDown: [row + 1, column],
        ArrowLeft: [row, column - 1],
        ArrowRight: [row, column + 1],
        Home: [whole ? 0 : row, 0],
        End: [whole ? shown - 1 : row, columns.length - 1],
        PageUp: [Math.max(0, row - page), column],
        PageDown: [row + page, column],
      };
      const place = places[event.key];
      if (place === undefined) return;
      this.#activate(place[0], place[1], true);
      if (this.#active.row >= 0 && this.#active.row !== row) this.ports.went?.(this.#active.row, event);
    }
    event.preventDefault();
    // VS Code would react to the key itself: select the page, copy it, or switch to another tab.
    event.stopPropagation();
  }
}
