// Requests to REST v2 in request files: completed, hovered and checked with the OpenAPI document of the shop.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Dialect } from '../../../src/api/dialect';
import { productMethods, productRequests } from '../../../src/api/store-methods/products';
import { describedRegistry } from '../../../src/api/store-methods/registry';
import { applyTextFix, describedHover, describedWords, lint, parseRequestFile, runFile, type RegistryFor } from '../../../src/requests';
import { client, demo } from './support';

const [maho, rest] = [await productMethods('maho'), await productRequests()];
const registry: RegistryFor = (dialect: Dialect = 'v2') =>
  describedRegistry(dialect === 'rest' ? rest : maho, { dialect, complete: true, anyName: true });

/** A file in a dialect of SOAP with one request, and the place of `|` in it. */
function at(request: string): { readonly text: string; readonly offset: number } {
  const marked = `{ "dialect": "v2", "requests": [\n  ${request},\n  { "name": "Last", "method": "customer_group.list" }\n] }`;
  const offset = marked.indexOf('|');
  return { text: marked.replace('|', ''), offset };
}

function labels(request: string): readonly string[] {
  const { text, offset } = at(request);
  return describedWords(parseRequestFile(text), offset, registry)?.words.map(({ label }) => label) ?? [];
}

function chosen(request: string, label: string): string {
  const { text, offset } = at(request);
  const found = describedWords(parseRequestFile(text), offset, registry);
  const word = found?.words.find((each) => each.label === label);
  assert.ok(found !== undefined && word !== undefined, `${label} is offered`);
  return text.slice(0, found.range.offset) + word.text + text.slice(found.range.offset + found.range.length);
}

suite('Requests to REST in request files', () => {
  test('with an HTTP method and a path are REST in a file of any dialect', () => {
    const file = parseRequestFile(
      '{ "dialect": "v2", "requests": [{ "name": "A", "method": "GET /products" }, { "name": "B", "method": "customer.list" }] }',
    );
    assert.deepEqual(
      file.requests.map(({ dialect }) => dialect),
      ['rest', 'v2'],
    );
    assert.deepEqual(file.problems, []);
  });

  test('have completions for paths after an HTTP method and a slash', () => {
    const words = labels('{ "name": "A", "method": "GET /|" }');
    assert.ok(words.includes('GET /products/{id}') && words.includes('POST /orders/{id}/hold'));
    assert.ok(!words.includes('catalog_product.list'));
    assert.match(chosen('{ "name": "A", "method": "GET /prod|" }', 'GET /products/{id}'), /"method": "GET \/products\/\{id\}" \}/);
    assert.ok(!labels('{ "name": "A", "method": "cata|" }').includes('GET /products'));
  });

  test('have completions for parts, names in the path, parameters and fields of bodies', () => {
    assert.deepEqual(labels('{ "name": "A", "method": "PUT /products/{id}", "args": { "|" } }'), ['path', 'headers', 'body']);
    assert.deepEqual(labels('{ "name": "A", "method": "PUT /products/5", "args": { "|" } }'), ['headers', 'body']);
    assert.deepEqual(labels('{ "name": "A", "method": "PUT /products/{id}", "args": { "path": { "|" } } }'), ['id']);
    assert.ok(labels('{ "name": "A", "method": "GET /customers", "args": { "query": { "|" } } }').includes('search'));
    const body = labels('{ "name": "A", "method": "PUT /products/{id}", "args": { "body": { "|" } } }');
    assert.ok(body.includes('specialPrice') && body.includes('urlKey'));
    assert.match(chosen('{ "name": "A", "method": "PUT /products/{id}", "args": { "|" } }', 'path'), /"path": \{\s+"id": "",\s+\}/);
  });

  test('have hovers with their description and parameters', () => {
    const hover = (request: string): string => {
      const { text, offset } = at(request);
      return describedHover(parseRequestFile(text), offset, registry)?.markdown ?? '';
    };
    assert.match(hover('{ "name": "A", "method": "PUT /prod|ucts/{id}" }'), /It changes data in the store/);
    assert.match(hover('{ "name": "A", "method": "GET /prod|ucts/5" }'), /It only reads/);
    assert.match(hover('{ "name": "A", "method": "PUT /products/{id}", "args": { "body": { "pr|ice": 1 } } }'), /number/);
  });

  test('have problems at their place, and the fix corrects the text', () => {
    const text = (args: string, method = 'PUT /customers/{id}'): string =>
      `{ "requests": [{ "name": "A", "method": "${method}", "args": ${args} }] }`;
    const wrong = text('{ "path": { "id": 7 }, "body": { "group_id": 2 } }');
    const [finding] = lint(parseRequestFile(wrong), { dialect: 'v2', registry, describing: true });
    assert.equal(finding?.code, 'rest-field');
    assert.equal(wrong.slice(finding.range.offset, finding.range.offset + finding.range.length), '"group_id"');
    const fix = finding.fixes[0];
    assert.ok(fix !== undefined);
    assert.match(applyTextFix(wrong, fix), /"groupId": 2/);
    const codes = (args: string, method?: string): readonly string[] =>
      lint(parseRequestFile(text(args, method)), { dialect: 'v2', registry, describing: true }).map(({ code }) => code);
    assert.deepEqual(codes('{ "path": { "id": "{{nobody}}" }, "body": {} }'), ['variable-unknown']);
    assert.deepEqual(codes('{}', 'GET /customers/{{id}}'), ['rest-path']);
    assert.deepEqual(codes('{}', 'GET /../x'), ['rest-path']);
    assert.deepEqual(codes('{ "query": { "page": 2 } }', 'GET /products'), []);
    const repeated =
      '{ "requests": [{ "name": "A", "method": "POST /orders", "args": { "body": {} }, "until": { "result": 1, "for": ' + '"1s" } }] }';
    assert.deepEqual(
      lint(parseRequestFile(repeated)).map(({ code }) => code),
      ['until-write'],
    );
    const inSoap = '{ "requests": [{ "name": "A", "method": "GET /products", "dialect": "v2" }] }';
    assert.deepEqual(
      lint(parseRequestFile(inSoap)).map(({ code }) => code),
      ['rest-dialect'],
    );
  });

  test('must be GET on read-only and production stores', async (context) => {
    const store = await demo(context, { product: 'maho' });
    const file = parseRequestFile(
      JSON.stringify({
        requests: [
          { name: 'Read', method: 'GET /customers/1' },
          { name: 'Write', method: 'PUT /customers/1', args: { body: { taxvat: 'X' } } },
          { name: 'Batch', method: 'multiCall', args: { calls: [['GET /customers', {}]] } },
        ],
      }),
    );
    const readOnly = client(context, store, 'v2', { readOnly: true });
    const first = await runFile({ path: 'a', file, client: readOnly }, { trusted: true });
    assert.deepEqual(
      first.runs.map(({ status, error }) => [status, error?.code]),
      [
        ['passed', undefined],
        ['error', 'read-only'],
        ['error', 'rest-method'],
      ],
    );
    const production = client(context, store, 'v2', { environment: 'production' });
    const asked: (readonly string[])[] = [];
    const second = await runFile(
      { path: 'a', file, client: production },
      { trusted: true, confirm: ({ methods }) => Promise.resolve(asked.push(methods) > 0 && false) },
    );
    assert.equal(second.runs[1]?.error?.code, 'not-confirmed');
    assert.deepEqual(asked[0], ['PUT /customers/1']);
  });
});
