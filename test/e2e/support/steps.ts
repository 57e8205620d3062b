import { readFileSync } from 'node:fs';
import { press } from './focus';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Performs a user's steps, and counts them as docs/steps.md does. */
export class Steps {
  #prompts = 0;
  #clicks = 0;
  #keys = 0;

  constructor(private readonly page: Page) {}

  /** Counts an answered question. */
  async prompt(answer: Promise<void>): Promise<void> {
    this.#prompts++;
    await answer;
  }

  /** Clicks, and counts one click. */
  async click(target: Locator): Promise<void> {
    await this.press(target.click());
  }

  /** Counts clicks of an action that includes more than one, such as opening a menu and choosing an entry. */
  async press(doing: Promise<unknown>, times = 1): Promise<void> {
    this.#clicks += times;
    await doing;
  }

  /** Presses a key or a combination of keys, and counts it. */
  async key(keys: string): Promise<void> {
    this.#keys++;
    await press(this.page, keys);
  }

  /** The steps since the last call, such as `3 clicks, 2 keys`. */
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

/** The steps that docs/steps.md gives for a task. */
export function documentedSteps(task: string): string | undefined {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/steps.md'), 'utf8');
  const row = text.split('\n').find((line) => line.startsWith(`| ${task} |`));
  return row?.split('|')[3]?.trim();
}
