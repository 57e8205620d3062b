import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { test, type TestContext } from 'node:test';
import { build } from 'esbuild';
import { ToolkitError } from '../../../src/api/errors';
import { FileLock, type InUse, type LockWords } from '../../../src/files/lock';

const words: LockWords = {
  inUse: (by) => ({ code: 'in-use', what: JSON.stringify(by) }),
  impossible: (why) => ({ code: 'impossible', what: why }),
};

async function folderOf(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lock-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A separate process that takes locks on demand. */
class Taker {
  readonly #answers: AsyncIterator<string>;

  private constructor(readonly child: ChildProcessByStdio<Writable, Readable, null>) {
    this.#answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  static start(program: string): Taker {
    return new Taker(spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  }

  async say(line: string): Promise<string> {
    this.child.stdin.write(`${line}\n`);
    const answer = await this.#answers.next();
    return answer.done === true ? 'ended' : answer.value;
  }

  async kill(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}

async function takers(t: TestContext, folder: string, count: number): Promise<readonly Taker[]> {
  const program = join(folder, 'taker.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'lock-process.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  const all = Array.from({ length: count }, () => Taker.start(program));
  t.after(() => {
    for (const { child } of all) child.kill('SIGKILL');
  });
  return all;
}

/** The ID of a process that has ended. */
function endedPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

/** States in which an old lock may exist. */
const before = {
  none: () => Promise.resolve(),
  'of a killed process': async (folder: string, lock: string) => {
    const taker = Taker.start(join(folder, 'taker.cjs'));
    assert.equal(await taker.say(`${lock}\t0`), 'held');
    await taker.kill();
  },
  'of a killed process of version 0.1': (_folder: string, lock: string) => writeFile(lock, `${endedPid()}\n`),
} as const;

for (const [name, prepare] of Object.entries(before)) {
  test(`exactly one of many processes that want a lock at the same moment gets it; old lock: ${name}`, async (t) => {
    const [races, processes] = [Number(process.env['LOCK_RACES'] ?? 20), 6];
    const folder = await folderOf(t);
    const all = await takers(t, folder, processes);
    await Promise.all(all.map((taker) => taker.say('release')));
    for (let race = 0; race < races; race++) {
      const lock = join(folder, `race-${race}.lock`);
      await prepare(folder, lock);
      const moment = Date.now() + 5;
      const answers = await Promise.all(all.map((taker) => taker.say(`${lock}\t${moment}`)));
      assert.deepEqual(answers.sort(), ['held', ...Array.from({ length: processes - 1 }, () => 'in-use')], `race ${race}`);
      await Promise.all(all.map((taker) => taker.say('release')));
      assert.deepEqual(
        (await readdir(folder)).filter((file) => file.startsWith('race-')),
        [],
        'nothing is left behind',
      );
    }
  });
}

test('a lock has one holder, also inside a process, until it is released', async (t) => {
  const lock = join(await folderOf(t), 'a.lock');
  const held = await FileLock.take(lock, words);
  await assert.rejects(
    FileLock.take(lock, words),
    (error) => error instanceof ToolkitError && error.code === 'in-use' && (JSON.parse(error.words.what) as InUse).pid === process.pid,
  );
  await held.release();
  await (await FileLock.take(lock, words)).release();
});

test('a process ID that was assigned again does not keep a lock of an ended process', async (t) => {
  const folder = await folderOf(t);
  const lock = join(folder, 'a.lock');
  const held = await FileLock.take(lock, words);
  const [name = ''] = (await readdir(folder)).filter((file) => file !== 'a.lock');
  const parts = name.split('-');
  if (parts.at(-2) === '0') return t.skip('this system does not report when a process started');
  // The same process ID with another start time, as if the ID had been assigned again.
  parts[parts.length - 2] = '00000000';
  await rename(join(folder, name), join(folder, parts.join('-')));
  await (await FileLock.take(lock, words)).release();
  await held.release();
  assert.deepEqual(await readdir(folder), []);
});

test('a holder on another machine or in another container counts as running', async (t) => {
  const folder = await folderOf(t);
  const lock = join(folder, 'a.lock');
  const held = await FileLock.take(lock, words);
  const [name = ''] = (await readdir(folder)).filter((file) => file !== 'a.lock');
  const parts = name.slice('a.lock.'.length).split('-');
  const elsewhere = `a.lock.${[endedPid(), 'ffffffff', ...parts.slice(2)].join('-')}`;
  await rename(join(folder, name), join(folder, elsewhere));
  await assert.rejects(
    FileLock.take(lock, words),
    (error) => error instanceof ToolkitError && error.code === 'in-use' && (JSON.parse(error.words.what) as InUse).elsewhere,
  );
  await held.release();
});

test('the remains of a process that was killed while taking a lock are removed by the next holder', async (t) => {
  const folder = await folderOf(t);
  const lock = join(folder, 'a.lock');
  const held = await FileLock.take(lock, words);
  const [name = ''] = (await readdir(folder)).filter((file) => file !== 'a.lock');
  await held.release();
  const [, place = '', started = ''] = name.slice('a.lock.'.length).split('-');
  await writeFile(join(folder, `a.lock.${endedPid()}-${place}-${started}-0123456789abcdef`), '');
  await (await FileLock.take(lock, words)).release();
  assert.deepEqual(await readdir(folder), []);
});

test('an error of the file system is reported if no lock can be created', async (t) => {
  const folder = await folderOf(t);
  await assert.rejects(
    FileLock.take(join(folder, 'nowhere', 'a.lock'), words),
    (error) => error instanceof ToolkitError && error.code === 'impossible' && /ENOENT/.test(error.words.what),
  );
});
