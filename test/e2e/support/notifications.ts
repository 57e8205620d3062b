import type { Locator, Page } from 'playwright-core';

/** Notifications at the lower right, and modal dialogs. */
export class Notifications {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The notification that contains this text. */
  with(text: string | RegExp): Locator {
    return this.#page.locator('.notification-toast', { hasText: text }).first();
  }

  /** What the status bar says of a success. */
  quiet(text: string | RegExp): Locator {
    return this.#page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** Presses a button of a notification. */
  async press(text: string | RegExp, button: string | RegExp): Promise<void> {
    await this.with(text).locator('.monaco-button', { hasText: button }).click();
  }

  /** What the notifications on the screen say. */
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
