// Values that placeholders generate, and matchers with flags and "absent or". Each case is a line, so that a new case is one more line.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { generators, lint, match, NamedFiles, Resolver, takers } from '../../../src/requests';
import type { SoapValue } from '../../../src/api/value';
import { fileOf, folder } from './support';

const resolver = new Resolver({ file: { name: 'Jürgen' }, trusted: true });
const made = (text: string): SoapValue => resolver.resolve(text);
const shown = (value: SoapValue): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
const wrong = (text: string): readonly string[] =>
  lint(fileOf({ requests: [{ name: 'A', method: 'customer.info', args: [text] }] })).map(({ code }) => code);

suite('Generated values', () => {
  test('are as described, and each example can be filled', () => {
    const shapes: Readonly<Record<keyof typeof generators, RegExp>> = {
      uuid: /^[0-9a-f-]{36}$/,
      timestamp: /^\d{10}$/,
      now: /^\d{4}-\d\d-\d\d$/,
      randomInt: /^\d{1,3}$/,
      randomEmail: /^user-[0-9a-f]{12}@example\.com$/,
      randomFirstName: /^\p{L}+$/u,
      randomLastName: /^[\p{L}’]+$/u,
    };
    for (const [name, { example }] of Object.entries(generators))
      assert.match(shown(made(`{{${example}}}`)), shapes[name as keyof typeof generators]);
    assert.equal(typeof made('{{$randomInt 5 5}}'), 'number');
    assert.equal(made('{{$randomInt -3 -3}}'), -3);
  });

  test('of time are relative to now, in the formats of the API', () => {
    const day = 86_400_000;
    for (const [words, ms] of [
      ['', 0],
      ['-30d', -30 * day],
      ['+2h', 7_200_000],
      ['+1w -7d', 0],
      ['-90m', -5_400_000],
      ['+10s', 10_000],
    ] as const) {
      const about = new Date(`${shown(made(`{{$now ${words}}}`)).replace(' ', 'T')}Z`).getTime() - Date.now();
      assert.ok(Math.abs(about - ms) < 60_000, `${words}: ${about}`);
      const seconds = Number(made(`{{$now ${words} timestamp}}`)) * 1000 - Date.now();
      assert.ok(Math.abs(seconds - ms) < 60_000, `${words}: ${seconds}`);
    }
    assert.match(shown(made('{{$now -2mo iso}}')), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(Number(shown(made('{{$now +3y date}}')).slice(0, 4)), new Date().getUTCFullYear() + 3);
  });

  test('that are invalid are reported at their place', () => {
    for (const text of [
      '$now 30d',
      '$now -30x',
      '$now date -1d',
      '$now iso date',
      '$randomInt',
      '$randomInt 2 1',
      '$randomInt a b',
      '$uuid 1',
      '$base64',
      '$md5  ',
      '$file',
      '$base64 $nope',
      "$base64 'a",
      '$nope',
    ])
      assert.deepEqual(wrong(`{{${text}}}`), ['variable-malformed'], text);
    assert.deepEqual(wrong('{{$md5 nobody}}'), ['variable-unknown']);
    assert.deepEqual(wrong('{{$base64 $env MAHO_SOAP_KEY}}'), ['variable-key']);
  });

  test('of texts and files: Base64 and MD5, of the bytes', async (context) => {
    const path = await folder(context, { 'note.txt': 'héllo\n' });
    writeFileSync(join(path, 'logo.png'), Uint8Array.of(0x89, 0x50, 0xff));
    const own = new Resolver({ file: { name: 'Jürgen' }, trusted: true, files: new NamedFiles(join(path, 'a.maho.json')) });
    assert.equal(own.resolve("{{$base64 'a:b'}}"), 'YTpi');
    assert.equal(own.resolve('{{$base64 name}}'), Buffer.from('Jürgen').toString('base64'));
    assert.equal(own.resolve("{{$md5 ''}}"), 'd41d8cd98f00b204e9800998ecf8427e');
    assert.equal(own.resolve('{{$base64 $file logo.png}}'), 'iVD/');
    assert.equal(own.resolve('{{$file note.txt}}'), 'héllo\n');
    assert.throws(() => own.resolve('{{$file ../x}}'), { code: 'file-outside' });
    assert.throws(() => own.resolve('{{$file logo.png}}'), { code: 'encoding' });
    const untrusted = new Resolver({ file: {}, trusted: false, files: new NamedFiles(join(path, 'a.maho.json')) });
    for (const text of ['{{$file note.txt}}', '{{$md5 $file note.txt}}', '{{$base64 $env HOME}}'])
      assert.throws(() => untrusted.resolve(text), { code: 'variable-untrusted' }, text);
    assert.throws(() => own.resolve('{{$base64 $env MAHO_SOAP_KEY}}'), { code: 'variable-key' });
    assert.ok(Object.keys(takers).length > 0);
  });
});

suite('Matchers', () => {
  const holds = (expected: SoapValue, actual: SoapValue | undefined): boolean => match(expected, actual, 'result').length === 0;

  test('accept flags for expressions', () => {
    assert.ok(holds({ $regex: 'JANE', $flags: 'i' }, 'jane'));
    assert.ok(!holds({ $regex: 'JANE' }, 'jane'));
    assert.ok(holds({ $regex: '^ä.É$', $flags: 'is' }, 'Ä\né'));
    assert.ok(!holds({ $regex: '^a.b$' }, 'a\nb'));
    const problems = (value: object): number =>
      fileOf({ requests: [{ name: 'A', method: 'x.list', expect: { result: value } }] }).problems.length;
    assert.equal(problems({ $regex: 'a', $flags: 'i' }), 0);
    for (const value of [{ $flags: 'i' }, { $regex: 'a', $flags: 'g' }, { $regex: 'a', $flags: 1 }]) assert.equal(problems(value), 1);
  });

  test('accept absent values', () => {
    const expected = { $partial: { taxvat: { $absentOr: { $regex: '^DE' } } } };
    assert.ok(holds(expected, {}));
    assert.ok(holds(expected, { taxvat: 'DE1' }));
    assert.ok(!holds(expected, { taxvat: 'US1' }));
    assert.ok(!holds(expected, { taxvat: null }));
    assert.ok(holds({ a: { $absentOr: { $oneOf: [null, 1] } } }, { a: null }));
    assert.match(match({ $not: { $absentOr: 1 } }, 1, 'result')[0]?.expected ?? '', /not nothing or 1/);
  });
});
