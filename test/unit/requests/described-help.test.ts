import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Dialect } from '../../../src/api/dialect';
import { productMethods } from '../../../src/api/store-methods/products';
import { describedRegistry } from '../../../src/api/store-methods/registry';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { applyTextFix, describedHover, describedWords, lint, Linter, parseRequestFile, type RegistryFor } from '../../../src/requests';

const maho = await productMethods('maho');
const registry: RegistryFor = (dialect: Dialect = 'v2') => describedRegistry(maho, { dialect, complete: true, anyName: true });

/** A text with the cursor at `|`. */
function at(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|');
  return { text: marked.replace('|', ''), offset };
}

function file(request: string, more = ''): string {
  return (
    `{ ${more}"requests": [\n  { "name": "First", "method": "customer.info", "args": { "customerId": 1 } },\n  ` +
    `${request},\n  { "name": "Last", "method": "customer_group.list" }\n] }`
  );
}

function labels(marked: string): readonly string[] {
  const { text, offset } = at(marked);
  return describedWords(parseRequestFile(text), offset, registry)?.words.map(({ label }) => label) ?? [];
}

/** The text after a completion was chosen. */
function chosen(marked: string, label: string): string {
  const { text, offset } = at(marked);
  const found = describedWords(parseRequestFile(text), offset, registry);
  const word = found?.words.find((each) => each.label === label);
  assert.ok(found !== undefined && word !== undefined, `${label} is offered`);
  return text.slice(0, found.range.offset) + word.text + text.slice(found.range.offset + found.range.length);
}

function codes(text: string): readonly string[] {
  return lint(parseRequestFile(text), { dialect: 'v2', registry, describing: true }).map(({ code, message }) => `${code}: ${message}`);
}

suite('completion of methods outside the catalogue', () => {
  test('methods by path and by operation, without those of the catalogue', () => {
    const words = labels(file('{ "name": "A", "method": "|" }'));
    assert.ok(words.includes('catalog_product.list') && words.includes('catalogProductList') && words.includes('cart_product.add'));
    assert.ok(!words.includes('customer.list') && !words.includes('customerCustomerList'));
    assert.equal(new Set(words).size, words.length);
    assert.match(chosen(file('{ "name": "A", "method": "cata|" }'), 'catalog_product.info'), /"method": "catalog_product\.info" }/);
    assert.match(chosen(file('{ "name": "A", "method": "cata| }'), 'catalog_product.info'), /"method": "catalog_product\.info"/);
  });

  test('arguments with an initial value, without those that are already present', () => {
    const text = file('{ "name": "A", "method": "catalog_product.info", "args": { "|" } }');
    assert.deepEqual(labels(text), ['productId', 'storeView', 'attributes', 'identifierType']);
    assert.match(chosen(text, 'productId'), /"args": { "productId": "" }/);
    assert.deepEqual(
      labels(file('{ "name": "A", "method": "catalog_product.info", "args": { "productId": "1", "|" } }')).includes('productId'),
      false,
    );
    // A key that already has a colon is only renamed. A key before another key gets a comma.
    assert.match(
      chosen(file('{ "name": "A", "method": "catalog_product.info", "args": { "prod|": "7" } }'), 'productId'),
      /"productId": "7" }/,
    );
    assert.match(
      chosen(file('{ "name": "A", "method": "catalog_product.info", "args": { "|" "storeView": "1" } }'), 'productId'),
      /"productId": "", "storeView"/,
    );
  });

  test('nested fields of entities and of items of lists, at any depth', () => {
    const product = '{ "name": "A", "method": "catalog_product.create", "args": { "type": "simple", "productData": { "|" } } }';
    assert.ok(labels(file(product)).includes('short_description'));
    const deep =
      '{ "name": "A", "method": "catalog_product.create", "args": { "productData": { "additional_attributes": { ' +
      '"single_data": [ { "k|" } ] } } } }';
    assert.deepEqual(labels(file(deep)), ['key', 'value']);
    assert.deepEqual(
      labels(file('{ "name": "A", "method": "shoppingCartProductAdd", "args": [ 1, [ { "|" } ] ] }')).slice(0, 2),
      ['product_id', 'sku'],
      'arguments in order',
    );
  });

  test('attributes and operators of filters', () => {
    assert.ok(labels(file('{ "name": "A", "method": "sales_order.list", "args": { "filters": { "|" } } }')).includes('increment_id'));
    assert.ok(
      labels(file('{ "name": "A", "method": "order.list", "args": { "filters": { "status": { "|" } } } }')).includes('nin'),
      'by another name of the method',
    );
  });

  test('V2’s own form of filters: its elements, attributes and operators as values', () => {
    const list = (filters: string): string => file(`{ "name": "A", "method": "sales_order.list", "args": { "filters": ${filters} } }`);
    assert.deepEqual(labels(list('{ "|" }')).slice(-2), ['filter', 'complex_filter']);
    assert.match(
      chosen(list('{ "|" }'), 'complex_filter'),
      /"filters": { "complex_filter": \[\{ "key": "", "value": \{ "key": "", "value": "" \} \}\] }/,
    );
    for (const element of ['filter', 'complex_filter']) {
      assert.deepEqual(labels(list(`{ "${element}": [ { "|" } ] }`)), ['key', 'value']);
      const names = labels(list(`{ "${element}": [ { "key": "|" } ] }`));
      assert.ok(names.includes('increment_id') && names.includes('status') && !names.includes('filter'), String(names));
    }
    assert.deepEqual(labels(list('{ "filter": [ { "key": "status", "value": "|" } ] }')), [], 'what a shop has is not known');
    assert.ok(labels(list('{ "complex_filter": { "complexObjectArray": [ { "key": "|" } ] } }')).includes('status'));
    assert.deepEqual(labels(list('{ "complex_filter": [ { "key": "status", "value": { "|" } } ] }')), ['key', 'value']);
    assert.ok(labels(list('{ "complex_filter": [ { "key": "status", "value": { "key": "|" } } ] }')).includes('gteq'));
    assert.match(chosen(list('{ "complex_filter": [ { "key": "sta|" } ] }'), 'status'), /"complex_filter": \[ \{ "key": "status" \} \]/);
  });

  test('fields of an expected response, also inside matchers', () => {
    const orders = (result: string): readonly string[] =>
      labels(file(`{ "name": "A", "method": "sales_order.list", "expect": { "result": ${result} } }`));
    for (const result of ['[ { "|" } ]', '{ "$contains": { "|" } }', '{ "$each": { "$partial": { "|" } } }', '{ "$partial": [ { "|" } ] }'])
      assert.ok(orders(result).includes('increment_id'), result);
    assert.deepEqual(orders('{ "|" }'), [], 'a list has no fields');
    const info = (result: string, key = 'expect'): readonly string[] =>
      labels(file(`{ "name": "A", "method": "sales_order.info", "args": ["1"], "${key}": { "result": ${result} } }`));
    assert.ok(info('{ "$partial": { "shipping_address": { "$partial": { "|" } } } }').includes('postcode'));
    assert.ok(info('{ "$oneOf": [ { "$not": { "|" } } ] }').includes('status'));
    assert.ok(info('{ "$partial": { "|" } }', 'until').includes('status'));
    const text = file('{ "name": "A", "method": "sales_order.info", "args": ["1"], "expect": { "result": { "$partial": { "|" } } } }');
    assert.match(chosen(text, 'items'), /"items": \[\]/);
    assert.match(chosen(text, 'shipping_address'), /"shipping_address": { "\$partial": {} }/);
  });

  test('calls within multiCall', () => {
    assert.ok(labels(file('{ "name": "A", "method": "multiCall", "args": { "calls": [ ["|"] ] } }')).includes('sales_order.info'));
    assert.deepEqual(
      labels(file('{ "name": "A", "method": "multiCall", "args": { "calls": [ { "method": "sales_order.info", "args": { "|" } } ] } }')),
      ['orderIncrementId'],
    );
  });

  test('names of the dialect of the request', () => {
    const over = (dialect: string): readonly string[] =>
      labels(file(`{ "name": "A", "dialect": "${dialect}", "method": "catalog_product.list", "args": { "|" } }`));
    assert.deepEqual(over('v2'), ['filters', 'storeView']);
    assert.deepEqual(over('wsi'), ['filters', 'store']);
  });

  test('nothing if the schema completes it, if nothing is described, and outside of requests', () => {
    for (const text of [
      file('{ "name": "A", "method": "customer.create", "args": { "|" } }'),
      file('{ "name": "A", "method": "catalog_product.list", "expect": { "|" } }'),
      file('{ "name": "A", "method": "catalog_product.list", "expect": { "fault": { "|" } } }'),
      file('{ "name": "A", "method": "no.such", "args": { "|" } }'),
      '{ "|" }',
    ])
      assert.deepEqual(labels(text), [], text);
    const { text, offset } = at(file('{ "name": "A", "method": "|" }'));
    assert.equal(
      describedWords(parseRequestFile(text), offset, () => undefined),
      undefined,
    );
  });
});

suite('hovers', () => {
  function hover(marked: string): string | undefined {
    const { text, offset } = at(marked);
    return describedHover(parseRequestFile(text), offset, registry)?.markdown;
  }

  test('of methods, arguments and fields', () => {
    assert.match(
      hover(file('{ "name": "A", "method": "catalog_product.|info" }')) ?? '',
      /catalogProductInfo in V2 and WS-I[^]*productId: text/,
    );
    assert.match(
      hover(file('{ "name": "A", "method": "catalog_product.create", "args": { "productD|ata": {} } }')) ?? '',
      /catalogProductCreateEntity/,
    );
    assert.equal(hover(file('{ "name": "A", "method": "customer.|list" }')), undefined);
  });

  test('text of a store is never markup', () => {
    const hostile = new StoreMethods({
      version: 1,
      namespace: 'urn:Maho',
      from: ['v2'],
      resources: [
        {
          name: 'evil',
          methods: [
            {
              name: 'list',
              operation: 'evilList',
              title: '[x](command:evil) ![](http://a/b)',
              description: '<img src=x>',
              args: 'a:string',
            },
          ],
        },
      ],
      types: {},
    });
    const { text, offset } = at(file('{ "name": "A", "method": "evil.|list" }'));
    const markdown = describedHover(parseRequestFile(text), offset, (dialect = 'v2') =>
      describedRegistry(hostile, { dialect, complete: true, anyName: true }),
    )?.markdown;
    assert.match(markdown ?? '', /\\\[x\\\]\\\(command\\:evil\\\)/);
    assert.doesNotMatch(markdown ?? '', /[^\\]</);
  });
});

suite('checks', () => {
  test('a method that the store does not have, with the likely one', () => {
    assert.deepEqual(codes(file('{ "name": "A", "method": "catalog_product.lst" }')), [
      'method-unknown: The store has no method "catalog_product.lst". Did you mean "catalog_product.list"?',
    ]);
    assert.deepEqual(codes(file('{ "name": "A", "method": "acme_warehouse.list" }')), [
      'method-unknown: The store has no method "acme_warehouse.list".',
    ]);
  });

  test('arguments, fields and types according to the description', () => {
    assert.deepEqual(codes(file('{ "name": "A", "method": "catalog_product.info", "args": { "prodctId": "1" } }')), [
      'argument-missing: catalog_product.info needs productId.',
      'argument-unknown: catalog_product.info has no argument "prodctId". It takes productId, storeView, attributes, identifierType.',
    ]);
    assert.deepEqual(
      codes(
        file(
          '{ "name": "A", "method": "catalog_product.create", "args": { "type": "simple", "set": 4, "sku": "a", ' +
            '"productData": { "nam": "B", "stock_data": { "qty": "1", "is_in_stock": "many" }, "website_ids": 3 } } }',
        ),
      ),
      [
        'field-unknown: catalogProductCreateEntity has no field "nam". Did you mean "name"?',
        'field-number: is_in_stock is a number, not "many".',
        'argument-type: website_ids is a list, not "3".',
      ],
    );
  });

  test("attributes and operators of filters, in both forms, with only a hint for a shop's own attributes", () => {
    const found = (filters: string, method = 'sales_order.list', dialect = 'v2'): readonly string[] =>
      lint(parseRequestFile(file(`{ "name": "A", "dialect": "${dialect}", "method": "${method}", "args": { "filters": ${filters} } }`)), {
        registry,
      }).map(({ code, severity, fixes }) => [code, severity, ...fixes.map(({ title }) => title)].join(' '));
    for (const form of [
      (attribute: string) => `{ "${attribute}": "1" }`,
      (attribute: string) => `{ "${attribute}": { "gteq": "1" } }`,
      (attribute: string) => `{ "filter": [ { "key": "${attribute}", "value": "1" } ] }`,
      (attribute: string) => `{ "complex_filter": [ { "key": "${attribute}", "value": { "key": "gteq", "value": "1" } } ] }`,
    ]) {
      assert.deepEqual(found(form('increment_id')), [], form('increment_id'));
      assert.deepEqual(found(form('incremnt_id')), ['filter-attribute warning Change to increment_id'], form('incremnt_id'));
      assert.deepEqual(found(form('acme_warehouse')), ['filter-attribute hint']);
      assert.deepEqual(found(form('page_size')), ['filter-paging error']);
    }
    assert.deepEqual(found('{ "visibility": "4" }', 'catalog_product.list'), [], 'an attribute that the list does not return');
    assert.deepEqual(found('{ "status": { "gte": "1" } }'), ['filter-operator error Change to gteq']);
    assert.deepEqual(found('{ "status": { "null": "1" } }'), [], 'where an attribute is kept is not known');
    assert.deepEqual(found('{ "complexFilter": [ { "key": "status" } ] }'), ['filter-element error Change to complex_filter']);
    assert.deepEqual(found('{ "filter": { "status": "1" } }'), ['filter-malformed error']);
    assert.deepEqual(found('{ "created_at": { "gteq": "2026-01-01", "lteq": "2026-02-01" } }'), [
      'filter-two-operators error Use from and to',
    ]);
  });

  test('misspelled fields of an expected response', () => {
    const found = (result: string, more = ''): readonly string[] =>
      codes(file(`{ "name": "A", ${more}"method": "sales_order.info", "args": ["1"], "expect": { "result": ${result} } }`));
    const wrong = ['expected-field-unknown: salesOrderEntity has no field "incremnt_id". Did you mean "increment_id"?'];
    assert.deepEqual(found('{ "$partial": { "incremnt_id": "1" } }'), wrong);
    assert.deepEqual(found('{ "incremnt_id": "1" }'), wrong);
    assert.deepEqual(found('{ "$oneOf": [ { "incremnt_id": "1" } ] }'), wrong);
    assert.deepEqual(found('{ "$partial": { "increment_id": "1", "acme_warehouse": 2, "__proto__": 1 } }'), []);
    assert.deepEqual(found('{ "$partial": { "incremnt_id": "1" } }', '"dialect": "v1", '), [], 'V1 returns more than is described');
    const text = file(
      '{ "name": "A", "method": "sales_order.list", "args": [ { "status": "new" } ], "expect": { "result": { "$each": ' +
        '{ "statu": "new" } } } }',
    );
    const [problem] = lint(parseRequestFile(text), { dialect: 'v2', registry });
    const [fix] = problem?.fixes ?? [];
    assert.ok(fix !== undefined);
    assert.match(applyTextFix(text, fix), /"\$each": { "status": "new" }/);
  });

  test('names of both dialects are valid, and placeholders match anything', () => {
    for (const request of [
      '{ "name": "A", "method": "catalog_product.list", "args": { "store": "1", "filters": { "sku": "a" } } }',
      '{ "name": "A", "method": "catalogProductList", "args": { "storeView": "1", "filters": "{{filters}}" } }',
      '{ "name": "A", "method": "catalog_product.create", "args": { "type": "{{type}}", "set": "{{set}}", "sku": "a", ' +
        '"productData": "{{data}}" } }',
      '{ "name": "A", "method": "sales_order.list", "args": [ { "status": "pending" } ] }',
      '{ "name": "A", "method": "order.info", "args": "100000001" }',
    ])
      assert.deepEqual(codes(file(request, '"variables": { "type": "", "set": 4, "data": {}, "filters": {} }, ')), [], request);
  });

  test('a list without conditions, with a window of IDs as the fix', () => {
    for (const args of ['', ', "args": {}', ', "args": { "filters": {} }', ', "args": []', ', "args": [[]]']) {
      const text = file(`{ "name": "A", "method": "sales_order.list"${args} }`);
      const found = lint(parseRequestFile(text), { dialect: 'v2', registry });
      assert.deepEqual(
        found.map(({ code }) => code),
        ['list-without-limit'],
        args,
      );
      for (const fix of found[0]?.fixes ?? []) assert.match(applyTextFix(text, fix), /"order_id": ?\{ ?"from": ?1, ?"to": ?1000/, args);
    }
    const products = lint(parseRequestFile(file('{ "name": "A", "method": "catalog_product.list", "args": { "filters": {} } }')), {
      registry,
    });
    assert.match(JSON.stringify(products), /product_id/);
    assert.deepEqual(codes(file('{ "name": "A", "method": "directory_country.list" }')), []);
  });

  test('over V1 every attribute of a filter is valid', () => {
    const request =
      '{ "name": "A", "dialect": "v1", "method": "catalog_product.update", "args": { "productId": 1, "productData": { ' +
      '"acme_colour": "red" } } }';
    assert.deepEqual(codes(file(request)), []);
  });

  test('a field is renamed at its place', () => {
    const text = file('{ "name": "A", "method": "catalog_product.update", "args": { "productId": "1", "productData": { "nam": "B" } } }');
    const [found] = lint(parseRequestFile(text), { dialect: 'v2', registry });
    const [fix] = found?.fixes ?? [];
    assert.ok(fix !== undefined);
    assert.match(applyTextFix(text, fix), /"productData": { "name": "B" }/);
  });

  test('without a description, the message says how to load one, and known methods have no message', () => {
    const text = file('{ "name": "A", "method": "catalog_product.list" }');
    const found = lint(parseRequestFile(text), { dialect: 'v2', describing: true });
    assert.deepEqual(
      found.map(({ code }) => code),
      ['method-undescribed'],
    );
    assert.match(found[0]?.why ?? '', /"product": "maho"/);
    assert.deepEqual(lint(parseRequestFile(text), { dialect: 'v2' }), [], 'where nobody could have read one');
    assert.deepEqual(lint(parseRequestFile(file('{ "name": "A", "method": "resources" }')), { dialect: 'v2', describing: true }), []);
  });

  test('a description of a product does not exclude other methods', () => {
    const text = file('{ "name": "A", "method": "acme_warehouse.list" }');
    const some: RegistryFor = (dialect = 'v2') =>
      describedRegistry(maho, { dialect, owner: 'A current Maho', complete: false, anyName: true });
    assert.deepEqual(lint(parseRequestFile(text), { dialect: 'v2', registry: some }), []);
  });

  test('an unchanged request is checked again when a description arrives', () => {
    const linter = new Linter();
    const read = parseRequestFile(file('{ "name": "A", "method": "catalog_product.info" }'));
    assert.deepEqual(linter.lint(read, { dialect: 'v2' }), []);
    assert.deepEqual(
      linter.lint(read, { dialect: 'v2', registry }).map(({ code }) => code),
      ['argument-missing'],
    );
  });
});

test('a file may name the product of its store', () => {
  assert.equal(parseRequestFile('{ "product": "openmage", "requests": [] }').product, 'openmage');
  const wrong = parseRequestFile(file('{ "name": "A", "method": "customer.list" }', '"product": "shopware", '));
  assert.equal(wrong.product, undefined);
  assert.deepEqual(
    wrong.problems.map(({ code }) => code),
    ['file-form'],
  );
});
