import * as vscode from 'vscode';
import { toToolkitError } from '../../api/errors';
import { noteOf } from '../../store/wire/note';
import type { Connection, Store } from '../stores/store';
import type { Call, CallOutcome, ExchangeKeeper, OutcomePresenter } from './outcome';

/** How a call is run, and what is told about it. */
export interface RunCallOptions {
  /** Keeps what went over the wire, so that a call run by hand is in the history. */
  readonly history: ExchangeKeeper;
  /** What the outcome is called; the method when not given. */
  readonly title?: string | undefined;
  /** Shows the outcome. */
  readonly presenter?: OutcomePresenter | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The user confirmed this write (`confirmWrite`). */
  readonly confirmed?: boolean | undefined;
  /** Whether the rows that came are the outcome of a list that {@link signal} stopped. Without any, stopping cancels as ever. */
  readonly keepRows?: boolean | undefined;
}

/**
 * Sends a call that somebody asked for, and tells what came of it. A store that failed before is tried again, and a missing key
 * is asked for. A fault, a failure on the way or a refusal is an outcome too.
 * @throws {vscode.CancellationError} when the signal ended it, the store was disconnected meanwhile, or no key was entered
 */
export async function runCall(
  call: Call,
  store: Store,
  { history, title = call.method, presenter, signal, confirmed, keepRows = false }: RunCallOptions,
): Promise<CallOutcome> {
  const ending = new Ending(signal);
  const outcome = await send(call, store, { title, ending, confirmed });
  if (outcome.exchange !== undefined) history.record(outcome.exchange, outcome.value);
  if (ending.signal?.aborted !== true) {
    presenter?.show(outcome);
    return outcome;
  }
  const { rows = [] } = outcome;
  if (!keepRows || signal?.aborted !== true || store.signal.aborted || rows.length === 0) throw new vscode.CancellationError();
  const stopped = { ...outcome, value: rows, error: undefined, rows: undefined, stopped: true };
  presenter?.show(stopped);
  return stopped;
}

/** What ends a call: the caller's signal and, once there is a connection, the end of the connection. */
class Ending {
  constructor(public signal: AbortSignal | undefined) {}

  with(other: AbortSignal): AbortSignal {
    this.signal = this.signal === undefined ? other : AbortSignal.any([this.signal, other]);
    return this.signal;
  }
}

async function send(
  call: Call,
  store: Store,
  { title, ending, confirmed }: { readonly title: string; readonly ending: Ending; readonly confirmed: boolean | undefined },
): Promise<CallOutcome> {
  try {
    const { client } = await connection(store, ending.signal);
    const { value, exchange, dialect } = await client.call(call.method, call.args ?? {}, {
      signal: ending.with(store.signal),
      dialect: call.dialect,
      confirmed,
    });
    return { title, call, store, dialect, value, error: undefined, exchange };
  } catch (thrown) {
    if (thrown instanceof vscode.CancellationError) throw thrown;
    const error = toToolkitError(thrown);
    if (error.code === 'key-missing') throw new vscode.CancellationError();
    const { exchange, rows } = noteOf(error);
    return {
      title,
      call,
      store,
      dialect: exchange?.dialect ?? call.dialect ?? store.connection?.dialect,
      value: undefined,
      error,
      exchange,
      rows: await rows?.(),
    };
  }
}

/** The connection, made anew if need be. Other callers may wait for it too, so cancelling one only stops its waiting. */
async function connection(store: Store, signal: AbortSignal | undefined): Promise<Connection> {
  const connecting = store.wanted();
  if (signal === undefined) return await connecting;
  return await new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new vscode.CancellationError());
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    connecting.then(resolve, reject).finally(() => {
      signal.removeEventListener('abort', stop);
    });
  });
}
