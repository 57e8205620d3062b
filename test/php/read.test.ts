import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { isList, isRecord, type SoapValue } from '../../src/api/value';
import { decodeResponse } from '../../src/soap/decoding/decode';
import { answers } from '../support/answers';
import { phpSkip, run } from '../support/php';
import { rounds } from '../support/rounds';

const seed = Number(process.env['SEED'] ?? 20261124);
const ROUNDS = rounds(1500);

test(`${ROUNDS} random responses are decoded to the values of PHP's own client`, { skip: phpSkip }, async (t) => {
  const made = fc.sample(answers, { numRuns: ROUNDS, seed });
  const options = ['display_errors=stderr', 'serialize_precision=-1', 'precision=17'].flatMap((option) => ['-d', option]);
  const input = JSON.stringify(made.map((answer) => Buffer.from(answer).toString('base64')));
  const ran = await run('php', [...options, join(import.meta.dirname, 'read.php')], { input });
  assert.equal(ran.status, 0, ran.stderr + ran.stdout.slice(0, 2000));
  const read = z.parse(z.array(z.object({ value: z.optional(z.json()), fault: z.optional(z.string()) })), JSON.parse(ran.stdout));
  assert.equal(read.length, made.length);
  let faults = 0;
  for (const [index, { value, fault }] of read.entries()) {
    const answer = made[index] ?? '';
    const decoded = decodeResponse(Buffer.from(answer));
    assert.ok(decoded.kind === 'result', answer);
    if (fault === undefined) assert.deepEqual(plain(decoded.value), plain(value ?? null), answer);
    else faults++;
  }
  assert.ok(faults < ROUNDS / 20, `PHP refuses ${faults} of them`);
  t.diagnostic(`PHP refused ${faults} of them`);
});

/** An empty map and an empty list are the same to PHP. */
function plain(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, SoapValue] => [key, plain(inner)]);
  return entries.length === 0 ? [] : Object.fromEntries(entries);
}
