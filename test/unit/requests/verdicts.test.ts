import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { tinyStore, type TinyStore } from '../../support/tiny-store';
import { cli, folder, type CliResult } from './support';

const fixtures = resolve(import.meta.dirname, '../../fixtures/request-files');

async function run(
  context: TestContext,
  path: string,
  ...more: readonly string[]
): Promise<CliResult & { readonly store: TinyStore; readonly calls: number }> {
  const store = await tinyStore(context, 'v1', () => ({ value: [] }));
  const result = await cli(['run', path, '--url', store.url, '--user', 'api', '--dialect', 'v1', ...more]);
  return { ...result, store, calls: store.requests.filter(({ method }) => method === 'customer.list').length };
}

/** The correct result for each file: exit code, calls that reach the store, and the message. */
const files: Readonly<Record<string, readonly [code: number, calls: number, told: RegExp]>> = {
  'bomcrlf.maho.json': [0, 1, /1 passed/],
  'utf16.maho.json': [0, 1, /1 passed/],
  'trailing.maho.json': [0, 1, /1 passed/],
  'latin1.maho.json': [2, 0, /Line 1, column 83: byte 0xFC cannot be read\. In Windows-1252 it would be "ü"/],
  'comma.maho.json': [2, 0, /Line 1, column 101: Expected a comma/],
  'json5.maho.json': [2, 0, /Line 1, column 3: /],
  'samename.maho.json': [2, 1, /Line 1, column 116: Another request already has the name "A"/],
  'empty.maho.json': [2, 0, /Line 1, column 1: The file is empty/],
  'vars.maho.json': [2, 0, /There is no variable "email"|\$randomInt/],
  'unquoted.maho.json': [2, 0, /Line 3, column \d+: /],
  'conflict.maho.json': [2, 0, /Line 1, column 1: This is not JSON/],
};

suite('A request file', () => {
  test('has a verdict here for each fixture', () => assert.deepEqual(readdirSync(fixtures).sort(), Object.keys(files).sort()));

  for (const [name, [code, calls, told]] of Object.entries(files)) {
    test(`${name} ${code === 0 ? 'runs' : 'cannot run, with the reason and the place'}`, async (context) => {
      const found = await run(context, join(fixtures, name));
      assert.deepEqual([found.code, found.calls], [code, calls], found.out + found.err);
      assert.match(found.out + found.err, told);
      for (const reporter of ['json', 'junit']) {
        const { out, code: again } = await run(context, join(fixtures, name), '--reporter', reporter);
        assert.equal(again, code);
        if (code !== 0) assert.match(out.replaceAll('&quot;', '"').replaceAll('\\"', '"'), told, reporter);
      }
    });
  }

  const good = { name: 'A', method: 'customer.list', args: { filters: { customer_id: 1 } } };
  const around: Readonly<Record<string, readonly [file: unknown, told: RegExp]>> = {
    'an unknown dialect': [{ dialect: 'v3', requests: [good] }, /Line 2, column 14: dialect must be one of "v1", "v2", "wsi"/],
    'a letter that was lost in a variable': [
      { variables: { a: 'M\ufffdller' }, requests: [good] },
      /Line 3, column 12: A character was lost here/,
    ],
    'a misspelled key': [
      { variabels: { a: 1 }, requests: [good] },
      /Line 2, column 3: "variabels" is not supported here\. Did you mean "variables"/,
    ],
    'a key that JavaScript has for each object': [
      JSON.stringify({ requests: [good] }).replace('{', '{"__proto__":{},'),
      /"__proto__" is not supported here/,
    ],
    'no requests': [{ requests: [] }, /Line 2, column 15: The file has no requests/],
    'a list at the top': [[good], /Line 1, column 1: .*must be a map/],
    'a key twice': [`{"store":"a","store":"b","requests":[${JSON.stringify(good)}]}`, /Line 1, column 2: "store" occurs twice/],
  };
  for (const [what, [file, told]] of Object.entries(around)) {
    test(`with ${what} sends nothing and says why`, async (context) => {
      const path = await folder(context, { 'a.maho.json': file as object });
      const { code, calls, out, err } = await run(context, path);
      assert.deepEqual([code, calls], [2, 0], out + err);
      assert.match(out + err, told);
    });
  }

  const inside: Readonly<Record<string, readonly [request: string, told: RegExp]>> = {
    'a misspelled key': ['{"name":"B","method":"customer.list","arg":[]}', /"arg" is not supported here/],
    'a key twice': [
      '{"name":"B","method":"customer.list","args":{"filters":{"customer_id":1,"customer_id":2}}}',
      /"customer_id" occurs twice/,
    ],
    'a key that JavaScript has for each object': [
      '{"name":"B","method":"customer.list","__proto__":{}}',
      /"__proto__" is not supported here/,
    ],
    'such a key in its expectation': [
      '{"name":"B","method":"customer.list","expect":{"__proto__":1}}',
      /"__proto__" is not supported here/,
    ],
    'such a key in a matcher': ['{"name":"B","method":"customer.list","expect":{"result":{"$length":0,"__proto__":1}}}', /"?__proto__"?/],
    'an unknown dialect': ['{"name":"B","method":"customer.list","dialect":"v3"}', /dialect must be one of/],
    'a letter that was lost': [
      '{"name":"B","method":"customer.list","args":{"filters":{"lastname":"M\ufffdller"}}}',
      /A character was lost here/,
    ],
    'an envelope that declares another encoding': [
      '{"name":"B","envelope":"<?xml version=\\"1.0\\" encoding=\\"windows-1252\\"?><a/>"}',
      /declares the encoding windows-1252, but it is sent in UTF-8/,
    ],
    'a number for a name': ['{"name":7,"method":"customer.list"}', /name must be text/],
  };
  for (const [what, [request, told]] of Object.entries(inside)) {
    test(`whose request has ${what} runs the others, and reports the reason`, async (context) => {
      const path = await folder(context, { 'a.maho.json': `{"requests":[${JSON.stringify(good)},\n${request}]}` });
      const { code, calls, out, err } = await run(context, path);
      assert.deepEqual([code, calls], [2, 1], out + err);
      assert.match(out + err, told);
      if (!what.startsWith('an envelope')) assert.match(out, /Line 2, column \d+: /);
    });
  }
});
