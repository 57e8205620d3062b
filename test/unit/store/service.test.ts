import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { ToolkitError } from '../../../src/api/errors';
import type { SoapValue } from '../../../src/api/value';
import { startDemoStore } from '../../../src/demo';
import {
  beyondCatalogue,
  describedMethod,
  serviceDescription,
  typedBy,
  wsdlHash,
  type ServiceDescription,
} from '../../../src/soap/wsdl/description';
import { StoreClient } from '../../../src/store/calls/client';
import { describeService } from '../../../src/store/soap/describe';
import type { DescriptionCache } from '../../../src/store/soap/services';
import { serve } from '../../support/loopback';
import { tinyStore, tinyWsdl, type TinyStore } from '../../support/tiny-store';
import { wireFile } from '../../support/wire';

const recorded = { v1: 'wsdl-v1.xml', v2: 'wsdl-v2.xml', wsi: 'wsdl-v2-wsi.xml' } as const;

for (const [dialect, operations] of [
  ['v1', 8],
  ['v2', 151],
  ['wsi', 150],
] as const) {
  test(`the recorded ${dialect} WSDL becomes a description with all its operations and types`, async () => {
    const description = await describeService(Buffer.from(wireFile(recorded[dialect])));
    assert.deepEqual(
      [description.dialect, description.namespace, Object.keys(description.operations).length],
      [dialect, 'urn:Maho', operations],
    );
    assert.deepEqual(serviceDescription.parse(JSON.parse(JSON.stringify(description))), description, 'it survives being kept as JSON');
    const named = new Set(['string', 'int', 'boolean', 'double', 'any', ...Object.keys(description.types)]);
    const used = [
      ...Object.values(description.operations).flatMap(({ args, result }) =>
        [...args, ...(result === undefined ? [] : [result])].map(({ type }) => type),
      ),
      ...Object.values(description.types).flatMap((type) =>
        type.kind === 'list' ? [type.of] : type.fields.map(({ type: inner }) => inner),
      ),
    ];
    assert.deepEqual(
      used.filter((type) => !named.has(type)),
      [],
    );
    const { missing, fields } = beyondCatalogue(description);
    assert.deepEqual([missing, fields], [[], {}], 'the catalogue knows every customer method and field of this store');
  });
}

test('what only this store has is found: operations, fields, missing methods', async () => {
  const wsdl = wireFile(recorded.v2)
    .replace(/(<complexType name="customerCustomerEntity">\s*<all>)/, '$1<element name="loyalty_points" type="xsd:int" minOccurs="0"/>')
    .replaceAll('customerAddressDelete', 'customerAddressDestroy');
  const { operations, fields, missing } = beyondCatalogue(await describeService(Buffer.from(wsdl)));
  assert.deepEqual(fields, { customerCustomerEntity: ['loyalty_points'] });
  assert.deepEqual(missing, ['customer_address.delete']);
  assert.ok(
    operations.includes('catalogProductInfo') &&
      operations.includes('customerAddressDestroy') &&
      !operations.includes('customerCustomerList'),
  );
});

test('the demo store’s own WSDLs can be described', async (t) => {
  const demo = await startDemoStore({ product: 'maho@25', customers: 1 });
  t.after(() => demo.close());
  for (const dialect of soapDialects) {
    const client = new StoreClient({ name: 'Demo', url: demo.urls[dialect], user: '' }, { key: () => Promise.resolve('') });
    t.after(() => client.close());
    const description = await client.service();
    assert.equal(description.dialect, dialect);
    assert.deepEqual(beyondCatalogue(description).missing, []);
  }
});

test('imports of a WSDL are not fetched', async (t) => {
  let fetched = 0;
  const trap = await serve(t, (_, response) => {
    fetched++;
    response.end('<schema/>');
  });
  const imports = [
    `${trap.url}/schema.xsd`,
    'file:///etc/passwd',
    '/etc/passwd',
    '../secret.xsd',
    'http://schemas.xmlsoap.org/soap/encoding/',
  ].map((location) => `<import namespace="n" schemaLocation="${location}"/><include schemaLocation="${location}"/>`);
  const wsdl = tinyWsdl('v2', 'x').replace(
    '<binding',
    `<import namespace="m" location="${trap.url}/other.wsdl"/><types><schema ` +
      `xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:Maho">${imports.join('')}</schema></types><binding`,
  );
  try {
    await describeService(Buffer.from(wsdl));
  } catch (error) {
    assert.ok(error instanceof ToolkitError, String(error));
  }
  assert.equal(fetched, 0);
});

test('a document that is not a WSDL, or a broken one, is an error that says so', async () => {
  for (const text of [
    '',
    'hello',
    '<html/>',
    '<?xml version="1.0"?><definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>',
    tinyWsdl('v2', 'x').slice(0, 250),
    '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + tinyWsdl('v2', '&e;'),
    '/etc/passwd',
  ]) {
    await assert.rejects(
      describeService(Buffer.from(text)),
      (error) => error instanceof ToolkitError && error.kind === 'decode',
      text.slice(0, 40),
    );
  }
});

function clientOf(t: TestContext, store: TinyStore, descriptions?: DescriptionCache): StoreClient {
  const client = new StoreClient(
    { name: 'Tiny', url: `${store.url}/api/v2_soap/`, user: 'api' },
    { key: () => Promise.resolve('key'), ...(descriptions === undefined ? {} : { descriptions }) },
  );
  t.after(() => client.close());
  return client;
}

for (const dialect of ['v2', 'wsi'] as const) {
  test(`a method that only the store knows is called over ${dialect} with the types of its WSDL`, async (t) => {
    const store = await tinyStore(
      t,
      dialect,
      () => undefined,
      (here) => wireFile(recorded[here]),
    );
    const client = clientOf(t, store);
    await client.call('catalog_product.info', { productId: 'sku-1', attributes: { attributes: ['name'] } });
    await client.call('catalogCategoryTree', dialect === 'v2' ? ['2'] : { parentId: '2' });
    const [info, tree] = store.requests.filter(({ method }) => method.startsWith('catalog'));
    assert.deepEqual(
      [info?.method, info?.args['productId'], tree?.method, tree?.args['parentId']],
      ['catalogProductInfo', 'sku-1', 'catalogCategoryTree', '2'],
    );
    await assert.rejects(client.call('catalog_product.nope', {}), { code: 'method-unknown' });
    await assert.rejects(client.call('catalogProductInfo', { nope: 1 }), { code: 'argument-unknown' });
  });
}

test('an untyped answer gets the types of the description, also inside types that hold themselves', () => {
  const description: ServiceDescription = {
    hash: '',
    dialect: 'wsi',
    namespace: 'urn:Maho',
    operations: { tree: { args: [{ name: 'sessionId', type: 'string' }], result: { name: 'result', type: 'node' } } },
    types: {
      node: {
        kind: 'entity',
        fields: [
          { name: 'id', type: 'int' },
          { name: 'active', type: 'boolean', optional: true },
          { name: 'weight', type: 'double' },
          { name: 'children', type: 'nodes' },
        ],
      },
      nodes: { kind: 'list', of: 'node' },
    },
    warnings: [],
  };
  const type = describedMethod(description, 'tree', 'read')?.result.type;
  assert.ok(type !== undefined);
  const untyped: SoapValue = {
    id: '1',
    active: 'true',
    weight: '1.5',
    name: '007',
    children: [
      { id: '2', children: '' },
      { id: 'x', children: [] },
    ],
  };
  assert.deepEqual(typedBy(untyped, type), {
    id: 1,
    active: true,
    weight: 1.5,
    name: '007',
    children: [
      { id: 2, children: [] },
      { id: 'x', children: [] },
    ],
  });
});

test('a description is kept by the hash of its WSDL, and what was kept wrongly is read anew', async (t) => {
  const store = await tinyStore(t, 'v2', () => undefined);
  const kept = new Map<string, unknown>();
  let reads = 0;
  const cache: DescriptionCache = {
    read: (hash) => {
      reads++;
      return Promise.resolve(kept.get(hash));
    },
    write: (hash, description) => Promise.resolve(void kept.set(hash, JSON.parse(JSON.stringify(description)))),
  };
  const first = await clientOf(t, store, cache).service();
  assert.equal(await wsdlHash(Buffer.from(tinyWsdl('v2', `${store.url}/api/v2_soap/`))), first.hash);
  kept.set(first.hash, { ...first, namespace: 'urn:kept' });
  const client = clientOf(t, store, cache);
  assert.equal((await client.service()).namespace, 'urn:kept');
  await client.service();
  assert.equal(reads, 2, 'once per client');
  kept.set(first.hash, { rubbish: true });
  assert.equal((await clientOf(t, store, cache).service()).namespace, 'urn:Maho');
});

test('what a WSDL says is available although the cache cannot be written', async (t) => {
  const store = await tinyStore(
    t,
    'v2',
    () => undefined,
    (here) => wireFile(recorded[here]),
  );
  const client = clientOf(t, store, {
    read: () => Promise.resolve(undefined),
    write: () => Promise.reject(Object.assign(new Error('permission denied'), { code: 'EACCES' })),
  });
  assert.ok(Object.hasOwn((await client.service()).operations, 'customerCustomerList'));
});
