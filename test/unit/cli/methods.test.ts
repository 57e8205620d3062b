import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startDemoStore } from '../../../src/demo';
import { runCli, type Ran } from '../../support/cli';

async function methods(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  return await runCli(['methods', ...args], { env });
}

async function shop(t: TestContext): Promise<{ readonly url: string; readonly user: string; readonly key: string }> {
  const demo = await startDemoStore({ customers: 2 });
  t.after(() => demo.close());
  const [admin] = demo.users;
  assert.ok(admin !== undefined);
  return { url: demo.urls.v2, user: admin.user, key: admin.key };
}

test('methods lists the methods of a store in columns, with the rights of the user', async (t) => {
  const { url, user, key } = await shop(t);
  const { code, out, err } = await methods(['catalog_product', '--url', url, '--user', user], { MAHO_SOAP_KEY: key });
  assert.deepEqual([code, err], [0, '']);
  assert.deepEqual(out.split('\n'), [
    '+ catalog_product.list  catalogProductList  (filters: filters, storeView/store: string?)',
    '+ catalog_product.info  catalogProductInfo  (productId: string, storeView/store: string?, attributes: ' +
      'catalogProductRequestAttributes?, identifierType: string?)',
    '',
  ]);
});

test('methods without a user reads only the WSDL, and prints no rights', async (t) => {
  const { url } = await shop(t);
  const { code, out } = await methods(['sales_order.*', '--url', url]);
  assert.equal(code, 0);
  assert.match(out, /^ {2}sales_order\.list +salesOrderList +\(filters: filters\)$/m);
  assert.doesNotMatch(out, /^[+-]/m);
});

test('methods as JSON', async (t) => {
  const { url, user, key } = await shop(t);
  const { code, out } = await methods(['salesOrderInfo', '--url', url, '--user', user, '--json'], { MAHO_SOAP_KEY: key });
  assert.equal(code, 0);
  const [found, ...more] = JSON.parse(out) as readonly Record<string, unknown>[];
  assert.deepEqual(more, []);
  assert.deepEqual(
    { ...found, title: undefined, aliases: undefined },
    {
      path: 'sales_order.info',
      operation: 'salesOrderInfo',
      resource: 'sales_order',
      title: undefined,
      aliases: undefined,
      callable: true,
      dialects: ['v1', 'v2'],
      access: 'read',
      args: [{ name: 'orderIncrementId', v2: 'orderIncrementId', wsi: 'orderIncrementId', type: 'string', optional: false }],
      result: 'salesOrderEntity',
    },
  );
});

test('methods of a product, by words and patterns, without a store', async () => {
  const stock = await methods(['stock', '--product', 'openmage']);
  assert.equal(stock.code, 0);
  assert.match(stock.out, /cataloginventory_stock_item\.update/);
  const nothing = await methods(['no_such_*', '--product', 'maho']);
  assert.deepEqual(nothing, { code: 1, out: '', err: '' });
});

test('methods prints the methods that only the store or only a product has', async (t) => {
  const { url } = await shop(t);
  const { code, out } = await methods(['--url', url, '--versus', 'openmage']);
  assert.equal(code, 0);
  assert.match(out, /^Only in this store: \d+\n/);
  assert.match(out, /^Only in openmage: \d+$/m);
  assert.match(out, /shoppingCartCreate/);
  const { out: json } = await methods(['--product', 'maho', '--versus', 'openmage', '--json']);
  const { onlyStore, onlyopenmage } = JSON.parse(json) as { onlyStore: readonly { path: string }[]; onlyopenmage: readonly unknown[] };
  assert.ok(onlyStore.some(({ path }) => path.startsWith('blog_post.')));
  assert.ok(Array.isArray(onlyopenmage));
});

test('methods reports invalid options', async () => {
  for (const args of [
    ['a', 'b', '--product', 'maho'],
    ['--product', 'shopware'],
    ['--product', 'maho', '--url', 'https://shop.example.com'],
    [],
  ]) {
    const { code, err } = await methods(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, /What to do:/, args.join(' '));
  }
});
