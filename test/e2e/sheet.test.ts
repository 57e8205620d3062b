import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import type { SoapRecord } from '../../src/api/value';
import { isRecord } from '../../src/api/value';
import { startDemoStore } from '../../src/demo';
import { StoreClient } from '../../src/store';
import { accessibility } from './support/accessibility';
import { copied } from './support/clipboard';
import { cell, field, review } from './support/sheet';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { themes, useTheme } from './support/themes';
import { becomes } from './support/waiting';
import { editorsStored } from './support/window-storage';

const names = { v1: 'Shop', v2: 'Staging DE', wsi: 'Sandbox' } as const;

describe('The customer sheet', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  /** A second client that works on the same store. */
  const behind = demo.then(
    ({ urls }) =>
      new StoreClient({ name: 'Behind the scenes', url: urls.v1, user: demoAccount.user }, { key: () => Promise.resolve(demoAccount.key) }),
  );
  const customer = async (customerId: number): Promise<SoapRecord> => {
    const { value } = await (await behind).call('customer.info', { customerId });
    assert.ok(isRecord(value));
    return value;
  };
  const idOf = async (email: string): Promise<unknown> => {
    const { value } = await (await behind).call('customer.list', { filters: { email } });
    const row = Array.isArray(value) ? value.find(isRecord) : undefined;
    assert.ok(row, email);
    return row['customer_id'];
  };
  const writes = async (): Promise<number> => (await demo).requests.filter(({ method }) => /create|update|delete/i.test(method)).length;

  const test = inWorkbench(async () => {
    const { urls } = await demo;
    const { user } = demoAccount;
    return {
      settings: {
        'mahoSoap.stores': [
          { name: names.v1, url: urls.v1, user, environment: 'production' },
          { name: names.v2, url: urls.v2, user, environment: 'staging' },
          { name: names.wsi, url: urls.wsi, user, environment: 'development' },
        ],
        'mahoSoap.production.confirm': 'oncePerSession',
        // Even if VS Code saves files automatically, a sheet is only sent by its button.
        'files.autoSave': 'afterDelay',
        'files.autoSaveDelay': 100,
      },
    };
  });
  after(async () => {
    await (await behind).close();
    await (await demo).close();
  });

  test('shows every attribute of a customer as text, says which ones V2 does not return, and masks secrets', async ({
    sidebar,
    quickInput,
    editors,
    page,
    csp,
    screenshot,
  }) => {
    await sidebar.open();
    await sidebar.tree.expand(names.v2);
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.click('benjerry@example.com');
    await editors.tab('Ben & Jerry <script>alert("x")</script>').waitFor();
    const sheet = editors.webview();
    await sheet.getByRole('heading', { level: 1, name: 'Ben & Jerry <script>alert("x")</script>' }).waitFor();
    assert.equal(await value(sheet, 'lastname'), '<script>alert("x")</script>');
    assert.equal(await value(sheet, 'middlename'), 'not set');
    assert.equal(await value(sheet, 'gender'), 'not returned over V2');
    assert.equal(await value(sheet, 'group_id'), 'General (1)');
    assert.equal(await value(sheet, 'password_hash'), '••••••');
    assert.match(
      (await cell(sheet, 'created_at').locator('span').first().getAttribute('title')) ?? '',
      /2026-11-23T03:10:35-05:00.*time of the store/,
    );
    assert.ok(!(await sheet.locator('html').innerHTML()).includes('ae1f1c9c2ae3593ccaeb5367'), 'the page never got the secret');
    await sheet.getByRole('heading', { name: 'Addresses (0)' }).waitFor();
    await screenshot('customer sheet');
    assert.deepEqual(await accessibility(sheet), []);

    await cell(sheet, 'password_hash').hover();
    await sheet.getByRole('button', { name: 'Reveal Password hash' }).click();
    await sheet.locator('dd', { hasText: 'ae1f1c9c2ae3593ccaeb5367' }).waitFor();

    await cell(sheet, 'email').hover();
    await sheet.getByRole('button', { name: 'Copy E-mail' }).click();
    await copied(page, /^benjerry@example\.com$/);
    assert.deepEqual(csp.all, []);
  });

  test('a click opens a preview that the next one replaces, and attributes that V2 does not return are read over V1', async ({
    sidebar,
    editors,
    screenshot,
  }) => {
    await sidebar.tree.click('John A Doe');
    await editors.tab('John A Doe').waitFor();
    await becomes(async () => (await editors.tabs()).length, 1);
    const sheet = editors.webview();
    await sheet.getByRole('heading', { name: 'Addresses (1)' }).waitFor();
    await sheet.locator('.card summary').click();
    await sheet.locator('.card dd').first().waitFor();
    await screenshot('customer sheet, addresses');
    assert.deepEqual(await accessibility(sheet), []);
    await sheet.getByRole('button', { name: 'Read the rest over V1' }).click();
    await cell(sheet, 'gender').getByText('Male (1)').waitFor();
    await sidebar.tree.contextMenu('John A Doe', 'Open Customer as JSON');
    await editors.tab('Customer 1.json').waitFor();
    assert.match(await editors.visibleText(), /"password_hash": "••••••"/);
    await editors.closeAll();
  });

  test('shows the error and reads the customer again on Retry', async ({ sidebar, editors, screenshot, csp }) => {
    const store = await demo;
    store.setFaults({ deny: true });
    await sidebar.tree.click('wang@example.com');
    const sheet = editors.webview();
    await sheet.getByRole('alert').getByText('Access denied.').waitFor();
    await screenshot('customer sheet, denied');
    assert.deepEqual(await accessibility(sheet), []);
    store.setFaults({});
    await sheet.getByRole('button', { name: 'Retry' }).click();
    await cell(sheet, 'email').getByText('wang@example.com').waitFor();
    assert.deepEqual(csp.all, []);
  });

  test('V2: changes a customer in place, shows old and new values before it sends, and the tree shows the new values', async ({
    sidebar,
    quickInput,
    editors,
    csp,
    screenshot,
  }) => {
    const before = await writes();
    await sidebar.tree.inlineAction('jane.doe@example.com', 'Edit Customer');
    await editors.tab('Jane Doe').waitFor();
    const sheet = editors.webview();
    await field(sheet, 'firstname').fill('Janet');
    await field(sheet, 'dob').fill('24.12.1990');
    await sheet.getByRole('button', { name: 'Write it as 1990-12-24' }).click();
    await field(sheet, 'group_id').selectOption({ label: 'Wholesale (2)' });
    await sheet.getByText('3 changes', { exact: true }).waitFor();
    await becomes(() => sheet.locator('.field.changed').count(), 3);
    await editors.tab('● Jane Doe').waitFor();
    await screenshot('customer form');
    assert.deepEqual(await accessibility(sheet), []);
    assert.ok((await field(sheet, 'email').evaluate((input) => input.closest('.field')?.getBoundingClientRect().height ?? 99)) <= 28);
    const stops = await sheet
      .locator('button, input, select, textarea, summary, [tabindex="0"]')
      .filter({ visible: true })
      .evaluateAll((controls) => controls.findIndex(({ id }) => id === 'field-email'));
    assert.ok(stops >= 0 && stops < 8, `${stops} stops of the keyboard before the first field`);
    assert.equal(await writes(), before, 'what VS Code saves by itself sends nothing');
    for (const save of ['File: Save All', 'File: Save without Formatting']) await quickInput.command(save);
    await editors.tab('● Jane Doe').waitFor();
    assert.equal(await sheet.getByRole('heading', { name: 'Review' }).count(), 0, 'Save All opens no review either');
    await field(sheet, 'firstname').press('ControlOrMeta+s');
    await sheet.getByRole('heading', { name: 'Review' }).waitFor();
    assert.deepEqual(
      await sheet
        .locator('.review tbody tr')
        .allInnerTexts()
        .then((rows) => rows.map((row) => row.replace(/\s+/g, ' ').trim())),
      ['Group General (1) Wholesale (2)', 'First name Jane Janet', 'Date of birth Dec 31, 1985 Dec 24, 1990'],
    );
    await screenshot('customer review');
    assert.deepEqual(await accessibility(sheet), []);
    await sheet.getByRole('button', { name: 'Update 3 fields on Staging DE' }).click();
    await cell(sheet, 'firstname').getByText('Janet').waitFor();
    await sidebar.tree.row('Janet Doe').waitFor();
    await editors.tab('Janet Doe').waitFor();
    assert.equal(await writes(), before + 1, 'one button sends, once');
    const { firstname, dob, group_id: group } = await customer(2);
    assert.deepEqual([firstname, dob, group], ['Janet', '1990-12-24 00:00:00', '2']);
    await sheet.getByRole('button', { name: 'Show exchange' }).click();
    await editors.tab('customer.update').waitFor();
    await editors.closeAll();
    assert.deepEqual(csp.all, []);
  });

  test('V2: stops when another client changed the same attribute, and lets the user decide', async ({ sidebar, editors, screenshot }) => {
    await sidebar.tree.inlineAction('jane.doe@example.com', 'Edit Customer');
    const sheet = editors.webview();
    await field(sheet, 'firstname').fill('Jana');
    await field(sheet, 'lastname').fill('Dough');
    await (await behind).call('customer.update', { customerId: 2, customerData: { firstname: 'Janine', lastname: 'Deer' } });
    const before = await writes();
    await review(sheet);
    await sheet.getByRole('button', { name: 'Update 2 fields on Staging DE' }).click();
    await sheet.getByRole('heading', { name: 'Someone else changed this customer' }).waitFor();
    assert.equal(await writes(), before, 'nothing was sent');
    await screenshot('customer conflict');
    assert.deepEqual(await accessibility(sheet), []);
    await sheet.getByRole('button', { name: 'Use theirs: First name' }).click();
    await sheet.getByRole('button', { name: 'Keep mine: Last name' }).click();
    await sheet.getByRole('button', { name: 'Update 1 field on Staging DE' }).click();
    await cell(sheet, 'lastname').getByText('Dough').waitFor();
    const { firstname, lastname } = await customer(2);
    assert.deepEqual([firstname, lastname], ['Janine', 'Dough']);
  });

  test('V2: warns of a trap, and shows after the save where the store kept other values', async ({ sidebar, editors, screenshot }) => {
    await sidebar.tree.inlineAction('jane.doe@example.com', 'Edit Customer');
    const sheet = editors.webview();
    await field(sheet, 'firstname').fill('Jane 😀');
    await sheet.locator('#notes-firstname').getByText('????').waitFor();
    await review(sheet);
    await sheet.getByRole('button', { name: 'Update 1 field on Staging DE' }).click();
    const notice = sheet.getByRole('status').filter({ hasText: 'the store saved other values' });
    await notice.getByText('Jane ????').waitFor();
    // Screen readers would read a notice again that is replaced when the rest of the page is drawn.
    await notice.evaluate((told) => {
      told.firstElementChild?.setAttribute('data-same', '');
    });
    await sheet.getByRole('button', { name: 'Show attribute codes' }).click();
    await sheet.getByRole('button', { name: 'Hide attribute codes' }).click();
    await sheet.getByRole('button', { name: 'Show attribute codes' }).waitFor();
    assert.equal(await notice.locator('[data-same]').count(), 1);
    await screenshot('customer, kept otherwise');
    assert.deepEqual(await accessibility(sheet), []);
  });

  test('V2: a save is undone through the same review from the sheet and from the tree, as long as the old values are kept', async ({
    sidebar,
    editors,
    notifications,
    quickInput,
    screenshot,
  }) => {
    const sheet = editors.webview();
    await sheet.getByRole('button', { name: 'Undo this save' }).click();
    await sheet.getByRole('heading', { name: 'Review' }).waitFor();
    assert.deepEqual(
      (await sheet.locator('.review tbody tr').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim()),
      ['First name Jane ???? Janine'],
    );
    await sheet.getByRole('button', { name: 'Update 1 field on Staging DE' }).click();
    await sheet.getByText('Saved. Undo').waitFor();
    await screenshot('customer, saved');
    assert.deepEqual(await accessibility(sheet), []);
    assert.equal((await customer(2))['firstname'], 'Janine');
    await editors.closeAll();
    await sidebar.tree.contextMenu('jane.doe@example.com', 'Undo Last Save');
    await sheet.getByRole('heading', { name: 'Review' }).waitFor();
    await sheet.getByRole('button', { name: 'Back' }).click();
    await sheet.getByRole('button', { name: 'Discard' }).click();
    await sheet.getByRole('button', { name: 'Discard' }).click();
    await sheet.getByRole('button', { name: 'Undo last save' }).waitFor();
    await editors.closeAll();
    await quickInput.command('Maho SOAP: Undo Last Save');
    await quickInput.with('Select a save to undo').waitFor();
    await screenshot('saves that can be undone');
    await quickInput.dismiss();
    await sidebar.tree.contextMenu(names.v2, 'Delete Kept Copies of Customers');
    await notifications.dialog.getByText('all copies of customers of Staging DE').waitFor();
    await screenshot('deleting what is kept');
    await notifications.pressInDialog(/Delete \d+ Copies/);
    await sidebar.tree.contextMenu('jane.doe@example.com', 'Undo Last Save');
    await notifications.with('No save to undo for this customer').waitFor();
  });

  test('V2: a refused change leaves the form as it was, with the fault beside its field', async ({ sidebar, editors, screenshot }) => {
    await sidebar.tree.inlineAction('jane.doe@example.com', 'Edit Customer');
    const sheet = editors.webview();
    await field(sheet, 'email').fill('wang@example.com');
    await field(sheet, 'suffix').fill('PhD');
    await field(sheet, 'website_id').selectOption({ label: 'Other…' });
    await field(sheet, 'website_id').fill('one');
    await sheet.locator('#notes-website_id').getByText('This is not a whole number.').waitFor();
    await sheet.getByRole('button', { name: 'Review' }).click();
    // The invalid field has the focus.
    await becomes(() => field(sheet, 'website_id').evaluate((field) => field === document.activeElement), true);
    await field(sheet, 'website_id').fill('1');
    await review(sheet);
    await sheet.getByRole('button', { name: 'Update 2 fields on Staging DE' }).click();
    await sheet.locator('#notes-email').getByText('Another customer of this website already has this e-mail address.').waitFor();
    await becomes(() => field(sheet, 'suffix').inputValue(), 'PhD');
    await screenshot('customer, refused');
    assert.deepEqual(await accessibility(sheet), []);
    await field(sheet, 'email').press('Escape');
    await sheet.getByText('Discard 2 changes?').waitFor();
    await sheet.getByRole('button', { name: 'Discard', exact: true }).click();
    await cell(sheet, 'email').getByText('jane.doe@example.com').waitFor();
  });

  test('V2: nothing is lost and nothing is sent twice when the store fails in the middle of a save', async ({
    sidebar,
    editors,
    screenshot,
  }) => {
    const store = await demo;
    await sidebar.tree.inlineAction('jane.doe@example.com', 'Edit Customer');
    const sheet = editors.webview();
    await field(sheet, 'suffix').fill('Jr.');

    store.setFaults({ deny: true });
    await send(sheet);
    await sheet.getByRole('alert').getByText('Access denied.').waitFor();
    await becomes(() => field(sheet, 'suffix').inputValue(), 'Jr.');

    store.setFaults({ slow: 60_000 });
    await send(sheet);
    await sheet.getByRole('status').getByText('Saving on Staging DE').waitFor();
    await screenshot('customer, saving');
    assert.deepEqual(await accessibility(sheet), []);
    await sheet.getByRole('button', { name: 'Cancel' }).click();
    await sheet.getByRole('alert').waitFor();
    await becomes(() => field(sheet, 'suffix').inputValue(), 'Jr.');

    // The response of the read arrives, the response of the update does not.
    store.setFaults({ slow: 300 });
    const before = await writes();
    const reads = store.requests.filter(({ method }) => method === 'customer.info').length;
    await send(sheet);
    // Checked in every turn of the event loop, because the update follows the response within milliseconds.
    while (store.requests.filter(({ method }) => method === 'customer.info').length === reads)
      await new Promise((resolve) => setImmediate(resolve));
    store.setFaults({ drop: true });
    while ((await writes()) === before) await new Promise((resolve) => setTimeout(resolve, 10));
    store.setFaults({});
    await sheet.getByRole('alert').getByText('your changes were saved').waitFor();
    await screenshot('customer, no answer');
    assert.deepEqual(await accessibility(sheet), []);
    assert.equal(await writes(), before + 1);
    await cell(sheet, 'suffix').getByText('Jr.').waitFor();
  });

  test('V2: a save continues while its tab is hidden, shows the result afterwards, and ignores typing meanwhile', async ({
    sidebar,
    editors,
    screenshot,
  }) => {
    const store = await demo;
    await editors.closeAll();
    await sidebar.tree.inlineAction('multi@example.com', 'Edit Customer');
    const sheet = editors.webview();
    await field(sheet, 'suffix').fill('Sr.');
    store.setFaults({ slow: 2500 });
    const before = await writes();
    await send(sheet);
    await sheet.getByRole('status').getByText('Saving on Staging DE').waitFor();
    await field(sheet, 'middlename').fill('Typed meanwhile');
    assert.equal(await sheet.getByRole('button', { name: 'Review' }).isEnabled(), false);
    await screenshot('customer, typing while it saves');
    await sidebar.tree.click('wang@example.com');
    await editors.tab('王小明').waitFor();
    while ((await writes()) === before) await new Promise((resolve) => setTimeout(resolve, 50));
    store.setFaults({});
    await editors.tab('● ').click();
    await editors.webview().getByText('1 change', { exact: true }).waitFor();
    assert.deepEqual(
      [await field(editors.webview(), 'middlename').inputValue(), await field(editors.webview(), 'suffix').inputValue()],
      ['Typed meanwhile', 'Sr.'],
    );
    await send(editors.webview());
    await cell(editors.webview(), 'middlename').getByText('Typed meanwhile').waitFor();
    await sidebar.tree.click('wang@example.com');
    await cell(editors.webview(), 'email').getByText('wang@example.com').waitFor();
    await editors.tab('Typed meanwhile').click();
    await editors.webview().getByText('Saved. Undo').waitFor();
    await editors.closeAll();
  });

  test('keeps unsaved changes while the tab is hidden and over a reload of the window', async (workbench) => {
    const { sidebar, editors, screenshot } = workbench;
    await sidebar.tree.inlineAction('jane.doe@example.com', 'Edit Customer');
    await field(editors.webview(), 'middlename').fill('Quetzal');
    await sidebar.tree.click('wang@example.com');
    await editors.tab('王小明').waitFor();
    await editors.tab('Dough').click();
    await editors.webview().getByText('1 change', { exact: true }).waitFor();
    await becomes(() => field(editors.webview(), 'middlename').inputValue(), 'Quetzal');
    await editorsStored(workbench.page, /Quetzal/);
    await workbench.reload();
    // The extension host of the new window starts slowly on a busy machine.
    await sidebar.tree.row(names.v2).waitFor();
    // VS Code may have stored the typed text before it stored which tab was active.
    await editors.tab('Dough').click();
    await editors.webview().getByText('1 change', { exact: true }).waitFor();
    await becomes(() => field(editors.webview(), 'middlename').inputValue(), 'Quetzal');
    await screenshot('customer form after a reload');
    await review(editors.webview());
    await editors.webview().getByRole('button', { name: 'Update 1 field on Staging DE' }).click();
    await cell(editors.webview(), 'middlename').getByText('Quetzal').waitFor();
    await editors.closeAll();
  });

  test('a tab that is closed with changes loses nothing: they are offered, and are there when the customer is opened again', async ({
    sidebar,
    editors,
    notifications,
    screenshot,
  }) => {
    await sidebar.tree.expand(names.v2);
    await sidebar.tree.inlineAction('user11@example.com', 'Edit Customer');
    await field(editors.webview(), 'firstname').fill('Drafted');
    await field(editors.webview(), 'suffix').fill('III');
    await editors.webview().getByText('2 changes', { exact: true }).waitFor();
    await editors.close(/●/);
    await notifications.with(/2 changes to .+ are not saved\./).waitFor();
    await screenshot('changes that were not saved');
    await notifications.press('are not saved', 'Reopen');
    await editors.webview().getByText('2 changes', { exact: true }).waitFor();
    assert.deepEqual(
      [await field(editors.webview(), 'firstname').inputValue(), await editors.webview().locator('.field.changed').count()],
      ['Drafted', 2],
    );
    await editors.close(/●/);
    await notifications.with('are not saved').waitFor();
    // The notification is ignored: a click on the customer restores the changes as well.
    await sidebar.tree.click('user11@example.com');
    await editors.webview().getByText('2 changes', { exact: true }).waitFor();
    await becomes(() => field(editors.webview(), 'suffix').inputValue(), 'III');
    await editors.close(/●/);
    await notifications.press('are not saved', 'Discard');
    await sidebar.tree.click('user11@example.com');
    await cell(editors.webview(), 'email').getByText('user11@example.com').waitFor();
    assert.equal(await editors.webview().locator('#field-suffix').count(), 0);
    await editors.closeAll();
  });

  // The setting of the workspace asks for one confirmation per session, but a workspace may not decide this.
  test('V1: each write to production asks for the name of the store', async ({ sidebar, quickInput, editors, csp, screenshot }) => {
    await sidebar.tree.collapse(names.v2);
    await sidebar.tree.expand(names.v1);
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.inlineAction('jane.doe@example.com', 'Edit Customer');
    const sheet = editors.webview();
    await field(sheet, 'gender').selectOption({ label: 'Male (1)' });
    await review(sheet);
    const update = sheet.getByRole('button', { name: 'Update 1 field on Shop' });
    assert.equal(await update.isEnabled(), false);
    await sheet.getByLabel('Type the name of the store').fill('Sho');
    assert.equal(await update.isEnabled(), false);
    await sheet.getByLabel('Type the name of the store').fill('Shop');
    await screenshot('customer review on production');
    assert.deepEqual(await accessibility(sheet), []);
    await update.click();
    await cell(sheet, 'gender').getByText('Male (1)').waitFor();
    assert.equal((await customer(2))['gender'], '1');
    assert.deepEqual(csp.all, []);
    await editors.closeAll();
    await sidebar.tree.collapse(names.v1);
  });

  test('V1: several customers are deleted and restored together, and the result of each is shown', async ({
    sidebar,
    quickInput,
    notifications,
    editors,
    screenshot,
  }) => {
    const client = await behind;
    const made: string[] = [];
    for (const firstname of ['Una', 'Duo', 'Tria'])
      made.push(
        JSON.stringify(
          (
            await client.call('customer.create', {
              customerData: { email: `${firstname.toLowerCase()}@example.com`, firstname, lastname: 'Together', website_id: 1 },
            })
          ).value,
        ).replaceAll('"', ''),
      );
    await sidebar.tree.expand(names.v1);
    await sidebar.tree.inlineAction(/in all/, 'Refresh');
    await sidebar.tree.row('63 in all').waitFor();
    await sidebar.tree.click('una@example.com');
    for (const email of ['duo@example.com', 'tria@example.com']) await sidebar.tree.select(email);
    await client.call('customer.delete', { customerId: made[1] ?? '' });
    await sidebar.tree.contextMenu('tria@example.com', 'Delete Customer');
    await quickInput.with('Delete 3 customers on production').waitFor();
    await screenshot('deleting several on production');
    assert.match(await quickInput.text(), /Una Together \(una@example\.com, #\d+\)/);
    await quickInput.answer('Type the name of the store', names.v1);
    await notifications.with('2 of 3 customers were deleted, 1 was already gone.').waitFor();
    await sidebar.tree.row('60 in all').waitFor();
    await notifications.press('2 of 3 customers', 'Show Results');
    await editors.tab(/Deleted customers of Shop/).waitFor();
    await editors.webview().getByRole('cell', { name: 'Was already gone' }).waitFor();
    await screenshot('what became of each');

    await sidebar.tree.contextMenu(names.v1, 'Restore Deleted Customers');
    await quickInput.pick('una@example.com');
    await quickInput.pick('tria@example.com');
    await screenshot('choosing whom to restore');
    await quickInput.accept();
    await quickInput.with('Restore 2 customers on production').waitFor();
    await quickInput.answer('Type the name of the store', names.v1);
    await sidebar.tree.row('62 in all').waitFor();
    assert.deepEqual([await idOf('una@example.com'), await idOf('tria@example.com')], [made[0], made[2]]);
    for (const customerId of [made[0], made[2]]) await client.call('customer.delete', { customerId: customerId ?? '' });
    await sidebar.tree.collapse(names.v1);
    await editors.closeAll();
  });

  test('WS-I: creates a customer, deletes it and restores it under its number', async ({
    sidebar,
    quickInput,
    editors,
    notifications,
    csp,
    screenshot,
  }) => {
    await sidebar.tree.expand(names.wsi);
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.inlineAction('60 in all', 'New Customer');
    await editors.tab('New customer').waitFor();
    const sheet = editors.webview();
    await field(sheet, 'firstname').fill('Nora');
    await field(sheet, 'lastname').fill('Newcomer');
    await field(sheet, 'password').fill('short');
    await sheet.locator('#notes-email').getByText('A new customer needs an e-mail address.').waitFor();
    await sheet.locator('#notes-password').getByText('fewer than 7').waitFor();
    await screenshot('new customer');
    assert.deepEqual(await accessibility(sheet), []);
    await field(sheet, 'website_id').selectOption('1');
    await field(sheet, 'email').fill('wang@example.com');
    await field(sheet, 'password').fill('long enough');
    await sidebar.tree.click('jane.doe@example.com');
    await editors.tab('Dough').waitFor();
    await editors.tab('New customer').click();
    await sheet.getByPlaceholder('Filled in').waitFor();
    await review(sheet);
    assert.ok(!(await sheet.locator('.review').innerText()).includes('long enough'));
    await sheet.getByRole('button', { name: 'Create customer on Sandbox' }).click();
    await sheet.locator('#notes-email').getByText('already has this e-mail address').waitFor();
    await field(sheet, 'email').fill('nora@example.com');
    await review(sheet);
    await sheet.getByRole('button', { name: 'Create customer on Sandbox' }).click();
    await editors.tab('Nora Newcomer').waitFor();
    // Opening another customer scrolled the tree.
    await sidebar.tree.reveal('61 in all');
    const id = await idOf('nora@example.com');
    assert.notEqual(
      (await customer(Number(id)))['password_hash'] ?? '',
      '',
      'the password was sent, although the tab was hidden meanwhile',
    );
    await sidebar.tree.contextMenu('nora@example.com', 'Delete Customer');
    await notifications.dialog.getByText('Nora Newcomer (nora@example.com').waitFor();
    await screenshot('deleting a customer');
    await notifications.pressInDialog('Delete customer');
    await sidebar.tree.row('60 in all').waitFor();
    await editors.tab('Nora Newcomer').waitFor({ state: 'detached' });

    await quickInput.command('Maho SOAP: Restore Deleted Customers');
    await quickInput.pick('nora@example.com');
    await quickInput.accept();
    await notifications.dialog.getByText('Passwords cannot be restored').waitFor();
    await screenshot('restoring a customer');
    await notifications.pressInDialog('Restore Nora Newcomer');
    await sidebar.tree.row('61 in all').waitFor();
    await editors.tab('Nora Newcomer').waitFor();
    assert.equal(await idOf('nora@example.com'), id);
    assert.deepEqual(csp.all, []);
  });

  test('looks right in every kind of theme', async (workbench) => {
    const { editors, sidebar, quickInput, screenshotAsIs } = workbench;
    await editors.closeAll();
    // The notification about the restored customer covers the button of the form, and stays as long as the pointer is over it.
    await quickInput.command('Notifications: Clear All Notifications');
    await sidebar.tree.inlineAction('John A Doe', 'Edit Customer');
    const sheet = editors.webview();
    await field(sheet, 'firstname').fill('Johnny 😀');
    await field(sheet, 'lastname').fill('');
    await field(sheet, 'website_id').selectOption({ label: 'Other…' });
    await field(sheet, 'website_id').fill('x');
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await screenshotAsIs(`customer form, ${theme}`);
      assert.deepEqual(await accessibility(sheet, theme === 'light' ? 'everything' : 'colors'), []);
    }
    await field(sheet, 'website_id').fill('1');
    await review(sheet);
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await screenshotAsIs(`customer review, ${theme}`);
      assert.deepEqual(await accessibility(sheet, theme === 'light' ? 'everything' : 'colors'), []);
    }
    await sheet.getByRole('button', { name: 'Back' }).click();
    await sheet.getByRole('button', { name: 'Discard', exact: true }).click();
    await sheet.getByRole('button', { name: 'Discard', exact: true }).click();
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await screenshotAsIs(`customer sheet, ${theme}`);
      assert.deepEqual(await accessibility(sheet, theme === 'light' ? 'everything' : 'colors'), []);
    }
  });
});

async function value(sheet: FrameLocator, code: string): Promise<string> {
  return (await cell(sheet, code).locator('span').first().innerText()).trim();
}

async function send(sheet: FrameLocator): Promise<void> {
  await review(sheet);
  await sheet.getByRole('button', { name: /^Update / }).click();
}
