import { mkdir, open, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How often the owner of the lock renews it, in ms. */
const BEAT_MS = 5_000;

/** A lock that was not renewed for this time is abandoned, in ms. A busy machine may stop a process for seconds. */
const SILENT_MS = 60_000;

/** How often to check whether the lock is free, in ms. */
const LOOK_MS = 500;

/**
 * Runs an action while no other process runs one with the same lock file: two test runs in one checkout would overwrite each other's build.
 * Waits until the other action has ended.
 * @param file absolute path; created, with its folder, for the duration of the action
 * @param onWait called once when another process has the lock
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
    // If the folder was deleted in the meantime, there is no lock to renew.
    utimes(file, now, now).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await action();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

/** Creates the file; false if it exists. */
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
    // It was removed in the meantime: its owner has finished.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
