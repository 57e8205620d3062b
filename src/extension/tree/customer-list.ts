import type { Dialect } from '../../api/dialect';
import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { MAX_ID, takeRange, type IdRange } from '../../store/id-range';
import type { CustomerWindow } from '../../store/windows';
import type { Connection, Store } from '../stores/store';
import { summarize } from './customer-summary';

/** Which customers come first, by their IDs. */
export type Order = 'newest' | 'oldest';

/** Customers that one "Load more" brings, about. Windows hold fewer where many IDs are free. */
export const PAGE = 200;

/** Customers that come first, about: a screenful is there in the time that a small store takes. */
const FIRST_PAGE = 100;

/** Customers a window of a search through the store holds, about: what is looked through on this side is looked through in larger pieces (facts §6). */
const SEARCH_PAGE = 1000;

/** Which customers a list has: those that pass the store's filters and then the test on this side. */
export interface Selection {
  readonly filters?: SoapRecord | undefined;
  /** What the API cannot say, such as "is empty". Makes the list a search through the store, which {@link CustomerList.loadMore} can be stopped in. */
  readonly matches?: ((row: SoapRecord) => boolean) | undefined;
  /** Where the answer has to come over another dialect than the store's own. */
  readonly dialect?: Dialect | undefined;
}

/** How far a search is. */
export interface Progress {
  readonly looked: number;
  readonly found: number;
}

/** Runs something that may take long: shows how far it is, and lets it be stopped. */
export type LongTask = (task: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<void>) => Promise<void>;

/** Where a list gets its customers from: a store, as far as a list needs to know it. */
export type CustomerSource = Pick<Store, 'connection' | 'signal' | 'lost'>;

/** The customers of a store that were seen so far, in windows of IDs: only what was asked for is fetched. */
export class CustomerList {
  #connection: Connection | undefined;
  #walk: Walk | undefined;
  #rows: readonly SoapRecord[] = [];
  #websitesOf: readonly SoapRecord[] | undefined;
  #firstWebsite: string | undefined;
  #looked = 0;
  #stopped = false;
  #problem: ToolkitError | undefined;
  #loading: Promise<void> | undefined;
  #outdated = false;

  /**
   * @param order read whenever the list starts anew
   * @param run how a load is run
   */
  constructor(
    private readonly source: CustomerSource,
    private readonly order: () => Order,
    private readonly selection: Selection = {},
    private readonly run: LongTask = async (task) => { await task(() => undefined, new AbortController().signal); },
  ) {}

  /** The customers found so far, in {@link shownOrder}. */
  get rows(): readonly SoapRecord[] { return this.#rows; }
  /** The website with the lowest ID among the customers seen, the first one of the shop; `undefined` while nobody was seen. */
  get firstWebsite(): string | undefined {
    if (this.#websitesOf !== this.#rows) {
      this.#websitesOf = this.#rows;
      const ids = this.#rows.map((row) => Number(summarize(row).websiteId)).filter((id) => id > 0);
      this.#firstWebsite = ids.length === 0 ? undefined : String(ids.reduce((lowest, id) => Math.min(lowest, id)));
    }
    return this.#firstWebsite;
  }
  /** Whether the customers are looked for on this side, which may take long. */
  get isSearch(): boolean { return this.selection.matches !== undefined; }
  /** Whether anything was asked for yet. */
  get started(): boolean { return this.#walk !== undefined; }
  /** Whether the store may have further customers. */
  get more(): boolean { return this.#walk?.ended !== true; }
  /** Customers looked at so far, whether they passed or not. */
  get looked(): number { return this.#looked; }
  /** Whether the last load was stopped before it had found a page or met the end. */
  get stopped(): boolean { return this.#stopped; }
  /** Why the last attempt to load brought nothing. What was seen before stays. */
  get problem(): ToolkitError | undefined { return this.#problem; }
  /** The order of the customers that are here; it may have been changed since for the next start. */
  /** Whether customers changed since they were looked for, and it could not be found out whether they belong here. Looking anew ends it. */
  get outdated(): boolean { return this.#outdated; }
  get shownOrder(): Order { return this.#walk?.order ?? this.order(); }

  /** Loads the first customers unless that was tried over the present connection. */
  async loadFirst(): Promise<void> {
    const { connection } = this.source;
    if (connection !== undefined && connection !== this.#connection) {
      this.#connection = connection;
      this.#walk = new Walk(connection, this.order(), this.selection);
      this.#rows = [];
      this.#looked = 0;
      this.#outdated = false;
      await this.loadMore();
    } else await this.#loading;
  }

  /** Loads the next customers, or tries again where loading stopped. */
  async loadMore(): Promise<void> {
    const walk = this.#walk;
    if (walk === undefined) return;
    const enough = this.#rows.length + (walk.begun ? PAGE : FIRST_PAGE) / 2;
    await this.#exclusively(async (signal, report) => {
      while (this.#rows.length < enough && !walk.ended) {
        const { looked, rows } = await walk.next(signal);
        this.#rows = [...this.#rows, ...rows];
        this.#looked += looked;
        report({ looked: this.#looked, found: this.#rows.length });
      }
    });
  }

  /** Asks anew for as many customers as were seen. The old ones stay until the new ones are there. */
  async reload(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    const seen = Math.max(this.#rows.length, 1);
    await this.#exclusively(async (signal, report) => {
      const walk = new Walk(connection, this.order(), this.selection);
      const rows: SoapRecord[] = [];
      let looked = 0;
      const take = (): void => {
        this.#walk = walk;
        this.#rows = rows;
        this.#looked = looked;
        this.#outdated = false;
      };
      try {
        while (rows.length < seen && !walk.ended) {
          const next = await walk.next(signal);
          rows.push(...next.rows);
          looked += next.looked;
          report({ looked, found: rows.length });
        }
      } catch (error) {
        // Who stops a search sees how far it came; who stops waiting for a store keeps what was there.
        if (this.selection.matches !== undefined && signal.aborted && !this.source.signal.aborted) take();
        throw error;
      }
      take();
    });
  }

  /**
   * Takes single customers that changed into what is shown, or out of it: one request, however far the list was looked through.
   * Waits for no load under way.
   */
  async look(ids: readonly string[]): Promise<void> {
    const walk = this.#walk;
    if (walk === undefined || ids.length === 0) return;
    try {
      const found = await walk.among(ids, this.source.signal);
      if (found === undefined || this.#walk !== walk) this.#outdated = true;
      else {
        const others = this.#rows.filter((row) => !ids.includes(summarize(row).id));
        const sign = walk.order === 'newest' ? -1 : 1;
        this.#rows = [...others, ...found].sort((a, b) => sign * (Number(summarize(a).id) - Number(summarize(b).id)));
      }
    } catch (error) {
      // What was seen stays, and the row says that it may not be so any more.
      if (!(await this.source.lost(error))) this.#outdated = true;
    }
  }

  /** One load at a time; those who come meanwhile wait for it. */
  async #exclusively(load: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<void>): Promise<void> {
    this.#loading ??= this.#guarded(load).finally(() => { this.#loading = undefined; });
    await this.#loading;
  }

  async #guarded(load: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<void>): Promise<void> {
    const { signal } = this.source;
    await this.run(async (report, stop) => { await this.#attempt(async () => { await load(AbortSignal.any([signal, stop]), report); }, stop); });
  }

  async #attempt(load: () => Promise<void>, stop: AbortSignal): Promise<void> {
    this.#stopped = false;
    try {
      await load();
      this.#problem = undefined;
    } catch (error) {
      this.#stopped = stop.aborted && !this.source.signal.aborted;
      if (this.#stopped) this.#problem = undefined;
      else if (!(await this.source.lost(error))) this.#problem = toToolkitError(error);
    }
  }
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
class Walk {
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
      rows: matches !== undefined ? SEARCH_PAGE : this.#begun ? PAGE : FIRST_PAGE,
      highest: this.#highest,
      filters: left === undefined ? filters : { ...this.#rest, customer_id: { from: left.from, to: Math.min(left.to, MAX_ID) } },
      dialect,
      signal,
    });
  }
}
