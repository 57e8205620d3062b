import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { isRecord } from '../../src/api/value';
import { startDemoStore } from '../../src/demo';
import { StoreClient } from '../../src/store/calls/client';
import { accessibility } from './support/accessibility';
import { copied } from './support/clipboard';
import { press } from './support/focus';
import { loadedCell } from './support/grid';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { themes, useTheme } from './support/themes';
import { becomes, until } from './support/waiting';

describe('Customers as a table', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const large = startDemoStore({ product: 'maho@25', customers: 5_000 });
  const test = inWorkbench(async () => ({
    settings: {
      'mahoSoap.stores': [
        { name: 'Big shop', url: (await large).urls.v2, user: demoAccount.user, environment: 'production', readOnly: true },
        { name: 'Staging DE', url: (await demo).urls.v2, user: demoAccount.user, environment: 'staging' },
      ],
      'mahoSoap.filters': [{ name: 'Does', filters: { lastname: { like: '%doe%' } } }],
    },
  }));
  after(async () => {
    await (await demo).close();
    await (await large).close();
  });

  test('opens from the tree, and loads more rows on scrolling, with only a screenful of rows in the page', async (workbench) => {
    const { page, sidebar, quickInput, editors, csp, screenshot } = workbench;
    await useTheme(workbench, 'light');
    await sidebar.open();
    await sidebar.tree.expand('Big shop');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.contextMenu(/newest first/, 'Open as Table');
    await editors.tab('Customers, Big shop').waitFor();
    const view = editors.webview();
    const loaded = view.getByText(/^first [\d,]+ loaded$/);
    await loaded.waitFor();
    for (const words of ['Big shop', 'Production', 'Read-only']) await view.locator('.facts').getByText(words).waitFor();
    const grid = view.getByRole('grid');
    await view.locator('#cell-0-0 .cell-value').waitFor();
    await screenshot('table light');
    assert.deepEqual(await accessibility(view), []);

    const rows = async (): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1;
    const before = await rows();
    await loadedCell(view, 0, 1).click();
    for (let times = 0; times < 3; times++) {
      const seen = await rows();
      await press(page, 'Control+End');
      await until(async () => (await rows()) > seen);
    }
    assert.ok((await rows()) > before + 300);
    assert.ok((await view.locator('.body .row').count()) < 80, 'rows stay in the extension');
    await press(page, 'Control+A');
    await view.getByText(/^[\d,]+ selected$/).waitFor();
    assert.equal(await view.getByRole('button', { name: 'Delete…' }).count(), 0, 'a read-only store offers no writes');
    await screenshot('table all selected');
    await press(page, 'Escape');
    await view.getByText('Enter opens a customer').waitFor();
    assert.deepEqual(csp.all, []);
  });

  test('sorts the loaded rows and says so, and searches the whole store for the typed text', async (workbench) => {
    const { editors, csp, screenshot } = workbench;
    const email = await emailOf((await large).urls.v1, '17');
    const view = editors.webview();
    await view.getByRole('columnheader', { name: 'E-mail' }).click();
    await view.getByText(/^first ([\d,]+) loaded, sorted within the \1 loaded$/).waitFor();
    await view.locator('[role="columnheader"][aria-sort="ascending"]', { hasText: 'E-mail' }).waitFor();
    await view.getByRole('searchbox', { name: 'Filter loaded customers' }).fill(email);
    await view.getByText(`loaded customers contain "${email}".`).waitFor();
    await screenshot('table nothing found');
    assert.deepEqual(await accessibility(view), []);
    await view.getByRole('button', { name: 'Search the whole store' }).click();
    await editors.tab(`"${email}", Big shop`).waitFor();
    await editors.webview().getByText('all 1', { exact: true }).waitFor();
    await editors.webview().getByRole('gridcell', { name: email }).waitFor();
    await editors.closeAll();
    assert.deepEqual(csp.all, []);
  });

  test('keeps the chosen columns, their order and their width', async (workbench) => {
    const { page, sidebar, quickInput, editors, screenshot } = workbench;
    await sidebar.tree.expand('Staging DE');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.inlineAction('60 in all', 'Open as Table');
    await editors.tab('Customers, Staging DE').waitFor();
    const view = editors.webview();
    await view.getByText('all 60', { exact: true }).waitFor();
    await view.getByRole('button', { name: /^Columns/ }).click();
    await quickInput.pick('Store view');
    await quickInput.accept();
    await view.getByRole('columnheader', { name: 'Store view' }).waitFor({ state: 'detached' });

    await loadedCell(view, 0, 1).click();
    await press(page, 'ArrowUp');
    await press(page, 'Alt+ArrowRight');
    await until(async () => (await titles(view)).slice(1, 3).join() === 'First name,E-mail');
    const width = async (): Promise<number> => (await view.getByRole('columnheader', { name: 'E-mail' }).boundingBox())?.width ?? 0;
    const before = await width();
    await press(page, 'Shift+ArrowRight');
    await until(async () => (await width()) > before + 10);
    const wide = await width();
    const edge = await view.getByRole('columnheader', { name: 'First name' }).boundingBox();
    assert.ok(edge);
    await page.mouse.move(edge.x + edge.width - 3, edge.y + edge.height / 2);
    await page.mouse.down();
    await page.mouse.move(edge.x + edge.width + 57, edge.y + edge.height / 2, { steps: 4 });
    await page.mouse.up();
    await until(async () => {
      const now = await view.getByRole('columnheader', { name: 'First name' }).boundingBox();
      return Math.abs((now?.width ?? 0) - edge.width - 60) < 3;
    });
    assert.deepEqual((await titles(view)).slice(1, 3), ['First name', 'E-mail'], 'the column was widened, not moved');
    assert.equal(await view.locator('[aria-sort="ascending"], [aria-sort="descending"]').count(), 0, 'nor sorted');
    await screenshot('table columns');

    await editors.closeAll();
    await quickInput.command('Maho SOAP: Use as Active Store');
    await quickInput.pick('Staging DE');
    await quickInput.command('Maho SOAP: Open as Table');
    await quickInput.pick('Does');
    await editors.tab('Does, Staging DE').waitFor();
    await view.getByText(/^all \d+$/).waitFor();
    assert.deepEqual((await titles(view)).slice(1, 3), ['First name', 'E-mail']);
    assert.ok(!(await titles(view)).includes('Store view'));
    assert.equal(await width(), wide);
    await view.getByText('Last name matches %doe%').waitFor();
    await screenshot('table filter');
  });

  test('opens a customer beside, copies rows, and deletes them after the usual question', async (workbench) => {
    const { page, editors, notifications, csp, screenshot } = workbench;
    const tables = page.locator('iframe.webview.ready').filter({ visible: true }).first();
    const view = tables.contentFrame().locator('iframe#active-frame').contentFrame();
    await view.getByRole('gridcell', { name: 'jane.doe@example.com' }).click();
    await press(page, 'Enter');
    await editors.tab('Jane Doe').waitFor();
    await editors.tab('Does, Staging DE').waitFor();
    await until(async () => (await page.locator('iframe.webview.ready').filter({ visible: true }).count()) === 2);
    await screenshot('table half width');
    await editors.close('Jane Doe');

    await loadedCell(view, 0, 1).click();
    await press(page, 'Shift+ArrowDown');
    await view.getByText('2 selected').waitFor();
    await press(page, 'Control+C');
    await copied(page, /^customer_id\tfirstname\temail\t[^\n]*\n[^\n]+\n[^\n]+\n?$/);
    await view.getByRole('button', { name: 'CSV' }).click();
    await copied(page, /^customer_id,firstname,email,/);

    const [doomed] = await emails(view);
    assert.ok(doomed);
    const before = Number(await view.getByRole('grid').getAttribute('aria-rowcount'));
    await view.getByRole('gridcell', { name: doomed }).click();
    await view.getByText('1 selected').waitFor();
    await press(page, 'Delete');
    await notifications.dialog.getByText(doomed).waitFor();
    await notifications.dialog.getByRole('button', { name: 'Delete customer' }).click();
    await until(async () => Number(await view.getByRole('grid').getAttribute('aria-rowcount')) === before - 1);
    // Rows are drawn a moment after their number is known.
    await until(async () => !(await emails(view)).includes(doomed));
    assert.deepEqual(csp.all, []);
  });

  test('sets a value for the selected customers through the review of an import, and shows it', async (workbench) => {
    const { page, editors, quickInput, csp } = workbench;
    const view = editors.webview();
    await loadedCell(view, 1, 1).click();
    await press(page, 'Shift+ArrowDown');
    await view.getByText('2 selected').waitFor();
    await view.getByRole('button', { name: 'Change…' }).click();
    await quickInput.with('Select the attribute to change').waitFor();
    await quickInput.box.fill('taxvat');
    await quickInput.pick('Tax/VAT number');
    await quickInput.answer('New value of Tax/VAT number', 'DE 4242');
    // No dialog asks for a file.
    await editors.tab('Import Change of taxvat.csv').waitFor();
    const review = editors.webview();
    await review
      .getByRole('gridcell', { name: /Tax\/VAT number: .* → DE 4242/ })
      .first()
      .waitFor();
    await review.getByRole('button', { name: 'Update 2 customers on Staging DE' }).click();
    await review.getByText('Import finished: 2 updated.').waitFor();
    await editors.tab('Does, Staging DE').click();
    await view.getByRole('gridcell', { name: 'DE 4242' }).nth(1).waitFor();
    await becomes(() => view.getByRole('gridcell', { name: 'DE 4242' }).count(), 2);
    // Then the first tab is shown again.
    await editors.tab('Import Change of taxvat.csv').click();
    await review.getByRole('button', { name: 'Undo Import…' }).click();
    await editors.tab(/Import Change of taxvat\.before-/).waitFor();
    await review.getByRole('button', { name: 'Update 2 customers on Staging DE' }).click();
    await review.getByText('Import finished: 2 updated.').waitFor();
    await editors.close(/Import Change of taxvat\.before-/);
    await editors.close('Import Change of taxvat.csv');
    await view.getByRole('gridcell', { name: 'DE 4242' }).waitFor({ state: 'detached' });
    assert.deepEqual(csp.all, []);
  });

  test('lets the user edit cells in place, and sends the changes through the same review', async (workbench) => {
    const { page, editors, csp, screenshot } = workbench;
    const view = editors.webview();
    await view.getByText(/^all \d+$/).waitFor();
    const column = (await titles(view)).indexOf('First name');
    const cell = view.locator(`#cell-0-${column}`);
    const before = await cell.innerText();
    await cell.click();
    await press(page, 'F2');
    await view.getByRole('textbox', { name: 'First name' }).fill('Edited');
    await press(page, 'Escape');
    await until(async () => (await cell.innerText()) === before);
    await press(page, 'F2');
    await view.getByRole('textbox', { name: 'First name' }).fill('Edited');
    await press(page, 'Enter');
    await view.getByText('1 change', { exact: true }).waitFor();
    const group = view.locator(`#cell-0-${(await titles(view)).indexOf('Group')}`);
    await group.click();
    await press(page, 'F2');
    await view.getByRole('combobox', { name: 'Group' }).selectOption('2');
    await press(page, 'Enter');
    await view.getByText('2 changes', { exact: true }).waitFor();
    await until(async () => (await cell.innerText()) === 'Edited' && (await group.innerText()) === 'Wholesale (2)');
    const born = view.locator(`#cell-0-${(await titles(view)).indexOf('Website')}`);
    await born.click();
    await press(page, 'F2');
    await view.getByRole('textbox', { name: 'Website' }).fill('one');
    await press(page, 'Enter');
    const objection = view.getByRole('alert').getByText('This is not a whole number.');
    await objection.waitFor();
    const [said, list] = await Promise.all([objection.boundingBox(), view.getByRole('grid').boundingBox()]);
    assert.ok(said !== null && list !== null && said.x + said.width <= list.x + list.width + 1, 'all of the objection is in sight');
    // Rows that arrive meanwhile do not disturb the cell that is being edited.
    await view.locator('.waiting').first().waitFor({ state: 'detached' });
    await until(async () => (await view.getByRole('textbox', { name: 'Website' }).inputValue()) === 'one');
    await objection.waitFor();
    await screenshot('table cells changed');
    assert.deepEqual(await accessibility(view), []);
    await press(page, 'Escape');
    await view.getByRole('button', { name: 'Review…' }).click();
    await editors.tab(/Import Change of firstname, group_id/).waitFor();
    await editors
      .webview()
      .getByRole('gridcell', { name: /→ Edited; Group: .* → Wholesale \(2\)/ })
      .waitFor();
    await screenshot('table cells in review');
    await editors.webview().getByRole('button', { name: 'Update 1 customer on Staging DE' }).click();
    await editors.webview().getByText('Import finished: 1 updated.').waitFor();
    await editors.close(/Import Change of/);
    await view.getByText('2 changes', { exact: true }).waitFor({ state: 'hidden' });
    await until(async () => (await cell.innerText()) === 'Edited');
    assert.deepEqual(csp.all, []);
  });

  test('keeps a pinned column on the screen', async (workbench) => {
    const { page, editors, csp, screenshot } = workbench;
    const view = editors.webview();
    await loadedCell(view, 0, 2).click();
    await press(page, 'Control+Home');
    await press(page, 'ArrowUp');
    await press(page, 'End');
    const last = (await titles(view)).length - 1;
    const name = (await titles(view))[last] ?? '';
    await press(page, 'Shift+F10');
    await pressInMenu(page, 'Pin Column');
    await until(async () => (await titles(view))[0] === name);
    await press(page, 'ControlOrMeta+\\');
    await loadedCell(view, 0, 1).click();
    await press(page, 'End');
    const [pinned, body] = await Promise.all([view.locator('#cell-0-0').boundingBox(), view.locator('body').boundingBox()]);
    assert.ok(pinned !== null && body !== null && pinned.x >= body.x && pinned.x < body.x + 20, JSON.stringify([pinned, body]));
    await screenshot('table pinned column');
    assert.deepEqual(await accessibility(view), []);
    await view.getByRole('columnheader', { name }).click({ button: 'right' });
    await pressInMenu(page, 'Unpin Column');
    await until(async () => (await titles(view))[0] !== name);
    assert.deepEqual(csp.all, []);
  });

  test('exports the whole list from its header', async ({ editors, quickInput, notifications, folder }) => {
    const view = editors.webview();
    await view.getByRole('button', { name: 'Export the whole list, loaded or not' }).click();
    await quickInput.pick('for spreadsheets, and for Import');
    await quickInput.with('Password Hashes and Reset Tokens').waitFor();
    await quickInput.accept();
    await quickInput.file(path.join(folder, 'does.csv'));
    await notifications.quiet(/Exported \d+ customers to does\.csv/).waitFor();
    const rows = (await readFile(path.join(folder, 'does.csv'), 'utf8')).trim().split('\n').length - 1;
    assert.equal(rows, Number(await view.getByRole('grid').getAttribute('aria-rowcount')) - 1);
  });

  test('exports only the selected rows', async ({ page, editors, quickInput, notifications, folder }) => {
    const view = editors.webview();
    await loadedCell(view, 1, 1).click();
    await press(page, 'Shift+ArrowDown');
    await view.getByText('2 selected').waitFor();
    const chosen = (await emails(view)).slice(1, 3);
    await view.getByRole('button', { name: 'Export…' }).click();
    await quickInput.pick('JSON Lines');
    await quickInput.with('Password Hashes and Reset Tokens').waitFor();
    await quickInput.accept();
    const file = path.join(folder, 'two.jsonl');
    await quickInput.file(file);
    await notifications.quiet(/Exported 2 customers to two\.jsonl/).waitFor();
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    const exported = lines.map((line) => (JSON.parse(line) as Record<string, unknown>)['email']);
    assert.deepEqual(exported.sort(), chosen.toSorted());
  });

  test('shows an error in place, and continues after Retry', async (workbench) => {
    const { editors, screenshot } = workbench;
    const view = editors.webview();
    (await demo).setFaults({ 'html-503': true });
    try {
      await view.getByRole('button', { name: 'Refresh' }).click();
      await view.locator('.problem[role="alert"]').getByText('503', { exact: false }).first().waitFor();
      assert.deepEqual(await accessibility(view), []);
      await screenshot('table failed');
    } finally {
      (await demo).setFaults({});
    }
    await view.getByRole('button', { name: 'Retry' }).click();
    await view.locator('.problem').waitFor({ state: 'detached' });
    await view.getByText(/^all \d+$/).waitFor();
  });

  for (const theme of ['dark', 'high contrast', 'high contrast light'] as const) {
    test(`can be read in a theme that is ${theme}`, async (workbench) => {
      const { page, editors, screenshotAsIs } = workbench;
      await useTheme(workbench, theme);
      const view = editors.webview();
      await loadedCell(view, 0, 1).click();
      await press(page, 'Shift+ArrowDown');
      await view.getByText('2 selected').waitFor();
      await screenshotAsIs(`table ${theme}`);
      assert.deepEqual(await accessibility(view, 'colors'), []);
    });
  }

  test('is restored when the window is reloaded', async (workbench) => {
    await workbench.reload();
    const view = workbench.editors.webview();
    // After a reload of the window, a webview appears late on a slow machine.
    await view.getByText(/^all \d+$/).waitFor();
    await becomes(() => view.getByRole('heading', { level: 1 }).innerText(), 'Does');
  });

  test('also shows other lists: groups, and the addresses of a customer', async (workbench) => {
    const { page, sidebar, quickInput, editors, csp, screenshot, screenshotAsIs } = workbench;
    await editors.closeAll();
    await quickInput.command('Maho SOAP: Open as Table');
    await quickInput.pick('Another List…');
    await quickInput.with('Select the list to show').waitFor();
    await quickInput.pick(/^groups/);
    await editors.tab('Groups, Staging DE').waitFor();
    const view = editors.webview();
    await view.getByText('all 4', { exact: true }).waitFor();
    await view.getByRole('columnheader', { name: 'Name' }).click();
    await view.locator('[role="columnheader"][aria-sort="ascending"]').waitFor();
    await view.getByRole('gridcell', { name: 'NOT LOGGED IN' }).waitFor();
    const cut = await view
      .locator('.cell-value')
      .evaluateAll((values) =>
        values.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map((value) => value.textContent),
      );
    assert.deepEqual(cut, [], 'nothing is cut while there is room');
    await loadedCell(view, 0, 1).click();
    await press(page, 'Control+A');
    await view.getByText('4 selected').waitFor();
    const actions = view.getByRole('group', { name: 'Selected rows' });
    await becomes(() => actions.locator('vscode-button:visible').allInnerTexts(), ['Copy', 'CSV', 'Export…']);
    await press(page, 'Control+C');
    await until(async () => (await page.evaluate(() => navigator.clipboard.readText())).includes('Wholesale'));
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await view.getByText('4 selected').waitFor();
      await screenshotAsIs(`table groups ${theme}`);
      assert.deepEqual(await accessibility(view), [], theme);
    }
    await editors.closeAll();

    await addAddress((await demo).urls.v2, '2');
    await sidebar.open();
    await sidebar.tree.expand('Staging DE');
    await sidebar.tree.expand('Does');
    await sidebar.tree.click('jane.doe@example.com');
    await view.getByRole('heading', { name: 'Addresses (1)' }).waitFor();
    await quickInput.command('Maho SOAP: Open Addresses as Table');
    await editors.tab('Addresses, Staging DE').waitFor();
    await view.getByText('all 1', { exact: true }).waitFor();
    await view.getByText(/^customerId \d+$/).waitFor();
    await loadedCell(view, 0, 1).click();
    await view.getByText('1 selected').waitFor();
    await screenshot('table addresses');
    assert.deepEqual(await accessibility(view), []);
    await press(page, 'Enter');
    await editors.tab('customer_address.info').waitFor();
    assert.deepEqual(csp.all, []);
  });
});

/** The e-mail address of a customer, read directly from the store. */
async function emailOf(url: string, customerId: string): Promise<string> {
  const client = new StoreClient({ name: 'Big shop', url, user: demoAccount.user }, { key: () => Promise.resolve(demoAccount.key) });
  try {
    const { value } = await client.call('customer.info', { customerId });
    const email = isRecord(value) ? value['email'] : undefined;
    assert.ok(typeof email === 'string');
    return email;
  } finally {
    await client.close();
  }
}

/** Gives a customer an address, directly in the store. */
async function addAddress(url: string, customerId: string): Promise<void> {
  const client = new StoreClient({ name: 'Staging DE', url, user: demoAccount.user }, { key: () => Promise.resolve(demoAccount.key) });
  const address = {
    firstname: 'Jane',
    lastname: 'Doe',
    street: ['Main Street 1'],
    city: 'Berlin',
    country_id: 'DE',
    postcode: '10115',
    telephone: '030 1234567',
  };
  try {
    await client.call('customer_address.create', { customerId, addressData: address });
  } finally {
    await client.close();
  }
}

/** Presses an entry of the open menu. A menu ignores the button for a moment after it opens. */
async function pressInMenu(page: Page, entry: string): Promise<void> {
  const action = page.locator('.monaco-menu .action-label', { hasText: entry });
  await action.waitFor();
  await until(async () => {
    if (await action.isVisible()) await action.click({ delay: 50 });
    await page.waitForTimeout(500);
    return !(await action.isVisible());
  });
}

async function titles(view: FrameLocator): Promise<readonly string[]> {
  return await view.locator('.row.head .label').allInnerTexts();
}

/** E-mail addresses of the rows that are drawn, from top to bottom. */
async function emails(view: FrameLocator): Promise<readonly string[]> {
  return await view
    .locator('.body .row')
    .evaluateAll((rows) =>
      rows
        .toSorted((a, b) => Number(a.getAttribute('aria-rowindex')) - Number(b.getAttribute('aria-rowindex')))
        .map((row) => [...row.children].map((cell) => cell.textContent ?? '').find((text) => text.includes('@')) ?? ''),
    );
}
