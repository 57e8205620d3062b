import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { isList, isRecord } from '../../../src/api/value';
import { websiteNamesIn } from '../../../src/extension/customer/websites';
import { choicesOf, OTHER, shownValue } from '../../../src/webview/sheet/values';
import { demoClient } from '../../support/demo-client';

const customer = (id: number, website: number, store: number, created_in: string): Record<string, unknown> => ({
  customer_id: String(id),
  email: `c${id}@example.com`,
  website_id: String(website),
  store_id: String(store),
  created_in,
  group_id: '1',
});
const seed = [
  customer(1, 1, 3, 'German'),
  customer(2, 1, 3, 'German'),
  customer(3, 1, 3, 'Moved from English'),
  customer(4, 1, 1, 'English'),
  customer(5, 0, 0, 'Admin'),
  customer(6, 2, 9, ''),
];

for (const dialect of soapDialects) {
  test(`websites and store views over ${dialect} are those of the loaded customers, with the name that most customers have`, async (t) => {
    const { client } = await demoClient(t, dialect, { seedFile: seed });
    const { value } = await client.call('customer.list');
    const { websites, stores } = websiteNamesIn(isList(value) ? value.filter(isRecord) : []);
    assert.deepEqual(
      [...websites],
      [
        [0, 'Admin'],
        [1, 'English, German'],
        [2, ''],
      ],
    );
    assert.deepEqual(
      [...stores],
      [
        [0, 'Admin'],
        [1, 'English'],
        [3, 'German'],
        [9, ''],
      ],
    );
  });
}

test('known values can be chosen, and another number can be typed', () => {
  const state = { groups: {}, websites: { '1': 'English, German', '2': '' }, stores: { '3': 'German' } };
  assert.deepEqual(choicesOf('website', state, '1'), [
    { value: '1', label: '1 (English, German)' },
    { value: '2', label: '2' },
    { value: OTHER, label: 'Other…' },
  ]);
  assert.deepEqual(
    choicesOf('store', state, '7')?.map(({ value }) => value),
    ['3', '7', OTHER],
  );
  assert.equal(choicesOf('store', { ...state, stores: {} }, '7'), undefined, 'nothing seen: a number is typed');
});

test('a value that is named like a member of every object is shown unchanged, and is not one of the choices', () => {
  const state = { groups: {}, websites: {}, stores: {}, times: { by: 'info' } as const };
  for (const value of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    for (const role of ['gender', 'group', 'store', 'website'] as const)
      assert.deepEqual(shownValue('x', role, value, state), { text: value }, `${role} ${value}`);
    const known = { groups: { '1': 'General' }, websites: { '1': '' }, stores: { '1': '' } };
    for (const role of ['gender', 'group', 'store', 'website'] as const)
      assert.ok(
        choicesOf(role, known, value)?.some((choice) => choice.value === value),
        `${role} ${value} can be kept`,
      );
  }
});
