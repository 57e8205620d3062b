import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import type { DemoStore, DemoStoreOptions } from '../../../src/demo';
import type { StoreClient } from '../../../src/store/calls/client';
import { copyCustomer, customerCopy, type CustomerCopy } from '../../../src/store/customers/customer-copy';
import { answersV1, restoreCustomer } from '../../../src/store/customers/customer-restore';
import { demoClient } from '../../support/demo-client';

const address = {
  customer_address_id: '1',
  firstname: 'Jane',
  lastname: 'Doe',
  street: 'First line\nSecond line',
  city: 'Bonn',
  country_id: 'DE',
  postcode: '53111',
  telephone: '1',
};

async function demo(
  t: TestContext,
  dialect: SoapDialect,
  options: DemoStoreOptions = {},
): Promise<{ client: StoreClient; store: DemoStore }> {
  const { demo: store, client } = await demoClient(
    t,
    dialect,
    {
      product: 'maho@25',
      ...options,
      seedFile: [
        {
          customer_id: '5',
          created_at: '2019-07-14 22:30:00',
          email: 'jane@example.com',
          firstname: 'Jane',
          lastname: 'Doe',
          website_id: '1',
          store_id: '1',
          group_id: '2',
          gender: '2',
          disable_auto_group_change: '0',
          created_in: 'Default Store View',
          dob: '1985-12-31 00:00:00',
          password_hash: 'the-hash:salt',
          default_billing: '1',
          addresses: [address, { ...address, customer_address_id: '2', city: 'Köln' }],
        },
      ],
    },
    {},
    { repeats: 2, backoff: 1 },
  );
  return { client, store };
}

async function kept(client: StoreClient): Promise<CustomerCopy> {
  const copy = await copyCustomer(client, '5');
  // What is restored is what was read from a file.
  return customerCopy.parse(
    JSON.parse(JSON.stringify({ version: 1, at: '2026-01-01T00:00:00Z', store: 'Demo', storeId: 'demo', ...copy })),
  );
}

for (const dialect of soapDialects) {
  test(`${dialect}: a deleted customer comes back from its copy with its number, addresses and defaults`, async (t) => {
    const { client } = await demo(t, dialect);
    const copy = await kept(client);
    assert.doesNotMatch(JSON.stringify(copy), /the-hash/);
    assert.equal(copy.addresses.length, 2);
    await client.call('customer.delete', { customerId: 5 });
    const restored = await restoreCustomer(client, copy);
    assert.deepEqual([restored.customerId, restored.sameId, restored.addresses, restored.refused], ['5', true, 2, []]);
    const again = await copyCustomer(client, '5');
    assert.deepEqual(
      again.addresses.map(({ street, city }) => [street, city]),
      copy.addresses.map(({ street, city }) => [street, city]),
    );
    const billing = again.addresses.find(
      (one) => one['is_default_billing'] === true || one['is_default_billing'] === '1' || one['is_default_billing'] === 'true',
    );
    assert.equal(billing?.['city'], 'Bonn');
    assert.deepEqual(
      restored.differences.filter(({ code }) => code !== 'password_hash'),
      [],
      'only what nobody can write differs',
    );
    assert.ok(
      restored.differences.some(({ code }) => code === 'password_hash'),
      'and that the password is gone is told',
    );
  });
}

for (const dialect of soapDialects) {
  test(`${dialect}: the day of registration and the order of addresses come back on OpenMage too, where a number is given`, async (t) => {
    const { client } = await demo(t, dialect, { product: 'openmage' });
    assert.equal(await answersV1(client, '5', undefined), true);
    const copy = await kept(client);
    await client.call('customer.delete', { customerId: 5 });
    const restored = await restoreCustomer(client, { ...copy, addresses: [...copy.addresses].reverse() });
    assert.deepEqual([restored.sameId, restored.differences.map(({ code }) => code)], [true, ['password_hash']]);
    const again = await copyCustomer(client, '5');
    assert.equal(again.customer['created_at'], copy.customer['created_at']);
    assert.equal(again.customer['created_in'], 'Default Store View');
    assert.deepEqual(
      again.addresses.map(({ city }) => city),
      copy.addresses.map(({ city }) => city),
    );
  });
}

test('a number that somebody else has is never taken from them', async (t) => {
  const { client } = await demo(t, 'v2');
  const copy = await kept(client);
  await client.call('customer.delete', { customerId: 5 });
  await client.call('customer.create', { customerData: { customer_id: 5, email: 'other@example.com', website_id: 1 } });
  const restored = await restoreCustomer(client, copy);
  assert.equal(restored.sameId, false);
  assert.notEqual(restored.customerId, '5');
  const { value } = await client.call('customer.info', { customerId: 5, attributes: ['email'] });
  assert.match(JSON.stringify(value), /other@example\.com/);
});

test('an address that the store refuses does not keep the customer away', async (t) => {
  const { client } = await demo(t, 'v2');
  const copy = await kept(client);
  await client.call('customer.delete', { customerId: 5 });
  const restored = await restoreCustomer(client, {
    ...copy,
    addresses: copy.addresses.map((one, index) => (index === 0 ? { ...one, city: '' } : one)),
  });
  assert.deepEqual([restored.addresses, restored.refused.map(({ code }) => code)], [1, ['100']]);
});
