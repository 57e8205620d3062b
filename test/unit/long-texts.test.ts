import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { printed } from '../../src/api/printable';
import { codeTargets, generateCode } from '../../src/codegen/index';
import { findTraps } from '../../src/api/traps';
import { parseRequestFile, placeholders } from '../../src/requests';
import { match } from '../../src/requests/expect/match';
import { maskXml } from '../../src/store/masking/mask';

/** Patterns that keep each repetition on the stack fail at about 6 million characters with "Maximum call stack size exceeded". */
const CHARS = 7_200_000;

suite('A text of millions of characters does not exhaust the stack', () => {
  test('as a placeholder with single braces in it', () => {
    const [found] = placeholders(`{{${'{a'.repeat(CHARS / 2)}}}`);
    assert.equal(found?.length, CHARS + 4);
    assert.equal(placeholders(`{{${'{a'.repeat(CHARS / 2)}`)[0]?.reference.kind, 'malformed');
  });

  test('as blanks or colours before a command of a build log', () => {
    assert.match(printed(`${' '.repeat(CHARS)}::warning::x`).slice(-20), /\\x3a:warning::x$/);
    assert.match(printed(`${'\u001b[1m'.repeat(CHARS / 4)}::warning::x`).slice(-20), /\\x3a:warning::x$/);
  });

  test('as an e-mail', () => {
    const isRefused = (email: string): boolean =>
      findTraps({ method: 'customer.update', args: { customerId: 1, customerData: { email } } }).some(({ code }) => code === 'data-email');
    assert.equal(isRefused(`a@${'a.'.repeat(CHARS / 2)}nl`), false);
    assert.equal(isRefused(`a@${'a.'.repeat(CHARS / 2)}`), true);
  });

  test('as a tag with attributes', () => {
    const text = `<a${' b="c"'.repeat(CHARS / 6)}>x</a><password_hash>geheim</password_hash>`;
    assert.match(maskXml(text).slice(-60), /<password_hash>•+<\/password_hash>$/);
  });
});

/** A call with some 120,000 arguments, such as push(...list), fails with "Maximum call stack size exceeded". */
const MANY = 125_000;

suite('A list of many items does not exhaust the stack', () => {
  const repeated = (text: string): string => Array.from({ length: MANY }, () => text).join(',');
  const codes = (text: string): readonly string[] => [...new Set(parseRequestFile(text).problems.map(({ code }) => code))];

  test('as repeated keys of a request file', () => {
    assert.deepEqual(codes(`{"variables":{${repeated('"a":1')}},"requests":[{"name":"a","method":"x"}]}`), ['key-twice']);
    assert.deepEqual(codes(`{"requests":[{"name":"a","method":"x","args":{${repeated('"a":1')}}}]}`), ['key-twice']);
  });

  test('as matchers that do not exist', () => {
    assert.deepEqual(codes(`{"requests":[{"name":"a","method":"x","expect":{"result":[${repeated('{"$x":1}')}]}}]}`), ['file-form']);
  });

  test('as differences between the expected and the actual value', () => {
    const wanted = Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`k${index}`, 1]));
    assert.ok(match({ $partial: wanted }, {}, 'result').length > 0);
    assert.ok(match({ $each: wanted }, [{}], 'result').length > 0);
  });

  test('as arguments of a generated program', () => {
    const args = [Array.from({ length: MANY }, (_, index) => index)];
    for (const target of codeTargets)
      assert.ok(generateCode({ method: 'x.list', args, url: 'https://shop.example/', user: 'u', dialect: 'v1' }, target).length > MANY);
  });
});
