import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { errors, type Locator } from 'playwright-core';

/** Waits until something holds. @param limit in ms */
export async function until(holds: () => Promise<boolean>, limit = 120_000): Promise<void> {
  for (const end = Date.now() + limit; !(await holds());) {
    if (Date.now() > end) throw new Error(`It did not become so within ${limit / 1000} s.`);
    await pause();
  }
}

/** Before something is looked at again. */
async function pause(): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, 100);
  });
}

/** How long something may take to become what it should be, in ms. */
const BECOMES_LIMIT = 120_000;

/** Reads something until it is as expected; where it never is, says what it was at last. */
export async function becomes<T>(read: () => Promise<T>, expected: T): Promise<void> {
  let last = await read();
  const holds = async (): Promise<boolean> => isDeepStrictEqual((last = await read()), expected);
  for (const end = Date.now() + BECOMES_LIMIT; Date.now() < end;) {
    if (await holds()) return;
    await pause();
  }
  assert.deepEqual(last, expected);
}

/**
 * Does something until what it brings shows: a language service that is just starting answers nothing, and a lens that is drawn
 * anew takes no click.
 */
export async function untilShown(wanted: Locator, ask: () => Promise<void>): Promise<void> {
  await until(async () => {
    await ask();
    return await isInTime(() => wanted.waitFor({ timeout: 4000 }));
  });
}

/** Whether something that waits with limits ends within them. */
export async function isInTime(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error;
    return false;
  }
}
