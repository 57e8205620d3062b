import type { FrameLocator, Locator, Page } from 'playwright-core';
import { press } from './focus';
import { isInTime, until } from './waiting';

/** Time limit of one attempt, after which the state is checked again, in ms. */
const ATTEMPT_LIMIT_MS = 5000;

/** The editor area: tabs, text editors, webviews. */
export class Editors {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The tab with this title. */
  tab(title: string | RegExp): Locator {
    return this.#page.locator('.tabs-container .tab', { hasText: title }).first();
  }

  /** Titles of the open tabs from left to right. */
  async tabs(): Promise<string[]> {
    return this.#page
      .locator('.tabs-container .tab')
      .evaluateAll((tabs) => tabs.map((tab) => tab.getAttribute('data-resource-name') ?? ''));
  }

  /** The lines of the active text editor that are on the screen. */
  async visibleText(): Promise<string> {
    const lines = this.#page.locator('.editor-group-container.active .view-lines .view-line');
    await lines.first().waitFor();
    const placed = await lines.evaluateAll((elements) =>
      elements.map((element) => ({ top: parseFloat((element as HTMLElement).style.top), text: element.textContent ?? '' })),
    );
    // VS Code reuses the elements of lines, so their order in the page is not the order of the lines. Spaces are no-break spaces.
    return placed
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /**
   * Opens a file of the workspace by its name. The list closes when something else takes the focus, and is filled again while VS Code is
   * still looking for files, so this is repeated until the file is open.
   */
  async openFile(name: string): Promise<void> {
    const box = this.#page.locator('.quick-input-box input[placeholder^="Search files by name"]').filter({ visible: true });
    const entry = this.#page
      .locator('.quick-input-widget')
      .filter({ visible: true })
      .locator('.quick-input-list .monaco-list-row', { hasText: name })
      .first();
    await until(async () =>
      isInTime(async () => {
        if (!(await box.isVisible())) await press(this.#page, 'ControlOrMeta+P');
        await box.fill(name, { timeout: ATTEMPT_LIMIT_MS });
        await entry.click({ timeout: ATTEMPT_LIMIT_MS });
        await this.#page.locator('.tabs-container .tab.active', { hasText: name }).first().waitFor({ timeout: ATTEMPT_LIMIT_MS });
      }),
    );
  }

  /**
   * The document in the webview of the active tab. While VS Code replaces a webview or restores a window, two of them are visible for a
   * moment. A locator that waits in it resolves it again.
   */
  webview(): FrameLocator {
    return this.#page
      .locator('iframe.webview.ready')
      .filter({ visible: true })
      .last()
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  /** Closes the tab with this title by its button. A tab that is being redrawn, for example with a new title, ignores the click. */
  async close(title: string | RegExp): Promise<void> {
    const tab = this.tab(title);
    await tab.waitFor();
    await until(async () =>
      isInTime(async () => {
        if (!(await tab.isVisible())) return;
        await tab.hover({ timeout: ATTEMPT_LIMIT_MS });
        await tab.locator('.tab-actions a').click({ timeout: ATTEMPT_LIMIT_MS });
        await tab.waitFor({ state: 'detached', timeout: ATTEMPT_LIMIT_MS });
      }),
    );
  }

  /** Closes every tab. VS Code leaves a file open while it is saving it, so this is repeated until no tab is left. */
  async closeAll(): Promise<void> {
    const first = this.#page.locator('.tabs-container .tab').first();
    await until(async () =>
      isInTime(async () => {
        // If nothing is open, the keys would have a delayed effect on the focus, for example on a menu that is open by then.
        if (!(await first.isVisible())) return;
        await press(this.#page, 'ControlOrMeta+K');
        await press(this.#page, 'ControlOrMeta+W');
        await first.waitFor({ state: 'detached', timeout: ATTEMPT_LIMIT_MS });
      }),
    );
  }
}
