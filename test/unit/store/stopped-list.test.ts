// A list that does not end, over each dialect: somebody stops it, and what came is theirs.
import assert from 'node:assert/strict';
import { after, describe, test, type TestContext } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { isList, type SoapList } from '../../../src/api/value';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { noteOf } from '../../../src/store/wire/note';
import { startStallingStore, stopOnceRead } from '../../support/stalling-store';

/** Descriptions of the WSDLs, read once for all of these. */
const kept = new Map<string, unknown>();

function clientOf(demo: DemoStore, dialect: SoapDialect, url = demo.urls[dialect]): StoreClient {
  const [account] = demo.users;
  assert.ok(account !== undefined);
  const descriptions = {
    read: (hash: string) => Promise.resolve(kept.get(hash)),
    write: (hash: string, description: unknown) => Promise.resolve(void kept.set(hash, description)),
  };
  return new StoreClient({ name: 'Shop', url, user: account.user, dialect }, { key: () => Promise.resolve(account.key), descriptions });
}

/**
 * Stops a call once the store has sent a part of its answer: the connection stays open, and nothing more comes.
 * @returns the rows that came, and the error that the call ends with
 */
async function stopped(t: TestContext, demo: DemoStore, dialect: SoapDialect, method: string): Promise<{ rows: SoapList; error: unknown }> {
  const stop = new AbortController();
  const store = await startStallingStore(demo.urls[dialect], CALLS, () => void stopOnceRead(stop));
  const client = clientOf(demo, dialect, store.url);
  t.after(async () => {
    await client.close();
    store.close();
  });
  const error: unknown = await client.call(method, {}, { signal: stop.signal }).then(
    () => assert.fail('It ended.'),
    (thrown: unknown) => thrown,
  );
  return { rows: (await noteOf(error).rows?.()) ?? [], error };
}

/** Calls that are stopped here, as they stand in requests of the dialects. */
const CALLS = /[a-z]List(?:RequestParam)?[ />]|\.list<|[a-z]Info(?:RequestParam)?[ />]/;

describe('A list that is stopped', () => {
  const starting = startDemoStore({ customers: 20 });
  after(async () => {
    await (await starting).close();
  });

  for (const dialect of soapDialects)
    for (const method of ['catalog_product.list', 'customer.list'])
      test(`${method} over ${dialect} keeps the rows that came, as a whole answer has them`, async (t) => {
        const demo = await starting;
        const { rows, error } = await stopped(t, demo, dialect, method);
        assert.ok(error instanceof ToolkitError && error.code === 'cancelled', String(error));
        const client = clientOf(demo, dialect);
        t.after(() => client.close());
        const { value: whole } = await client.call(method);
        assert.ok(isList(whole) && rows.length > 0 && rows.length < whole.length, `${rows.length} rows`);
        assert.deepEqual(rows, whole.slice(0, rows.length));
      });

  test('what is not a list leaves nothing behind', async (t) => {
    assert.deepEqual((await stopped(t, await starting, 'v2', 'core_maho.info')).rows, []);
  });
});
