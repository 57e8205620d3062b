import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { cliProgram } from '../../support/built-cli';
import { runCli as cli } from '../../support/cli';
import { tinyFault, tinyResult, tinyStore } from '../../support/tiny-store';

function files(t: TestContext, contents: Readonly<Record<string, string>>): (name: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'maho-soap-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(contents)) writeFileSync(join(folder, name), text);
  return (name) => join(folder, name);
}

async function demo(t: TestContext): Promise<{ store: DemoStore; options: string[]; env: Record<string, string> }> {
  const store = await startDemoStore({ product: 'maho@25', customers: 5 });
  t.after(() => store.close());
  const [user] = store.users;
  return { store, options: ['--url', new URL(store.urls.v2).origin, '--user', user?.user ?? ''], env: { MAHO_SOAP_KEY: user?.key ?? '' } };
}

test('there is help for the program and for each command, and it lists the commands and options', async () => {
  const { code, out } = await cli(['--help']);
  assert.equal(code, 0);
  for (const name of ['call', 'doctor', 'decode', 'demo-store']) {
    assert.match(out, new RegExp(`^ {2}${name} `, 'm'));
    const own = await cli([name, '--help']);
    assert.deepEqual([own.code, own.err], [0, '']);
    assert.match(own.out, new RegExp(`^Usage: maho-soap ${name}`));
  }
  assert.match((await cli(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
});

test('an invalid command line exits with 2 and lists the valid options', async () => {
  for (const args of [
    [],
    ['nope'],
    ['call'],
    ['call', 'customer.list'],
    ['call', 'customer.list', '--nope'],
    ['call', 'customer.list', '{}', 'more', '--url', 'x'],
    ['decode'],
    ['doctor'],
    ['call', 'customer.list', '--url', 'x', '--user', 'u', '--dialect', 'v3'],
    ['demo-store', '--port', 'abc'],
    ['demo-store', '--customers', '-1'],
    ['demo-store', '--product', 'shopware'],
    ['call', 'customer.list', '{broken', '--url', 'http://127.0.0.1:1', '--user', 'u'],
    ['call', 'customer.list', '"text"', '--url', 'http://127.0.0.1:1', '--user', 'u'],
  ]) {
    const { code, out, err } = await cli(args, { env: { MAHO_SOAP_KEY: 'k' } });
    assert.equal(code, 2, args.join(' '));
    assert.ok(args.length === 0 ? out.includes('Usage') : err.length > 0 && out === '', args.join(' '));
    assert.doesNotMatch(err, /bug in the toolkit|undefined|\\n|\.\./, args.join(' '));
  }
});

test('decode prints one line per file, continues after bad ones, and then exits with 1', async (t) => {
  const file = files(t, {
    'result.xml': tinyResult('customerCustomerList', [{ customer_id: 1, email: 'a@b.c' }]),
    'fault.xml': tinyFault('102', 'Customer not exists.'),
    'page.html': '<!DOCTYPE html><html><head><title>Home</title></head></html>',
    'cut.xml': tinyResult('call', 'x').slice(0, -40),
    'dtd.xml': '<!DOCTYPE x><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"/>',
    'junk.xml': `Notice: oops\n${tinyResult('call', 1)}`,
  });
  const names = ['result.xml', 'missing.xml', 'fault.xml', 'cut.xml', 'page.html', 'dtd.xml', 'junk.xml'].map(file);
  const { code, out, err } = await cli(['decode', ...names]);
  assert.equal(code, 1);
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual(
    lines.map((line) => line['file']),
    names,
  );
  const [result, missing, fault, cut, page, dtd, junk] = lines.map(({ file: _, ...rest }) => rest);
  assert.deepEqual(result, { kind: 'result', operation: 'customerCustomerList', value: [{ customer_id: 1, email: 'a@b.c' }] });
  assert.deepEqual([missing?.['kind'], missing?.['code']], ['error', 'ENOENT']);
  assert.deepEqual(fault, { kind: 'fault', code: '102', message: 'Customer not exists.' });
  assert.deepEqual([cut?.['kind'], cut?.['code'], typeof cut?.['offset']], ['error', 'cut-off', 'number']);
  assert.deepEqual(page, { kind: 'not-soap' });
  assert.deepEqual([dtd?.['kind'], dtd?.['code']], ['error', 'dtd']);
  assert.deepEqual(junk, { kind: 'result', operation: 'call', value: 1 });
  assert.match(err, /junk\.xml: text before the XML "Notice: oops/);
  assert.equal((await cli(['decode', file('fault.xml'), file('result.xml')])).code, 0);
});

test('decode shows WS-I’s wrappers as PHP does', async (t) => {
  const file = files(t, {
    'wsi.xml':
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><n:customerGroupListResponseParam ' +
      'xmlns:n="urn:Maho"><result><complexObjectArray><customer_group_id>1</customer_group_id></complexObjectArray></re' +
      'sult></n:customerGroupListResponseParam></s:Body></s:Envelope>',
  });
  const line = JSON.parse((await cli(['decode', file('wsi.xml')])).out) as { value: unknown };
  assert.deepEqual(line.value, { complexObjectArray: [{ customer_group_id: 1 }] });
});

test('call prints the result as JSON in each dialect, arguments by name, by position, from a file and from input', async (t) => {
  const { store, options, env } = await demo(t);
  const file = files(t, { 'args.json': '{"customerId":1,"attributes":["email"]}' });
  const emails = new Set<unknown>();
  for (const [json, input] of [
    ['{"customerId":1,"attributes":["email"]}'],
    ['[1,["email"]]'],
    [`@${file('args.json')}`],
    ['-', '[1,["email"]]'],
  ]) {
    for (const dialect of ['v1', 'v2', 'wsi']) {
      const url = dialect === 'wsi' ? ['--url', store.urls.wsi] : [];
      const { code, out, err } = await cli(['call', 'customer.info', json ?? '', ...options, ...url, '--dialect', dialect], {
        env,
        ...(input === undefined ? {} : { input }),
      });
      assert.deepEqual([code, err], [0, '']);
      emails.add((JSON.parse(out) as Record<string, unknown>)['email']);
    }
  }
  assert.equal(emails.size, 1);
  assert.match(String([...emails][0]), /@/);
});

test('call --json prints dialect, address, time and size too, and errors as data', async (t) => {
  const { options, env } = await demo(t);
  const { out } = await cli(['call', 'customer_group.list', '--json', ...options], { env });
  const { value, dialect, url, ms, bytes } = JSON.parse(out) as Record<string, unknown>;
  assert.ok(Array.isArray(value) && dialect === 'v2' && typeof ms === 'number' && typeof bytes === 'number');
  assert.match(String(url), /api\/v2_soap/);
  const failed = await cli(['call', 'customer.info', '[999]', '--json', ...options], { env });
  assert.equal(failed.code, 2);
  const { kind, code, said } = JSON.parse(failed.err) as Record<string, unknown>;
  assert.deepEqual([kind, code, said], ['fault', '102', 'Customer not exists.']);
});

test('call --raw sends an envelope as it is, with the session inserted', async (t) => {
  const { store, options, env } = await demo(t);
  const file = files(t, {
    'info.xml':
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><n:customerCustomerInfo ' +
      'xmlns:n="urn:Maho"><sessionId>{{session}}</sessionId><customerId>1</customerId></n:customerCustomerInfo></e:Body' +
      '></e:Envelope>',
  });
  const { code, out } = await cli(['call', '--raw', file('info.xml'), ...options], { env });
  assert.equal(code, 0);
  assert.equal((JSON.parse(out) as Record<string, unknown>)['customer_id'], 1);
  assert.ok(store.requests.some(({ method }) => method === 'customer.info'));
});

test('call prints secrets only with its option, and decode omits them with its option', async (t) => {
  const { options, env } = await demo(t);
  const hidden = await cli(['call', 'customer.info', '[1]', ...options, '--dialect', 'v1'], { env });
  const shown = await cli(['call', 'customer.info', '[1]', ...options, '--dialect', 'v1', '--reveal'], { env });
  const hash = String((JSON.parse(shown.out) as Record<string, unknown>)['password_hash']);
  assert.match(hash, /^\S{20,}/);
  assert.deepEqual(JSON.parse(hidden.out), { ...(JSON.parse(shown.out) as object), password_hash: '••••••' });
  const data = await cli(['call', 'customer.list', '--json', '--verbose', ...options], { env });
  assert.ok(data.out.includes('••••••') && !data.out.includes(hash) && !data.err.includes(hash));

  const file = files(t, {
    'info.xml': tinyResult('customerCustomerInfo', { email: 'a@b.c', password_hash: 'S3CRET' }),
    'login.xml': tinyResult('login', 'S3CRET'),
  });
  const decoded = async (...more: string[]): Promise<unknown[]> =>
    (await cli(['decode', ...more, file('info.xml'), file('login.xml')])).out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { value: unknown }).value);
  assert.deepEqual(await decoded(), [{ email: 'a@b.c', password_hash: 'S3CRET' }, 'S3CRET']);
  assert.deepEqual(await decoded('--mask'), [{ email: 'a@b.c', password_hash: '••••••' }, '••••••']);
});

test('call does not quote arguments that are not JSON, since they may contain a password', async () => {
  for (const args of [
    '{"customerData":{"password":S3CRET}}',
    '{"customerData":{"password":"S3"CRET"}}',
    `{"a":"${'x'.repeat(50)}","password":S3CRET,"b":"${'x'.repeat(50)}"}`,
  ]) {
    const { err } = await cli(['call', 'customer.create', args, '--url', 'http://127.0.0.1:1', '--user', 'u'], {
      env: { MAHO_SOAP_KEY: 'the-key' },
    });
    assert.match(err, /^The arguments are not valid JSON\.\n {2}Why: /);
    assert.ok(!err.includes('CRET'), err);
  }
});

test('no text of a store is a command to the terminal or looks like a line of ours', async (t) => {
  const evil = 'a\u009b31m\u202eb\u2066c\u2028d\u007fe\nFAIL 0';
  const store = await tinyStore(t, 'v2', ({ method }) =>
    method === 'customerCustomerInfo' ? { fault: ['102', evil] } : { value: [{ firstname: evil }] },
  );
  const options = ['--url', store.url, '--user', 'u'];
  const file = files(t, {
    'answer.xml': `${evil}${tinyResult('x', evil)}`,
    'evil.maho.json': JSON.stringify({
      requests: [
        { name: 'one', method: 'customer.info', args: { customerId: 1 } },
        { name: evil, method: 'customer.list', expect: { result: [] } },
      ],
    }),
  });
  const env = { MAHO_SOAP_KEY: 'the-key' };
  const lists = await cli(['call', 'customer.list', ...options], { env });
  assert.deepEqual(JSON.parse(lists.out), [{ firstname: evil }]);
  const runs = [
    lists,
    await cli(['call', 'customer.list', '--json', '--verbose', ...options], { env }),
    await cli(['call', 'customer.info', '[1]', ...options], { env }),
    await cli(['call', 'customer.info', '[1]', '--json', ...options], { env }),
    await cli(['decode', file('answer.xml')]),
    await cli(['doctor', ...options], { env }),
    await cli(['doctor', '--json', ...options], { env }),
    ...(await Promise.all(
      ['pretty', 'json', 'junit'].map(
        async (reporter) => await cli(['run', file('evil.maho.json'), ...options, '--reporter', reporter], { env }),
      ),
    )),
  ];
  for (const { out, err } of runs) {
    assert.ok(out + err !== '');
    assert.doesNotMatch(out + err, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
  }
  assert.ok(!/^FAIL 0/m.test(runs[2]?.err ?? '') && !/^FAIL 0/m.test(runs[7]?.out ?? ''), runs[2]?.err);
});

test('call prints a fault and its meaning on standard error, and exits with 2', async (t) => {
  const { options, env } = await demo(t);
  const { code, out, err } = await cli(['call', 'customer.list', '{"filters":{"foo":1}}', ...options], { env });
  assert.deepEqual([code, out], [2, '']);
  assert.match(
    err,
    /^Fault 101: The store has no customer attribute "foo"\.\n {2}The store said: Invalid attribute name: foo\n {2}Why: .*\n {2}What to do: .*\n$/,
  );
});

test('a missing key, a wrong key and an unreachable host exit with 2 and a fix', async (t) => {
  const { options } = await demo(t);
  for (const [args, env, says] of [
    [options, {}, /MAHO_SOAP_KEY/],
    [options, { MAHO_SOAP_KEY: 'wrong' }, /Fault 2: The store refuses this API user or API key/],
    [['--url', 'http://127.0.0.1:1', '--user', 'u'], { MAHO_SOAP_KEY: 'k' }, /The host 127\.0\.0\.1 refused the connection on port 1/],
  ] as const) {
    const { code, err } = await cli(['call', 'customer.list', ...args], { env });
    assert.equal(code, 2);
    assert.match(err, says);
    assert.match(err, /What to do/);
  }
});

test('call --verbose shows the exchange, without the key or the session', async (t) => {
  const { options, env } = await demo(t);
  const { err } = await cli(['call', 'customer.info', '[1]', '--verbose', ...options], { env });
  assert.match(err, /=== login.*=== customer\.info/s);
  assert.match(err, /<customerId xsi:type="xsd:int">1/);
  assert.ok(!err.includes(env['MAHO_SOAP_KEY'] ?? 'x'));
  assert.doesNotMatch(err, /[0-9a-f]{32}/);
});

test('text of a store cannot move the cursor of a terminal', async (t) => {
  const { serve } = await import('../../support/loopback');
  const server = await serve(t, (_, response) => void response.end('<html><title>\u001b[2J\u009bevil</title></html>'));
  const { err } = await cli(['call', 'customer.list', '--url', server.url, '--user', 'u'], { env: { MAHO_SOAP_KEY: 'k' } });
  assert.match(err, /evil/);
  assert.ok(!err.includes('\u001b') && !err.includes('\u009b'));
});

test('doctor prints its findings as text or as data, and exits with 1 when a check failed', async (t) => {
  const { options, env } = await demo(t);
  const well = await cli(['doctor', ...options], { env });
  assert.equal(well.code, 0);
  assert.match(well.out, /^ok +Log in/m);
  const data = await cli(['doctor', '--json', ...options], { env: { MAHO_SOAP_KEY: 'wrong' } });
  assert.equal(data.code, 1);
  const { healthy, checks } = JSON.parse(data.out) as { healthy: boolean; checks: { id: string; state: string }[] };
  assert.equal(healthy, false);
  assert.equal(checks.find(({ id }) => id === 'login')?.state, 'failed');
});

test('demo-store prints its address and stops on a signal', async () => {
  const stop = new AbortController();
  const running = cli(['demo-store', '--port', '0', '--wsi-port', '0', '--customers', '7'], { stop: stop.signal });
  setTimeout(() => stop.abort(), 50);
  const { code, out } = await running;
  assert.equal(code, 0);
  assert.match(
    out,
    /7 customers\n {2}V1 +http:\/\/127\.0\.0\.1:\d+\/api\/soap\/\n {2}V2 +http.*\n {2}WS-I +http.*\n {2}REST +http.*\/api\/rest\/v2\n {2}User +\w+ +API key \w+/,
  );
});

test('demo-store reports which port is in use, for each of its ports', async (t) => {
  const { store } = await demo(t);
  const { rpc, wsi } = store.ports;
  for (const [taken, options] of [
    [rpc, ['--port', String(rpc), '--wsi-port', '0']],
    [wsi, ['--port', '0', '--wsi-port', String(wsi)]],
    [rpc, ['--port', String(rpc)]],
    [wsi, ['--wsi-port', String(wsi)]],
  ] as const) {
    const { code, err } = await cli(['demo-store', ...options]);
    assert.equal(code, 2);
    assert.match(err, new RegExp(`cannot listen on 127\\.0\\.0\\.1:${taken}\\.`));
    assert.match(err, /Use another --port and --wsi-port/);
  }
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`the program answers calls until ${signal}, and then exits with 0`, { timeout: 240_000 }, async (t) => {
    const child = spawn(process.execPath, [...cliProgram(), 'demo-store', '--port', '0', '--wsi-port', '0', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const { urls, users } = JSON.parse(line.toString()) as { urls: { v1: string }; users: { user: string; key: string }[] };
    const { code } = await cli(['call', 'customer_group.list', '--url', urls.v1, '--user', users[0]?.user ?? ''], {
      env: { MAHO_SOAP_KEY: users[0]?.key ?? '' },
    });
    assert.equal(code, 0);
    child.kill(signal);
    const [exit] = (await once(child, 'exit')) as [number | null];
    assert.equal(exit, 0);
  });
}

test('a run does not pass when the reader of its output stops early', { timeout: 240_000 }, async (t) => {
  const { store, options, env } = await demo(t);
  const failing = { name: 'Wrong', method: 'customer_group.list', expect: { result: [] } };
  const path = files(t, { 'a.maho.json': JSON.stringify({ requests: [failing] }) })('a.maho.json');
  const child = spawn(process.execPath, [...cliProgram(), 'run', path, ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  t.after(() => child.kill('SIGKILL'));
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdout.destroy();
  const [exit] = (await once(child, 'exit')) as [number | null];
  assert.deepEqual([exit, err], [141, '']);
  assert.ok(store.requests.length > 0);
});
