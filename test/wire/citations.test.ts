// Comments, tests and documents cite what real stores were seen to do: "facts §5.4" is docs/facts.md, "wire v1/39" a recording.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { wireNames, type RecordedStore } from '../support/wire';

const root = path.resolve(import.meta.dirname, '../..');

const sources = ['src', 'test', 'scripts', 'docs', 'ARCHITECTURE.md', 'README.md'];

const stores: Readonly<Record<string, RecordedStore>> = { '': 'maho@25', 'maho-26.7': 'maho@26.7', 'openmage-20.18': 'openmage@20.18' };

const FOLDER = String.raw`(?:(?:address|other)/)?(?:v2-wsi|v1|v2)|apache|troubles`;
const NUMBERS = String.raw`\d+(?:-\d+)?`;
const BETWEEN = String.raw`(?:,|,? and| against)\s`;
const wireList = new RegExp(
  String.raw`\bwire (?:(maho-26\.7|openmage-20\.18) )?((?:${FOLDER})/${NUMBERS}(?:${BETWEEN}(?:(?:${FOLDER})/)?${NUMBERS})*)`,
  'g',
);
const factsList = new RegExp(String.raw`\bfacts(?:\.md)? (§\d+(?:\.\d+)?(?:${BETWEEN}§\d+(?:\.\d+)?)*)`, 'g');
/** What looks like a citation, in whatever form. */
const mentioned = new RegExp(String.raw`(?<![\w/.])(?:(?:${FOLDER})/\d+|facts §|users-and-pitfalls|DIFF\.md|wire-maho|\.\./shared/)`, 'g');

interface Citation {
  readonly where: string;
  readonly cited: string;
  readonly exists: boolean;
}

function filesOf(name: string): readonly string[] {
  if (name.endsWith('.md')) return [path.join(root, name)];
  return readdirSync(path.join(root, name), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.(?:ts|mjs|md)$/.test(entry.name) &&
        !entry.parentPath.includes('node_modules') &&
        entry.name !== path.basename(import.meta.filename),
    )
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** The text of a file without line breaks and what begins the lines of a comment, so that a citation may go over two lines. */
function flat(file: string): string {
  return readFileSync(file, 'utf8').replace(/\s*\n\s*(?:\/\/|\*(?!\*|\/))?\s*/g, ' ');
}

const texts = sources.flatMap(filesOf).map((file) => ({ where: path.relative(root, file), text: flat(file) }));
const facts = readFileSync(path.join(root, 'docs/facts.md'), 'utf8');

function recorded(where: string, store: string, list: string): readonly Citation[] {
  let folder = '';
  return list.split(new RegExp(BETWEEN)).flatMap((item) => {
    const at = item.lastIndexOf('/');
    if (at >= 0) folder = item.slice(0, at);
    const [from = 0, to = from] = item
      .slice(at + 1)
      .split('-')
      .map(Number);
    return Array.from({ length: to - from + 1 }, (_, index) => {
      const names = wireNames(folder, stores[store]);
      return {
        where,
        cited: `${store} ${folder}/${from + index}`.trim(),
        exists: names.some((name) => Number.parseInt(name, 10) === from + index),
      };
    });
  });
}

test('every recording that is cited is there', () => {
  const cited = texts.flatMap(({ where, text }) =>
    Array.from(text.matchAll(wireList)).flatMap(([, store = '', list = '']) => recorded(where, store, list)),
  );
  assert.ok(cited.length > 200, `${cited.length} were found`);
  assert.deepEqual(
    cited.filter(({ exists }) => !exists).map((citation) => `${citation.where}: ${citation.cited}`),
    [],
  );
});

test('every section of the facts that is cited is there', () => {
  const cited = texts.flatMap(({ where, text }) =>
    Array.from(text.matchAll(factsList)).flatMap(([, list = '']) =>
      (list.match(/\d+(?:\.\d+)?/g) ?? []).map((number) => ({ where, number })),
    ),
  );
  assert.ok(cited.length > 150, `${cited.length} were found`);
  const inside = Array.from(facts.matchAll(/§(\d+(?:\.\d+)?)/g), ([, number = '']) => ({ where: 'docs/facts.md', number }));
  const missing = [...cited, ...inside].filter(
    ({ number }) => !facts.includes(number.includes('.') ? `* **${number}** ` : `\n## ${number}. `),
  );
  assert.deepEqual(missing, []);
});

test('every citation is written in a form that can be checked', () => {
  const odd: string[] = [];
  for (const { where, text } of texts) {
    // Their citations stand in brackets, and have tests of their own.
    if (where === 'docs/maho-26.7.md' || where === 'docs/rest.md') continue;
    const rest = text.replace(wireList, '').replace(factsList, '');
    for (const { index } of rest.matchAll(mentioned)) odd.push(`${where}: ${rest.slice(Math.max(0, index - 40), index + 40)}`);
  }
  assert.deepEqual(odd, []);
});
