import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationIds, generations, type GenerationId } from '../../../src/api/generations';
import { startDemoStore } from '../../../src/demo';
import { ToolkitError } from '../../../src/api/errors';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { summarizeWsdl } from '../../../src/soap/wsdl/wsdl';
import { DemoClient, demoStore, soapDialects, envelope, fault, post, record, records } from './client';

test('a demo store starts with 60 customers on free ports of this machine only', async (t) => {
  const demo = await demoStore(t);
  assert.equal(demo.customers(), 60);
  assert.equal(demo.loopback, true);
  for (const dialect of soapDialects) {
    const client = await DemoClient.of(t, demo, dialect);
    const rows = await client.rows();
    assert.equal(rows.length, 60, dialect);
    assert.deepEqual(
      rows.map((row) => Number(row['customer_id'])),
      Array.from({ length: 60 }, (_, index) => index + 1),
    );
  }
});

test('the same seed results in the same customers, another seed in others', async (t) => {
  const names = async (seed: number): Promise<string> => {
    const client = await DemoClient.of(t, await demoStore(t, { seed, customers: 25 }), 'v1');
    return JSON.stringify(await client.rows());
  };
  assert.equal(await names(7), await names(7));
  assert.notEqual(await names(7), await names(8));
});

test('synthetic customers have unique e-mails, and addresses for their defaults', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { customers: 400 }), 'v1');
  const rows = await client.rows();
  assert.equal(new Set(rows.map((row) => row['email'])).size, 400);
  const withAddress = rows.filter((row) => row['default_billing'] !== undefined);
  assert.ok(withAddress.length > 100);
  for (const row of withAddress.slice(0, 20)) {
    const addresses = records(await client.result('customer_address.list', { customerId: Number(row['customer_id']) }));
    assert.equal(addresses.find((address) => address['is_default_billing'] === true)?.['customer_address_id'], row['default_billing']);
  }
});

test('no customer of a large shop was created or changed in the future', async (t) => {
  const client = await DemoClient.of(t, await demoStore(t, { customers: 20_000 }), 'v1');
  const newest = await client.rows({ customer_id: { from: 19_900, to: 20_000 } });
  assert.equal(newest.length, 101);
  const times = newest.flatMap((row) => [row['created_at'], row['updated_at']]).filter((time) => typeof time === 'string');
  assert.equal(times.length, 202);
  assert.deepEqual(
    times.filter((time) => time > '2026-06-01'),
    [],
  );
});

test('a seed may be a list, and missing default addresses are generated', async (t) => {
  const demo = await demoStore(t, {
    seedFile: [
      { email: 'a@example.com', firstname: 'A', default_billing: '7' },
      { customer_id: 40, email: 'b@example.com' },
      { email: 'c@example.com', gender: 2 },
    ],
  });
  const client = await DemoClient.of(t, demo, 'v1');
  assert.deepEqual(await client.ids({}), [1, 40, 41]);
  const [address] = records(await client.result('customer_address.list', { customerId: 1 }));
  assert.equal(address?.['customer_address_id'], '7');
  assert.equal(address?.['firstname'], 'A');
});

test('an invalid seed is refused with the reason', async () => {
  await assert.rejects(
    startDemoStore({ seedFile: [{ email: ['a'] }] }),
    (error) => error instanceof ToolkitError && error.code === 'seed-invalid',
  );
  await assert.rejects(
    startDemoStore({ seedFile: '/nowhere/seed.json' }),
    (error) => error instanceof ToolkitError && error.code === 'seed-unreadable',
  );
});

test('a seed with two customers or addresses of the same ID, or with misspelled attributes, is refused', async (t) => {
  const address = { customer_address_id: 5, city: 'Bonn' };
  for (const [seedFile, what] of [
    [[{ customer_id: 1 }, { customer_id: '1' }], /two customers with the ID "1"/],
    [[{ customer_id: 1, addresses: [address, address] }], /two addresses with the ID "5"/],
    [[{ emial: 'a@example.com' }], /attribute "emial"/],
    [[{ addresses: [{ ...address, postcod: '1' }] }], /attribute "postcod"/],
  ] as const)
    await assert.rejects(
      startDemoStore({ seedFile }),
      (error) => error instanceof ToolkitError && error.code === 'seed-invalid' && what.test(error.words.what),
    );
  // Attributes of other shops are not misspelled: they are ignored.
  assert.equal((await demoStore(t, { seedFile: [{ email: 'a@example.com', loyalty_points: 7 }] })).customers(), 1);
});

test('an address to listen on that is empty or not of this machine is refused with an error about the address', async () => {
  for (const host of ['', ' ', '203.0.113.1'])
    await assert.rejects(
      startDemoStore({ host }),
      (error) => error instanceof ToolkitError && error.kind === 'input' && !/port/.test(error.words.next ?? 'port'),
      host,
    );
});

test('an invalid number of customers is refused', async (t) => {
  for (const customers of [-1, 1.5, Number.NaN, 1e9])
    await assert.rejects(startDemoStore({ customers }), (error) => error instanceof ToolkitError && error.code === 'customers');
  assert.equal((await demoStore(t, { customers: 0 })).customers(), 0);
});

test('filters also find customers that were never read', async (t) => {
  const ids = async (use: (client: DemoClient) => Promise<unknown>): Promise<readonly number[]> => {
    const client = await DemoClient.of(t, await demoStore(t, { customers: 3000 }), 'v2');
    await use(client);
    return (await client.rows()).map((row) => Number(row['customer_id']));
  };
  const all = Array.from({ length: 3000 }, (_, index) => index + 1);
  assert.deepEqual(
    await ids((client) => client.result('customer.delete', { customerId: 2999 })),
    all.filter((id) => id !== 2999),
  );
  assert.deepEqual(
    await ids((client) => client.result('customer.create', { customerData: { customer_id: 2500, email: 'x@example.com', website_id: 1 } })),
    all,
  );
  assert.deepEqual(await ids((client) => client.result('customer.create', { customerData: { email: 'x@example.com', website_id: 1 } })), [
    ...all,
    3001,
  ]);
  const taken = await DemoClient.of(t, await demoStore(t, { customers: 3000 }), 'v1');
  const last = record((await taken.rows({ customer_id: 3000 }))[0]);
  const again = { email: last['email'] ?? null, website_id: last['website_id'] ?? null };
  assert.equal(fault(await taken.call('customer.create', { customerData: again })), '100 This customer email already exists');
});

test('a port that is in use is reported, and nothing stays open', async (t) => {
  const demo = await demoStore(t);
  await assert.rejects(
    startDemoStore({ wsiPort: demo.ports.wsi }),
    (error) => error instanceof ToolkitError && error.code === 'cannot-listen' && /already/.test(error.message),
  );
});

test('each WSDL has its dialect, its product and the address it was requested with', async (t) => {
  for (const { id, name } of generations) {
    const demo = await demoStore(t, { product: id });
    for (const dialect of soapDialects) {
      const { body } = await post(`${demo.urls[dialect]}?wsdl`, '', { method: 'GET' });
      const summary = summarizeWsdl(body);
      assert.equal(summary?.dialect, dialect);
      assert.equal(summary.product, name);
      assert.equal(summary.namespace, `urn:${name}`);
      assert.equal(summary.service, `${name}Service`);
      assert.equal(summary.address, demo.urls[dialect]);
      assert.deepEqual(summary.imports, []);
    }
  }
});

test('V1 sends numeric columns as numbers or as text, depending on the generation', async (t) => {
  const customer = { email: 'n@example.com', gender: '2', group_id: '3' };
  const seen = async (product: GenerationId): Promise<unknown> => {
    const demo = await demoStore(t, { product, seedFile: [customer] });
    const client = new DemoClient(demo.urls.v1, 'v1', 'urn:whatever');
    t.after(() => client.agent.destroy());
    await client.logIn();
    const info = record(await client.result('customer.info', { customerId: 1 }));
    return [info['customer_id'], info['gender'], info['group_id'], info['email']];
  };
  const numbers: readonly GenerationId[] = ['maho@26.7', 'openmage@20.0'];
  for (const id of generationIds)
    assert.deepEqual(await seen(id), [...(numbers.includes(id) ? [1, 2, 3] : ['1', '2', '3']), 'n@example.com'], id);
});

test('only WS-I checks the namespace of a request', async (t) => {
  const demo = await demoStore(t);
  for (const dialect of soapDialects) {
    const element = dialect === 'wsi' ? 'loginParam' : 'login';
    const body = envelope(`<x:${element} xmlns:x="urn:other"><username>apiUser</username><apiKey>apiKey12345</apiKey></x:${element}>`);
    const answer = await post(demo.urls[dialect], body);
    assert.equal(answer.status, dialect === 'wsi' ? 500 : 200, dialect);
    if (dialect === 'wsi') assert.equal(fault(decodeResponse(answer.body)), "SOAP-ENV:Server Procedure 'loginParam' not present");
  }
});

test('the API has the paths of a shop, and every other path is a page of the storefront', async (t) => {
  const demo = await demoStore(t);
  const origin = new URL(demo.urls.v1).origin;
  const wsdlOf = async (path: string): Promise<string | undefined> =>
    summarizeWsdl((await post(origin + path, '', { method: 'GET' })).body)?.dialect;
  for (const path of [
    '/api/soap/?wsdl',
    '/api/soap?wsdl',
    '/api/soap/?wsdl=1',
    '/api/?wsdl',
    '/index.php/api/soap/?wsdl',
    '/api/soap/index/?wsdl',
  ])
    assert.equal(await wsdlOf(path), 'v1', path);
  for (const path of ['/api/v2_soap/?wsdl', '/api/v2_soap?wsdl', '/index.php/api/v2_soap/index/?wsdl'])
    assert.equal(await wsdlOf(path), 'v2', path);
  for (const path of ['/', '/api/wsi/', '/api/soap_v2/', '/customer/account', '/../../etc/passwd', '/api/soap/%2e%2e/%2e%2e/x', '//evil']) {
    const answer = await post(origin + path, '', { method: 'GET' });
    assert.equal(answer.status, 404, path);
    assert.match(String(answer.headers['content-type']), /^text\/html/, path);
  }
});

test('a SOAP body that is posted to the address of the WSDL gets the WSDL', async (t) => {
  const demo = await demoStore(t);
  const answer = await post(`${demo.urls.v2}?wsdl`, envelope('<n:login/>'));
  assert.equal(answer.status, 200);
  assert.equal(summarizeWsdl(answer.body)?.dialect, 'v2');
});

test('WS-I answers SOAP 1.2 in SOAP 1.2, V1 and V2 refuse it', async (t) => {
  const demo = await demoStore(t);
  const soap12 = (element: string): string =>
    `<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:n="urn:Maho"><e:Body><n:${element}` +
    `><username>apiUser</username><apiKey>no</apiKey></n:${element}></e:Body></e:Envelope>`;
  const answer = await post(demo.urls.wsi, soap12('loginParam'));
  assert.equal(answer.status, 200);
  assert.match(String(answer.headers['content-type']), /^application\/soap\+xml/);
  assert.equal(fault(decodeResponse(answer.body)), '2 Access denied.');
  for (const dialect of ['v1', 'v2'] as const) assert.equal((await post(demo.urls[dialect], soap12('login'))).status, 500);
});

test('long responses are compressed for clients that accept it', async (t) => {
  const demo = await demoStore(t);
  const plain = await post(`${demo.urls.v2}?wsdl`, '', { method: 'GET' });
  const packed = await post(`${demo.urls.v2}?wsdl`, '', { method: 'GET', headers: { 'Accept-Encoding': 'gzip, deflate' } });
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.ok(packed.body.length < plain.body.length / 4);
});

test('the log has each call, its arguments and its fault, and no secret', async (t) => {
  const seen: string[] = [];
  const demo = await demoStore(t, { onRequest: (entry) => seen.push(JSON.stringify(entry)) });
  for (const dialect of soapDialects) {
    const client = await DemoClient.of(t, demo, dialect);
    await client.call('customer.create', { customerData: { email: `${dialect}@example.com`, password: 'TopSecret99' } });
    await client.call('customer.list', { filters: { password_hash: { like: 'TopSecret99%' }, lastname: 'Doe' } });
    await client.call('customer.info', { customerId: 9999 });
    assert.ok(!seen.join().includes(client.session), 'session');
  }
  assert.ok(!/TopSecret99|apiKey12345/.test(seen.join()));
  assert.deepEqual(
    demo.requests
      .map(({ dialect, method, user, fault: failed }) => [dialect, method, user, failed?.code])
      .filter(([dialect]) => dialect === 'v2'),
    [
      ['v2', 'login', 'apiUser', undefined],
      ['v2', 'customer.create', 'apiUser', undefined],
      ['v2', 'customer.list', 'apiUser', undefined],
      ['v2', 'customer.info', 'apiUser', '102'],
    ],
  );
  assert.match(demo.requests.at(-2)?.args ?? '', /lastname/);
});

test('the log keeps the latest requests up to the configured number', async (t) => {
  const demo = await demoStore(t, { logSize: 5 });
  for (let index = 0; index < 23; index++) await post(`${demo.urls.v1}?wsdl&n=${index}`, '', { method: 'GET' });
  assert.equal(demo.requests.length, 5);
});

test('a demo store can be closed while clients hold connections open', async (t) => {
  const demo = await startDemoStore();
  const client = await DemoClient.of(t, demo, 'v2');
  await client.rows();
  await demo.close();
  await assert.rejects(client.rows());
});
