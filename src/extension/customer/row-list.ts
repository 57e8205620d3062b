import { append } from '../../api/lists';
import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { FilterableResource } from '../../api/resources';
import type { SoapRecord } from '../../api/value';
import { idOf } from '../../store/customers/id-range';
import type { Connection, Store } from '../stores/store';
import { FIRST_LOAD_ROWS, LOAD_MORE_ROWS, Walk, type Order, type Selection } from './row-walk';
import { TaskQueue } from './task-queue';

/** The progress of a search. */
export interface SearchProgress {
  readonly checked: number;
  readonly found: number;
}

/** Runs a task that may take long: shows its progress, and can stop it. */
export type LongTask = (task: (report: (progress: SearchProgress) => void, signal: AbortSignal) => Promise<void>) => Promise<void>;

/** The parts of a store that a list needs. */
export type RowSource = Pick<Store, 'connection' | 'signal' | 'lost'>;

/**
 * The rows of a resource that were read so far, in windows of IDs. Only rows that the user asked for are read. Loads, reloads and checks of
 * single rows run one after the other, in the order of the calls. A call never replaces one that is under way, and responses over an
 * earlier connection are ignored.
 */
export class RowList {
  readonly #queue = new TaskQueue();
  #connection: Connection | undefined;
  #walk: Walk | undefined;
  #rows: readonly SoapRecord[] = [];
  #checked = 0;
  #stopped = false;
  #problem: { readonly error: ToolkitError; readonly during: 'load' | 'reload' } | undefined;
  /** Whether reading the rows again failed, so that the shown rows are old. */
  #stale = false;
  #outdated = false;
  #readAt: number | undefined;

  /**
   * @param order read whenever the list starts again
   * @param run runs each load
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

  /** The rows that were found so far, in {@link shownOrder}. */
  get rows(): readonly SoapRecord[] {
    return this.#rows;
  }
  /** Whether rows are filtered here, which may take long. */
  get isSearch(): boolean {
    return this.selection.matches !== undefined || this.#walk?.searches === true;
  }
  /** Whether anything was read yet. */
  get started(): boolean {
    return this.#walk !== undefined;
  }
  /** Whether the store may have more rows. */
  get more(): boolean {
    return this.#walk?.ended !== true;
  }
  /** Number of rows that were checked so far, whether they matched or not. */
  get checked(): number {
    return this.#checked;
  }
  /** Whether the last load was stopped before it had found a page of rows or reached the end. */
  get stopped(): boolean {
    return this.#stopped;
  }
  /** Why the last load failed. Rows that were read before stay. */
  get problem(): ToolkitError | undefined {
    return this.#problem?.error;
  }
  /** Whether the problem is that the rows could not be read again, rather than that no further rows could be loaded. */
  get reloadFailed(): boolean {
    return this.#problem?.during === 'reload';
  }
  /**
   * When the rows were read, in ms since 1970, if they are old: the store was asked again and did not answer, the user stopped waiting, or
   * the connection is gone. `undefined` while the rows are up to date.
   */
  get staleSince(): number | undefined {
    return (this.#stale || this.cutOff) && this.#rows.length > 0 ? this.#readAt : undefined;
  }
  /** Whether the connection that the rows were read over is gone, so that no more can be loaded. */
  get cutOff(): boolean {
    return this.#connection !== undefined && this.source.connection !== this.#connection;
  }
  /** Whether rows have changed since the search, and it is not known whether they match. Reading again resets it. */
  get outdated(): boolean {
    return this.#outdated;
  }
  /** The order of the rows. The setting may have changed since they were read. */
  get shownOrder(): Order {
    return this.#walk?.order ?? this.order();
  }

  /** Loads the first rows, unless that was tried over the current connection. In that case waits for the tasks under way. */
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

  /** Loads the next rows, or continues where loading stopped. A call while it runs waits for the same load. */
  async loadMore(): Promise<void> {
    await this.#queue.add(
      this.#walk,
      async () => {
        const walk = this.#walk;
        if (walk === undefined) return;
        const enough = this.#rows.length + (walk.begun ? LOAD_MORE_ROWS : FIRST_LOAD_ROWS) / 2;
        await this.#guarded('load', async (signal, report) => {
          while (this.#rows.length < enough && !walk.ended) {
            const { checked, rows } = await walk.next(signal);
            if (this.#walk !== walk) return;
            this.#rows = [...this.#rows, ...rows];
            this.#checked += checked;
            this.#readAt ??= Date.now();
            report({ checked: this.#checked, found: this.#rows.length });
          }
        });
      },
      true,
    );
  }

  /** Reads as many rows again as were loaded. The old rows stay until the new ones have been read. */
  async reload(): Promise<void> {
    await this.#queue.add('reload', async () => {
      const connection = this.#connection;
      if (connection === undefined) return;
      const seen = Math.max(this.#rows.length, 1);
      await this.#guarded('reload', async (signal, report) => {
        const walk = new Walk(connection, this.resource, this.order(), this.selection);
        const rows: SoapRecord[] = [];
        let checked = 0;
        try {
          while (rows.length < seen && !walk.ended) {
            const next = await walk.next(signal);
            append(rows, next.rows);
            checked += next.checked;
            report({ checked, found: rows.length });
          }
        } catch (error) {
          // A stopped search shows the rows that it found. A stopped load keeps the rows that were there.
          if (this.#connection === connection && this.isSearch && signal.aborted && !this.source.signal.aborted)
            this.#start(walk, rows, checked);
          throw error;
        }
        if (this.#connection === connection) this.#start(walk, rows, checked);
      });
    });
  }

  /** Repeats what failed: reloads after a failed reload, and otherwise continues loading. */
  async retry(): Promise<void> {
    await (this.#problem?.during === 'reload' ? this.reload() : this.loadMore());
  }

  /**
   * Checks single rows that changed, and adds them to the shown rows or removes them. Needs one request, whatever the length of the list.
   */
  async recheck(ids: readonly string[]): Promise<void> {
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
        // The rows stay, but they may be outdated now.
        if (!(await this.source.lost(error))) this.#outdated = true;
      }
    });
  }

  /** Shows the rows of this walk from now on. */
  #start(walk: Walk, rows: readonly SoapRecord[], looked: number): void {
    this.#walk = walk;
    this.#rows = rows;
    this.#checked = looked;
    this.#stale = false;
    this.#outdated = false;
    this.#readAt = rows.length === 0 ? undefined : Date.now();
  }

  async #guarded(
    during: 'load' | 'reload',
    load: (signal: AbortSignal, report: (progress: SearchProgress) => void) => Promise<void>,
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
      // An error over an earlier connection says nothing about the current one.
      if (this.#connection !== connection) return;
      // A stopped search may already have replaced the rows with newer ones.
      if (during === 'reload' && this.#walk === walk) this.#stale = true;
      this.#stopped = stop.aborted && !this.source.signal.aborted;
      if (this.#stopped) this.#problem = undefined;
      else if (!(await this.source.lost(error))) this.#problem = { error: toToolkitError(error), during };
    }
  }
}
