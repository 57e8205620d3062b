import { knownResources } from '../../api/resources';
import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import { isRecord, setKey, type MutableRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { methodCall, type MethodCall } from '../../forms/method-form';
import type { LongTask, RowSource } from '../customer/row-list';
import type { Connection } from '../stores/store';
import type { TableRows } from './table-rows';

/** A call that lists rows, with its arguments in V1's order. `null` for an argument that is left out. */
export interface ListCall {
  readonly method: string;
  readonly args: SoapList;
}

/**
 * The call as a client takes it. Catalogue methods use their path and the names of their arguments, over every dialect. A method that only
 * the store describes is called as its description says.
 */
export function listCall(
  { method, args }: ListCall,
  described: StoreMethod | undefined,
  { dialect }: Pick<Connection, 'dialect'>,
): MethodCall {
  const known = knownResources.find(method);
  if (known !== undefined) {
    const named: MutableRecord = {};
    known.args.forEach(({ name }, index) => {
      const value = args[index] ?? null;
      if (value !== null) setKey(named, name, value);
    });
    return { method: known.id, args: named };
  }
  if (described !== undefined)
    return methodCall(
      described,
      args.map((value) => value ?? undefined),
      dialect,
    );
  return { method, args };
}

/** The rows of one call: a list that the API returns as a whole. When the call is stopped, the rows that have arrived stay. */
export class CallRows implements TableRows {
  readonly isSearch = false;
  readonly outdated = false;
  #rows: readonly SoapRecord[] = [];
  #connection: Connection | undefined;
  #problem: ToolkitError | undefined;
  #stopped = false;
  #readAt: number | undefined;
  /** Whether reading the rows again has failed, so that the shown rows are old. */
  #stale = false;
  /** Number of the latest call. Rows of an earlier one are ignored. */
  #asked = 0;

  /** @param call makes the call for a connection */
  constructor(
    private readonly source: RowSource,
    private readonly call: (connection: Connection) => MethodCall,
    private readonly run: LongTask,
  ) {}

  get rows(): readonly SoapRecord[] {
    return this.#rows;
  }
  get started(): boolean {
    return this.#connection !== undefined;
  }
  get more(): boolean {
    return this.#stopped || (this.#readAt === undefined && this.started);
  }
  get checked(): number {
    return this.#rows.length;
  }
  get stopped(): boolean {
    return this.#stopped;
  }
  get problem(): ToolkitError | undefined {
    return this.#problem;
  }
  get staleSince(): number | undefined {
    const cutOff = this.started && this.source.connection !== this.#connection;
    return (this.#stale || cutOff) && this.#rows.length > 0 ? this.#readAt : undefined;
  }

  async loadFirst(): Promise<void> {
    const { connection } = this.source;
    if (connection !== undefined && connection !== this.#connection) await this.#load(connection);
  }

  async loadMore(): Promise<void> {
    await this.reload();
  }

  async reload(): Promise<void> {
    const { connection } = this.source;
    if (connection !== undefined) await this.#load(connection);
  }

  async retry(): Promise<void> {
    await this.reload();
  }

  async recheck(): Promise<void> {
    await this.reload();
  }

  async #load(connection: Connection): Promise<void> {
    const asked = ++this.#asked;
    this.#connection = connection;
    this.#stopped = false;
    const first = this.#rows.length === 0;
    const came: SoapRecord[] = [];
    const { signal } = this.source;
    await this.run(async (report, stop) => {
      try {
        const { method, args, dialect } = this.call(connection);
        const onRow = (row: SoapValue): void => {
          came.push(isRecord(row) ? row : { value: row });
          // The rows of the first reading are shown as they arrive. A later reading replaces the shown rows when it is complete.
          if (first && came.length % 200 === 0 && asked === this.#asked) {
            this.#rows = [...came];
            report({ checked: came.length, found: came.length });
          }
        };
        await connection.client.call(method, args, { signal: AbortSignal.any([signal, stop]), onRow, ...(dialect && { dialect }) });
        if (asked !== this.#asked) return;
        this.#take(came);
      } catch (error) {
        if (asked !== this.#asked) return;
        this.#stopped = stop.aborted && !signal.aborted;
        if (this.#stopped && first) this.#take(came);
        else this.#stale = true;
        this.#problem = this.#stopped || (await this.source.lost(error)) ? undefined : toToolkitError(error);
      }
    });
  }

  #take(rows: readonly SoapRecord[]): void {
    this.#rows = rows;
    this.#problem = undefined;
    this.#stale = false;
    this.#readAt = Date.now();
  }
}
