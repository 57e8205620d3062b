import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { stage } from '../../../scripts/lib/staged';

/** A project with these files, and `.vscodeignore` with these lines. */
async function project(t: TestContext, lines: readonly string[], files: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-staged-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), file);
  }
  await writeFile(path.join(folder, '.vscodeignore'), lines.join('\r\n'));
  return folder;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isFile() ? [path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/')] : [],
  );
}

test('what is packaged is looked for only where the list of the package leads', async (t) => {
  const lines = ['# Files', '**', '!package.nls*.json', '!README.md', '!dist/**', 'dist/**/*.map', '!media/*', '!media/shots/*.png'];
  const shipped = [
    'package.nls.json',
    'package.nls.de.json',
    'README.md',
    'dist/a/b.js',
    'dist/a/b.map',
    'media/x.svg',
    'media/shots/1.png',
  ];
  const folder = await project(t, lines, [...shipped, 'README.mdx', 'xREADME.md', 'package.json', 'distant/x', 'node_modules/a/README.md']);
  const staged = path.join(folder, 'out/staged');
  await stage(folder, staged);
  assert.deepEqual(new Set(await filesIn(staged)), new Set([...shipped, '.vscodeignore']));

  await rm(path.join(folder, 'media'), { recursive: true });
  await stage(folder, staged);
  const left = new Set([...shipped, '.vscodeignore'].filter((name) => !name.startsWith('media/')));
  assert.deepEqual(new Set(await filesIn(staged)), left, 'what was there before is gone');
});

test('a line that would be looked for in every folder is refused', async (t) => {
  for (const line of ['!**/LICENSE', '!*', '!/docs/**', '!']) {
    const folder = await project(t, ['**', line], ['docs/a.md']);
    await assert.rejects(stage(folder, path.join(folder, 'out')), /^Error: \.vscodeignore: write "!/, line);
  }
});
