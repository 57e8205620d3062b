import assert from 'node:assert/strict';
import { test } from 'node:test';
import { productMethods } from '../../../src/api/store-methods/products';
import type { StoreMethod } from '../../../src/api/store-methods/store-methods';
import { listLimits } from '../../../src/forms/list-limits';

const methods = await productMethods('maho');
const now = new Date('2026-03-31T10:00:00Z');

function method(path: string): StoreMethod {
  const found = methods.find(path);
  assert.ok(found !== undefined, path);
  return found;
}

test('a list that nothing narrows is offered by IDs and by days, where its rows have these', () => {
  assert.deepEqual(
    listLimits(method('sales_order.list'), [], now)?.map(({ label, values }) => [label, values]),
    [
      ['The first 1,000 IDs', [{ order_id: { from: 1, to: 1000 } }]],
      ['The last 30 days', [{ created_at: { from: '2026-03-01' } }]],
      ['Everything', []],
    ],
  );
  assert.deepEqual(
    listLimits(method('catalog_product.list'), [{}, 'de'], now)?.map(({ label, values }) => [label, values]),
    [
      ['The first 1,000 IDs', [{ product_id: { from: 1, to: 1000 } }, 'de']],
      ['Everything', [{}, 'de']],
    ],
  );
});

test('nothing is asked where filters narrow the list, or where a method is not such a list', () => {
  assert.equal(listLimits(method('sales_order.list'), [{ status: 'pending' }], now), undefined);
  for (const path of ['sales_order.info', 'directory_country.list', 'catalog_category.tree'])
    assert.equal(listLimits(method(path), [], now), undefined, path);
});
