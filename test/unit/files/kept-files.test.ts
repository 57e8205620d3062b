import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import * as z from 'zod/mini';
import { KeptFiles } from '../../../src/files/kept-files';

const note = z.object({ at: z.string(), text: z.string() });
type Note = z.infer<typeof note>;

async function shelf(t: TestContext, most = 200): Promise<{ folder: string; problems: string[]; open: () => KeptFiles<Note> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'kept files '));
  t.after(async () => {
    await rm(folder, { recursive: true, force: true });
  });
  const problems: string[] = [];
  const open = (): KeptFiles<Note> =>
    new KeptFiles({
      folder: path.join(folder, 'kept'),
      most,
      read: (content) => Promise.resolve(note.safeParse(content).data),
      onProblem: (file, reason) => problems.push(`${path.basename(file)}: ${reason}`),
    });
  return { folder: path.join(folder, 'kept'), problems, open };
}

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

test('stored copies are read, the latest first, for one customer or for all', async (t) => {
  const kept = (await shelf(t)).open();
  assert.deepEqual(await kept.all(), []);
  await kept.keep({ at: at(1), text: 'one' }, '1');
  const two = await kept.keep({ at: at(2), text: 'two' }, '2');
  await kept.note(two, { text: 'changed' });
  assert.deepEqual(
    (await kept.all()).map((each) => each.kept.text),
    ['changed', 'one'],
  );
  assert.deepEqual(
    (await kept.all('1')).map((each) => each.kept.text),
    ['one'],
  );
  await kept.forget(two);
  await kept.forget(two);
  assert.deepEqual(
    (await kept.all()).map((each) => each.kept.text),
    ['one'],
  );
});

test('a file that cannot be read, was cut off or has other content does not affect the others, and is reported', async (t) => {
  const { folder, problems, open } = await shelf(t);
  const kept = open();
  await kept.keep({ at: at(5), text: 'fine' }, '1');
  await mkdir(path.join(folder, `${at(1).replaceAll(':', '-')} 1 folder.json`));
  await writeFile(path.join(folder, `${at(2).replaceAll(':', '-')} 1 cutoff.json`), '{"at": "2026');
  await writeFile(path.join(folder, `${at(3).replaceAll(':', '-')} 1 other.json`), '{"at": 7}');
  await writeFile(path.join(folder, `${at(4).replaceAll(':', '-')} 1 latin1.json`), Buffer.from('{"at":"x","text":"M\xfcller"}', 'latin1'));
  assert.deepEqual(
    (await kept.all('1')).map((each) => each.kept.text),
    ['fine'],
  );
  const named = ['cutoff', 'folder', 'latin1', 'other'].filter((name) => problems.some((problem) => problem.includes(` ${name}.json: `)));
  assert.deepEqual([named, problems.length], [['cutoff', 'folder', 'latin1', 'other'], 4]);
  assert.doesNotMatch(problems.join(), /2026"|M.ller/, 'what a file holds is not logged');
});

test('two windows that store and trim at the same moment lose only the oldest copies', async (t) => {
  const { folder, problems, open } = await shelf(t, 10);
  const windows = [open(), open(), open()];
  const all = Array.from({ length: 60 }, (_, index) => ({ at: at(index), text: `${index}` }));
  await Promise.all(
    windows.map(async (window, which) => {
      for (const each of all.filter((_, index) => index % windows.length === which)) await window.keep(each, '1');
    }),
  );
  await windows[0]?.keep({ at: at(60), text: '60' }, '1');
  assert.deepEqual(problems, []);
  assert.equal((await readdir(folder)).length, 10);
  assert.deepEqual(
    (await open().all()).map((each) => each.kept.text),
    ['60', '59', '58', '57', '56', '55', '54', '53', '52', '51'],
  );
});

test('a new copy is stored even if an old file cannot be removed, and the failure is reported', async (t) => {
  const { folder, problems, open } = await shelf(t, 1);
  // A folder that is not empty cannot be removed as a file, by any user.
  await mkdir(path.join(folder, `${at(1).replaceAll(':', '-')} 1 stuck.json`, 'inside'), { recursive: true });
  await open().keep({ at: at(2), text: 'new' }, '1');
  assert.equal(problems.filter((problem) => problem.includes('stuck.json')).length, 1);
  assert.deepEqual(
    (await open().all()).map((each) => each.kept.text),
    ['new'],
  );
});
