import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { wireNames } from '../support/wire';

const guide = path.resolve(import.meta.dirname, '../../docs/maho-26.7.md');

/** What the guide cites in brackets: folder and number, of Maho 26.7. */
function citations(): readonly string[] {
  const lists = Array.from(readFileSync(guide, 'utf8').matchAll(/\[((?:[\w/-]+\/\d+(?:,\s+)?)+)\]/g), ([, list]) => list ?? '');
  return lists.flatMap((list) => list.split(/,\s+/));
}

test('each claim of the guide to Maho 26.7 cites recordings that are there', () => {
  const cited = citations();
  assert.ok(cited.length > 60, `${cited.length} citations were found`);
  const missing = cited.filter(
    (name) => !wireNames(path.posix.dirname(name), 'maho@26.7').some((file) => file.startsWith(`${path.posix.basename(name)}-`)),
  );
  assert.deepEqual(missing, []);
});
