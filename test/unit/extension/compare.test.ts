import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { dialectLabels, type Dialect } from '../../../src/api/dialect';
import { isRecord, type SoapRecord } from '../../../src/api/value';
import { comparisonTexts, differences } from '../../../src/extension/compare/comparison-text';
import {
  compareCustomers,
  type ComparedAttribute,
  type ComparedCustomer,
  type ComparedSection,
} from '../../../src/forms/customer-comparison';
import { readAddresses } from '../../../src/store/customers/addresses';
import { maskRecord } from '../../../src/store/masking/mask';
import type { StoreClient } from '../../../src/store/calls/client';
import { demoClient } from '../../support/demo-client';

const groups = new Map([
  [1, 'General'],
  [2, 'Wholesale'],
]);

function side(name: string, dialect: Dialect, row: SoapRecord, addresses: readonly SoapRecord[] = []): ComparedCustomer {
  return {
    name,
    dialect,
    row,
    masked: maskRecord(row),
    addresses: addresses.map((each) => ({ row: each, masked: maskRecord(each) })),
    groups,
  };
}

async function read(client: StoreClient, customerId: string, dialect: Dialect): Promise<ComparedCustomer> {
  const { value } = await client.call('customer.info', { customerId }, { dialect });
  assert.ok(isRecord(value));
  return side(dialectLabels[dialect], dialect, value, await readAddresses(client, customerId, undefined, dialect));
}

function attribute(sections: readonly ComparedSection[], code: string): ComparedAttribute {
  const found = sections.flatMap(({ attributes }) => attributes).find((each) => each.code === code);
  assert.ok(found, code);
  return found;
}

/** A customer with an address, a gender and a password. */
async function stocked(t: TestContext): Promise<{ readonly client: StoreClient; readonly id: string }> {
  const { client } = await demoClient(t, 'v2', { customers: 3 });
  const data = {
    email: 'ann@example.com',
    firstname: 'Ann',
    lastname: 'Berg',
    website_id: 1,
    store_id: 1,
    group_id: 1,
    gender: 2,
    password: 'secret123',
  };
  const { value } = await client.call('customer.create', { customerData: data });
  assert.ok(typeof value === 'number' || typeof value === 'string');
  const id = `${value}`;
  const addressData = {
    firstname: 'Ann',
    lastname: 'Berg',
    street: ['Main Street 1', 'Back yard'],
    city: 'Bonn',
    postcode: '53111',
    country_id: 'DE',
    telephone: '1',
  };
  await client.call('customer_address.create', { customerId: id, addressData: { ...addressData, is_default_billing: true } });
  return { client, id };
}

describe('Comparing customers', () => {
  test('over V2 and V1 of one store shows only the attributes that only V1 returns', async (t) => {
    const { client, id } = await stocked(t);
    const sections = compareCustomers(await read(client, id, 'v2'), await read(client, id, 'v1'), true);
    assert.equal(attribute(sections, 'gender').difference, 'only over V1');
    assert.equal(attribute(sections, 'gender').left, 'not returned over V2');
    assert.equal(attribute(sections, 'gender').right, '2');
    const differing = sections.flatMap(({ attributes }) => attributes).filter(({ difference }) => difference !== undefined);
    assert.deepEqual(
      differing.filter(({ difference }) => difference !== 'only over V1').map(({ code, left, right }) => `${code}: ${left} / ${right}`),
      [],
    );
    assert.equal(attribute(sections, 'group_id').left, 'General (1)');
    const alike = sections.flatMap(({ attributes }) => attributes).filter(({ difference }) => difference === undefined);
    assert.deepEqual(
      alike.filter(({ left, right }) => left !== right),
      [],
      'what does not differ is not marked by the editor',
    );
    const address = sections.find(({ title }) => title.startsWith('Address 1'));
    assert.equal(address?.attributes.find(({ code }) => code === 'street')?.left, 'Main Street 1\nBack yard');
  });

  test('shows no secret, but whether secrets differ', async (t) => {
    const { client, id } = await stocked(t);
    const own = await read(client, id, 'v1');
    const hash = own.row['password_hash'];
    assert.ok(typeof hash === 'string' && hash !== '');
    const other = side('Shop', 'v1', { ...own.row, password_hash: 'another:hash', rp_token: 'abc' });
    const sections = compareCustomers(own, other, false);
    assert.equal(attribute(sections, 'password_hash').difference, 'differs, and is a secret');
    assert.equal(attribute(sections, 'rp_token').difference, 'only on Shop');
    const texts = comparisonTexts(sections, 'left', 'right').join('\n');
    for (const secret of [hash, 'another:hash', 'abc']) assert.ok(!texts.includes(secret), secret);
    assert.match(texts, /Password hash: +••••••/);
    assert.equal(attribute(compareCustomers(own, own, false), 'password_hash').difference, undefined);
  });

  test('of two stores pairs their addresses by content', () => {
    const address = (id: string, city: string, more: SoapRecord = {}): SoapRecord => ({
      customer_address_id: id,
      city,
      street: 'Main Street 1',
      is_default_billing: false,
      ...more,
    });
    const left = side('A', 'v1', { email: 'a@example.com' }, [
      address('1', 'Bonn'),
      address('2', 'Ulm', { is_default_billing: '1' }),
      address('3', 'Kiel'),
    ]);
    const right = side('B', 'v2', { email: 'a@example.com' }, [
      address('9', 'Jena', { is_default_billing: true }),
      address('1', 'Kiel'),
      address('8', 'Bonn'),
    ]);
    const found = compareCustomers(left, right, false).filter(({ title }) => title.startsWith('Address '));
    assert.deepEqual(
      found.map(({ title, attributes }) => [title, attributes.flatMap(({ difference }) => difference ?? [])]),
      [
        ['Address 1 (#1, #8)', []],
        ['Address 2 (#2, #9)', ['Ulm / Jena']],
        ['Address 3 (#3, #1)', []],
      ],
    );
  });

  test('shows an address that one side lacks without further differences', () => {
    const right = side('B', 'v1', {}, [{ customer_address_id: '4', city: 'Bonn', street: 'Main' }]);
    const sections = compareCustomers(side('A', 'v1', {}), right, false);
    assert.equal(differences(sections), 1);
    const [before, after] = comparisonTexts(sections, 'Customer 1 on A', 'Customer 1 on B');
    assert.match(before, /1 difference\n  Address 1 \(#4\): only right/);
    assert.doesNotMatch(before, /Bonn/);
    assert.match(after, /City: +Bonn/);
  });

  test('has the same lines on both sides for any data, so that an editor shows them beside each other', () => {
    const left = side('A', 'v1', { email: 'a@example.com', note: 'one\ntwo\u2028three\u202e', lastname: 'x'.repeat(5000) });
    const right = side('B', 'v1', { email: 'b@example.com', note: '', shoe_size: 42, lastname: 'y' });
    const sections = compareCustomers(left, right, false);
    const [before, after] = comparisonTexts(sections, 'Customer 1 on A', 'Customer 2 on B');
    const names = (text: string): readonly string[] => text.split('\n').map((each) => /^ *[^:]*/.exec(each)?.[0] ?? '');
    assert.deepEqual(names(before).slice(1), names(after).slice(1));
    assert.match(before, /E-mail: a@example\.com \/ b@example\.com/);
    assert.match(before, /note: only on A/);
    assert.match(after, /shoe_size: +42/);
    assert.doesNotMatch(before, /[\u2028\u202e]/);
    assert.ok(Math.max(...before.split('\n').map((each) => each.length)) < 800);
    const [same] = comparisonTexts(compareCustomers(left, left, false), 'Customer 1 on A', 'Customer 1 on A');
    assert.match(same, /\n\nNo differences\n/);
  });
});
