import type { TableState, TableRequest } from '../../pages/table-messages';

/** Reports the user's selection by pointer and keyboard to the extension, and holds the selection that the extension sends. */
export class Selection {
  #ranges: TableState['selection'] = [];
  /** The row where a Shift selection begins. */
  #anchor = 0;

  /** @param version returns the version of the rows that are shown */
  constructor(
    private readonly send: (request: TableRequest) => void,
    private readonly version: () => number,
  ) {}

  /** How many rows are selected. */
  get size(): number {
    return this.#ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  }

  /** Takes the selection that the extension sent. */
  take(ranges: TableState['selection']): void {
    this.#ranges = ranges;
  }

  /** Whether a row is selected. */
  has(row: number): boolean {
    return this.#ranges.some(([first, last]) => row >= first && row <= last);
  }

  /** The rows on the screen moved down by that many rows. */
  shift(by: number): void {
    this.#anchor = Math.max(0, this.#anchor + by);
  }

  /**
   * The user moved to a row, which selects it alone. With Shift all rows up to it are selected. With Ctrl a click toggles the row, and a
   * key leaves the selection as it is.
   */
  went(row: number, event: KeyboardEvent | MouseEvent): void {
    const more = event.ctrlKey || event.metaKey;
    // The menu of a selected row is for the whole selection.
    if (event instanceof MouseEvent && event.button === 2 && this.has(row)) return;
    if (event.shiftKey) this.#select(this.#anchor, row, more ? 'add' : 'only');
    else if (!more) this.only(row);
    else if (event instanceof MouseEvent) this.toggle(row);
  }

  /** Selects one row alone. */
  only(row: number): void {
    this.#anchor = row;
    this.#select(row, row, 'only');
  }

  /** Toggles the selection of one row. */
  toggle(row: number): void {
    this.#anchor = row;
    this.#select(row, row, 'toggle');
  }

  #select(from: number, to: number, how: 'only' | 'add' | 'toggle'): void {
    this.send({ type: 'select', version: this.version(), from, to, how });
  }
}
