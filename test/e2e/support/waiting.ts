import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { errors, type Locator } from 'playwright-core';

/** Waits until a condition is true. @param limit in ms */
export async function until(holds: () => Promise<boolean>, limit = 120_000): Promise<void> {
  for (const end = Date.now() + limit; !(await holds());) {
    if (Date.now() > end) throw new Error(`It did not become so within ${limit / 1000} s.`);
    await pause();
  }
}

/** The pause before a condition is checked again. */
async function pause(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
}

/** Time limit for a value to become as expected, in ms. */
const BECOMES_LIMIT_MS = 120_000;

/** Reads a value until it is as expected. If it never is, the error shows the last value. */
export async function becomes<T>(read: () => Promise<T>, expected: T): Promise<void> {
  let last = await read();
  const holds = async (): Promise<boolean> => isDeepStrictEqual((last = await read()), expected);
  for (const end = Date.now() + BECOMES_LIMIT_MS; Date.now() < end;) {
    if (await holds()) return;
    await pause();
  }
  assert.deepEqual(last, expected);
}

/**
 * Repeats an action until its result is shown: a language service that is starting does not respond, and a lens that is being redrawn
 * ignores a click.
 */
export async function untilShown(wanted: Locator, ask: () => Promise<void>): Promise<void> {
  await until(async () => {
    await ask();
    return await isInTime(() => wanted.waitFor({ timeout: 4000 }));
  });
}

/** Whether an action ends without a timeout. */
export async function isInTime(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    return false;
  }
}
