import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { build } from 'esbuild';
import { ToolkitError } from '../../../src/api/errors';
import { startDemoStore } from '../../../src/demo';
import { DemoClient, envelope, fault, post, record, textOf } from './client';

async function dataFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-store-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'store.data');
}

/** Runs a store on a file while the work runs. */
async function withStore<T>(t: TestContext, file: string, work: (client: DemoClient, customers: number) => T | Promise<T>): Promise<T> {
  const demo = await startDemoStore({ dataFile: file, customers: 5, product: 'maho@25' });
  try {
    return await work(await DemoClient.of(t, demo, 'v1'), demo.customers());
  } finally {
    await demo.close();
  }
}

test('written data is there after a restart, including addresses, deletions and the next IDs', async (t) => {
  const file = await dataFile(t);
  const before = await withStore(t, file, async (client) => {
    assert.equal(
      await client.result('customer.create', { customerData: { email: 'new@example.com', firstname: 'Zoë "&" <\n>', website_id: 1 } }),
      '6',
    );
    await client.result('customer_address.create', {
      customerId: 6,
      addressData: {
        firstname: 'A',
        lastname: 'B',
        street: ['1', '2'],
        city: 'C',
        country_id: 'US',
        postcode: '1',
        telephone: '2',
        is_default_shipping: true,
      },
    });
    await client.result('customer.create', { customerData: { email: 'gone@example.com', website_id: 1 } });
    await client.result('customer.delete', { customerId: 7 });
    await client.result('customer.delete', { customerId: 2 });
    assert.match(
      fault(await client.call('customer.create', { customerData: { email: 'bad@example.com', website_id: 999 } })),
      /^1 SQLSTATE/,
    );
    return [await client.rows(), await client.result('customer_address.list', { customerId: 6 })];
  });
  for (let restart = 0; restart < 2; restart++) {
    await withStore(t, file, async (client, customers) => {
      assert.equal(customers, 5);
      assert.deepEqual([await client.rows(), await client.result('customer_address.list', { customerId: 6 })], before);
    });
  }
  await withStore(t, file, async (client) =>
    assert.equal(await client.result('customer.create', { customerData: { email: 'next@example.com', website_id: 1 } }), '9'),
  );
});

test('a torn last line is dropped, and writing continues after the last whole line', async (t) => {
  const file = await dataFile(t);
  await withStore(t, file, (client) => client.result('customer.update', { customerId: 1, customerData: { firstname: 'Kept' } }));
  const whole = await readFile(file);
  for (const torn of ['1234', 'abcdef01 {"customer":1,"values":{"fir', 'zzzz\nyyyy\n']) {
    await writeFile(file, Buffer.concat([whole, Buffer.from(torn)]));
    await withStore(t, file, async (client) => {
      assert.equal(record(await client.result('customer.info', { customerId: 1 }))['firstname'], 'Kept');
      await client.result('customer.update', { customerId: 3, customerData: { firstname: 'After' } });
    });
    await withStore(t, file, async (client) =>
      assert.equal(record(await client.result('customer.info', { customerId: 3 }))['firstname'], 'After'),
    );
  }
});

test('a file that is damaged in the middle, or not a data file, is refused and left unchanged', async (t) => {
  const file = await dataFile(t);
  await withStore(t, file, () => undefined);
  const damaged = (await readFile(file, 'utf8')).replace('"email"', '"Email"');
  await writeFile(file, damaged);
  await assert.rejects(
    startDemoStore({ dataFile: file }),
    (error) => error instanceof ToolkitError && error.code === 'data-file-damaged' && /line \d+/.test(error.message),
  );
  assert.equal(await readFile(file, 'utf8'), damaged);
  await writeFile(file, 'my shopping list\nmilk\n');
  await assert.rejects(
    startDemoStore({ dataFile: file }),
    (error) => error instanceof ToolkitError && /is not the data file/.test(error.message),
  );
  assert.equal(await readFile(file, 'utf8'), 'my shopping list\nmilk\n');
});

test('only one store at a time can use a file', async (t) => {
  const file = await dataFile(t);
  await withStore(t, file, async () => {
    await assert.rejects(startDemoStore({ dataFile: file }), (error) => error instanceof ToolkitError && error.code === 'data-file-in-use');
  });
  await withStore(t, file, (_client, customers) => assert.equal(customers, 5));
});

test(
  'only the owner can read the data file, and a missing folder is reported',
  { skip: process.platform === 'win32' ? 'no modes on Windows' : false },
  async (t) => {
    const file = await dataFile(t);
    await withStore(t, file, () => undefined);
    assert.equal((await stat(file)).mode & 0o077, 0);
    await assert.rejects(
      startDemoStore({ dataFile: join(file, 'no', 'such') }),
      (error) => error instanceof ToolkitError && error.code === 'data-file',
    );
  },
);

test('a file with many writes does not grow without end', { timeout: 120_000 }, async (t) => {
  const file = await dataFile(t);
  const demo = await startDemoStore({ dataFile: file, customers: 5, product: 'maho@25' });
  t.after(() => demo.close());
  const clients = await Promise.all(Array.from({ length: 8 }, () => DemoClient.of(t, demo, 'v1')));
  // Many changes in one request reach the limit quickly.
  await Promise.all(
    clients.map(async (client, index) => {
      for (let round = 0; round < 2; round++) await manyUpdates(client, 400, `${index}-${round}`);
    }),
  );
  assert.ok((await readFile(file, 'utf8')).split('\n').length < 6_000);
  await demo.close();
  await withStore(t, file, async (client, customers) => {
    assert.equal(customers, 5);
    assert.match(textOf(record(await client.result('customer.info', { customerId: 1 }))['firstname']), /^\d-1 399$/);
  });
});

/** A multiCall that updates customer 1 `count` times. */
async function manyUpdates(client: DemoClient, count: number, mark: string): Promise<void> {
  const calls = Array.from(
    { length: count },
    (_, index) =>
      '<item xsi:type="c:Array" c:arrayType="xsd:ur-type[2]"><item xsi:type="xsd:string">customer.update</item><item ' +
      'xsi:type="c:Array" c:arrayType="xsd:ur-type[2]"><item xsi:type="xsd:int">1</item><item ' +
      `xsi:type="m:Map"><item><key xsi:type="xsd:string">firstname</key><value xsi:type="xsd:string">${mark} ${index}` +
      '</value></item></item></item></item>',
  );
  const answer = await post(
    client.url,
    envelope(
      `<n:multiCall><sessionId>${client.session}</sessionId><calls xsi:type="c:Array" c:arrayType="xsd:ur-type[${count}` +
        `]">${calls.join('')}</calls></n:multiCall>`,
    ),
  );
  assert.equal(answer.status, 200);
}

test('a store that is killed twenty times during writes has every acknowledged write each time', { timeout: 240_000 }, async (t) => {
  const file = await dataFile(t);
  const program = join(file, '../store.cjs');
  await bundleStore(program);
  const acknowledged = new Map<string, string>();
  let written = 0;
  for (let kill = 0; kill < 20; kill++) {
    const child = await startChild(t, program, file);
    await verify(t, child.url, acknowledged);
    const clients = await Promise.all(Array.from({ length: 4 }, () => loggedIn(t, child.url)));
    // The number of acknowledgements before a kill varies, so that every kill hits the writer in another place.
    const stopAfter = 15 + ((kill * 37) % 60);
    let acks = 0;
    await Promise.all(
      clients.map(async (client, index) => {
        for (;;) {
          const number = ++written;
          const email = `k${kill}-${index}-${number}@example.com`;
          try {
            const id = textOf(await client.result('customer.create', { customerData: { email, firstname: `N${number}`, website_id: 1 } }));
            acknowledged.set(id, email);
          } catch (error) {
            // The store was killed, as intended. This write was not acknowledged.
            assert.ok(child.process.killed, String(error));
            return;
          }
          if (++acks === stopAfter) child.process.kill('SIGKILL');
        }
      }),
    );
    await child.ended;
  }
  const child = await startChild(t, program, file);
  await verify(t, child.url, acknowledged);
  child.process.kill('SIGTERM');
  await child.ended;
  t.diagnostic(`${acknowledged.size} acknowledged writes, all there`);
});

async function verify(t: TestContext, url: string, acknowledged: ReadonlyMap<string, string>): Promise<void> {
  const client = await loggedIn(t, url);
  const emails = new Map((await client.rows()).map((row) => [row['customer_id'], row['email']]));
  for (const [id, email] of acknowledged) assert.equal(emails.get(id), email, `customer ${id}`);
}

async function loggedIn(t: TestContext, url: string): Promise<DemoClient> {
  const client = new DemoClient(url, 'v1');
  t.after(() => client.agent.destroy());
  await client.logIn();
  return client;
}

/** The program of this process, bundled so that it starts quickly. */
async function bundleStore(program: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'store-process.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
}

/** A store in a separate process, so that it can be killed. */
async function startChild(
  t: TestContext,
  program: string,
  file: string,
): Promise<{ readonly process: ChildProcess; readonly url: string; readonly ended: Promise<unknown> }> {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [first] = (await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => {
      throw new Error('The store ended before it was ready.');
    }),
  ])) as [Buffer];
  return { process: child, url: first.toString('utf8').trim(), ended };
}
