// Every method of a store is found, run from its form, and saved as a request. Its response is a table with links on its IDs.
import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { phpSkip, runPhp } from '../support/php';
import { startStallingStore } from '../support/stalling-store';
import { accessibility } from './support/accessibility';
import { copied } from './support/clipboard';
import { press } from './support/focus';
import { changeSettings } from './support/settings-file';
import { demoAccount } from './support/stores';
import { openMethodForm } from './support/method-form';
import { inWorkbench } from './support/suite';
import { themes, useTheme } from './support/themes';
import { becomes, until, untilShown } from './support/waiting';
import type { Workbench } from './support/workbench';

describe('The API of a store', () => {
  const demo = startDemoStore({ customers: 12 });
  const test = inWorkbench(async () => ({
    settings: {
      'mahoSoap.stores': [{ name: 'Shop', url: (await demo).urls.v2, user: demoAccount.user, environment: 'development' }],
    },
  }));
  after(async () => {
    await (await demo).close();
  });

  test('is below the store in its own words, with the methods that this user may call', async ({ sidebar, quickInput, screenshot }) => {
    await sidebar.open();
    await sidebar.tree.expand('Shop');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.expand(/^API/);
    await sidebar.tree.expand('catalog_product');
    await sidebar.tree.expand('sales_order');
    await sidebar.tree.reveal('Retrieve list of orders by filters');
    const hover = await sidebar.tree.explanation('Retrieve products list by filters', 'catalogProductList');
    const words = await hover.innerText();
    for (const part of ['catalog_product.list', 'filters', 'storeView', 'Fault 101', 'Product not exists.'])
      assert.ok(words.includes(part), words);
    await screenshot('api rows');
  });

  test('is searched in one box by path, operation and words', async ({ sidebar, quickInput, page, screenshot }) => {
    await sidebar.tree.inlineAction(/^API/, 'Find a Method');
    await quickInput.with('Methods of Shop').waitFor();
    const entries = page.locator('.quick-input-widget .quick-input-list .monaco-list-row');
    for (const [typed, found] of [
      ['catalogProductList', 'catalog_product.list'],
      ['country', 'directory_country.list'],
      ['sales_order.list', 'sales_order.list'],
    ] as const) {
      await quickInput.box.fill(typed);
      await entries.filter({ hasText: found }).first().waitFor();
    }
    await screenshot('api search');
  });

  test('runs a method with filters, shows its rows as a table, and follows an ID to the customer', async (workbench) => {
    const { quickInput, editors, csp, screenshot, screenshotAsIs } = workbench;
    await quickInput.accept();
    await editors.tab('Run sales_order.list').waitFor();
    const form = editors.webview();
    await form.getByText('Retrieve list of orders by filters').waitFor();
    await form.getByRole('button', { name: 'Add condition' }).click();
    await form.getByLabel('Attribute of condition 1').fill('increment_id');
    await form.getByLabel('Operator of condition 1').selectOption('is one of');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await form.getByText('Enter the values, separated by commas.').waitFor();
    assert.deepEqual(await accessibility(form), []);
    await form.getByLabel('Operator of condition 1').selectOption('is at least');
    await form.getByLabel('Value of condition 1').fill('100000003');
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await form.getByLabel('Value of condition 1').focus();
      await screenshotAsIs(`api form, ${theme}`);
      assert.deepEqual(await accessibility(form, theme === 'dark' ? 'everything' : 'colors'), [], theme);
    }
    await form.getByLabel('Value of condition 1').press('Enter');
    // The last page of the window is either the form or the response by now.
    await form
      .getByText(/^\d+ rows/)
      .first()
      .waitFor();
    await screenshot('api form beside its answer');
    await editors.close('Run sales_order.list');
    const view = await response(workbench, 'sales_order.list', 'salesOrderList');
    const cell = view.getByRole('gridcell', { name: '100000003', exact: true });
    await cell.waitFor();
    assert.equal(await view.getByRole('gridcell', { name: '100000001', exact: true }).count(), 0, 'the filter was sent');
    assert.deepEqual(await accessibility(view), []);
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await cell.click();
      await view.getByRole('button', { name: 'Read order 100000003' }).waitFor();
      await screenshotAsIs(`api answer, ${theme}`);
      assert.deepEqual(await accessibility(view, theme === 'dark' ? 'everything' : 'colors'), [], theme);
    }
    await view.getByRole('columnheader', { name: 'customer_id' }).click();
    await view.getByRole('gridcell', { name: '2', exact: true }).first().click();
    await view.getByRole('button', { name: 'Open customer 2', exact: true }).click();
    // The tab shows the customer's number until the name is known.
    await editors.tab(/Customer 2|Paweł Król/).waitFor();
    await screenshot('api customer');
    assert.deepEqual(csp.all, []);
  });

  test('shows the last values again, and has controls for entities, lists, numbers and dates', async (workbench) => {
    const { editors, page, quickInput, csp, screenshot } = workbench;
    await editors.closeAll();
    let form = await openMethodForm(workbench, 'sales_order.list');
    await until(async () => (await form.getByLabel('Value of condition 1').inputValue()) === '100000003');
    await editors.closeAll();
    form = await openMethodForm(workbench, 'customer.create');
    await form.getByText('Writes', { exact: true }).waitFor();
    await form.getByLabel('website_id', { exact: true }).fill('one');
    await form.getByRole('button', { name: 'Run on Shop' }).click();
    await form.getByText('"one" is not a whole number.').waitFor();
    await screenshot('api form entity');
    assert.deepEqual(await accessibility(form), []);
    const number = form.getByLabel('website_id', { exact: true });
    // The first invalid field has the focus.
    await form.locator('[aria-invalid="true"]:focus').waitFor();
    assert.equal(await number.evaluate((input) => document.activeElement === input), true);
    await number.fill('1');
    await form.getByText('"one" is not a whole number.').waitFor({ state: 'detached' });
    // Empty fields are left out, unless the user chooses to send an empty text. That choice is also kept.
    const middle = form.getByLabel('middlename', { exact: true });
    const empty = form.getByRole('button', { name: 'Send empty middlename' });
    await middle.focus();
    await empty.click();
    await until(async () => (await empty.getAttribute('aria-pressed')) === 'true');
    await becomes(() => middle.getAttribute('placeholder'), 'Empty text');
    await screenshot('api form empty text');
    assert.deepEqual(await accessibility(form), []);
    await form.getByRole('button', { name: 'Copy as Code…' }).click();
    await quickInput.pick(/^curl/);
    await until(async () => /<middlename[^>]*?(?:\/>|><\/)/.test(await page.evaluate(() => navigator.clipboard.readText())));
    await middle.fill('B');
    await empty.waitFor({ state: 'hidden' });
    await press(page, 'ControlOrMeta+\\');
    await screenshot('api form half width');
    await editors.closeAll();
    assert.deepEqual(csp.all, []);
  });

  test('saves the method that was run as a request', async ({ sidebar, editors, screenshot }) => {
    await sidebar.tree.contextMenu('Retrieve list of orders by filters', 'New Request from Method');
    await editors.tab(/sales_order_list/).waitFor();
    const text = await editors.visibleText();
    for (const part of ['"store": "Shop"', '"method": "salesOrderList"', '100000003']) assert.ok(text.includes(part), text);
    await screenshot('api request');
  });

  test('completes nested values in the request, marks a wrong name and fixes it', async (workbench) => {
    const { quickInput, editors, page, screenshot } = workbench;
    const lines = async (): Promise<readonly string[]> => (await editors.visibleText()).split('\n');
    const line = (await lines()).findIndex((text) => text.includes('"key": "increment_id"'));
    const end = ((await lines())[line] ?? '').indexOf('increment_id') + 'increment_id'.length + 1;
    const key = async (): Promise<string | undefined> => /"key": "(\w*)"/.exec((await lines())[line] ?? '')?.[1];

    await quickInput.goTo(line + 1, end);
    for (let left = 'increment_id'; left !== '';) {
      left = left.slice(0, -1);
      await press(page, 'Backspace');
      await becomes(key, left);
    }
    const suggestions = page.locator('.suggest-widget.visible .monaco-list-row');
    await untilShown(suggestions.filter({ hasText: /^customer_id/ }).first(), async () => {
      await press(page, 'Escape');
      await press(page, 'ControlOrMeta+Space');
    });
    await screenshot('api request completion');
    await suggestions
      .filter({ hasText: /^increment_id/ })
      .first()
      .click();
    await becomes(key, 'increment_id');

    const marked = page.locator('.editor-group-container.active .squiggly-warning');
    await marked.first().waitFor({ state: 'detached' });
    await quickInput.goTo(line + 1, end);
    await press(page, 'Backspace');
    await becomes(key, 'increment_i');
    await marked.first().waitFor();
    const fix = page.locator('.action-widget .monaco-list-row.action', { hasText: 'Change to increment_id' }).first();
    await untilShown(fix, async () => {
      await press(page, 'Escape');
      await press(page, 'ControlOrMeta+.');
    });
    await screenshot('api request fix');
    await fix.click();
    await becomes(key, 'increment_id');
    await marked.first().waitFor({ state: 'detached' });
  });

  test('runs the request, follows an ID of its rows to the customer, and copies it as PHP, which runs', async (workbench) => {
    const { quickInput, editors, page, screenshot } = workbench;
    await press(page, 'ControlOrMeta+S');
    await lens(page, 'on Shop').waitFor();
    await untilShown(lens(page, /passed, |\d+ rows, /), async () => {
      if (await lens(page, 'Cancel').isVisible()) return;
      await lens(page, /^\W*Run$/)
        .first()
        .click();
    });
    // The tab has the name of the request.
    const view = await response(workbench, 'Retrieve list of orders by filters', 'salesOrderList');
    const cell = view.getByRole('gridcell', { name: '100000003', exact: true });
    await cell.waitFor();
    assert.equal(await view.getByRole('gridcell', { name: '100000001', exact: true }).count(), 0, 'the filter was sent');
    await view.getByRole('columnheader', { name: 'customer_id' }).click();
    await view.getByRole('gridcell', { name: '2', exact: true }).first().click();
    await view.getByRole('button', { name: 'Open customer 2', exact: true }).click();
    await editors.tab(/Customer 2|Paweł Król/).waitFor();
    await editors.closeAll();

    await editors.openFile('sales_order_list.maho.json');
    await untilShown(quickInput.with('Copy as'), () => lens(page, 'Copy as…').first().click());
    await quickInput.pick('PHP (V2)');
    const program = await copied(page, 'salesOrderList');
    assert.ok(!program.includes(demoAccount.key));
    await screenshot('api request as code');
    await editors.closeAll();
    if (phpSkip !== false) return;
    const { status, stdout, stderr } = await runPhp(program, { MAHO_SOAP_KEY: demoAccount.key });
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /100000003/);
    assert.doesNotMatch(stdout, /100000001/);
  });

  test('asks for a limit before it requests a list without filters, and sends that limit', async (workbench) => {
    const { quickInput, editors, screenshot } = workbench;
    const question = quickInput.with('Without filters, this returns everything');
    const sent = async (method: string): Promise<readonly unknown[]> =>
      (await demo).requests.filter((request) => request.method === method).map((request) => request.arguments);
    const form = await openMethodForm(workbench, 'catalog_product.list');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await question.waitFor();
    for (const label of ['The first 1,000 IDs', 'Everything']) await quickInput.with(label).waitFor();
    await screenshot('api how much');
    await quickInput.dismiss();
    assert.equal((await sent('catalog_product.list')).length, 0, 'nothing is sent when the question is dismissed');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await question.waitFor();
    await quickInput.pick('The first 1,000 IDs');
    await until(async () => (await sent('catalog_product.list')).length === 1);
    assert.match(JSON.stringify(await sent('catalog_product.list')), /"product_id"[^]*"from"[^]*"to"[^]*1000/);
    await answerOf(workbench, 'catalog_product.list', 'catalogProductList');
    await editors.closeAll();
  });

  test('follows the IDs of a tree to a customer, with the keyboard too', async (workbench) => {
    const { editors, screenshotAsIs } = workbench;
    const form = await openMethodForm(workbench, 'sales_order.info');
    await form.getByLabel(/^orderIncrementId/).fill('100000003');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    const view = await answerOf(workbench, 'sales_order.info', 'salesOrderInfo');
    const link = view.getByRole('button', { name: /^Open customer \d+$/ }).first();
    await link.waitFor();
    await view.getByRole('button', { name: 'Read order 100000003' }).first().waitFor();
    assert.deepEqual(await accessibility(view), []);
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await screenshotAsIs(`api tree, ${theme}`);
      assert.deepEqual(await accessibility(view, 'colors'), [], theme);
    }
    const row = view.locator('.tree-row', { has: link });
    await row.click();
    await row.press('Enter');
    await editors.tab(/Customer 2|Paweł Król/).waitFor();
    await editors.closeAll();
  });

  test('shows the methods that only one of two stores has, and keeps the rows of a list that was stopped', async (workbench) => {
    const { sidebar, quickInput, editors, folder, screenshot } = workbench;
    const other = await startDemoStore({ product: 'openmage@20.18', customers: 3 });
    const { urls } = await demo;
    let stall = (): void => undefined;
    const stalled = new Promise<void>((resolve) => (stall = resolve));
    const endless = await startStallingStore(urls.v2, /catalogProductList[ >]/, () => {
      stall();
    });
    try {
      const stores = [
        { name: 'Shop', url: urls.v2, user: demoAccount.user, environment: 'development' },
        { name: 'OpenMage', url: other.urls.v2, user: demoAccount.user, environment: 'development' },
        { name: 'Endless', url: endless.url, user: demoAccount.user, environment: 'development' },
      ];
      await changeSettings(folder, { 'mahoSoap.stores': stores });
      await sidebar.tree.reveal('Endless');
      await sidebar.tree.contextMenu(/^API/, 'Compare Methods with Another Store');
      await quickInput.pick('OpenMage');
      await quickInput.answer('API key of apiUser', demoAccount.key);
      await editors.tab('Preview Methods').waitFor();
      const difference = editors.webview();
      await difference.getByText(/only Shop: \d+; only OpenMage: \d+/).waitFor();
      await difference.getByText('core_maho.info').waitFor();
      await screenshot('api difference');
      await editors.closeAll();

      const form = await openMethodForm(workbench, 'catalog_product.list', async () => {
        await quickInput.pick('Endless');
        await quickInput.answer('API key of apiUser', demoAccount.key);
      });
      await form.getByRole('button', { name: 'Run', exact: true }).click();
      await quickInput.pick('Everything');
      await stalled;
      await form.getByRole('button', { name: 'Cancel' }).click();
      const view = await answerOf(workbench, 'catalog_product.list', 'catalogProductList');
      await view.getByText(/This list was stopped after .* bytes\. The \d+ complete rows are shown/).waitFor();
      await view.getByRole('gridcell').first().waitFor();
      assert.deepEqual(await accessibility(view), []);
      await screenshot('api stopped');
    } finally {
      endless.close();
      await other.close();
    }
  });
});

/** A CodeLens above a request of the file in the active editor. */
function lens(page: Page, title: string | RegExp): Locator {
  return page.locator('.editor-group-container.active .codelens-decoration a', { hasText: title }).first();
}

/** The response of a method that was run from its form. The form is closed so that the response is the only page. */
async function answerOf(workbench: Workbench, method: string, operation: string): Promise<FrameLocator> {
  await workbench.editors.tab(new RegExp(`^${method.replace('.', '\\.')}`)).waitFor();
  await workbench.editors.close(`Run ${method}`);
  return await response(workbench, method, operation);
}

async function response({ editors }: Workbench, method: string, operation: string): Promise<FrameLocator> {
  await editors.tab(method).waitFor();
  const view = editors.webview();
  await view.getByRole('heading', { level: 1, name: operation }).waitFor();
  return view;
}
