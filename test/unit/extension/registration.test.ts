import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDemoStore } from '../../../src/demo';
import { registrationInList } from '../../../src/extension/sheet/registration';
import { StoreClient } from '../../../src/store/calls/client';

test('the list is read for the day of registration only if nothing else shows its time zone', async (t) => {
  const store = await startDemoStore({
    seedFile: [
      { customer_id: '7', email: 'jane@example.com', website_id: '1', store_id: '1', group_id: '1', created_at: '2026-11-23 08:10:35' },
    ],
  });
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Demo', url: store.urls.v1, user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? '') },
  );
  t.after(async () => {
    await client.close();
    await store.close();
  });
  const { signal } = new AbortController();
  const asked = async (own: string, listed?: string): Promise<readonly [string | undefined, number]> => {
    const before = store.requests.filter(({ method }) => method === 'customer.list').length;
    const found = await registrationInList(
      client,
      '7',
      { created_at: own },
      listed === undefined ? undefined : { created_at: listed },
      signal,
    );
    return [found, store.requests.filter(({ method }) => method === 'customer.list').length - before];
  };
  assert.deepEqual(await asked('2026-11-23T03:10:35-05:00'), [undefined, 0], 'the value says it itself');
  assert.deepEqual(await asked('2026-11-23 03:10:35', '2026-11-23 08:10:35'), ['2026-11-23 08:10:35', 0], 'a list was seen');
  assert.deepEqual(await asked('2026-11-23 03:10:35'), ['2026-11-23 08:10:35', 1], 'no list was seen');
  assert.deepEqual(await asked('2026-11-23 03:10:35', '2020-01-01 00:00:01'), ['2026-11-23 08:10:35', 1], 'what was seen explains nothing');
  assert.deepEqual(await asked(''), [undefined, 0], 'there is none');
});
