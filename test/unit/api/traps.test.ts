import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { dialects, soapDialects, type Dialect, type SoapDialect } from '../../../src/api/dialect';
import { applyFix, findTraps, traps, type ArgPath, type Finding, type StoreKnowledge, type TrapCall } from '../../../src/api/traps/index';
import { productMethods, productRequests } from '../../../src/api/store-methods/products';
import { describedRegistry } from '../../../src/api/store-methods/registry';
import type { SoapRecord, SoapValue } from '../../../src/api/value';

interface Case {
  readonly code: string;
  readonly method: string;
  readonly args?: SoapValue | undefined;
  readonly path: ArgPath;
  /** Dialects in which the request is a trap. Default: all. */
  readonly over?: readonly Dialect[];
  readonly knowledge?: StoreKnowledge;
  /** Arguments after the first fix. */
  readonly fixed?: SoapValue;
  /** Whether only a store's description has the method, and of which API: SOAP or REST. */
  readonly described?: boolean | 'rest';
}

const described = describedRegistry(await productMethods('maho'), { dialect: 'v2', complete: true, anyName: true });
const requests = describedRegistry(await productRequests(), { dialect: 'rest', complete: true, anyName: true });

const list = (code: string, filters: SoapValue, path: ArgPath, more: Partial<Case> = {}): Case => ({
  code,
  method: 'customer.list',
  args: { filters },
  path: ['filters', ...path],
  ...more,
  ...(more.fixed === undefined ? {} : { fixed: { filters: more.fixed } }),
});
const whole = { email: 'a@example.com', firstname: 'A', lastname: 'B', password: 'long enough', website_id: 1 };
const create = (code: string, data: Record<string, SoapValue>, path: ArgPath, more: Partial<Case> = {}): Case => ({
  code,
  method: 'customer.create',
  args: { customerData: { ...whole, ...data } },
  path: ['customerData', ...path],
  ...more,
  ...(more.fixed === undefined ? {} : { fixed: { customerData: more.fixed } }),
});
const update = (code: string, customerData: SoapValue, path: ArgPath, more: Partial<Case> = {}): Case => ({
  code,
  method: 'customer.update',
  args: { customerId: 1, customerData },
  path: ['customerData', ...path],
  ...more,
  ...(more.fixed === undefined ? {} : { fixed: { customerId: 1, customerData: more.fixed } }),
});
const address = { firstname: 'A', lastname: 'B', street: ['1 High St'], city: 'Bonn', telephone: '1', postcode: '53111', country_id: 'DE' };
const typed: readonly SoapDialect[] = ['v2', 'wsi'];
const v1: readonly SoapDialect[] = ['v1'];

/** For every trap, requests that contain it. */
const cases: readonly Case[] = [
  { code: 'method-path', method: 'customer', path: [] },
  { code: 'method-path', method: 'customerCustomerLst', path: [], over: v1 },
  { code: 'method-unknown', method: 'customerCustomerLst', path: [], over: typed },
  { code: 'method-unknown', method: 'customer.lst', args: [], path: [] },
  { code: 'method-v1-only', method: 'multiCall', args: { calls: [] }, path: [], over: typed },
  { code: 'method-wsi-broken', method: 'resources', path: [], over: ['wsi'] },
  { code: 'multicall-shape', method: 'multiCall', args: { calls: [7] }, path: ['calls', 0] },
  {
    code: 'call-no-arguments',
    method: 'call',
    args: { resourcePath: 'customer.list', args: [] },
    path: ['args'],
    fixed: { resourcePath: 'customer.list', args: [[]] },
  },
  { code: 'multicall-update', method: 'multiCall', args: { calls: [['customer.update', [1, { taxvat: '1' }]]] }, path: ['calls', 0] },
  {
    code: 'filter-two-operators',
    method: 'multiCall',
    args: { calls: [['customer.list', [{ customer_id: { gteq: 1, lteq: 2 } }]]] },
    path: ['calls', 0, 1, 0, 'customer_id', 'lteq'],
  },
  {
    code: 'update-password',
    method: 'multiCall',
    args: { calls: [{ method: 'customer.update', args: { customerId: 1, customerData: { password: 'secret12' } } }] },
    path: ['calls', 0, 'args', 'customerData', 'password'],
  },

  { code: 'argument-unknown', method: 'customer.info', args: { customer_id: 1 }, path: ['customer_id'], fixed: { customerId: 1 } },
  { code: 'argument-missing', method: 'customer.info', args: {}, path: [] },
  { code: 'arguments-too-many', method: 'customer.delete', args: [1, 2], path: [1] },
  { code: 'argument-type', method: 'customer.create', args: { customerData: 'Jane' }, path: ['customerData'] },
  { code: 'arguments-map', method: 'catalog_product.list', args: { filters: {} }, path: [], over: v1, fixed: [{}] },

  { code: 'id-impossible', method: 'customer.info', args: { customerId: 0 }, path: ['customerId'] },
  { code: 'id-impossible', method: 'customer.delete', args: { customerId: 'abc' }, path: ['customerId'] },
  { code: 'id-impossible', method: 'customer.info', args: [-1], path: [0] },
  { code: 'id-partial', method: 'customer.info', args: '1abc', path: [], fixed: 1 },

  list('filter-malformed', 'Doe', []),
  list('filter-malformed', { lastname: { eq: ['Doe'] } }, ['lastname', 'eq']),
  list('filter-element', { filters: [{ key: 'lastname', value: 'Doe' }] }, ['filters'], {
    fixed: { filter: [{ key: 'lastname', value: 'Doe' }] },
  }),
  list('filter-element', { complexFilter: [] }, ['complexFilter'], { fixed: { complex_filter: [] } }),
  list('filter-attribute', { Customer_Id: 7 }, ['Customer_Id'], { fixed: { customer_id: 7 } }),
  list('filter-attribute', { emial: 'a@example.com' }, ['emial'], { fixed: { email: 'a@example.com' } }),
  list('filter-attribute', { filter: [{ key: 'lastnam', value: 'Doe' }] }, ['filter', 0, 'key'], {
    fixed: { filter: [{ key: 'lastname', value: 'Doe' }] },
  }),
  list('filter-attribute', { billing_city: 'Bonn' }, ['billing_city']),
  list('filter-attribute', { is_active: 1 }, ['is_active']),
  list('filter-paging', { limit: 10 }, ['limit']),
  list('filter-operator', { customer_id: { gte: 5 } }, ['customer_id', 'gte'], { fixed: { customer_id: { gteq: 5 } } }),
  list(
    'filter-operator',
    { complex_filter: [{ key: 'email', value: { key: 'LIKE', value: 'a%' } }] },
    ['complex_filter', 0, 'value', 'key'],
    {
      fixed: { complex_filter: [{ key: 'email', value: { key: 'like', value: 'a%' } }] },
    },
  ),
  list('filter-operator-is', { taxvat: { is: null } }, ['taxvat', 'is']),
  list(
    'filter-key-twice',
    {
      filter: [
        { key: 'lastname', value: 'Doe' },
        { key: 'lastname', value: 'Roe' },
      ],
    },
    ['filter', 0, 'key'],
  ),
  list(
    'filter-key-twice',
    { filter: [{ key: 'group_id', value: 1 }], complex_filter: [{ key: 'group_id', value: { key: 'gt', value: 1 } }] },
    ['complex_filter', 0, 'key'],
  ),
  list(
    'filter-key-twice',
    {
      complex_filter: [
        { key: 'email', value: { key: 'like', value: 'a%' } },
        { key: 'email', value: { key: 'like', value: '%b' } },
      ],
    },
    ['complex_filter', 1, 'key'],
  ),
  list('filter-two-operators', { customer_id: { gteq: 10, lteq: 20 } }, ['customer_id', 'lteq'], {
    fixed: { customer_id: { from: 10, to: 20 } },
  }),
  list('filter-two-operators', { customer_id: { lteq: 20, gteq: 10 } }, ['customer_id', 'gteq'], {
    fixed: { customer_id: { to: 20, from: 10 } },
  }),
  list('filter-two-operators', { customer_id: { from: 1, to: 9, neq: 4 } }, ['customer_id', 'neq']),
  list(
    'filter-two-operators',
    {
      complex_filter: [
        { key: 'customer_id', value: { key: 'gteq', value: 1 } },
        { key: 'customer_id', value: { key: 'lteq', value: 9 } },
      ],
    },
    ['complex_filter', 1, 'value', 'key'],
    {
      fixed: {
        complex_filter: [
          { key: 'customer_id', value: { key: 'from', value: 1 } },
          { key: 'customer_id', value: { key: 'to', value: 9 } },
        ],
      },
    },
  ),
  list('filter-same-column', { entity_id: { gt: 1 }, customer_id: { lt: 9 } }, ['entity_id']),
  list('filter-value-nil', { lastname: null }, ['lastname']),
  list('filter-value-nil', { complex_filter: [{ key: 'lastname', value: { key: 'eq', value: null } }] }, [
    'complex_filter',
    0,
    'value',
    'value',
  ]),
  list('filter-value-nil', { increment_id: { null: null } }, ['increment_id', 'null'], { fixed: { increment_id: { null: '1' } } }),
  list('filter-value-nil', { group_id: { in: [] } }, ['group_id', 'in']),
  list('filter-empty', { lastname: {} }, ['lastname']),
  list('filter-empty', { complex_filter: [{ key: 'lastname', value: null }] }, ['complex_filter', 0, 'value']),
  list('filter-null-attribute', { middlename: { null: true } }, ['middlename', 'null']),
  list('filter-negative', { taxvat: { neq: '1' } }, ['taxvat', 'neq']),
  list('filter-negative', { middlename: { nin: ['A'] } }, ['middlename', 'nin']),
  list('filter-comma', { lastname: { in: ['Doe, Jr.', 'Roe'] } }, ['lastname', 'in', 0], { over: typed }),
  list('filter-comma', { taxvat: { finset: 'a,b' } }, ['taxvat', 'finset'], { over: typed }),
  list('filter-in-text', { group_id: { in: '1,3' } }, ['group_id', 'in'], { over: v1, fixed: { group_id: { in: [1, 3] } } }),
  list('filter-alternatives', { group_id: [1, { eq: 3 }] }, ['group_id'], { over: typed, fixed: { group_id: { in: [1, 3] } } }),
  list('filter-operator', { email: [{ lik: 'a%' }] }, ['email', 0, 'lik'], { fixed: { email: [{ like: 'a%' }] } }),
  list('filter-id-number', { customer_id: 'abc' }, ['customer_id']),
  list('filter-id-number', { entity_id: { in: '1,x' } }, ['entity_id', 'in']),
  list('filter-like-plain', { email: { like: 'doe' } }, ['email', 'like'], { fixed: { email: { like: '%doe%' } } }),
  list('filter-like-underscore', { email: { like: 'john_doe%' } }, ['email', 'like']),
  list('filter-password-hash', { password_hash: 'abc' }, ['password_hash']),

  { code: 'list-whole-store', method: 'customer.list', path: ['filters'], fixed: { filters: { customer_id: { from: 1, to: 1000 } } } },
  list('list-whole-store', [], []),
  list('list-whole-store', { complex_filter: [] }, []),
  {
    code: 'attributes-empty',
    method: 'customer.info',
    args: { customerId: 1, attributes: [] },
    path: ['attributes'],
    fixed: { customerId: 1 },
  },
  {
    code: 'attributes-unknown',
    method: 'customer.info',
    args: { customerId: 1, attributes: ['first_name'] },
    path: ['attributes', 0],
    fixed: { customerId: 1, attributes: ['firstname'] },
  },
  {
    code: 'attributes-v1-only',
    method: 'customer.info',
    args: { customerId: 1, attributes: ['gender'] },
    path: ['attributes', 0],
    over: typed,
  },
  { code: 'attributes-text', method: 'customerCustomerInfo', args: [1, 'email,dob'], path: [1], fixed: [1, ['email', 'dob']] },
  { code: 'attributes-secret', method: 'customer.info', args: { customerId: 1, attributes: ['password_hash'] }, path: ['attributes', 0] },

  create('create-customer-id', { customer_id: 7 }, ['customer_id'], { fixed: whole }),
  { code: 'create-no-email', method: 'customer.create', args: { customerData: { firstname: 'A' } }, path: ['customerData'] },
  { code: 'create-no-website', method: 'customer.create', args: { customerData: { email: 'a@example.com' } }, path: ['customerData'] },
  { code: 'create-no-password', method: 'customer.create', args: [{ email: 'a@example.com' }], path: [0] },
  { code: 'rest-method', method: 'customer.delete', args: { customerId: 1 }, path: [], over: ['rest'] },
  { code: 'rest-method', method: 'catalog_product.list', args: {}, path: [], over: ['rest'] },
  update('rest-attribute', { website_id: 2, taxvat: '1' }, ['website_id'], { over: ['rest'], fixed: { taxvat: '1' } }),
  {
    code: 'rest-no-password',
    method: 'customer.create',
    args: { customerData: { email: 'a@example.com' } },
    path: ['customerData'],
    over: ['rest'],
  },
  { code: 'rest-welcome', method: 'customer.create', args: [{ email: 'a@example.com' }], path: [0], over: ['rest'] },
  {
    code: 'rest-filter',
    method: 'customer.list',
    args: { filters: { password_hash: 'x' } },
    path: ['filters', 'password_hash'],
    over: ['rest'],
  },
  create('create-short-password', { password: '12345  ' }, ['password']),
  update('update-customer-id', { customer_id: 7, taxvat: '1' }, ['customer_id'], { fixed: { taxvat: '1' } }),
  update('update-password', { password: 'long enough', taxvat: '1' }, ['password'], { fixed: { taxvat: '1' } }),
  update('update-null', { taxvat: null }, ['taxvat'], { fixed: { taxvat: '' } }),
  update('update-email-clear', { email: '' }, ['email'], { fixed: {} }),
  update('update-nothing', {}, []),
  update('update-website', { website_id: 2 }, ['website_id']),
  update('password-hash-dropped', { password_hash: 'abc' }, ['password_hash'], { over: typed, fixed: {} }),
  update('password-hash-verbatim', { password_hash: 'abc' }, ['password_hash'], { over: v1 }),
  update('created-at-written', { created_at: '2001-02-03 04:05:06' }, ['created_at'], { over: v1 }),
  update('data-attribute', { fistname: 'A' }, ['fistname'], { fixed: { firstname: 'A' } }),
  update('data-attribute-dropped', { default_billing: 3 }, ['default_billing'], { over: typed, fixed: {} }),
  update('data-not-number', { group_id: 'abc' }, ['group_id']),
  update('data-email', { email: 'not-an-email' }, ['email']),
  update('data-name-empty', { lastname: '' }, ['lastname']),
  update('data-group', { group_id: 999 }, ['group_id'], { knowledge: { groups: [0, 1, 2, 3] } }),
  update('data-group', { group_id: 0 }, ['group_id']),
  create('data-website', { website_id: 999 }, ['website_id'], { knowledge: { websites: [0, 1] } }),
  update('data-store', { store_id: 999 }, ['store_id'], { knowledge: { stores: [0, 1] } }),
  update('data-gender', { gender: 99 }, ['gender']),
  update('data-date', { dob: '31/12/1990' }, ['dob'], { fixed: { dob: '1990-12-31' } }),
  update('data-date', { dob: '1990-02-31' }, ['dob']),

  {
    code: 'address-required',
    method: 'customer_address.create',
    args: { customerId: 1, addressData: { firstname: 'A' } },
    path: ['addressData'],
  },
  {
    code: 'address-street',
    method: 'customer_address.update',
    args: { addressId: 1, addressData: { street: '1 High St\nFloor 2' } },
    path: ['addressData', 'street'],
    over: typed,
    fixed: { addressId: 1, addressData: { street: ['1 High St', 'Floor 2'] } },
  },
  {
    code: 'address-attribute',
    method: 'customer_address.create',
    args: { customerId: 1, addressData: { ...address, zip: '53111' } },
    path: ['addressData', 'zip'],
  },
  {
    code: 'address-country',
    method: 'customer_address.update',
    args: { addressId: 1, addressData: { country_id: 'de' } },
    path: ['addressData', 'country_id'],
    fixed: { addressId: 1, addressData: { country_id: 'DE' } },
  },

  update('text-four-bytes', { firstname: 'Ana 🙂' }, ['firstname']),
  update('text-illegal-character', { firstname: 'A\u0001na' }, ['firstname'], { fixed: { firstname: 'Ana' } }),
  update('text-too-long', { taxvat: 'x'.repeat(256) }, ['taxvat']),
  update('text-only-blanks', { middlename: '  ' }, ['middlename'], { fixed: { middlename: '' } }),
  update('text-outer-blanks', { lastname: 'Doe ' }, ['lastname'], { fixed: { lastname: 'Doe' } }),
  {
    code: 'field-unknown',
    method: 'catalog_product.update',
    args: { productId: '1', productData: { nam: 'A' } },
    path: ['productData', 'nam'],
    over: ['v2', 'wsi'],
    fixed: { productId: '1', productData: { name: 'A' } },
    described: true,
  },
  {
    code: 'field-number',
    method: 'cart.info',
    args: { quoteId: 'x' },
    path: ['quoteId'],
    over: ['v2', 'wsi'],
    described: true,
  },
  {
    code: 'list-without-limit',
    method: 'sales_order.list',
    args: { filters: {} },
    path: ['filters'],
    fixed: { filters: { order_id: { from: 1, to: 1000 } } },
    described: true,
  },

  { code: 'rest-dialect', method: 'GET /products', path: [], over: ['v1', 'v2', 'wsi'] },
  { code: 'rest-path', method: 'GET /products/../x', path: [] },
  { code: 'rest-path', method: 'GET /products/{id}', path: [] },
  { code: 'rest-path', method: 'GET /products/{id}', args: { path: { id: 'a/b' } }, path: ['path', 'id'] },
  { code: 'rest-path', method: 'GET /products', args: { path: { id: 1 } }, path: ['path', 'id'], fixed: { path: {} } },
  { code: 'rest-part', method: 'GET /products', args: { querry: { page: 2 } }, path: ['querry'], fixed: { query: { page: 2 } } },
  { code: 'rest-part', method: 'GET /products', args: { body: {} }, path: ['body'], fixed: {} },
  { code: 'rest-part', method: 'GET /products', args: [1], path: [] },
  { code: 'rest-header', method: 'GET /products', args: { headers: { Cookie: 'a' } }, path: ['headers', 'Cookie'], fixed: { headers: {} } },
  { code: 'rest-unknown', method: 'GET /producs', path: [], described: 'rest' },
  { code: 'rest-verb', method: 'DELETE /customers/5', path: [], described: 'rest' },
  {
    code: 'rest-field',
    method: 'PUT /customers/{id}',
    args: { path: { id: 1 }, body: { group_id: 2 } },
    path: ['body', 'group_id'],
    fixed: { path: { id: 1 }, body: { groupId: 2 } },
    described: 'rest',
  },
  {
    code: 'rest-number',
    method: 'PUT /customers/7',
    args: { body: { groupId: '2' } },
    path: ['body', 'groupId'],
    fixed: { body: { groupId: 2 } },
    described: 'rest',
  },
  {
    code: 'rest-query',
    method: 'GET /customers',
    args: { query: { e_mail: 'a@example.com' } },
    path: ['query', 'e_mail'],
    fixed: { query: { email: 'a@example.com' } },
    described: 'rest',
  },
  {
    code: 'rest-page-size',
    method: 'GET /products',
    args: { query: { itemsPerPage: 100 } },
    path: ['query', 'itemsPerPage'],
    fixed: { query: { itemsPerPage: 30 } },
  },
  { code: 'rest-search', method: 'GET /customers', args: { query: { search: 'Doe' } }, path: ['query', 'search'] },
  { code: 'rest-own-data', method: 'GET /customers/1/addresses', path: [] },
  {
    code: 'rest-same-key',
    method: 'POST /orders',
    args: { headers: { 'X-Idempotency-Key': 'one' }, body: {} },
    path: ['headers', 'X-Idempotency-Key'],
  },
];

function fallsInto({ code, method, args, knowledge, path, described: beyond }: Case, dialect: Dialect | undefined): Finding | undefined {
  return findTraps({
    method,
    args,
    dialect,
    knowledge,
    registry: beyond === 'rest' ? requests : beyond === true ? described : undefined,
  }).find((finding) => finding.code === code && JSON.stringify(finding.path) === JSON.stringify(path));
}

suite('Traps of a call', () => {
  for (const [index, each] of cases.entries()) {
    test(`${each.code} is found at its place (${index})`, () => {
      const isRest = each.over?.includes('rest') === true;
      for (const dialect of isRest ? dialects : soapDialects) {
        const expected = each.over === undefined || each.over.includes(dialect);
        assert.equal(
          fallsInto(each, dialect) !== undefined,
          expected,
          `over ${dialect}: ` +
            `${JSON.stringify(findTraps({ method: each.method, args: each.args, dialect }).map(({ code, path }) => [code, path]))}`,
        );
      }
    });
  }

  test('every trap of the table has an example request', () => {
    assert.deepEqual(
      traps.map((trap) => trap.code).filter((code) => !cases.some((each) => each.code === code)),
      [],
    );
  });

  test('moreq is plain equality (wire v1/30), so no fix makes it the lower end of a range', () => {
    const [finding] = findTraps({ method: 'customer.list', args: { filters: { customer_id: { moreq: 10, lteq: 20 } } } });
    assert.equal(finding?.code, 'filter-two-operators');
    assert.deepEqual(finding.fixes, []);
  });

  test('the first fix removes the trap', () => {
    for (const each of cases.filter(({ fixed }) => fixed !== undefined)) {
      const fix = fallsInto(each, each.over?.[0] ?? 'v1')?.fixes[0];
      assert.ok(fix !== undefined, each.code);
      const fixed = applyFix({ method: each.method, args: each.args }, fix);
      assert.deepEqual(fixed.args, each.fixed, each.code);
      assert.equal(fallsInto({ ...each, ...fixed }, each.over?.[0] ?? 'v1'), undefined, each.code);
    }
  });

  test('messages never quote a secret or a value in place of a map that may contain one', () => {
    const map = { email: 'a@b.c', password: 'S3CRET' };
    const calls: readonly { readonly method: string; readonly args: SoapValue }[] = [
      ...[{ like: 'S3CRET' }, { nlike: 'S3CRET' }, { in: ['S3CRET,1'] }, { in: 'S3CRET,1' }, { finset: 'S3CRET,1' }].map((condition) => ({
        method: 'customer.list',
        args: { filters: { password_hash: condition, confirmation: condition } },
      })),
      { method: 'customer.create', args: { customerData: JSON.stringify(map) } },
      { method: 'customer.create', args: { customerData: { group_id: map, store_id: [map] } } },
      { method: 'customer.info', args: { customerId: map, attributes: map } },
      { method: 'customer.info', args: [map] },
    ];
    for (const call of calls) {
      for (const dialect of soapDialects) {
        const said = findTraps({ ...call, dialect }).map(({ message, why, fixes }) => [message, why, fixes.map(({ title }) => title)]);
        assert.ok(said.length > 0, JSON.stringify(call));
        assert.ok(!JSON.stringify(said).includes('S3CRET'), JSON.stringify(said));
      }
    }
  });

  test('a nearly correct REST request can be corrected', () => {
    for (const [method, to] of [
      ['get /products', 'GET /products'],
      [' Put  /products/5 ', 'PUT /products/5'],
      ['GET /api/rest/v2/products', 'GET /products'],
    ] as const) {
      const fix = findTraps({ method, args: undefined })[0]?.fixes[0];
      assert.ok(fix !== undefined, method);
      assert.equal(applyFix({ method, args: undefined }, fix).method, to);
    }
  });

  test('every REST request that a current Maho describes is found by its path, and by its path with values in it', () => {
    const described = requests.methods.filter(({ id }) => id.includes(' /'));
    assert.ok(described.length > 200);
    for (const { id } of described) {
      assert.equal(requests.find(id)?.id, id);
      const literal = id.replace(/\{\w+\}/g, '17');
      const found = requests.find(literal);
      assert.equal(found?.id, literal);
      assert.ok(!found.args.some(({ name }) => name === 'path'), literal);
    }
  });

  test('a misspelled method can be replaced', () => {
    const [finding] = findTraps({ method: 'customer.lst', args: { filters: { lastname: 'Doe' } } });
    const fix = finding?.fixes[0];
    assert.ok(fix !== undefined);
    assert.equal(applyFix({ method: 'customer.lst', args: undefined }, fix).method, 'customer.list');
  });

  test('the codes are unique, and every trap has a reason and a source', () => {
    assert.equal(new Set(traps.map((trap) => trap.code)).size, traps.length);
    for (const { code, title, why, source } of traps) assert.ok(title !== '' && why.endsWith('.') && source !== '', code);
  });
});

suite('Requests without traps', () => {
  const quiet: readonly (readonly [string, SoapValue])[] = [
    ['customer.list', { filters: { customer_id: { from: 1, to: 50 }, group_id: { in: [1, 3] }, lastname: 'Doe' } }],
    ['customer.list', { filters: { complex_filter: [{ key: 'group_id', value: { key: 'in', value: '1,3' } }] } }],
    [
      'customer.list',
      {
        filters: {
          complex_filter: [
            { key: 'customer_id', value: { key: 'from', value: '1' } },
            { key: 'customer_id', value: { key: 'to', value: '9' } },
          ],
        },
      },
    ],
    ['customer.list', { filters: { increment_id: { null: true }, dob: { notnull: true }, email: { nin: ['a@example.com'] } } }],
    ['customer.info', { customerId: '2', attributes: ['email', 'firstname'] }],
    ['customer.info', '2'],
    ['customer.create', { customerData: { ...whole, dob: '1985-12-31', gender: '2', group_id: '1' } }],
    ['customer.update', { customerId: 1, customerData: { middlename: '', taxvat: 'DE123' } }],
    ['customer_address.create', { customerId: 1, addressData: address }],
    ['customer_group.list', {}],
    ['endSession', {}],
    ['catalog_product.info', ['sku-1']],
  ];

  for (const [method, args] of quiet) {
    test(`${method} ${JSON.stringify(args).slice(0, 80)}`, () => {
      for (const dialect of soapDialects) assert.deepEqual(findTraps({ method, args, dialect }), [], dialect);
      assert.deepEqual(findTraps({ method, args }), []);
    });
  }

  test('an attribute that the store is known to have', () => {
    const call = { method: 'customer.list', args: { filters: { loyalty_tier: 'gold' } } };
    assert.equal(findTraps(call)[0]?.code, 'filter-attribute');
    assert.deepEqual(findTraps({ ...call, knowledge: { attributes: ['loyalty_tier'] } }), []);
  });

  test('websites and store views that the store may have get a hint only', () => {
    const call = (customerData: SoapRecord): TrapCall => ({
      method: 'customer.create',
      args: { customerData: { email: 'a@example.com', firstname: 'A', lastname: 'B', password: 'long enough', ...customerData } },
      knowledge: { websites: [1], stores: [1, 2], seenOnly: true },
    });
    assert.deepEqual(findTraps(call({ website_id: 1, store_id: 2 })), []);
    assert.deepEqual(
      findTraps(call({ website_id: 0, store_id: 0 })).filter(({ code }) => ['data-website', 'data-store'].includes(code)),
      [],
    );
    assert.deepEqual(
      findTraps(call({ website_id: 3, store_id: 9 })).map(({ code, severity }) => [code, severity]),
      [
        ['data-website', 'information'],
        ['data-store', 'information'],
      ],
    );
  });

  test('values that are not known yet', () => {
    const opaque = (value: SoapValue): boolean => typeof value === 'string' && value.includes('{{');
    assert.deepEqual(
      findTraps({
        method: 'customer.update',
        args: { customerId: '{{id}}', customerData: { email: '{{email}}', group_id: '{{group}}', dob: '{{dob}}' } },
        opaque,
      }),
      [],
    );
    assert.deepEqual(findTraps({ method: 'customer.list', args: { filters: '{{filters}}' }, opaque }), []);
    assert.deepEqual(
      findTraps({ method: 'customer.list', args: { filters: { customer_id: '{{id}}', email: { like: '{{like}}' } } }, opaque }),
      [],
    );
  });
});

test('A trap of a single dialect is reported with a lower severity while the dialect is unknown', () => {
  const args = { customerId: 1, customerData: { password_hash: 'abc' } };
  assert.equal(findTraps({ method: 'customer.update', args, dialect: 'v2' })[0]?.severity, 'error');
  assert.equal(findTraps({ method: 'customer.update', args })[0]?.severity, 'warning');
});

test('The search for traps never fails, even on unusual arguments', () => {
  const odd: readonly SoapValue[] = [
    null,
    1,
    true,
    '',
    'x',
    [],
    {},
    [[]],
    [null],
    { filters: [1, [2]] },
    { filters: { filter: 1, complex_filter: [{ key: 'a', value: 1 }, 7, null] } },
    { filters: { filter: { complexObjectArray: [1] } } },
    { calls: { a: 1 } },
    { calls: [[], [1], [['customer.list']], null] },
    { customerData: [1], customerId: {} },
    { customerData: { email: { a: 1 }, dob: 7, group_id: [1] } },
    { addressData: { street: 7, country_id: 3 } },
    { attributes: [1, null, {}] },
  ];
  for (const method of [
    'customer.list',
    'customer.info',
    'customer.create',
    'customer.update',
    'customer_address.create',
    'multiCall',
    'call',
    '',
    'x.y',
    '__proto__',
  ]) {
    for (const args of odd)
      for (const dialect of [undefined, ...soapDialects]) assert.ok(Array.isArray(findTraps({ method, args, dialect })));
  }
});
