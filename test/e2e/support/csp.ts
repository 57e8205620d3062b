import type { ConsoleMessage, Page } from 'playwright-core';

/**
 * Collects violations of a webview's content security policy. The browser reports them on the console of the frame in which they occur.
 * Only frames under VS Code's webview address count, not VS Code's own pages.
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
