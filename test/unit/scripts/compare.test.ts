// docs/compare.md: each row about maho-soap names a test that exists, or says that there is nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../../..');

test('every row of docs/compare.md about maho-soap names its test', () => {
  const rows = readFileSync(join(root, 'docs/compare.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| |'));
  assert.ok(rows.length > 25);
  for (const row of rows) {
    const cells = row.split('|').slice(1, -1);
    assert.equal(cells.length, 5, row);
    const ours = cells.at(-1) ?? '';
    if (/\*\*(?:no|this API alone)\*\*/.test(ours)) continue;
    const [, name, file] = /(?:"([^"]+)" in )?`(test\/[\w./-]+\.test\.ts)`/.exec(ours) ?? [];
    assert.ok(file !== undefined, row);
    const text = readFileSync(join(root, file), 'utf8');
    const titles = [...text.matchAll(/\b(?:test|suite)\(\s*(['"`])([^]*?)\1/g)].map(([, , title]) => title ?? '');
    assert.ok(titles.length > 0, file);
    if (name !== undefined)
      assert.ok(
        titles.some((title) => title.includes(name)),
        `${file} has no test "${name}"`,
      );
  }
});
