import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { comparisonChoices, otherDialects } from '../../../src/extension/response/comparison-choices';

const labels = (method: string, dialect: 'v1' | 'v2' | 'wsi' | 'rest', hasRest: boolean): readonly string[] => {
  const compared = { call: { method }, dialect };
  return comparisonChoices(compared, otherDialects(compared, hasRest)).map(({ label }) => label.replace(/^\$\(\S+\) /, ''));
};

suite('The choices for comparing a call', () => {
  test('include REST if the store has it and there is an equivalent for the method', () => {
    assert.deepEqual(labels('customer.info', 'v2', true), [
      'Requests in V2 and V1',
      'Requests in V2 and WS-I',
      'Requests in V2 and REST',
      'Responses over V1, V2, WS-I and REST',
    ]);
    assert.deepEqual(labels('customerCustomerList', 'rest', true).at(-1), 'Responses over V1, V2, WS-I and REST');
    assert.deepEqual(labels('customer.update', 'v1', true), [
      'Requests in V1 and V2',
      'Requests in V1 and WS-I',
      'Requests in V1 and REST',
    ]);
    for (const [method, hasRest] of [
      ['customer.info', false],
      ['catalog_product.list', true],
      ['customer_address.info', true],
    ] as const)
      assert.deepEqual(labels(method, 'v2', hasRest), [
        'Requests in V2 and V1',
        'Requests in V2 and WS-I',
        'Responses over V1, V2 and WS-I',
      ]);
  });

  test('have no other dialect for a request to REST', () => {
    assert.deepEqual(otherDialects({ call: { method: 'GET /customers' }, dialect: 'rest' }, true), []);
  });
});
