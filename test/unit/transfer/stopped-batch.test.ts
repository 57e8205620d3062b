import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { StoreClient } from '../../../src/store/calls/client';
import { guessMapping, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { serve } from '../../support/loopback';
import { cells, demo, folder } from './support';

const stop =
  '<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope ' +
  'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>SOAP-ENV:Se' +
  'rver</faultcode><faultstring>date(): Argument #2 ($timestamp) must be of type ?int, false ' +
  'given</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>';

/** A call within a batch, as V1 writes it. */
const callInBatch = '<item xsi:type="xsd:string">customer.create</item>';

/**
 * A demo store in which PHP stops over a customer named `stop`, as Maho 26.7 does over a date: a batch is done up to that row and answered
 * with one fault (wire maho-26.7 troubles/72-75). Before `mostAtOnce` rows it dies of the number alone, with nothing done.
 */
async function stopping(
  t: TestContext,
  mostAtOnce = Infinity,
  death: { readonly status: number; readonly body: string } | 'reset' = { status: 200, body: stop },
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
    if (stopped && death === 'reset') {
      response.destroy();
      return;
    }
    const died = death === 'reset' ? { status: 500, body: '' } : death;
    const answer = stopped ? undefined : await forward(text);
    response
      .writeHead(answer?.status ?? died.status, { 'Content-Type': died.body.startsWith('<html') && stopped ? 'text/html' : 'text/xml' })
      .end(answer === undefined ? died.body : Buffer.from(await answer.arrayBuffer()));
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

for (const [name, death, reason] of [
  ['an empty HTTP 500', { status: 500, body: '' }, /response is empty/],
  ['an empty answer', { status: 200, body: '' }, /response is empty/],
  ['its error page', { status: 500, body: '<html><body>Fatal error: Allowed memory size</body></html>' }, /Allowed memory size/],
] as const) {
  test(`a row over which PHP ends with ${name} stops no other row`, async (t) => {
    const { client, emails } = await stopping(t, Infinity, death);
    const { end, results } = await imported(t, client, ['Anna', 'stop', 'Cleo', 'Dora']);
    assert.equal(end, 'complete');
    assert.deepEqual(
      results.map(({ status }) => status),
      ['created', 'failed', 'created', 'created'],
    );
    assert.match(results[1]?.['message'] ?? '', reason);
    assert.equal((await emails()).length, 3);
  });
}

test('a row over which the connection is reset each time stops one run, and the next gets past it', async (t) => {
  const { client, emails } = await stopping(t, Infinity, 'reset');
  const names = ['Anna', 'Ben', 'stop', 'Cleo', 'stop', 'Dora'];
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(
    place,
    `email,firstname,lastname,website_id\n${names.map((name, index) => `c${index}@example.com,${name},Berg,1`).join('\n')}\n`,
  );
  const run = async (): Promise<{ readonly end: string; readonly results: readonly Record<string, string>[] }> => {
    const csv = await openCsv(place);
    const job = { client, csv, mapping: guessMapping(csv.header) };
    const { end, resultFile } = await runImport(job, await previewImport(job));
    return { end, results: cells(await readFile(resultFile ?? '', 'utf8')) };
  };
  const first = await run();
  assert.equal(first.end, 'failed');
  const { end, results } = await run();
  assert.equal(end, 'complete');
  assert.deepEqual(
    results.map(({ status }) => status),
    ['created', 'created', 'failed', 'created', 'failed', 'created'],
  );
  assert.match(results[2]?.['message'] ?? '', /connection/i);
  assert.equal((await emails()).length, 4);
});

/** A stop that does not tell by itself whether the row was written. */
const unclear = stop.replace(/date\(\).* given/, 'Maximum execution time of 30 seconds exceeded');

/** A V2 store without V1 in which PHP stops over customers named `stop`, those named `late` after they were written. */
async function stoppingSingly(t: TestContext, lookFails: () => boolean = () => false): Promise<StoreClient> {
  const { store } = await demo(t, 'v2', { seedFile: [] });
  let stopped = false;
  const { url } = await serve(t, async ({ request, body }, response) => {
    const text = body.toString('utf8');
    const dies = text.includes('customerCustomerCreate') && />(stop|late)</.test(text);
    if (request.url?.startsWith('/api/soap') === true || (stopped && lookFails() && text.includes('customerCustomerList'))) {
      response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html><title>404</title></html>');
      return;
    }
    stopped ||= dies;
    const answer =
      dies && text.includes('>stop<')
        ? undefined
        : await fetch(`http://127.0.0.1:${store.ports.rpc}${request.url ?? '/'}`, {
            method: request.method ?? 'GET',
            ...(request.method === 'POST' ? { body: text, headers: { 'Content-Type': 'text/xml' } } : {}),
          });
    const bytes = answer === undefined ? unclear : Buffer.from(await answer.arrayBuffer());
    response.writeHead(dies ? 500 : (answer?.status ?? 500), { 'Content-Type': 'text/xml' }).end(dies ? unclear : bytes);
  });
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Stopping', url: `${url}/api/v2_soap/`, user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 0, backoff: 1 } },
  );
  t.after(() => client.close());
  return client;
}

test('without V1, a row that makes PHP stop fails with its own reason, unless it was written nevertheless', async (t) => {
  const { end, results } = await imported(t, await stoppingSingly(t), ['Anna', 'stop', 'late', 'Dora', 'stop']);
  assert.equal(end, 'complete');
  assert.deepEqual(
    results.map(({ status }) => status),
    ['created', 'failed', 'created', 'created', 'failed'],
  );
  assert.match(results[1]?.['message'] ?? '', /Maximum execution time/);
});

test('a row whose outcome cannot be looked up stays in doubt, and the rows behind it are not sent', async (t) => {
  const { end, results } = await imported(t, await stoppingSingly(t, () => true), ['Anna', 'late', 'Cleo']);
  assert.equal(end, 'failed');
  assert.deepEqual(Object.fromEntries(results.map(({ row, status }) => [row, status])), { 2: 'created', 3: 'unknown' });
});
