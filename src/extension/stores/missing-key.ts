import type { ApiKeys } from './api-keys';
import type { Store } from './store';
import { apiUser } from './stores';

/**
 * Asks for the API key of a store that has none yet: for actions that somebody started on purpose. A store that failed
 * for want of its key may then connect.
 * @returns whether the key is known now
 */
export async function askForMissingKey(keys: ApiKeys, store: Store): Promise<boolean> {
  const { listed } = store;
  if (listed === undefined || (await keys.get('api', apiUser(listed))) !== undefined) return true;
  if (!(await keys.ask('api', apiUser(listed)))) return false;
  if (store.failure?.code === 'key-missing') await store.reset();
  return true;
}
