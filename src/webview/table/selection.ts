import type { TableState, TableRequest } from '../../pages/table-messages';

/** What somebody does to rows with the pointer or a key, as the extension is told of it; and which rows it says are selected. */
export class Selection {
  #ranges: TableState['selection'] = [];
  /** Where a range begins that Shift makes longer. */
  #anchor = 0;

  /** @param version of the rows that are shown */
  constructor(
    private readonly send: (request: TableRequest) => void,
    private readonly version: () => number,
  ) {}

  /** How many rows are selected. */
  get size(): number {
    return this.#ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  }

  /** The extension says what is selected. */
  take(ranges: TableState['selection']): void {
    this.#ranges = ranges;
  }

  /** Whether a row is selected. */
  has(row: number): boolean {
    return this.#ranges.some(([first, last]) => row >= first && row <= last);
  }

  /** What was on the screen went down by that many rows. */
  shift(by: number): void {
    this.#anchor = Math.max(0, this.#anchor + by);
  }

  /** Somebody went to a row: it alone is selected, or with Shift all up to it; Ctrl adds it with a press and leaves all with a key. */
  went(row: number, event: KeyboardEvent | MouseEvent): void {
    const more = event.ctrlKey || event.metaKey;
    // The menu of a selected row is that of all of them.
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

  /** Selects a row besides the others, or gives it up. */
  toggle(row: number): void {
    this.#anchor = row;
    this.#select(row, row, 'toggle');
  }

  #select(from: number, to: number, how: 'only' | 'add' | 'toggle'): void {
    this.send({ type: 'select', version: this.version(), from, to, how });
  }
}
