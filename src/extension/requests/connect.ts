import * as vscode from 'vscode';
import type { StoreClient } from '../../store/client';
import type { ApiKeys } from '../stores/api-keys';
import type { Store } from '../stores/store';
import { apiUser } from '../stores/stores';

/**
 * The client of a store that somebody wants to use now: a missing key is asked for, and a connection that failed before
 * is tried again.
 * @throws {ToolkitError} why there is no connection
 * @throws {vscode.CancellationError} when nobody entered the key
 */
export async function clientOf(store: Store, keys: ApiKeys): Promise<StoreClient> {
  const { listed } = store;
  if (listed?.config !== undefined && (await keys.get('api', apiUser(listed))) === undefined) {
    if (!(await keys.ask('api', apiUser(listed)))) throw new vscode.CancellationError();
    await store.reset();
  } else if (store.failure !== undefined) {
    await store.reset();
  }
  return (await store.connected()).client;
}
