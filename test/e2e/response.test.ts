import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { accessibility } from './support/accessibility';
import { copied } from './support/clipboard';
import { keptFile } from './support/extension-files';
import { press } from './support/focus';
import { loadedCell } from './support/grid';
import { demoAccount, recordedCustomers } from './support/stores';
import { runMethod } from './support/method-form';
import { inWorkbench } from './support/suite';
import { themes, useTheme } from './support/themes';
import { becomes, until } from './support/waiting';
import { editorsStored } from './support/window-storage';
import type { Workbench } from './support/workbench';

describe('The response view', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const large = startDemoStore({ product: 'maho@25', customers: 50_000 });
  const test = inWorkbench(async () => ({
    settings: {
      'mahoSoap.stores': [
        { name: 'Staging DE', url: (await demo).urls.v2, user: demoAccount.user, environment: 'staging' },
        { name: 'Shop', url: (await demo).urls.v1, user: demoAccount.user, environment: 'production' },
        { name: 'Big shop', url: (await large).urls.v2, user: demoAccount.user, environment: 'production' },
      ],
    },
  }));
  after(async () => {
    await (await demo).close();
    await (await large).close();
  });

  test('shows a list as a table with its kinds of values, beside the editor', async (workbench) => {
    const { page, quickInput, csp, screenshot } = workbench;
    await runMethod(workbench, 'customer.list', {}, async () => {
      await quickInput.pick('Staging DE');
      await quickInput.answer('API key of apiUser', demoAccount.key);
    });
    const view = await response(workbench, 'customer.list');
    await view.getByText('60 rows', { exact: true }).waitFor();
    await view.getByRole('gridcell', { name: 'benjerry@example.com' }).waitFor();
    const facts = await view.locator('.facts').innerText();
    for (const fact of ['Staging DE', 'V2', '200 OK', 'kB']) assert.ok(facts.includes(fact), facts);
    await becomes(() => view.locator('.store.staging').count(), 1);
    await view.getByRole('gridcell', { name: '<script>alert("x")</script>' }).waitFor();
    await becomes(() => view.getByRole('grid').getAttribute('aria-rowcount'), '61');
    assert.deepEqual(await accessibility(view), []);
    await screenshot('response table');

    await view.getByRole('columnheader', { name: 'email' }).click();
    await view.locator('#cell-0-0').waitFor();
    const emails = async (): Promise<string[]> =>
      await view.locator('.body .row').evaluateAll((rows) =>
        rows
          .toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
          .slice(0, 5)
          .map((row) => [...row.children].map((cell) => cell.textContent ?? '').find((text) => text.includes('@')) ?? ''),
      );
    await until(async () => isSorted(await emails()));
    await view.getByRole('searchbox', { name: 'Filter rows' }).fill('benjerry');
    await view.getByText('1 of 60 rows').waitFor();
    await view.getByRole('gridcell', { name: 'benjerry@example.com' }).click();
    await press(page, 'Shift+F10');
    await page.locator('.monaco-menu .action-label', { hasText: /^Copy Row/ }).waitFor();
    await screenshot('response cell menu');
    await press(page, 'Escape');
    await page.locator('.monaco-menu').waitFor({ state: 'detached' });
    await view.getByRole('gridcell', { name: 'benjerry@example.com' }).click();
    for (const key of ['ArrowUp', 'Enter']) await press(page, key);
    await view.locator('[role="columnheader"][aria-sort="descending"]', { hasText: 'email' }).waitFor();
    await view.getByRole('gridcell', { name: 'benjerry@example.com' }).click();
    await view.getByRole('button', { name: 'Copy cell' }).click();
    await copied(page, /^benjerry@example\.com$/);
    await view.getByRole('button', { name: 'Copy row' }).click();
    await copied(page, '"email": "benjerry@example.com"');
    await view.getByRole('button', { name: 'CSV' }).click();
    const csv = await copied(page, /^customer_id,[^]*\r?\n/);
    assert.ok(csv.includes('"') && !csv.includes('ae1f1c9c2ae3593ccaeb5367'), csv);
    await view.getByRole('button', { name: 'JSON' }).click();
    await copied(page, /^\[\n/);

    await view.getByRole('button', { name: 'Columns' }).click();
    await quickInput.pick('group_id');
    await quickInput.accept();
    await view.getByRole('button', { name: 'Columns (1 hidden)' }).waitFor();
    assert.equal(await view.getByRole('columnheader', { name: 'group_id' }).count(), 0);
    await view.getByRole('searchbox', { name: 'Filter rows' }).fill('nobody has this');
    await view.getByText('0 of 60 rows').waitFor();
    assert.deepEqual(await accessibility(view), []);
    assert.deepEqual(csp.all, []);
  });

  test('shows messages as documents and previews, headers and time', async (workbench) => {
    const { editors, csp, screenshot } = workbench;
    const view = editors.webview();
    await view.getByRole('tab', { name: 'Request XML' }).click();
    await view.getByText('customerCustomerList', { exact: false }).first().waitFor();
    assert.ok(!(await view.locator('.source').first().innerText()).includes(demoAccount.key));
    assert.deepEqual(await accessibility(view), []);
    await screenshot('response request XML');
    await view.getByRole('tab', { name: 'Response XML' }).click();
    await view.getByText('Only the beginning is shown here.', { exact: false }).waitFor();
    await view.getByRole('tab', { name: 'Headers' }).click();
    await view
      .getByRole('rowheader', { name: /content-type/i })
      .first()
      .waitFor();
    assert.deepEqual(await accessibility(view), []);
    await screenshot('response headers');
    await view.getByRole('tab', { name: 'Timing' }).click();
    await view.getByRole('rowheader', { name: 'Server time' }).waitFor();
    assert.deepEqual(await accessibility(view), []);
    await screenshot('response timing');
    await view.getByRole('tab', { name: 'Response XML' }).click();
    await view.getByRole('tabpanel', { name: 'Response XML' }).getByRole('button', { name: 'Open in editor' }).click();
    await editors.tab('customer.list response.xml').waitFor();
    const text = await editors.visibleText();
    assert.match(text, /SOAP-ENV:Envelope/);
    assert.ok(text.split('\n').length > 10, 'indented');
    await screenshot('response document');
    await editors.close('customer.list response.xml');
    await editors.webview().getByRole('tab', { name: 'Result' }).click();
    assert.deepEqual(csp.all, []);
  });

  test('explains a fault, and runs the corrected call again', async (workbench) => {
    const { csp, screenshot } = workbench;
    await runMethod(workbench, 'customer.list', { conditions: { emial: 'benjerry@example.com' } });
    const view = await response(workbench, 'customer.list');
    const fault = view.getByRole('alert');
    await fault.getByText('Fault 101', { exact: true }).waitFor();
    for (const words of ['What it means', 'What to do', 'emial']) await fault.getByText(words).first().waitFor();
    assert.deepEqual(await accessibility(view), []);
    await screenshot('response fault');
    await fault.getByRole('button', { name: 'Fix and Run Again' }).click();
    await view.getByText('1 row', { exact: true }).waitFor();
    assert.deepEqual(csp.all, []);
  });

  test('keeps a result that arrives while its tab is hidden, and draws it when the tab is shown again', async (workbench) => {
    const { editors, page } = workbench;
    const view = editors.webview();
    await view.getByText('1 row', { exact: true }).waitFor();
    await view.getByRole('tab', { name: 'Response XML' }).click();
    await view.getByRole('tabpanel', { name: 'Response XML' }).getByRole('button', { name: 'Open in editor' }).click();
    await editors.tab('customer.list response.xml').waitFor();
    const [document, result] = [
      editors.tab('customer.list response.xml'),
      page.locator('.tabs-container .tab', { hasText: 'customer.list', hasNotText: 'response.xml' }),
    ];
    await result.click();
    const store = await demo;
    try {
      // The faults are simulated after the delay, so that this result differs from the previous one.
      store.setFaults({ slow: 3_000, 'html-503': true });
      await editors.webview().getByRole('button', { name: 'Run again' }).click();
      await document.click();
      assert.match(await editors.visibleText(), /SOAP-ENV:Envelope/, 'the view is hidden before its result comes');
      // The result has arrived once it is in the history.
      await until(async () => (await keptFile(workbench, 'history.json')).includes('<title>Error</title>'));
      await result.click();
      await editors.webview().getByRole('alert').getByText('503', { exact: false }).first().waitFor();
      assert.equal(await editors.webview().getByText('1 row', { exact: true }).count(), 0, 'the result before is gone');
    } finally {
      store.setFaults({});
    }
    await editors.webview().getByRole('button', { name: 'Run again' }).click();
    await editors.webview().locator('.facts', { hasText: '200 OK' }).waitFor();
    await editors.close('customer.list response.xml');
  });

  test('shows a customer as a sheet and anything else as a tree', async (workbench) => {
    const { page, csp, screenshot } = workbench;
    await runMethod(workbench, 'customer.info', { values: { customerId: '1' } });
    const view = await response(workbench, 'customer.info');
    await view.getByRole('heading', { name: 'Account' }).waitFor();
    assert.ok(!(await view.locator('html').innerHTML()).includes('password_hash:'));
    await view.getByText('not returned over V2').first().waitFor();
    assert.deepEqual(await accessibility(view), []);
    await screenshot('response sheet');
    await view.getByRole('button', { name: 'JSON' }).click();
    assert.match(await copied(page, '"email": "john.doe@example.com"'), /"password_hash": "••••••"/);

    await runMethod(workbench, 'resources');
    await response(workbench, 'resources');
    await view.getByRole('tree').waitFor();
    await view.getByRole('treeitem').nth(2).waitFor();
    await view.getByRole('treeitem').first().press('ArrowDown');
    await press(page, 'ArrowRight');
    await view.locator('[role="treeitem"][aria-level="3"]').first().waitFor();
    await press(page, 'ArrowLeft');
    await view.locator('[role="treeitem"][aria-level="2"]:focus').waitFor();
    await screenshot('response resources');
    assert.deepEqual(await accessibility(view), []);
    assert.deepEqual(csp.all, []);
  });

  test('shows where a response contains junk', async (workbench) => {
    const store = await demo;
    const { csp, screenshot } = workbench;
    const view = workbench.editors.webview();
    store.setFaults({ notice: true, bom: true });
    await runMethod(workbench, 'customer.list');
    await view.getByText('byte order mark').or(view.getByText('There is other content before the XML')).first().waitFor();
    await view.getByText('60 rows', { exact: true }).waitFor();
    await screenshot('response junk');
    assert.deepEqual(await accessibility(view), []);
    store.setFaults({});
    assert.deepEqual(csp.all, []);
  });

  test('runs the call over another dialect and compares the answers and requests', async (workbench) => {
    const { quickInput, editors, csp, screenshot } = workbench;
    await runMethod(workbench, 'customer.info', { values: { customerId: '1' } });
    const view = await response(workbench, 'customer.info');
    await view.getByRole('button', { name: 'V1', exact: true }).click();
    await view.locator('.facts', { hasText: 'V1' }).waitFor();
    await view.getByRole('button', { name: 'Compare with other dialects' }).click();
    await quickInput.pick('Responses over');
    await view.getByRole('heading', { name: 'V1, V2' }).waitFor();
    const gender = view.getByRole('row', { name: /gender/ });
    await gender.getByText('only over V1', { exact: true }).waitFor();
    await becomes(() => gender.getByText('not returned').count(), 1);
    await view.getByText(/\d+ attributes are the same\./).waitFor();
    await screenshot('response comparison');
    assert.deepEqual(await accessibility(view), []);
    await view.getByRole('button', { name: 'Compare with other dialects' }).click();
    await quickInput.pick('Requests in V1 and V2');
    await editors.tab('customer.info: V1 and V2').waitFor();
    await screenshot('response request diff');
    await editors.close('customer.info: V1 and V2');
    assert.deepEqual(csp.all, []);
  });

  test('shows the most important columns at half width, and opens the customer of a row', async (workbench) => {
    const { page, editors, csp, screenshot } = workbench;
    await editors.closeAll();
    await runMethod(workbench, 'customer.list');
    const view = await response(workbench, 'customer.list');
    await view.getByText('60 rows', { exact: true }).waitFor();
    await press(page, 'ControlOrMeta+\\');
    await view.locator('#cell-0-0 .cell-value').waitFor();
    const titles = async (): Promise<readonly string[]> => await view.getByRole('columnheader').allInnerTexts();
    assert.deepEqual((await titles()).slice(0, 4), ['customer_id', 'email', 'firstname', 'lastname']);
    const [body, email, grid] = await Promise.all([
      view.locator('body').boundingBox(),
      view.getByRole('columnheader', { name: 'email' }).boundingBox(),
      view.getByRole('grid').boundingBox(),
    ]);
    assert.ok(body !== null && email !== null && grid !== null);
    assert.ok(email.x + email.width < body.x + body.width, 'the e-mail is on the screen');
    assert.ok(grid.y - body.y < 200, `${grid.y - body.y} px above the rows`);
    await screenshot('response half width');
    assert.deepEqual(await accessibility(view), []);
    await loadedCell(view, 0, 1).click();
    await press(page, 'ArrowUp');
    await press(page, 'Alt+ArrowRight');
    await until(async () => (await titles())[2] === 'email');
    const width = async (): Promise<number> => (await view.getByRole('columnheader', { name: 'email' }).boundingBox())?.width ?? 0;
    const before = await width();
    await press(page, 'Shift+ArrowRight');
    await until(async () => (await width()) > before + 10);
    await loadedCell(view, 0, 2).click();
    const active = view.locator('.detail .value', { hasText: 'john.doe@example.com' });
    await active.waitFor();
    const lines = await active.evaluate((value) => value.getBoundingClientRect().height / 26);
    assert.ok(lines < 2, `the e-mail stands on ${lines} lines`);
    await loadedCell(view, 0, 1).click();
    await press(page, 'Enter');
    await until(async () => (await editors.tabs()).length > 1);
    await screenshot('response customer of a row');
    await editors.closeAll();
    assert.deepEqual(csp.all, []);
  });

  for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
    test(`can be read in a theme that is ${theme}`, async (workbench) => {
      const { editors, screenshotAsIs } = workbench;
      await useTheme(workbench, theme);
      await runMethod(workbench, 'customer.list', { conditions: { emial: 'benjerry@example.com' } });
      const view = editors.webview();
      await view.getByRole('alert').getByText('Fault 101', { exact: true }).waitFor();
      await screenshotAsIs(`response fault, ${theme}`);
      assert.deepEqual(await accessibility(view, 'colors'), []);
      await runMethod(workbench, 'customer.list');
      await view.getByText('60 rows', { exact: true }).waitFor();
      await loadedCell(view, 3, 1).click();
      await screenshotAsIs(`response table, ${theme}`);
      assert.deepEqual(await accessibility(view, 'colors'), []);
    });
  }

  test('keeps a response permanently if asked to, and says after a reload which responses are gone', async (workbench) => {
    const { quickInput, editors, screenshot } = workbench;
    await quickInput.command('Maho SOAP: Keep Response');
    // No test before has asked for this customer, so the customer identifies the call.
    await runMethod(workbench, 'customer.info', { values: { customerId: '12' } });
    await editors.tab('customer.info').waitFor();
    await editors.tab('customer.list').waitFor();
    await response(workbench, 'customer.info');
    await editorsStored(workbench.page, /customerId[\\":]+12\b/, /Run customer\.info/);
    await workbench.reload();
    const view = editors.webview();
    // After a reload of the window, a webview appears late on a slow machine.
    await view.getByText('Responses are not kept when the window is reloaded.', { exact: false }).waitFor();
    await screenshot('response after a reload');
    // Each run that the user starts tries the store again, no matter how the last attempt ended.
    (await demo).setFaults({ 'html-503': true });
    await view.getByRole('button', { name: 'Run again' }).click();
    await view.getByRole('alert').getByText('503', { exact: false }).first().waitFor();
    (await demo).setFaults({});
    await view.getByRole('button', { name: 'Run again' }).click();
    await view.getByRole('tab', { name: 'Result' }).waitFor();
    await view.locator('.facts', { hasText: '200 OK' }).waitFor();
  });

  test('scrolls through 50,000 rows with a screenful of them in the page', async (workbench) => {
    const { page, quickInput, screenshot, csp } = workbench;
    await workbench.editors.closeAll();
    await quickInput.command('Maho SOAP: Select Store for Requests');
    await quickInput.pick('Big shop');
    await runMethod(workbench, 'customer.list', {}, async () => {
      await quickInput.answer('API key of apiUser', demoAccount.key);
    });
    const view = workbench.editors.webview();
    // Before that, 50 MB must be received and decoded.
    await view.getByText('50,000 rows', { exact: true }).waitFor();
    const grid = view.getByRole('grid');
    await view.locator('#cell-0-0 .cell-value').waitFor();
    await loadedCell(view, 0, 0).click();
    await press(page, 'Control+End');
    await view.locator('[id^="cell-49999-"] .cell-value').first().waitFor();
    assert.ok((await view.locator('.body .row').count()) < 60);
    assert.match((await grid.getAttribute('aria-activedescendant')) ?? '', /^cell-49999-/);
    await press(page, 'PageUp');
    await press(page, 'Home');
    await press(page, 'ArrowRight');
    await until(async () => /^cell-499\d\d-1$/.test((await grid.getAttribute('aria-activedescendant')) ?? ''));
    await screenshot('response 50,000 rows');
    await view.getByRole('searchbox', { name: 'Filter rows' }).fill('customer49999');
    await view.getByText('of 50,000 rows').waitFor();
    assert.deepEqual(await accessibility(view), []);
    assert.deepEqual(csp.all, []);
  });
});

/** The view once it shows this call. */
async function response({ editors }: Workbench, method: string): Promise<FrameLocator> {
  await editors.tab(method).waitFor();
  const view = editors.webview();
  await view.getByRole('heading', { level: 1, name: method }).waitFor();
  return view;
}

function isSorted(texts: readonly string[]): boolean {
  return (
    texts.length > 1 &&
    texts.every(
      (text, index) => index === 0 || (texts[index - 1] ?? '').localeCompare(text, undefined, { numeric: true, sensitivity: 'base' }) <= 0,
    )
  );
}
