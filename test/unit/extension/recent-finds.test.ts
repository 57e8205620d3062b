import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as vscode from 'vscode';
import { RecentFinds } from '../../../src/extension/find/recent-finds';

/** The memory of a workspace, which VS Code writes as JSON. */
function memory(): vscode.Memento {
  const values = new Map<string, string>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, otherwise?: T) => {
      const value = values.get(key);
      return value === undefined ? otherwise : (JSON.parse(value) as T);
    },
    update: (key: string, value: unknown) => {
      values.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

describe('Customers that were found', () => {
  test('are offered again by store, the latest first, each once', async () => {
    const recent = new RecentFinds(memory());
    for (const id of ['1', '2', '1']) await recent.add('shop', { customer_id: id, email: `user${id}@example.com` });
    await recent.add('other', { customer_id: 3, firstname: 'Jane' });
    assert.deepEqual(recent.of('shop'), [
      { customer_id: '1', email: 'user1@example.com' },
      { customer_id: '2', email: 'user2@example.com' },
    ]);
    assert.deepEqual(recent.of('other'), [{ customer_id: '3', firstname: 'Jane' }]);
    assert.deepEqual(recent.of('third'), []);
  });

  test('are kept by what the box shows of them, and no more', async () => {
    const kept = memory();
    await new RecentFinds(kept).add('shop', { customer_id: '1', password_hash: 'secret', dob: '1980-01-01', lastname: 'Doe', group_id: 1 });
    assert.deepEqual(new RecentFinds(kept).of('shop'), [{ customer_id: '1', lastname: 'Doe' }]);
  });

  test('are a few of a few stores', async () => {
    const recent = new RecentFinds(memory());
    for (let id = 1; id <= 50; id++) await recent.add('shop', { customer_id: id });
    assert.equal(recent.of('shop').length, 8);
    for (let store = 1; store <= 50; store++) await recent.add(`store ${store}`, { customer_id: 1 });
    assert.deepEqual(recent.of('shop'), []);
    assert.equal(recent.of('store 50').length, 1);
  });

  test('that something else wrote are forgotten', async () => {
    const kept = memory();
    await kept.update('mahoSoap.recentFinds', { shop: 'everybody' });
    const recent = new RecentFinds(kept);
    assert.deepEqual(recent.of('shop'), []);
    await recent.add('shop', { customer_id: 1 });
    assert.equal(recent.of('shop').length, 1);
  });
});
