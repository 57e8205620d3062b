import type { Page } from 'playwright-core';
import { until } from './waiting';

/** The text of the clipboard, once it contains `expected`: a browser writes it shortly after the copying view has closed. */
export async function copied(page: Page, expected: string | RegExp): Promise<string> {
  let content = '';
  await until(async () => {
    content = await page.evaluate(() => navigator.clipboard.readText());
    return typeof expected === 'string' ? content.includes(expected) : expected.test(content);
  });
  return content;
}
