import type { Frame, Page } from 'playwright-core';

/** How long to wait for a page that may never get the focus, such as one that is closing, in ms. */
const LIMIT_MS = 5000;

/**
 * Waits until the focus has arrived. VS Code moves the focus to a webview in two steps: to the frame around it at once, and to the document
 * a moment later. A widget that is opened between the two loses the focus and the typed text; a palette closes.
 */
export async function focusSettled(page: Page): Promise<void> {
  for (const end = Date.now() + LIMIT_MS; Date.now() < end && (await isOnItsWay(page));) await page.waitForTimeout(50);
}

/** Presses keys, each after the focus has arrived. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await focusSettled(page);
    await page.keyboard.press(key);
  }
}

/** Whether the frame around a webview has the focus, but not yet its document. */
async function isOnItsWay(page: Page): Promise<boolean> {
  try {
    const around = await focusedFrame(page.mainFrame());
    return around !== undefined && (await focusedFrame(around)) === undefined;
  } catch (error) {
    // The frame was removed.
    if (error instanceof Error && /detached|destroyed|closed/i.test(error.message)) return true;
    throw error;
  }
}

/** The frame inside this one that has the focus. */
async function focusedFrame(frame: Frame): Promise<Frame | undefined> {
  const element = (await frame.evaluateHandle(() => document.activeElement)).asElement();
  return (await element?.contentFrame()) ?? undefined;
}
