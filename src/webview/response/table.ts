import type { Cell, ResponseRequest, TableState } from '../../pages/response-messages';
import { button, element } from '../ui';
import type { KeptView } from './kept';
import { Pages } from './pages';
import { cellElement, count, kindOf } from './words';

/** Height of a row in px. Rows are alike, so where a row stands is a multiplication. */
const ROW_PX = 24;
/** Rows drawn beyond the edges of the screen. */
const MARGIN_ROWS = 6;
/** Pause before rows are asked for while somebody scrolls, and before a filter is applied while somebody types; ms. */
const SCROLL_PAUSE_MS = 60;
const TYPING_PAUSE_MS = 200;

/**
 * A list as a grid: only the rows on the screen are in the page, and only some pages of rows in memory. One cell is active;
 * the grid has the focus and names it (`aria-activedescendant`), so the focus is never on a row that scrolls away.
 */
export class ResultTableView {
  readonly element = element('div', 'table-view');
  readonly #grid = element('div', 'grid');
  readonly #head = element('div', 'row head');
  readonly #body = element('div', 'body');
  readonly #counter = element('span', 'count');
  readonly #detail = element('div', 'detail');
  readonly #columnsButton: HTMLElement;
  readonly #rows = new Map<number, HTMLElement>();
  readonly #pages: Pages;
  #table: TableState;
  /** Row -1 is the head. */
  #active: { row: number; column: number };
  #frame = 0;
  #asking: ReturnType<typeof setTimeout> | undefined;
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    table: TableState,
    private readonly send: (request: ResponseRequest) => void,
    private readonly kept: KeptView,
  ) {
    this.#table = table;
    this.#active = { row: kept.place.row, column: kept.place.column };
    this.#pages = new Pages((start) => {
      this.send({ type: 'rows', version: this.#table.version, start });
    });
    this.#columnsButton = button('Columns', () => {
      this.send({ type: 'columns' });
    });
    this.#buildGrid();
    this.element.append(this.#toolbar(), this.#grid, this.#detail);
    this.#apply();
  }

  /** The table stands on the screen: goes to where it was. */
  shown(): void {
    this.#grid.scrollTop = this.kept.place.top;
    this.#draw();
  }

  /** Rows or columns are arranged anew. */
  update(table: TableState): void {
    this.#table = table;
    this.#pages.clear();
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    this.#apply();
    this.#draw();
  }

  /** Rows that were asked for have come. */
  fill(version: number, start: number, rows: readonly (readonly Cell[])[]): void {
    if (version !== this.#table.version) return;
    this.#pages.fill(start, rows);
    for (const [index, row] of this.#rows) if (index >= start && index < start + rows.length) this.#fillRow(index, row);
    this.#showActive();
  }

  #toolbar(): HTMLElement {
    const bar = element('div', 'toolbar');
    this.#counter.setAttribute('role', 'status');
    const filter = element('input', 'filter');
    filter.type = 'search';
    filter.placeholder = 'Filter rows';
    filter.setAttribute('aria-label', 'Filter rows');
    filter.value = this.#table.filter;
    filter.maxLength = 1000;
    filter.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => {
        this.send({ type: 'filter', text: filter.value });
      }, TYPING_PAUSE_MS);
    });
    const space = element('span', 'space');
    const csv = button('CSV', () => {
      this.send({ type: 'copy-all', format: 'csv' });
    });
    csv.title = 'Copy the rows as CSV';
    const json = button('JSON', () => {
      this.send({ type: 'copy-all', format: 'json' });
    });
    json.title = 'Copy the rows as JSON';
    bar.append(
      this.#counter,
      filter,
      space,
      this.#columnsButton,
      csv,
      json,
      button('Save…', () => {
        this.send({ type: 'save' });
      }),
    );
    return bar;
  }

  #buildGrid(): void {
    this.#grid.setAttribute('role', 'grid');
    this.#grid.setAttribute('aria-label', 'Result');
    this.#grid.tabIndex = 0;
    const head = element('div', 'head-group');
    head.setAttribute('role', 'rowgroup');
    this.#head.setAttribute('role', 'row');
    this.#head.ariaRowIndex = '1';
    head.append(this.#head);
    this.#body.setAttribute('role', 'rowgroup');
    this.#grid.append(head, this.#body);
    this.#grid.addEventListener('scroll', () => {
      this.#soon();
    });
    this.#grid.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.#grid.addEventListener('focus', () => {
      this.#showActive();
    });
    this.#body.addEventListener('mousedown', (event) => {
      const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('.cell') : null;
      if (cell !== null) this.#activate(Number(cell.dataset['row']), Number(cell.dataset['column']), false);
    });
    new ResizeObserver(() => {
      this.#soon();
    }).observe(this.#grid);
  }

  /** Everything that follows from the state of the table. */
  #apply(): void {
    const { columns, shown, total, hidden, filter } = this.#table;
    this.#grid.ariaRowCount = String(shown + 1);
    this.#grid.ariaColCount = String(columns.length);
    this.#counter.textContent =
      filter.trim() === '' ? count(total, 'row', 'rows') : `${shown.toLocaleString()} of ${count(total, 'row', 'rows')}`;
    this.#columnsButton.textContent = hidden === 0 ? 'Columns' : `Columns (${hidden} hidden)`;
    this.#body.style.height = `${shown * ROW_PX}px`;
    // Room for the heading with its arrow, and for what the first rows hold; never so much that one column takes it all.
    const widths = columns.map(({ code, width }) => `${Math.min(44, Math.max(code.length + 4, width + 2, 7))}ch`);
    this.#grid.style.setProperty('--columns', widths.join(' '));
    this.#body.toggleAttribute('data-empty', shown === 0);
    this.#head.replaceChildren(...columns.map((_, column) => this.#heading(column)));
    this.#active = { row: Math.min(this.#active.row, shown - 1), column: Math.max(0, Math.min(this.#active.column, columns.length - 1)) };
  }

  #heading(column: number): HTMLElement {
    const { columns, sort } = this.#table;
    const { code, doc, numeric } = columns[column] ?? { code: '', doc: '', numeric: false };
    const cell = element('div', numeric ? 'cell numeric' : 'cell');
    cell.id = `cell--1-${column}`;
    cell.setAttribute('role', 'columnheader');
    cell.ariaColIndex = String(column + 1);
    cell.ariaSort = sort?.column !== code ? 'none' : sort.descending ? 'descending' : 'ascending';
    if (doc !== '') cell.title = doc;
    cell.append(element('span', 'label', code));
    if (sort?.column === code) cell.append(element('span', `codicon codicon-arrow-${sort.descending ? 'down' : 'up'}`));
    cell.draggable = true;
    cell.addEventListener('click', () => {
      this.#activate(-1, column, false);
      this.send({ type: 'sort', column: code });
    });
    cell.addEventListener('dragstart', (event) => {
      event.dataTransfer?.setData('text/plain', code);
    });
    cell.addEventListener('dragover', (event) => {
      event.preventDefault();
    });
    cell.addEventListener('drop', (event) => {
      event.preventDefault();
      const moved = event.dataTransfer?.getData('text/plain') ?? '';
      if (moved !== code && columns.some((other) => other.code === moved)) this.send({ type: 'move-column', column: moved, to: column });
    });
    return cell;
  }

  #soon(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** Rows on the screen and a little beyond. */
  get #window(): { readonly first: number; readonly last: number } {
    const { scrollTop, clientHeight } = this.#grid;
    return {
      first: Math.max(0, Math.floor(scrollTop / ROW_PX) - MARGIN_ROWS),
      last: Math.min(this.#table.shown - 1, Math.ceil((scrollTop + clientHeight) / ROW_PX) + MARGIN_ROWS),
    };
  }

  #draw(): void {
    if (this.#grid.clientHeight === 0) return;
    const { first, last } = this.#window;
    const free: HTMLElement[] = [];
    for (const [index, row] of this.#rows) {
      if (index >= first && index <= last) continue;
      this.#rows.delete(index);
      free.push(row);
    }
    for (let index = first; index <= last; index++) {
      if (this.#rows.has(index)) continue;
      // A row that left the screen is used again: nothing is made while scrolling.
      const row = free.pop() ?? this.#newRow();
      this.#rows.set(index, row);
      row.style.transform = `translateY(${index * ROW_PX}px)`;
      this.#fillRow(index, row);
    }
    for (const row of free) row.remove();
    this.#ask();
    this.#showActive();
    this.kept.place = { ...this.#active, top: this.#grid.scrollTop };
  }

  #ask(): void {
    if (this.#rows.size === 0) return;
    const need = (): void => {
      this.#asking = undefined;
      const { first, last } = this.#window;
      if (last >= first) this.#pages.need(first, last);
    };
    // The first page comes at once; while scrolling, only what is still on the screen after a moment.
    if (this.#asking === undefined)
      this.#asking = setTimeout(
        need,
        this.#pages.row(this.#window.first) === undefined && this.#grid.scrollTop === 0 ? 0 : SCROLL_PAUSE_MS,
      );
  }

  #newRow(): HTMLElement {
    const row = element('div', 'row');
    row.setAttribute('role', 'row');
    this.#body.append(row);
    return row;
  }

  #fillRow(index: number, row: HTMLElement): void {
    const { columns, version } = this.#table;
    const cells = this.#pages.row(index);
    row.ariaRowIndex = String(index + 2);
    row.classList.toggle('odd', index % 2 === 1);
    row.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'cell', version, row: index, preventDefaultContextMenuItems: true });
    row.ariaBusy = String(cells === undefined);
    row.replaceChildren(
      ...columns.map(({ code }, column) => {
        const value = cells?.[column];
        // Numbers stand at the right, texts at the left, also those of digits alone: so they can be told apart.
        const cell = element('div', value?.[0] === 'number' ? 'cell numeric' : 'cell');
        cell.id = `cell-${index}-${column}`;
        cell.setAttribute('role', 'gridcell');
        cell.ariaColIndex = String(column + 1);
        cell.dataset['row'] = String(index);
        cell.dataset['column'] = String(column);
        cell.dataset['vscodeContext'] = JSON.stringify({ column: code });
        if (value === undefined) cell.append(element('span', 'waiting', '…'));
        else {
          cell.append(cellElement(value));
          // Text and number look alike where stores send numbers as text: the kind is one hover away.
          cell.title = value[0] === 'text' ? `${value[1]}\n${kindOf(value)}` : kindOf(value);
        }
        return cell;
      }),
    );
  }

  #activate(row: number, column: number, scroll: boolean): void {
    const { shown, columns } = this.#table;
    this.#active = { row: Math.max(-1, Math.min(row, shown - 1)), column: Math.max(0, Math.min(column, columns.length - 1)) };
    if (scroll) this.#reveal();
    this.#draw();
  }

  /** Scrolls so that the active cell is on the screen. */
  #reveal(): void {
    const { row, column } = this.#active;
    const heading = this.#head.children[column];
    if (row >= 0) {
      const top = row * ROW_PX;
      const height = this.#grid.clientHeight - this.#head.offsetHeight;
      if (top < this.#grid.scrollTop) this.#grid.scrollTop = top;
      else if (top + ROW_PX > this.#grid.scrollTop + height) this.#grid.scrollTop = top + ROW_PX - height;
    }
    if (!(heading instanceof HTMLElement)) return;
    const { offsetLeft, offsetWidth } = heading;
    if (offsetLeft < this.#grid.scrollLeft) this.#grid.scrollLeft = offsetLeft;
    else if (offsetLeft + offsetWidth > this.#grid.scrollLeft + this.#grid.clientWidth)
      this.#grid.scrollLeft = offsetLeft + offsetWidth - this.#grid.clientWidth;
  }

  #showActive(): void {
    for (const cell of this.#grid.querySelectorAll('.cell.active')) {
      cell.classList.remove('active');
      cell.removeAttribute('aria-selected');
    }
    const { row, column } = this.#active;
    const cell = this.#grid.querySelector(`#cell-${row}-${column}`);
    if (cell === null) this.#grid.removeAttribute('aria-activedescendant');
    else {
      cell.classList.add('active');
      if (row >= 0) cell.ariaSelected = 'true';
      this.#grid.setAttribute('aria-activedescendant', cell.id);
    }
    this.#showDetail();
  }

  /** The line below: the active cell in full, and what it is. */
  #showDetail(): void {
    const { row, column } = this.#active;
    const cell = row < 0 ? undefined : this.#pages.row(row)?.[column];
    const { code, doc } = this.#table.columns[column] ?? { code: '', doc: '' };
    const key = `${this.#table.version} ${row} ${column} ${String(cell === undefined)}`;
    if (this.#detail.dataset['key'] === key) return;
    this.#detail.dataset['key'] = key;
    if (cell === undefined) {
      this.#detail.replaceChildren(element('span', 'missing', row < 0 ? doc : ''));
      return;
    }
    const value = cellElement(cell);
    value.classList.add('value');
    this.#detail.replaceChildren(
      element('span', 'label', code),
      element('span', 'type', kindOf(cell)),
      value,
      button('Copy cell', () => {
        this.send({ type: 'copy-cell', version: this.#table.version, row, column: code });
      }),
      button('Copy row', () => {
        this.send({ type: 'copy-row', version: this.#table.version, row });
      }),
    );
  }

  /** The menu of the active cell. A key would open that of the grid, which has the focus, at a corner of it. */
  #openMenu(): void {
    const { row, column } = this.#active;
    const cell = row < 0 ? null : this.#grid.querySelector(`#cell-${row}-${column}`);
    if (cell === null) return;
    const { left, bottom } = cell.getBoundingClientRect();
    cell.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 8, clientY: bottom }));
  }

  #onKey(event: KeyboardEvent): void {
    const { row, column } = this.#active;
    const { shown, columns, version } = this.#table;
    const code = columns[column]?.code ?? '';
    const whole = event.ctrlKey || event.metaKey;
    const page = Math.max(1, Math.floor((this.#grid.clientHeight - 2 * ROW_PX) / ROW_PX));
    if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) this.#openMenu();
    else if (whole && event.key.toLowerCase() === 'c' && row >= 0) this.send({ type: 'copy-cell', version, row, column: code });
    else if (event.altKey && row < 0 && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const to = Math.max(0, Math.min(columns.length - 1, column + (event.key === 'ArrowLeft' ? -1 : 1)));
      this.send({ type: 'move-column', column: code, to });
      this.#active = { row, column: to };
    } else if ((event.key === 'Enter' || event.key === ' ') && row < 0) this.send({ type: 'sort', column: code });
    else {
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
    }
    event.preventDefault();
  }
}
