import type { Dialect } from '../../api/dialect';
import { facets, reasonAgainst } from '../../api/dialect-facets';
import { listArguments, listPath, type FilterableResource } from '../../api/resources';
import type { SoapRecord } from '../../api/value';
import { idOf, MAX_ID, takeRange, type IdRange } from '../../store/customers/id-range';
import type { RowWindow } from '../../store/customers/windows';
import type { Connection } from '../stores/store';

/** The order of rows by their IDs. */
export type Order = 'newest' | 'oldest';

/** Approximate number of rows that "Load more" loads. There are fewer where many IDs are unused. */
export const LOAD_MORE_ROWS = 200;

/** Approximate number of rows that are loaded first: enough to fill the view, and small enough to arrive quickly. */
export const FIRST_LOAD_ROWS = 100;

/** Approximate number of rows in a window when rows are filtered here. Such a search reads larger windows (facts §6). */
const SEARCH_PAGE_ROWS = 1000;

/** The same for lists in pages, where each page is a request. Progress is reported after this number of rows. */
const PAGED_SEARCH_ROWS = 300;

/** The rows of a list: those that match the store's filters and then the test here. */
export interface Selection {
  readonly filters?: SoapRecord | undefined;
  /** A condition that the API cannot express, such as "is empty". It makes the list a search through the store, which can be stopped. */
  readonly matches?: ((row: SoapRecord) => boolean) | undefined;
  /** The dialect to read over, if it is not the store's own. */
  readonly dialect?: Dialect | undefined;
}

/** Number of rows that are checked one by one after a change. With more, the list only says that it may be outdated. */
const MAX_CHECKED_ROWS = 200;

function isRow(value: unknown): value is SoapRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The result of reading one window. */
interface WindowRows {
  readonly checked: number;
  readonly rows: readonly SoapRecord[];
}

/** Reads the rows of a resource window by window, and can continue after a stop or an error. */
export class Walk {
  #windows: AsyncGenerator<RowWindow, void> | undefined;
  #highest: number | undefined;
  readonly #rest: SoapRecord;
  /** All IDs that the selection allows. `undefined` if they are not a range. */
  readonly #range: IdRange | undefined;
  /** The IDs that were not read yet. `undefined` if the selection is not a range, which needs one request. */
  #left: IdRange | undefined;
  #ended = false;
  #begun = false;

  constructor(
    private readonly connection: Connection,
    private readonly resource: FilterableResource,
    readonly order: Order,
    private readonly selection: Selection,
  ) {
    const { range, rest } = takeRange(selection.filters ?? {}, resource);
    this.#left = this.#range = range;
    this.#rest = rest;
  }

  /** Whether rows are read that are then filtered out, so that reading may take long and can be stopped. */
  get searches(): boolean {
    return Object.keys(this.#rest).length > 0 && reasonAgainst(this.selection.dialect ?? this.connection.dialect, 'filter') !== undefined;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether the first rows were read. */
  get begun(): boolean {
    return this.#begun;
  }

  /** The rows of the next window that has any. Empty at the end. */
  async next(signal: AbortSignal): Promise<WindowRows> {
    this.#windows ??= await this.#start(signal);
    try {
      const { value: window } = await this.#windows.next();
      if (window === undefined) {
        this.#ended = true;
        return { checked: 0, rows: [] };
      }
      this.#passed(window);
      // Windows after the first are larger, so a new generator continues where this one ended.
      if (!this.#begun) this.#windows = undefined;
      this.#begun = true;
      const { matches } = this.selection;
      return { checked: window.checked, rows: matches === undefined ? window.rows : window.rows.filter(matches) };
    } catch (error) {
      // A generator that threw cannot continue, so the next attempt starts a new one at the same position.
      this.#windows = undefined;
      throw error;
    }
  }

  /** The rows with these IDs that belong to the loaded part of the list. `undefined` when that cannot be determined. */
  async among(ids: readonly string[], signal: AbortSignal): Promise<readonly SoapRecord[] | undefined> {
    const range = this.#range;
    if (range === undefined || ids.length > MAX_CHECKED_ROWS) return undefined;
    const wanted = ids.filter((id) => Number(id) >= range.from && Number(id) <= range.to);
    const found: SoapRecord[] = [];
    const { dialect, matches } = this.selection;
    const onRow = (row: unknown): void => {
      if (isRow(row) && (matches === undefined || matches(row))) found.push(row);
    };
    const { resource } = this;
    const args = listArguments(resource, { ...this.#rest, [resource.idField]: { in: wanted } });
    if (wanted.length > 0) await this.connection.client.call(listPath(resource), args, { dialect, signal, onRow });
    // Rows of later windows will be read by the next load.
    return found.filter((row) => this.#ended || !this.#isLeft(idOf(row[resource.idField]) ?? 0));
  }

  #isLeft(id: number): boolean {
    const left = this.#left;
    return left !== undefined && id >= left.from && id <= left.to;
  }

  #passed({ from, to, rows }: RowWindow): void {
    const down = this.order === 'newest';
    this.#highest ??= down ? idOf(rows[0]?.[this.resource.idField]) || undefined : undefined;
    if (this.#left !== undefined) this.#left = down ? { ...this.#left, to: from - 1 } : { ...this.#left, from: to + 1 };
    this.#ended = this.#left === undefined || this.#left.from > this.#left.to;
  }

  async #start(signal: AbortSignal): Promise<AsyncGenerator<RowWindow, void>> {
    const { rowWindows } = await import('../../store/customers/windows');
    const { filters, dialect, matches } = this.selection;
    const left = this.#left;
    const { resource } = this;
    const searchRows = facets[dialect ?? this.connection.dialect].paged ? PAGED_SEARCH_ROWS : SEARCH_PAGE_ROWS;
    return rowWindows(this.connection.client, resource, {
      order: this.order,
      rows: matches !== undefined || this.searches ? searchRows : this.#begun ? LOAD_MORE_ROWS : FIRST_LOAD_ROWS,
      highest: this.#highest,
      filters: left === undefined ? filters : { ...this.#rest, [resource.idField]: { from: left.from, to: Math.min(left.to, MAX_ID) } },
      dialect,
      signal,
    });
  }
}
