import type { Page } from 'playwright-core';
import { until } from './waiting';

/** Key under which VS Code stores the open editors and their state. */
const EDITORS_KEY = 'memento/workbench.parts.editor';

/**
 * Waits until VS Code has stored the state of its editors, which a reload restores. In a browser it stores the state every few seconds, and
 * not when the page is closed.
 * @param holds matches the stored state, in which quotation marks have several backslashes
 * @param closed must not match any more, such as the title of an editor that was closed
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
