import { demoAccount } from './stores';
import type { Workbench } from './workbench';

/**
 * Adds a demo store to the workspace settings with the guided flow, as a development store that allows writes.
 * @param store.summary texts of the summary to wait for
 */
export async function addStore(
  { sidebar, quickInput, page }: Workbench,
  { url, name, summary = [] }: { readonly url: string; readonly name: string; readonly summary?: readonly string[] },
): Promise<void> {
  await sidebar.open();
  await quickInput.command('Maho SOAP: Add Store');
  await quickInput.answer('URL of the shop', url);
  await quickInput.answer('API user, as listed', demoAccount.user);
  await quickInput.answer('API key', demoAccount.key);
  await page.getByPlaceholder('The store responds').waitFor();
  for (const hasText of summary) await page.locator('.quick-input-list .monaco-list-row', { hasText }).waitFor();
  await quickInput.pick('Name');
  await quickInput.answer('Display name of', name);
  await quickInput.pick('Kept in');
  await quickInput.with('workspace settings').waitFor();
  await quickInput.pick('Add Store');
}
