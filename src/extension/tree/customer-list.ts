import { toToolkitError, type ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { Connection, Store } from '../stores/store';

/** The customers of a store that were seen so far. */
export class CustomerList {
  #connection: Connection | undefined;
  #rows: readonly SoapRecord[] = [];
  #more = true;
  #problem: ToolkitError | undefined;
  #loading: Promise<void> | undefined;

  constructor(private readonly store: Store) {}

  get rows(): readonly SoapRecord[] { return this.#rows; }
  get more(): boolean { return this.#more; }
  get problem(): ToolkitError | undefined { return this.#problem; }
  readonly order: 'newest' | 'oldest' = 'newest';

  /** Loads the first customers unless that was tried over the present connection. */
  async loadFirst(): Promise<void> {
    if (this.store.connection !== this.#connection) {
      this.#connection = this.store.connection;
      this.#rows = [];
      this.#more = true;
      this.#problem = undefined;
      await this.loadMore();
    } else await this.#loading;
  }

  async loadMore(): Promise<void> {
    this.#loading ??= this.#load().finally(() => { this.#loading = undefined; });
    await this.#loading;
  }

  async reload(): Promise<void> {
    this.#connection = undefined;
    await this.loadFirst();
  }

  async #load(): Promise<void> {
    if (this.#connection === undefined) return;
    try {
      const { value } = await this.#connection.client.call('customer.list', {}, { signal: this.store.signal });
      this.#rows = (isList(value) ? value : []).filter(isRecord).reverse();
      this.#more = false;
    } catch (error) {
      if (!(await this.store.lost(error))) this.#problem = toToolkitError(error);
    }
  }
}
