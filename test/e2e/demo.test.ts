import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { inWorkbench } from './support/suite';

describe('The demo store in the editor', () => {
  const test = inWorkbench(() => ({}));

  test('logs every request and says in the status bar that it runs', async ({ sidebar, quickInput, page, screenshot }) => {
    await sidebar.open();
    await quickInput.command('Maho SOAP: Start Demo Store');
    await sidebar.tree.row('in all').waitFor();
    await page.locator('.statusbar-item', { hasText: 'Demo store :' }).click();
    await page.locator('.part.panel .view-line', { hasText: 'V2 customer.list(filters' }).first().waitFor();
    await screenshot('requests to the demo store');
  });

  test('makes the trouble that was chosen, and stops when nothing is', async ({ sidebar, quickInput, page, screenshot }) => {
    await quickInput.command('Maho SOAP: Choose Faults of the Demo Store');
    await quickInput.pick('deny');
    await quickInput.box.press('Enter');
    await sidebar.tree.inlineAction('Customers', 'Refresh');
    await page.locator('.part.panel .view-line', { hasText: 'fault 2: Access' }).first().waitFor();
    await screenshot('a fault on demand');
    await quickInput.command('Maho SOAP: Choose Faults of the Demo Store');
    await quickInput.pick('deny');
    await quickInput.box.press('Enter');
    await sidebar.tree.inlineAction('Customers', 'Retry');
    await sidebar.tree.row('Customers').locator('.actions a[aria-label^="Retry"]').waitFor({ state: 'detached' });
  });

  test('is examined by Check Connection from name lookup to rights', async ({ sidebar, editors, page, screenshot }) => {
    await sidebar.tree.contextMenu('WS-I', 'Check Connection');
    await page.locator('.editor-group-container.active .view-line', { hasText: 'Rights' }).waitFor();
    const text = await editors.visibleText();
    assert.match(text, /✓ WSDL: WS-I/);
    assert.match(text, /✓ Log in/);
    assert.match(text, /✓ Rights/);
    await screenshot('check connection');
  });
});
