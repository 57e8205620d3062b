import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { alone } from '../../../scripts/lib/alone';

describe('One test run at a time', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'alone-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('waits for the one that is there, says so once, and leaves nothing behind', async () => {
    const file = path.join(folder, 'new/lock');
    const happened: string[] = [];
    let end: () => void = () => undefined;
    const first = alone(file, assert.fail, async () => {
      happened.push('first begins');
      await new Promise<void>((resolve) => {
        end = resolve;
      });
      happened.push('first ends');
    });
    while (happened.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const second = alone(
      file,
      () => {
        happened.push('second waits');
        end();
      },
      async () => {
        happened.push('second begins');
        return await Promise.resolve('done');
      },
    );
    assert.equal(await second, 'done');
    await first;
    assert.deepEqual(happened, ['first begins', 'second waits', 'first ends', 'second begins']);
    assert.deepEqual(await readdir(path.dirname(file)), []);
  });

  test('goes on where the other was ended from outside, and after an action that failed', async () => {
    const file = path.join(folder, 'left');
    await writeFile(file, '');
    const longAgo = new Date(Date.now() - 3_600_000);
    await utimes(file, longAgo, longAgo);
    await assert.rejects(
      alone(file, assert.fail, () => Promise.reject(new Error('failed'))),
      /failed/,
    );
    assert.equal(existsSync(file), false);
    assert.equal(await alone(file, assert.fail, () => Promise.resolve(1)), 1);
  });
});
