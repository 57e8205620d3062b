import { errors, type Locator, type Page } from 'playwright-core';

/** How long the command palette may ignore what is done, in ms. */
const COMMAND_LIMIT = 120_000;

/** How long one attempt to use the palette may wait before it looks what there is now, in ms. */
const ATTEMPT = 5000;

/** VS Code's input box, quick pick and command palette: the same widget at the top. */
export class QuickInput {
  readonly #page: Page;
  readonly #widget: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.#widget = page.locator('.quick-input-widget').filter({ visible: true });
  }

  get box(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }

  /** What the widget says above and below its box: title, prompt, validation message. */
  async text(): Promise<string> {
    return (await this.#widget.innerText()).trim();
  }

  /** Waits for an input box that says this, fills it in, unless its text is to stay, and accepts it. */
  async answer(prompt: string | RegExp, value?: string): Promise<void> {
    await this.#page.locator('.quick-input-widget', { hasText: prompt }).filter({ visible: true }).waitFor();
    if (value !== undefined) await this.box.fill(value);
    await this.box.press('Enter');
  }

  /** Chooses the first entry of a quick pick that contains this text. */
  async pick(text: string | RegExp): Promise<void> {
    await this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  /** The widget once it says this, in its title, its prompt, its placeholder or an entry. */
  with(text: string): Locator {
    const placeholder = this.#page.locator(`input[placeholder*="${text.replaceAll('"', '\\"')}"]`);
    return this.#widget
      .filter({ hasText: text })
      .or(this.#widget.filter({ has: placeholder }))
      .first();
  }

  /** Accepts what is chosen or typed. */
  async accept(): Promise<void> {
    await this.box.press('Enter');
  }

  /**
   * Names a file in VS Code's own file dialog, which the browser version shows instead of the system's.
   * @param file absolute
   */
  async file(file: string): Promise<void> {
    await this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: '..' }).first().waitFor();
    // Until it has read the folder, the dialog puts a path of its own in place of what was typed.
    for (let attempt = 0; attempt < 50; attempt++) {
      await this.box.fill(file);
      await this.#page.waitForTimeout(300);
      if ((await this.box.inputValue()) === file) break;
    }
    await this.#widget.locator('.monaco-button').first().click();
  }

  /** Takes an entry of a list that may still change: clicks it until the list takes the click and closes. */
  async take(text: string | RegExp): Promise<void> {
    const entry = this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await entry.waitFor();
    for (let attempt = 0; attempt < 10 && (await this.#widget.isVisible()); attempt++) {
      await entry.click();
      await this.#widget.waitFor({ state: 'hidden', timeout: 2000 }).catch((error: unknown) => {
        if (!(error instanceof errors.TimeoutError)) throw error;
      });
    }
  }

  async dismiss(): Promise<void> {
    await this.box.press('Escape');
    await this.#widget.waitFor({ state: 'hidden' });
  }

  /**
   * Runs a command by its full title in the palette, such as `Maho SOAP: Add Store`. The palette closes by itself when something else
   * takes the keyboard, such as what the command before has only just shown: it is opened again then, until the command was accepted.
   */
  async command(title: string): Promise<void> {
    const palette = this.#page.locator('.quick-input-box input[placeholder^="Type the name of a command"]').filter({ visible: true });
    const entry = this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    for (const until = Date.now() + COMMAND_LIMIT; Date.now() < until;) {
      try {
        if (!(await palette.isVisible())) {
          await this.#widget.waitFor({ state: 'hidden', timeout: ATTEMPT });
          await this.#page.keyboard.press('F1');
        }
        // Waits until it can be typed into: while it closes it is still seen, but inert. Emptied first: after a reload the palette may be
        // there before the extension's commands are, and it looks again only when its text changes.
        await palette.fill('>', { timeout: ATTEMPT });
        await palette.fill(`>${title}`, { timeout: ATTEMPT });
        await entry.waitFor({ timeout: ATTEMPT });
        await palette.press('Enter', { timeout: ATTEMPT });
      } catch (error) {
        if (!(error instanceof errors.TimeoutError)) throw error;
        continue;
      }
      // What the command asks comes in the same widget: the palette must be gone before somebody answers.
      await palette.waitFor({ state: 'hidden' });
      return;
    }
    throw new Error(`The command palette did not take "${title}" within ${COMMAND_LIMIT / 1000} s.`);
  }
}
