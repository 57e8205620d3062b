import type { Page } from 'playwright-core';

/** The message of a command whose row VS Code could not find (src/extension/commands/lost-row-error.ts). */
const MESSAGE = 'The command did not run because the view was reading its rows again.';

/** Called in the page when the message appears. */
const BINDING = 'mahoSoapTestRowLost';

/** The last action of a row in each page. */
const lastActions = new WeakMap<Page, () => Promise<void>>();

/** Runs an action of a row, and remembers how, in case VS Code does not find the row. */
export async function runAction(page: Page, action: () => Promise<void>): Promise<void> {
  lastActions.set(page, action);
  await action();
}

/**
 * Follows the advice of a message: while a view reads its rows again, a command of a row does not run and says so, and the user runs it
 * again. A test clicks within a moment after a save, when that is likely. The result of the command is still what the test waits for.
 */
export async function runLostActionsAgain(page: Page): Promise<void> {
  await page.exposeFunction(BINDING, async () => {
    const toast = page.locator('.notification-toast', { hasText: MESSAGE }).first();
    await toast.hover();
    await toast.locator('.codicon-notifications-clear').click();
    await lastActions.get(page)?.();
  });
  await page.addInitScript(watchForMessage, { message: MESSAGE, binding: BINDING });
}

/** Runs in the page. Each notification counts once. */
function watchForMessage({ message, binding }: { readonly message: string; readonly binding: string }): void {
  const isCallable = (value: unknown): value is () => void => typeof value === 'function';
  const seen = new WeakSet<Element>();
  new MutationObserver(() => {
    for (const toast of document.querySelectorAll('.notification-toast')) {
      if (seen.has(toast) || !(toast.textContent ?? '').includes(message)) continue;
      seen.add(toast);
      const call: unknown = Reflect.get(window, binding);
      if (isCallable(call)) call();
    }
  }).observe(document, { childList: true, subtree: true, characterData: true });
}
