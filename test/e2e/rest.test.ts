// The way from SOAP to REST in the editor: a call in REST, the report, and hints in code. Without a Maho, none of them is offered.
import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { copied } from './support/clipboard';
import { press } from './support/focus';
import { changeSettings } from './support/settings-file';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { untilShown } from './support/waiting';

const php = `<?php

$client = new SoapClient('https://shop.example.com/api/v2_soap?wsdl');
$session = $client->login('apiUser', getenv('MAHO_SOAP_KEY'));
$changed = $client->customerCustomerList($session, ['complex_filter' => [
    ['key' => 'updated_at', 'value' => ['key' => 'from', 'value' => $since]],
]]);
$client->customerCustomerDelete($session, $id);
$client->customerCustomerInfo($session, 2);
`;

const requests = {
  requests: [
    { name: 'Rename', method: 'customer.update', args: { customerId: 2, customerData: { firstname: 'Jane', store_id: 1 } } },
    { name: 'Groups', method: 'customer_group.list' },
  ],
};

describe('The way to REST', () => {
  const maho = startDemoStore({ product: 'maho@26.7', seedFile: recordedCustomers });
  const openMage = startDemoStore({ product: 'openmage@20.18', customers: 5 });
  const test = inWorkbench(async () => ({
    settings: {
      'mahoSoap.stores': [
        { name: 'Old shop', url: (await openMage).urls.v2, user: demoAccount.user },
        { name: 'New shop', url: (await maho).urls.v2, user: demoAccount.user, environment: 'staging' },
      ],
      'editor.minimap.enabled': false,
    },
    files: { 'src/sync.php': php, 'requests/checks.maho.json': requests, 'vendor/other/theirs.php': php },
  }));
  after(async () => {
    await (await maho).close();
    await (await openMage).close();
  });

  test('is not in the menus, the palette or the code of a user whose only store is an OpenMage', async ({
    sidebar,
    quickInput,
    editors,
    page,
  }) => {
    await sidebar.open();
    await sidebar.tree.expand('Old shop');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('5 in all').waitFor();
    const customer = sidebar.tree.row('@').first();
    await customer.click({ button: 'right' });
    await menuItem(page, 'Copy as Code').waitFor();
    assert.equal(await menuItem(page, 'REST').count(), 0);
    await press(page, 'Escape');
    await editors.openFile('sync.php');
    await lens(page, 'Run on').first().waitFor();
    assert.equal(await page.locator('.editor-group-container.active .squiggly-hint').count(), 0);
    await editors.openFile('checks.maho.json');
    await lens(page, 'Copy as').first().waitFor();
    assert.equal(await lens(page, 'REST').count(), 0);
    await quickInput.offers('Maho SOAP: Copy as Code');
    await quickInput.offers('Moving to REST', false);
  });

  test('shows a customer’s call beside its equivalent in REST, with the code to copy, in each theme', async (workbench) => {
    const { sidebar, quickInput, editors, page, csp } = workbench;
    await editors.closeAll();
    await sidebar.tree.expand('New shop');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    // The command of a row is for that row, even if the cursor of the editor is in a call.
    await editors.openFile('sync.php');
    await page.locator('.editor-group-container.active .view-line', { hasText: 'customerCustomerDelete' }).click();
    await sidebar.tree.contextMenu('benjerry@example.com', 'Show REST Equivalent');
    const body = editors.webview().locator('body');
    await body.filter({ hasText: 'GET /customers/8' }).waitFor();
    const text = await body.innerText();
    assert.match(text, /customer\.info over REST v2/);
    assert.match(text, /created_at\s+createdAt/);
    assert.match(text, /\/api\/rest\/v2/);
    await workbench.screenshot('rest equivalent');
    await body.locator('summary', { hasText: 'TypeScript' }).click();
    // The status bar shows this for three seconds, which a busy machine can miss.
    const said = page.locator('.statusbar-item', { hasText: 'Copied the code for REST v2' });
    await untilShown(said, () => body.locator('a', { hasText: 'Copy' }).nth(1).click());
    const code = await copied(page, /await send\('GET', '\/customers\/8'\)/);
    assert.ok(!code.includes(demoAccount.key));
    await body.locator('a', { hasText: 'Open in Editor' }).first().click();
    await page.locator('.editor-group-container.active .view-lines', { hasText: 'declare(strict_types=1)' }).waitFor();
    assert.deepEqual(csp.all, []);
    // The document was never saved, so closing it would ask.
    await quickInput.command('View: Revert and Close Editor');
  });

  test('is a CodeLens above a request, and lists the parts of the request that REST does not support', async ({
    editors,
    page,
    screenshot,
    quickInput,
  }) => {
    await editors.closeAll();
    await quickInput.command('Maho SOAP: Select Store for Requests');
    await quickInput.pick('New shop');
    await editors.openFile('checks.maho.json');
    await lens(page, 'REST').first().click();
    await editors.webview().locator('body', { hasText: 'PUT /customers/2' }).waitFor();
    assert.match(await editors.webview().locator('body').innerText(), /Lost store_id is ignored/);
    await screenshot('rest equivalent request');
  });

  test('is offered for a call of the history', async ({ sidebar, editors, page }) => {
    await editors.closeAll();
    await editors.openFile('checks.maho.json');
    await lens(page, 'Run').nth(3).click();
    await editors.tab('Groups').waitFor();
    const header = page.locator('.sidebar .pane-header', { hasText: /^\s*History/i });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await sidebar.view('History').contextMenu('Groups', 'Show REST Equivalent');
    await editors.webview().locator('body', { hasText: 'GET /customer-groups' }).waitFor();
  });

  test('is a report that links each call to its place in the code', async (workbench) => {
    const { editors, quickInput, page, sidebar } = workbench;
    await editors.closeAll();
    await quickInput.command('Maho SOAP: Show Report on Moving to REST');
    const view = sidebar.view('Move to REST');
    await view.reveal('customer.delete');
    await page.locator('.sidebar', { hasText: '6 calls in 2 files' }).waitFor();
    assert.equal(await view.row('vendor').count(), 0);
    await workbench.screenshot('rest report');
    await view.click('customer.delete');
    await editors.tab('sync.php').waitFor();
    await page.locator('.statusbar-item', { hasText: 'Ln 8, Col 10' }).waitFor();
  });

  test('is a hint at calls in code, which a setting turns off', async ({ editors, page, screenshot, folder }) => {
    await editors.openFile('sync.php');
    const hints = page.locator('.editor-group-container.active .squiggly-hint');
    await hints.nth(1).waitFor();
    const word = page.locator('.editor-group-container.active .view-line span', { hasText: /^customerCustomerDelete$/ }).first();
    await word.dblclick();
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Show REST Equivalent' }).first();
    await untilShown(fix, async () => {
      await press(page, 'Escape');
      await press(page, 'ControlOrMeta+.');
    });
    await screenshot('rest hint');
    await fix.click();
    await editors.webview().locator('body', { hasText: 'There is no equivalent over REST' }).waitFor();
    await screenshot('rest equivalent stays');
    await editors.openFile('sync.php');
    await changeSettings(folder, { 'mahoSoap.code.restHints': false });
    await hints.first().waitFor({ state: 'detached' });
  });
});

function menuItem(page: Page, text: string): Locator {
  return page.locator('.monaco-menu .action-label:visible', { hasText: text });
}

function lens(page: Page, title: string): Locator {
  return page.locator('.editor-group-container.active .codelens-decoration a', { hasText: title });
}
