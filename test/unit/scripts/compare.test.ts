// docs/compare.md: each row about maho-soap names a test that exists, or says that there is nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '../../..');

test('every row of docs/compare.md about maho-soap names its test', () => {
  const text = readFileSync(join(root, 'docs/compare.md'), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| |'));
  assert.ok(rows.length > 25);
  // The numbered list of tests that the last column points into.
  const tests = text.matchAll(/^\d+\. (?:“([^”]+)” in )?`(test\/[\w./-]+\.test\.ts)`$/gm);
  const shown = new Map([...tests].map((test, index) => [index + 1, test]));
  const used = new Set<number>();
  for (const row of rows) {
    const cells = row.split('|').slice(1, -1);
    assert.equal(cells.length, 5, row);
    const ours = cells.at(-1) ?? '';
    if (/\*\*(?:no|nothing else)\*\*/.test(ours)) continue;
    const number = Number(/ \[t(\d+)\] $/.exec(ours)?.[1]);
    const [, name, file] = shown.get(number) ?? [];
    assert.ok(file !== undefined, row);
    used.add(number);
    const titles = [...readFileSync(join(root, file), 'utf8').matchAll(/\b(?:test|suite)\(\s*(['"`])([^]*?)\1/g)].map(
      ([, , title]) => title ?? '',
    );
    assert.ok(titles.length > 0, file);
    if (name !== undefined)
      assert.ok(
        titles.some((title) => title.includes(name)),
        `${file} has no test "${name}"`,
      );
  }
  assert.deepEqual(
    [...shown.keys()].filter((number) => !used.has(number)),
    [],
    'tests that no row points to',
  );
});

test('every cell of docs/compare.md about another program names the page that it comes from, and each page is used', () => {
  const text = readFileSync(join(root, 'docs/compare.md'), 'utf8');
  const pages = new Map([...text.matchAll(/^\[(\w+)\]: (https:\/\/\S+)$/gm)].map(([, name = '', address = '']) => [name, address]));
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| |'));
  const used = new Set<string>();
  for (const row of rows) {
    for (const [index, initial] of ['n', 'b', 'h'].entries()) {
      const cell = row.split('|')[index + 2] ?? '';
      const name = /\[(\w+)\] $/.exec(cell)?.[1] ?? '';
      assert.ok(name.startsWith(initial) && pages.has(name), `${cell} in ${row}`);
      used.add(name);
    }
  }
  assert.deepEqual(used, new Set(pages.keys()));
});
