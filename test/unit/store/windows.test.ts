import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { customer } from '../../../src/api/resources/customer';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import type { SoapRecord } from '../../../src/api/value';
import type { DemoStore, SeedRecord } from '../../../src/demo';
import type { StoreClient } from '../../../src/store/calls/client';
import { MAX_ID, takeRange, type IdRange } from '../../../src/store/customers/id-range';
import type { Question } from '../../../src/store/customers/window-plan';
import { rowWindows, type WindowOptions } from '../../../src/store/customers/windows';
import { demoClient } from '../../support/demo-client';
import { startFrailStore } from '../../support/frail-store';

/** Customers with these IDs, created at a time each. */
function customers(
  ids: readonly number[],
  createdAt: (id: number) => string = () => new Date().toISOString().slice(0, 19).replace('T', ' '),
): readonly SeedRecord[] {
  return ids.map((id) => ({
    customer_id: String(id),
    email: `c${id}@example.com`,
    firstname: id % 2 === 0 ? 'Even' : 'Odd',
    lastname: 'Doe',
    website_id: '1',
    store_id: '1',
    group_id: '1',
    created_at: createdAt(id),
    updated_at: createdAt(id),
  }));
}

async function stocked(
  t: TestContext,
  seedFile: readonly SeedRecord[],
  dialect: SoapDialect = 'v2',
): Promise<{ client: StoreClient; demo: DemoStore }> {
  return await demoClient(t, dialect, { seedFile });
}

async function walk(client: StoreClient, options: WindowOptions): Promise<{ ids: number[]; sizes: number[] }> {
  const ids: number[] = [];
  const sizes: number[] = [];
  for await (const { rows } of rowWindows(client, customer, options)) {
    sizes.push(rows.length);
    ids.push(...rows.map((row: SoapRecord) => Number(row['customer_id'])));
  }
  return { ids, sizes };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const gaps = [...range(1, 40), 500, ...range(100_000, 100_060), 3_000_000_000, MAX_ID];

for (const dialect of soapDialects) {
  test(`over ${dialect} every customer is met once, newest or oldest first, over gaps of any size`, async (t) => {
    const { client } = await stocked(t, customers(gaps), dialect);
    assert.deepEqual((await walk(client, { order: 'oldest', rows: 10 })).ids, gaps);
    const { ids, sizes } = await walk(client, { order: 'newest', rows: 10 });
    assert.deepEqual(ids, [...gaps].reverse());
    assert.ok(sizes.every((size) => size > 0 && size <= 50));
  });
}

test('only the windows that are pulled are asked for', async (t) => {
  const { client } = await stocked(t, customers(range(1, 1000)));
  const asked: Question[] = [];
  const windows = rowWindows(client, customer, { rows: 100, highest: 1000, onQuestion: (question) => asked.push(question) });
  const first = await windows.next();
  assert.deepEqual(
    first.value?.rows.map((row) => row['customer_id']),
    range(901, 1000).reverse(),
  );
  assert.deepEqual(
    asked.map((question) => question.kind === 'range' && question.range),
    [{ from: 901, to: MAX_ID }],
  );
  await windows.return();
  assert.equal(asked.length, 1);
});

test('windows grow over customers who do not match, and combine with other filters', async (t) => {
  const { client } = await stocked(t, customers(range(1, 3000)));
  const asked: Question[] = [];
  const { ids } = await walk(client, {
    filters: { email: { in: ['c7@example.com', 'c2990@example.com'] } },
    rows: 50,
    onQuestion: (question) => asked.push(question),
  });
  assert.deepEqual(ids, [2990, 7]);
  assert.ok(asked.length <= 3, `${asked.length} requests`);
  assert.deepEqual(
    (await walk(client, { filters: { firstname: 'Even', customer_id: { from: 10, to: 20 } }, order: 'oldest' })).ids,
    [10, 12, 14, 16, 18, 20],
  );
});

test('a window that turns out to hold far too many is given up and asked for in pieces', async (t) => {
  const { client } = await stocked(t, customers([1, ...range(200_000, 203_000)]));
  const { ids, sizes } = await walk(client, { order: 'oldest', rows: 20 });
  assert.equal(ids.length, 3002);
  assert.deepEqual(
    ids,
    [...ids].sort((a, b) => a - b),
  );
  assert.ok(Math.max(...sizes) <= 100, `${Math.max(...sizes)} rows at once`);
});

for (const [what, ids] of [
  ['their IDs follow each other', range(1, 2500)],
  ['one has an ID far above the others', [...range(1, 2500), 158_000]],
  ['IDs begin at a million', range(1_001_001, 1_003_500)],
  ['there is one only, with the highest ID', [MAX_ID]],
] as const) {
  for (const order of ['newest', 'oldest'] as const) {
    test(`the first customers, ${order} first, are there within five requests where ${what}`, async (t) => {
      const { client } = await stocked(t, customers(ids));
      const asked: Question[] = [];
      for await (const { rows } of rowWindows(client, customer, { order, onQuestion: (question) => asked.push(question) })) {
        assert.equal(rows[0]?.['customer_id'], order === 'newest' ? ids.at(-1) : ids[0]);
        break;
      }
      assert.ok(asked.length <= 5, `${asked.length} requests`);
    });
  }
}

for (const dialect of soapDialects) {
  test(`over ${dialect} every customer is read from a store that dies over 300 customers at once`, async (t) => {
    const ids = [...range(1, 40), ...range(1_001_001, 1_003_000), 90_000_000];
    const store = await startFrailStore(t, customers(ids), { dialect, most: 300 });
    for (const order of ['newest', 'oldest'] as const) {
      const walked = await walk(store.client, { order, rows: 500 });
      assert.deepEqual(walked.ids, order === 'newest' ? [...ids].reverse() : ids);
    }
    assert.ok(store.deaths() > 0, 'the store never had to answer for too many');
  });
}

test('a store that dies whatever it is asked ends the walk with its own fault', async (t) => {
  const store = await startFrailStore(t, customers(range(1, 400)), { dialect: 'v2', most: 0 });
  await assert.rejects(walk(store.client, { order: 'oldest' }), { kind: 'fault', message: /ran out of memory/ });
});

test('an empty store has no windows', async (t) => {
  const { client } = await stocked(t, []);
  assert.deepEqual((await walk(client, {})).ids, []);
});

test('cancelling ends the walk', async (t) => {
  const { client } = await stocked(t, customers(range(1, 500)));
  const stop = new AbortController();
  const seen: number[] = [];
  await assert.rejects(
    async () => {
      for await (const { rows } of rowWindows(client, customer, { rows: 50, signal: stop.signal })) {
        seen.push(rows.length);
        stop.abort();
      }
    },
    { code: 'cancelled' },
  );
  assert.equal(seen.length, 1);
});

test('a condition on the ID narrows the walk as the store would read it', () => {
  const of = (test: SoapRecord): IdRange | undefined => takeRange(test, customer).range;
  assert.deepEqual(of({}), { from: 1, to: MAX_ID });
  assert.deepEqual(of({ customer_id: 7 }), { from: 7, to: 7 });
  assert.deepEqual(of({ entity_id: { from: '3' } }), { from: 3, to: MAX_ID });
  assert.deepEqual(of({ customer_id: { from: 3, to: 9, eq: 1 } }), { from: 3, to: 9 }, 'from and to beat the rest');
  assert.deepEqual(of({ customer_id: { gteq: 3, lteq: 9 } }), { from: 3, to: MAX_ID }, 'the first of two operators wins');
  assert.deepEqual(of({ customer_id: { lt: 9 } }), { from: 1, to: 8 });
  assert.deepEqual(of({ customer_id: { moreq: 9 } }), { from: 9, to: 9 }, 'moreq is plain equality (wire v1/30)');
  assert.deepEqual(of({ customer_id: 1, entity_id: 2 }), { from: 1, to: 1 }, 'customer_id wins');
  assert.deepEqual(
    takeRange(
      { complex_filter: [{ key: 'customer_id', value: { key: 'from', value: '5' } }], filter: [{ key: 'group_id', value: '1' }] },
      customer,
    ),
    { range: { from: 5, to: MAX_ID }, rest: { group_id: '1' } },
  );
  assert.equal(of({ customer_id: { in: [1, 2] } }), undefined);
  assert.equal(of({ customer_id: 'abc' }), undefined);
  assert.equal(of({ customer_id: [{ from: 1 }, { to: 2 }] }), undefined);
});

test('filters that no range can say are asked in one request, and sorted', async (t) => {
  const { client } = await stocked(t, customers(range(1, 30)));
  assert.deepEqual(await walk(client, { filters: { customer_id: { in: [5, 17, 3] } } }), { ids: [17, 5, 3], sizes: [3] });
});
