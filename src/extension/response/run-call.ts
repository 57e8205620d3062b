import * as vscode from 'vscode';
import { toToolkitError } from '../../api/errors';
import { noteOf } from '../../store/note';
import type { Store } from '../stores/store';
import type { Call, CallOutcome, OutcomePresenter } from './outcome';

/** How a call is run and who hears of it. */
export interface RunCallOptions {
  /** What the outcome is called; the method when not given. */
  readonly title?: string | undefined;
  /** Shows the outcome. */
  readonly presenter?: OutcomePresenter | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The user confirmed this write (`confirmWrite`). */
  readonly confirmed?: boolean | undefined;
}

/**
 * Sends a call and tells what came of it. A fault, a failure on the way or a refusal is an outcome too.
 * @throws {vscode.CancellationError} when the signal ended it, or the store was disconnected meanwhile
 */
export async function runCall(call: Call, store: Store, { title = call.method, presenter, signal, confirmed }: RunCallOptions = {}): Promise<CallOutcome> {
  const ended = signal === undefined ? store.signal : AbortSignal.any([signal, store.signal]);
  const outcome = await send(call, store, { title, signal: ended, confirmed });
  if (ended.aborted) throw new vscode.CancellationError();
  presenter?.show(outcome);
  return outcome;
}

async function send(call: Call, store: Store, { title, signal, confirmed }: { readonly title: string; readonly signal: AbortSignal; readonly confirmed: boolean | undefined }): Promise<CallOutcome> {
  try {
    const { client } = await store.connected();
    const { value, exchange, dialect } = await client.call(call.method, call.args ?? {}, { signal, dialect: call.dialect, confirmed });
    return { title, call, store, dialect, value, error: undefined, exchange };
  } catch (thrown) {
    const error = toToolkitError(thrown);
    const { exchange } = noteOf(error);
    return { title, call, store, dialect: exchange?.dialect ?? call.dialect ?? store.connection?.dialect, value: undefined, error, exchange };
  }
}
