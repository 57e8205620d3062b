import { readFileSync } from 'node:fs';
import { press } from './focus';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Does what a user does, and counts it as docs/steps.md does. */
export class Steps {
  #prompts = 0;
  #clicks = 0;
  #keys = 0;

  constructor(private readonly page: Page) {}

  /** A question is answered. */
  async prompt(answer: Promise<void>): Promise<void> {
    this.#prompts++;
    await answer;
  }

  /** The mouse is pressed once. */
  async click(target: Locator): Promise<void> {
    await this.press(target.click());
  }

  /** The mouse is pressed so often by something that does more than clicking, such as opening a menu and choosing from it. */
  async press(doing: Promise<unknown>, times = 1): Promise<void> {
    this.#clicks += times;
    await doing;
  }

  /** A key, or a combination of keys, is pressed. */
  async key(keys: string): Promise<void> {
    this.#keys++;
    await press(this.page, keys);
  }

  /** What was done since the last time, such as `3 clicks, 2 keys`. */
  taken(): string {
    const counts = [
      [this.#prompts, 'prompt'],
      [this.#clicks, 'click'],
      [this.#keys, 'key'],
    ] as const;
    this.#prompts = this.#clicks = this.#keys = 0;
    return counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${count} ${what}${count === 1 ? '' : 's'}`)
      .join(', ');
  }
}

/** What docs/steps.md says of a task. */
export function documentedSteps(task: string): string | undefined {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/steps.md'), 'utf8');
  const row = text.split('\n').find((line) => line.startsWith(`| ${task} |`));
  return row?.split('|')[3]?.trim();
}
