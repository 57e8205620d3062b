import assert from 'node:assert/strict';
import { test } from 'node:test';
import { storesNamed, namesOf } from '../../../src/extension/stores/same-name';
import type { StoreConfig } from '../../../src/store/settings/config';

function store(id: string, config: StoreConfig): { readonly id: string; readonly name: string; readonly config: StoreConfig } {
  return { id, name: config.name, config };
}

const shop = { name: 'Shop', url: 'https://shop.example.com', user: 'api' };

test('a name is ambiguous if its stores have different settings', () => {
  for (const [what, other] of [
    ['address', { ...shop, url: 'https://other.example.com' }],
    ['user', { ...shop, user: 'another' }],
    ['dialect', { ...shop, dialect: 'v1' as const }],
    ['environment', { ...shop, environment: 'production' as const }],
    ['rights', { ...shop, readOnly: true }],
  ] as const) {
    const all = [store('1', shop), store('2', other), store('3', { ...shop, name: 'Else' })];
    assert.deepEqual(
      storesNamed('Shop', all).map(({ id }) => id),
      ['1', '2'],
      what,
    );
    assert.deepEqual(namesOf(all), ['Shop', 'Shop', 'Else'], what);
  }
});

test('entries for the same store are one store', () => {
  const all = [store('user', shop), store('workspace', { ...shop, readOnly: false })];
  assert.deepEqual(
    storesNamed('Shop', all).map(({ id }) => id),
    ['user'],
  );
  assert.deepEqual(namesOf(all), ['Shop']);
});

test('invalid entries are separate stores', () => {
  const broken = { id: 'b', name: 'Shop', config: undefined };
  assert.deepEqual(storesNamed('Shop', [store('1', shop), broken]).length, 2);
  assert.deepEqual(storesNamed('Nobody', [broken]), []);
});
