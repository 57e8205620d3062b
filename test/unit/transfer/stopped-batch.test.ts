import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { StoreClient } from '../../../src/store/calls/client';
import { guessMapping, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { serve } from '../../support/loopback';
import { cells, demo, folder } from './support';

const stop =
  '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Server</faultcode><faultstring>date(): Argument #2 ($timestamp) must be of type ?int, false given</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>';

/** A call within a batch, as V1 writes it. */
const callInBatch = '<item xsi:type="xsd:string">customer.create</item>';

/**
 * A demo store in which PHP stops over a customer named `stop`, as Maho 26.7 does over a date: a batch is done up to that row and answered
 * with one fault (wire maho-26.7 troubles/72-75). Before `mostAtOnce` rows it dies of the number alone, with nothing done.
 */
async function stopping(
  t: TestContext,
  mostAtOnce = Infinity,
): Promise<{ readonly client: StoreClient; readonly batches: number[]; readonly emails: () => Promise<readonly string[]> }> {
  const { store } = await demo(t, 'v1', { seedFile: [] });
  const batches: number[] = [];
  const { url } = await serve(t, async ({ request, body }, response) => {
    const forward = async (text: string): Promise<Response> =>
      await fetch(`http://127.0.0.1:${store.ports.rpc}${request.url ?? '/'}`, {
        method: request.method ?? 'GET',
        ...(request.method === 'POST' ? { body: text, headers: { 'Content-Type': 'text/xml' } } : {}),
      });
    const text = body.toString('utf8');
    const size = text.split(callInBatch).length - 1;
    if (size > 0) batches.push(size);
    const at = /<value [^>]*>stop<\/value>/.exec(text)?.index;
    const stopped = text.includes('customer.create') && (at !== undefined || size > mostAtOnce);
    if (stopped && size > 0 && size <= mostAtOnce && at !== undefined) {
      const call = text.lastIndexOf('<item', text.lastIndexOf(callInBatch, at) - 1);
      if (call > text.indexOf('<calls')) await forward(text.slice(0, call) + text.slice(text.indexOf('</calls>')));
    }
    const answer = stopped ? undefined : await forward(text);
    response
      .writeHead(answer?.status ?? 200, { 'Content-Type': 'text/xml' })
      .end(answer === undefined ? stop : Buffer.from(await answer.arrayBuffer()));
  });
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Stopping', url: `${url}/api/soap/`, user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 0, backoff: 1 } },
  );
  t.after(() => client.close());
  const emails = async (): Promise<readonly string[]> => {
    const { value } = await client.call('customer.list', {});
    return (Array.isArray(value) ? value : []).map((row) => String((row as Record<string, unknown>)['email']));
  };
  return { client, batches, emails };
}

async function imported(
  t: TestContext,
  client: StoreClient,
  names: readonly string[],
): Promise<{ readonly end: string; readonly results: readonly Record<string, string>[] }> {
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(
    place,
    `email,firstname,lastname,website_id\n${names.map((name, index) => `c${index}@example.com,${name},Berg,1`).join('\n')}\n`,
  );
  const csv = await openCsv(place);
  const job = { client, csv, mapping: guessMapping(csv.header) };
  const { end, resultFile } = await runImport(job, await previewImport(job));
  return { end, results: cells(await readFile(resultFile ?? '', 'utf8')) };
}

test('one row that makes PHP stop fails with its own reason, and the rows before and behind it are imported once', async (t) => {
  const { client, batches, emails } = await stopping(t);
  const names = Array.from({ length: 12 }, (_, index) => (index === 4 || index === 9 ? 'stop' : `Anna${index}`));
  const { end, results } = await imported(t, client, names);
  assert.equal(end, 'complete');
  assert.deepEqual(
    results.map(({ status }) => status),
    names.map((name) => (name === 'stop' ? 'failed' : 'created')),
  );
  assert.deepEqual(
    results.filter(({ status }) => status === 'failed').map(({ message }) => /Argument #2/.test(message ?? '')),
    [true, true],
  );
  assert.deepEqual([...(await emails())].sort(), names.flatMap((name, index) => (name === 'stop' ? [] : [`c${index}@example.com`])).sort());
  assert.deepEqual(batches, [12, 7, 2]);
});

test('a batch that is too much for PHP goes on row by row', async (t) => {
  const { client, batches, emails } = await stopping(t, 3);
  const { end, results } = await imported(t, client, ['Anna', 'Ben', 'Cleo', 'Dora', 'Emil']);
  assert.equal(end, 'complete');
  assert.deepEqual(
    results.map(({ status }) => status),
    ['created', 'created', 'created', 'created', 'created'],
  );
  assert.equal((await emails()).length, 5);
  assert.deepEqual(batches, [5]);
});
