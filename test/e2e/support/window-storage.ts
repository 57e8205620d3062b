import type { Page } from 'playwright-core';
import { until } from './waiting';

/** Where VS Code stores which editors are open and what each of them remembers. */
const EDITORS_KEY = 'memento/workbench.parts.editor';

/**
 * Waits until VS Code has stored what its editors hold, as a reload brings it back: in a browser it does so every few seconds, and not when
 * the page goes.
 * @param holds  matches what is stored, which has quotation marks with several backslashes before them
 * @param closed must not be in it any more, such as the title of an editor that was closed
 */
export async function editorsStored(page: Page, holds: RegExp, closed?: RegExp): Promise<void> {
  await until(async () => {
    const stored = await page.evaluate(async (key) => {
      let found = '';
      for (const { name } of await indexedDB.databases()) {
        if (name?.startsWith('vscode-web-state-db') !== true) continue;
        found += await new Promise<string>((resolve) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => {
            resolve('');
          };
          opening.onsuccess = () => {
            const reading = opening.result.transaction('ItemTable').objectStore('ItemTable').get(key);
            reading.onsuccess = () => {
              resolve(JSON.stringify(reading.result ?? ''));
              opening.result.close();
            };
          };
        });
      }
      return found;
    }, EDITORS_KEY);
    return holds.test(stored) && closed?.test(stored) !== true;
  });
}
