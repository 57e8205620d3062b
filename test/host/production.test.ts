import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isConfirmed } from '../../src/extension/sheet/sheet-store';
import { Store } from '../../src/extension/stores/store';
import type { StoreConfig } from '../../src/store/settings/config';

const SETTING = 'mahoSoap.production.confirm';

function store(environment: StoreConfig['environment']): Store {
  const config = { name: 'Shop', url: 'https://shop.example.com', user: 'api', ...(environment === undefined ? {} : { environment }) };
  return new Store(
    { id: 'shop', name: 'Shop', config, problem: undefined, listed: undefined },
    {
      key: () => Promise.resolve('k'),
      webPassword: () => Promise.resolve(undefined),
      askKey: () => Promise.resolve(false),
      onKeyRefused: () => Promise.resolve(),
      onExchange: () => undefined,
    },
  );
}

suite('The name of a production store', () => {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration();

  teardown(async () => {
    await settings().update(SETTING, undefined, vscode.ConfigurationTarget.Global);
  });

  test('is asked for at each write, unless the user chooses once per session', async () => {
    const shop = store('production');
    assert.deepEqual([isConfirmed(shop, ''), isConfirmed(shop, 'shop'), isConfirmed(shop, 'Shop')], [false, false, true]);
    assert.equal(isConfirmed(shop, ''), false, 'the next write asks again');
    await settings().update(SETTING, 'oncePerSession', vscode.ConfigurationTarget.Global);
    assert.equal(isConfirmed(shop, ''), true, 'it was typed in this window');
    assert.equal(isConfirmed(store('production'), ''), false, 'an entry that changed is another store');
    await settings().update(SETTING, undefined, vscode.ConfigurationTarget.Global);
    assert.equal(isConfirmed(shop, ''), false);
  });

  test('is also asked for if a workspace setting says otherwise', async () => {
    await assert.rejects(async () => {
      await settings().update(SETTING, 'oncePerSession', vscode.ConfigurationTarget.Workspace);
    });
    const shop = store('production');
    assert.equal(isConfirmed(shop, 'Shop'), true);
    assert.equal(isConfirmed(shop, ''), false);
  });

  test('is not asked for on other stores', () => {
    for (const environment of ['staging', 'development', undefined] as const) assert.equal(isConfirmed(store(environment), ''), true);
  });
});
