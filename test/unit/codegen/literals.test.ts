import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import ts from 'typescript';
import type { SoapValue } from '../../../src/api/value';
import { phpLiteral, tsLiteral, valueLiteral } from '../../../src/codegen/index';
import { run } from '../../support/php';
import { soapValues, xmlSafeText } from '../../support/soap-values';
import { Expression } from '../../../src/codegen/template';
import { shellPrint, shellWord } from '../../../src/codegen/literals/shell';

test('random values written as TypeScript are read back unchanged, also by the TypeScript compiler', () => {
  fc.assert(
    fc.property(fc.array(soapValues(), { maxLength: 30 }), (values) => {
      const source = `const values: unknown = ${tsLiteral(values)};`;
      const program = ts.transpile(source, { target: ts.ScriptTarget.ES2022 });
      const read: unknown = JSON.parse(String(runInNewContext(`${program}\nJSON.stringify(values)`)));
      assert.deepEqual(read, JSON.parse(JSON.stringify(values)));
    }),
    { numRuns: 150 },
  );
});

test('written TypeScript contains no character with a misleading look', () => {
  const hidden = 'a\u202eb\u2028c\u0000d\ufeffe\ud800';
  assert.equal(tsLiteral(hidden), String.raw`'a\u202eb\u2028c\u0000d\ufeffe\ud800'`);
});

test('written PHP looks like PHP of people', () => {
  const value: SoapValue = {
    email: "o'hara@example.com",
    group_id: { in: [1, 3] },
    price: '$5',
    path: 'C:\\',
    tab: 'a\tb',
    bidi: 'a\u202eb',
    none: null,
    yes: true,
  };
  assert.equal(
    phpLiteral(value),
    `[
    'email' => 'o\\'hara@example.com',
    'group_id' => ['in' => [1, 3]],
    'price' => '$5',
    'path' => 'C:\\\\',
    'tab' => "a\\tb",
    'bidi' => "a\\u{202e}b",
    'none' => null,
    'yes' => true,
]`,
  );
});

test('PHP text cannot contain half a surrogate pair, and the error says so', () => {
  assert.throws(() => phpLiteral('a\ud800'), { kind: 'input', code: 'forbidden-character' });
});

test('a customer is written without its secrets unless they are revealed', () => {
  const customer: SoapValue = { customer_id: 1, email: 'a@example.com', password_hash: 'hash:salt', rp_token: 'token' };
  assert.equal(valueLiteral(customer, 'typescript'), "{ customer_id: 1, email: 'a@example.com' }");
  assert.match(valueLiteral(customer, 'php', { reveal: true }), /'password_hash' => 'hash:salt'/);
});

test('random text in shell words and printed lines is unchanged, and no expression is expanded twice', async () => {
  const texts = fc.sample(xmlSafeText, { numRuns: 300, seed: 7 });
  const odd = '$(id)`id`\'"\\n%s';
  const script = texts
    .map((text) => `printf '%s\\0' ${shellWord(text)}\n${shellPrint([[text], ['a', new Expression('"$odd"'), text]])}\nprintf '\\0'`)
    .join('\n');
  const { stdout, stderr, status } = await run('sh', ['-s'], { input: script, env: { odd } });
  assert.equal(stderr, '');
  assert.equal(status, 0);
  assert.deepEqual(
    stdout.split('\0').slice(0, -1),
    texts.flatMap((text) => [text, `${text}\na${odd}${text}\n`]),
  );
});
