import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownLink, linkedColumns } from '../../../src/forms/known-links';

test('IDs that mean a known thing lead there, in lists of any method', () => {
  const order = { increment_id: '100000003', order_id: 3, customer_id: '2', store_id: 1, product_id: 7 };
  assert.deepEqual(knownLink('sales_order.list', 'customer_id', order), { kind: 'customer', id: '2', words: 'Open customer 2' });
  const read = { kind: 'call', method: 'sales_order.info', args: ['100000003'], words: 'Read order 100000003' };
  assert.deepEqual(knownLink('salesOrderList', 'increment_id', order), read);
  assert.deepEqual(knownLink('sales_order.list', 'order_id', order), read, 'an order is read by its number');
  assert.equal(knownLink('customer.list', 'increment_id', order), undefined, 'the number of a customer is none of an order');
  assert.equal(knownLink('sales_order_invoice.list', 'order_id', { order_id: 3, increment_id: '200000001' }), undefined);
  assert.deepEqual(knownLink('catalog_product.list', 'product_id', order)?.words, 'Read product 7');
  for (const id of [null, 0, '', '0', '1abc', -1, 1.5, [1], {}])
    assert.equal(knownLink('x.list', 'customer_id', { customer_id: id }), undefined);
  assert.equal(knownLink('x.list', 'toString', {}), undefined);
  assert.deepEqual(linkedColumns('sales_order.list', ['state', 'customer_id', 'order_id', 'increment_id']), [
    'customer_id',
    'order_id',
    'increment_id',
  ]);
});
