import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FaultError, ToolkitError } from '../../../src/api/errors';
import type { SoapValue } from '../../../src/api/value';
import { evaluate, match, type Expectation } from '../../../src/requests';

const jane = { customer_id: 7, email: 'jane@example.com', firstname: 'Jane', middlename: null, password_hash: 'abcdef:salt' };

suite('A result', () => {
  const fits: readonly (readonly [string, SoapValue, SoapValue])[] = [
    ['is the same', jane, { ...jane }],
    ['is a number where V1 sends text', { customer_id: 7 }, { customer_id: '7' }],
    ['has at least these keys', { $partial: { email: 'jane@example.com' } }, jane],
    ['has at least these keys, deeply', { $partial: { a: { b: 1 } } }, { a: { b: 1, c: 2 }, d: 3 }],
    ['has a type', { $type: 'map' }, jane],
    ['has one of some types', { $type: ['string', 'null'] }, null],
    ['is a whole number as text', { $type: 'int' }, '42'],
    ['matches an expression', { $partial: { email: { $regex: '^jane@' } } }, jane],
    ['is in a range', { $range: [5, null] }, '7'],
    ['is in a range of dates', { $range: ['2026-01-01', '2026-12-31'] }, '2026-11-23 08:10:35'],
    ['has a length', { $length: 2 }, [1, 2]],
    ['has a length in a range', { $length: [1, null] }, 'Zoë'],
    ['is one of several', { $oneOf: ['a', { $type: 'int' }] }, 3],
    ['contains an item', { $contains: { email: 'jane@example.com' } }, [{ email: 'x' }, jane]],
    ['is so in every item', { $each: { email: { $regex: '@' } } }, [jane, jane]],
    ['lacks a key', { $partial: { gender: { $absent: true } } }, jane],
    ['has a key, whatever it is', { $partial: { middlename: { $absent: false } } }, jane],
    ['is not something', { $not: 'other' }, 'this'],
    ['holds several matchers at once', { $type: 'list', $length: 1, $each: { customer_id: 7 } }, [jane]],
  ];
  for (const [what, expected, actual] of fits) test(what, () => assert.deepEqual(match(expected, actual, 'result'), []));

  const differs: readonly (readonly [string, SoapValue, SoapValue | undefined, readonly (readonly [string, string])[]])[] = [
    ['a value', { email: 'a' }, { email: 'b' }, [['result.email', '"a"']]],
    ['a key that is missing', { email: 'a', x: 1 }, { email: 'a' }, [['result.x', '1']]],
    ['a key too many', { email: 'a' }, { email: 'a', x: 1 }, [['result.x', 'nothing']]],
    ['an item', [1, 2], [1, 3], [['result[1]', '2']]],
    ['an item too many', [1], [1, 2], [['result[1]', 'nothing']]],
    ['a list that is none', [1], 1, [['result', 'a list of 1']]],
    ['null', { a: 'x' }, { a: null }, [['result.a', '"x"']]],
    ['text that is true', { a: 'true' }, { a: true }, [['result.a', '"true"']]],
    ['a type', { $type: 'int' }, 'x', [['result', 'of type int']]],
    ['an expression', { $regex: '^a' }, 'ba', [['result', 'text that matches /^a/']]],
    ['a range', { $range: [1, 5] }, 6, [['result', 'from 1 to 5']]],
    ['a length', { $length: 3 }, [1], [['result.length', '3']]],
    ['one of several', { $oneOf: [1, 2] }, 3, [['result', 'one of 1, 2']]],
    ['an item among others', { $contains: 5 }, [1, 2], [['result', 'a list that contains 5']]],
    [
      'each item',
      { $each: { a: 1 } },
      [{ a: 1 }, { a: 2 }, {}],
      [
        ['result[1].a', '1'],
        ['result[2].a', '1'],
      ],
    ],
    ['a key that is there', { $partial: { a: { $absent: true } } }, { a: 1 }, [['result.a', 'nothing']]],
    ['what it must not be', { $not: { $type: 'string' } }, 'x', [['result', 'not of type string']]],
    ['an odd key', { 'odd key': 1 }, { 'odd key': 2 }, [['result["odd key"]', '1']]],
    ['nothing at all', { $type: 'int' }, undefined, [['result', 'of type int']]],
  ];
  for (const [what, expected, actual, places] of differs) {
    test(`differs in ${what}`, () =>
      assert.deepEqual(
        match(expected, actual, 'result').map((each) => [each.path, each.expected]),
        places,
      ));
  }

  test('with thousands of differences shows the first fifty', () => {
    assert.equal(
      match(
        [],
        Array.from({ length: 5000 }, (_, index) => index),
        'result',
      ).length,
      50,
    );
  });
});

suite('An outcome', () => {
  const fault = new FaultError({ code: '102', message: 'Customer not exists.' }, { what: 'There is no such customer.' });
  const policy = new ToolkitError('policy', { code: 'read-only', what: 'Not sent.' });
  const ok = (expectation: Expectation | undefined, outcome: Parameters<typeof evaluate>[1]): void =>
    assert.deepEqual(evaluate(expectation, outcome), []);
  const paths = (expectation: Expectation | undefined, outcome: Parameters<typeof evaluate>[1]): readonly string[] =>
    evaluate(expectation, outcome).map(({ path }) => path);

  test('is a fault by its code, its text, or any', () => {
    ok({ fault: 102 }, { error: fault });
    ok({ fault: '102' }, { error: fault });
    ok({ fault: true }, { error: fault });
    ok({ fault: { code: 102, message: { $regex: 'exists' } } }, { error: fault });
    assert.deepEqual(paths({ fault: 101 }, { error: fault }), ['fault.code']);
    assert.deepEqual(paths({ fault: { message: 'x' } }, { error: fault }), ['fault.message']);
    assert.deepEqual(paths({ fault: 102 }, { value: true }), ['fault']);
  });

  test('is a result unless something else is expected', () => {
    ok(undefined, { value: [] });
    ok({}, { value: null });
    assert.deepEqual(paths(undefined, { error: fault }), ['fault']);
    assert.deepEqual(paths({ result: true }, { error: fault }), ['fault']);
  });

  test('is an error of another kind by its code', () => {
    ok({ error: 'read-only' }, { error: policy });
    assert.deepEqual(paths({ error: 'read-only' }, { value: 1 }), ['error']);
    assert.deepEqual(paths({ error: 'read-only' }, { error: fault }), ['error']);
  });

  test('is in time, or is not', () => {
    ok({ under: '500ms' }, { value: 1, ms: 499 });
    ok({ under: '2s' }, { value: 1, ms: 1999 });
    ok({ under: 10 }, { value: 1, ms: 9 });
    assert.deepEqual(evaluate({ under: '500ms' }, { value: 1, ms: 500.4 }), [{ path: 'time', expected: 'under 500ms', actual: '500ms' }]);
  });

  test('shows the beginning of a large value, and the size of the rest', () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => ({ customer_id: index, note: 'x'.repeat(20_000) }));
    const [mismatch] = evaluate({ fault: true }, { value: rows });
    const shown = mismatch?.actual;
    assert.ok(Array.isArray(shown) && shown.length < 1000);
    assert.equal(shown.at(-1), `… ${(50_000 - shown.length + 1).toLocaleString('en')} more items`);
    assert.match(JSON.stringify(shown[0]), /"customer_id":0,"note":"x{10000}… 10,000 more characters"/);
  });

  test('does not show a secret that differs', () => {
    const shown = JSON.stringify([
      evaluate({ result: { $partial: { password_hash: 'expected-hash' } } }, { value: jane }),
      evaluate({ result: { $partial: { other: { password_hash: 'x' } } } }, { value: { other: [jane] } }),
      evaluate({ result: 'x' }, { value: { list: [jane] } }),
    ]);
    assert.ok(!shown.includes('abcdef') && !shown.includes('expected-hash'), shown);
  });

  test('does not show an expected secret if it is missing, if a whole row is missing, or in a matcher', () => {
    const row = { email: 'a@b.c', password_hash: 'expected-hash' };
    const expectations: readonly (readonly [SoapValue, SoapValue])[] = [
      ...[{}, { password_hash: null }, { password_hash: '' }, { password_hash: true }].map(
        (actual) => [{ $partial: { password_hash: 'expected-hash' } }, actual] as const,
      ),
      [{ $partial: { password_hash: { $regex: '^expected-hash' } } }, jane],
      [{ $partial: { password_hash: { $oneOf: ['expected-hash'] } } }, {}],
      [{ $partial: { confirmation: 'expected-hash' } }, { confirmation: null }],
      [[row], []],
      [{ jane: row }, {}],
      [{ $contains: row }, [{}]],
      [{ $contains: { password_hash: { $regex: 'expected-hash' } } }, [{}]],
      [{ $oneOf: [row] }, {}],
      [{ $not: { $partial: row } }, row],
      [{ $each: { rp_token: 'expected-hash' } }, [{}]],
    ];
    for (const [result, value] of expectations) {
      const mismatches = evaluate({ result }, { value });
      assert.equal(mismatches.length, 1);
      assert.ok(!JSON.stringify(mismatches).includes('expected-hash'), JSON.stringify(mismatches));
    }
    assert.deepEqual(
      evaluate({ result: { confirmation: 'true', password_hash: { $type: 'string' } } }, { value: { confirmation: 'false' } }),
      [
        { path: 'result.confirmation', expected: '"true"', actual: 'false' },
        { path: 'result.password_hash', expected: 'of type string', actual: undefined },
      ],
    );
  });
});
