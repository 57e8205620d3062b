import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { SoapRecord } from '../../../src/api/value';
import { summarize } from '../../../src/extension/customer/customer-summary';
import type { Store } from '../../../src/extension/stores/store';
import { StoreNode, type CustomerNode } from '../../../src/extension/tree/nodes';
import type { StoreClient } from '../../../src/store/calls/client';
import { demoClient } from '../../support/demo-client';

/** The rows of a store as VS Code has them, over a demo store. */
interface ShownStore {
  readonly client: StoreClient;
  readonly node: StoreNode;
  /** The customers in the order of their rows. */
  readonly ids: readonly string[];
  readonly remembered: { recent: readonly SoapRecord[]; pinned: readonly SoapRecord[] };
  readonly row: (id: string) => CustomerNode;
  /** Reads the customers again, as after a change. */
  readonly reload: () => Promise<void>;
}

async function shownStore(t: TestContext): Promise<ShownStore> {
  const { client } = await demoClient(t, 'v2');
  const remembered: ShownStore['remembered'] = { recent: [], pinned: [] };
  const { signal } = new AbortController();
  // The parts of a connected store that its rows use.
  const store = { id: 'shop', name: 'Shop', signal, connection: { client, dialect: 'v2' }, lost: () => Promise.resolve(false) };
  const node = new StoreNode(store as unknown as Store, undefined, {
    order: () => 'newest',
    filters: () => [],
    ambiguous: () => false,
    pinned: () => remembered.pinned,
    recent: () => remembered.recent,
    search: () => () => Promise.resolve(),
    methods: () => Promise.reject(new Error('No methods are asked for here.')),
    wait: () => async (task) => {
      await task(() => undefined, new AbortController().signal);
    },
  });
  await node.children();
  const customers = (await node.customers.children()).filter((row) => row.kind === 'customer');
  return {
    client,
    node,
    ids: customers.map(({ row }) => summarize(row).id),
    remembered,
    row: (id) => customers.find(({ row }) => summarize(row).id === id) ?? assert.fail(`customer ${id} has a row`),
    reload: async () => {
      await node.customers.reload();
    },
  };
}

test('only the row of a customer that changed is drawn again, and stays the same object', async (t) => {
  const { client, node, ids, row, reload } = await shownStore(t);
  const id = ids[1] ?? '';
  const changed = row(id);
  await client.call('customer.update', { customerId: id, customerData: { firstname: 'Renamed' } });
  await reload();
  const drawn = node.changes();
  assert.equal(drawn.length, 1);
  assert.equal(drawn[0], changed);
  assert.equal(changed.row['firstname'], 'Renamed');
  assert.deepEqual(node.changes(), [], 'it is drawn once');
  assert.equal((await node.customers.children())[1], changed);
});

test('nothing is drawn again when customers were read again and are as before', async (t) => {
  const { node, reload } = await shownStore(t);
  await reload();
  assert.deepEqual(node.changes(), []);
});

test('the store is drawn again when a customer was created or deleted, and those that stay keep their objects', async (t) => {
  const { client, node, ids, row, reload } = await shownStore(t);
  const [first = '', second = ''] = ids;
  const stays = row(second);
  await client.call('customer.delete', { customerId: first });
  await reload();
  assert.deepEqual(node.changes(), [node]);
  assert.equal((await node.customers.children())[0], stays);

  await client.call('customer.create', { customerData: { firstname: 'New', lastname: 'One', email: 'new@example.com', website_id: 1 } });
  await reload();
  assert.deepEqual(node.changes(), [node]);
});

test('the store is drawn again when many customers changed', async (t) => {
  const { client, node, ids, reload } = await shownStore(t);
  const many = ids.slice(0, 51);
  assert.equal(many.length, 51);
  await Promise.all(many.map((customerId) => client.call('customer.update', { customerId, customerData: { firstname: 'Renamed' } })));
  await reload();
  assert.deepEqual(node.changes(), [node]);
});

test('the store is drawn again when a customer shows its addresses, since they may have changed', async (t) => {
  const { node, ids, row, reload } = await shownStore(t);
  const open = row(ids[0] ?? '');
  open.showAddresses();
  const before = await open.children();
  await reload();
  assert.deepEqual(node.changes(), [node]);
  assert.notEqual(await open.children(), before, 'the addresses are read again');
});

test('the store is drawn again for its first recent customer, and then only the recent customers', async (t) => {
  const { node, ids, row, remembered } = await shownStore(t);
  const [first = '', second = ''] = ids;
  remembered.recent = [row(first).row];
  assert.deepEqual(node.changes(), [node]);
  await node.children();
  node.remembered.children();
  assert.deepEqual(node.changes(), []);

  remembered.recent = [row(second).row, row(first).row];
  assert.deepEqual(node.changes(), [node.remembered]);
  assert.deepEqual(node.changes(), []);
});

test('a pinned customer is drawn again in the list, whose menu then offers to unpin it', async (t) => {
  const { node, ids, row, remembered } = await shownStore(t);
  const id = ids[0] ?? '';
  remembered.recent = [row(id).row];
  await node.children();
  node.remembered.children();
  remembered.pinned = [row(id).row];
  assert.deepEqual(node.changes(), [row(id), node.remembered], 'and the row "Recent", which is called "Pinned" now');
});
