import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnLinks, knownLink, linkedColumns, rowLink } from '../../../src/forms/known-links';
import type { SoapValue } from '../../../src/api/value';

const order = { increment_id: '100000003', order_id: 3, customer_id: '2', store_id: 1, product_id: 7, default_billing: '9' };

/** What a column of a table of such rows leads to. */
function inTable(method: string, column: string, row: SoapValue = order): unknown {
  return knownLink(method, [0, column], [row]);
}

test('IDs that mean a known thing lead there, in lists of any method', () => {
  assert.deepEqual(inTable('sales_order.list', 'customer_id'), { kind: 'customer', id: '2', words: 'Open customer 2' });
  const read = { kind: 'call', method: 'sales_order.info', args: ['100000003'], words: 'Read order 100000003' };
  for (const method of ['salesOrderList', 'sales_order.list', 'order.list']) {
    assert.deepEqual(inTable(method, 'increment_id'), read, method);
    assert.deepEqual(inTable(method, 'order_id'), read, 'an order is read by its number');
  }
  assert.equal(inTable('customer.list', 'increment_id'), undefined, 'the number of a customer is not that of an order');
  assert.equal(inTable('sales_order_invoice.list', 'order_id'), undefined);
  assert.deepEqual(inTable('salesOrderInvoiceList', 'increment_id'), {
    ...read,
    method: 'sales_order_invoice.info',
    words: 'Read invoice 100000003',
  });
  assert.deepEqual(inTable('x.list', 'order_increment_id', { order_increment_id: '100000003' }), read);
  assert.deepEqual(inTable('catalog_product.list', 'product_id'), {
    kind: 'call',
    method: 'catalog_product.info',
    args: ['7'],
    words: 'Read product 7',
  });
  assert.deepEqual(inTable('customer.list', 'default_billing'), {
    kind: 'call',
    method: 'customer_address.info',
    args: ['9'],
    words: 'Read address 9',
  });
});

test('values that are no IDs, and names of anything else, lead nowhere', () => {
  for (const id of [null, 0, '', '0', '1abc', -1, 1.5, [1], {}])
    assert.equal(inTable('x.list', 'customer_id', { customer_id: id }), undefined);
  for (const name of ['toString', '__proto__', 'constructor']) {
    assert.equal(inTable('x.list', name, {}), undefined);
    assert.equal(knownLink(name, [], 1), undefined);
    assert.equal(knownLink(`${name}.create`, [], 1), undefined);
  }
});

test('links of a tree or a sheet stand at any depth; what is only of the row itself stands in the row', () => {
  const answer = { increment_id: '100000003', order_id: 3, items: [{ product_id: '7', order_id: 3, increment_id: '5' }], customer_id: 2 };
  const words = (...path: (string | number)[]): unknown => knownLink('sales_order.info', path, answer)?.words;
  assert.deepEqual(
    [words('increment_id'), words('order_id'), words('customer_id'), words('items', 0, 'product_id')],
    ['Read order 100000003', 'Read order 100000003', 'Open customer 2', 'Read product 7'],
  );
  for (const path of [
    ['items', 0, 'increment_id'],
    ['items', 0, 'order_id'],
    ['items', 0],
    ['items', 1, 'product_id'],
    ['gone', 'customer_id'],
    [],
  ])
    assert.equal(words(...path), undefined, path.join('.'));
});

test('the ID that a create returns leads to what was made', () => {
  assert.equal(knownLink('customer.create', [], 17)?.words, 'Open customer 17');
  assert.equal(knownLink('customerCustomerCreate', [], '17')?.words, 'Open customer 17');
  assert.equal(knownLink('salesOrderInvoiceCreate', [], '200000001')?.words, 'Read invoice 200000001');
  assert.equal(knownLink('customer.update', [], 1), undefined, 'yes or no is not an ID');
  assert.equal(knownLink('customer.create', [], true), undefined);
});

test('columns of a table lead somewhere or not, and its rows to their customers', () => {
  const columns = ['state', 'customer_id', 'order_id', 'increment_id'];
  assert.deepEqual(linkedColumns('sales_order.list', columns), ['customer_id', 'order_id', 'increment_id']);
  // The button at a value says what it opens, by the ID that the store reads it by.
  assert.deepEqual(columnLinks('sales_order.list', ['customer_id', 'order_id']), [
    { column: 'customer_id', words: 'Open customer {id}', by: 'customer_id' },
    { column: 'order_id', words: 'Read order {id}', by: 'increment_id' },
  ]);
  assert.deepEqual(rowLink(['increment_id', 'customer_id']), { column: 'customer_id', words: 'Open Customer' });
  assert.equal(rowLink(['increment_id']), undefined);
});
