// Reading OpenAPI documents: that of a real Maho 26.7.4, and such as somebody makes to do harm.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { describeRest } from '../../../src/api/store-methods/openapi';
import { productRequests } from '../../../src/api/store-methods/products';
import type { Json } from '../../../src/api/store-methods/openapi-schemas';
import { templateText } from '../../../src/api/store-methods/template';
import { restRequest } from '../../../src/api/rest-request';
import type { WireType } from '../../../src/api/types';
import { recordedDocument, recordedRest } from '../../support/rest-document';

const BASE = '/api/rest/v2';

function methodsOf(document: Json): StoreMethods {
  const description = describeRest(document);
  assert.ok(description !== undefined);
  const methods = StoreMethods.read(JSON.parse(JSON.stringify(description)));
  assert.ok(methods !== undefined, 'What is read can be kept.');
  return methods;
}

/** A document with one request and these schemas, whose body is the first of them. */
function documentOf(schemas: Readonly<Record<string, Json>>, more: Readonly<Record<string, Json>> = {}): Json {
  const schema = { $ref: `#/components/schemas/${Object.keys(schemas)[0] ?? ''}` };
  const content = { 'application/json': { schema } };
  return {
    openapi: '3.1.0',
    paths: { [`${BASE}/things`]: { post: { requestBody: { required: true, content }, responses: { 201: { content } } } }, ...more },
    components: { schemas },
  };
}

function bodyOf(methods: StoreMethods, name = 'POST /things'): WireType {
  const found = methods.find(name);
  assert.ok(found !== undefined);
  const type = methods.asMethod(found, 'rest').args.find((arg) => arg.name === 'body')?.type;
  assert.ok(type !== undefined);
  return type;
}

const fieldsOf = (type: WireType): readonly string[] => (type.kind === 'entity' ? type.fields.map(({ name }) => name) : []);

suite('The document of Maho 26.7.4', () => {
  const methods = new StoreMethods(recordedRest());

  test('every request below /api/rest/v2 is a method, by verb and path', () => {
    const document = JSON.parse(recordedDocument()) as { readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
    const all = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((verb) => ['get', 'put', 'post', 'delete', 'patch'].includes(verb))
        .map((verb) => `${verb.toUpperCase()} ${path.slice(BASE.length)}`),
    );
    assert.equal(all.length, 227);
    assert.deepEqual(methods.methods.map(({ id }) => id).toSorted(), all.toSorted());
    for (const { id, access, dialects } of methods.methods) {
      assert.equal(access, restRequest(id)?.verb === 'GET' ? 'read' : 'write', id);
      assert.deepEqual(dialects, ['rest']);
    }
  });

  test('bodies have the fields that may be written, answers those that are read', () => {
    const update = methods.find('PUT /categories/{id}');
    assert.ok(update !== undefined);
    const { args, result } = methods.asMethod(update, 'rest');
    assert.deepEqual(
      args.map(({ name, optional }) => [name, optional === true]),
      [
        ['path', false],
        ['headers', true],
        ['body', false],
      ],
    );
    const body = fieldsOf(bodyOf(methods, 'PUT /categories/{id}'));
    assert.ok(body.includes('urlKey') && body.includes('isActive') && !body.includes('id') && !body.includes('productCount'));
    assert.ok(fieldsOf(result.type).includes('productCount'));
    assert.match(templateText({ args }), /"path": \{\s+"id": "",/);
  });

  test('a path with values lacks the argument for them, and what is said literally goes first', () => {
    assert.deepEqual(
      methods.find('PUT /products/5')?.args?.map(({ name }) => name),
      ['headers', 'body'],
    );
    assert.equal(methods.find('GET /customers/me')?.title, methods.find('GET /customers/{id}')?.title);
    assert.equal(methods.find('GET /customers/me')?.id, 'GET /customers/me');
    assert.equal(methods.find('GET /nothing/like/it'), undefined);
    assert.equal(methods.find('PATCH /products/5'), undefined);
  });

  test('what is bundled is the same, without sentences', async () => {
    const bundled = await productRequests();
    assert.deepEqual(
      bundled.methods.map(({ id }) => id),
      methods.methods.map(({ id }) => id),
    );
    assert.ok(bundled.methods.every(({ title }) => title === undefined));
  });
});

suite('Documents that mean harm', () => {
  test('what is not a document describes nothing', () => {
    for (const document of [null, 1, '', [], {}, { paths: [] }, { paths: { '/other': { get: {} } } }, { paths: { [`${BASE}/x`]: null } }])
      assert.equal(describeRest(document), undefined);
  });

  test('schemas that hold themselves, or refer to each other in circles, end', () => {
    const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
    const tree = bodyOf(
      methodsOf(documentOf({ Tree: { properties: { children: { type: 'array', items: ref('Tree') }, parent: ref('Tree') } } })),
    );
    assert.deepEqual(fieldsOf(tree), ['children', 'parent']);
    for (const schemas of [
      { A: ref('B'), B: ref('A') },
      { A: ref('A') },
      { A: { type: 'array', items: ref('A') } },
      { A: { allOf: [ref('A'), ref('A')] } },
      { A: { anyOf: [ref('A')] } },
      { A: ref('missing') },
      { A: { $ref: 'https://other.example/x.json' } },
      { A: { $ref: '#/components/constructor/prototype' } },
    ])
      assert.ok(methodsOf(documentOf(schemas)).find('POST /things') !== undefined);
  });

  test('a document that grows without end when it is followed takes bounded work', () => {
    const names = Array.from({ length: 30 }, (_, index) => `N${index}`);
    const next = (index: number): Json => ({ $ref: `#/components/schemas/N${index + 1}` });
    const wide = (index: number): Json => Array.from({ length: 20 }, () => next(index));
    const kinds: readonly ((index: number) => Json)[] = [
      (index) => ({ allOf: wide(index) }),
      (index) => ({
        type: 'array',
        items: { properties: Object.fromEntries((wide(index) as Json[]).map((each, at) => [`f${at}`, each])) },
      }),
    ];
    for (const kind of kinds) {
      const schemas = Object.fromEntries(names.map((name, index) => [name, kind(index)]));
      assert.ok(methodsOf(documentOf(schemas)).methods.length === 1);
    }
    let deep: Json = { type: 'string' };
    for (let level = 0; level < 3000; level++) deep = { properties: { inner: deep } };
    assert.deepEqual(fieldsOf(bodyOf(methodsOf(documentOf({ Deep: deep })))), ['inner']);
  });

  test('names that mean something else, or could not be names, do no harm', () => {
    const schemas = {
      filters: { properties: { filter: { type: 'string' }, ['__proto__']: { type: 'string' }, constructor: { type: 'integer' } } },
      string: { properties: { a: { type: 'string' } } },
    };
    const document = JSON.parse(
      JSON.stringify(documentOf(schemas)).replace(
        '"filter":',
        '"__proto__":{"type":"string"},"a b":{},"a:b":{},"":{},"a/b":{},"a\\u0000":{},"\\u202ex":{},"filter":',
      ),
    ) as Json;
    const type = bodyOf(methodsOf(document));
    assert.deepEqual(new Set(fieldsOf(type)), new Set(['__proto__', 'filter', 'constructor']));
    assert.ok(type.kind === 'entity' && type.name !== 'filters');
    assert.equal(Object.getPrototypeOf({}), Object.prototype);
  });

  test('paths that lead elsewhere are left out', () => {
    const get = { get: {} };
    const paths = ['/../admin', '//other.example', '/a b', '/a?b', `/${'x'.repeat(500)}`, '/a\nb', '/{a b}'];
    const document = documentOf({ A: { properties: {} } }, Object.fromEntries(paths.map((path) => [`${BASE}${path}`, get])));
    assert.deepEqual(
      methodsOf(document).methods.map(({ id }) => id),
      ['POST /things'],
    );
  });

  test('what is too much is left out', () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`${BASE}/r${index}/x`, { get: {}, put: {}, post: {} }]));
    const methods = methodsOf({ paths: many });
    assert.ok(methods.resources.length <= 2_000 && methods.methods.length <= 20_000);
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`f${index}`, { type: 'string' }]));
    assert.equal(fieldsOf(bodyOf(methodsOf(documentOf({ Wide: { properties: fields } })))).length, 1_000);
    const long = Object.fromEntries(Object.keys(fields).map((name) => [name.padEnd(140, 'x'), { type: 'string' }]));
    assert.ok(fieldsOf(bodyOf(methodsOf(documentOf({ Long: { properties: long } })))).length > 100);
  });
});
