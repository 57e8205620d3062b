import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { productMethods } from '../../../src/api/store-methods/products';
import { describedRegistry } from '../../../src/api/store-methods/registry';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { completionsAt, diagnose, findCalls, hoverAt, mayHoldCalls, requestOf, type CodeLanguage } from '../../../src/codegen';

const registry = describedRegistry(await productMethods('maho'), { dialect: 'v2', owner: 'Shop', complete: false, anyName: true });

function php(line: string): string {
  return (
    `<?php\n$client = new SoapClient('https://shop.example.com/api/v2_soap?wsdl');\n$session = ` +
    `$client->login('user', $key);\n${line}\n`
  );
}

function ts(line: string): string {
  return `import { createClientAsync } from 'soap';\nconst client = await createClientAsync(wsdl);\n${line}\n`;
}

function words(marked: string, language: CodeLanguage): readonly string[] {
  const offset = marked.indexOf('|');
  return completionsAt(marked.replace('|', ''), offset, language, registry)?.words.map(({ name }) => name) ?? [];
}

function said(text: string, language: CodeLanguage): readonly string[] {
  return diagnose(text, language, undefined, registry).map(({ code, message }) => `${code}: ${message}`);
}

suite('completion of described methods', () => {
  test('paths and operations, those of the catalogue first', () => {
    const paths = words(php(`$client->call($session, 'cata|');`), 'php');
    assert.equal(paths[0], 'customer.list');
    assert.ok(paths.includes('catalog_product.list') && paths.includes('cart_coupon.add'));
    const operations = words(php('$client->salesOr|'), 'php');
    assert.ok(operations.includes('salesOrderInfo') && operations.includes('storeList'));
    assert.equal(new Set(operations).size, operations.length);
  });

  test('arguments, nested fields and attributes of filters', () => {
    const nested = php(`$client->catalogProductCreate($session, 'simple', 4, 'sku', ['stock_data' => ['is|']]);`);
    assert.ok(words(nested, 'php').includes('is_in_stock'));
    const v1 = php(`$client->call($session, 'sales_order.list', [['incre|']]);`);
    assert.ok(words(v1, 'php').includes('increment_id'));
    assert.deepEqual(words(ts('await client.catalogProductInfoAsync({ sessionId, | });'), 'typescript').slice(0, 2), []);
    assert.deepEqual(words(ts("await client.catalogProductInfoAsync({ sessionId, '|' });"), 'typescript').slice(0, 2), [
      'productId',
      'storeView',
    ]);
    const list = ts("await client.shoppingCartProductAddAsync({ sessionId, quoteId: 1, products: { item: [{ 'q|' }] } });");
    assert.ok(words(list, 'typescript').includes('qty'));
  });

  test('names of WS-I if the call is in the form of WS-I', () => {
    assert.deepEqual(words(php(`$client->catalogProductList(['sessionId' => $session, '|' => '']);`), 'php'), ['filters', 'store']);
  });
});

suite('errors of code according to the description', () => {
  test('a misspelled method, a field that is dropped, a value of another type', () => {
    assert.deepEqual(said(php(`$client->catalogProductLst($session, ['filter' => []]);`), 'php'), [
      'method-unknown: Shop has no method "catalogProductLst". Did you mean "catalogProductList"?',
    ]);
    assert.deepEqual(said(php(`$client->catalogProductUpdate($session, '1', ['nam' => 'A', 'website_ids' => 3]);`), 'php'), [
      'field-unknown: catalogProductCreateEntity has no field "nam". Did you mean "name"?',
      'argument-type: website_ids is a list, not "3".',
    ]);
    assert.deepEqual(said(php(`$client->catalogProductInfo(['sessionId' => $session, 'productId' => '1', 'storeVew' => '1']);`), 'php'), [
      'argument-unknown: catalog_product.info has no argument "storeVew". It takes productId, store, attributes, identifierType.',
    ]);
  });

  test('a method that another store may have is reported as information', () => {
    const [found, ...more] = diagnose(php(`$client->catalogProductXyzzyFeedbackNow($session, '1');`), 'php', undefined, registry);
    assert.deepEqual([found?.severity, found?.code, more], ['information', 'code-method', []]);
    assert.match(found?.message ?? '', /^Shop has no method/);
  });

  test('nothing is reported about correct code, unknown values, and calls of other APIs', () => {
    for (const [text, language] of [
      [php(`$client->catalogProductUpdate($session, $id, $data);`), 'php'],
      [php(`$client->catalogProductUpdate($session, '1', [$name => 'A', 'name' => $client->other()]);`), 'php'],
      [php(`$client->call($session, 'catalog_product.update', ['1', ['acme_colour' => 'red']]);`), 'php'],
      [php(`$client->call($session, 'product.info', '1');`), 'php'],
      [php(`$client->call($session, 'cart.create');`), 'php'],
      [php(`$client->salesOrderInfo($session, '100000001');`), 'php'],
      [ts("await client.catalogProductInfoAsync({ sessionId, productId: '1', storeView: '1' });"), 'typescript'],
      [ts("await client.catalogProductInfoAsync({ sessionId, productId: '1', store: '1' });"), 'typescript'],
      [`import { api } from './api';\nconst products = await api.catalogProductList({ page: 1 });\napi.storeList(2);\n`, 'typescript'],
      [`<?php\n$this->storeList($x);\n$cart->shoppingCartInfo();\n$q = "select * from sales_order.x";\n`, 'php'],
      [php('$client->salesOrderManagementV1Cancel($x);'), 'php'],
    ] as const)
      assert.deepEqual(said(text, language), [], text);
  });
});

test('a call of a described method can be run and saved', () => {
  const [call] = findCalls(php(`$client->catalogProductInfo($session, '1', 'de');`), 'php', registry);
  assert.ok(call !== undefined);
  assert.deepEqual(requestOf(call), { method: 'catalog_product.info', args: { productId: '1', storeView: 'de' }, dialect: 'v2' });
});

test('hovers show the description, and text of a store is never markup', () => {
  const text = php(`$client->catalogProductInfo($session, '1');`);
  const markdown = hoverAt(text, text.indexOf('catalogProductInfo') + 3, 'php', registry)?.markdown ?? '';
  assert.match(markdown, /^\*\*catalogProductInfo\*\*/);
  assert.match(markdown, /- productId: a text, required/);
  const hostile = new StoreMethods({
    version: 1,
    namespace: 'urn:Maho',
    from: ['v2'],
    resources: [
      { name: 'acme_evil', methods: [{ name: 'list', operation: 'acmeEvilList', title: '[x](command:evil)', args: 'a:string' }] },
    ],
    types: {},
  });
  const code = php(`$client->acmeEvilList($session, '1');`);
  const evil = describedRegistry(hostile, { dialect: 'v2', complete: true, anyName: true });
  assert.match(hoverAt(code, code.indexOf('acmeEvil') + 2, 'php', evil)?.markdown ?? '', /\\\[x\\\]\\\(command/);
});

test('files with calls of any product pass the gate, and others do not', () => {
  for (const text of ['$c->catalogProductList($s)', "$c->call($s, 'sales_order.info', '1')", 'client.shoppingCartCreateAsync({})'])
    assert.ok(mayHoldCalls(text), text);
  for (const text of ['const product = catalog.list()', 'order.list', 'cart.add(1)', 'storeList()', 'select * from sales_order where 1'])
    assert.ok(!mayHoldCalls(text), text);
});
