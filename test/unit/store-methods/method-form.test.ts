// From the methods of a store to calls: what a form holds becomes what each dialect takes, and the demo store answers it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { typeWords } from '../../../src/api/type-words';
import { startDemoStore } from '../../../src/demo';
import { missingArguments, methodCall, methodRequest, startingValues, templateFile, withoutSecrets } from '../../../src/forms/method-form';
import { parseRequestFile } from '../../../src/requests/file/parse';
import { describeMethods } from '../../../src/soap/wsdl/store-methods';
import { StoreClient } from '../../../src/store/calls/client';

for (const dialect of soapDialects) {
  test(`a form's values reach the demo store over ${dialect}: filters, an ID, a name that WS-I calls otherwise`, async (t) => {
    const demo = await startDemoStore({ customers: 12 });
    const client = new StoreClient(
      { name: 'Test', url: demo.urls[dialect], user: 'apiUser' },
      { key: () => Promise.resolve('apiKey12345') },
    );
    t.after(async () => {
      await client.close();
      await demo.close();
    });
    const described = async (): Promise<StoreMethods> => {
      const resources = (await client.call('resources', {}, { dialect: 'v1' })).value;
      if (dialect !== 'v1') return new StoreMethods(describeMethods({ [dialect]: await client.service(), resources }));
      const beside = await client.beside();
      assert.ok(beside);
      return new StoreMethods(describeMethods({ v2: await client.serviceOf(beside), resources }));
    };
    const methods = await described();
    const run = async (id: string, values: Parameters<typeof methodCall>[1]): Promise<unknown> => {
      const method = methods.find(id);
      assert.ok(method, id);
      const call = methodCall(method, values, dialect);
      return (await client.call(call.method, call.args, { dialect: call.dialect })).value;
    };
    const named = (value: unknown): readonly unknown[] =>
      (Array.isArray(value) ? value : []).map((row: unknown) => (typeof row === 'object' && row !== null && 'sku' in row ? row.sku : row));

    const tea = { complex_filter: [{ key: 'sku', value: { key: 'like', value: 'tea%' } }] };
    assert.deepEqual(named(await run('catalog_product.list', [tea, 'default'])), ['tea-100', 'tea-250', 'tea-black-100']);
    const stores = await run('core_store.list', []);
    assert.equal(Array.isArray(stores) && stores.length, 3);
    const order = await run('sales_order.info', ['100000003']);
    assert.match(JSON.stringify(order), /"customer_id":"?2"?/);
    assert.match(JSON.stringify(await run('directory_region.list', ['US'])), /Texas/);
    assert.match(JSON.stringify(await run('core_maho.info', [])), /26\.7/);
    assert.deepEqual(
      methods.search('order').map(({ id }) => id),
      ['sales_order.list', 'sales_order.info'],
    );
  });
}

const methods = new StoreMethods(
  describeMethods({
    v2: {
      hash: '',
      dialect: 'v2',
      namespace: 'urn:Maho',
      warnings: [],
      operations: {
        catalogProductList: {
          args: [
            { name: 'filters', type: 'filters' },
            { name: 'storeView', type: 'string' },
          ],
        },
      },
      types: { filters: { kind: 'entity', fields: [] } },
    },
    resources: [{ name: 'catalog_product', methods: [{ name: 'list', title: 'Retrieve products' }] }],
  }),
);

test('positions are left out at the end alone, and nothing stands for one in between', () => {
  const method = methods.find('catalog_product.list');
  assert.ok(method);
  assert.deepEqual(methodCall(method, [undefined, 'german'], 'v1'), { method: 'catalog_product.list', args: [{}, 'german'] });
  assert.deepEqual(methodCall(method, [undefined, undefined], 'v1').args, []);
  assert.deepEqual(methodCall(method, [undefined, 'german'], 'v2'), { method: 'catalogProductList', args: { storeView: 'german' } });
  // WS-I's WSDL was not read, so it is called over a dialect that is known to have it.
  assert.equal(methodCall(method, [], 'wsi').dialect, 'v1');
  assert.deepEqual(missingArguments(method, []), [], 'nothing says what may be left out');
  assert.deepEqual(methodRequest(method, startingValues(method), 'v1'), {
    name: 'Retrieve products',
    method: 'catalog_product.list',
    args: [{}, ''],
  });
  assert.deepEqual(
    method.args?.map(({ type }) => typeWords(type)),
    ['filters', 'text'],
  );
});

const described = new StoreMethods(
  describeMethods({
    wsi: {
      hash: '',
      dialect: 'wsi',
      namespace: 'urn:Magento',
      warnings: [],
      operations: {
        catalogProductCreate: {
          args: [
            { name: 'store', type: 'string', optional: true },
            { name: 'productData', type: 'data' },
            { name: 'type', type: 'string' },
          ],
        },
        coreStoreList: { args: [] },
      },
      types: {
        data: {
          kind: 'entity',
          fields: [
            { name: 'weight', type: 'string', optional: true },
            { name: 'name', type: 'string' },
            { name: '*/ "quoted"', type: 'int', optional: true },
          ],
        },
      },
    },
    resources: [
      { name: 'catalog_product', methods: [{ name: 'create', title: 'Create "new" product' }] },
      { name: 'core_store', methods: [{ name: 'list' }] },
    ],
  }),
);

for (const dialect of soapDialects)
  test(`a new request over ${dialect}: what must be given first, the rest as comments, and it can be read`, () => {
    const method = described.find('catalog_product.create') ?? assert.fail();
    const text = templateFile('My "store"', described, method, dialect);
    const file = parseRequestFile(text);
    assert.equal(file.store?.name, 'My "store"');
    const [request] = file.requests;
    assert.equal(request?.name, 'Create "new" product');
    assert.deepEqual(request.args, { productData: { name: '' }, type: '' });
    const places = ['"productData"', '"name": ""', '// "weight"', '"type"', '// "store"'].map((part) => text.indexOf(part));
    assert.ok(!places.includes(-1), text);
    assert.deepEqual(
      places.toSorted((a, b) => a - b),
      places,
    );
    assert.doesNotMatch(text, /quoted/, 'no name of an XML element');

    const list = parseRequestFile(templateFile('S', described, described.find('core_store.list') ?? assert.fail(), dialect)).requests[0];
    assert.deepEqual(list?.args ?? {}, {});
  });

test('secrets are not kept, at any depth and in filters', () => {
  const typed = { customerData: { email: 'a@example.com', password: 'geheim12', addresses: [{ api_key: 'x', city: 'Ulm' }] } };
  assert.deepEqual(withoutSecrets(typed), { customerData: { email: 'a@example.com', addresses: [{ city: 'Ulm' }] } });
  assert.doesNotMatch(JSON.stringify(withoutSecrets([{ key: 'password_hash', value: { key: 'eq', value: 'abc' } }])), /abc/);
});
