import * as vscode from 'vscode';
import type { StoreClient } from '../../store/calls/client';
import type { ApiKeys } from './api-keys';
import type { Store } from './store';
import { apiUser } from './stores';

/**
 * Asks for the API key of a store that has none yet, for actions that the user started. A store that failed for lack of its key may then
 * connect.
 * @returns whether the key is known now
 */
export async function askForMissingKey(keys: ApiKeys, store: Store): Promise<boolean> {
  const { listed } = store;
  if (listed?.config === undefined || (await keys.get('api', apiUser(listed))) !== undefined) return true;
  if (!(await keys.ask('api', apiUser(listed)))) return false;
  if (store.failure?.code === 'key-missing') await store.reset();
  return true;
}

/**
 * The client of a store for an action of the user. Asks for a missing key, and tries a failed connection again.
 * @throws {ToolkitError} the reason why there is no connection
 * @throws {vscode.CancellationError} when no key was entered
 */
export async function clientOf(store: Store, keys: ApiKeys): Promise<StoreClient> {
  if (!(await askForMissingKey(keys, store))) throw new vscode.CancellationError();
  if (store.failure !== undefined) await store.reset();
  return (await store.connected()).client;
}
