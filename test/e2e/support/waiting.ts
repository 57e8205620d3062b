import { errors, type Locator } from 'playwright-core';

/** Waits until something holds. @param limit in ms */
export async function until(holds: () => Promise<boolean>, limit = 120_000): Promise<void> {
  for (const end = Date.now() + limit; !(await holds());) {
    if (Date.now() > end) throw new Error(`It did not become so within ${limit / 1000} s.`);
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
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
