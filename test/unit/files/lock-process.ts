/**
 * Tries to take locks: each line on stdin has a lock file and a moment in milliseconds. At that moment the process tries to take the lock.
 * The answer on stdout is `held` or the code of the error. The line `release` releases the lock and is answered with `free`.
 */
import { createInterface } from 'node:readline';
import { ToolkitError } from '../../../src/api/errors';
import { FileLock } from '../../../src/files/lock';

const words = {
  inUse: () => ({ code: 'in-use', what: 'In use.' }),
  impossible: (why: string) => ({ code: 'impossible', what: why }),
};

async function take(file: string, moment: number): Promise<string> {
  // A busy loop up to the moment, because a timer would spread the processes over milliseconds.
  while (Date.now() < moment);
  try {
    held = await FileLock.take(file, words);
    return 'held';
  } catch (error) {
    return error instanceof ToolkitError ? error.code : String(error);
  }
}

let held: FileLock | undefined;

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const [file = '', moment = '0'] = line.split('\t');
    if (file === 'release') {
      await held?.release();
      held = undefined;
      process.stdout.write('free\n');
    } else {
      process.stdout.write(`${await take(file, Number(moment))}\n`);
    }
  }
}

void main();
