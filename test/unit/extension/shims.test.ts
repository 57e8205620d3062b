// Runs the programs that start the command line in VS Code's terminals, from a shell.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { suite, test } from 'node:test';
import { NODE_VARIABLE, PROGRAM_VARIABLE, writeShims } from '../../../src/extension/terminal/shims';

suite('maho-soap in terminals', () => {
  test('runs the program in its variables, with unchanged arguments and exit code', { skip: process.platform === 'win32' }, async (t) => {
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

  test('is written once, and again after changes, for sh and for cmd', async (t) => {
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
  });

  test('runs in cmd with the same result', async (t) => {
    const storage = await mkdtemp(join(tmpdir(), 'maho-soap-'));
    t.after(() => rm(storage, { recursive: true, force: true }));
    const text = await readFile(join(await writeShims(storage), 'maho-soap.cmd'), 'utf8');
    // Without a carriage return, cmd misreads labels and line ends. It also misreads characters outside ASCII.
    assert.match(text, /^(?:[\x20-\x7e]*\r\n)+$/);
    const env: Record<string, string> = {
      [NODE_VARIABLE]: 'C:\\Program Files\\VS Code\\Code.exe',
      [PROGRAM_VARIABLE]: 'C:\\Users\\Zoë & Co\\maho-soap.cjs',
    };
    assert.deepEqual(cmdRuns(text, env, '"a b" --x="1"'), {
      line: '"C:\\Program Files\\VS Code\\Code.exe" "C:\\Users\\Zoë & Co\\maho-soap.cjs" "a b" --x="1"',
      electronAsNode: '1',
      // Variables are local to this file, and its exit code is that of its last line.
      isLocal: true,
    });
  });
});

/** The commands that a batch file of plain commands runs. Variables are expanded in each line before it is parsed. */
function cmdRuns(
  text: string,
  env: Record<string, string>,
  args: string,
): { line: string; electronAsNode: string | undefined; isLocal: boolean } {
  let line = '';
  let isLocal = false;
  for (const raw of text.split('\r\n').filter((each) => each !== '')) {
    line = raw.replaceAll(/%(\w+)%/g, (_, name: string) => env[name] ?? '').replaceAll('%*', args);
    const set = /^set (\w+)=(.*)$/.exec(line);
    if (set !== null) env[set[1] ?? ''] = set[2] ?? '';
    if (line === 'setlocal') isLocal = true;
  }
  return { line, electronAsNode: env['ELECTRON_RUN_AS_NODE'], isLocal };
}
