import type { Locator, Page } from 'playwright-core';
import { isInTime, until } from './waiting';

/** Time limit of one attempt, after which the state is checked again, in ms. */
const ATTEMPT_LIMIT_MS = 5000;

/** Notifications in the lower right corner, and modal dialogs. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The notification that contains this text. */
  with(text: string | RegExp): Locator {
    return this.#page.locator('.notification-toast', { hasText: text }).first();
  }

  /** The message of a success in the status bar. */
  quiet(text: string | RegExp): Locator {
    return this.#page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** Presses a button of a notification. VS Code hides a notification after 15 seconds; from then on it is in the list behind the bell. */
  async press(text: string | RegExp, button: string | RegExp): Promise<void> {
    const list = this.#page.locator('.notifications-center .notification-list-item', { hasText: text }).first();
    await until(async () =>
      isInTime(async () => {
        const shown = this.with(text).or(list).locator('.monaco-button', { hasText: button }).filter({ visible: true }).first();
        if (!(await shown.isVisible())) {
          await isInTime(() => shown.waitFor({ timeout: ATTEMPT_LIMIT_MS }));
          if (!(await shown.isVisible())) await this.#page.locator('[id="status.notifications"]').click({ timeout: ATTEMPT_LIMIT_MS });
        }
        await shown.click({ timeout: ATTEMPT_LIMIT_MS });
      }),
    );
  }

  /** The texts of the notifications on the screen. */
  async texts(): Promise<string[]> {
    return this.#page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  /** The modal dialog on the screen. */
  get dialog(): Locator {
    return this.#page.locator('.monaco-dialog-box');
  }

  async pressInDialog(button: string | RegExp): Promise<void> {
    await this.dialog.locator('.monaco-button', { hasText: button }).click();
  }
}
