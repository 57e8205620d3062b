import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkCode, fuzzedCode } from '../../fuzz/code';
import { Random } from '../../support/random';
import { rounds } from '../../support/rounds';

const ROUNDS = rounds(3000);

test('code in any order is read without an error, and every place is inside the text', (t) => {
  const random = new Random(20261128);
  let calls = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const code = fuzzedCode(random);
    try {
      calls += checkCode(code);
    } catch (error) {
      throw new Error(`Round ${round}, ${code.language}, offset ${code.offset}:\n${code.text}`, { cause: error });
    }
  }
  // A part of the random code is valid, so some calls must have been checked.
  assert.ok(calls > ROUNDS / 3, `${calls} calls`);
  t.diagnostic(`${ROUNDS} files, ${calls} calls`);
});
