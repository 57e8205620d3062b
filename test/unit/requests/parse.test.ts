import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findNodeAtLocation, parseTree, type ParseError } from 'jsonc-parser';
import {
  applyTextFix,
  lint,
  Linter,
  parseRequestFile,
  Positions,
  readyCall,
  readyCalls,
  requestAt,
  RequestFileReader,
} from '../../../src/requests';
import { splitRequests } from '../../../src/requests/file/split';
import { only, pointed } from './support';
import { rounds } from '../../support/rounds';

const good = `// Customers of the wholesale group.
{
  "store": "Staging DE",
  "variables": { "group": 2 },
  "requests": [
    { "name": "List wholesale", "method": "customer.list", "args": { "filters": { "group_id": "{{group}}" } } }, // trailing comma follows
    {
      "name": "Read",
      "description": "One customer.",
      "method": "customer.info",
      "args": { "customerId": 1 },
      "dialect": "v2",
      "expect": { "result": { "$partial": { "email": "jane@example.com" } }, "under": "500ms" },
    },
  ],
}
`;

suite('Reading a request file', () => {
  test('accepts JSON with comments and trailing commas, and knows the place of everything', () => {
    const file = parseRequestFile(good);
    assert.deepEqual(file.problems, []);
    assert.equal(file.store?.name, 'Staging DE');
    assert.deepEqual(
      file.variables.map(({ name, value }) => [name, value]),
      [['group', 2]],
    );
    const [list, read] = file.requests;
    assert.ok(list !== undefined && read !== undefined);
    assert.equal(pointed(good, { range: list.nameRange }), '"List wholesale"');
    assert.equal(pointed(good, { range: read.methodRange ?? read.range }), '"customer.info"');
    assert.equal(pointed(good, { range: read.expectRange ?? read.range }).startsWith('{ "result"'), true);
    assert.equal(good.split('\n')[read.line], '    {');
    assert.deepEqual(
      { ...read, node: undefined, line: undefined, range: undefined, nameRange: undefined, methodRange: undefined, expectRange: undefined },
      {
        index: 1,
        list: 'requests',
        line: undefined,
        name: 'Read',
        description: 'One customer.',
        method: 'customer.info',
        args: { customerId: 1 },
        envelope: undefined,
        dialect: 'v2',
        expect: { result: { $partial: { email: 'jane@example.com' } }, under: '500ms' },
        each: undefined,
        tags: [],
        delay: undefined,
        until: undefined,
        valid: true,
        node: undefined,
        range: undefined,
        nameRange: undefined,
        methodRange: undefined,
        expectRange: undefined,
      },
    );
  });

  test('finds the request and the part of it at a place', () => {
    const file = parseRequestFile(good);
    const place = requestAt(file, good.indexOf('"group_id"') + 3);
    assert.equal(place?.request.name, 'List wholesale');
    assert.deepEqual([place?.path, place?.atKey], [['args', 'filters', 'group_id'], true]);
    assert.equal(pointed(good, { range: place?.range ?? { offset: 0, length: 0 } }), '"group_id"');
    assert.equal(requestAt(file, 3), undefined);
  });

  test('joins the lines of an envelope', () => {
    const file = parseRequestFile('{ "dialect": "wsi", "requests": [ { "name": "raw", "envelope": ["<a>", "</a>"] } ] }');
    assert.deepEqual(file.problems, []);
    assert.deepEqual([file.requests[0]?.envelope, file.requests[0]?.dialect], ['<a>\n</a>', 'wsi']);
  });
});

suite('A broken request file', () => {
  const cases: readonly (readonly [string, string, string, string])[] = [
    ['an empty file', '', 'file-empty', ''],
    ['no JSON at all', 'GET /customers', 'json-syntax', 'GET'],
    ['a brace that is missing', '{ "requests": [ { "name": "a", "method": "customer.list" ', 'json-syntax', ' '],
    [
      'a comma between requests that is missing',
      '{ "requests": [ { "name": "a", "method": "x.list" } { "name": "b", "method": "x.list" } ] }',
      'json-syntax',
      '{',
    ],
    ['a key without quotes', '{ requests: [] }', 'json-syntax', 'requests'],
    ['a list instead of a map', '[]', 'file-form', '[]'],
    ['no requests', '{ "store": "A" }', 'file-form', '{ "store": "A" }'],
    ['requests that are no list', '{ "requests": {} }', 'file-form', '{}'],
    ['a request that is none', '{ "requests": [ 7 ] }', 'file-form', '7'],
    ['a request without a name', '{ "requests": [ { "method": "customer.list" } ] }', 'file-form', '{ "method": "customer.list" }'],
    ['a request without a method', '{ "requests": [ { "name": "a" } ] }', 'file-form', '{ "name": "a" }'],
    [
      'a method beside an envelope',
      '{ "requests": [ { "name": "a", "method": "customer.list", "envelope": "<x/>" } ] }',
      'file-form',
      '"<x/>"',
    ],
    ['a name that is a number', '{ "requests": [ { "name": 7, "method": "customer.list" } ] }', 'file-form', '7'],
    [
      'a dialect that does not exist',
      '{ "requests": [ { "name": "a", "method": "customer.list", "dialect": "v3" } ] }',
      'file-form',
      '"v3"',
    ],
    ['an unknown key', '{ "requests": [ { "name": "a", "methode": "customer.list", "method": "x.y" } ] }', 'file-key', '"methode"'],
    [
      'a key that stands twice',
      '{ "requests": [ { "name": "a", "method": "customer.list", "args": { "filters": { "email": 1, "email": 2 } } } ] }',
      'key-twice',
      '"email"',
    ],
    [
      'a name that stands twice',
      '{ "requests": [ { "name": "a", "method": "x.list" }, { "name": "a", "method": "y.list" } ] }',
      'name-twice',
      '"a"',
    ],
    [
      'an unknown expectation',
      '{ "requests": [ { "name": "a", "method": "x.list", "expect": { "faults": 1 } } ] }',
      'file-key',
      '"faults"',
    ],
    [
      'a time that is none',
      '{ "requests": [ { "name": "a", "method": "x.list", "expect": { "under": "soon" } } ] }',
      'file-form',
      '"soon"',
    ],
    [
      'an unknown matcher',
      '{ "requests": [ { "name": "a", "method": "x.list", "expect": { "result": [ { "$like": "a" } ] } } ] }',
      'file-form',
      '{ "$like": "a" }',
    ],
    [
      'a matcher with a broken expression',
      '{ "requests": [ { "name": "a", "method": "x.list", "expect": { "result": { "$regex": "(" } } } ] }',
      'file-form',
      '"("',
    ],
    [
      'two outcomes at once',
      '{ "requests": [ { "name": "a", "method": "x.list", "expect": { "fault": 1, "result": 1 } } ] }',
      'file-form',
      '1',
    ],
  ];
  for (const [what, text, code, place] of cases) {
    test(`${what} is reported at its place`, () => {
      const { problems } = parseRequestFile(text);
      const found = problems.find((each) => each.code === code);
      assert.ok(found !== undefined, JSON.stringify(problems));
      assert.equal(pointed(text, found), place);
      assert.match(found.message, /^\S.*\.( Did you mean .*\?)?$/s);
      assert.doesNotMatch(found.message, /Invalid input|undefined/);
    });
  }

  test('keeps the valid requests', () => {
    const file = parseRequestFile(
      '{ "requests": [ { "name": "a", "method": "customer.list" }, { "name": "b" }, { "name": "c", "method": "x.list", ',
    );
    assert.deepEqual(
      file.requests.map(({ name, valid }) => [name, valid]),
      [
        ['a', true],
        ['b', false],
        ['c', true],
      ],
    );
  });

  test('has no place outside the text, even with an unterminated comment', () => {
    const whole = '{ "vaeriables": { "a": 1 }, "requests": [{ "name": "one", "mthod": "customer.list", "args": { "a": [1] } }] }';
    for (let at = 0; at <= whole.length; at++) {
      const text = `${whole.slice(0, at)}/*`;
      for (const { range, fixes } of parseRequestFile(text).problems) {
        for (const { offset, length } of [range, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.range))]) {
          assert.ok(offset >= 0 && offset + length <= text.length, `${offset}+${length} in ${text}`);
        }
      }
    }
  });

  test('never makes reading or linting fail, wherever it is cut off or changed', () => {
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(good.length),
        fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '{{', '}}', 'null', '\u0000', '🙂'),
        (from, length, insert) => {
          const text = good.slice(0, from) + insert + good.slice(from + (length % 20));
          for (const { range } of lint(parseRequestFile(text)))
            assert.ok(range.offset >= 0 && range.offset + range.length <= text.length, `${range.offset}+${range.length} in ${text.length}`);
        },
      ),
      { numRuns: rounds(500) },
    );
  });
});

suite('Reading a file that is being edited', () => {
  const changes = fc.array(
    fc.tuple(
      fc.nat(good.length),
      fc.nat(12),
      fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '/', '*/', '// x\n', 'requests', '\\', 'null', '7'),
    ),
    { minLength: 1, maxLength: 6 },
  );

  test('has the same result as a full parse, after every change', () => {
    fc.assert(
      fc.property(changes, (edits) => {
        const reader = new RequestFileReader();
        const linter = new Linter();
        let text = good;
        for (const [from, length, insert] of edits) {
          text = text.slice(0, from) + insert + text.slice(from + length);
          const file = reader.read(text);
          assert.deepEqual(file, parseRequestFile(text));
          assert.deepEqual(linter.lint(file), lint(file));
        }
      }),
      { numRuns: rounds(300) },
    );
  });

  test('finds each request where the syntax tree of the whole file has it', () => {
    fc.assert(
      fc.property(changes, (edits) => {
        const text = edits.reduce((before, [from, length, insert]) => before.slice(0, from) + insert + before.slice(from + length), good);
        const errors: ParseError[] = [];
        const root = parseTree(text, errors, { allowTrailingComma: true });
        const split = splitRequests(text);
        if (split === undefined || root === undefined || errors.length > 0) return;
        assert.deepEqual(
          split.requests,
          (findNodeAtLocation(root, ['requests'])?.children ?? []).map(({ offset, length }) => ({ offset, length })),
        );
      }),
      { numRuns: rounds(2000) },
    );
    assert.equal(splitRequests(good)?.requests.length, 2);
    for (const first of ['"requests": 7, ', '"requests": [], ', '"\\u0072equests": [], ', '"requests": {}, '])
      assert.equal(splitRequests(good.replace('{', `{ ${first}`)), undefined, first);
  });

  test('with 2,000 requests reads only the changed one', () => {
    const text = JSON.stringify(
      {
        requests: Array.from({ length: 2000 }, (_, index) => ({
          name: `Request ${index}`,
          method: 'customer.list',
          args: { filters: { customer_id: { gteq: index, lteq: index + 9 } } },
        })),
      },
      undefined,
      2,
    );
    const reader = new RequestFileReader();
    const before = reader.read(text);
    const after = reader.read(text.replace('"Request 1000"', '"Another"'));
    assert.equal(after.requests.filter((request, index) => request.node !== before.requests[index]?.node).length, 1);
    assert.equal(lint(after).filter(({ code }) => code === 'filter-two-operators').length, 2000);
  });
});

suite('Fixes', () => {
  const fixed = (args: string, code: string, index = 0): string => {
    const text = `{\n  "requests": [\n    {\n      "name": "a",\n      "method": "customer.update",\n      "args": ${args}\n    }\n  ]\n}`;
    const fix = only(lint(parseRequestFile(text)), code).fixes[index];
    assert.ok(fix !== undefined, 'there is a fix');
    const after = applyTextFix(text, fix);
    assert.deepEqual(parseRequestFile(after).problems, []);
    return after.slice(after.indexOf('"args": ') + 8, after.lastIndexOf('\n    }'));
  };

  test('remove a key in the middle, at the end, alone, and on a line of its own', () => {
    assert.equal(
      fixed('{ "customerId": 1, "customerData": { "password": "secret12", "taxvat": "1" } }', 'update-password'),
      '{ "customerId": 1, "customerData": { "taxvat": "1" } }',
    );
    assert.equal(
      fixed('{ "customerId": 1, "customerData": { "taxvat": "1", "password": "secret12" } }', 'update-password'),
      '{ "customerId": 1, "customerData": { "taxvat": "1" } }',
    );
    assert.equal(
      fixed('{ "customerId": 1, "customerData": { "password": "secret12" } }', 'update-password'),
      '{ "customerId": 1, "customerData": {  } }',
    );
    assert.equal(
      fixed('{ "customerId": 1, "customerData": {\n  "taxvat": "1",\n  "password": "secret12",\n} }', 'update-password'),
      '{ "customerId": 1, "customerData": {\n  "taxvat": "1",\n} }',
    );
  });

  test('change a value, and rename keys', () => {
    assert.equal(
      fixed('{ "customerId": 1, "customerData": { "taxvat": null } }', 'update-null'),
      '{ "customerId": 1, "customerData": { "taxvat": "" } }',
    );
    assert.equal(
      fixed('{ "customer_id": 1, "customerData": { "taxvat": "1" } }', 'argument-unknown'),
      '{ "customerId": 1, "customerData": { "taxvat": "1" } }',
    );
  });

  test('add missing parts', () => {
    const text = '{ "requests": [ { "name": "a", "method": "customer.list" } ] }';
    const fix = only(lint(parseRequestFile(text)), 'list-whole-store').fixes[0];
    assert.ok(fix !== undefined);
    assert.equal(
      applyTextFix(text, fix),
      '{ "requests": [ { "name": "a", "method": "customer.list", "args": { "filters": { "customer_id": { "from": 1, "to": 1000 } } } } ] }',
    );
  });

  test('turn gteq and lteq into a range, with two edits', () => {
    const text =
      '{ "requests": [ { "name": "a", "method": "customer.list", "args": { "filters": { "customer_id": { "gteq": 1, "lteq": 9 } } } } ] }';
    const { fixes, range } = only(lint(parseRequestFile(text)), 'filter-two-operators');
    assert.equal(pointed(text, { range }), '"lteq"');
    assert.ok(fixes[0]?.preferred === true);
    assert.ok(applyTextFix(text, fixes[0]).includes('{ "from": 1, "to": 9 }'));
  });

  test('replace a misspelled method and key', () => {
    const text = '{ "requests": [ { "name": "a", "method": "customer.lst", "arg": [] } ] }';
    const diagnostics = lint(parseRequestFile(text));
    const method = only(diagnostics, 'method-unknown').fixes[0];
    const key = only(diagnostics, 'file-key').fixes[0];
    assert.ok(method !== undefined && key !== undefined);
    assert.ok(applyTextFix(text, method).includes('"method": "customer.list"'));
    assert.ok(applyTextFix(text, key).includes('"args": []'));
  });
});

suite('Arguments in any documented form', () => {
  test('may be by name, in order, or a single value', () => {
    const expected = { method: 'customer.info', args: { customerId: '2' } };
    assert.deepEqual(readyCall('customer.info', { customerId: '2' }), expected);
    assert.deepEqual(readyCall('customerCustomerInfo', ['2']), expected);
    assert.deepEqual(readyCall('customer.info', '2'), expected);
    assert.deepEqual(readyCall('customer.list', undefined), { method: 'customer.list', args: {} });
  });

  test('may be filters in the wrapper of WS-I', () => {
    const pair = { key: 'group_id', value: { key: 'in', value: '1,3' } };
    assert.deepEqual(readyCall('customer.list', { filters: { complex_filter: { complexObjectArray: pair } } }).args, {
      filters: { complex_filter: [pair] },
    });
    assert.deepEqual(readyCall('customer.list', { filters: { complex_filter: { complexObjectArray: [pair] } } }).args, {
      filters: { complex_filter: [pair] },
    });
  });

  test('are unchanged for other methods', () => {
    assert.deepEqual(readyCall('loyalty.list', { a: 1 }), { method: 'loyalty.list', args: { a: 1 } });
    assert.deepEqual(readyCall('loyalty.list', 5), { method: 'loyalty.list', args: [5] });
    assert.deepEqual(readyCall('resources', undefined), { method: 'resources', args: {} });
  });

  test('may be in calls of a multiCall', () => {
    const calls = ['customer_group.list', ['customer.info', 1], { method: 'customer.info', args: { customerId: 2 } }];
    assert.deepEqual(readyCalls({ calls, options: { break: 1 } }), {
      calls: [
        { method: 'customer_group.list', args: {} },
        { method: 'customer.info', args: { customerId: 1 } },
        { method: 'customer.info', args: { customerId: 2 } },
      ],
      stopAtFault: true,
    });
    assert.throws(() => readyCalls({ calls: [7] }), /A call within multiCall/);
  });
});

test('Lines and columns are those of an editor', () => {
  const positions = new Positions('a\nbc\n\nd');
  assert.deepEqual(
    [0, 1, 2, 3, 5, 6, 7].map((offset) => positions.at(offset)),
    [
      { line: 1, column: 1 },
      { line: 1, column: 2 },
      { line: 2, column: 1 },
      { line: 2, column: 2 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
      { line: 4, column: 2 },
    ],
  );
});

test('A file that is nested too deep is refused, and its next version is read', () => {
  const reader = new RequestFileReader();
  const file = (args: string): string => `{ "requests": [{ "name": "a", "method": "customer.list", "args": ${args} }] }`;
  assert.deepEqual(
    reader.read(file(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).problems.map(({ code }) => code),
    ['file-too-deep'],
  );
  assert.deepEqual(
    reader.read(file('{}')).requests.map(({ name }) => name),
    ['a'],
  );
});
