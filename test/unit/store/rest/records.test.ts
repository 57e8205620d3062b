// What REST and SOAP say of the same customers of the recorded Maho 26.7.4, attribute by attribute.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { addressMatches, customerMatches, groupMatches, soapOnly } from '../../../../src/api/rest-attributes';
import { soapRecord, type RestObject } from '../../../../src/store/rest/records';
import { restRecordings, wireFile } from '../../../support/wire';

type Known = Readonly<Record<string, unknown>>;

/** What V1's info said of the 60 recorded customers. */
const soap = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../fixtures/seed-customers-26.7.json'), 'utf8'),
) as readonly Known[];

function body(name: string): unknown {
  const found = restRecordings().find((recording) => recording.name === name);
  assert.ok(found !== undefined, name);
  return JSON.parse(found.response.body);
}

/** Addresses that customers name over SOAP, but which are not there: REST names none. */
const WITHOUT_ADDRESS: readonly unknown[] = [7, 13, 19, 25, 31, 37, 43, 49, 55];

/** A value that is known to be a number or a text. */
function textOf(value: unknown): string {
  assert.ok(typeof value === 'string' || typeof value === 'number');
  return String(value);
}

/** Attributes in which two records differ; no value is the same as none. */
function differing(ours: Known, theirs: Known): readonly string[] {
  return customerMatches.map((match) => match.soap).filter((name) => (ours[name] ?? null) !== (theirs[name] ?? null));
}

test('every customer in the lists of REST is the one of SOAP, but for the listed attributes', () => {
  const pages = ['039-list-itemsPerPage-30', '047-list-itemsPerPage-100-page-2'].map((name) => body(name) as { member: RestObject[] });
  const customers = pages.flatMap(({ member }) => member);
  assert.equal(customers.length, soap.length);
  let compared = 0;
  for (const customer of customers) {
    const ours = soapRecord(customer, customerMatches);
    const theirs = soap.find((one) => one['customer_id'] === ours['customer_id']) ?? {};
    // Lists have UTC, which info shows five hours earlier in this store; of the addresses they have the one for bills alone.
    const local = new Date(`${textOf(ours['created_at']).replace(' ', 'T')}Z`);
    local.setUTCHours(local.getUTCHours() - 5);
    const shown = { ...ours, created_at: local.toISOString().slice(0, 19).replace('T', ' ') };
    const expected = [
      ...(WITHOUT_ADDRESS.includes(ours['customer_id']) ? ['default_billing'] : []),
      ...((theirs['default_shipping'] ?? null) === null ? [] : ['default_shipping']),
    ];
    assert.deepEqual(differing(shown, theirs), expected, textOf(ours['customer_id']));
    compared += customerMatches.length - expected.length;
  }
  assert.equal(compared, 1186);
});

test('every customer that was read by its ID over REST is the one of SOAP, times too', () => {
  const names = restRecordings()
    .map(({ name }) => name)
    .filter((name) => /^\d+-customer-\d+$/.test(name));
  for (const name of names) {
    const ours = soapRecord(body(name) as RestObject, customerMatches);
    assert.deepEqual(differing(ours, soap.find((one) => one['customer_id'] === ours['customer_id']) ?? {}), [], name);
  }
  assert.ok(names.length >= 7, `${names.length}`);
});

test('the table names every attribute of SOAP, or says that REST does not have it', () => {
  const named = [...customerMatches.map((match) => match.soap), ...soapOnly].sort();
  const known = [...new Set(soap.flatMap((customer) => Object.keys(customer)))].sort();
  assert.deepEqual(
    known.filter((name) => !named.includes(name)),
    [],
  );
  assert.equal(new Set(named).size, named.length);
});

test('an address inside of a customer is the one of SOAP', () => {
  const expected = JSON.parse(wireFile('expected/maho-v1.json', 'maho@26.7')) as Record<string, { value?: readonly Known[] }>;
  const [theirs] = expected['163-address-list']?.value ?? [];
  assert.ok(theirs !== undefined);
  const [first] = (body('086-customer-1') as { addresses: RestObject[] }).addresses;
  const ours = soapRecord(first ?? {}, addressMatches);
  const flags = (record: Known): Known =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, name.startsWith('is_default') ? Number(value) : value]));
  assert.deepEqual(flags(ours), Object.fromEntries(Object.keys(ours).map((name) => [name, flags(theirs)[name]])));
});

test('customer groups have the numbers and names of SOAP', () => {
  const groups = (body('197-groups') as RestObject[]).map((group) => soapRecord(group, groupMatches));
  assert.deepEqual(
    groups.map((group) => [group['customer_group_id'], group['customer_group_code']]),
    [
      [1, 'General'],
      [0, 'NOT LOGGED IN'],
      [3, 'Retailer'],
      [2, 'Wholesale'],
    ],
  );
});

test('a value of another type is refused with its name', () => {
  const wrong: readonly RestObject[] = [
    { id: '1' },
    { id: 1.5 },
    { email: 5 },
    { isActive: 1 },
    { dob: '31/12/1990' },
    { defaultBillingAddress: '/api/rest/v2/addresses/1' },
    { defaultBillingAddress: { id: 'x' } },
  ];
  for (const object of wrong) assert.throws(() => soapRecord(object, customerMatches), { kind: 'decode' }, JSON.stringify(object));
  assert.throws(() => soapRecord({ street: 'one line' }, addressMatches), { kind: 'decode' });
});
