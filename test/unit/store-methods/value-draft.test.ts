// What is typed into the form of a method, as values and back.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { any, boolean, double, entity, int, list, string, type WireType } from '../../../src/api/types';
import type { SoapValue } from '../../../src/api/value';
import { formArguments, methodCall, unlistedMethod } from '../../../src/forms/method-form';
import { draftOf, readDraft, type ValueDraft } from '../../../src/forms/value-draft';
import { methodRequest } from '../../../src/pages/method-messages';

const field = (name: string, type: WireType): Parameters<typeof entity>[1][number] => ({ name, type, title: name, doc: '' });
const filters = entity('filters', []);
const address = entity('address', [field('city', string), field('street', list('ArrayOfString', string)), field('is_default', boolean)]);

function back(type: WireType, value: SoapValue | undefined): SoapValue | undefined {
  const { value: read, problems } = readDraft(type, draftOf(type, value), 'x');
  assert.deepEqual(problems, []);
  return read;
}

suite('A value in a form', () => {
  const kept: readonly (readonly [name: string, type: WireType, value: SoapValue | undefined])[] = [
    ['nothing', string, undefined],
    ['a text', string, ' as it stands '],
    ['the empty text', string, ''],
    ['the empty text in an entity', address, { city: '', street: ['A 1', ''] }],
    ['a list of empty texts', list('ArrayOfString', string), ['', '']],
    ['a whole number', int, 12],
    ['more digits than JavaScript counts', int, '12345678901234567890'],
    ['a number', double, '1.50'],
    ['yes', boolean, true],
    ['no', boolean, false],
    ['an entity', address, { city: 'Bonn', street: ['A 1', 'B'], is_default: false }],
    ['an entity with a field that is not described', address, { city: 'Bonn', zip: '53111' }],
    ['an entity whose field is called constructor', entity('e', [field('constructor', string)]), { constructor: 'x' }],
    ['a list of entities', list('addresses', address), [{ city: 'Bonn' }, { city: 'Köln' }]],
    ['what nothing describes', any, { a: [1, null, { b: true }] }],
    ['a list where a text is expected', string, ['a', 'b']],
    ['alternatives, which only V1 can say', filters, { email: [{ like: 'a%' }, { like: 'b%' }] }],
    ['no filters', filters, undefined],
  ];
  for (const [name, type, value] of kept)
    test(`comes back as it was: ${name}`, () => {
      assert.deepEqual(back(type, value), value);
    });

  test('is left out where nothing was entered, unless the empty text is meant', () => {
    const read = (type: WireType, empty?: boolean): SoapValue | undefined => readDraft(type, { kind: 'text', text: '', empty }, 'x').value;
    assert.deepEqual([read(string), read(string, false), read(string, true)], [undefined, undefined, '']);
    // No number is empty.
    assert.deepEqual([read(int, true), read(double, true)], [undefined, undefined]);
    const message = methodRequest.parse({ type: 'typed', draft: [{ kind: 'text', text: '', empty: true }] });
    assert.deepEqual(message, { type: 'typed', draft: [{ kind: 'text', text: '', empty: true }] });
  });

  test('has a control of its own for each type', () => {
    const kind = (type: WireType): string => draftOf(type, undefined).kind;
    assert.deepEqual([string, int, double, boolean, any, address, list('l', string), filters].map(kind), [
      'text',
      'text',
      'text',
      'yes-no',
      'json',
      'fields',
      'list',
      'filters',
    ]);
  });
});

suite('Filters in a form', () => {
  const forms: readonly (readonly [name: string, value: SoapValue])[] = [
    ['a map', { email: { like: '%@example.com' }, group_id: { in: ['1', '2'] } }],
    [
      'the structure of V2',
      {
        complex_filter: [
          { key: 'email', value: { key: 'like', value: '%@example.com' } },
          { key: 'group_id', value: { key: 'in', value: '1,2' } },
        ],
      },
    ],
  ];
  for (const [name, value] of forms)
    test(`are conditions, however they were written: ${name}`, () => {
      assert.deepEqual(draftOf(filters, value), {
        kind: 'filters',
        conditions: [
          { attribute: 'email', operator: 'like', value: '%@example.com' },
          { attribute: 'group_id', operator: 'in', value: '1, 2' },
        ],
      });
    });

  test('are told what is wrong with each condition', () => {
    const draft: ValueDraft = {
      kind: 'filters',
      conditions: [
        { attribute: 'email', operator: 'eq', value: 'a@example.com' },
        { attribute: '', operator: 'eq', value: 'x' },
        { attribute: 'group_id', operator: 'in', value: '' },
        { attribute: 'email', operator: 'eq', value: 'b@example.com' },
        { attribute: 'lastname', operator: 'constructor', value: 'x' },
        { attribute: '', operator: 'eq', value: '' },
        { attribute: 'dob', operator: 'null', value: 'not shown' },
      ],
    };
    const { value, problems } = readDraft(filters, draft, 'filters');
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['filters.1', 'filters.2', 'filters.3', 'filters.4'],
    );
    assert.match(JSON.stringify(value), /"dob","value":\{"key":"null","value":"1"\}/);
  });
});

suite('What cannot be a value', () => {
  const wrong: readonly (readonly [type: WireType, draft: ValueDraft, words: RegExp])[] = [
    [int, { kind: 'text', text: '1.5' }, /not a whole number/],
    [int, { kind: 'text', text: 'one' }, /not a whole number/],
    [double, { kind: 'text', text: '1,5' }, /with a decimal point/],
    [double, { kind: 'text', text: '1e400' }, /not a number/],
    [any, { kind: 'json', text: '{"a":' }, /not JSON/],
    [any, { kind: 'json', text: '[1, ]' }, /not JSON/],
  ];
  for (const [type, draft, words] of wrong)
    test(`is told: ${JSON.stringify(draft)}`, () => {
      const { value, problems } = readDraft(type, draft, 'x');
      assert.equal(value, undefined);
      assert.match(problems[0]?.words ?? '', words);
    });

  test('stands where it is wrong', () => {
    const draft = draftOf(list('numbers', int), [1, 2]);
    assert.ok(draft.kind === 'list');
    const { problems } = readDraft(list('numbers', int), { ...draft, items: [...draft.items, { kind: 'text', text: 'x' }] }, 'ids');
    assert.deepEqual(
      problems.map(({ path }) => path),
      ['ids.2'],
    );
  });

  test('a plain word is a text where nothing describes the value', () => {
    assert.equal(readDraft(any, { kind: 'json', text: 'word' }, 'x').value, 'word');
  });
});

test('A method that the store does not list takes a list or a map of arguments', () => {
  const method = unlistedMethod('my_module.do', 'v1');
  assert.deepEqual(
    formArguments(method).map(({ name }) => name),
    ['arguments'],
  );
  assert.deepEqual(methodCall(method, [['a', 1]], 'v1'), { method: 'my_module.do', args: ['a', 1] });
  assert.deepEqual(methodCall(unlistedMethod('myModuleDo', 'v2'), [{ id: 1 }], 'v2'), { method: 'myModuleDo', args: { id: 1 } });
  assert.equal(unlistedMethod('customer.delete', 'v1').access, 'write');
});

test('The page of a form cannot ask for more than it shows', () => {
  const ok = { type: 'run', draft: [{ kind: 'list', items: [{ kind: 'text', text: 'x' }] }] };
  assert.ok(methodRequest.safeParse(ok).success);
  for (const hostile of [
    { type: 'run' },
    { type: 'run', draft: [{ kind: 'text', text: 7 }] },
    { type: 'run', draft: [{ kind: 'script', text: 'x' }] },
    { type: 'typed', draft: [{ kind: 'filters', conditions: [{ attribute: 'a' }] }] },
    { type: 'run', draft: [{ kind: 'text', text: 'x'.repeat(100_001) }] },
    { type: 'command', id: 'workbench.action.reloadWindow' },
  ])
    assert.ok(!methodRequest.safeParse(hostile).success, JSON.stringify(hostile).slice(0, 80));
});
