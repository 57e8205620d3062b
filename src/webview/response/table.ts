import type { Cell } from '../../pages/grid-messages';
import type { ResponseRequest, TableState } from '../../pages/response-messages';
import { formatNumber, plural, translated, t } from '../../l10n/texts';
import { cellElement, kindOf } from '../grid/cells';
import { Grid, type ActiveCell } from '../grid/grid';
import { button, element } from '../ui';
import type { KeptView } from './kept';

/** Pause before a filter is applied while the user types, in ms. */
const TYPING_PAUSE_MS = 200;

/** A list as a table: the actions on all rows above it, the full value of the active cell below. */
export class ResultTableView {
  readonly element = element('div', 'table-view');
  readonly #counter = element('span', 'count');
  readonly #detail = element('div', 'detail');
  readonly #columnsButton: HTMLElement;
  readonly #grid: Grid;
  #links: TableState['links'] = [];
  #rowLink: TableState['rowLink'];
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(
    table: TableState,
    private readonly send: (request: ResponseRequest) => void,
    private readonly kept: KeptView,
  ) {
    this.#columnsButton = button(t('Columns'), () => {
      this.send({ type: 'columns' });
    });
    this.#grid = new Grid(
      table,
      {
        label: t('Result'),
        empty: t('No rows'),
        ask: (version, start) => {
          send({ type: 'rows', version, start });
        },
        sort: (column) => {
          send({ type: 'sort', column });
        },
        move: (column, to) => {
          send({ type: 'move-column', column, to });
        },
        widen: (column, px) => {
          send({ type: 'widen', column, px });
        },
        open: (row) => {
          this.#openRow(row);
        },
        active: (cell) => {
          this.#showDetail(cell);
        },
        place: (place) => {
          kept.place = place;
        },
        key: (event, cell) => this.#onKey(event, cell),
        context: (row) => ({
          webviewSection: 'cell',
          link: this.#rowLink !== undefined,
          version: this.#grid.state.version,
          row,
        }),
      },
      kept.place,
    );
    this.element.append(this.#toolbar(table), this.#grid.element, this.#detail);
    this.#apply(table);
  }

  /** Call when the table has become visible: restores the scroll position. */
  shown(): void {
    this.#grid.shown(this.kept.place.top);
  }

  /** Shows rows or columns that were rearranged. */
  update(table: TableState): void {
    this.#apply(table);
    this.#grid.update(table);
  }

  /** Shows rows that were requested. */
  fill(version: number, start: number, rows: readonly (readonly Cell[])[]): void {
    this.#grid.fill(version, start, rows);
  }

  #toolbar({ filter: before }: TableState): HTMLElement {
    const bar = element('div', 'toolbar');
    this.#counter.setAttribute('role', 'status');
    const filter = element('input', 'filter');
    filter.type = 'search';
    filter.placeholder = t('Filter rows');
    filter.setAttribute('aria-label', t('Filter rows'));
    filter.value = before;
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
    csv.title = t('Copy the rows as CSV');
    const json = button('JSON', () => {
      this.send({ type: 'copy-all', format: 'json' });
    });
    json.title = t('Copy the rows as JSON');
    bar.append(
      this.#counter,
      filter,
      space,
      this.#columnsButton,
      csv,
      json,
      button(t('Save…'), () => {
        this.send({ type: 'save' });
      }),
    );
    return bar;
  }

  #apply({ shown, total, hidden, filter, links, rowLink }: TableState): void {
    this.#links = links;
    this.#rowLink = rowLink;
    this.#counter.textContent =
      filter.trim() === ''
        ? plural(total, '{count} row', '{count} rows')
        : plural(total, '{shown} of {count} row', '{shown} of {count} rows', { shown: formatNumber(shown) });
    this.#columnsButton.textContent = hidden === 0 ? t('Columns') : t('Columns ({count} hidden)', { count: hidden });
  }

  /** A button that follows the link of a value; `undefined` for a value without a link. */
  #follow(row: number, column: string): HTMLElement | undefined {
    const { version } = this.#grid.state;
    const link = this.#links.find((each) => each.column === column);
    const [kind, id] = (link === undefined ? undefined : this.#grid.cell(row, link.by)) ?? ['absent', ''];
    if (link === undefined || (kind !== 'number' && kind !== 'text')) return undefined;
    return button(translated(link.words, { id }), () => {
      this.send({ type: 'follow', version, row, column });
    });
  }

  /** Follows the link of a row. */
  #openRow(row: number): void {
    if (this.#rowLink !== undefined) this.send({ type: 'open-row', version: this.#grid.state.version, row });
  }

  #onKey(event: KeyboardEvent, active: ActiveCell | undefined): boolean {
    if (active === undefined || active.row < 0) return false;
    const { row, column } = active;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c')
      this.send({ type: 'copy-cell', version: this.#grid.state.version, row, column: column.code });
    else if (event.key === 'Enter' && this.#rowLink !== undefined) this.#openRow(row);
    else return false;
    return true;
  }

  /** The line below: the full value of the active cell, and its kind. */
  #showDetail(active: ActiveCell | undefined): void {
    const { row = -1, cell, column: { code, doc } = { code: '', doc: '' } } = active ?? {};
    const { version } = this.#grid.state;
    const key = `${version} ${row} ${code} ${String(cell === undefined)}`;
    if (this.#detail.dataset['key'] === key) return;
    this.#detail.dataset['key'] = key;
    if (cell === undefined) {
      this.#detail.replaceChildren(element('span', 'missing', row < 0 ? doc : ''));
      return;
    }
    const value = cellElement(cell);
    value.classList.add('value');
    // A long value scrolls, so it must be reachable by keyboard.
    value.tabIndex = 0;
    const actions = element('div', 'actions');
    const follow = this.#follow(row, code);
    actions.append(
      ...(follow !== undefined
        ? [follow]
        : this.#rowLink === undefined
          ? []
          : [
              button(this.#rowLink.words, () => {
                this.#openRow(row);
              }),
            ]),
      button(t('Copy Cell'), () => {
        this.send({ type: 'copy-cell', version, row, column: code });
      }),
      button(t('Copy Row'), () => {
        this.send({ type: 'copy-row', version, row });
      }),
    );
    this.#detail.replaceChildren(element('span', 'label', code), element('span', 'type', kindOf(cell)), value, actions);
  }
}
