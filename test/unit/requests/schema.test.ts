import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import type * as VscodeJson from 'vscode-json-languageservice';
import type { CompletionItem, JSONDocument, LanguageService, TextDocument } from 'vscode-json-languageservice';
import { catalogue } from '../../../src/api/catalogue';
import { soapDialects } from '../../../src/api/dialect';
import { operators } from '../../../src/api/filters';
import { lint, parseRequestFile, requestFileSchema } from '../../../src/requests';

// The CommonJS build of this package re-exports in a way that Node does not recognize as named exports.
const vscodeJson = createRequire(import.meta.url)('vscode-json-languageservice') as typeof VscodeJson;

const root = resolve(import.meta.dirname, '../../..');
const checkedIn = readFileSync(join(root, 'schemas/maho-requests.schema.json'), 'utf8');

/** VS Code's own JSON service, with the schema of the repository. */
function service(): LanguageService {
  const languageService = vscodeJson.getLanguageService({
    schemaRequestService: () => Promise.resolve(checkedIn),
    clientCapabilities: {
      textDocument: { completion: { completionItem: { documentationFormat: ['markdown'] } }, hover: { contentFormat: ['markdown'] } },
    },
  });
  languageService.configure({
    allowComments: true,
    validate: true,
    schemas: [{ uri: 'test://schema', fileMatch: ['*.maho.json'], schema: JSON.parse(checkedIn) as object }],
  });
  return languageService;
}

const json = service();

function open(text: string): { readonly document: TextDocument; readonly parsed: JSONDocument } {
  const document = vscodeJson.TextDocument.create('test://a.maho.json', 'jsonc', 1, text);
  return { document, parsed: json.parseJSONDocument(document) };
}

async function problems(text: string): Promise<readonly string[]> {
  const { document, parsed } = open(text);
  const found = await json.doValidation(document, parsed, { comments: 'ignore', trailingCommas: 'ignore', schemaValidation: 'error' });
  return found
    .filter(({ severity }) => severity !== vscodeJson.DiagnosticSeverity.Hint)
    .map(({ message, range }) => `${document.getText(range)}: ${JSON.stringify(message)}`);
}

/** A text with `|` where the cursor is. */
async function completions(marked: string): Promise<readonly CompletionItem[]> {
  const at = marked.indexOf('|');
  const { document, parsed } = open(marked.replace('|', ''));
  return (await json.doComplete(document, document.positionAt(at), parsed))?.items ?? [];
}

async function hover(marked: string): Promise<string> {
  const at = marked.indexOf('|');
  const { document, parsed } = open(marked.replace('|', ''));
  const found = await json.doHover(document, document.positionAt(at), parsed);
  const contents = found?.contents ?? [];
  return (Array.isArray(contents) ? contents : [contents]).map((part) => (typeof part === 'string' ? part : part.value)).join('\n');
}

const request = (inner: string): string => `{ "requests": [ { "name": "a", ${inner} } ] }`;

suite('The schema of request files', () => {
  test('is what the catalogue generates: run npm run generate', () => {
    assert.equal(checkedIn, `${JSON.stringify(requestFileSchema(), undefined, 2)}\n`);
  });

  test('finds no errors in the examples', async () => {
    for (const dialect of soapDialects) {
      for (const name of readdirSync(join(root, 'examples', dialect))) {
        const found = await problems(readFileSync(join(root, 'examples', dialect, name), 'utf8'));
        // The trap examples contain a few arguments that are wrong on purpose.
        if (name !== 'traps.maho.json') assert.deepEqual(found, [], `${dialect}/${name}`);
      }
    }
  });

  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['an envelope beside a method', request('"method": "customer.list", "envelope": "<x/>"'), /not allowed/i],
    ['neither', request('"description": "b"'), /method|envelope/],
    ['an unknown dialect', request('"method": "customer.list", "dialect": "v3"'), /v1/],
    ['an unknown key', request('"method": "customer.list", "arguments": []'), /arguments/],
    ['an unknown matcher', request('"method": "customer.list", "expect": { "result": { "$type": "int", "$like": 1 } }'), /\$like/],
    ['a time that is none', request('"method": "customer.list", "expect": { "under": "soon" }'), /500ms/],
    ['two outcomes', request('"method": "customer.list", "expect": { "result": 1, "fault": 1 }'), /not allowed/i],
  ];
  for (const [what, text, expected] of wrong)
    test(`refuses ${what}`, async () => assert.match((await problems(text)).join('\n'), expected));

  const sent: readonly (readonly [string, string, RegExp])[] = [
    ['an unknown argument', request('"method": "customer.info", "args": { "customer_id": 1 }'), /customer_id/],
    ['a missing argument', request('"method": "customer.info", "args": {}'), /customerId/],
    ['missing arguments', request('"method": "customer.delete"'), /needs customerId/],
    ['an ID that is none', request('"method": "customerCustomerInfo", "args": { "customerId": "abc" }'), /is not an ID/],
    ['an unknown operator', request('"method": "customer.list", "args": { "filters": { "email": { "lik": "a%" } } }'), /lik/],
    [
      'an unknown operator in the structure of V2',
      request(
        '"method": "customer.list", "args": { "filters": { "complex_filter": [ { "key": "email", "value": { "key": ' +
          '"lik", "value": "a" } } ] } }',
      ),
      /"lik"|eq/,
    ],
    ['data of another type', request('"method": "customer.create", "args": { "customerData": "Jane" }'), /map/],
    ['too many arguments', request('"method": "customer.delete", "args": [1, 2]'), /takes 1 argument: customerId/],
    ['a call within multiCall that is none', request('"method": "multiCall", "args": { "calls": [7] }'), /not a call/],
  ];
  for (const [what, text, expected] of sent) {
    test(`accepts ${what}, which can be sent; lint reports it`, async () => {
      assert.deepEqual(await problems(text), []);
      const told = lint(parseRequestFile(text)).filter(({ severity }) => severity === 'error' || severity === 'warning');
      assert.match(told.map(({ message }) => message).join('\n'), expected);
    });
  }

  test('accepts placeholders for any value, and custom attributes', async () => {
    assert.deepEqual(
      await problems(
        request(
          '"method": "customer.update", "args": { "customerId": "{{id}}", "customerData": { "group_id": "{{group}}", ' +
            '"loyalty_tier": "gold", "dob": null } }',
        ),
      ),
      [],
    );
    assert.deepEqual(await problems(request('"method": "customer.list", "args": { "filters": "{{filters}}" }')), []);
    assert.deepEqual(await problems(request('"method": "loyalty.list", "args": { "anything": [1] }')), []);
  });

  test('completes methods, with their faults', async () => {
    const items = await completions(request('"method": "|"'));
    for (const { id, operation } of catalogue)
      for (const name of [id, operation])
        assert.ok(
          items.some(({ label }) => label === `"${name}"`),
          name,
        );
    const info = items.find(({ label }) => label === '"customer.info"');
    assert.match(JSON.stringify(info?.documentation), /102.*no customer with this ID/);
  });

  test('completes arguments, attributes and operators of the method at hand', async () => {
    const labels = async (text: string): Promise<readonly string[]> => (await completions(text)).map(({ label }) => label);
    assert.deepEqual([...(await labels(request('"method": "customer.update", "args": { | }')))].sort(), ['customerData', 'customerId']);
    const attributes = await labels(request('"method": "customer.create", "args": { "customerData": { | } }'));
    assert.ok(['email', 'password', 'website_id'].every((name) => attributes.includes(name)) && !attributes.includes('created_at'));
    const filters = await labels(request('"method": "customer.list", "args": { "filters": { | } }'));
    assert.ok(['email', 'created_at', 'gender', 'complex_filter'].every((name) => filters.includes(name)));
    assert.deepEqual(
      [...(await labels(request('"method": "customer.list", "args": { "filters": { "email": { | } } }')))].sort(),
      Object.keys(operators).sort(),
    );
    assert.ok((await labels(request('"method": "customer.list", "expect": { "result": { | } }'))).includes('$partial'));
  });

  test('offers a valid request to start from for every method', async () => {
    const items = await completions('{ "requests": [ | ] }');
    for (const { id } of catalogue) {
      const item = items.find(({ label }) => label === id);
      assert.ok(item !== undefined, id);
      const text = (item.insertText ?? '').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+/g, '');
      assert.deepEqual(await problems(`{ "requests": [ ${text} ] }`), [], text);
    }
  });

  test('shows in hovers what a method does and which faults it can return', async () => {
    const method = await hover(request('"method": "customer.del|ete", "args": [1]'));
    assert.match(method, /without any confirmation/);
    assert.match(method, /\*\*103\*\*/);
    assert.match(await hover(request('"method": "customer.create", "args": { "customerData": { "web|site_id": 1 } }')), /admin website 0/);
    assert.match(await hover(request('"method": "customer.list", "args": { "filters": { "email": { "li|ke": "a%" } } }')), /any text/);
    assert.match(await hover(request('"method": "customer.list", "args": { "fil|ters": {} }')), /Two operators on one attribute/);
    const create = await hover(request('"method": "customer.create", "args": { "custo|merData": {} }'));
    assert.match(create, /customer_id in create[^]*A website that does not exist/);
    assert.doesNotMatch(create, /password in update|Clearing the e-mail/);
    const update = await hover(request('"method": "customer.update", "args": { "customerId": 1, "custo|merData": {} }'));
    assert.match(update, /password in update[^]*A website that does not exist/);
    assert.doesNotMatch(update, /create without an e-mail/);
  });
});
