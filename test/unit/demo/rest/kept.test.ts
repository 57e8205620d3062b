// Changes over REST are kept like changes over SOAP: in the data file, in snapshots, over resets. Expensive results are cached.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { DemoStore } from '../../../../src/demo';
import { isList, isRecord } from '../../../../src/api/value';
import { DemoClient } from '../client';
import { newcomer, Rest } from './client';

async function dataFile(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-rest-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'store.data');
}

async function soapGroups(t: TestContext, demo: DemoStore): Promise<readonly string[]> {
  const rows = await (await DemoClient.of(t, demo, 'v2')).result('customer_group.list', {});
  assert.ok(isList(rows));
  return rows.map((row) =>
    isRecord(row)
      ? Object.values(row)
          .map((value) => (typeof value === 'object' ? '' : String(value)))
          .join(' ')
      : '',
  );
}

async function restGroups(rest: Rest): Promise<readonly string[]> {
  const { body } = await rest.ask('GET', '/customer-groups');
  return (body.member ?? []).map(({ id, code }) => `${String(id)} ${String(code)}`).sort();
}

test('groups that REST creates, renames and deletes are visible over SOAP, and after a restart', async (t) => {
  const file = await dataFile(t);
  const options = { customers: 4, dataFile: file } as const;
  const rest = await Rest.of(t, options);
  assert.equal((await rest.ask('POST', '/customer-groups', { code: 'VIP "<1>"', taxClassId: 5 })).body['id'], 4);
  assert.equal((await rest.ask('POST', '/customer-groups', { code: 'Gone' })).body['id'], 5);
  await rest.ask('PUT', '/customer-groups/2', { code: 'Traders' });
  await rest.ask('PUT', '/customers/3', { groupId: 5 });
  assert.equal((await rest.ask('DELETE', '/customer-groups/5')).status, 204);
  assert.equal((await rest.ask('GET', '/customers/3')).body['groupId'], 1, 'customers of a deleted group go to the default group');
  const expected = ['0 NOT LOGGED IN', '1 General', '2 Traders', '3 Retailer', '4 VIP "<1>"'];
  assert.deepEqual([await soapGroups(t, rest.demo), await restGroups(rest)], [expected, expected]);
  await rest.demo.close();
  const again = await Rest.of(t, options);
  assert.deepEqual([await soapGroups(t, again.demo), await restGroups(again)], [expected, expected]);
  assert.equal((await again.ask('GET', '/customer-groups/4')).body['taxClassId'], 5);
  assert.equal((await again.ask('PUT', '/customers/3', { groupId: 4 })).status, 200);
  assert.equal((await again.ask('POST', '/customer-groups', { code: 'Next' })).body['id'], 6, 'an ID is never given twice');
});

test('older versions can read the data file of a store whose groups were not changed', async (t) => {
  const file = await dataFile(t);
  const rest = await Rest.of(t, { customers: 2, dataFile: file });
  await rest.ask('PUT', '/customers/1', { suffix: 'X' });
  await rest.demo.close();
  assert.doesNotMatch(await readFile(file, 'utf8'), /"groups"/);
});

test('a snapshot restores groups, passwords and idempotency keys, and so does a reset', async (t) => {
  const rest = await Rest.of(t, { customers: 2 });
  const key = { 'X-Idempotency-Key': 'one' };
  rest.demo.snapshot();
  await rest.ask('POST', '/customer-groups', { code: 'VIP' });
  await rest.ask('DELETE', '/customer-groups/3');
  const made = await rest.ask('POST', '/customers', newcomer, key);
  assert.equal(made.status, 201);
  await rest.demo.restore();
  assert.deepEqual(await soapGroups(t, rest.demo), ['0 NOT LOGGED IN', '1 General', '2 Wholesale', '3 Retailer']);
  const again = await rest.ask('POST', '/customers', newcomer, key);
  assert.deepEqual([again.status, again.headers.get('x-idempotency-replayed')], [201, null], 'the customer of that key is gone, too');
  assert.equal(rest.demo.customers(), 3);
  rest.demo.snapshot('with');
  await rest.demo.reset();
  await rest.login();
  await rest.ask('POST', '/customer-groups', { code: 'VIP' });
  await rest.demo.reset();
  await rest.login();
  assert.deepEqual(await restGroups(rest), ['0 NOT LOGGED IN', '1 General', '2 Wholesale', '3 Retailer']);
});

test('a token stays valid over a restore, as a session does', async (t) => {
  const rest = await Rest.of(t, { customers: 2 });
  const soap = await DemoClient.of(t, rest.demo, 'v1');
  rest.demo.snapshot();
  await rest.demo.restore();
  assert.equal((await rest.ask('GET', '/customers/1')).status, 200);
  await soap.result('customer.info', { customerId: 1 });
});

test('customers get a token with their current password, no matter how it was set, and also after a restart', async (t) => {
  const file = await dataFile(t);
  const options = { customers: 2, dataFile: file } as const;
  const rest = await Rest.of(t, options);
  await rest.ask('POST', '/customers', newcomer);
  const soap = await DemoClient.of(t, rest.demo, 'v1');
  const customerData = { email: 'soap@example.com', firstname: 'S', lastname: 'P', website_id: 1, password: 'soap-pass' };
  const id = await soap.result('customer.create', { customerData });
  await soap.result('customer.update', { customerId: id, customerData: { confirmation: '' } });
  await rest.demo.close();
  const again = await Rest.of(t, options);
  assert.equal(await again.loginAs('new@example.com', 'wrong-pass'), 401);
  assert.equal(await again.loginAs('soap@example.com', 'soap-pass'), 200);
  assert.equal(await again.loginAs('new@example.com', newcomer.password), 200);
  const me = await again.ask('PUT', '/customers/me', { lastname: 'Later', suffix: 'II' });
  assert.deepEqual([me.status, me.body['lastname'], me.body['suffix'], me.body['fullName']], [200, 'Later', 'II', 'New Later']);
  assert.equal((await again.ask('GET', '/customers/me')).body['lastname'], 'Later');
  assert.equal((await again.ask('PUT', '/customers/me', { groupId: 2 })).status, 403);
  assert.equal((await again.ask('PUT', '/customers/me', { email: 'soap@example.com' })).status, 409);
});

test('a customer changes the password, or sets it with the token of a mail', async (t) => {
  let now = Date.parse('2026-11-28T10:00:00Z');
  const rest = await Rest.of(t, { customers: 1, now: () => new Date(now) });
  await rest.ask('POST', '/customers', newcomer);
  const changed = (currentPassword: string, newPassword: string): Promise<unknown> =>
    rest.ask('POST', '/customers/me/password', { currentPassword, newPassword }).then(({ status, body }) => body['message'] ?? status);
  assert.equal(await changed(newcomer.password, 'other-pass'), 'You can only access your own data', 'a service has no password here');
  assert.equal(await rest.loginAs('new@example.com', newcomer.password), 200);
  assert.equal(await changed('', 'other-pass'), 'Current password is required');
  assert.equal(await changed(newcomer.password, ''), 'New password is required');
  assert.equal(await changed(newcomer.password, 'short'), 'New password must be at least 7 characters');
  assert.equal(await changed('wrong-pass', 'other-pass'), 'Current password is incorrect.');
  assert.equal(await changed(newcomer.password, 'other-pass'), 201);
  assert.deepEqual(
    [await rest.loginAs('new@example.com', newcomer.password), await rest.loginAs('new@example.com', 'other-pass')],
    [401, 200],
  );
  const known = await rest.ask('POST', '/customers/forgot-password', { email: 'new@example.com' });
  const unknown = await rest.ask('POST', '/customers/forgot-password', { email: 'nobody@example.com' });
  assert.deepEqual(
    [known.status, unknown.status, Object.keys(known.body)],
    [201, 201, Object.keys(unknown.body)],
    'nothing tells who is known',
  );
  const mail = rest.demo.mails.at(-1);
  assert.deepEqual([rest.demo.mails.length, mail?.to, mail?.subject], [2, 'new@example.com', 'reset-password']);
  const nobody = new Rest(rest.demo);
  const reset = (resetToken: string, email = 'new@example.com'): Promise<unknown> =>
    nobody
      .ask('POST', '/customers/reset-password', { email, resetToken, newPassword: 'third-pass' })
      .then(({ status, body }) => body['message'] ?? status);
  assert.equal(await reset('nope'), 'Invalid or expired reset token.');
  assert.equal(await reset(mail?.resetToken ?? '', 'nobody@example.com'), 'Invalid email or token.');
  assert.equal(await reset(mail?.resetToken ?? ''), 201);
  assert.equal(await reset(mail?.resetToken ?? ''), 'Invalid or expired reset token.', 'a token counts once');
  now += 60_000;
  assert.equal(await rest.loginAs('new@example.com', 'third-pass'), 200);
  await rest.ask('POST', '/customers/forgot-password', { email: 'new@example.com' });
  now += 25 * 3_600_000;
  assert.equal(await reset(rest.demo.mails.at(-1)?.resetToken ?? ''), 'Invalid or expired reset token.', 'a day has passed');
});

test('a customer reads, changes and deletes an address under its own path too', async (t) => {
  const rest = await Rest.of(t, { customers: 1 });
  await rest.ask('POST', '/customers', newcomer);
  await rest.loginAs('new@example.com', newcomer.password);
  const address = { firstname: 'N', lastname: 'C', street: ['Way 1'], city: 'Town', postcode: '1', countryId: 'US', telephone: '2' };
  const made = await rest.ask('POST', '/customers/me/addresses', address);
  const path = `/customers/me/addresses/${String(made.body['id'])}`;
  assert.equal((await rest.ask('PUT', path, { ...address, city: 'Other' })).body['city'], 'Other');
  assert.equal((await rest.ask('GET', path)).body['city'], 'Other');
  assert.equal((await rest.ask('DELETE', path)).status, 204);
  assert.equal((await rest.ask('GET', path)).status, 404);
});

test('a page shows current data: filters are evaluated again after each change', async (t) => {
  const rest = await Rest.of(t, { customers: 70 });
  const found = async (query: string): Promise<readonly unknown[]> => {
    const { body } = await rest.ask('GET', `/customers?itemsPerPage=30&${query}`);
    return [body['totalItems'], ...(body.member ?? []).slice(0, 2).map(({ id }) => id)];
  };
  const soap = await DemoClient.of(t, rest.demo, 'v1');
  for (const id of [5, 60]) await soap.result('customer.update', { customerId: id, customerData: { lastname: 'Sommerset' } });
  assert.deepEqual(
    [await found(''), await found('search=Sommerset'), await found('page=3')],
    [
      [70, 70, 69],
      [2, 60, 5],
      [70, 10, 9],
    ],
  );
  await soap.result('customer.update', { customerId: 60, customerData: { lastname: 'Winter' } });
  await soap.result('customer.delete', { customerId: 70 });
  assert.deepEqual(
    [await found(''), await found('search=Sommerset')],
    [
      [69, 69, 68],
      [1, 5],
    ],
  );
  rest.demo.snapshot();
  await soap.result('customer.update', { customerId: 60, customerData: { lastname: 'Sommerset' } });
  assert.deepEqual(await found('search=Sommerset'), [2, 60, 5]);
  await rest.demo.restore();
  assert.deepEqual(await found('search=Sommerset'), [1, 5]);
  await rest.demo.load([{ email: 'ada@example.com', firstname: 'Ada', lastname: 'Sommerset' }]);
  assert.deepEqual(
    [await found(''), await found('search=Sommerset')],
    [
      [1, 1],
      [1, 1],
    ],
  );
});
