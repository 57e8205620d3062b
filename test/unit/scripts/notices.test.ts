import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { build } from 'esbuild';
import { bundledPackages, noticesOf } from '../../../scripts/lib/notices.mjs';

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'maho-soap-notices-'));
  t.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes packages, bundles a program that imports them, and says which of them are in it. */
async function packagesOf(folder: string, program: string, packages: Readonly<Record<string, string>>): Promise<readonly string[]> {
  for (const [name, code] of Object.entries(packages))
    writePackage(folder, name, { main: 'index.js', sideEffects: false }, { 'index.js': code });
  writeFileSync(path.join(folder, 'main.js'), program);
  const { metafile } = await build({
    entryPoints: [path.join(folder, 'main.js')],
    absWorkingDir: folder,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    outfile: 'out.js',
  });
  return bundledPackages([metafile]);
}

function writePackage(folder: string, name: string, manifest: object, files: Readonly<Record<string, string>>): string {
  const place = path.join(folder, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(
    path.join(place, 'package.json'),
    JSON.stringify({ name: name.split('node_modules/').at(-1), version: '1.0.0', ...manifest }),
  );
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(place, file), text);
  return place;
}

test('the packages of which something is bundled are found: scoped ones, and one within another', async (t) => {
  const found = await packagesOf(
    temporaryFolder(t),
    `import { a } from '@scope/used'; import { b } from 'unused'; import { c } from 'outer'; console.log(a, c);`,
    {
      '@scope/used': `export const a = 'a';`,
      unused: `export const b = 'b';`,
      outer: `export { c } from 'inner';`,
      'outer/node_modules/inner': `export const c = 'c';`,
    },
  );
  assert.deepEqual(found, ['node_modules/@scope/used', 'node_modules/outer/node_modules/inner']);
});

test('a notice has name, version, licence and every text that the package brings', (t) => {
  const folder = temporaryFolder(t);
  const place = writePackage(
    folder,
    'two-texts',
    { license: '(GPL-3.0 OR MIT)', homepage: 'https://example.com' },
    { LICENSE: 'Text\r\none\r\n', 'NOTICE.md': 'Text two' },
  );
  const notices = noticesOf([place, place]);
  assert.ok(notices.includes('two-texts 1.0.0 (MIT)\nhttps://example.com\n'));
  assert.ok(notices.endsWith('\n\nText\none\n\nText two\n'));
  assert.equal(notices.split('two-texts').length, 2, 'each package once');
});

test('a package that names MIT or ISC and brings no text gets the usual one with its author', (t) => {
  const folder = temporaryFolder(t);
  const named = writePackage(folder, 'a', { license: 'MIT', author: { name: 'Jane Doe' } }, {});
  const old = writePackage(folder, 'b', { licenses: [{ type: 'ISC' }], author: 'John Doe' }, {});
  assert.match(noticesOf([named]), /Copyright \(c\) Jane Doe\n\nPermission is hereby granted/);
  assert.match(noticesOf([old]), /Copyright \(c\) John Doe\n\nPermission to use/);
});

for (const [what, manifest] of [
  ['no licence', {}],
  ['a licence that asks for the source', { license: 'GPL-3.0' }],
  ['no text of a licence that has many', { license: 'BSD-3-Clause' }],
] as const) {
  test(`a package with ${what} stops the build`, (t) => {
    const place = writePackage(temporaryFolder(t), 'bad', manifest, {});
    assert.throws(() => noticesOf([place]), /bad 1\.0\.0 has/);
  });
}
