import assert from 'node:assert/strict';
import { test } from 'node:test';
import { widthInDigits } from '../../../src/pages/text-width';

test('a column has room for capitals, and for letters that are as wide as two digits', () => {
  assert.equal(widthInDigits(''), 0);
  assert.equal(widthInDigits('1234567890'), 10);
  assert.ok(widthInDigits('NOT LOGGED IN') > 'NOT LOGGED IN'.length);
  assert.ok(widthInDigits('wwwmmm') >= 9);
  assert.equal(widthInDigits('王小明'), 6);
  assert.equal(widthInDigits('😀😀'), 4);
  // A composed letter is as wide as its base, and a direction mark has no width.
  assert.equal(widthInDigits('a\u0301\u202e\u200f'), 1);
});

test('a text is only measured up to the maximum width of a column', () => {
  assert.equal(widthInDigits('0'.repeat(100_000)), widthInDigits('0'.repeat(1000)));
});
