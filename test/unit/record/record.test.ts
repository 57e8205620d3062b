import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { createClientAsync } from 'soap';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../src/demo';
import { startReplay, type Replay } from '../../../src/record';
import { serve } from '../../support/loopback';
import { phpSkip, runPhp } from '../../support/php';
import { recording } from '../../support/recording';
import { selfSigned } from '../../support/tls';
import { DemoClient, soapDialects, fault, post } from '../demo/client';

async function replaying(t: TestContext, folder: string): Promise<Replay> {
  const replay = await startReplay({ folder, port: 0 });
  t.after(() => replay.close());
  return replay;
}

async function store(t: TestContext, options: DemoStoreOptions = {}): Promise<DemoStore> {
  const demo = await startDemoStore({ product: 'maho@25', customers: 8, ...options });
  t.after(() => demo.close());
  return demo;
}

/** The shop at the address of a dialect. */
const shopOf = (demo: DemoStore, dialect: (typeof soapDialects)[number]): string => demo.urls[dialect].replace(/api\/.*$/, '');
const pathOf = (demo: DemoStore, dialect: (typeof soapDialects)[number]): string => new URL(demo.urls[dialect]).pathname;

/** The content of a recording, as one text. */
async function textOf(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

const PHP = `
$url = getenv('STORE');
$style = getenv('DIALECT');
$options = ['cache_wsdl' => WSDL_CACHE_NONE, 'exceptions' => true, 'compression' => SOAP_COMPRESSION_ACCEPT | SOAP_COMPRESSION_GZIP];
$soap = new SoapClient($url . '?wsdl', $options);
$out = [];
$try = function (callable $run) use (&$out) {
    try { $out[] = $run(); } catch (SoapFault $fault) { $out[] = ['fault' => $fault->faultcode, 'text' => $fault->faultstring]; }
};
if ($style === 'v1') {
    $session = $soap->login('apiUser', 'apiKey12345');
    $try(fn() => $soap->call($session, 'customer.list', [['customer_id' => ['from' => 1, 'to' => 3]]]));
    $try(fn() => $soap->call($session, 'customer.info', [1, ['email', 'firstname']]));
    $try(fn() => $soap->call($session, 'customer.info', [9999]));
    $try(fn() => $soap->call($session, 'customer.update', [2, ['lastname' => 'Söhne & <三>']]));
    $try(fn() => $soap->call($session, 'customer.info', [2, ['lastname']]));
    $try(fn() => $soap->multiCall($session, [['customer_group.list'], ['customer.info', [9999]]]));
    $soap->endSession($session);
} elseif ($style === 'v2') {
    $session = $soap->login('apiUser', 'apiKey12345');
    $try(fn() => $soap->customerCustomerList($session, ['complex_filter' => [['key' => 'customer_id', 'value' => ['key' => 'lteq', 'value' => '3']]]]));
    $try(fn() => $soap->customerCustomerInfo($session, 9999));
    $try(fn() => $soap->customerCustomerUpdate($session, 2, ['lastname' => 'Söhne & <三>']));
    $try(fn() => $soap->customerCustomerInfo($session, 2, ['lastname']));
    $soap->endSession($session);
} else {
    $session = $soap->login((object) ['username' => 'apiUser', 'apiKey' => 'apiKey12345'])->result;
    $try(fn() => $soap->customerCustomerList((object) ['sessionId' => $session, 'filters' => (object) []]));
    $try(fn() => $soap->customerCustomerInfo((object) ['sessionId' => $session, 'customerId' => 9999]));
    $soap->endSession((object) ['sessionId' => $session]);
}
try { $soap->__soapCall($style === 'v1' ? 'call' : 'customerGroupList', $style === 'wsi' ? [(object) ['sessionId' => $session]] : [$session, 'customer_group.list']); }
catch (SoapFault $fault) { $out[] = 'ended ' . $fault->faultcode; }
echo json_encode($out, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
`;

for (const dialect of soapDialects) {
  test(
    `${dialect}: PHP's SoapClient gets the same from the store, from the recorder, and from the recording without the store`,
    { skip: phpSkip },
    async (t) => {
      const demo = await store(t);
      const { recorder, folder, end } = await recording(t, shopOf(demo, dialect));
      const ask = async (base: string): Promise<string> => {
        const ran = await runPhp(`<?php ${PHP}`, { STORE: base, DIALECT: dialect });
        assert.equal(ran.status, 0, ran.stderr);
        return ran.stdout;
      };
      // Another store with the same customers, since the program changes them.
      const direct = await ask((await store(t)).urls[dialect]);
      const recorded = await ask(`${recorder.url}${pathOf(demo, dialect)}`);
      assert.equal(recorded, direct);
      await end();
      await demo.close();
      const replay = await replaying(t, folder);
      assert.equal(await ask(`${replay.url}${pathOf(demo, dialect)}`), masked(recorded));
      assert.ok(
        replay.uses().every(({ used }) => used > 0),
        JSON.stringify(replay.uses()),
      );
      const text = await textOf(folder);
      assert.doesNotMatch(text, /apiKey12345/);
      assert.match(text, /"method": "customer\.list"/);
    },
  );

  test(`${dialect}: the soap package gets the same from the recorder and from the recording without the store`, async (t) => {
    const demo = await store(t);
    const { recorder, folder, end } = await recording(t, shopOf(demo, dialect));
    const ask = async (base: string): Promise<string> => {
      const client = await createClientAsync(`${base}${pathOf(demo, dialect)}?wsdl`);
      const call = async (operation: string, args: object): Promise<unknown> => {
        const method: unknown = client[`${operation}Async`];
        if (typeof method !== 'function') throw new Error(`The client has no ${operation}.`);
        const answered: unknown = await Promise.resolve(Reflect.apply(method, client, [args]));
        return Array.isArray(answered) ? answered[0] : undefined;
      };
      const login = JSON.stringify(await call('login', { username: 'apiUser', apiKey: 'apiKey12345' }));
      const sessionId = /[0-9a-f]{32}/.exec(login)?.[0] ?? assert.fail(login);
      const result =
        dialect === 'v1'
          ? await call('call', { sessionId, resourcePath: 'customer_group.list', args: [] })
          : await call('customerGroupList', { sessionId });
      return JSON.stringify(result);
    };
    const recorded = await ask(recorder.url);
    await end();
    await demo.close();
    const replay = await replaying(t, folder);
    assert.equal(await ask(replay.url), recorded);
  });

  test(`${dialect}: the files contain neither key nor session nor hash, and a call of another session gets fault 5`, async (t) => {
    const demo = await store(t);
    const { recorder, folder, end } = await recording(t, shopOf(demo, dialect));
    const program = new DemoClient(`${recorder.url}${pathOf(demo, dialect)}`, dialect);
    t.after(() => program.agent.destroy());
    await program.logIn();
    await program.result('customer.create', {
      customerData: { email: 'ada@example.com', firstname: 'A', lastname: 'L', website_id: 1, password: 'hunter22x' },
    });
    const info = JSON.stringify(await program.result('customer.info', { customerId: 1 }));
    await end();
    const text = await textOf(folder);
    for (const secret of ['apiKey12345', program.session, 'hunter22x', /"password_hash":"([^"]+)"/.exec(info)?.[1] ?? 'hunter22x'])
      assert.ok(!text.includes(secret), secret);
    const replay = await replaying(t, folder);
    const later = new DemoClient(`${replay.url}${pathOf(demo, dialect)}`, dialect);
    t.after(() => later.agent.destroy());
    later.session = program.session;
    assert.match(fault(await later.call('customer.info', { customerId: 1 })), /^5 /);
    await later.logIn();
    assert.notEqual(later.session, program.session);
    await later.result('customer.info', { customerId: 1 });
    assert.match(fault(await later.call('customer.info', { customerId: 2 })), /no response to customer\.info/);
  });
}

/** The text that a replay shows instead of a text with secrets. */
function masked(text: string): string {
  return text.replaceAll(/("password_hash"|"rp_token"|"confirmation"):"[^"]+"/g, '$1:"••••••"');
}

test('equal calls get the responses in the order of the recording, and then the last response, regardless of their bytes', async (t) => {
  const demo = await store(t);
  const { recorder, folder, end } = await recording(t, shopOf(demo, 'v1'));
  const program = new DemoClient(`${recorder.url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  const nameOf = async (client: DemoClient): Promise<string> =>
    JSON.stringify(await client.result('customer.info', { customerId: 1, attributes: ['firstname'] }));
  const first = await nameOf(program);
  await program.result('customer.update', { customerId: 1, customerData: { firstname: 'Later' } });
  const second = await nameOf(program);
  await end();
  const replay = await replaying(t, folder);
  const later = new DemoClient(`${replay.url}/index.php/api/soap`, 'v1');
  t.after(() => later.agent.destroy());
  await later.logIn();
  assert.deepEqual([await nameOf(later), await nameOf(later), await nameOf(later)], [first, second, second]);
  const spaced = later.encode('customer.info', { attributes: ['firstname'], customerId: 1 }).replaceAll('><', '>\n  <');
  assert.equal((await post(later.url, spaced)).status, 200);
});

test('writes to a read-only or production store are refused with a fault in every form, and none reaches it', async (t) => {
  const demo = await store(t);
  for (const config of [{ readOnly: true }, { environment: 'production' as const }]) {
    for (const dialect of soapDialects) {
      const { recorder } = await recording(t, shopOf(demo, dialect), config);
      const program = new DemoClient(`${recorder.url}${pathOf(demo, dialect)}`, dialect);
      t.after(() => program.agent.destroy());
      await program.logIn();
      await program.result('customer.info', { customerId: 1 });
      assert.match(fault(await program.call('customer.delete', { customerId: 1 })), /was not passed on/);
      const write = program.encode('customer.delete', { customerId: 1 });
      const forms: readonly (readonly [Buffer, Record<string, string>])[] = [
        [gzipSync(write), { 'Content-Encoding': 'gzip' }],
        [Buffer.from(write), { 'Content-Encoding': 'gzip' }],
        [Buffer.from(write.replace('Body>', 'Body><!-- x -->')), {}],
        [Buffer.from(`\ufeff${write}`), {}],
        [Buffer.from(`\ufeff${write}`, 'utf16le'), { 'Content-Type': 'text/xml; charset=utf-16' }],
        [Buffer.from('<x/>'), {}],
        [Buffer.alloc(0), {}],
      ];
      for (const [body, headers] of forms) assert.match((await post(program.url, body, { headers })).body.toString(), /not passed on/);
    }
  }
  for (const path of [
    '/api/rest/customers',
    '/api/rest/v1/customers',
    '/api/rest/v2x',
    '/admin/',
    '/api/xmlrpc/',
    '/api/v2_soap/../rest',
    '/',
  ])
    assert.equal(
      (await post(`${(await recording(t, shopOf(demo, 'v1'), { readOnly: true })).recorder.url}${path}`, '{}')).status,
      404,
      path,
    );
  assert.equal(demo.customers(), 8);
  assert.ok(!demo.requests.some(({ method }) => method === 'customer.delete'));
  const allowed = await recording(t, shopOf(demo, 'v1'), { readOnly: true }, true);
  const program = new DemoClient(`${allowed.recorder.url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  await program.result('customer.delete', { customerId: 1 });
  assert.equal(demo.customers(), 7);
});

test('faulty responses are passed on unchanged and recorded: error pages, notices, drops, halves, redirects, statuses', async (t) => {
  const demo = await store(t);
  const { recorder, folder, passed, end } = await recording(t, shopOf(demo, 'v1'));
  const program = new DemoClient(`${recorder.url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  const ask = async (client: DemoClient, kind: number): Promise<string> =>
    await post(client.url, client.encode('customer.info', { customerId: kind })).then(
      ({ status, body }) => `${status} ${body.toString('utf8').replaceAll(/<(value|item)[^>]*>[0-9a-f:]{30,}<\/\1>/g, '')}`,
      (error: unknown) => (error instanceof Error ? 'broken' : ''),
    );
  const kinds = ['html-503', 'maintenance', 'notice', 'memory-limit', 'soap-off'] as const;
  const seen: string[] = [];
  for (const [index, kind] of kinds.entries()) {
    demo.setFaults({ [kind]: true });
    seen.push(await ask(program, index + 1));
  }
  for (const [index, kind] of (['drop', 'truncate'] as const).entries()) {
    demo.setFaults({ [kind]: true });
    assert.equal(await ask(program, kinds.length + index + 1), 'broken');
  }
  demo.setFaults({ redirect: true });
  const moved = await post(program.url, program.encode('customer.info', { customerId: 1 }));
  assert.ok(moved.status >= 300 && moved.status < 400);
  assert.ok(!String(moved.headers['location']).includes(String(demo.ports.rpc)));
  await end();
  assert.ok(passed.some(({ broken }) => broken));
  const replay = await replaying(t, folder);
  const later = new DemoClient(`${replay.url}/api/soap/`, 'v1');
  t.after(() => later.agent.destroy());
  await later.logIn();
  for (const [index, before] of seen.entries()) assert.equal((await ask(later, index + 1)).slice(0, 200), before.slice(0, 200));
  assert.equal(await ask(later, kinds.length + 1), 'broken');
  assert.equal(await ask(later, kinds.length + 2), 'broken');
});

test('the program gets an error when a store is down, and web pages are not served', async (t) => {
  const demo = await store(t);
  const { recorder } = await recording(t, shopOf(demo, 'v1'));
  for (const headers of [{ Host: 'evil.example' }, { Origin: 'https://evil.example' }, { 'Sec-Fetch-Site': 'cross-site' }])
    assert.equal((await post(`${recorder.url}/api/soap/?wsdl`, '', { method: 'GET', headers })).status, 403);
  await demo.close();
  const answer = await post(`${recorder.url}/api/soap/?wsdl`, '', { method: 'GET' });
  assert.equal(answer.status, 502);
});

test('all exchanges are in the files when the recorder ends, even right after the last of many responses', async (t) => {
  const demo = await store(t);
  const { recorder, folder, end } = await recording(t, shopOf(demo, 'v1'));
  const program = new DemoClient(`${recorder.url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  for (let customerId = 1; customerId <= 30; customerId++) await program.call('customer.info', { customerId });
  await end();
  const names = await readdir(folder);
  assert.equal(names.filter((name) => name.endsWith('.json')).length, 31);
  assert.equal(names.filter((name) => name.endsWith('.xml')).length, 31);
});

test('a call that hangs at the store does not prevent the recorder from ending, and is recorded as broken', async (t) => {
  let arrived = (): void => undefined;
  const there = new Promise<void>((resolve) => (arrived = resolve));
  const front = await serve(t, () => arrived());
  const { recorder, folder, end } = await recording(t, `${front.url}/`);
  const asked = post(`${recorder.url}/api/soap/`, '<x/>').then(
    () => 'answered',
    () => 'broken',
  );
  await there;
  await end();
  assert.equal(await asked, 'broken');
  assert.match(await textOf(folder), /"broken": true/);
});

test('a store behind https is reached over https, and only with a trusted certificate', async (t) => {
  const demo = await store(t);
  const front = await serve(
    t,
    async ({ request, body }, response) => {
      const answer = await post(`http://127.0.0.1:${demo.ports.rpc}${request.url ?? ''}`, body, { method: request.method ?? 'GET' });
      response.writeHead(answer.status, { 'Content-Type': String(answer.headers['content-type']) }).end(answer.body);
    },
    selfSigned,
  );
  const untrusted = await recording(t, `${front.url}/`);
  assert.equal((await post(`${untrusted.recorder.url}/api/soap/?wsdl`, '', { method: 'GET' })).status, 502);
  const folder = await mkdtemp(join(tmpdir(), 'maho-ca-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, selfSigned.cert);
  const trusted = await recording(t, `${front.url}/`, { caFile });
  const program = new DemoClient(`${trusted.recorder.url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  await program.result('customer.info', { customerId: 1 });
});

test('a recording that cannot be read is reported with the reason', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'maho-cassette-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await assert.rejects(startReplay({ folder, port: 0 }), { code: 'cassette' });
  await assert.rejects(startReplay({ folder: join(folder, 'nowhere'), port: 0 }), { code: 'cassette' });
  await writeFile(join(folder, '0001-login.json'), '{"format":1,"body":"../../etc/passwd"}');
  await assert.rejects(startReplay({ folder, port: 0 }), { code: 'cassette' });
});
