import type { GridColumn, GridState } from '../../pages/grid-messages';
import { widthInDigits } from '../../pages/text-width';
import { element } from '../ui';
import { edgeOf } from './widen';

/** By how much a key makes a column wider, in px; no column is drawn narrower. */
export const WIDEN_PX = 16;
/** How wide a column gets by itself, in digits, and where the others leave room for more. */
const WIDEST_CHARS = 44;
const WIDEST_CHARS_WITH_ROOM = 120;

/** What a row keeps free at its beginning, as its style says. */
const ROW_START = '0.5rem';

/** What is done at the head of a list. */
export interface HeadPorts {
  /** Columns can be sorted by and moved only where these are. */
  readonly sort?: (column: string) => void;
  readonly move?: (column: string, to: number) => void;
  /** What menus know of a heading, where it has one. */
  readonly headingContext?: (column: GridColumn) => Readonly<Record<string, unknown>>;
  /** Columns can be widened only where this is. */
  readonly widen?: (column: string, px: number | undefined) => void;
}

/** Keeps a cell where its column is pinned. */
export function pin(cell: HTMLElement, column: number): void {
  cell.classList.add('pinned');
  cell.style.insetInlineStart = `var(--pin-${column})`;
}

/** The head of a list: columns are sorted by a press, moved by dragging, and widened at their edges. */
export class GridHead {
  readonly element = element('div', 'row head');
  #state: GridState | undefined;

  /**
   * @param grid whose columns get their widths
   * @param went told which heading was pressed
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

  /** How wide a column is drawn, in px. */
  widthOf(column: number): number {
    const heading = this.element.children[column];
    return heading instanceof HTMLElement ? heading.offsetWidth : 0;
  }

  /** How much of the width pinned columns take, in px. */
  pinnedWidth(columns: readonly GridColumn[]): number {
    return columns.reduce((sum, { pinned }, column) => sum + (pinned === true ? this.widthOf(column) : 0), 0);
  }

  /** @param drawn a column that is being widened, with its width in px */
  #widths({ columns }: GridState, drawn?: { readonly code: string; readonly px: number }): void {
    const widths = widthsOf(columns, drawn);
    this.grid.style.setProperty('--columns', widths.join(' '));
    // Where each pinned column stands: behind those before it.
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
 * Room for the heading with its arrow, and for what the first rows hold, never so much that one column takes it all: those that would need
 * more share what the others leave of the width of the list.
 */
function widthsOf(columns: readonly GridColumn[], drawn?: { readonly code: string; readonly px: number }): readonly string[] {
  const wanted = columns.map(({ code, title, width, px }) => {
    const own = drawn?.code === code ? drawn.px : px;
    return own === undefined ? { chars: Math.max(widthInDigits(title) + 4, width + 2, 7) } : { px: Math.max(own, WIDEN_PX) };
  });
  const long = wanted.filter(({ chars = 0 }) => chars > WIDEST_CHARS).length;
  const others = wanted.flatMap(({ chars, px }) => (px !== undefined ? [`${px}px`] : chars > WIDEST_CHARS ? [] : [`${chars}ch`]));
  return wanted.map(({ chars, px }, column) => {
    if (px !== undefined) return `${px}px`;
    if (chars > WIDEST_CHARS)
      return `clamp(${WIDEST_CHARS}ch, (100cqi - ${ROW_START} - ${others.join(' - ') || '0px'}) / ${long}, ${Math.min(chars, WIDEST_CHARS_WITH_ROOM)}ch)`;
    return columns[column]?.grows === true ? `minmax(${chars}ch, 1fr)` : `${chars}ch`;
  });
}
