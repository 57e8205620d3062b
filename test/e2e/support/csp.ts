import type { ConsoleMessage, Page } from 'playwright-core';

/**
 * Collects what a webview's content security policy refused. The browser says so on the console of whatever frame it happened in;
 * VS Code's own pages are not meant, only those under its webview address.
 */
export class CspViolations {
  readonly #found: string[] = [];

  constructor(page: Page) {
    page.on('console', (message) => {
      if (isViolation(message)) this.#found.push(message.text());
    });
  }

  get all(): readonly string[] {
    return this.#found;
  }
}

function isViolation(message: ConsoleMessage): boolean {
  return /content security policy/i.test(message.text()) && /\/webview\//.test(message.location().url);
}
