import type { Dialect } from '../../api/dialect';
import { facets, reasonAgainst } from '../../api/dialect-facets';
import { listArguments, listPath, type FilterableResource } from '../../api/resources';
import type { SoapRecord } from '../../api/value';
import { idOf, MAX_ID, takeRange, type IdRange } from '../../store/customers/id-range';
import type { RowWindow } from '../../store/customers/windows';
import type { Connection } from '../stores/store';

/** Which rows come first, by their IDs. */
export type Order = 'newest' | 'oldest';

/** Rows that one "Load more" brings, about. Windows hold fewer where many IDs are free. */
export const PAGE_ROWS = 200;

/** Rows that come first, about: a screenful is there in the time that a small store takes. */
export const FIRST_PAGE_ROWS = 100;

/**
 * Rows a window of a search through the store holds, about: what is looked through on this side is looked through in larger pieces (facts
 * §6).
 */
const SEARCH_PAGE_ROWS = 1000;

/** The same where lists come in pages, each a request: after so many, people are told how far the search is. */
const PAGED_SEARCH_ROWS = 300;

/** Which rows a list has: those that pass the store's filters and then the test on this side. */
export interface Selection {
  readonly filters?: SoapRecord | undefined;
  /** What the API cannot say, such as "is empty". Makes the list a search through the store, which loading can be stopped in. */
  readonly matches?: ((row: SoapRecord) => boolean) | undefined;
  /** Where the answer has to come over another dialect than the store's own. */
  readonly dialect?: Dialect | undefined;
}

/** Rows that are looked at one by one after a change; of more, the list only says that it may be outdated. */
const MAX_LOOKS = 200;

function isRow(value: unknown): value is SoapRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What one window brought. */
interface Step {
  readonly looked: number;
  readonly rows: readonly SoapRecord[];
}

/** A walk over the rows of a resource that goes on where it stopped, also after an error. */
export class Walk {
  #windows: AsyncGenerator<RowWindow, void> | undefined;
  #highest: number | undefined;
  readonly #rest: SoapRecord;
  /** All IDs that the selection allows; `undefined` where no range says it. */
  readonly #range: IdRange | undefined;
  /** The IDs left to look at; `undefined` for a selection of IDs that no range can say, which is one request. */
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

  /** Whether rows are read that the filters then leave out, so that it may take long and can be stopped. */
  get searches(): boolean {
    return Object.keys(this.#rest).length > 0 && reasonAgainst(this.selection.dialect ?? this.connection.dialect, 'filter') !== undefined;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether the first rows came already. */
  get begun(): boolean {
    return this.#begun;
  }

  /** The rows of the next window that has any; none at the end. */
  async next(signal: AbortSignal): Promise<Step> {
    this.#windows ??= await this.#start(signal);
    try {
      const { value: window } = await this.#windows.next();
      if (window === undefined) {
        this.#ended = true;
        return { looked: 0, rows: [] };
      }
      this.#passed(window);
      // What comes after the first rows comes in larger windows: they are asked for anew, from where these ended.
      if (!this.#begun) this.#windows = undefined;
      this.#begun = true;
      const { matches } = this.selection;
      return { looked: window.looked, rows: matches === undefined ? window.rows : window.rows.filter(matches) };
    } catch (error) {
      // A generator that threw is over: the next attempt starts one at the same place.
      this.#windows = undefined;
      throw error;
    }
  }

  /** Of customers with these IDs, those that belong to the part of the list that is loaded; `undefined` when that cannot be told. */
  async among(ids: readonly string[], signal: AbortSignal): Promise<readonly SoapRecord[] | undefined> {
    const range = this.#range;
    if (range === undefined || ids.length > MAX_LOOKS) return undefined;
    const wanted = ids.filter((id) => Number(id) >= range.from && Number(id) <= range.to);
    const found: SoapRecord[] = [];
    const { dialect, matches } = this.selection;
    const onRow = (row: unknown): void => {
      if (isRow(row) && (matches === undefined || matches(row))) found.push(row);
    };
    const { resource } = this;
    const args = listArguments(resource, { ...this.#rest, [resource.idField]: { in: wanted } });
    if (wanted.length > 0) await this.connection.client.call(listPath(resource), args, { dialect, signal, onRow });
    // Rows of windows that were not asked for yet come with the next load.
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
      rows: matches !== undefined || this.searches ? searchRows : this.#begun ? PAGE_ROWS : FIRST_PAGE_ROWS,
      highest: this.#highest,
      filters: left === undefined ? filters : { ...this.#rest, [resource.idField]: { from: left.from, to: Math.min(left.to, MAX_ID) } },
      dialect,
      signal,
    });
  }
}
