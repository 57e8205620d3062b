import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { secretAttributes } from '../../../src/api/secrets';
import { sheetSections } from '../../../src/forms/sheet-sections';
import { cellOf, cellText } from '../../../src/extension/grid/cells';
import { sheetAddress } from '../../../src/extension/sheet/sheet-state';
import { maskRecord } from '../../../src/store/masking/mask';

const row = {
  customer_id: 7,
  email: 'jane@example.com',
  password_hash: 'S3CRET',
  firstname: { rp_token: 'S3CRET' },
  password: 'S3CRET',
  sessionId: 'S3CRET',
  loyalty: { level: 'gold', account: [{ password_hash: 'S3CRET' }] },
  settings: '{"colour":"red","password":"S3CRET"}',
  colour: 'blue',
};

suite('The customer sheet', () => {
  test('gets no masked secret in any attribute', () => {
    const fields = sheetSections(row, 'v1', new Set(), maskRecord(row)).flatMap((section) => section.fields);
    assert.ok(!JSON.stringify(fields).includes('S3CRET'), JSON.stringify(fields));
    assert.deepEqual(
      fields.filter(({ missing }) => missing === 'masked').map(({ code }) => code),
      ['firstname', 'password_hash', 'password', 'sessionId', 'loyalty', 'settings'],
    );
    assert.equal(fields.find(({ code }) => code === 'colour')?.value, 'blue');
  });

  test('masks every attribute that is a secret in any store, including newer ones, and groups it with the other secrets', () => {
    for (const code of ['password_hash', 'rp_token', 'password', 'twofa_secret', ...secretAttributes]) {
      const sections = sheetSections({ customer_id: 7, [code]: 'S3CRET' }, 'v1');
      assert.ok(!JSON.stringify(sections).includes('S3CRET'), code);
      assert.equal(sections.find(({ title }) => title === 'Secrets')?.fields.find((field) => field.code === code)?.missing, 'masked', code);
    }
  });

  test('gets the secrets that were revealed', () => {
    const fields = sheetSections(row, 'v1', new Set(['password', 'loyalty']), maskRecord(row)).flatMap((section) => section.fields);
    assert.equal(fields.find(({ code }) => code === 'password')?.value, 'S3CRET');
    assert.equal(fields.find(({ code }) => code === 'loyalty')?.value, JSON.stringify(row.loyalty));
    assert.equal(fields.find(({ code }) => code === 'password_hash')?.missing, 'masked');
  });

  test('gets addresses without the secrets of modules', () => {
    const address = sheetAddress({
      customer_address_id: 3,
      city: 'Bonn',
      password: 'S3CRET',
      rp_token: 'S3CRET',
      note: "array('password' => 'S3CRET')",
    });
    assert.ok(!JSON.stringify(address).includes('S3CRET'), JSON.stringify(address));
    assert.equal(address.fields.find(({ code }) => code === 'city')?.value, 'Bonn');
  });
});

test('a flag of an address, and of a module that sends a boolean, has the role of a flag', () => {
  const { fields } = sheetAddress({
    customer_address_id: 3,
    is_default_billing: true,
    is_default_shipping: false,
    is_verified: true,
    note: 'true',
  });
  const flags = fields.filter(({ role }) => role === 'flag').map(({ code }) => code);
  assert.deepEqual(flags, ['is_default_billing', 'is_default_shipping', 'is_verified']);
  const [other] = sheetSections({ customer_id: 7, is_vip: false, note: 'true' }, 'v1').slice(-1);
  assert.deepEqual(
    other?.fields.map(({ code, role }) => [code, role]),
    [
      ['is_vip', 'flag'],
      ['note', undefined],
    ],
  );
});

test('a cell of a response masks a map that is written as a text', () => {
  for (const shown of [cellText(row.settings, 'settings'), ...cellOf(row.settings, 'settings')])
    assert.ok(shown?.includes('S3CRET') !== true, shown);
});
