// What runs the command line in VS Code's terminals, from a shell.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { suite, test } from 'node:test';
import { NODE_VARIABLE, PROGRAM_VARIABLE, writeShims } from '../../../src/extension/terminal/shims';

suite('maho-soap in terminals', () => {
  test('runs what the variables name, with arguments and exit code as they are', { skip: process.platform === 'win32' }, async (t) => {
    const storage = await mkdtemp(join(tmpdir(), 'maho soap “ü” '));
    t.after(() => rm(storage, { recursive: true, force: true }));
    const program = join(storage, 'program ü.cjs');
    await writeFile(
      program,
      `console.log(JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE])); process.exitCode = 3;`,
    );
    const folder = await writeShims(storage);
    const env = {
      PATH: `${process.env['PATH'] ?? ''}${delimiter}${folder}`,
      [NODE_VARIABLE]: process.execPath,
      [PROGRAM_VARIABLE]: program,
    };
    const ran = spawnSync('sh', ['-c', `maho-soap call '{"a b":"$x"}' "" "it's"`], { env, encoding: 'utf8' });
    assert.equal(ran.status, 3, ran.stderr);
    assert.deepEqual(JSON.parse(ran.stdout), [['call', '{"a b":"$x"}', '', "it's"], '1']);
  });

  test('is written once, again where it was changed, for sh and for cmd', async (t) => {
    const storage = await mkdtemp(join(tmpdir(), 'maho-soap-'));
    t.after(() => rm(storage, { recursive: true, force: true }));
    const folder = await writeShims(storage);
    assert.deepEqual((await readdir(folder)).toSorted(), ['maho-soap', 'maho-soap.cmd']);
    const file = join(folder, 'maho-soap');
    const written = await stat(file);
    await writeShims(storage);
    assert.equal((await stat(file)).ino, written.ino);
    const text = await readFile(file, 'utf8');
    await chmod(file, 0o755);
    await writeFile(file, 'something else');
    await writeShims(storage);
    assert.equal(await readFile(file, 'utf8'), text);
    assert.match(
      await readFile(join(folder, 'maho-soap.cmd'), 'utf8'),
      /^@echo off\r\nsetlocal\r\nset ELECTRON_RUN_AS_NODE=1\r\n"%\w+%" "%\w+%" %\*\r\n$/,
    );
  });
});
