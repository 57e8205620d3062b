import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { customer } from '../../../src/api/resources/customer';
import { RowList, type RowSource } from '../../../src/extension/customer/row-list';
import type { Order, Selection } from '../../../src/extension/customer/row-walk';
import { text } from '../../../src/extension/customer/customer-summary';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { demoClient } from '../../support/demo-client';

const people = Array.from({ length: 20 }, (_, index) => ({
  customer_id: String(index + 1),
  email: `c${index + 1}@example.com`,
  firstname: index % 2 === 0 ? 'Even' : 'Odd',
  taxvat: index % 4 === 0 ? '' : 'DE',
  website_id: '1',
  store_id: '1',
  group_id: '1',
}));

/** A store of these people, and the source from which a list reads its rows. */
async function peopleStore(
  t: TestContext,
): Promise<{ readonly store: DemoStore; readonly client: StoreClient; readonly source: RowSource }> {
  const { demo: store, client } = await demoClient(t, 'v1', { seedFile: people }, {}, { repeats: 0, backoff: 1 });
  const source: RowSource = {
    connection: { client, dialect: 'v1', product: 'Maho', namespace: '', endpoint: store.urls.v1 },
    signal: new AbortController().signal,
    lost: () => Promise.resolve(false),
  };
  return { store, client, source };
}

/** A list of the customers without a VAT number, which no filter of the API finds. */
async function withoutVat(
  t: TestContext,
  order: Order,
  more: Partial<Selection> = {},
): Promise<{
  readonly store: DemoStore;
  readonly client: StoreClient;
  readonly list: RowList;
  readonly ids: () => readonly string[];
  readonly requests: () => number;
}> {
  const { store, client, source } = await peopleStore(t);
  const list = new RowList(source, customer, () => order, { matches: (row) => text(row['taxvat']) === '', ...more });
  await list.loadFirst();
  return { store, client, list, ids: () => list.rows.map((row) => text(row['customer_id'])), requests: () => store.requests.length };
}

for (const order of ['newest', 'oldest'] as const) {
  test(`${order} first: a search adds and removes changed customers with one request, and is not repeated`, async (t) => {
    const { client, list, ids, requests } = await withoutVat(t, order);
    const inOrder = (...numbers: readonly number[]): readonly string[] => (order === 'newest' ? numbers.toReversed() : numbers).map(String);
    assert.deepEqual(ids(), inOrder(1, 5, 9, 13, 17));
    await client.call('customer.update', { customerId: 5, customerData: { taxvat: 'DE5' } });
    await client.call('customer.update', { customerId: 6, customerData: { taxvat: '' } });
    await client.call('customer.delete', { customerId: 9 });
    const before = requests();
    await list.recheck(['5', '6', '9', '12']);
    assert.equal(requests(), before + 1);
    assert.deepEqual(ids(), inOrder(1, 6, 13, 17));
    const { value } = await client.call('customer.create', { customerData: { email: 'new@example.com', website_id: 1 } });
    await list.recheck([text(value)]);
    assert.deepEqual(ids(), inOrder(1, 6, 13, 17, 21));
    assert.equal(list.outdated, false);
  });
}

test('a customer that the filters of the store exclude is not added', async (t) => {
  const { client, list, ids } = await withoutVat(t, 'newest', { filters: { firstname: 'Even', customer_id: { to: 10 } } });
  assert.deepEqual(ids(), ['9', '5', '1']);
  for (const customerId of [6, 7, 19]) await client.call('customer.update', { customerId, customerData: { taxvat: '' } });
  await list.recheck(['6', '7', '19']);
  assert.deepEqual(ids(), ['9', '7', '5', '1']);
});

test('a search that cannot read a changed customer says that it may be outdated, until it is repeated', async (t) => {
  const { store, list, ids } = await withoutVat(t, 'newest');
  store.setFaults({ deny: true });
  await list.recheck(['5']);
  store.setFaults({});
  assert.deepEqual([list.outdated, ids().length, list.problem], [true, 5, undefined]);
  await list.reload();
  assert.equal(list.outdated, false);
});

/** A list of all customers of a store. A test may change its connection and order. */
async function everybody(t: TestContext): Promise<{
  readonly store: DemoStore;
  readonly list: RowList;
  readonly ids: () => readonly string[];
  readonly source: { connection: RowSource['connection']; signal: AbortSignal; lost: RowSource['lost'] };
  readonly order: { now: Order };
  readonly connect: () => Promise<NonNullable<RowSource['connection']>>;
}> {
  const store = await startDemoStore({ product: 'maho@25', seedFile: people });
  const [user] = store.users;
  const clients: StoreClient[] = [];
  t.after(async () => {
    store.setFaults({});
    await Promise.all(clients.map((client) => client.close()));
    await store.close();
  });
  const connect = async (): Promise<NonNullable<RowSource['connection']>> => {
    const client = new StoreClient(
      { name: 'Demo', url: store.urls.v1, user: user?.user ?? '' },
      { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 0, backoff: 1 } },
    );
    clients.push(client);
    await client.login();
    return { client, dialect: 'v1', product: 'Maho', namespace: '', endpoint: store.urls.v1 };
  };
  const source: { connection: RowSource['connection']; signal: AbortSignal; lost: RowSource['lost'] } = {
    connection: await connect(),
    signal: new AbortController().signal,
    lost: () => Promise.resolve(false),
  };
  const order: { now: Order } = { now: 'newest' };
  const list = new RowList(source, customer, () => order.now);
  return { store, list, source, order, connect, ids: () => list.rows.map((row) => text(row['customer_id'])) };
}

test('a refresh that is requested during loading runs after it, in the order that is then set', async (t) => {
  const { store, list, order, ids } = await everybody(t);
  store.setFaults({ slow: 50 });
  const loading = list.loadFirst();
  order.now = 'oldest';
  await Promise.all([list.reload(), list.reload(), loading]);
  assert.deepEqual(
    ids(),
    people.map(({ customer_id: id }) => id),
  );
  assert.equal(list.shownOrder, 'oldest');
});

test('a customer that changes during a refresh is shown with its current values', async (t) => {
  const { store, list, source, ids } = await everybody(t);
  await list.loadFirst();
  store.setFaults({ slow: 50 });
  const reading = list.reload();
  await source.connection?.client.call('customer.delete', { customerId: 7 });
  await Promise.all([list.recheck(['7']), reading]);
  assert.equal(ids().includes('7'), false);
});

test('a refresh that fails leaves the old rows, shows their time, and is repeated by Retry', async (t) => {
  const { store, list, ids } = await everybody(t);
  await list.loadFirst();
  const before = Date.now();
  store.setFaults({ deny: true });
  await list.reload();
  assert.equal(list.problem?.code, '2');
  assert.ok(list.staleSince !== undefined && list.staleSince <= before);
  assert.equal(ids().length, people.length);
  store.setFaults({});
  await list.retry();
  assert.deepEqual([list.problem, list.staleSince, ids().length], [undefined, undefined, people.length]);
});

test('results over a closed connection change neither rows nor problems', async (t) => {
  const { store, list, source, connect, ids } = await everybody(t);
  store.setFaults({ slow: 100 });
  const stop = new AbortController();
  source.signal = stop.signal;
  const lost: unknown[] = [];
  source.lost = (error) => {
    lost.push(error);
    return Promise.resolve(false);
  };
  const first = list.loadFirst();
  const reload = list.reload();
  const look = list.recheck(['3']);
  const second = connect();
  stop.abort();
  source.signal = new AbortController().signal;
  source.connection = await second;
  await Promise.all([list.loadFirst(), first, reload, look]);
  assert.deepEqual(ids(), people.map(({ customer_id: id }) => id).toReversed());
  assert.deepEqual([list.problem, list.stopped, list.outdated], [undefined, false, false]);
});

test('rows show their time when the refresh is cancelled, until newer ones have been loaded', async (t) => {
  const { store, source } = await peopleStore(t);
  let impatient = false;
  const list = new RowList(
    source,
    customer,
    () => 'newest',
    {},
    async (task) => {
      await task(() => undefined, impatient ? AbortSignal.timeout(50) : new AbortController().signal);
    },
  );
  await list.loadFirst();
  assert.equal(list.staleSince, undefined);
  const stopped = async (): Promise<void> => {
    store.setFaults({ slow: 5000 });
    impatient = true;
    await list.reload();
    store.setFaults({});
    impatient = false;
  };
  await stopped();
  const since = list.staleSince;
  assert.ok(since !== undefined, 'the store was asked, and nothing newer came');
  assert.deepEqual([list.stopped, list.problem, list.rows.length], [true, undefined, people.length]);
  store.setFaults({ 'html-503': true });
  await list.reload();
  assert.deepEqual([list.staleSince, list.reloadFailed], [since, true]);
  store.setFaults({});
  await stopped();
  assert.deepEqual([list.staleSince, list.problem], [since, undefined], 'stopping does not make old rows fresh');
  await list.reload();
  assert.deepEqual([list.staleSince, list.stopped, list.rows.length], [undefined, false, people.length]);
});
