import { FaultError, toToolkitError, type ToolkitError } from '../../api/errors';
import type { FailureCode } from '../../api/faults/faults';
import type { StoreClient } from '../calls/client';
import { writingSignal } from '../calls/grace';
import { noteOf } from '../wire/note';
import { maskText } from '../masking/mask';
import type { BatchedResult } from '../calls/multi-call';
import { textOfValue } from './cells';
import type { RowResult } from './journal';
import type { ImportWay } from './lookup';
import type { PlannedRow } from './rows';

/** A row for which a write is sent. */
export type Writable = Extract<PlannedRow, { readonly action: 'create' | 'update' }>;

/** The result of sending rows. */
export interface SendResult {
  readonly outcomes: readonly RowResult[];
  /** Numbers of rows that were not sent. */
  readonly unsent: readonly number[];
  /** The error that ended it early. */
  readonly error: ToolkitError | undefined;
}

/** Sends rows as writes: many at a time over V1, otherwise one by one. Never repeats a write whose result is not known. */
export class RowSender {
  constructor(
    private readonly client: Pick<StoreClient, 'call' | 'multiCall'>,
    private readonly way: ImportWay,
    private readonly options: { readonly signal?: AbortSignal | undefined; readonly confirmed?: boolean | undefined },
  ) {}

  /**
   * Sends rows and returns the result of each. After a cancel, the request under way has {@link WRITE_GRACE_MS} to end.
   * @throws {ToolkitError} of kind `policy` or `input` before anything is sent, if rows are sent together; other errors are in the result
   */
  async send(rows: readonly Writable[]): Promise<SendResult> {
    const grace = writingSignal(this.options.signal);
    try {
      return this.way.batched ? await this.#together(rows, grace.signal) : await this.#oneByOne(rows, grace.signal);
    } finally {
      grace.end();
    }
  }

  /**
   * Sends one row alone, so that a fault can only be about this row.
   * @param again see {@link isStop}
   * @returns `stop` when PHP stopped at it; only the store's content then shows whether it was written
   */
  async one(
    row: Writable,
    again = false,
  ): Promise<{
    readonly outcome: RowResult | undefined;
    readonly stop: ToolkitError | undefined;
    readonly error: ToolkitError | undefined;
  }> {
    const grace = writingSignal(this.options.signal);
    try {
      const { outcome, error } = await this.#single(row, grace.signal, this.way.batched ? 'v1' : undefined);
      return isStop(error, again) ? { outcome, stop: error, error: undefined } : { outcome, stop: undefined, error };
    } finally {
      grace.end();
    }
  }

  async #together(rows: readonly Writable[], signal: AbortSignal): Promise<SendResult> {
    const { outcomes, error } = await this.client.multiCall(rows.map(callOf), {
      signal,
      confirmed: this.options.confirmed,
      batch: rows.length,
    });
    const known: RowResult[] = [];
    const unsent: number[] = [];
    for (const [index, row] of rows.entries()) {
      const outcome = outcomes[index] ?? { state: 'not-sent' };
      if (outcome.state === 'not-sent') unsent.push(row.number);
      else known.push(await this.#outcomeOf(row, outcome, signal));
    }
    return { outcomes: known, unsent, error: error ?? refusedAll(known, rows, outcomes) };
  }

  async #outcomeOf(
    row: Writable,
    outcome: Exclude<BatchedResult, { readonly state: 'not-sent' }>,
    signal: AbortSignal,
  ): Promise<RowResult> {
    if (outcome.state === 'result') return done(row, textOfValue(outcome.value));
    if (outcome.state === 'unknown') return unknownResult(row);
    // Within a batch the store hides most reasons. Sent once more alone, the row gets its reason (facts §8). A fault means that
    // nothing was written. Even if an extension of the shop threw after the write, the store refuses an e-mail address twice.
    if (/^Internal Error/.test(outcome.error.fault.message))
      return (await this.#single(row, signal, 'v1')).outcome ?? failedResult(row, outcome.error);
    return failedResult(row, outcome.error);
  }

  async #oneByOne(rows: readonly Writable[], signal: AbortSignal): Promise<SendResult> {
    const outcomes: RowResult[] = [];
    for (const [index, row] of rows.entries()) {
      const rest = rows.slice(index).map(({ number }) => number);
      if (this.options.signal?.aborted === true) return { outcomes, unsent: rest, error: undefined };
      const { outcome, error } = await this.#single(row, signal, undefined);
      if (outcome !== undefined) outcomes.push(outcome);
      if (error !== undefined) return { outcomes, unsent: outcome === undefined ? rest : rest.slice(1), error };
    }
    return { outcomes, unsent: [], error: undefined };
  }

  /** One row in one request. An error ends the run. No outcome means that nothing was sent. */
  async #single(
    row: Writable,
    signal: AbortSignal,
    dialect: 'v1' | undefined,
  ): Promise<{ readonly outcome?: RowResult; readonly error?: ToolkitError }> {
    const { method, args } = callOf(row);
    try {
      const { value } = await this.client.call(method, args, { signal, dialect, confirmed: this.options.confirmed });
      return { outcome: done(row, textOfValue(value)) };
    } catch (thrown) {
      const error = toToolkitError(thrown);
      if (noteOf(error).execution === 'unknown') return { outcome: unknownResult(row), error };
      if (!(error instanceof FaultError)) return { error };
      return isDenied(error) ? { outcome: failedResult(row, error), error } : { outcome: failedResult(row, error) };
    }
  }
}

/** Answers without SOAP from a store whose PHP ended during a call. Unlike a store that is down, it can be reached. */
const ends: ReadonlySet<string> = new Set<FailureCode>(['store-error', 'php-error', 'empty-answer']);

/**
 * Whether PHP stopped at a row or a batch. The rows before that were written, the rows after it were not (wire maho-26.7
 * troubles/72-75). PHP then sends a fault, or if it cannot do even that, its error page or an empty answer.
 * @param again whether an earlier run lost its answer for the same rows. A connection that is dropped once may be the network's fault, and
 * PHP may still be running. If it is dropped for the same rows again, the rows are the cause
 */
export function isStop(error: ToolkitError | undefined, again = false): error is ToolkitError {
  if (error instanceof FaultError) return !/^\d+$/.test(error.code);
  const ended = error !== undefined && (ends.has(error.code) || (again && error.code === 'connection-dropped'));
  return ended && noteOf(error).execution === 'unknown';
}

function callOf(row: Writable): { readonly method: string; readonly args: Readonly<Record<string, Writable['data'] | string>> } {
  return row.action === 'create'
    ? { method: 'customer.create', args: { customerData: row.data } }
    : { method: 'customer.update', args: { customerId: row.id, customerData: row.data } };
}

function done(row: Writable, value: string): RowResult {
  return row.action === 'create'
    ? { row: row.number, action: 'create', status: 'created', id: value }
    : { row: row.number, action: 'update', status: 'updated', id: row.id };
}

/** The result of a row that was sent and whose outcome is not known. */
export function unknownResult(row: Writable): RowResult {
  return { row: row.number, action: row.action, status: 'unknown' };
}

/** The result of a row that was not written. A store may quote the data that it received, so passwords are removed from its message. */
export function failedResult(row: Writable, error: ToolkitError): RowResult {
  const secrets = ['password', 'password_hash'].flatMap((name) => (typeof row.data[name] === 'string' ? [row.data[name]] : []));
  const { words } = error;
  const said =
    error instanceof FaultError ? [error.fault.message, words.what === error.fault.message ? undefined : words.next] : [words.what];
  return {
    row: row.number,
    action: row.action,
    status: 'failed',
    ...(row.action === 'update' ? { id: row.id } : {}),
    code: error.code,
    message: maskText(said.filter((part) => part !== undefined && part !== '').join(' '), secrets),
  };
}

/** The error if a right is missing. It is then missing for every row, so the other rows need not be tried. */
function refusedAll(known: readonly RowResult[], rows: readonly Writable[], outcomes: readonly BatchedResult[]): ToolkitError | undefined {
  const denied = outcomes.find((outcome) => outcome.state === 'fault' && isDenied(outcome.error));
  return denied?.state === 'fault' && known.length === rows.length && known.every(({ code }) => code === '2') ? denied.error : undefined;
}

function isDenied({ code }: FaultError): boolean {
  return code === '2';
}
