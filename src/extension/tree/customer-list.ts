import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { CustomerWindow } from '../../store/windows';
import { MAX_ID } from '../../store/id-range';
import type { Connection, Store } from '../stores/store';
import { summarize } from './customer-summary';

export type Order = 'newest' | 'oldest';

/** Customers that one "Load more" brings, about. Windows hold fewer where many IDs are free. */
const PAGE = 200;

/** The customers of a store that were seen so far, in windows of IDs: only what was asked for is fetched. */
export class CustomerList {
  #connection: Connection | undefined;
  #walk: Walk | undefined;
  #rows: readonly SoapRecord[] = [];
  #problem: ToolkitError | undefined;
  #loading: Promise<void> | undefined;

  /** @param order read whenever the list starts anew */
  constructor(
    private readonly store: Store,
    private readonly order: () => Order,
  ) {}

  get rows(): readonly SoapRecord[] { return this.#rows; }
  /** Whether the store may have further customers. */
  get more(): boolean { return this.#walk?.ended !== true; }
  /** Why the last attempt to load brought nothing. What was seen before stays. */
  get problem(): ToolkitError | undefined { return this.#problem; }
  get shownOrder(): Order { return this.#walk?.order ?? this.order(); }

  /** Loads the first customers unless that was tried over the present connection. */
  async loadFirst(): Promise<void> {
    const { connection } = this.store;
    if (connection !== undefined && connection !== this.#connection) {
      this.#connection = connection;
      this.#walk = new Walk(connection, this.order());
      this.#rows = [];
      await this.loadMore();
    } else await this.#loading;
  }

  /** Loads the next customers, or tries again where loading stopped. */
  async loadMore(): Promise<void> {
    const walk = this.#walk;
    if (walk === undefined) return;
    await this.#exclusively(async () => {
      for (let added = 0; added < PAGE / 2 && !walk.ended; ) {
        const rows = await walk.next(this.store.signal);
        this.#rows = [...this.#rows, ...rows];
        added += rows.length;
      }
    });
  }

  /** Asks anew for as many customers as were seen. The old ones stay until the new ones are there. */
  async reload(): Promise<void> {
    const connection = this.#connection;
    if (connection === undefined) return;
    const seen = Math.max(this.#rows.length, 1);
    await this.#exclusively(async () => {
      const walk = new Walk(connection, this.order());
      const rows: SoapRecord[] = [];
      while (rows.length < seen && !walk.ended) rows.push(...(await walk.next(this.store.signal)));
      this.#walk = walk;
      this.#rows = rows;
    });
  }

  /** One load at a time; those who come meanwhile wait for it. */
  async #exclusively(load: () => Promise<void>): Promise<void> {
    this.#loading ??= this.#guarded(load).finally(() => { this.#loading = undefined; });
    await this.#loading;
  }

  async #guarded(load: () => Promise<void>): Promise<void> {
    try {
      await load();
      this.#problem = undefined;
    } catch (error) {
      if (!(await this.store.lost(error))) this.#problem = toToolkitError(error);
    }
  }
}

/** A walk over the customers of a store that goes on where it stopped, also after an error. */
class Walk {
  #windows: AsyncGenerator<CustomerWindow, void> | undefined;
  #highest: number | undefined;
  /** Where the next window begins: an ID, looking down for the newest, up for the oldest. */
  #edge: number;
  #ended = false;

  constructor(
    private readonly connection: Connection,
    readonly order: Order,
  ) {
    this.#edge = order === 'newest' ? MAX_ID : 1;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** The customers of the next window that has any; empty when there is none. */
  async next(signal: AbortSignal): Promise<readonly SoapRecord[]> {
    this.#windows ??= await this.#start(signal);
    try {
      const { value: window } = await this.#windows.next();
      if (window === undefined) {
        this.#ended = true;
        return [];
      }
      this.#passed(window);
      return window.rows;
    } catch (error) {
      // A generator that threw is over: the next attempt starts one at the same place.
      this.#windows = undefined;
      throw error;
    }
  }

  #passed({ from, to, rows }: CustomerWindow): void {
    const down = this.order === 'newest';
    this.#highest ??= down ? Number(summarize(rows[0] ?? {}).id) || undefined : undefined;
    this.#edge = down ? from - 1 : to + 1;
    this.#ended = down ? from <= 1 : to >= MAX_ID;
  }

  async #start(signal: AbortSignal): Promise<AsyncGenerator<CustomerWindow, void>> {
    const { customerWindows } = await import('../../store/windows');
    const range = this.order === 'newest' ? { from: 1, to: this.#edge } : { from: this.#edge, to: MAX_ID };
    return customerWindows(this.connection.client, { order: this.order, rows: PAGE, highest: this.#highest, filters: { customer_id: range }, signal });
  }
}
