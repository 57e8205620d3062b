import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import { ToolkitError } from '../../../src/api/errors';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import type { SoapRecord } from '../../../src/api/value';
import { DemoClient, demoStore, soapDialects, fault, post, record } from './client';

/** The response to a control request. */
interface Said {
  readonly status: number;
  readonly said: {
    readonly [key: string]: unknown;
    readonly error?: { readonly code: string; readonly what: string; readonly next: string };
  };
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

async function order(demo: DemoStore, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Said> {
  const answer = await post(
    `${demo.control?.url ?? assert.fail('The store is not steered over HTTP.')}${path}`,
    body === undefined ? '' : JSON.stringify(body),
    {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
    },
  );
  return { status: answer.status, said: JSON.parse(answer.body.toString('utf8')) as Said['said'], headers: answer.headers };
}

/** Status of the response to a call. */
async function statusOf(client: DemoClient, method: string, args: SoapRecord): Promise<number> {
  return (await post(client.url, client.encode(method, args), { agent: client.agent })).status;
}

const steered = async (t: TestContext): Promise<DemoStore> => await demoStore(t, { customers: 5, control: true });

test('a store cannot be controlled over HTTP unless its options allow it', async (t) => {
  const demo = await demoStore(t);
  assert.equal(demo.control, undefined);
  const answer = await post(`http://127.0.0.1:${demo.ports.rpc}/__demo/reset`, '{}', { headers: { 'Content-Type': 'application/json' } });
  assert.equal(answer.status, 404);
});

test('a snapshot can be restored repeatedly, and reset restores the store as it was started', async (t) => {
  const demo = await steered(t);
  const v1 = await DemoClient.of(t, demo, 'v1');
  assert.equal((await order(demo, 'snapshot', {})).status, 200);
  for (let times = 0; times < 2; times++) {
    const created = await v1.result('customer.create', {
      customerData: { email: 'ada@example.com', firstname: 'A', lastname: 'L', website_id: 1 },
    });
    assert.equal(created, '6', 'numbering goes back too');
    await v1.result('customer.delete', { customerId: 1 });
    assert.equal(demo.customers(), 5);
    assert.equal((await order(demo, 'restore', {})).said['customers'], 5);
    assert.equal(record(await v1.result('customer.info', { customerId: 1 }))['customer_id'], '1');
    assert.equal(fault(await v1.call('customer.info', { customerId: 6 })).split(' ')[0], '102');
  }
  await order(demo, 'seed', { records: [{ email: 'only@example.com' }] });
  assert.equal(demo.customers(), 1);
  const reset = await order(demo, 'reset', {});
  assert.equal(reset.said['customers'], 5);
  assert.equal((await order(demo, 'restore', {})).said.error?.code, 'snapshot-unknown');
});

test('a store with a data file keeps controlled state, including the writes before and after', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'maho-control-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const dataFile = join(folder, 'data');
  const demo = await demoStore(t, { customers: 3, dataFile });
  const v1 = await DemoClient.of(t, demo, 'v1');
  const create = (email: string): Promise<unknown> =>
    v1.result('customer.create', { customerData: { email, firstname: 'A', lastname: 'L', website_id: 1 } });
  demo.snapshot();
  await create('before@example.com');
  await Promise.all([create('between@example.com'), demo.restore(), create('after@example.com')]);
  const left = demo.customers();
  await demo.close();
  const again = await demoStore(t, { dataFile });
  assert.equal(again.customers(), left);
  const rows = await (await DemoClient.of(t, again, 'v1')).rows();
  assert.ok(!rows.some(({ email }) => email === 'before@example.com'));
});

test('seeds replace the customers with given records or with synthetic ones', async (t) => {
  const demo = await steered(t);
  assert.equal((await order(demo, 'seed', { customers: 12, seed: 7 })).said['customers'], 12);
  assert.equal(
    (await order(demo, 'seed', { records: [{ customer_id: 40, email: 'a@example.com' }, { email: 'b@example.com' }] })).said['customers'],
    2,
  );
  const v1 = await DemoClient.of(t, demo, 'v1');
  assert.equal(record(await v1.result('customer.info', { customerId: 41 }))['email'], 'b@example.com');
});

for (const dialect of soapDialects) {
  test(`${dialect}: a rule causes a fault for one method and a number of calls, and for nothing else`, async (t) => {
    const demo = await steered(t);
    await order(demo, 'faults', { method: 'customerCustomerInfo', calls: 2, answer: { code: '102', message: 'Gone & <lost>.' } });
    const program = await DemoClient.of(t, demo, dialect);
    await program.result('customer.list', { filters: {} });
    for (let times = 0; times < 2; times++)
      assert.equal(fault(await program.call('customer.info', { customerId: 1 })), '102 Gone & <lost>.');
    await program.result('customer.info', { customerId: 1 });
    assert.equal(demo.requests.at(-2)?.method, 'customer.info');
    await order(demo, 'faults', { faults: { 'html-503': true }, calls: 1 });
    assert.equal(await statusOf(program, 'customer.info', { customerId: 1 }), 503);
    assert.equal(await statusOf(program, 'customer.info', { customerId: 1 }), 200);
    await order(demo, 'faults', { method: 'customer.info', faults: { 'html-503': true } });
    demo.setFaults({ 'html-503': true });
    assert.equal((await order(demo, 'faults/clear', {})).status, 200);
    assert.equal(await statusOf(program, 'customer.info', { customerId: 1 }), 200);
  });
}

test('the clock stops, continues and ages sessions, and the session timeout applies to open sessions', async (t) => {
  const demo = await steered(t);
  await order(demo, 'clock', { now: '2026-01-31T23:59:59Z' });
  const v1 = await DemoClient.of(t, demo, 'v1');
  const id = await v1.result('customer.create', {
    customerData: { email: 'ada@example.com', firstname: 'A', lastname: 'L', website_id: 1 },
  });
  const rows = await v1.rows({ customer_id: id });
  assert.equal(rows[0]?.['created_at'], '2026-01-31 23:59:59');
  await order(demo, 'clock', { advance: 3500 });
  await v1.result('customer.info', { customerId: 1 });
  await order(demo, 'session', { timeout: 10 });
  await order(demo, 'clock', { advance: 11 });
  assert.equal(fault(await v1.call('customer.info', { customerId: 1 })).split(' ')[0], '5');
  await order(demo, 'clock', { real: true });
  assert.ok(Math.abs(demo.now.getTime() - Date.now()) < 60_000);
});

test('users and rights are replaced, and sessions end', async (t) => {
  const demo = await steered(t);
  const before = await DemoClient.of(t, demo, 'v1');
  await order(demo, 'users', { users: [{ user: 'reader', key: 'reader12345', rights: ['customer/info'] }] });
  assert.equal(fault(await before.call('customer.info', { customerId: 1 })).split(' ')[0], '5');
  const reader = await DemoClient.of(t, demo, 'v1', 'reader', 'reader12345');
  await reader.result('customer.info', { customerId: 1 });
  assert.equal(fault(await reader.call('customer.delete', { customerId: 1 })).split(' ')[0], '2');
  assert.deepEqual(demo.users, [{ user: 'reader', key: 'reader12345', rights: 'customer/info' }]);
  await order(demo, 'session/end', {});
  assert.equal(fault(await reader.call('customer.info', { customerId: 1 })).split(' ')[0], '5');
});

test('the list of calls has those of a given name, without secrets and control requests', async (t) => {
  const demo = await steered(t);
  const v2 = await DemoClient.of(t, demo, 'v2');
  await v2.result('customer.create', {
    customerData: { email: 'ada@example.com', firstname: 'A', lastname: 'L', website_id: 1, password: 'hunter22' },
  });
  const { said } = await order(demo, 'calls');
  const calls = said['calls'] as readonly {
    readonly method: string;
    readonly arguments: { readonly customerData?: Record<string, unknown> };
  }[];
  assert.deepEqual(
    calls.map(({ method }) => method),
    ['login', 'customer.create'],
  );
  assert.equal(calls[1]?.arguments.customerData?.['email'], 'ada@example.com');
  assert.doesNotMatch(JSON.stringify(said), /hunter22|apiKey12345/);
  await order(demo, 'calls/clear', {});
  assert.deepEqual(demo.requests, []);
});

test('an invalid control request is refused with a reason and a fix, and changes nothing', async (t) => {
  const demo = await steered(t);
  const refused: readonly (readonly [path: string, body: unknown])[] = [
    ['seed', {}],
    ['seed', { customers: 1.5 }],
    ['seed', { customers: 1e9 }],
    ['seed', { records: [{ firstname: 'A', emial: 'x' }] }],
    ['seed', { records: [{ customer_id: 1 }, { customer_id: 1 }] }],
    ['seed', []],
    ['seed', null],
    ['faults', {}],
    ['faults', { faults: { nosuch: true } }],
    ['faults', { faults: { slow: 'long' } }],
    ['faults', { faults: { __proto__x: true } }],
    ['faults', { method: 'customer.inof', faults: { drop: true } }],
    ['faults', { calls: 0, faults: { drop: true } }],
    ['faults', { calls: -1, faults: { drop: true } }],
    ['faults', { faults: { drop: true }, often: 1 }],
    ['clock', { now: 'yesterday' }],
    ['clock', { now: '+100000-01-01T00:00:00Z' }],
    ['clock', { advance: '1h' }],
    ['clock', { advance: 1e300 }],
    ['session', { timeout: -1 }],
    ['users', { users: [{ user: 'a', key: 'b', rights: ['customer/inof'] }] }],
    ['users', { users: [{ user: 'a', key: '', rights: 'all' }] }],
    [
      'users',
      {
        users: [
          { user: 'a', key: 'b', rights: 'all' },
          { user: 'a', key: 'c', rights: 'all' },
        ],
      },
    ],
    ['snapshot', { name: '' }],
    ['restore', { name: 'nosuch' }],
    ['reset', { really: true }],
  ];
  for (const [path, body] of refused) {
    const { status, said } = await order(demo, path, body);
    assert.equal(status, 400, `${path} ${JSON.stringify(body)}`);
    assert.ok(said.error !== undefined && said.error.what.length > 20 && said.error.next.length > 10, JSON.stringify(said));
  }
  const state = (await order(demo, '')).said;
  assert.deepEqual([state['customers'], state['faults'], state['rules']], [5, {}, []]);
  const broken = await post(`${demo.control?.url}reset`, '{"a":', { headers: { 'Content-Type': 'application/json' } });
  assert.equal(broken.status, 400);
  assert.equal((await order(demo, 'nosuch', {})).status, 404);
  assert.equal((await order(demo, 'reset')).status, 405);
  assert.throws(() => demo.addFault({ calls: 1 }), ToolkitError);
  assert.throws(() => demo.setClock({ advance: Number.NaN }), ToolkitError);
  await assert.rejects(demo.restore('nosuch'), ToolkitError);
});

test('web pages cannot control the store: foreign names, origins and forms are refused, and browsers cannot read the response', async (t) => {
  const demo = await steered(t);
  const before = demo.customers();
  const headers: readonly Readonly<Record<string, string>>[] = [
    { Host: 'evil.example' },
    { Origin: 'https://evil.example' },
    { Origin: 'null' },
    { Origin: `http://localhost:${demo.ports.rpc}` },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
    { Referer: 'http://localhost:3000/' },
    { 'Content-Type': 'text/plain' },
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'Content-Type': 'multipart/form-data; boundary=x' },
    { 'Content-Type': 'text/plain; application/json' },
    { 'Content-Type': 'application/jsonx' },
  ];
  for (const each of headers) {
    const answer = await post(`${demo.control?.url}seed`, '{"customers":1}', { headers: { 'Content-Type': 'application/json', ...each } });
    assert.ok([401, 403, 415].includes(answer.status), JSON.stringify(each));
    assert.ok(!Object.keys(answer.headers).some((name) => name.startsWith('access-control-')));
  }
  const preflight = await post(`${demo.control?.url}seed`, '', {
    method: 'OPTIONS',
    headers: { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' },
  });
  assert.equal(preflight.status, 403);
  assert.ok(!Object.keys(preflight.headers).some((name) => name.startsWith('access-control-')));
  assert.equal(demo.customers(), before);
});

test('a token is required if one was given, and always if other machines can reach the store', async (t) => {
  const chosen = await demoStore(t, { customers: 2, control: { token: 'let-me-steer' } });
  for (const authorization of [undefined, 'Bearer wrong', 'Basic let-me-steer', 'Bearer let-me-steer2', 'Bearer '])
    assert.equal((await order(chosen, 'reset', {}, authorization === undefined ? {} : { Authorization: authorization })).status, 401);
  assert.equal((await order(chosen, 'reset', {}, { Authorization: 'Bearer let-me-steer' })).status, 200);
  const open = await demoStore(t, { customers: 2, host: '0.0.0.0', control: true });
  assert.match(open.control?.token ?? '', /^[0-9a-f]{32}$/);
  assert.equal((await order(open, 'reset', {})).status, 401);
  await assert.rejects(startDemoStore({ control: { token: 'short' } }), { code: 'control-token' });
  await assert.rejects(startDemoStore({ control: { token: 'with space in it' } }), { code: 'control-token' });
});

test('a store that is not closed lets its process exit after unref, even with open connections', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'maho-unref-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'forgets.mts');
  await writeFile(
    file,
    `import { Agent, get } from 'node:http';
import { startDemoStore } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, '../../../src/demo/index.ts')).href)};
const demo = (await startDemoStore({ customers: 5 })).unref();
const agent = new Agent({ keepAlive: true });
const status = await new Promise((resolve) => get(demo.urls.v1 + '?wsdl', { agent }, (answer) => answer.resume().on('end', () => resolve(answer.statusCode))));
console.log(status);
`,
  );
  const ended = spawnSync(process.execPath, ['--import', 'tsx', file], {
    encoding: 'utf8',
    timeout: 240_000,
    cwd: join(import.meta.dirname, '../../..'),
  });
  assert.equal(ended.status, 0, ended.stderr);
  assert.equal(ended.stdout, '200\n');
});
