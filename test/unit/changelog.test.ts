// CHANGELOG.md is sorted by release and kind, so that a release finds its notes and readers find relevant changes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { releaseNotes } from '../../scripts/lib/release';

const root = path.resolve(import.meta.dirname, '../..');
const changelog = readFileSync(path.join(root, 'CHANGELOG.md'), 'utf8');

test('each entry of the changelog is below a release and a kind', () => {
  let [release, kind] = ['', ''];
  const releases: string[] = [];
  const kinds = new Set<string>();
  for (const [index, line] of changelog.split('\n').entries()) {
    const place = `line ${index + 1}: ${line.slice(0, 60)}`;
    if (line.startsWith('## ')) {
      [release, kind] = [line.slice(3), ''];
      assert.match(release, /^(?:Unreleased|\d+\.\d+\.\d+(?: \(\d{4}-\d\d-\d\d\))?)$/, place);
      releases.push(release);
      kinds.clear();
    } else if (line.startsWith('### ')) {
      kind = line.slice(4);
      assert.ok(['Added', 'Changed', 'Fixed', 'Security', 'Removed'].includes(kind) && !kinds.has(kind), place);
      kinds.add(kind);
    } else if (line.startsWith('* ')) {
      assert.ok(release !== '' && kind !== '', place);
    }
  }
  assert.equal(releases[0], 'Unreleased');
  assert.equal(new Set(releases).size, releases.length);
});

test('a release finds its notes', () => {
  assert.ok(releaseNotes(changelog, '0.1.0')?.startsWith('### Added\n\n* '));
});
