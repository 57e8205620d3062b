import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../../../src/api/collation';
import { likeMatcher } from '../../../src/api/like';
import { Random } from '../../support/random';

/** The simplest implementation of LIKE: each `%` is tried with each text. */
function plainLike(pattern: readonly string[], value: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return value.length === 0;
  if (first === '%') return plainLike(rest, value) || (value.length > 0 && plainLike(pattern, value.slice(1)));
  if (first === '\\' && rest.length > 0) return value[0] === rest[0] && plainLike(rest.slice(1), value.slice(1));
  return value.length > 0 && (first === '_' || first === value[0]) && plainLike(rest, value.slice(1));
}

test('LIKE matches as the simplest implementation does, for random patterns and values', () => {
  let fitting = 0;
  for (let seed = 1; seed <= 30_000; seed++) {
    const random = new Random(seed);
    const text = (letters: readonly string[], most: number): string =>
      Array.from({ length: random.below(most) }, () => random.pick(letters)).join('');
    const pattern = text(['a', 'a', 'b', '_', '_', '%', '\\%', '\\_', '\\\\', ' '], 9);
    const value = text(['a', 'a', 'b', '%', '_', '\\', ' '], 14);
    const expected = plainLike([...pattern], [...value]);
    if (expected) fitting++;
    assert.equal(likeMatcher(pattern)(value), expected, JSON.stringify([pattern, value]));
  }
  assert.ok(fitting > 1000, String(fitting));
});

test('pieces and values around the limit of 32 characters are compared correctly', () => {
  for (const length of [1, 30, 31, 32, 33, 63, 64, 65, 200]) {
    for (const piece of [1, 2, 31, 32, 33, 64, 65]) {
      const pattern = `%${'a_'.repeat(piece)}b%`;
      assert.equal(likeMatcher(pattern)(`${'x'.repeat(length)}${'ac'.repeat(piece)}bzz`), true, `${length}, ${piece}`);
      assert.equal(likeMatcher(pattern)(`${'x'.repeat(length)}${'ac'.repeat(piece)}`), false, `${length}, ${piece}`);
    }
  }
});

test('case and accents do not count, trailing blanks do', () => {
  assert.equal(likeMatcher('%É_l%')('x eAL y'), true);
  assert.equal(likeMatcher('a ')('a'), false);
  assert.equal(likeMatcher('a%')('a   '), true);
  assert.equal(likeMatcher('%ß')('STRASSE ss'), true);
  assert.equal(fold('É'), 'e');
});

test('matching a long value ends for every pattern', { timeout: 60_000 }, () => {
  const value = 'a'.repeat(400_000);
  assert.equal(likeMatcher(`%${'a'.repeat(200_000)}b%`)(value), false);
  assert.equal(likeMatcher(`%${'a'.repeat(200_000)}%b`)(value), false);
  assert.equal(likeMatcher(`%${'a_'.repeat(500)}b%`)(value), false);
  assert.equal(likeMatcher(`%${'a_'.repeat(100_000)}b%`)(value), false);
  assert.equal(likeMatcher('%a'.repeat(100_000))(value), true);
  assert.equal(fold(`a${' '.repeat(400_000)}b `), `a${' '.repeat(400_000)}b`);
  assert.equal(likeMatcher('%')(`${' '.repeat(2_000_000)}x`), true);
});
