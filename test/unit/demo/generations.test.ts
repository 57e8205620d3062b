import assert from 'node:assert/strict';
import { request } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { generationIds, generations, type GenerationId } from '../../../src/api/generations';
import { parseFaults, startDemoStore, type DemoFaults } from '../../../src/demo';
import { DemoClient, demoStore, fault, record, records, textOf } from './client';

/** A V1 client of a store with one customer. */
async function clientOf(t: Parameters<typeof demoStore>[0], product: GenerationId): Promise<DemoClient> {
  const demo = await demoStore(t, { product, seedFile: [{ email: 'a@example.com', firstname: 'A', created_at: '2026-11-23 08:10:35' }] });
  return await DemoClient.of(t, demo, 'v1');
}

test('V1 returns the attributes, times and hashes of the generation', async (t) => {
  for (const { id, moreCustomerAttributes, infoCreatedAt, passwordHash, sessionLength } of generations) {
    const client = await clientOf(t, id);
    assert.equal(client.session.length, sessionLength, id);
    const info = record(await client.result('customer.info', { customerId: 1 }));
    assert.deepEqual(Object.keys(info).slice(26), moreCustomerAttributes, id);
    assert.equal(info['created_at'], infoCreatedAt === 'local' ? '2026-11-23 03:10:35' : '2026-11-23T03:10:35-05:00', id);
    assert.equal(records(await client.result('customer.list', { filters: {} }))[0]?.['created_at'], '2026-11-23 08:10:35', id);
    const created = Number(await client.result('customer.create', { customerData: { email: 'b@example.com', password: 'secret-12' } }));
    const { password_hash: hash } = record(await client.result('customer.info', { customerId: created }));
    assert.match(textOf(hash), passwordHash === 'bcrypt' ? /^\$2y\$12\$[./A-Za-z0-9]{53}$/ : /^[0-9a-f]{64}:\w{32}$/, id);
  }
});

test('Maho 26.7 returns the given twofa_secret and is_active, and other generations ignore them', async (t) => {
  for (const id of generationIds) {
    const client = await clientOf(t, id);
    await client.result('customer.update', { customerId: 1, customerData: { twofa_secret: 'ABC', is_active: 0 } });
    const info = record(await client.result('customer.info', { customerId: 1 }));
    assert.deepEqual([info['twofa_secret'], info['is_active']], id === 'maho@26.7' ? ['ABC', 0] : [undefined, undefined], id);
    const filtered = await client.call('customer.list', { filters: { is_active: 0 } });
    if (id === 'maho@26.7') assert.equal(filtered.kind, 'result');
    else assert.equal(fault(filtered), '101 Invalid attribute name: is_active', id);
  }
});

test('values that do not fit are stored as the database stores them', async (t) => {
  for (const id of generationIds) {
    const client = await clientOf(t, id);
    await client.result('customer.update', { customerId: 1, customerData: { firstname: ['a', 'b'], group_id: -1, dob: '1990' } });
    const info = record(await client.result('customer.info', { customerId: 1 }));
    assert.deepEqual([info['firstname'], Number(info['group_id']), info['dob']], [null, 0, '1970-01-01 00:33:10'], id);
    assert.deepEqual(await client.ids({ customer_id: { in: [] } }), [], id);
    for (const filters of [{ attribute_set_id: 0 }, { entity_type_id: 1 }]) assert.deepEqual(await client.ids(filters), [1], id);
    assert.deepEqual(await client.ids({ entity_type_id: 2 }), [], id);
  }
});

test('a new customer with an ID has no day of registration in OpenMage', async (t) => {
  for (const id of generationIds) {
    const client = await clientOf(t, id);
    await client.result('customer.create', { customerData: { customer_id: 50, email: 'c@example.com', website_id: 1, store_id: 1 } });
    const info = record(await client.result('customer.info', { customerId: 50 }));
    assert.equal(info['created_at'] === null, !id.startsWith('maho'), id);
  }
});

test('a birthday that PHP cannot read is a fault or a PHP error, depending on the generation, and nothing is stored', async (t) => {
  for (const { id, unreadableDate } of generations) {
    const client = await clientOf(t, id);
    const answer = await client.call('customer.update', { customerId: 1, customerData: { firstname: 'B', dob: 'not a date' } });
    assert.match(fault(answer), unreadableDate === 'fault' ? /^1 Invalid date$/ : /^SOAP-ENV:Server date\(\): Argument #2/, id);
    assert.equal(record(await client.result('customer.info', { customerId: 1 }))['firstname'], 'A', id);
  }
});

test('the faults of Maho 26.7 can be simulated', async (t) => {
  const demo = await demoStore(t, { product: 'maho@26.7', customers: 1 });
  const seen = async (
    method: 'GET' | 'POST',
    url: string,
    faults: DemoFaults,
  ): Promise<readonly [status: number, type: string, body: string]> => {
    demo.setFaults(faults);
    const answer = await fetch(url, { method, ...(method === 'POST' ? { body: '<x/>' } : {}) });
    return [answer.status, String(answer.headers.get('content-type')), await answer.text()];
  };
  for (const method of ['GET', 'POST'] as const) {
    const url = method === 'GET' ? `${demo.urls.v1}?wsdl` : demo.urls.v1;
    assert.deepEqual(await seen(method, url, { 'soap-off': true }), [404, 'text/html; charset=UTF-8', '']);
    assert.equal((await seen(method, url, { maintenance: true }))[0], 503);
  }
  assert.equal((await seen('GET', `${demo.urls.v1}?wsdl`, { 'soap-missing': true }))[0], 200);
  assert.deepEqual(await seen('POST', demo.urls.v1, { 'soap-missing': true }), [500, 'text/html; charset=UTF-8', '']);
  assert.match((await seen('GET', `${demo.urls.v1}?wsdl`, { 'port-lost': true }))[2], /location="http:\/\/127\.0\.0\.1\/api\/soap\/"/);
  assert.match((await seen('POST', demo.urls.v1, { 'port-lost': true }))[2], /<faultcode>WSDL<.*Couldn't load from/);
  demo.setFaults({ 'two-lengths': true });
  const sent = request(demo.urls.v2, { method: 'POST' }).end('<x/>');
  const [error] = await once(sent, 'error').catch((reason: unknown) => [reason]);
  assert.match(String(error), /Content-Length/i);
});

test('Maho 26.7 returns unreadable requests as the text of a PHP exception with HTTP 200, and its responses say that the API is deprecated', async (t) => {
  const demo = await demoStore(t, { product: 'maho@26.7', customers: 1 });
  for (const [body, words] of [
    ['', 'Empty request'],
    ['<a', 'Invalid XML in'],
    ['<!DOCTYPE a><a/>', 'Invalid XML: Detected use of illegal DOCTYPE'],
  ] as const) {
    const answer = await fetch(demo.urls.v1, { method: 'POST', body });
    assert.equal(answer.status, 200);
    assert.ok((await answer.text()).startsWith(`SoapFault exception: [Sender] ${words}`), words);
    assert.equal(answer.headers.get('deprecation'), 'true');
    assert.match(String(answer.headers.get('warning')), /^299 - "This API is deprecated/);
    assert.match(String(answer.headers.get('set-cookie')), /^maho_session=/);
  }
});

test('unknown products and faults are errors that list the valid ones', async () => {
  const isInput =
    (code: string) =>
    (error: unknown): boolean =>
      error instanceof ToolkitError && error.kind === 'input' && error.code === code;
  assert.throws(() => parseFaults('bogus'), isInput('fault-unknown'));
  const bogus: Readonly<Record<string, unknown>> = { bogus: true };
  await assert.rejects(startDemoStore({ faults: bogus }), isInput('fault-unknown'));
  for (const slow of [-1, Number.NaN, Number.POSITIVE_INFINITY])
    await assert.rejects(startDemoStore({ faults: { slow } }), isInput('fault-unknown'));
});
