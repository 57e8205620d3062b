import assert from 'node:assert/strict';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import type { SoapRecord, SoapValue } from '../../../src/api/value';
import {
  lint,
  Linter,
  parseEnvironment,
  parseRequestFile,
  placeholders,
  readEnvironment,
  Resolver,
  type LintContext,
  type VariableSources,
} from '../../../src/requests';
import { folder, only, pointed } from './support';

const resolver = (file: SoapRecord = {}, more: Partial<VariableSources> = {}): Resolver => new Resolver({ file, trusted: true, ...more });
const code =
  (expected: string) =>
  (error: unknown): boolean =>
    error instanceof ToolkitError && error.code === expected;

suite('Placeholders', () => {
  test('keep the type of their value when they are the whole text, and become text within a text', () => {
    const variables = resolver({ id: 7, flags: [1, 2], on: true });
    assert.equal(variables.resolve('{{id}}'), 7);
    assert.deepEqual(variables.resolve({ a: ['{{ flags }}'], b: 'no. {{id}}, {{on}}' }), { a: [[1, 2]], b: 'no. 7, true' });
    assert.throws(() => variables.resolve('all {{flags}}'), code('variable-not-text'));
  });

  test('may refer to others, and are resolved once', () => {
    const variables = resolver({ email: '{{$randomEmail}}', greeting: 'Hello {{email}}' });
    const email = variables.resolveText('{{email}}');
    assert.match(email, /^user-[0-9a-f]{12}@example\.com$/);
    assert.equal(variables.resolve('{{greeting}}'), `Hello ${email}`);
    assert.notEqual(variables.resolve('{{$uuid}}'), variables.resolve('{{$uuid}}'));
    assert.ok(Number.isInteger(variables.resolve('{{$timestamp}}')));
  });

  test('two braces after a backslash are text', () => {
    assert.equal(resolver({ a: 1 }).resolve('\\{{a}} is {{a}}'), '{{a}} is 1');
  });

  test('take values of the environment before those of the file', () => {
    assert.equal(resolver({ host: 'a', both: 'file {{host}}' }, { environment: { host: 'b' } }).resolve('{{both}}'), 'file b');
  });

  test('use results of earlier requests, by any name and path', () => {
    const variables = resolver();
    variables.remember('List wholesale', [{ email: 'jane@example.com', 'odd key': { deep: [1, 2] } }]);
    assert.equal(variables.resolve('{{List wholesale.result[0].email}}'), 'jane@example.com');
    assert.equal(variables.resolve('{{List wholesale.result[0]["odd key"].deep[1]}}'), 2);
    assert.throws(() => variables.resolve('{{List wholesale.result[1].email}}'), code('variable-result-path'));
    assert.throws(() => variables.resolve('{{other.result}}'), code('variable-result'));
    assert.throws(() => variables.resolve('{{List wholesale.result.constructor}}'), code('variable-result-path'));
  });

  test('are never empty texts after an error', () => {
    assert.throws(
      () => resolver({ email: 'x' }).resolve('{{emial}}'),
      (error: unknown) => code('variable-unknown')(error) && /Did you mean "email"/.test(String(error)),
    );
    assert.throws(() => resolver().resolve('{{__proto__}}'), code('variable-unknown'));
    for (const text of ['{{}}', '{{a b}}', '{{$nope}}', '{{$env}}', '{{a.result.}}', 'open {{a'])
      assert.throws(() => resolver({ a: 1 }).resolve(text), code('variable-malformed'), text);
  });

  test('that refer to each other in a circle are refused', () => {
    assert.throws(
      () => resolver({ a: '{{b}}', b: '{{c}}', c: 'x{{a}}' }).resolve('{{a}}'),
      (error: unknown) => code('variable-cycle')(error) && /a -> b -> c -> a/.test(String(error)),
    );
  });
});

suite('The values that requests may read', () => {
  const env = { HOME_TOWN: 'Bonn', MAHO_SOAP_KEY: 'top secret', MAHO_SOAP_KEY_STAGING: 'top secret' };

  test('include variables of the process by name', () => {
    assert.equal(resolver({}, { env }).resolve('{{$env HOME_TOWN}}'), 'Bonn');
    assert.throws(() => resolver({}, { env }).resolve('{{$env NOT_SET}}'), code('variable-env-missing'));
  });

  test('never include keys', () => {
    for (const name of ['MAHO_SOAP_KEY', 'MAHO_SOAP_KEY_STAGING', 'MAHO_SOAP_WEB_PASSWORD', 'maho_soap_key'])
      assert.throws(() => resolver({}, { env }).resolve(`{{$env ${name}}}`), code('variable-key'));
    for (const field of ['key', 'apiKey', 'webPassword'])
      assert.throws(() => resolver({}, { store: { name: 'A' } }).resolve(`{{store.${field}}}`), code('variable-store'));
    assert.equal(resolver({}, { store: { name: 'A' } }).resolve('{{store.name}}'), 'A');
  });

  test('do not include the environment in an untrusted workspace', () => {
    assert.throws(
      () => resolver({}, { env, trusted: false }).resolve('{{$env HOME_TOWN}}'),
      (error: unknown) => error instanceof ToolkitError && error.kind === 'policy' && error.code === 'variable-untrusted',
    );
  });
});

suite('Diagnostics of placeholders', () => {
  const check = (
    variables: SoapRecord,
    args: SoapValue,
    context: LintContext = {},
  ): { readonly text: string; readonly found: ReturnType<typeof lint> } => {
    const text = JSON.stringify({
      variables,
      requests: [
        {
          name: 'created',
          method: 'customer.create',
          args: [{ email: 'a@example.com', firstname: 'A', lastname: 'B', password: 'long enough', website_id: 1 }],
        },
        { name: 'next', method: 'loyalty.list', args },
      ],
    });
    return { text, found: lint(parseRequestFile(text), context) };
  };

  test('are not reported for known values', () => {
    assert.deepEqual(
      check({ a: 1 }, ['{{a}}', '{{created.result}}', '{{store.name}}', '{{$uuid}}', '{{$env HOME}}', '\\{{not}}']).found,
      [],
    );
    assert.deepEqual(check({}, ['{{b}}'], { environment: ['b'] }).found, []);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['{{unknown}}', 'variable-unknown'],
    ['{{nobody.result}}', 'variable-request'],
    ['{{next.result}}', 'variable-later'],
    ['{{store.apiKey}}', 'variable-store'],
    ['{{$env MAHO_SOAP_KEY}}', 'variable-key'],
    ['{{$nope}}', 'variable-malformed'],
    [`{{a${'.result.a'.repeat(50_000)}!}}`, 'variable-malformed'],
  ];
  for (const [placeholder, expected] of wrong) {
    test(`${placeholder} is ${expected}, and has the range of the diagnostic`, () => {
      const { text, found } = check({}, [`before "é" ${placeholder} after`]);
      assert.equal(pointed(text, only(found, expected)), placeholder);
    });
  }

  test('suggest a request with a similar name', () => {
    const { found } = check({}, ['{{craeted.result.id}}']);
    assert.equal(only(found, 'variable-request').fixes[0]?.edits[0]?.newText, '{{created.result.id}}');
  });

  test('mark circles at each variable in them', () => {
    const { text, found } = check({ a: '{{b}}', b: '{{a}}', self: '{{self}}', fine: '{{a}}' }, []);
    assert.deepEqual(
      found.filter((each) => each.code === 'variable-cycle').map((each) => pointed(text, each)),
      ['"a"', '"b"', '"self"'],
    );
  });

  test('report results in variables, which are not supported', () => {
    only(check({ a: '{{created.result}}' }, []).found, 'variable-later');
  });

  test('mark the environment in an untrusted workspace', () => {
    only(check({}, ['{{$env HOME}}'], { trusted: false }).found, 'variable-untrusted');
  });

  test('mark a store that is not in the settings, and suggest one with a similar name', () => {
    const text = '{ "store": "Stagin DE", "requests": [{ "name": "a", "method": "customer_group.list" }] }';
    const found = only(lint(parseRequestFile(text), { stores: ['Staging DE', 'Shop'] }), 'store-unknown');
    assert.deepEqual([pointed(text, found), found.fixes[0]?.edits[0]?.newText], ['"Stagin DE"', '"Staging DE"']);
    assert.deepEqual(lint(parseRequestFile(text)), []);
  });

  test('mark a store whose name is ambiguous', () => {
    const text = '{ "store": "Shop", "requests": [{ "name": "a", "method": "customer_group.list" }] }';
    const found = only(lint(parseRequestFile(text), { stores: ['Shop', 'Staging DE', 'Shop'] }), 'store-ambiguous');
    assert.deepEqual([pointed(text, found), found.fixes], ['"Shop"', []]);
    assert.deepEqual(lint(parseRequestFile(text), { stores: ['Shop', 'Staging DE'] }), []);
  });
});

test('A linter with a cache reports the same as one without, after every change', () => {
  const linter = new Linter();
  const request = (name: string, value: string): object => ({
    name,
    method: 'customer.list',
    args: { filters: { customer_id: { gteq: 1, lteq: value }, emial: '{{x}}' } },
  });
  const versions = [
    { requests: [request('a', '1'), request('b', '2'), request('c', '3')] },
    { requests: [request('a', '1'), request('b', '22'), request('c', '3')] },
    { requests: [request('b', '22'), request('c', '3')] },
    { variables: { x: 1 }, requests: [request('b', '22'), request('c', '3')] },
    { dialect: 'v1', variables: { x: 1 }, requests: [request('b', '22'), request('c', '3')] },
    { requests: [] },
  ];
  for (const version of versions) {
    const file = parseRequestFile(JSON.stringify(version));
    assert.deepEqual(linter.lint(file), lint(file));
  }
});

test('Placeholders are found with braces around and inside', () => {
  assert.deepEqual(
    placeholders('{ {{a}} } {{{b}}}').map(({ source }) => source),
    ['a', '{b'],
  );
});

suite('Environment files', () => {
  test('are maps, with comments', () => {
    assert.deepEqual(parseEnvironment('// staging\n{ "email": "jane@example.com", "ids": [1, 2], }', 'env.json'), {
      email: 'jane@example.com',
      ids: [1, 2],
    });
  });

  test('that are broken or missing are reported with the place and the reason', async (context) => {
    assert.throws(
      () => parseEnvironment('{\n  "a": }', 'env.json'),
      (error: unknown) => code('environment-invalid')(error) && /Line 2, column 8/.test(String(error)),
    );
    assert.throws(() => parseEnvironment('[1]', 'env.json'), code('environment-invalid'));
    const path = join(await folder(context, {}), 'nothing.json');
    await assert.rejects(readEnvironment(path), code('environment-missing'));
  });
});
