import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkRestCall, randomCall } from '../../fuzz/rest-calls';
import { Random } from '../../support/random';

const CALLS = 4000;

test('whatever stands in the arguments of a call: it is judged, and there is a program for it or a typed error', () => {
  const random = new Random(20261128);
  let programs = 0;
  for (let index = 0; index < CALLS; index++) {
    const call = randomCall(random);
    try {
      programs += checkRestCall(call);
    } catch (error) {
      throw new Error(JSON.stringify(call), { cause: error });
    }
  }
  assert.ok(programs > CALLS, `${programs} programs`);
});
