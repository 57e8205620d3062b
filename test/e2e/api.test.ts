// Every method of a store: found, run by its arguments, saved as a request, its answer as a table whose IDs lead on.
import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { accessibility } from './support/accessibility';
import { press } from './support/focus';
import { demoAccount } from './support/stores';
import { openMethodForm } from './support/method-form';
import { inWorkbench } from './support/suite';
import { themes, useTheme } from './support/themes';
import { until } from './support/waiting';
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

  test('stands below it in its own words, with what this user may call', async ({ sidebar, quickInput, screenshot }) => {
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
    const { quickInput, editors, csp, screenshot } = workbench;
    await quickInput.accept();
    await editors.tab('Run sales_order.list').waitFor();
    const form = editors.webview();
    await form.getByText('Retrieve list of orders by filters').waitFor();
    await form.getByRole('button', { name: 'Add condition' }).click();
    await form.getByLabel('Attribute of condition 1').fill('increment_id');
    await form.getByLabel('How condition 1 compares').selectOption('is one of');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await form.getByText('Enter the values, separated by commas.').waitFor();
    assert.deepEqual(await accessibility(form), []);
    await form.getByLabel('How condition 1 compares').selectOption('is at least');
    await form.getByLabel('Value of condition 1').fill('100000003');
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await form.getByLabel('Value of condition 1').focus();
      await screenshot(`api form, ${theme}`);
      assert.deepEqual(await accessibility(form, theme === 'dark' ? 'everything' : 'colors'), [], theme);
    }
    await form.getByLabel('Value of condition 1').press('Enter');
    // In the form, or in the answer: whichever is the last page of the window by then.
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
      await view.getByRole('button', { name: 'Open 100000003' }).waitFor();
      await screenshot(`api answer, ${theme}`);
      assert.deepEqual(await accessibility(view, theme === 'dark' ? 'everything' : 'colors'), [], theme);
    }
    await view.getByRole('columnheader', { name: 'customer_id' }).click();
    await view.getByRole('gridcell', { name: '2', exact: true }).first().click();
    await view.getByRole('button', { name: 'Open 2', exact: true }).click();
    // By its number until its name is known.
    await editors.tab(/Customer 2|Paweł Król/).waitFor();
    await screenshot('api customer');
    assert.deepEqual(csp.all, []);
  });

  test('brings back what was typed last time, and has controls for entities, lists, numbers and dates', async (workbench) => {
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
    // The first that is wrong has the keyboard.
    await form.locator('[aria-invalid="true"]:focus').waitFor();
    assert.equal(await number.evaluate((input) => document.activeElement === input), true);
    await number.fill('1');
    await form.getByText('"one" is not a whole number.').waitFor({ state: 'detached' });
    // What is empty is left out, unless somebody says that the empty text is meant: that is kept, too.
    const middle = form.getByLabel('middlename', { exact: true });
    const empty = form.getByRole('button', { name: 'Send empty middlename' });
    await middle.focus();
    await empty.click();
    await until(async () => (await empty.getAttribute('aria-pressed')) === 'true');
    assert.equal(await middle.getAttribute('placeholder'), 'Empty text');
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

  test('saves what was run as a request', async ({ sidebar, editors, screenshot }) => {
    await sidebar.tree.contextMenu('Retrieve list of orders by filters', 'New Request from Method');
    await editors.tab(/sales_order_list/).waitFor();
    const text = await editors.visibleText();
    for (const part of ['"store": "Shop"', '"method": "salesOrderList"', '100000003']) assert.ok(text.includes(part), text);
    await screenshot('api request');
  });
});

async function response({ editors }: Workbench, method: string, operation: string): Promise<FrameLocator> {
  await editors.tab(method).waitFor();
  const view = editors.webview();
  await view.getByRole('heading', { level: 1, name: operation }).waitFor();
  return view;
}
