// maho-soap record and replay as commands: their permissions, output and exit codes.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { run } from '../../../src/cli/run-cli';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { DemoClient, fault } from '../demo/client';

/** Hosts that the user allowed: those of the demo stores of these tests. */
let hosts = '';

interface Running {
  /** The address for the program, once it is known. */
  readonly url: Promise<string>;
  readonly end: () => Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
}

function start(t: TestContext, ...args: readonly string[]): Running {
  const stop = new AbortController();
  let out = '';
  let err = '';
  let told = (_: string): void => undefined;
  let failed = (_: Error): void => undefined;
  const url = new Promise<string>((resolve, reject) => ([told, failed] = [resolve, reject]));
  url.catch(() => undefined);
  const look = (text: string): Promise<void> => {
    const found = /Use this URL in the program: (\S+)/.exec(text)?.[1];
    if (found !== undefined) told(found);
    return Promise.resolve();
  };
  const code = run(args, {
    out: (text) => {
      out += text;
      return look(out);
    },
    err: (text) => {
      err += text;
      return look(err);
    },
    env: { MAHO_SOAP_HOSTS: hosts },
    input: () => Promise.resolve(''),
    stop: stop.signal,
  });
  void code.then(() => {
    failed(new Error(`It ended: ${err}`));
  });
  const end = async (): ReturnType<Running['end']> => {
    stop.abort();
    return { code: await code, out, err };
  };
  t.after(end);
  return { url, end };
}

/** A working folder whose settings list the demo store, and a folder for the recording. */
async function settings(t: TestContext, demo: DemoStore, entry: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-record-'));
  await mkdir(join(folder, '.vscode'));
  const store = { name: 'Shop', url: demo.urls.v1, user: 'apiUser', ...entry };
  await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify({ 'mahoSoap.stores': [store] }));
  hosts = new URL(demo.urls.v1).host;
  const before = process.cwd();
  process.chdir(folder);
  t.after(async () => {
    process.chdir(before);
    await rm(folder, { recursive: true, force: true });
  });
  return join(folder, 'cassette');
}

async function demoStore(t: TestContext): Promise<DemoStore> {
  const demo = await startDemoStore({ product: 'maho@25', customers: 3 });
  t.after(() => demo.close());
  return demo;
}

async function program(t: TestContext, url: string): Promise<DemoClient> {
  const client = new DemoClient(`${url}/api/soap/`, 'v1');
  t.after(() => client.agent.destroy());
  await client.logIn();
  return client;
}

for (const entry of [{ readOnly: true }, { environment: 'production' }]) {
  test(`record refuses writes to a store that is ${Object.keys(entry)[0] ?? ''} in the settings, and passes them only with its name`, async (t) => {
    const demo = await demoStore(t);
    const cassette = await settings(t, demo, entry);
    for (const confirm of [[], ['--confirm', 'Another shop']]) {
      const recording = start(t, 'record', '--store', 'Shop', '--to', cassette, '--port', '0', ...confirm);
      const client = await program(t, await recording.url);
      await client.result('customer.info', { customerId: 1 });
      assert.match(fault(await client.call('customer.delete', { customerId: 1 })), /was not passed on/);
      const { code, err } = await recording.end();
      assert.equal(code, 0);
      assert.match(err, /^customer\.delete: refused\. /m);
    }
    assert.equal(demo.customers(), 3);
    const recording = start(t, 'record', '--store', 'Shop', '--to', cassette, '--port', '0', '--confirm', 'Shop');
    const client = await program(t, await recording.url);
    await client.result('customer.delete', { customerId: 1 });
    assert.equal((await recording.end()).code, 0);
    assert.equal(demo.customers(), 2);
  });
}

test('the restrictions of the settings apply to --url too', async (t) => {
  const demo = await demoStore(t);
  const cassette = await settings(t, demo, { readOnly: true });
  const recording = start(t, 'record', '--url', demo.urls.v1, '--to', cassette, '--port', '0');
  const client = await program(t, await recording.url);
  assert.match(fault(await client.call('customer.delete', { customerId: 1 })), /was not passed on/);
  assert.equal(demo.customers(), 3);
});

test('replay exits with 0 when all calls were known and with 1 when one was not, and prints how often each was used', async (t) => {
  const demo = await demoStore(t);
  const cassette = await settings(t, demo, {});
  const recording = start(t, 'record', '--store', 'Shop', '--to', cassette, '--port', '0');
  await (await program(t, await recording.url)).result('customer.info', { customerId: 1 });
  assert.equal((await recording.end()).code, 0);
  const known = start(t, 'replay', cassette, '--port', '0');
  const first = await program(t, await known.url);
  await first.result('customer.info', { customerId: 1 });
  await first.result('customer.info', { customerId: 1 });
  const ended = await known.end();
  assert.equal(ended.code, 0);
  assert.match(ended.out, /^ +2 × \d{4}-customer\.info$/m);
  const unknown = start(t, 'replay', cassette, '--port', '0', '--json');
  const second = await program(t, await unknown.url);
  assert.match(fault(await second.call('customer.info', { customerId: 2 })), /no response to customer\.info/);
  const { code, out, err } = await unknown.end();
  assert.equal(code, 1);
  assert.match(err, /customer\.info with .* was not recorded/);
  assert.deepEqual(JSON.parse(out), {
    uses: [
      { file: '0001-login', method: 'login', used: 1 },
      { file: '0002-customer.info', method: 'customer.info', used: 0 },
    ],
    unknown: 1,
  });
});

test('commands that cannot begin exit with 2 and the reason', async (t) => {
  const demo = await demoStore(t);
  const cassette = await settings(t, demo, {});
  for (const [args, reason] of [
    [['record', '--store', 'Shop'], /--to is missing/],
    [['record', '--to', cassette], /--url|--store/],
    [['record', '--store', 'Nobody', '--to', cassette], /Nobody/],
    [['record', '--store', 'Shop', '--to', cassette, '--port', 'x'], /--port/],
    [['record', '--store', 'Shop', '--to', cassette, '--port', String(demo.ports.rpc)], /already uses this port/],
    [['replay'], /No recording was given/],
    [['replay', join(cassette, 'nowhere')], /cannot be replayed/],
  ] as const) {
    const running = start(t, ...args);
    await assert.rejects(running.url, reason, args.join(' '));
    assert.equal((await running.end()).code, 2, args.join(' '));
  }
  assert.deepEqual(await readdir(cassette).catch(() => []), []);
});
