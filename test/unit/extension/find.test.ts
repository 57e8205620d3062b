import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { dialects } from '../../../src/api/dialect';
import type { SeedRecord } from '../../../src/demo';
import { planFor, type Plan } from '../../../src/extension/find/queries';
import { MAX_QUERY_ROWS, search, type QueryResult } from '../../../src/extension/find/search';
import { summarize } from '../../../src/extension/customer/customer-summary';
import type { StoreClient } from '../../../src/store/calls/client';
import { demoClient } from '../../support/demo-client';

const recorded = path.resolve(import.meta.dirname, '../../fixtures/seed-customers.json');

async function find(
  client: StoreClient,
  text: string,
  signal = new AbortController().signal,
): Promise<{ readonly emails: readonly string[]; readonly found: readonly QueryResult[] }> {
  let found: readonly QueryResult[] = [];
  await search(client, planFor(text), {
    signal,
    onFound: (latest) => {
      found = latest;
    },
  });
  return { emails: found.flatMap(({ rows }) => rows.map((row) => summarize(row).email)), found };
}

/** Customers by name. Their e-mail addresses distinguish them. */
function people(...names: readonly (readonly [email: string, first: string, last: string])[]): readonly SeedRecord[] {
  return names.map(([email, firstname, lastname], index) => ({
    customer_id: String(index + 1),
    email,
    firstname,
    lastname,
    website_id: '1',
    store_id: '1',
    group_id: '1',
    created_at: '2024-01-01 00:00:00',
    updated_at: '2024-01-01 00:00:00',
  }));
}

const family = people(
  ['jane@example.com', 'Jane', 'Doe'],
  ['john@example.com', 'John', 'Doe'],
  ['d.jane@example.org', 'Doris', 'Jane'],
  ['am@example.com', 'Anna Maria', 'Schmidt'],
  ['under_score@example.com', 'U', 'Score'],
  ['underXscore@example.com', 'X', 'Score'],
  ['lukasz@example.com', 'Łukasz', 'Öztürk'],
);

for (const dialect of dialects) {
  describe(`Finding customers over ${dialect}`, () => {
    const opened = async (t: TestContext): Promise<Awaited<ReturnType<typeof demoClient>>> =>
      await demoClient(t, dialect, { seedFile: family });

    test('by ID, with or without #, takes one request', async (t) => {
      const { client, demo } = await opened(t);
      const before = demo.requests.length;
      assert.deepEqual((await find(client, '2')).emails, ['john@example.com']);
      assert.equal(demo.requests.length - before, 1);
      assert.deepEqual((await find(client, ' #2 ')).emails, ['john@example.com']);
      assert.deepEqual((await find(client, '4711')).emails, []);
    });

    test('by a whole e-mail address takes one request', async (t) => {
      const { client, demo } = await opened(t);
      const before = demo.requests.length;
      assert.deepEqual((await find(client, 'JANE@example.com')).emails, ['jane@example.com']);
      assert.equal(demo.requests.length - before, 1);
    });

    test('by a part of an e-mail address works, even if it looks like a whole one', async (t) => {
      const { client } = await opened(t);
      assert.deepEqual((await find(client, '@example.org')).emails, ['d.jane@example.org']);
      assert.deepEqual((await find(client, 'jane@example.co')).emails, ['jane@example.com']);
    });

    test('by first name, last name or both works in either order', async (t) => {
      const { client } = await opened(t);
      assert.deepEqual((await find(client, 'jane')).emails.toSorted(), ['d.jane@example.org', 'jane@example.com']);
      for (const text of ['Jane Doe', 'doe jane', 'Doe, Jane', 'jan doe'])
        assert.deepEqual((await find(client, text)).emails, ['jane@example.com'], text);
      assert.deepEqual((await find(client, 'Anna Maria Schmidt')).emails, ['am@example.com']);
      assert.deepEqual((await find(client, 'anna maria')).emails, ['am@example.com'], 'two words may be one name');
      assert.deepEqual((await find(client, 'łukasz oz')).emails, ['lukasz@example.com']);
    });

    test('treats wildcards as ordinary characters', async (t) => {
      const { client } = await opened(t);
      assert.deepEqual((await find(client, 'under_score')).emails, ['under_score@example.com']);
      assert.deepEqual((await find(client, '100%')).emails, []);
    });

    test('shows its queries, and finds each customer once', async (t) => {
      const { client } = await opened(t);
      const { found } = await find(client, 'doe');
      assert.deepEqual(
        found.map(({ query, rows, done }) => [query.words, rows.length, done]),
        [
          ['e-mail contains "doe"', 0, true],
          ['last name contains "doe"', 2, true],
          ['first name contains "doe"', 0, true],
        ],
      );
      const ids = (await find(client, 'jane')).found.flatMap(({ rows }) => rows.map((row) => summarize(row).id));
      assert.equal(new Set(ids).size, ids.length);
    });
  });
}

test('A search text that is too short sends no request', () => {
  for (const text of ['', ' ', 'a', ' b ']) assert.deepEqual(planFor(text), []);
  assert.equal(planFor('7').length, 1, 'a number is an ID, however short');
});

test('A search for a text that most customers of a large store have reads a few windows, and stops', async (t) => {
  const { client, demo } = await demoClient(t, 'v2', { customers: 5000 });
  const before = demo.requests.length;
  const { found } = await find(client, 'example');
  const [byEmail] = found;
  assert.equal(byEmail?.rows.length, MAX_QUERY_ROWS);
  assert.equal(byEmail.more, true);
  const asked = demo.requests.slice(before);
  assert.ok(
    asked.every(({ args, method }) => method !== 'customer.list' || /customer_id|created_at/.test(args)),
    'never the whole store',
  );
  assert.ok(asked.length < 40, `${asked.length} requests`);
});

test('Over REST, where the extension searches customers itself, the number of searched customers is shown', async (t) => {
  const { client } = await demoClient(t, 'rest', { customers: 900 });
  const told: number[] = [];
  await search(client, planFor('nobody'), {
    signal: new AbortController().signal,
    onFound: (found) => {
      told.push(Math.min(...found.map(({ checked }) => checked)));
    },
  });
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
  assert.ok(
    told.some((looked) => looked > 0 && looked < 900),
    told.join(),
  );
  assert.equal(told.at(-1), 900);
});

test('Over REST, several queries that need all customers send as many requests as one', async (t) => {
  const { client, demo } = await demoClient(t, 'rest', { customers: 900 });
  const plan = planFor('zzyzx');
  const requestsFor = async (queries: Plan): Promise<number> => {
    const before = demo.requests.length;
    let found: readonly QueryResult[] = [];
    await search(client, queries, { signal: new AbortController().signal, onFound: (latest) => (found = latest) });
    assert.ok(found.length > 0);
    for (const { checked, done } of found) assert.deepEqual([checked, done], [900, true]);
    return demo.requests.length - before;
  };
  assert.equal(plan[0]?.length, 3);
  assert.equal(await requestsFor(plan), await requestsFor(plan.map((step) => step.slice(0, 1))));
});

test('An outdated search is cancelled', async (t) => {
  const { client } = await demoClient(t, 'v2', { seedFile: recorded, faults: { slow: 200 } });
  const stop = new AbortController();
  const searching = find(client, 'jane', stop.signal);
  stop.abort();
  await assert.rejects(searching, /cancel|abort/i);
});

for (const [fault, said] of [
  ['drop', /connection|closed/i],
  ['deny', /Access denied/],
  ['html-503', /503|error page/i],
  ['memory-limit', /memory/i],
] as const) {
  test(`A store that responds with ${fault} is reported, and the next search works`, async (t) => {
    const { client, demo } = await demoClient(t, 'v2', { seedFile: family });
    demo.setFaults({ [fault]: true });
    await assert.rejects(find(client, 'jane'), said);
    demo.setFaults({});
    assert.equal((await find(client, 'jane')).emails.length, 2);
  });
}

test('A session that ended in between is renewed', async (t) => {
  const { client, demo } = await demoClient(t, 'wsi', { seedFile: family });
  demo.setFaults({ 'expire-sessions': true });
  const searching = find(client, 'jane');
  demo.setFaults({});
  assert.equal((await searching).emails.length, 2);
});
