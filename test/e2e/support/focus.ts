import type { Frame, Page } from 'playwright-core';

/** How long to wait for a page that may never take the keyboard, such as one that is just going away, in ms. */
const LIMIT = 5000;

/**
 * Waits until whatever gets the keyboard has it. VS Code gives it to a webview in two steps: to the frame around it at once, and to the
 * document within a moment later. What was opened between the two loses the keyboard, and with it what is typed; a palette closes.
 */
export async function focusSettled(page: Page): Promise<void> {
  for (const end = Date.now() + LIMIT; Date.now() < end && (await isOnItsWay(page));) await page.waitForTimeout(50);
}

/** Presses keys, each once whatever gets the keyboard has it. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await focusSettled(page);
    await page.keyboard.press(key);
  }
}

/** Whether the keyboard has got to the frame around a webview, and not yet to its document. */
async function isOnItsWay(page: Page): Promise<boolean> {
  try {
    const around = await focusedFrame(page.mainFrame());
    return around !== undefined && (await focusedFrame(around)) === undefined;
  } catch (error) {
    // The frame went away.
    if (error instanceof Error && /detached|destroyed|closed/i.test(error.message)) return true;
    throw error;
  }
}

/** The frame inside this one that has the keyboard. */
async function focusedFrame(frame: Frame): Promise<Frame | undefined> {
  const element = (await frame.evaluateHandle(() => document.activeElement)).asElement();
  return (await element?.contentFrame()) ?? undefined;
}
