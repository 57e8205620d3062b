import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startDemoStore } from '../../src/demo';
import type { Dialect } from '../../src/api/dialect';
import { offerDialect } from '../../src/extension/setup/dialect-offer';
import { Store } from '../../src/extension/stores/store';
import { StoreSettings } from '../../src/extension/stores/store-settings';
import { storeTooltip } from '../../src/extension/tree/items';
import { versionOf } from '../../src/extension/stores/store-version';

const nothing = (): Promise<void> => Promise.resolve();

suite('A store that answers over one dialect only', () => {
  const entry = { name: 'Behind nginx', url: 'https://shop.example.com', user: 'api', readOnly: true };
  const other = { name: 'Another', url: 'https://other.example.com', user: 'api' };
  const written = (): unknown => vscode.workspace.getConfiguration().get('mahoSoap.stores');
  let settings: StoreSettings;

  setup(async () => {
    await vscode.workspace.getConfiguration().update('mahoSoap.stores', [other, entry], vscode.ConfigurationTarget.Global);
    settings = new StoreSettings();
  });

  teardown(async () => {
    settings.dispose();
    await vscode.workspace.getConfiguration().update('mahoSoap.stores', undefined, vscode.ConfigurationTarget.Global);
  });

  const offered = async (answer: string | undefined, dialect: Dialect = 'v1'): Promise<readonly string[]> => {
    const asked: string[] = [];
    const listed = settings.list().find(({ name }) => name === entry.name);
    assert.ok(listed);
    await offerDialect(dialect, listed, settings, (question, button) => {
      asked.push(question, button);
      return Promise.resolve(answer);
    });
    return asked;
  };

  test('stays on V1 when that is chosen; the rest of its entry and the other stores are unchanged', async () => {
    assert.deepEqual(await offered('Use V1'), ['Behind nginx supports only V1. Use V1 for this store from now on?', 'Use V1']);
    assert.deepEqual(written(), [other, { ...entry, dialect: 'v1' }]);
    assert.deepEqual(await offered('Use V1'), [], 'and is not asked about again');
  });

  test('moves to REST when that is chosen and its SOAP is turned off', async () => {
    const question = 'Behind nginx supports only REST. Use REST for this store from now on?';
    assert.deepEqual(await offered('Use REST', 'rest'), [question, 'Use REST']);
    assert.deepEqual(written(), [other, { ...entry, dialect: 'rest' }]);
  });

  test('is left unchanged when nothing is chosen', async () => {
    await offered(undefined);
    assert.deepEqual(written(), [other, entry]);
  });
});

suite('The tooltip of a connected store', () => {
  test('names the version that the store reports, and before that the evidence for its generation', async () => {
    const demo = await startDemoStore({ product: 'openmage@20.18', customers: 1 });
    const account = demo.users[0];
    assert.ok(account);
    const store = new Store(
      {
        id: 'shop',
        name: 'Shop',
        config: { name: 'Shop', url: demo.urls.v1, user: account.user },
        problem: undefined,
        listed: undefined,
      },
      {
        key: () => Promise.resolve(account.key),
        webPassword: () => Promise.resolve(undefined),
        askKey: () => Promise.resolve(false),
        onKeyRefused: nothing,
        onExchange: () => undefined,
      },
    );
    try {
      const { client } = await store.connected();
      assert.match(storeTooltip(store, false).value, /OpenMage/i);
      assert.doesNotMatch(storeTooltip(store, false).value, /20[\\.]+18/, 'V1 alone does not tell it');
      assert.match(storeTooltip(store, false, await versionOf(client)).value, /OpenMage 20[\\.]+18[\\.]+0/);
    } finally {
      store.dispose();
      await demo.close();
    }
  });
});
