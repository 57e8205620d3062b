// Traps of the REST API that no single recording shows, or that concern more inputs than were recorded.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startDemoStore } from '../../../../src/demo';
import { isRecord, type SoapValue } from '../../../../src/api/value';
import { DemoClient } from '../client';
import { newcomer, Rest } from './client';

test('only Maho 26.7 has a REST API; the other products respond with their page for an unknown address', async (t) => {
  for (const product of ['maho@25', 'openmage@20.18', 'openmage@20.0', 'magento@1.9'] as const) {
    const demo = await startDemoStore({ product, customers: 1 });
    t.after(() => demo.close());
    assert.equal(demo.restUrl, undefined);
    const response = await fetch(new URL('/api/rest/v2/customers', demo.urls.v2));
    assert.deepEqual([response.status, response.headers.get('content-type')], [404, 'text/html; charset=UTF-8'], product);
    await response.text();
  }
});

test('a page has 30 rows at most, no matter how many are requested, and nothing says that there are more', async (t) => {
  const rest = await Rest.of(t, { customers: 70 });
  for (const size of ['31', '70', '100', '1000', '999999999']) {
    const { body } = await rest.ask('GET', `/customers?itemsPerPage=${size}`);
    assert.deepEqual([body.member?.length, body['totalItems'], body.member?.[0]?.['id']], [30, 70, 70], size);
  }
  const third = await rest.ask('GET', '/customers?itemsPerPage=100&page=3');
  assert.deepEqual(
    third.body.member?.map(({ id }) => id),
    [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  );
  const beyond = await rest.ask('GET', '/customers?itemsPerPage=30&page=4');
  assert.deepEqual([beyond.body.member, beyond.body['totalItems']], [[], 0]);
});

test('a search of fewer than five bytes finds no customer, and unknown filters are ignored', async (t) => {
  const rest = await Rest.of(t, { customers: 20 });
  const found = async (query: string): Promise<unknown> => (await rest.ask('GET', `/customers?${query}`)).body['totalItems'];
  for (const short of ['Doe', '1', '12', 'abcd', '%', 'é']) assert.equal(await found(`search=${encodeURIComponent(short)}`), 0, short);
  for (const ignored of ['lastname=Nobody', 'groupId=99', 'updatedAt[after]=2099-01-01', 'id=3', 'search=', 'email='])
    assert.equal(await found(ignored), 20, ignored);
});

test('SOAP reads what REST writes, and REST reads what SOAP writes', async (t) => {
  const rest = await Rest.of(t, { customers: 3 });
  const made = await rest.ask('POST', '/customers', { ...newcomer, groupId: 2, dob: '1990-05-17' });
  assert.equal(made.status, 201);
  const soap = await DemoClient.of(t, rest.demo, 'v1');
  const id = String(made.body['id']);
  const answer = await soap.call('customer.info', { customerId: id });
  const info: SoapValue = answer.kind === 'result' ? answer.value : null;
  assert.ok(isRecord(info));
  assert.deepEqual(
    [info['email'], info['group_id'], info['dob'], info['confirmation']],
    ['new@example.com', 2, '1990-05-17 00:00:00', null],
  );
  await soap.call('customer.update', { customerId: id, customerData: { lastname: 'Soap' } });
  assert.equal((await rest.ask('GET', `/customers/${id}`)).body['lastname'], 'Soap');
  await soap.call('customer.delete', { customerId: id });
  assert.equal((await rest.ask('GET', `/customers/${id}`)).status, 404);
});

test('a create by a service sends the welcome mail; the public registration does not', async (t) => {
  const rest = await Rest.of(t, { customers: 1 });
  assert.equal((await rest.ask('POST', '/customers', newcomer)).body['isConfirmed'], true);
  assert.deepEqual(rest.demo.mails, [{ to: 'new@example.com', subject: 'welcome' }]);
  const nobody = new Rest(rest.demo);
  const registered = await nobody.ask('POST', '/customers', { ...newcomer, email: 'other@example.com' });
  assert.deepEqual([registered.status, registered.body['isConfirmed'], rest.demo.mails.length], [201, false, 1]);
  for (const field of [{ groupId: 2 }, { taxvat: 'X' }, { isActive: false }, { websiteId: 1 }, { disableAutoGroupChange: true }])
    assert.equal((await nobody.ask('POST', '/customers', { ...newcomer, email: 'third@example.com', ...field })).status, 401);
});

test('a key makes a write safe to repeat after its response was lost, and is valid for its user only', async (t) => {
  const rest = await Rest.of(t, { customers: 1 });
  const key = { 'X-Idempotency-Key': 'one' };
  await assert.rejects(rest.ask('POST', '/customers', newcomer, { ...key, 'X-Demo-Fault': 'drop' }));
  const again = await rest.ask('POST', '/customers', newcomer, key);
  assert.deepEqual([again.status, again.headers.get('x-idempotency-replayed'), again.body['id']], [201, 'true', 2]);
  assert.equal((await rest.ask('POST', '/customers', newcomer)).status, 409);
  const refused = await rest.ask('PUT', '/customers/2', { email: 'nope' }, { 'X-Idempotency-Key': 'two' });
  const better = await rest.ask('PUT', '/customers/2', { suffix: 'B' }, { 'X-Idempotency-Key': 'two' });
  assert.deepEqual([refused.status, better.status, better.body['suffix']], [400, 200, 'B']);
  await rest.login('writer', 'writer12345');
  const other = await rest.ask('PUT', '/customers/2', { suffix: 'W' }, { 'X-Idempotency-Key': 'two' });
  assert.deepEqual([other.headers.get('x-idempotency-replayed'), other.body['suffix']], [null, 'W']);
});

test('rights of SOAP are not valid over REST, and permissions of REST are checked one by one', async (t) => {
  const rest = await Rest.of(t, { customers: 2 });
  const expected = {
    limited: [403, 403, 403, 403, 403],
    reader: [200, 200, 403, 403, 403],
    writer: [200, 200, 200, 403, 403],
    apiUser: [200, 200, 200, 200, 403],
  } as const;
  for (const { user, key } of rest.demo.users.filter(({ user: name }) => Object.hasOwn(expected, name))) {
    await rest.login(user, key);
    const answers = [
      await rest.ask('GET', '/customers'),
      await rest.ask('GET', '/customers/1'),
      await rest.ask('PUT', '/customers/1', { suffix: user }),
      await rest.ask('GET', '/customer-groups'),
      await rest.ask('GET', '/customers/1/addresses'),
    ];
    assert.deepEqual(
      answers.map(({ status }) => status),
      expected[user as keyof typeof expected],
      user,
    );
  }
  await rest.login('bound', 'bound12345');
  assert.equal((await rest.ask('GET', '/customers')).status, 403);
  assert.equal((await rest.ask('GET', '/customers?store=second_en')).status, 200);
});

test('ten token requests per minute are accepted, including those with wrong keys; after that, even the correct key has to wait', async (t) => {
  let now = Date.parse('2026-11-28T10:00:00Z');
  const rest = await Rest.of(t, { customers: 1, now: () => new Date(now) });
  for (let count = 2; count <= 10; count++) assert.equal((await rest.login('apiUser', 'wrong')).status, 401, String(count));
  const refused = await rest.login();
  assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, null]);
  now += 59_000;
  assert.equal((await rest.login()).status, 429);
  now += 1_000;
  assert.equal((await rest.login()).status, 200);
  now += 3_600_000;
  assert.deepEqual((await rest.ask('GET', '/customers')).body['message'], 'Token has expired');
});

test('customers can be changed since 26.7.3', async (t) => {
  for (const [product, status] of [
    ['maho@26.7.2', 405],
    ['maho@26.7.3', 200],
    ['maho@26.7', 200],
  ] as const) {
    const rest = await Rest.of(t, { customers: 1, product: product as 'maho@26.7' });
    assert.equal((await rest.ask('PUT', '/customers/1', { suffix: 'S' })).status, status, product);
  }
});

test('simulated faults are those of REST', async (t) => {
  const rest = await Rest.of(t, { customers: 1 });
  const ask = async (fault: string): Promise<readonly unknown[]> => {
    const response = await fetch(`${rest.demo.restUrl ?? ''}/customers/1`, { headers: { 'X-Demo-Fault': fault } });
    return [response.status, (await response.text()).slice(0, 28)];
  };
  assert.deepEqual(await ask('rest-off'), [404, '{"error":"protocol_disabled"']);
  assert.deepEqual(await ask('maintenance'), [503, '<!DOCTYPE html>\n<html lang="']);
  assert.deepEqual(await ask('memory-limit'), [500, '{"error":"internal_server_er']);
  assert.deepEqual(await ask('soap-off'), [401, '{"error":"unauthorized","mes']);
  assert.equal((await rest.ask('GET', '/customers/1', undefined, { 'X-Demo-Fault': 'deny' })).status, 403);
  const ended = await rest.ask('GET', '/customers/1', undefined, { 'X-Demo-Fault': 'expire-sessions' });
  assert.deepEqual([ended.status, ended.body['message']], [401, 'Token has been revoked']);
});

test('unusual bodies and addresses are refused, and never result in an error of the store', async (t) => {
  const rest = await Rest.of(t, { customers: 1 });
  for (const body of [
    null,
    5,
    'text',
    [],
    [[]],
    { email: ['x'] },
    { email: { a: 1 } },
    { firstname: true },
    { gender: 1.5 },
    { dob: 'x'.repeat(9) },
  ]) {
    const { status } = await rest.ask('POST', '/customers', body);
    assert.equal(status, 400, JSON.stringify(body));
  }
  for (const path of [
    '/customers/%00',
    '/customers/999999999999999999999',
    '/customers/-1',
    '/customers/1/2/3',
    '/customers//',
    '/%2e%2e/x',
    '/customers/1%2f2',
  ])
    assert.ok(
      [301, 404].includes((await rest.ask('GET', path, undefined, { Accept: 'application/json' }).catch(() => ({ status: 404 }))).status),
      path,
    );
  assert.equal((await rest.ask('GET', '/customers', undefined, { Accept: 'application/json;q=0.5, text/html' })).status, 200);
  assert.deepEqual(
    rest.demo.requests.filter(({ fault }) => fault?.code === 'demo-store'),
    [],
  );
});

test('changes of users, sessions and resets apply to REST immediately, too', async (t) => {
  const rest = await Rest.of(t, { customers: 2 });
  const read = async (): Promise<readonly unknown[]> => {
    const { status, body } = await rest.ask('GET', '/customers/1');
    return [status, body['message']];
  };
  rest.demo.setUsers([{ user: 'apiUser', key: 'apiKey12345', rights: ['customers/read'] }]);
  assert.equal((await read())[0], 200);
  rest.demo.setUsers([{ user: 'apiUser', key: 'apiKey12345', rights: ['customer/info'] }]);
  assert.deepEqual(await read(), [403, 'Access denied']);
  rest.demo.setUsers([{ user: 'other', key: 'other12345', rights: 'all' }]);
  assert.deepEqual(await read(), [401, 'API user account is inactive or not found']);
  await rest.demo.reset();
  await rest.login();
  assert.equal((await read())[0], 200);
  rest.demo.endSessions();
  assert.deepEqual(await read(), [401, 'Token has been revoked']);
});
