import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseRequestFile } from '../../../src/requests';
import { match } from '../../../src/requests/expect/match';
import { isProblem, patternOf } from '../../../src/requests/expect/pattern';
import { Random } from '../../support/random';
import { pointed, only } from './support';

const found = (source: string, text: string): boolean => {
  const pattern = patternOf(source);
  assert.ok(!isProblem(pattern), `${source} ${JSON.stringify(pattern)}`);
  return pattern.test(text);
};

suite('$regex', () => {
  test('takes linear time for patterns that never end with backtracking', () => {
    for (const source of ['^(a+)+$', '^(a|a)*$', '^(a|aa)+$', '(.*)*x', String.raw`^(\w+\s?)*$`])
      assert.equal(found(source, `${'a'.repeat(50_000)}!`), false, source);
  });

  test('searches the whole of a long text', () => {
    assert.deepEqual(match({ $regex: 'end$' }, `${'x'.repeat(300_000)}end`, 'result'), []);
  });

  test('with an unsupported construct is refused with the place and the reason', () => {
    for (const [source, reason] of [
      ['a(?=b)', 'look-around'],
      ['(?<!a)b', 'look-around'],
      [String.raw`(a)\1`, 'a back-reference'],
      [String.raw`(?<n>a)\k<n>`, 'a back-reference'],
      ['a{5000}', 'linear time'],
      ['(', 'is not a regular expression'],
      ['a'.repeat(3000), 'is longer than'],
    ] as const) {
      const text = JSON.stringify({
        requests: [{ name: 'A', method: 'customer.info', args: [1], expect: { result: { email: { $regex: source } } } }],
      });
      const file = parseRequestFile(text);
      const problem = only(file.problems, reason === 'is not a regular expression' ? 'file-form' : 'file-rule');
      assert.equal(pointed(text, problem), JSON.stringify(source));
      assert.match(problem.message, new RegExp(reason), source);
      assert.equal(file.requests[0]?.valid, false);
    }
    assert.equal(isProblem(patternOf('[(?=)]')), false, 'within a class these are characters');
  });

  test('finds the same as JavaScript, for random expressions and texts', () => {
    const random = new Random(23);
    const atoms = [
      'a',
      'b',
      '.',
      String.raw`\s`,
      String.raw`\S`,
      String.raw`\d`,
      String.raw`\w`,
      '[ab]',
      '[^a]',
      String.raw`[\s]`,
      String.raw`[^\sb]`,
      String.raw`[\S]`,
      String.raw`[a\S]`,
      '[a^]',
      '[^^]',
      '[^]',
      '[]',
      '[[&]',
      String.raw`[\b]`,
      String.raw`\u00e9`,
      String.raw`\u{1f600}`,
      String.raw`\x41`,
      String.raw`\/`,
      String.raw`\.`,
      String.raw`\cJ`,
      String.raw`\0`,
      String.raw`\p{L}`,
      String.raw`\P{Lu}`,
      String.raw`\p{Script=Greek}`,
      '(?:ab)',
      '(a|b)',
      '(?<n>a)',
      String.raw`\b`,
      '^',
      '$',
      '-',
      '@',
    ];
    const letters = [
      'a',
      'b',
      'A',
      ' ',
      '\n',
      '\r',
      '\u00a0',
      '\u2028',
      '\ufeff',
      '\u000b',
      'é',
      '😀',
      'α',
      '0',
      '_',
      '/',
      '.',
      '\0',
      '\b',
      '[',
      '&',
      '-',
      '@',
      ']',
    ];
    let compared = 0;
    for (let round = 0; round < 20_000; round++) {
      const parts = Array.from({ length: 1 + random.below(4) }, () => random.pick(atoms));
      if (parts.filter((part) => part.startsWith('(?<n>')).length > 1) continue;
      const source = parts
        .map((part) => (/^(\^|\$|\\b)$/.test(part) ? part : part + random.pick(['', '', '*', '+', '?', '{2}', '*?'])))
        .join(random.pick(['', '', '|']));
      const text = Array.from({ length: random.below(6) }, () => random.pick(letters)).join('');
      assert.equal(found(source, text), new RegExp(source, 'u').test(text), `${source} in ${JSON.stringify(text)}`);
      compared++;
    }
    assert.ok(compared > 15_000);
  });
});
