import * as vscode from 'vscode';
import { toToolkitError } from '../../api/errors';
import { noteOf } from '../../store/wire/note';
import type { Connection, Store } from '../stores/store';
import type { Call, CallOutcome, ExchangeKeeper, OutcomePresenter } from './outcome';

/** Options for running a call. */
export interface RunCallOptions {
  /** Keeps the exchange, so that a call that was run by hand is in the history. */
  readonly history: ExchangeKeeper;
  /** The title of the outcome. Defaults to the method. */
  readonly title?: string | undefined;
  /** Shows the outcome. */
  readonly presenter?: OutcomePresenter | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether the user confirmed this write (`confirmWrite`). */
  readonly confirmed?: boolean | undefined;
  /** If {@link signal} stops a list, whether the rows that arrived are the outcome. Without any rows, the call counts as cancelled. */
  readonly keepRows?: boolean | undefined;
}

/**
 * Sends a call that the user asked for, and returns its outcome. Tries a failed connection again, and asks for a missing key. A fault, a
 * network error or a refusal is an outcome, too.
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

/** The signal that ends a call: that of the caller and, once there is a connection, that of the connection. */
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

/**
 * The connection. Connects again if necessary. Other callers may wait for the same attempt, so cancelling one caller only ends its wait.
 */
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
