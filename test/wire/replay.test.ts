import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RecordedGeneration } from '../support/wire';
import { replayAll } from './replay';

/** Every recorded generation, with the requests that the demo store answers differently, each with the reason why it may. */
const recorded = [
  { generation: 'maho@25', exchanges: 597, list: 'replay-differences.json' },
  { generation: 'maho@26.7', exchanges: 597, list: 'replay-differences-26.7.json' },
] as const satisfies readonly { readonly generation: RecordedGeneration; readonly exchanges: number; readonly list: string }[];

for (const { generation, exchanges, list } of recorded) {
  test(`the demo store of ${generation} answers every recorded request as the recorded store did, but for the listed differences`, async (t) => {
    const known = JSON.parse(readFileSync(resolve(import.meta.dirname, list), 'utf8')) as Readonly<Record<string, string>>;
    const results = await replayAll(generation);
    const different = results.filter(({ difference }) => difference !== undefined);
    const news = different.filter(({ name }) => !Object.hasOwn(known, name));
    assert.deepEqual(
      news.map(({ name, difference }) => `${name} ${difference ?? ''}`),
      [],
      `differences that are not in ${list}`,
    );
    assert.deepEqual(
      Object.keys(known).filter((name) => !different.some((result) => result.name === name)),
      [],
      'listed differences that do not occur any more',
    );
    assert.equal(results.length, exchanges);
    assert.ok(different.length / results.length <= 0.02, 'at least 98 % are equal');
    const bytes = results.filter(({ sameBytes }) => sameBytes).length;
    t.diagnostic(`${results.length - different.length} of ${results.length} equal, ${bytes} of them to the byte`);
  });
}
