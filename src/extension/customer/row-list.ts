import { append } from '../../api/lists';
import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { FilterableResource } from '../../api/resources';
import type { SoapRecord } from '../../api/value';
import { idOf } from '../../store/customers/id-range';
import type { Connection, Store } from '../stores/store';
import { FIRST_PAGE_ROWS, PAGE_ROWS, Walk, type Order, type Selection } from './row-walk';
import { TaskQueue } from './task-queue';

/** How far a search is. */
export interface Progress {
  readonly looked: number;
  readonly found: number;
}

/** Runs something that may take long: shows how far it is, and lets it be stopped. */
export type LongTask = (task: (report: (progress: Progress) => void, signal: AbortSignal) => Promise<void>) => Promise<void>;

/** Where a list gets its rows from: a store, as far as a list needs to know it. */
export type RowSource = Pick<Store, 'connection' | 'signal' | 'lost'>;

/**
 * The rows of a resource that were seen so far, in windows of IDs: only what was asked for is fetched. Loads, reloads and looks at
 * single rows run one after the other, in the order in which they were wanted: none is dropped for another that is under way,
 * and what arrives over a connection that is gone changes nothing.
 */
export class RowList {
  readonly #queue = new TaskQueue();
  #connection: Connection | undefined;
  #walk: Walk | undefined;
  #rows: readonly SoapRecord[] = [];
  #looked = 0;
  #stopped = false;
  #problem: { readonly error: ToolkitError; readonly during: 'load' | 'reload' } | undefined;
  /** Whether the store was asked anew for the rows that are here and nothing newer came. */
  #stale = false;
  #outdated = false;
  #readAt: number | undefined;

  /**
   * @param order read whenever the list starts anew
   * @param run how a load is run
   */
  constructor(
    private readonly source: RowSource,
    private readonly resource: FilterableResource,
    private readonly order: () => Order,
    private readonly selection: Selection = {},
    private readonly run: LongTask = async (task) => {
      await task(() => undefined, new AbortController().signal);
    },
  ) {}

  /** The rows found so far, in {@link shownOrder}. */
  get rows(): readonly SoapRecord[] {
    return this.#rows;
  }
  /** Whether the rows are looked for on this side, which may take long. */
  get isSearch(): boolean {
    return this.selection.matches !== undefined || this.#walk?.searches === true;
  }
  /** Whether anything was asked for yet. */
  get started(): boolean {
    return this.#walk !== undefined;
  }
  /** Whether the store may have further rows. */
  get more(): boolean {
    return this.#walk?.ended !== true;
  }
  /** Rows looked at so far, whether they passed or not. */
  get looked(): number {
    return this.#looked;
  }
  /** Whether the last load was stopped before it had found a page or met the end. */
  get stopped(): boolean {
    return this.#stopped;
  }
  /** Why the last attempt to load brought nothing. What was seen before stays. */
  get problem(): ToolkitError | undefined {
    return this.#problem?.error;
  }
  /** Whether the problem is that the rows that are here could not be read anew, rather than that none follow them. */
  get reloadFailed(): boolean {
    return this.#problem?.during === 'reload';
  }
  /**
   * When the rows that are here were read, in ms since 1970, if the store was asked anew since and did not answer, nobody waited for its
   * answer, or the connection is gone: what is shown is older than it looks. `undefined` while they are as fresh as they look.
   */
  get staleSince(): number | undefined {
    return (this.#stale || this.cutOff) && this.#rows.length > 0 ? this.#readAt : undefined;
  }
  /** Whether the connection over which the rows came is gone: none can follow them. */
  get cutOff(): boolean {
    return this.#connection !== undefined && this.source.connection !== this.#connection;
  }
  /** Whether rows changed since they were looked for, and it is not known whether they belong here. Looking anew ends it. */
  get outdated(): boolean {
    return this.#outdated;
  }
  /** The order of the rows that are here; it may have been changed since for the next start. */
  get shownOrder(): Order {
    return this.#walk?.order ?? this.order();
  }

  /** Loads the first rows unless that was tried over the present connection; waits for what is under way otherwise. */
  async loadFirst(): Promise<void> {
    const { connection } = this.source;
    if (connection === undefined || connection === this.#connection) {
      await this.#queue.idle();
      return;
    }
    this.#connection = connection;
    this.#start(new Walk(connection, this.resource, this.order(), this.selection), [], 0);
    this.#problem = undefined;
    this.#stopped = false;
    await this.loadMore();
  }

  /** Loads the next rows, or tries again where loading stopped. A call while it runs waits for the same load. */
  async loadMore(): Promise<void> {
    await this.#queue.add(
      this.#walk,
      async () => {
        const walk = this.#walk;
        if (walk === undefined) return;
        const enough = this.#rows.length + (walk.begun ? PAGE_ROWS : FIRST_PAGE_ROWS) / 2;
        await this.#guarded('load', async (signal, report) => {
          while (this.#rows.length < enough && !walk.ended) {
            const { looked, rows } = await walk.next(signal);
            if (this.#walk !== walk) return;
            this.#rows = [...this.#rows, ...rows];
            this.#looked += looked;
            this.#readAt ??= Date.now();
            report({ looked: this.#looked, found: this.#rows.length });
          }
        });
      },
      true,
    );
  }

  /** Asks anew for as many rows as were seen. The old ones stay until the new ones are there. */
  async reload(): Promise<void> {
    await this.#queue.add('reload', async () => {
      const connection = this.#connection;
      if (connection === undefined) return;
      const seen = Math.max(this.#rows.length, 1);
      await this.#guarded('reload', async (signal, report) => {
        const walk = new Walk(connection, this.resource, this.order(), this.selection);
        const rows: SoapRecord[] = [];
        let looked = 0;
        try {
          while (rows.length < seen && !walk.ended) {
            const next = await walk.next(signal);
            append(rows, next.rows);
            looked += next.looked;
            report({ looked, found: rows.length });
          }
        } catch (error) {
          // A search that is stopped shows how far it came. A load that is stopped keeps the rows that were there.
          if (this.#connection === connection && this.isSearch && signal.aborted && !this.source.signal.aborted)
            this.#start(walk, rows, looked);
          throw error;
        }
        if (this.#connection === connection) this.#start(walk, rows, looked);
      });
    });
  }

  /** Tries again what failed: a reload that failed is a reload again, and a load goes on where it stopped. */
  async retry(): Promise<void> {
    await (this.#problem?.during === 'reload' ? this.reload() : this.loadMore());
  }

  /** Takes single rows that changed into what is shown, or out of it: one request, however far the list was looked through. */
  async look(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.#queue.add(Symbol('look'), async () => {
      const walk = this.#walk;
      const connection = this.#connection;
      if (walk === undefined) return;
      try {
        const found = await walk.among(ids, this.source.signal);
        if (this.#walk !== walk) return;
        if (found === undefined) this.#outdated = true;
        else {
          const { idField } = this.resource;
          const idIn = (row: SoapRecord): number => idOf(row[idField]) ?? 0;
          const changed = new Set(ids.map(Number));
          const others = this.#rows.filter((row) => !changed.has(idIn(row)));
          const sign = walk.order === 'newest' ? -1 : 1;
          this.#rows = [...others, ...found].sort((a, b) => sign * (idIn(a) - idIn(b)));
        }
      } catch (error) {
        if (this.#connection !== connection) return;
        // What was seen stays, and the row says that it may not be so any more.
        if (!(await this.source.lost(error))) this.#outdated = true;
      }
    });
  }

  /** From here on this walk is what is shown. */
  #start(walk: Walk, rows: readonly SoapRecord[], looked: number): void {
    this.#walk = walk;
    this.#rows = rows;
    this.#looked = looked;
    this.#stale = false;
    this.#outdated = false;
    this.#readAt = rows.length === 0 ? undefined : Date.now();
  }

  async #guarded(
    during: 'load' | 'reload',
    load: (signal: AbortSignal, report: (progress: Progress) => void) => Promise<void>,
  ): Promise<void> {
    const { signal } = this.source;
    await this.run(async (report, stop) => {
      await this.#attempt(
        during,
        async () => {
          await load(AbortSignal.any([signal, stop]), report);
        },
        stop,
      );
    });
  }

  async #attempt(during: 'load' | 'reload', load: () => Promise<void>, stop: AbortSignal): Promise<void> {
    const connection = this.#connection;
    const walk = this.#walk;
    this.#stopped = false;
    try {
      await load();
      if (this.#connection === connection) this.#problem = undefined;
    } catch (error) {
      // What failed over a connection that is gone says nothing about the one that took its place.
      if (this.#connection !== connection) return;
      // A search that is stopped may have put newer rows in their place.
      if (during === 'reload' && this.#walk === walk) this.#stale = true;
      this.#stopped = stop.aborted && !this.source.signal.aborted;
      if (this.#stopped) this.#problem = undefined;
      else if (!(await this.source.lost(error))) this.#problem = { error: toToolkitError(error), during };
    }
  }
}
