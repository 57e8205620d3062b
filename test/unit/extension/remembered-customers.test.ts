import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as vscode from 'vscode';
import { RememberedCustomers } from '../../../src/extension/customer/remembered-customers';

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

describe('Found customers', () => {
  test('are offered again by store, the latest first, each once', async () => {
    const recent = new RememberedCustomers(memory());
    for (const id of ['1', '2', '1']) await recent.add('shop', { customer_id: id, email: `user${id}@example.com` });
    await recent.add('other', { customer_id: 3, firstname: 'Jane' });
    assert.deepEqual(recent.recent('shop'), [
      { customer_id: '1', email: 'user1@example.com' },
      { customer_id: '2', email: 'user2@example.com' },
    ]);
    assert.deepEqual(recent.recent('other'), [{ customer_id: '3', firstname: 'Jane' }]);
    assert.deepEqual(recent.recent('third'), []);
  });

  test('are stored with only the values that the box shows', async () => {
    const kept = memory();
    await new RememberedCustomers(kept).add('shop', {
      customer_id: '1',
      password_hash: 'secret',
      dob: '1980-01-01',
      lastname: 'Doe',
      group_id: 1,
    });
    assert.deepEqual(new RememberedCustomers(kept).recent('shop'), [{ customer_id: '1', lastname: 'Doe' }]);
  });

  test('are kept for a few stores, a few each', async () => {
    const recent = new RememberedCustomers(memory());
    for (let id = 1; id <= 50; id++) await recent.add('shop', { customer_id: id });
    assert.equal(recent.recent('shop').length, 8);
    for (let store = 1; store <= 50; store++) await recent.add(`store ${store}`, { customer_id: 1 });
    assert.deepEqual(recent.recent('shop'), []);
    assert.equal(recent.recent('store 50').length, 1);
  });

  test('are forgotten if their stored form is invalid', async () => {
    const kept = memory();
    await kept.update('mahoSoap.recentFinds', { shop: 'everybody' });
    const recent = new RememberedCustomers(kept);
    assert.deepEqual(recent.recent('shop'), []);
    await recent.add('shop', { customer_id: 1 });
    assert.equal(recent.recent('shop').length, 1);
  });

  test('can also be pinned, stay in their place, and are updated with the customer', async () => {
    const kept = memory();
    const remembered = new RememberedCustomers(kept);
    const told: string[] = [];
    const listening = remembered.onDidChange((store) => told.push(store));
    const [jane, john] = [
      { customer_id: 1, email: 'jane@example.com', password_hash: 'secret' },
      { customer_id: '2', lastname: 'Doe' },
    ];
    await remembered.add('shop', jane);
    await remembered.pin('shop', [john, jane]);
    await remembered.pin('shop', [{ customer_id: 2, lastname: 'Other' }, { email: 'no ID' }]);
    assert.deepEqual(remembered.pinned('shop'), [
      { customer_id: '2', lastname: 'Doe' },
      { customer_id: '1', email: 'jane@example.com' },
    ]);
    assert.deepEqual([remembered.isPinned('shop', '1'), remembered.isPinned('other', '1')], [true, false]);
    assert.doesNotMatch(JSON.stringify(kept.get('mahoSoap.pinnedCustomers')), /secret/);
    await remembered.changed('shop', [{ customer_id: '1', email: 'jane.new@example.com' }], ['2']);
    assert.deepEqual(remembered.pinned('shop'), [{ customer_id: '1', email: 'jane.new@example.com' }]);
    assert.deepEqual(remembered.recent('shop'), [{ customer_id: '1', email: 'jane.new@example.com' }]);
    await remembered.unpin('shop', ['1']);
    assert.deepEqual([remembered.pinned('shop').length, remembered.recent('shop').length], [0, 1]);
    listening.dispose();
    const before = told.length;
    await remembered.add('shop', john);
    assert.ok(before >= 5 && told.length === before && told.every((store) => store === 'shop'));
  });
});
