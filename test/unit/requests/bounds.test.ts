import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { lint, namePattern, parseEnvironment, parseRequestFile, Resolver, type SavedRequest } from '../../../src/requests';
import { expandVariables } from '../../../src/store/settings/variables';
import { cli, fileOf } from './support';

/** Generous limit: each of these took from 5 seconds to forever, and takes well under one now. */
const hang = { timeout: 20_000 };

const resolver = (file: Record<string, unknown>, env?: Record<string, string>): Resolver =>
  new Resolver({ file: parseEnvironment(JSON.stringify(file), 'a'), trusted: true, env });

suite('Request files from outside', () => {
  test('may have chains of variables of any length', hang, () => {
    const count = 20_000;
    const variables = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`v${index}`, index + 1 === count ? 'end' : `{{v${index + 1}}}`]),
    );
    assert.equal(resolver(variables).resolve('{{v0}}'), 'end');
    const file = parseRequestFile(JSON.stringify({ variables, requests: [{ name: 'A', method: 'customer.list', args: ['{{v0}}'] }] }));
    assert.deepEqual(
      lint(file).filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  test('may have circles of any length, whose messages do not grow with the square of the length', hang, () => {
    const count = 4000;
    const variables = Object.fromEntries(Array.from({ length: count }, (_, index) => [`v${index}`, `{{v${(index + 1) % count}}}`]));
    const found = lint(parseRequestFile(JSON.stringify({ variables, requests: [] }))).filter(({ code }) => code === 'variable-cycle');
    assert.equal(found.length, count);
    assert.match(found[0]?.message ?? '', /contains itself, through 3999 others/);
    assert.throws(() => resolver(variables).resolve('{{v0}}'), { code: 'variable-cycle', message: /3999 others/ });
  });

  test('report each circle separately, without other variables', () => {
    const file = parseRequestFile(JSON.stringify({ variables: { a: '{{b}}', b: '{{a}}', c: '{{a}}', d: '{{d}}', e: 'x' }, requests: [] }));
    assert.deepEqual(
      lint(file)
        .filter(({ code }) => code === 'variable-cycle')
        .map(({ message }) => message.replace(/^.*itself: /, '')),
      ['a -> b -> a.', 'b -> a -> b.', 'd -> d.'],
    );
  });

  test('may have many placeholders and unknown names', hang, () => {
    const many = 'é\n{{a}} '.repeat(20_000);
    const text = JSON.stringify({
      variables: { a: '1' },
      requests: [{ name: 'A', method: 'customer.list', args: { filters: { lastname: many } } }],
    });
    assert.deepEqual(
      lint(parseRequestFile(text)).filter(({ code }) => code.startsWith('variable')),
      [],
    );
    const unknown = Array.from({ length: 5000 }, (_, index) => `{{rihgtName${index}}}`);
    const found = lint(
      parseRequestFile(
        JSON.stringify({
          variables: Object.fromEntries(unknown.map((_, index) => [`rightName${index}`, 1])),
          requests: [{ name: 'A', method: 'customer.list', args: unknown }],
        }),
      ),
    );
    assert.equal(found.filter(({ code }) => code === 'variable-unknown').length, 5000);
    assert.match(found.find(({ code }) => code === 'variable-unknown')?.message ?? '', /Did you mean "rightName\d+"/);
  });

  test('have the exact place of each placeholder after any escapes', () => {
    for (const value of ['{{a}}', '"{{a}}"', 'é{{a}}\n{{a}}', '\\\\{{a}}', 'x\u0001{{a}}\t"{{a}}"']) {
      for (const written of [
        JSON.stringify(value),
        JSON.stringify(value).replaceAll('{{a', '{\\u007ba'),
        JSON.stringify(value).replaceAll('é', '\\u00e9'),
      ]) {
        const text = `{ "requests": [ { "name": "A", "method": "customer.list", "args": [ ${written} ] } ] }`;
        for (const { range } of lint(parseRequestFile(text)).filter(({ code }) => code === 'variable-unknown')) {
          const piece = text.slice(range.offset, range.offset + range.length);
          assert.equal(JSON.parse(`"${piece}"`), '{{a}}', written);
        }
      }
    }
  });

  test('cannot generate values of unlimited size or depth', hang, () => {
    const levels = Array.from({ length: 40 }, (_, index) => index);
    const lists = Object.fromEntries(
      levels.map((index) => [`v${index}`, index === 0 ? ['x'] : Array.from({ length: 10 }, () => `{{v${index - 1}}}`)]),
    );
    const texts = Object.fromEntries(levels.map((index) => [`v${index}`, index === 0 ? 'x' : `{{v${index - 1}}}`.repeat(10)]));
    const nested = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`v${index}`, index === 0 ? 'x' : [`{{v${index - 1}}}`]]));
    assert.throws(() => resolver(lists).resolve('{{v39}}'), { kind: 'input', code: 'value-too-large' });
    assert.throws(() => resolver(texts).resolve('{{v39}}'), { kind: 'input', code: 'value-too-large' });
    assert.throws(() => resolver(lists).resolve(Array.from({ length: 200 }, () => '{{v5}}')), { kind: 'input', code: 'value-too-large' });
    assert.throws(() => resolver(nested).resolve('{{v1999}}'), { kind: 'input', code: 'value-too-deep' });
    assert.deepEqual(
      resolver(lists).resolve('{{v1}}'),
      Array.from({ length: 10 }, () => ['x']),
    );
  });

  test('that are nested too deep are refused at each depth with a proper error', hang, () => {
    for (const depth of [400, 600, 2000, 5000, 20_000, 300_000]) {
      for (const [open, close] of [
        ['[', ']'],
        ['{"a":', '}'],
      ] as const) {
        const deep = `${open.repeat(depth)}1${close.repeat(depth)}`;
        for (const text of [
          `{"requests":[{"name":"A","method":"x.y","args":${deep}}]}`,
          `{"variables":{"a":${deep}},"requests":[]}`,
          `{"other":${deep},"requests":[]}`,
          deep,
          `{"requests":${deep}}`,
        ]) {
          const file = parseRequestFile(text);
          const told = lint(file).map(({ code }) => code);
          if (depth > 500)
            assert.ok(
              told.some((code) => /too-deep/.test(code)),
              `${depth} ${open}`,
            );
        }
      }
    }
  });

  test('cannot read functions of JavaScript with names such as constructor', async () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf']) {
      assert.throws(() => resolver({}, {}).resolve(`{{$env ${name}}}`), { code: 'variable-env-missing' }, name);
      assert.throws(() => resolver({}).resolve(`{{${name}}}`), { code: 'variable-unknown' }, name);
      assert.throws(() => resolver({}).resolve(`{{store.${name}}}`), { code: 'variable-store' }, name);
      assert.throws(() => expandVariables(`\${env:${name}}`, {}), { code: 'variable-missing' }, name);
      const results = resolver({});
      results.remember('A', { email: 'x' });
      assert.throws(() => results.resolve(`{{A.result.${name}}}`), { code: 'variable-result-path' }, name);
      assert.equal(resolver(JSON.parse(`{"${name}":"own"}`) as Record<string, unknown>).resolve(`{{${name}}}`), 'own', name);
      for (const text of [
        `{"requests":[{"name":"A","method":"${name}","args":{"${name}":1}}]}`,
        `{"requests":[{"name":"A","method":"customer.list","args":{"filters":{"${name}":{"${name}":1}}}}]}`,
        `{"requests":[{"name":"A","method":"customer.update","args":{"customerId":1,"customerData":{"${name}":"x"}}}]}`,
      ]) {
        const told = lint(parseRequestFile(text), { dialect: 'v2' });
        for (const { message } of told) assert.doesNotMatch(message, /native code|\[object/, text);
      }
      assert.equal((await cli([name])).code, 2, name);
    }
  });
});

test('a pattern of names reads a name only once, and matches as before', hang, () => {
  const named = (name: string): SavedRequest => fileOf({ requests: [{ name, method: 'customer.list' }] }).requests[0] ?? assert.fail(name);
  const letters = ['a', 'b', 'ab', '*', ''];
  for (const one of letters)
    for (const two of letters)
      for (const three of letters)
        for (const four of letters) {
          const pattern = one + two + three + four;
          const parts = pattern.split('*');
          const expected = new RegExp(parts.length === 1 ? pattern : `^${parts.join('.*')}$`);
          for (const name of ['a', 'b', 'ab', 'ba', 'aab', 'abab', 'bbb', 'aba', 'A B'])
            assert.equal(namePattern(pattern)(named(name)), expected.test(name.toLowerCase()), `${pattern} ${name}`);
        }
  assert.equal(namePattern('*a*a*a*a*a*b*c')(named('a'.repeat(100_000))), false);
});
