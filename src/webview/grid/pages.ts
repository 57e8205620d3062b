import { PAGE_ROWS, type Cell } from '../../pages/grid-messages';

type Row = readonly Cell[];

/** Pages kept in memory: some screens of rows in both directions, independent of the length of the list. */
const MAX_PAGES = 30;

/** The loaded rows of a long list, in pages. The least recently used pages are dropped. */
export class Pages {
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #asked = new Set<number>();

  constructor(private readonly ask: (start: number) => void) {}

  /** A row; `undefined` if it is not loaded. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Requests those of these rows that are not loaded. */
  need(first: number, last: number): void {
    for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page++) {
      const known = this.#pages.get(page);
      if (known !== undefined) {
        // Used now, so it moves to the end of the pages that may be dropped.
        this.#pages.delete(page);
        this.#pages.set(page, known);
      } else if (!this.#asked.has(page)) {
        this.#asked.add(page);
        this.ask(page * PAGE_ROWS);
      }
    }
  }

  /** Stores the page that begins at a row, and drops the least recently used pages to make room. */
  fill(start: number, rows: readonly Row[]): void {
    const page = start / PAGE_ROWS;
    this.#asked.delete(page);
    this.#pages.set(page, rows);
    for (const [oldest] of this.#pages) {
      if (this.#pages.size <= MAX_PAGES) break;
      this.#pages.delete(oldest);
    }
  }

  /** Rows were added at the end of the list: a page that was not full is requested again. */
  grow(): void {
    for (const [page, rows] of this.#pages) if (rows.length < PAGE_ROWS) this.#pages.delete(page);
  }

  /** Drops all rows, because the list has changed. */
  clear(): void {
    this.#pages.clear();
    this.#asked.clear();
  }
}
