import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceOf } from '../../../src/api/store-methods/difference';
import { keptDescription, type KeptDescription } from '../../../src/api/store-methods/kept';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { describedMethod } from '../../../src/soap/wsdl/description';
import { describeMethods } from '../../../src/soap/wsdl/store-methods';
import { describedStores, recordedMethods, recordedService } from '../../support/store-methods';

const names = (methods: readonly { readonly id: string }[]): readonly string[] => methods.map(({ id }) => id);

for (const store of describedStores)
  test(`a description of ${store} survives being kept, and gives codecs what its WSDLs give them`, async () => {
    const kept = await recordedMethods(store);
    const text = JSON.stringify(kept);
    assert.ok(text.length < 100_000, `${text.length} characters`);
    const methods = StoreMethods.read(JSON.parse(text)) ?? assert.fail();
    assert.deepEqual(methods.description, kept);
    for (const dialect of ['v2', 'wsi'] as const) {
      const service = await recordedService(store, dialect);
      for (const method of methods.methods.filter(({ dialects }) => dialects.includes(dialect))) {
        const expected = describedMethod(service, method.operation ?? '', method.access) ?? assert.fail();
        const actual = methods.asMethod(method, dialect);
        assert.deepEqual(
          actual.args.map(({ name, type }) => ({ name, type })),
          expected.args.map(({ name, type }) => ({ name, type })),
        );
        assert.deepEqual([actual.operation, actual.result], [expected.operation, expected.result]);
      }
    }
  });

test('an argument has its place in V1 and a name over V2 and over WS-I, which may differ', async () => {
  const methods = new StoreMethods(await recordedMethods('maho@26.7'));
  const level = methods.find('catalog_category.level')?.args ?? assert.fail();
  assert.deepEqual(
    level.map(({ names: { v2, wsi }, optional }) => [v2, wsi, optional]),
    [
      ['website', 'website', true],
      ['storeView', 'store', true],
      ['parentCategory', 'categoryId', true],
    ],
  );
  const assigned = methods.find('catalog_category.assignedProducts')?.args ?? assert.fail();
  assert.deepEqual(
    assigned.map(({ names: { v2, wsi } }) => [v2, wsi]),
    [
      ['categoryId', 'categoryId'],
      [undefined, 'store'],
    ],
  );
  assert.equal(methods.find('catalog_product.listOfAdditionalAttributes')?.dialects.join(), 'v1,v2');
});

test('methods are found by aliases, words of the store, parts of names and patterns', async () => {
  const methods = new StoreMethods(await recordedMethods('maho@26.7'));
  assert.equal(methods.find('product.list')?.id, 'catalog_product.list');
  assert.equal(methods.find('toString'), undefined);
  assert.equal(methods.search('catalogProductList')[0]?.id, 'catalog_product.list');
  assert.deepEqual(names(methods.search('STOCK list')), ['cataloginventory_stock_item.list']);
  assert.deepEqual(names(methods.search('sales_order.*')).slice(0, 2), ['sales_order.list', 'sales_order.info']);
  assert.deepEqual(methods.search('*a*a*a*a*a*a*a*a*a*a*a*b'), []);
  assert.equal(methods.search('  ').length, methods.methods.length);
});

test('what another store or product does not have is told', async () => {
  const [maho, openmage] = [
    new StoreMethods(await recordedMethods('maho@26.7')),
    new StoreMethods(await recordedMethods('openmage@20.18')),
  ];
  const { onlyFirst, onlySecond, otherArguments } = differenceOf(maho, openmage);
  assert.deepEqual(names(onlyFirst), [
    'core_maho.info',
    ...['list', 'info', 'create', 'update', 'delete'].map((name) => `blog_post.${name}`),
  ]);
  assert.deepEqual([names(onlySecond), otherArguments], [['core_magento.info'], []]);
  assert.deepEqual(differenceOf(maho, maho), { onlyFirst: [], onlySecond: [], otherArguments: [] });
});

test('a user who may do less: methods that resources leaves out are there and cannot be called', async () => {
  const v2 = await recordedService('maho@26.7', 'v2');
  const methods = new StoreMethods(
    describeMethods({ v2, resources: [{ name: 'sales_order', title: 'Orders', methods: [{ name: 'list' }] }] }),
  );
  assert.equal(methods.find('sales_order.list')?.callable, true);
  assert.equal(methods.find('sales_order.info')?.callable, false);
  assert.equal(methods.find('cart.create')?.callable, false);
});

test("a module's own operations get the resource that resources lists, and stand by themselves where nobody knows it", () => {
  const service = (operations: Record<string, string>): Parameters<typeof describeMethods>[0]['v2'] => ({
    hash: '',
    dialect: 'v2',
    namespace: 'urn:Magento',
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, arg]) => [
        name,
        {
          args: [
            { name: 'sessionId', type: 'string' },
            { name: arg, type: 'int' },
          ],
        },
      ]),
    ),
    types: {},
    warnings: [],
  });
  const v2 = service({ acmeStockList: 'shelf', acmeStockMove: 'shelf', otherThingInfo: 'id' });
  const methods = new StoreMethods(describeMethods({ v2, resources: [{ name: 'acme_stock', methods: [{ name: 'list' }] }] }));
  assert.deepEqual(
    methods.methods.map(({ id, path, operation, callable }) => [id, path, operation, callable]),
    [
      ['acme_stock.list', 'acme_stock.list', 'acmeStockList', true],
      ['acme_stock.move', 'acme_stock.move', 'acmeStockMove', false],
      ['otherThingInfo', undefined, 'otherThingInfo', false],
    ],
  );
  assert.deepEqual(methods.find('otherThingInfo')?.dialects, ['v2']);
});

const hostile: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['another version', { version: 2, namespace: '', from: [], resources: [], types: {} }],
  ['a list', []],
  ['types that are no text', { version: 1, namespace: '', from: [], resources: [], types: { a: { b: 1 } } }],
  ['a text without end', { version: 1, namespace: '', from: [], resources: [{ name: 'a'.repeat(1e6), methods: [] }], types: {} }],
];

for (const [what, kept] of hostile)
  test(`a kept description that is ${what} is read from the store again`, () => assert.equal(StoreMethods.read(kept), undefined));

test('names that mean something to JavaScript, circles and endless lists in a kept description do no harm', () => {
  const types: Record<string, string> = { tree: 'children:trees? __proto__:string constructor:int', trees: '[tree]', endless: '[endless]' };
  for (let depth = 0; depth < 5000; depth++) types[`deep${depth}`] = `inner:deep${depth + 1}`;
  const text = JSON.stringify({
    version: 1,
    namespace: 'urn:Maho',
    from: ['v2'],
    resources: [
      {
        name: '__proto__',
        methods: [
          { name: 'constructor', operation: 'toString', args: 'a:tree b:endless? c:deep0* :: d e: /:x f:unknown' },
          { name: 'constructor', operation: 'valueOf' },
        ],
      },
    ],
    types,
  } satisfies KeptDescription);
  assert.ok(keptDescription.safeParse(JSON.parse(text)).success);
  const methods = StoreMethods.read(JSON.parse(text)) ?? assert.fail();
  const method = methods.find('toString') ?? assert.fail();
  assert.deepEqual(
    method.args?.map(({ name, type: { kind }, optional }) => [name, kind, optional]),
    [
      ['a', 'entity', false],
      ['b', 'list', true],
      ['c', 'entity', undefined],
      ['f', 'any', false],
    ],
  );
  assert.equal(methods.find('hasOwnProperty'), undefined);
});
