import type { GridColumn, GridState } from '../../pages/grid-messages';
import { widthInDigits } from '../../pages/text-width';
import { element } from '../ui';
import { edgeOf } from './widen';

/** By how much a key widens a column, in px. It is also the minimum width of a column. */
export const WIDEN_PX = 16;
/** Maximum automatic width of a column in digits, without and with room left by the other columns. */
const WIDEST_CHARS = 44;
const WIDEST_CHARS_WITH_ROOM = 120;

/** Space at the beginning of a row, as in its style sheet. */
const ROW_START = '0.5rem';

/** The callbacks of the head of a list. */
export interface HeadPorts {
  /** Columns can be sorted and moved only where these are set. */
  readonly sort?: (column: string) => void;
  readonly move?: (column: string, to: number) => void;
  /** Context of a heading for its menu, where it has one. */
  readonly headingContext?: (column: GridColumn) => Readonly<Record<string, unknown>>;
  /** Columns can be widened only where this is set. */
  readonly widen?: (column: string, px: number | undefined) => void;
}

/** Pins a cell at the position of its pinned column. */
export function pin(cell: HTMLElement, column: number): void {
  cell.classList.add('pinned');
  cell.style.insetInlineStart = `var(--pin-${column})`;
}

/** The head of a list. Columns are sorted by a click, moved by dragging, and widened at their edges. */
export class GridHead {
  readonly element = element('div', 'row head');
  #state: GridState | undefined;

  /**
   * @param grid the element that gets the column widths
   * @param went called with the index of the heading that was clicked
   */
  constructor(
    private readonly grid: HTMLElement,
    private readonly ports: HeadPorts,
    private readonly went: (column: number) => void,
  ) {
    this.element.setAttribute('role', 'row');
    this.element.ariaRowIndex = '1';
  }

  /** Draws the columns of a list. */
  show(state: GridState): void {
    this.#state = state;
    this.#widths(state);
    this.element.replaceChildren(...state.columns.map((_, column) => this.#heading(state, column)));
  }

  /** The drawn width of a column, in px. */
  widthOf(column: number): number {
    const heading = this.element.children[column];
    return heading instanceof HTMLElement ? heading.offsetWidth : 0;
  }

  /** The width that pinned columns take, in px. */
  pinnedWidth(columns: readonly GridColumn[]): number {
    return columns.reduce((sum, { pinned }, column) => sum + (pinned === true ? this.widthOf(column) : 0), 0);
  }

  /** @param drawn a column that is being widened, with its width in px */
  #widths({ columns }: GridState, drawn?: { readonly code: string; readonly px: number }): void {
    const widths = widthsOf(columns, drawn);
    this.grid.style.setProperty('--columns', widths.join(' '));
    // Each pinned column is positioned after those before it.
    columns.forEach(({ pinned }, column) => {
      if (pinned === true) this.grid.style.setProperty(`--pin-${column}`, `calc(${['0px', ...widths.slice(0, column)].join(' + ')})`);
    });
  }

  #heading({ columns, sort }: GridState, column: number): HTMLElement {
    const { code, title, doc, numeric } = columns[column] ?? { code: '', title: '', doc: '', numeric: false };
    const cell = element('div', numeric ? 'cell numeric' : 'cell');
    cell.classList.toggle('fixed', this.ports.sort === undefined);
    cell.id = `cell--1-${column}`;
    cell.setAttribute('role', 'columnheader');
    cell.ariaColIndex = String(column + 1);
    if (this.ports.sort !== undefined) cell.ariaSort = sort?.column !== code ? 'none' : sort.descending ? 'descending' : 'ascending';
    if (doc !== '') cell.title = doc;
    cell.append(element('span', 'label', title));
    if (sort?.column === code) cell.append(element('span', `codicon codicon-arrow-${sort.descending ? 'down' : 'up'}`));
    const shown = columns[column];
    const context = shown === undefined ? {} : (this.ports.headingContext?.(shown) ?? {});
    cell.dataset['vscodeContext'] = JSON.stringify({ ...context, preventDefaultContextMenuItems: true });
    if (shown?.pinned === true) pin(cell, column);
    cell.addEventListener('click', () => {
      this.went(column);
      this.ports.sort?.(code);
    });
    this.#letMove(cell, code, column);
    this.#letWiden(cell, code);
    return cell;
  }

  #letMove(cell: HTMLElement, code: string, column: number): void {
    const { move } = this.ports;
    if (move === undefined) return;
    cell.draggable = true;
    cell.addEventListener('dragstart', (event) => {
      event.dataTransfer?.setData('text/plain', code);
    });
    cell.addEventListener('dragover', (event) => {
      event.preventDefault();
    });
    cell.addEventListener('drop', (event) => {
      event.preventDefault();
      const moved = event.dataTransfer?.getData('text/plain') ?? '';
      if (moved !== code && this.#state?.columns.some((other) => other.code === moved) === true) move(moved, column);
    });
  }

  #letWiden(cell: HTMLElement, code: string): void {
    const { widen } = this.ports;
    if (widen === undefined) return;
    cell.append(
      edgeOf(cell, {
        draw: (px) => {
          if (this.#state !== undefined) this.#widths(this.#state, { code, px });
        },
        end: (px) => {
          widen(code, px);
        },
      }),
    );
  }
}

/**
 * Widths of the columns in CSS. A column has room for its heading with the arrow and for the values of the first rows. Columns that need
 * more than the maximum share the width that the others leave.
 */
function widthsOf(columns: readonly GridColumn[], drawn?: { readonly code: string; readonly px: number }): readonly string[] {
  const wanted = columns.map(({ code, title, width, px }) => {
    const own = drawn?.code === code ? drawn.px : px;
    return own === undefined ? { chars: Math.max(widthInDigits(title) + 4, width + 2, 7) } : { px: Math.max(own, WIDEN_PX) };
  });
  const long = wanted.filter(({ chars = 0 }) => chars > WIDEST_CHARS).length;
  const others = wanted.flatMap(({ chars, px }) => (px !== undefined ? [`${px}px`] : chars > WIDEST_CHARS ? [] : [`${chars}ch`]));
  const widths = wanted.map(({ chars, px }) => {
    if (px !== undefined) return `${px}px`;
    if (chars > WIDEST_CHARS)
      return `clamp(${WIDEST_CHARS}ch, (100cqi - ${ROW_START} - ${others.join(' - ') || '0px'}) / ${long}, ${Math.min(chars, WIDEST_CHARS_WITH_ROOM)}ch)`;
    return `${chars}ch`;
  });
  // The width of a column must not depend on the row: with `1fr`, a row with a long value would be wider than its heading.
  return widths.map((width, column) =>
    columns[column]?.grows === true
      ? `max(${[width, ['100cqi', ROW_START, ...widths.toSpliced(column, 1)].join(' - ')].join(', ')})`
      : width,
  );
}
