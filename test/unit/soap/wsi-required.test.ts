// What WS-I wants to be there: by the description of the service, not by a list of names.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { describedMethod, type ServiceDescription } from '../../../src/soap/wsdl/description';
import { wsi } from '../../../src/soap/dialects/wsi';

const part = (name: string, type: string, optional?: true): { name: string; type: string; optional?: true } => ({
  name,
  type,
  ...(optional ? { optional } : {}),
});

const description: ServiceDescription = {
  hash: 'x',
  warnings: [],
  dialect: 'wsi',
  namespace: 'urn:Maho',
  operations: {
    catalogProductList: { args: [part('sessionId', 'string'), part('filters', 'filters'), part('store', 'string', true)] },
    catalogInventoryStockItemList: { args: [part('sessionId', 'string'), part('products', 'ArrayOfString')] },
    catalogProductInfo: { args: [part('sessionId', 'string'), part('productId', 'string')] },
    catalogProductUpdate: { args: [part('sessionId', 'string'), part('productData', 'data')] },
  },
  types: {
    filters: { kind: 'entity', fields: [] },
    data: { kind: 'entity', fields: [] },
    ArrayOfString: { kind: 'list', of: 'string' },
  },
};

function encoded(operation: string, access: 'read' | 'write' = 'read'): string {
  const method = describedMethod(description, operation, access);
  assert.ok(method !== undefined);
  return wsi.encodeCall(method, {}, 'abc', { namespace: 'urn:Maho' });
}

test('a question whose list or entity is not given has an empty element for it, and none for what may be left out', () => {
  assert.match(encoded('catalogProductList'), /<sessionId>abc<\/sessionId><filters\/><\/ns1:catalogProductListRequestParam>/);
  assert.match(encoded('catalogInventoryStockItemList'), /<sessionId>abc<\/sessionId><products\/><\/ns1:/);
});

test('a required text, and the data of a write, must be given', () => {
  for (const [operation, access] of [
    ['catalogProductInfo', 'read'],
    ['catalogProductUpdate', 'write'],
  ] as const) {
    assert.throws(
      () => encoded(operation, access),
      (error) => error instanceof ToolkitError && error.code === 'argument-missing',
      operation,
    );
  }
});
