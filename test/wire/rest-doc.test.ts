import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { wireNames } from '../support/wire';

const root = path.resolve(import.meta.dirname, '../..');
/** The page with the texts of its links to facts.md instead of the links. */
const doc = readFileSync(path.join(root, 'docs/rest.md'), 'utf8').replace(/\[(§[\d.]+)\]\(facts\.md#[\w-]+\)/g, '$1');
const facts = readFileSync(path.join(root, 'docs/facts.md'), 'utf8');

test('each citation of the page about REST is there', () => {
  const cited = Array.from(doc.matchAll(/\[((?:[\w-]+\/\d+|§[\d.]+)(?:, (?:[\w-]+\/\d+|§[\d.]+))*)\]/g), ([, list = '']) =>
    list.split(', '),
  ).flat();
  assert.ok(cited.length > 100, `${cited.length} citations`);
  const isThere = (name: string): boolean => {
    if (name.startsWith('§')) return facts.includes(`* **${name.slice(1)}** `);
    const number = Number.parseInt(path.posix.basename(name), 10);
    return wireNames(path.posix.dirname(name), 'maho@26.7').some((file) => Number.parseInt(file, 10) === number);
  };
  assert.deepEqual(
    cited.filter((name) => !isThere(name)),
    [],
  );
});

test('each claim of its lists cites something', () => {
  const claims = doc.split('\n').filter((line) => line.startsWith('- '));
  assert.ok(claims.length > 60, `${claims.length} claims`);
  assert.deepEqual(
    claims.filter((line) => !/\[[^\]]*(?:\/\d+|§[\d.]+)[^\]]*\]$|\[[^\]]*(?:\/\d+|§[\d.]+)[^\]]*\]\.$/.test(line)),
    [],
  );
});
