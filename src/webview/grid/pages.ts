import { PAGE_ROWS, type Cell } from '../../pages/grid-messages';

type Row = readonly Cell[];

/** Pages kept at a time: some screens of rows in both directions, whatever the length of the list. */
const MAX_PAGES = 30;

/** The rows of a long list that are at hand, in pages; those looked at least recently are given up. */
export class Pages {
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #asked = new Set<number>();

  constructor(private readonly ask: (start: number) => void) {}

  /** A row, if it is at hand. */
  row(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Sees to it that these rows come. */
  need(first: number, last: number): void {
    for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page++) {
      const known = this.#pages.get(page);
      if (known !== undefined) {
        // Looked at just now: moves to the end of those that may be given up.
        this.#pages.delete(page);
        this.#pages.set(page, known);
      } else if (!this.#asked.has(page)) {
        this.#asked.add(page);
        this.ask(page * PAGE_ROWS);
      }
    }
  }

  /** Takes the page that begins at a row; what was looked at least recently makes room for it. */
  fill(start: number, rows: readonly Row[]): void {
    const page = start / PAGE_ROWS;
    this.#asked.delete(page);
    this.#pages.set(page, rows);
    for (const [oldest] of this.#pages) {
      if (this.#pages.size <= MAX_PAGES) break;
      this.#pages.delete(oldest);
    }
  }

  /** The list goes on behind what was its end: a page that was not full is asked for again. */
  grow(): void {
    for (const [page, rows] of this.#pages) if (rows.length < PAGE_ROWS) this.#pages.delete(page);
  }

  /** Gives up all rows: the list is another one now. */
  clear(): void {
    this.#pages.clear();
    this.#asked.clear();
  }
}
