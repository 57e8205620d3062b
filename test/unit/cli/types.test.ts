import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { catalogueModel, generateTypes } from '../../../src/codegen';
import { startDemoStore } from '../../../src/demo';
import { runCli, type Ran } from '../../support/cli';

const types = async (...args: readonly string[]): Promise<Ran> => await runCli(['types', ...args]);

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'maho-soap-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

test('types creates a folder, writes both files into it, and says so', async (t) => {
  const out = join(folder(t), 'src', 'types');
  const ran = await types('--out', out);
  assert.deepEqual(ran, { code: 0, out: `${join(out, 'maho-soap.d.ts')}\n${join(out, 'MahoSoap.php')}\n`, err: '' });
  assert.equal(readFileSync(join(out, 'maho-soap.d.ts'), 'utf8'), generateTypes('typescript', catalogueModel()));
  assert.match(readFileSync(join(out, 'MahoSoap.php'), 'utf8'), /^<\?php\n/);
});

test('types asks before it replaces a file: neither file is written when one of them differs', async (t) => {
  const out = folder(t);
  writeFileSync(join(out, 'MahoSoap.php'), '<?php // mine');
  const refused = await types('--out', out);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /MahoSoap\.php already exists[^]*--force/);
  assert.equal(readFileSync(join(out, 'MahoSoap.php'), 'utf8'), '<?php // mine');
  assert.throws(() => readFileSync(join(out, 'maho-soap.d.ts')), /ENOENT/);
  assert.equal((await types('--out', out, '--force')).code, 0);
  assert.match(readFileSync(join(out, 'MahoSoap.php'), 'utf8'), /namespace MahoSoap/);
  assert.match((await types('--out', out)).out, /maho-soap\.d\.ts \(unchanged\)\n.*MahoSoap\.php \(unchanged\)\n$/);
});

test('types prints one language to standard output', async () => {
  const { code, out } = await types('--language', 'typescript', '--out', '-');
  assert.equal(code, 0);
  assert.equal(out, generateTypes('typescript', catalogueModel()));
});

test('types reads the WSDL of a store without a key, in each dialect', async (t) => {
  const demo = await startDemoStore({ product: 'maho@25', customers: 1 });
  t.after(() => demo.close());
  for (const [dialect, url] of Object.entries(demo.urls)) {
    const { code, out, err } = await types('--language', 'typescript', '--out', '-', '--url', url);
    assert.deepEqual([code, err], [0, ''], dialect);
    assert.ok(out.startsWith(`// Types of the SOAP customer API, from ${url}`), out.slice(0, 120));
    assert.match(out, /export interface CustomerCustomerEntity \{/);
  }
});

test('types reports invalid options and a folder that cannot be written', async (t) => {
  const out = folder(t);
  writeFileSync(join(out, 'file'), '');
  for (const args of [['here'], ['--language', 'ruby'], ['--out', '-'], ['--out', join(out, 'file')], ['--url', 'http://127.0.0.1:1']]) {
    const { code, err } = await types(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, /What to do:/, args.join(' '));
    assert.doesNotMatch(err, /bug in the toolkit|undefined/);
  }
});

test('types writes only the methods of --only, by pattern, resource and operation', async (t) => {
  const demo = await startDemoStore({ customers: 1 });
  t.after(() => demo.close());
  const only = async (names: string, url: string): Promise<string> => {
    const { code, out, err } = await types('--language', 'typescript', '--out', '-', '--url', url, '--only', names);
    assert.deepEqual([code, err], [0, ''], names);
    return out;
  };
  for (const [dialect, url] of Object.entries(demo.urls)) {
    const sales = await only('catalog_*, sales_order', url);
    for (const part of [
      "'catalog_product.list'",
      "'sales_order.info'",
      'salesOrderList: {',
      'interface SalesOrderEntity',
      'type FiltersV1',
    ])
      assert.ok(sales.includes(part), `${part} over ${dialect}`);
    assert.doesNotMatch(sales, /'customer\.list'|directory_country|CustomerAttribute/);
  }
  const mixed = await only('customerCustomerInfo,directory_*.list', demo.urls.v2);
  assert.match(mixed, /'customer\.info': \{ args: \[customerId: number/);
  assert.match(mixed, /'directory_region\.list'/);
  assert.doesNotMatch(mixed, /'customer\.list'/);
  assert.match(await only('*', demo.urls.v2), /'customer_address\.create'[^]*'catalog_product\.list'/);
});

test('types writes the methods of a product without a store', async () => {
  const { code, out } = await types('--language', 'php', '--out', '-', '--product', 'openmage', '--only', 'cart*');
  assert.equal(code, 0);
  assert.match(out, /shoppingCartProductAdd/);
  assert.doesNotMatch(out, /salesOrderList/);
});

test('types reports invalid values of --only and --product', async () => {
  for (const [args, told] of [
    [['--only', 'sales_*'], /--store, --url or --product/],
    [['--only', ' , ', '--product', 'maho'], /--only is empty/],
    [['--only', 'no_such_*', '--product', 'maho'], /No method matches no_such_\*/],
    [['--product', 'shopware'], /"shopware"/],
    [['--product', 'maho', '--url', 'https://shop.example.com'], /cannot be used together/],
  ] as const) {
    const { code, err } = await types(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, told);
  }
});
