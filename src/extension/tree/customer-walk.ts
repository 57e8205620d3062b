import type { Dialect } from '../../api/dialect';
import type { SoapRecord } from '../../api/value';
import { MAX_ID, takeRange, type IdRange } from '../../store/id-range';
import type { CustomerWindow } from '../../store/windows';
import type { Connection } from '../stores/store';
import { summarize } from './customer-summary';

/** Which customers come first, by their IDs. */
export type Order = 'newest' | 'oldest';

/** Customers that one "Load more" brings, about. Windows hold fewer where many IDs are free. */
export const PAGE_ROWS = 200;

/** Customers that come first, about: a screenful is there in the time that a small store takes. */
export const FIRST_PAGE_ROWS = 100;

/** Customers a window of a search through the store holds, about: what is looked through on this side is looked through in larger pieces (facts §6). */
const SEARCH_PAGE_ROWS = 1000;

/** Which customers a list has: those that pass the store's filters and then the test on this side. */
export interface Selection {
  readonly filters?: SoapRecord | undefined;
  /** What the API cannot say, such as "is empty". Makes the list a search through the store, which loading can be stopped in. */
  readonly matches?: ((row: SoapRecord) => boolean) | undefined;
  /** Where the answer has to come over another dialect than the store's own. */
  readonly dialect?: Dialect | undefined;
}

/** Customers that are looked at one by one after a change; of more, the list only says that it may be outdated. */
const MOST_LOOKS = 200;

function isRow(value: unknown): value is SoapRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What one window brought. */
interface Step {
  readonly looked: number;
  readonly rows: readonly SoapRecord[];
}

/** A walk over the customers of a store that goes on where it stopped, also after an error. */
export class Walk {
  #windows: AsyncGenerator<CustomerWindow, void> | undefined;
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
    readonly order: Order,
    private readonly selection: Selection,
  ) {
    const { range, rest } = takeRange(selection.filters ?? {});
    this.#left = this.#range = range;
    this.#rest = rest;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Whether the first customers came already. */
  get begun(): boolean {
    return this.#begun;
  }

  /** The customers of the next window that has any; none at the end. */
  async next(signal: AbortSignal): Promise<Step> {
    this.#windows ??= await this.#start(signal);
    try {
      const { value: window } = await this.#windows.next();
      if (window === undefined) {
        this.#ended = true;
        return { looked: 0, rows: [] };
      }
      this.#passed(window);
      // What comes after the first customers comes in larger windows: they are asked for anew, from where these ended.
      if (!this.#begun) this.#windows = undefined;
      this.#begun = true;
      const { matches } = this.selection;
      return { looked: window.rows.length, rows: matches === undefined ? window.rows : window.rows.filter(matches) };
    } catch (error) {
      // A generator that threw is over: the next attempt starts one at the same place.
      this.#windows = undefined;
      throw error;
    }
  }

  /** Those of some customers that belong here and were passed by already; `undefined` when there is no telling. */
  async among(ids: readonly string[], signal: AbortSignal): Promise<readonly SoapRecord[] | undefined> {
    const range = this.#range;
    if (range === undefined || ids.length > MOST_LOOKS) return undefined;
    const wanted = ids.filter((id) => Number(id) >= range.from && Number(id) <= range.to);
    const found: SoapRecord[] = [];
    const { dialect, matches } = this.selection;
    const onRow = (row: unknown): void => { if (isRow(row) && (matches === undefined || matches(row))) found.push(row); };
    if (wanted.length > 0) await this.connection.client.call('customer.list', { filters: { ...this.#rest, customer_id: { in: wanted } } }, { dialect, signal, onRow });
    // Who stands where nobody has looked yet comes with the next load.
    return found.filter((row) => this.#ended || !this.#isLeft(Number(summarize(row).id)));
  }

  #isLeft(id: number): boolean {
    const left = this.#left;
    return left !== undefined && id >= left.from && id <= left.to;
  }

  #passed({ from, to, rows }: CustomerWindow): void {
    const down = this.order === 'newest';
    this.#highest ??= down ? Number(summarize(rows[0] ?? {}).id) || undefined : undefined;
    if (this.#left !== undefined) this.#left = down ? { ...this.#left, to: from - 1 } : { ...this.#left, from: to + 1 };
    this.#ended = this.#left === undefined || this.#left.from > this.#left.to;
  }

  async #start(signal: AbortSignal): Promise<AsyncGenerator<CustomerWindow, void>> {
    const { customerWindows } = await import('../../store/windows');
    const { filters, dialect, matches } = this.selection;
    const left = this.#left;
    return customerWindows(this.connection.client, {
      order: this.order,
      rows: matches !== undefined ? SEARCH_PAGE_ROWS : this.#begun ? PAGE_ROWS : FIRST_PAGE_ROWS,
      highest: this.#highest,
      filters: left === undefined ? filters : { ...this.#rest, customer_id: { from: left.from, to: Math.min(left.to, MAX_ID) } },
      dialect,
      signal,
    });
  }
}
