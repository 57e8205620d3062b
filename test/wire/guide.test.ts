import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const guide = path.resolve(import.meta.dirname, '../../docs/maho-26.7.md');
const recordings = path.resolve(import.meta.dirname, '../../../shared/wire-maho-26.7');
const skip = existsSync(recordings) ? false : 'the recordings of Maho 26.7.4 (../shared/wire-maho-26.7) are not on this machine';

/** What the guide cites, such as `v1/60`. */
function citations(): readonly string[] {
  const lists = Array.from(readFileSync(guide, 'utf8').matchAll(/\[((?:[\w/-]+\/\d+(?:,\s+)?)+)\]/g), ([, list]) => list ?? '');
  return lists.flatMap((list) => list.split(/,\s+/));
}

test('each claim of the guide to Maho 26.7 cites recordings that are there', { skip }, () => {
  const cited = citations();
  assert.ok(cited.length > 60, `${cited.length} citations were found`);
  const missing = cited.filter((name) => {
    const folder = path.join(recordings, path.dirname(name));
    return !existsSync(folder) || !readdirSync(folder).some((file) => file.startsWith(`${path.basename(name)}-`));
  });
  assert.deepEqual(missing, []);
});
