import { mkdir, open, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How often whoever works says that they still do, in ms. */
const BEAT_MS = 5_000;

/** A run that has said nothing for so long was ended from outside, in ms: a busy machine may keep a running process waiting for seconds. */
const SILENT_MS = 60_000;

/** How often to look whether it is one's turn, in ms. */
const LOOK_MS = 500;

/**
 * Does something while no other process does something under the same file: two test runs in one checkout would write the same build over
 * each other's. Waits until the other one has ended.
 * @param file   absolute; made for the time of the action, in a folder that is made too
 * @param onWait called once when somebody else is there
 */
export async function alone<T>(file: string, onWait: () => void, action: () => Promise<T>): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  for (let told = false; !(await made(file)); await delay(LOOK_MS)) {
    if (await isSilent(file)) await rm(file, { force: true });
    else if (!told) {
      told = true;
      onWait();
    }
  }
  const beat = setInterval(() => {
    const now = new Date();
    // Where the folder was deleted meanwhile there is nothing left to hold.
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

/** Makes the file; false when it is there already. */
async function made(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isSilent(file: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(file)).mtimeMs > SILENT_MS;
  } catch (error) {
    // It was removed since: whoever had it is done.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
