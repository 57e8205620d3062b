import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { FilterSettings } from '../../src/extension/customer/filter-settings';
import { Log } from '../../src/extension/log/log';
import { ApiKeys } from '../../src/extension/stores/api-keys';
import { StoreSecrets } from '../../src/extension/stores/store-secrets';
import type { ListedStore } from '../../src/extension/stores/store-settings';
import type { StoreConfig } from '../../src/store/settings/config';

const shop: StoreConfig = { name: 'Shop', url: 'https://shop.example.com', user: 'api', webUser: 'web' };
const asTyped = { key: '', sessionOnly: false };

suite('Secrets of stores', () => {
  test('are kept in memory only as soon as that is chosen, even if the key is not typed again', async () => {
    const { keys, stored, secrets } = setUp([shop]);
    await secrets.keep(shop, { key: 'k1', sessionOnly: false }, undefined);
    assert.deepEqual([...stored.values()], ['k1']);
    await secrets.keep(shop, { key: '', sessionOnly: true }, shop);
    assert.deepEqual([...stored.values()], []);
    assert.deepEqual([await secrets.get('api', shop), secrets.sessionOnly(shop)], ['k1', true]);
    await secrets.keep({ ...shop, name: 'Renamed' }, { key: '', sessionOnly: secrets.sessionOnly(shop) }, shop);
    assert.deepEqual([...stored.values()], [], 'who changes something else leaves it in memory');
    await secrets.keep(shop, asTyped, shop);
    assert.deepEqual([...stored.values()], ['k1']);
    await keys.forget('api', shop);
    await secrets.keep({ ...shop, user: 'later' }, { key: '', sessionOnly: true }, undefined);
    await keys.keep('api', { ...shop, user: 'later' }, 'entered when it was needed');
    assert.deepEqual([...stored.values()], []);
  });

  test('move with the address and the user, and no copy remains', async () => {
    const { keys, stored, secrets, list } = setUp([shop]);
    await secrets.keep(shop, { key: 'k1', sessionOnly: false }, undefined);
    await keys.keep('web', { ...shop, user: 'web' }, 'p1');
    const moved = { ...shop, url: 'https://new.example.com' };
    await secrets.keep(moved, asTyped, shop);
    list(moved);
    await secrets.forgetUnused(shop);
    assert.deepEqual([await secrets.get('api', moved), await secrets.get('web', moved)], ['k1', 'p1']);
    assert.equal(stored.size, 2);
    const other = { ...moved, user: 'another' };
    await secrets.keep(other, { key: 'k2', sessionOnly: false }, moved);
    list(other);
    await secrets.forgetUnused(moved);
    assert.deepEqual([...stored.values()].sort(), ['k2', 'p1'], 'the password of the web server is still in use');
  });

  test('are removed with the store, unless another entry uses them', async () => {
    const { keys, stored, secrets, list } = setUp([shop, { ...shop, name: 'The same again' }]);
    await secrets.keep(shop, { key: 'k1', sessionOnly: false }, undefined);
    await keys.keep('web', { ...shop, user: 'web' }, 'p1');
    list({ ...shop, name: 'The same again' });
    await secrets.forgetUnused(shop);
    assert.equal(stored.size, 2);
    list();
    await secrets.forgetUnused(shop);
    assert.equal(stored.size, 0);
  });

  test('are all removed on request', async () => {
    const { keys, stored, secrets } = setUp([shop]);
    await secrets.keep(shop, { key: 'k1', sessionOnly: false }, undefined);
    await keys.keep('web', { ...shop, user: 'web' }, 'p1', { sessionOnly: true });
    await secrets.forget(shop);
    assert.deepEqual([stored.size, await secrets.get('api', shop), await secrets.get('web', shop)], [0, undefined, undefined]);
  });
});

suite('Saved filters', () => {
  test('follow a store that is renamed, even if the rest of its entry changes, too', async () => {
    const settings = vscode.workspace.getConfiguration();
    const before = settings.inspect('mahoSoap.filters')?.globalValue;
    const filters = new FilterSettings(new Log());
    const kept = (): unknown => vscode.workspace.getConfiguration().inspect('mahoSoap.filters')?.globalValue;
    const [own, odd, other, all] = [
      { name: 'Bonn', store: 'Shop', conditions: [] },
      { store: 'Shop', note: 1 },
      { name: 'Köln', store: 'Else', conditions: [] },
      { name: 'Everyone', conditions: [] },
    ];
    try {
      await settings.update('mahoSoap.filters', [own, odd, other, all], vscode.ConfigurationTarget.Global);
      await filters.storeRenamed('Shop', 'Store', false);
      assert.deepEqual(kept(), [{ ...own, store: 'Store' }, { ...odd, store: 'Store' }, other, all]);
      await filters.storeRenamed('Else', 'Store', true);
      assert.deepEqual(kept(), [{ ...own, store: 'Store' }, { ...odd, store: 'Store' }, other, { ...other, store: 'Store' }, all]);
    } finally {
      filters.dispose();
      await settings.update('mahoSoap.filters', before, vscode.ConfigurationTarget.Global);
    }
  });
});

/** Real keys over a readable secret storage, and an editable list of stores. */
function setUp(stores: readonly StoreConfig[]): {
  readonly keys: ApiKeys;
  readonly stored: ReadonlyMap<string, string>;
  readonly secrets: StoreSecrets;
  readonly list: (...stores: StoreConfig[]) => void;
} {
  const stored = new Map<string, string>();
  const storage: vscode.SecretStorage = {
    get: (place) => Promise.resolve(stored.get(place)),
    store: (place, secret) => Promise.resolve(void stored.set(place, secret)),
    delete: (place) => Promise.resolve(void stored.delete(place)),
    onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
  };
  let listed = stores;
  const keys = new ApiKeys(storage, new Log());
  const secrets = new StoreSecrets(keys, () =>
    listed.map((config): ListedStore => ({ id: config.name, name: config.name, source: 'user', config, problem: undefined })),
  );
  return {
    keys,
    stored,
    secrets,
    list: (...now) => {
      listed = now;
    },
  };
}
