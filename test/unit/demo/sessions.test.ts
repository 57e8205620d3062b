import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { DemoClient, demoStore, soapDialects, envelope, fault, post, value } from './client';

test('a wrong key, an unknown user and an empty user are refused as by a real store', async (t) => {
  const demo = await demoStore(t);
  for (const dialect of soapDialects) {
    const client = new DemoClient(demo.urls[dialect], dialect);
    t.after(() => client.agent.destroy());
    const login = async (username: string, apiKey: string): Promise<string> => fault(await client.protocol('login', { username, apiKey }));
    assert.equal(await login('apiUser', 'no'), '2 Access denied.');
    assert.equal(await login('nobody', 'apiKey12345'), '2 Access denied.');
    assert.equal(await login('', ''), '6 Required parameter is missing, for more details see "exception.log".');
  }
});

test('a session is valid in all dialects, and ends in all of them at the same time', async (t) => {
  const demo = await demoStore(t);
  const [v1, v2, wsi] = [await DemoClient.of(t, demo, 'v1'), await DemoClient.of(t, demo, 'v2'), await DemoClient.of(t, demo, 'wsi')];
  v2.session = v1.session;
  wsi.session = v1.session;
  assert.equal((await v2.rows()).length, 60);
  assert.equal((await wsi.rows()).length, 60);
  assert.equal(value(await wsi.protocol('endSession', { sessionId: v1.session })), true);
  assert.equal(fault(await v1.call('customer.info', { customerId: 1 })), '5 Session expired. Try to relogin.');
  assert.equal(value(await v1.protocol('endSession', { sessionId: 'never was one' })), true);
});

test('a session lasts as long as it is used, and expires after the timeout', async (t) => {
  let now = new Date('2026-01-01T00:00:00Z');
  const demo = await demoStore(t, { now: () => now, sessionTimeout: 3600 });
  const client = await DemoClient.of(t, demo, 'v2');
  const later = (seconds: number): void => {
    now = new Date(now.getTime() + seconds * 1000);
  };
  for (let use = 0; use < 3; use++) {
    later(3000);
    assert.equal((await client.call('customer.info', { customerId: 1 })).kind, 'result');
  }
  later(3601);
  assert.equal(fault(await client.call('customer.info', { customerId: 1 })), '5 Session expired. Try to relogin.');
});

test('concurrent users have separate sessions', async (t) => {
  const demo = await demoStore(t);
  const [first, second] = [await DemoClient.of(t, demo, 'v1'), await DemoClient.of(t, demo, 'v1')];
  assert.notEqual(first.session, second.session);
  await first.protocol('endSession', { sessionId: first.session });
  assert.equal((await second.rows()).length, 60);
});

test('the limited user may only read customers and groups', async (t) => {
  const demo = await demoStore(t);
  for (const dialect of soapDialects) {
    const client = await DemoClient.of(t, demo, dialect, 'limited', 'limited12345');
    assert.equal((await client.call('customer.info', { customerId: 1 })).kind, 'result');
    assert.equal((await client.call('customer.list')).kind, 'result');
    assert.equal((await client.call('customer_group.list')).kind, 'result');
    assert.equal(fault(await client.call('customer.create', { customerData: { email: 'x@example.com' } })), '2 Access denied.');
    assert.equal(fault(await client.call('customer.update', { customerId: 1, customerData: {} })), '2 Access denied.');
    assert.equal(fault(await client.call('customer.delete', { customerId: 1 })), '2 Access denied.');
    assert.equal(fault(await client.call('customer_address.list', { customerId: 1 })), '2 Access denied.');
  }
  assert.equal(demo.customers(), 60);
});

test("HTTP Basic replaces a session on Maho and today's OpenMage, but not in WS-I", async (t) => {
  const authorization = { Authorization: `Basic ${Buffer.from('apiUser:apiKey12345').toString('base64')}` };
  const seen = async (product: 'maho' | 'openmage' | 'openmage@20.0', dialect: 'v1' | 'v2' | 'wsi'): Promise<string> => {
    const demo = await demoStore(t, { product });
    const namespace = product === 'maho' ? 'urn:Maho' : 'urn:OpenMage';
    const body = {
      v1: `<n:call><sessionId xsi:nil="true"/><resourcePath>customer.info</resourcePath><args xsi:type="xsd:int">1</args></n:call>`,
      v2: '<n:customerCustomerInfo><customerId>1</customerId></n:customerCustomerInfo>',
      wsi: `<x:customerCustomerInfoRequestParam xmlns:x="${namespace}"><customerId>1</customerId></x:customerCustomerInfoRequestParam>`,
    }[dialect];
    const decoded = decodeResponse((await post(demo.urls[dialect], envelope(body), { headers: authorization })).body);
    return decoded.kind === 'result' ? 'result' : fault(decoded);
  };
  assert.equal(await seen('maho', 'v1'), 'result');
  assert.equal(await seen('maho', 'v2'), 'result');
  assert.match(await seen('maho', 'wsi'), /^6 /);
  assert.equal(await seen('openmage', 'v1'), 'result');
  assert.equal(await seen('openmage', 'v2'), 'result');
  assert.match(await seen('openmage', 'wsi'), /^6 /);
  assert.match(await seen('openmage@20.0', 'v1'), /^5 /);
});

test('fault 5 is checked before the path, and fault 3 before the right', async (t) => {
  const demo = await demoStore(t);
  const client = await DemoClient.of(t, demo, 'v1', 'limited', 'limited12345');
  const call = async (session: string, path: string): Promise<string> =>
    fault(
      decodeResponse(
        (await post(client.url, envelope(`<n:call><sessionId>${session}</sessionId><resourcePath>${path}</resourcePath></n:call>`))).body,
      ),
    );
  assert.match(await call('x', 'no.such'), /^5 /);
  for (const path of ['no.such', 'customer.foo', 'customer', '', '.', 'customer.', '__proto__.x'])
    assert.equal(await call(client.session, path), '3 Invalid api path.', path);
});
