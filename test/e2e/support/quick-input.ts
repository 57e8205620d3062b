import type { Locator, Page } from 'playwright-core';
import { focusSettled } from './focus';
import { clickRow, pressRow } from './rows';
import { isInTime, until } from './waiting';

/** An entry of a list. */
const ROW = '.quick-input-list .monaco-list-row';

/** How long the palette may keep closing before it has accepted its input, in ms. */
const PALETTE_LIMIT_MS = 120_000;

/** Time limit of one attempt to use the palette, after which the state is checked again, in ms. */
const ATTEMPT_LIMIT_MS = 5000;

/** How long a path must stay in the file dialog before it is known to be the typed one, in ms. */
const SETTLED_MS = 300;

/** A command that the palette always offers, and that has no word in common with ours. */
const ALWAYS_OFFERED = 'Developer: Reload Window';

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

  /** The widget's texts: title, prompt, validation message. */
  async text(): Promise<string> {
    return (await this.#widget.innerText()).trim();
  }

  /** Waits for an input box with this prompt, fills it in unless `value` is missing, and accepts it. */
  async answer(prompt: string | RegExp, value?: string): Promise<void> {
    await this.#page.locator('.quick-input-widget', { hasText: prompt }).filter({ visible: true }).waitFor();
    await this.accept(value);
  }

  /** Chooses the first entry of a quick pick that contains this text. */
  async pick(text: string | RegExp): Promise<void> {
    await pressRow(this.#widget.locator(ROW), text);
  }

  /** The widget, once this text is in its title, prompt, placeholder or an entry. */
  with(text: string): Locator {
    const placeholder = this.#page.locator(`input[placeholder*="${text.replaceAll('"', '\\"')}"]`);
    return this.#widget
      .filter({ hasText: text })
      .or(this.#widget.filter({ has: placeholder }))
      .first();
  }

  /**
   * Types a text, unless `value` is missing, and accepts it. A box that is still opening may replace the typed text with its own, so this
   * is repeated.
   */
  async accept(value?: string): Promise<void> {
    await until(async () => {
      if (value !== undefined) await this.box.fill(value);
      return await this.#enter(value);
    });
  }

  /**
   * Presses Enter in the box if it is open, has this text and can have the focus. All of this happens in one step in the page: between a
   * check and a key press from outside the page, something else could take the focus and the key.
   */
  async #enter(value?: string): Promise<boolean> {
    const enter = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true };
    const [pressed = false] = await this.box.evaluateAll(
      (boxes, { value, enter }) =>
        boxes.map((box) => {
          if (!(box instanceof HTMLInputElement) || (value !== undefined && box.value !== value)) return false;
          box.focus();
          if (document.activeElement !== box) return false;
          for (const type of ['keydown', 'keyup']) box.dispatchEvent(new KeyboardEvent(type, enter));
          return true;
        }),
      { value, enter },
    );
    return pressed;
  }

  /**
   * Enters a file in VS Code's own file dialog, which the browser version shows instead of the system's.
   * @param file absolute path
   */
  async file(file: string): Promise<void> {
    const parent = this.#widget.locator(ROW, { hasText: '..' }).first();
    await parent.waitFor();
    await until(async () =>
      isInTime(async () => {
        if (!(await parent.isVisible())) return;
        // Until the dialog has read the folder, it replaces the typed text with a path of its own.
        await this.box.fill(file, { timeout: ATTEMPT_LIMIT_MS });
        await this.#page.waitForTimeout(SETTLED_MS);
        if ((await this.box.inputValue({ timeout: ATTEMPT_LIMIT_MS })) === file)
          await this.#widget.locator('.monaco-button').first().click({ timeout: ATTEMPT_LIMIT_MS });
        await parent.waitFor({ state: 'hidden', timeout: ATTEMPT_LIMIT_MS });
      }),
    );
  }

  /** Chooses an entry of a list that may still change: clicks it until the list accepts the click and closes. */
  async take(text: string | RegExp): Promise<void> {
    const entry = this.#widget.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await entry.waitFor();
    for (let attempt = 0; attempt < 10 && (await this.#widget.isVisible()); attempt++) {
      if (await clickRow(this.#widget.locator(ROW), text)) await isInTime(() => this.#widget.waitFor({ state: 'hidden', timeout: 2000 }));
    }
  }

  async dismiss(): Promise<void> {
    await this.box.press('Escape');
    await this.#widget.waitFor({ state: 'hidden' });
    await focusSettled(this.#page);
  }

  /** Runs a command by its full title, such as `Maho SOAP: Add Store`. */
  async command(title: string): Promise<void> {
    const entry = this.#widget.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).first();
    await this.#inPalette(async (palette) => {
      // Emptied first: after a reload the palette may open before the extension's commands are known, and it updates its list only when the
      // text changes.
      await palette.fill('>', { timeout: ATTEMPT_LIMIT_MS });
      await palette.fill(`>${title}`, { timeout: ATTEMPT_LIMIT_MS });
      await entry.waitFor({ timeout: ATTEMPT_LIMIT_MS });
      if (!(await this.#enter(`>${title}`))) return false;
      // The command may ask its questions in the same widget, so the palette must be closed before a test answers.
      await palette.waitFor({ state: 'hidden' });
      return true;
    });
    await focusSettled(this.#page);
  }

  /** Waits until the palette offers a command, or no longer offers it. What it offers depends on an earlier state for a moment. */
  async offers(title: string, offered = true): Promise<void> {
    const list = this.#widget.locator('.quick-input-list');
    const row = (text: string): Locator => list.locator('.monaco-list-row', { hasText: text }).first();
    await this.#inPalette(async (palette) => {
      // The list follows the text with a delay: entries of the other text are shown first, and are removed when those of the title appear.
      await palette.fill(`>${ALWAYS_OFFERED}`, { timeout: ATTEMPT_LIMIT_MS });
      await row(ALWAYS_OFFERED).waitFor({ timeout: ATTEMPT_LIMIT_MS });
      await palette.fill(`>${title}`, { timeout: ATTEMPT_LIMIT_MS });
      await row(ALWAYS_OFFERED).waitFor({ state: 'detached', timeout: ATTEMPT_LIMIT_MS });
      await list.locator('.monaco-list-row').first().waitFor({ timeout: ATTEMPT_LIMIT_MS });
      const found = await row(title).isVisible();
      // If the palette was closed in the meantime, the result is not valid.
      if (!(await palette.isVisible())) return false;
      await palette.press('Escape', { timeout: ATTEMPT_LIMIT_MS });
      await palette.waitFor({ state: 'hidden', timeout: ATTEMPT_LIMIT_MS });
      return found === offered;
    });
    await focusSettled(this.#page);
  }

  /** Moves the cursor of the active editor to a line and column, both from 1. */
  async goTo(line: number, column: number): Promise<void> {
    const place = `:${line}:${column}`;
    await this.#inPalette(async (palette) => {
      await palette.fill(place, { timeout: ATTEMPT_LIMIT_MS });
      await this.#widget
        .locator('.monaco-list-row.focused', { hasText: `${line}` })
        .first()
        .waitFor({ timeout: ATTEMPT_LIMIT_MS });
      if (!(await this.#enter(place))) return false;
      await this.#widget.waitFor({ state: 'hidden' });
      return true;
    });
  }

  /**
   * Performs an action in the palette, which is open and has the focus. The palette closes when something else takes the focus, such as a
   * page that gets it late. Then the action is repeated until it reports success.
   */
  async #inPalette(act: (palette: Locator) => Promise<boolean>): Promise<void> {
    const palette = this.#page.locator('.quick-input-box input[placeholder^="Type the name of a command"]').filter({ visible: true });
    let opened = false;
    await until(async () => {
      let done = false;
      await isInTime(async () => {
        if (!(await palette.isVisible())) {
          // Left from the attempt before. A question that something else asked closes automatically.
          if (opened && (await this.#widget.isVisible())) await this.box.press('Escape', { timeout: ATTEMPT_LIMIT_MS });
          await this.#widget.waitFor({ state: 'hidden', timeout: ATTEMPT_LIMIT_MS });
          await focusSettled(this.#page);
          await this.#page.keyboard.press('F1');
          opened = true;
          await palette.waitFor({ timeout: ATTEMPT_LIMIT_MS });
        }
        done = await act(palette);
      });
      return done;
    }, PALETTE_LIMIT_MS);
  }
}
