// A run of a request file that the user stops in the middle of a list. The user gets the rows that arrived.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, describe, test, type TestContext } from 'node:test';
import * as z from 'zod/mini';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { startDemoStore } from '../../../src/demo';
import { htmlReport, jsonReport, junitReport, prettyFile, runFile, type RunOptions } from '../../../src/requests';
import { StoreClient } from '../../../src/store/calls/client';
import { startStallingStore, stopOnceRead, type StallingStore } from '../../support/stalling-store';
import { cli, fileOf, folder, type CliResult } from './support';

/** The list that stalls, in the form of each dialect. */
const CALLS = /catalogProductList(?:RequestParam)?[ />]|catalog_product\.list</;

const requests = [
  { name: 'Stores', method: 'core_store.list' },
  { name: 'Products', method: 'catalog_product.list' },
  { name: 'Groups', method: 'customer_group.list' },
];

describe('A run that is stopped in the middle of a list', () => {
  const starting = startDemoStore({ customers: 5 });
  after(async () => {
    await (await starting).close();
  });

  async function stalling(t: TestContext, dialect: SoapDialect): Promise<{ store: StallingStore; stop: AbortController; key: string }> {
    const demo = await starting;
    const stop = new AbortController();
    const store = await startStallingStore(demo.urls[dialect], CALLS, () => void stopOnceRead(stop));
    t.after(() => {
      store.close();
    });
    return { store, stop, key: demo.users[0]?.key ?? '' };
  }

  for (const dialect of soapDialects)
    test(`keeps the rows that arrived over ${dialect}, for views and in each report`, async (t) => {
      const { store, stop, key } = await stalling(t, dialect);
      const client = new StoreClient({ name: 'Shop', url: store.url, user: 'apiUser', dialect }, { key: () => Promise.resolve(key) });
      t.after(() => client.close());
      const lists: unknown[] = [];
      const options: RunOptions = {
        trusted: true,
        signal: stop.signal,
        onEvent: (event) => {
          if (event.kind === 'request-finished' && event.run.part !== undefined) lists.push(event.run.part.list);
        },
      };
      const ran = await runFile({ path: 'a.maho.json', file: fileOf({ requests }), client }, options);
      assert.deepEqual(
        ran.runs.map(({ status }) => status),
        ['passed', 'cancelled', 'cancelled'],
      );
      const [, products, groups] = ran.runs;
      assert.equal(groups?.part, undefined);
      const count = products?.part?.rows ?? 0;
      assert.ok(count > 0);
      // The listener gets the rows, and the run does not keep them.
      assert.deepEqual([lists.length, Array.isArray(lists[0]) && lists[0].length, products?.part?.list], [1, count, undefined]);
      assert.deepEqual([products?.value, products?.rows], [undefined, undefined]);

      const rows = count === 1 ? '1 row came' : `${count} rows came`;
      const text = prettyFile(ran, (_, part) => part);
      assert.ok(text.includes(rows) && text.includes('the rows that came:') && text.includes('sku'), text);
      const report = { files: [ran], startedAt: 0, ms: 1 };
      assert.match(junitReport(report), /The run was cancelled\.[^]*The rows that came:[^]*sku/);
      assert.match(htmlReport(report), /The rows that came[^]*sku/);
      assert.match(JSON.stringify(jsonReport(report)), new RegExp(`"came":${count},[^]*sku`));
    });

  test('no later request gets a partial list as its result', async (t) => {
    const { store, stop, key } = await stalling(t, 'v2');
    const client = new StoreClient({ name: 'Shop', url: store.url, user: 'apiUser', dialect: 'v2' }, { key: () => Promise.resolve(key) });
    t.after(() => client.close());
    const file = fileOf({
      requests: [requests[1]],
      after: [{ name: 'Clean up', method: 'catalog_product.info', args: ['{{Products.result[0].product_id}}'] }],
    });
    const ran = await runFile({ path: 'a.maho.json', file, client }, { trusted: true, signal: stop.signal });
    assert.deepEqual(
      ran.runs.map(({ status, error }) => [status, error?.code]),
      [
        ['cancelled', 'cancelled'],
        ['skipped', 'needs-result'],
      ],
    );
  });

  describe('on the command line', () => {
    async function stopped(t: TestContext, ...args: readonly string[]): Promise<CliResult> {
      const { store, stop, key } = await stalling(t, 'v2');
      const ran = await cli([...args, '--url', store.url, '--user', 'apiUser'], { MAHO_SOAP_KEY: key }, stop.signal);
      assert.equal(ran.code, 2);
      return ran;
    }

    test('`run` shows them in its report', async (t) => {
      const { out } = await stopped(t, 'run', path.join(await folder(t, { 'a.maho.json': { requests } }), 'a.maho.json'));
      assert.match(out, /cancelled Products .*\d+ rows? came[^]*the rows that came:[^]*"sku"/);
    });

    const printed = z.array(z.looseObject({ product_id: z.string(), sku: z.string() }));

    test('`call` prints them, and says that the store may have more', async (t) => {
      const { out, err } = await stopped(t, 'call', 'catalog_product.list');
      const rows = printed.parse(JSON.parse(out));
      assert.ok(rows.length > 0);
      assert.match(err, /the list was stopped\. .* received (?:is|are) printed\. The store may have more/i);
    });

    test('`call --json` says so in its data', async (t) => {
      const { out } = await stopped(t, 'call', 'catalog_product.list', '--json');
      const { value } = z.object({ value: printed, stopped: z.literal(true) }).parse(JSON.parse(out));
      assert.ok(value.length > 0);
    });
  });
});
