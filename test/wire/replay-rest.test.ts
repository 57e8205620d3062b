// Every recorded request to the REST API of Maho 26.7.4, asked again of the demo store: status, headers, error code and values.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { replayRest } from './replay-rest';

/** Recorded requests. */
const RECORDED = 219;

/** Those that are answered alike: 96.3 %. */
const ALIKE = 211;

test('the demo store answers the recorded REST requests as Maho 26.7.4 did, but for the listed differences', async () => {
  const listed = JSON.parse(readFileSync(resolve(import.meta.dirname, 'replay-rest-differences.json'), 'utf8')) as Record<string, string>;
  const results = await replayRest();
  const different = results.filter(({ difference }) => difference !== undefined);
  const unexpected = different.filter(({ name }) => !Object.hasOwn(listed, name));
  assert.deepEqual(unexpected, []);
  assert.deepEqual(
    different.map(({ name }) => name),
    Object.keys(listed),
    'a listed difference is gone: take it out of the list',
  );
  assert.deepEqual([results.length, results.length - different.length], [RECORDED, ALIKE]);
});
