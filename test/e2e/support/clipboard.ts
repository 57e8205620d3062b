import type { Page } from 'playwright-core';
import { until } from './waiting';

/** What is in the clipboard, once it holds a text: a browser writes it a moment after what copies it has closed. */
export async function copied(page: Page, expected: string | RegExp): Promise<string> {
  let content = '';
  await until(async () => {
    content = await page.evaluate(() => navigator.clipboard.readText());
    return typeof expected === 'string' ? content.includes(expected) : expected.test(content);
  });
  return content;
}
