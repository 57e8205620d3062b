import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { wireSkip } from '../support/wire';
import { replayAll } from './replay';

/** Requests that the demo store answers differently, each with the reason why it may. */
const known = JSON.parse(readFileSync(resolve(import.meta.dirname, 'replay-differences.json'), 'utf8')) as Readonly<Record<string, string>>;

test('the demo store answers every recorded request as the recorded store did, but for the listed differences', { skip: wireSkip }, async (t) => {
  const results = await replayAll();
  const different = results.filter(({ difference }) => difference !== undefined);
  const news = different.filter(({ name }) => !Object.hasOwn(known, name));
  assert.deepEqual(news.map(({ name, difference }) => `${name} ${difference ?? ''}`), [], 'differences that are not in replay-differences.json');
  assert.deepEqual(Object.keys(known).filter((name) => !different.some((result) => result.name === name)), [], 'listed differences that are none any more');
  assert.equal(results.length, 597);
  assert.ok(different.length / results.length <= 0.03, 'at least 97 % are equal');
  const bytes = results.filter(({ sameBytes }) => sameBytes).length;
  t.diagnostic(`${results.length - different.length} of ${results.length} equal, ${bytes} of them to the byte`);
});
