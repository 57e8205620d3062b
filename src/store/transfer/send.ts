import { FaultError, toToolkitError, type ToolkitError } from '../../api/errors';
import type { FailureCode } from '../../api/faults/faults';
import type { StoreClient } from '../calls/client';
import { graceful } from '../calls/grace';
import { noteOf } from '../wire/note';
import { maskText } from '../masking/mask';
import type { BatchedResult } from '../calls/multi-call';
import { textOfValue } from './cells';
import type { RowResult } from './journal';
import type { ImportWay } from './lookup';
import type { PlannedRow } from './rows';

/** A row for which something is sent. */
export type Writable = Extract<PlannedRow, { readonly action: 'create' | 'update' }>;

/** What came of rows that were to be sent. */
export interface Sent {
  readonly outcomes: readonly RowResult[];
  /** Numbers of rows that never left. */
  readonly unsent: readonly number[];
  /** What ended it early. */
  readonly error: ToolkitError | undefined;
}

/** Sends rows as writes: many at a time where V1 is spoken, otherwise one by one. Never repeats one by itself. */
export class RowSender {
  constructor(
    private readonly client: Pick<StoreClient, 'call' | 'multiCall'>,
    private readonly way: ImportWay,
    private readonly options: { readonly signal?: AbortSignal | undefined; readonly confirmed?: boolean | undefined },
  ) {}

  /**
   * Sends rows and tells what became of each. After a cancel, the request under way gets {@link GRACE_MS} to end.
   * @throws {ToolkitError} of kind `policy` or `input` before anything is sent, where rows travel together; all else is in the result
   */
  async send(rows: readonly Writable[]): Promise<Sent> {
    const grace = graceful(this.options.signal);
    try {
      return this.way.batched ? await this.#together(rows, grace.signal) : await this.#oneByOne(rows, grace.signal);
    } finally {
      grace.end();
    }
  }

  /**
   * Sends one row by itself, so that a fault is about it alone.
   * @param again see {@link isStop}
   * @returns `stop` when PHP stopped over it, after which only a look tells what was done
   */
  async one(
    row: Writable,
    again = false,
  ): Promise<{
    readonly outcome: RowResult | undefined;
    readonly stop: ToolkitError | undefined;
    readonly error: ToolkitError | undefined;
  }> {
    const grace = graceful(this.options.signal);
    try {
      const { outcome, error } = await this.#single(row, grace.signal, this.way.batched ? 'v1' : undefined);
      return isStop(error, again) ? { outcome, stop: error, error: undefined } : { outcome, stop: undefined, error };
    } finally {
      grace.end();
    }
  }

  async #together(rows: readonly Writable[], signal: AbortSignal): Promise<Sent> {
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
    if (outcome.state === 'unknown') return unknown(row);
    // Within a batch the store keeps most reasons to itself; asked once more by itself, it tells (facts §8). A fault means that
    // nothing was done; should a module of the shop have thrown after all, an e-mail is not taken twice.
    if (/^Internal Error/.test(outcome.error.fault.message))
      return (await this.#single(row, signal, 'v1')).outcome ?? failed(row, outcome.error);
    return failed(row, outcome.error);
  }

  async #oneByOne(rows: readonly Writable[], signal: AbortSignal): Promise<Sent> {
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

  /** One row in one request. An error ends the run; no outcome means that nothing was sent. */
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
      if (noteOf(error).execution === 'unknown') return { outcome: unknown(row), error };
      if (!(error instanceof FaultError)) return { error };
      return isDenied(error) ? { outcome: failed(row, error), error } : { outcome: failed(row, error) };
    }
  }
}

/** Answers without SOAP in them, of a store whose PHP ended during a call: it can be reached, unlike a store that is down. */
const ends: ReadonlySet<string> = new Set<FailureCode>(['store-error', 'php-error', 'empty-answer']);

/**
 * Whether PHP stopped while it worked on a row or a batch: the rows before that were written, those behind it were not (wire maho-26.7
 * troubles/72-75). It tells by a fault, or where it cannot even do that by its error page or an empty answer.
 * @param again whether an earlier run lost its answer over the same rows. A connection that is dropped once may be the network's doing, and
 * PHP may still be at work; dropped over the same rows again, it is theirs
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

/** A row that was sent and of which nobody knows what became. */
export function unknown(row: Writable): RowResult {
  return { row: row.number, action: row.action, status: 'unknown' };
}

/** Why a row was not written. A store may quote what it was sent: passwords are taken out of its words. */
export function failed(row: Writable, error: ToolkitError): RowResult {
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

/** A right that is missing is missing for every row: no need to try them all. */
function refusedAll(known: readonly RowResult[], rows: readonly Writable[], outcomes: readonly BatchedResult[]): ToolkitError | undefined {
  const denied = outcomes.find((outcome) => outcome.state === 'fault' && isDenied(outcome.error));
  return denied?.state === 'fault' && known.length === rows.length && known.every(({ code }) => code === '2') ? denied.error : undefined;
}

function isDenied({ code }: FaultError): boolean {
  return code === '2';
}
