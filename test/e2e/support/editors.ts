import type { FrameLocator, Locator, Page } from 'playwright-core';
import { press } from './focus';
import { isInTime, until } from './waiting';

/** How long one attempt may wait before it is looked what there is now, in ms. */
const ATTEMPT = 5000;

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
    // VS Code recycles the elements of lines, so their order in the page is not the order of the lines; blanks are no-break spaces.
    return placed
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /**
   * Opens a file of the workspace by its name. The list closes by itself when something else takes the keyboard, and is filled anew while
   * VS Code still looks for files: asked for again until the file is there.
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
        await box.fill(name, { timeout: ATTEMPT });
        await entry.click({ timeout: ATTEMPT });
        await this.#page.locator('.tabs-container .tab.active', { hasText: name }).first().waitFor({ timeout: ATTEMPT });
      }),
    );
  }

  /**
   * The document inside the webview of the active tab. While VS Code puts one in the place of another, or restores a window, both are to be
   * seen for a moment; whatever waits for something in it looks again then.
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

  /** Closes the tab with this title by its cross. A tab that is drawn anew at that moment, such as with a new title, takes no click. */
  async close(title: string | RegExp): Promise<void> {
    const tab = this.tab(title);
    await tab.waitFor();
    await until(async () =>
      isInTime(async () => {
        if (!(await tab.isVisible())) return;
        await tab.hover({ timeout: ATTEMPT });
        await tab.locator('.tab-actions a').click({ timeout: ATTEMPT });
        await tab.waitFor({ state: 'detached', timeout: ATTEMPT });
      }),
    );
  }

  /** Closes every tab. VS Code leaves a file open that it is just saving, so it is told again until none is left. */
  async closeAll(): Promise<void> {
    const first = this.#page.locator('.tabs-container .tab').first();
    await until(async () =>
      isInTime(async () => {
        // With nothing to close, VS Code would only take the keyboard a moment later, from a menu that is open by then.
        if (!(await first.isVisible())) return;
        await press(this.#page, 'ControlOrMeta+K');
        await press(this.#page, 'ControlOrMeta+W');
        await first.waitFor({ state: 'detached', timeout: ATTEMPT });
      }),
    );
  }
}
