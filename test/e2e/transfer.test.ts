import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { parse } from 'csv-parse/sync';
import { startDemoStore } from '../../src/demo';
import { accessibility } from './support/accessibility';
import { press } from './support/focus';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { useTheme } from './support/themes';
import { becomes, until } from './support/waiting';
import type { Workbench } from './support/workbench';

/** Rows of a CSV file by column. */
async function csv(file: string): Promise<Record<string, string>[]> {
  return parse<Record<string, string>>(await readFile(file, 'utf8'), { bom: true, columns: true });
}

const people = [
  'E-mail;Vorname;Last name;Website',
  'wang@example.com;;Wang;1',
  'first@example.com;First;"New; One";1',
  'second@example.com;Second;=2+3;1',
  ';No;Mail;1',
  'bad@example.com;Bad;Website;99',
].join('\r\n');
const part = [
  'email,firstname,lastname,website_id',
  ...['a', 'b', 'c', 'd', 'e'].map((name) => `part.${name}@example.com,Part,${name.toUpperCase()},1`),
].join('\r\n');
const many = (name: string): string =>
  [
    'email,firstname,lastname,website_id',
    ...Array.from({ length: 300 }, (_, index) => `${name}${index}@example.com,Many,Number ${index},1`),
  ].join('\r\n');
const mend = [
  'email,firstname,lastname,website_id,group_id,dob',
  ...Array.from({ length: 40 }, (_, index) => `mend${index}@example.com,Mend,Number ${index},1,VIP,3/4/1975`),
].join('\r\n');

describe('Export and import', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const test = inWorkbench(async () => ({
    files: {
      'people.csv': people,
      'many.csv': many('many'),
      'later.csv': many('later'),
      'part.csv': part,
      'mend.csv': mend,
      'one.csv': 'email,firstname,website_id\none@example.com,One,1\n',
    },
    settings: {
      'mahoSoap.stores': [
        { name: 'Staging DE', url: (await demo).urls.v2, user: demoAccount.user, environment: 'staging' },
        { name: 'Shop', url: (await demo).urls.v1, user: demoAccount.user, environment: 'production' },
      ],
      'mahoSoap.filters': [{ name: 'Customers of user3', store: 'Staging DE', filters: { email: { like: 'user3%' } } }],
    },
  }));
  after(async () => {
    await (await demo).close();
  });

  test('a store is exported from its menu: format, contents, file; the file contains all customers', async ({
    sidebar,
    quickInput,
    notifications,
    editors,
    folder,
    screenshot,
  }) => {
    await sidebar.open();
    await sidebar.tree.expand('Staging DE');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.contextMenu('Staging DE', 'Export Customers');
    await quickInput.with('Select the format of the file').waitFor();
    await screenshot('export format');
    await quickInput.pick('for spreadsheets, and for Import');
    await quickInput.with('Password Hashes and Reset Tokens').waitFor();
    await screenshot('export extras');
    await quickInput.accept();
    const file = path.join(folder, 'everybody.csv');
    await quickInput.file(file);
    await notifications.quiet('Exported 60 customers to everybody.csv').waitFor();
    await screenshot('exported');
    const rows = await csv(file);
    assert.equal(rows.length, 60);
    assert.ok(!('password_hash' in (rows[0] ?? {})));
    assert.equal(rows.find(({ email }) => email === 'formula@example.com')?.['firstname']?.startsWith("'="), true);
    assert.deepEqual(
      (await notifications.texts()).filter((text) => text.includes('Exported')),
      [],
      'success is quiet',
    );
    await notifications.quiet('Exported 60 customers').click();
    await editors.tab('everybody.csv').waitFor();
    await editors.closeAll();
  });

  test('only the selected customers are exported, with secrets only on request', async ({
    sidebar,
    quickInput,
    notifications,
    folder,
    page,
  }) => {
    await sidebar.open();
    await sidebar.tree.click('wang@example.com');
    await sidebar.tree.select('quoted@example.com');
    await sidebar.tree.contextMenu('quoted@example.com', 'Export Customers');
    await quickInput.pick('JSON Lines');
    await quickInput.with('Password Hashes and Reset Tokens').waitFor();
    await quickInput.pick('Password Hashes');
    await quickInput.accept();
    const file = path.join(folder, 'two.jsonl');
    await quickInput.file(file);
    await notifications.quiet(/Exported 2 customers to two\.jsonl/).waitFor();
    const lines = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.deepEqual(lines.map(({ email }) => email).sort(), ['quoted@example.com', 'wang@example.com']);
    assert.ok(lines.every((row) => typeof row['password_hash'] === 'string'));
    await press(page, 'Escape');
  });

  test('a saved filter and a group are exported from their own rows', async ({ sidebar, quickInput, notifications, folder }) => {
    const exported = async (row: string | RegExp, name: string): Promise<Record<string, string>[]> => {
      await sidebar.tree.contextMenu(row, 'Export Customers');
      await quickInput.pick('for spreadsheets, and for Import');
      await quickInput.with('Password Hashes and Reset Tokens').waitFor();
      await quickInput.accept();
      await quickInput.file(path.join(folder, name));
      await notifications.quiet(new RegExp(`Exported \\d+ customers to ${name}`)).waitFor();
      return await csv(path.join(folder, name));
    };
    const filtered = await exported('Customers of user3', 'filtered.csv');
    assert.ok(
      filtered.length > 0 && filtered.every(({ email }) => email?.startsWith('user3') === true),
      JSON.stringify(filtered.map(({ email }) => email)),
    );
    await sidebar.tree.contextMenu(/in all/, 'Group by Customer Group');
    const grouped = await exported('Wholesale', 'grouped.csv');
    assert.ok(
      grouped.length > 0 && grouped.every(({ group_id: group }) => group === '2'),
      JSON.stringify(grouped.map(({ group_id: group }) => group)),
    );
    // Both at the same time: there is a file for each, and the questions name the row.
    await sidebar.tree.click('Customers of user3');
    await sidebar.tree.select('Wholesale');
    await sidebar.tree.contextMenu('Wholesale', 'Export Customers');
    for (const [index, name] of ['first.csv', 'second.csv'].entries()) {
      await quickInput.with(`(file ${index + 1} of 2)`).waitFor();
      await quickInput.pick('for spreadsheets, and for Import');
      await quickInput.with('Password Hashes and Reset Tokens').waitFor();
      await quickInput.accept();
      await quickInput.file(path.join(folder, name));
      await notifications.quiet(new RegExp(`Exported \\d+ customers to ${name}`)).waitFor();
    }
    assert.deepEqual(
      [(await csv(path.join(folder, 'first.csv'))).length, (await csv(path.join(folder, 'second.csv'))).length].sort(),
      [filtered.length, grouped.length].sort(),
    );
    await sidebar.tree.contextMenu('by customer group', 'Show Without Groups');
    await sidebar.tree.row('60 in all').waitFor();
  });

  /** Opens the import of a file into a store from the palette. */
  async function openImport({ quickInput, editors, folder }: Workbench, store: string, file: string): Promise<FrameLocator> {
    await quickInput.command('Maho SOAP: Import Customers');
    await quickInput.pick(store);
    await quickInput.file(path.join(folder, file));
    await editors.tab(`Import ${file}`).waitFor();
    return editors.webview();
  }

  test('an import shows its changes before anything is written', async (workbench) => {
    const { csp, screenshot } = workbench;
    const before = (await demo).customers();
    const view = await openImport(workbench, 'Staging DE', 'people.csv');
    await view.getByText('3 of 4 columns are imported').waitFor();
    await view.getByRole('cell', { name: 'First · Second', exact: true }).waitFor();
    await screenshot('import columns');
    await view.getByLabel('Vorname is imported as').selectOption('firstname');
    await view.getByText('All 4 columns are imported').waitFor();
    await view.getByRole('button', { name: 'Create 3, update 1 on Staging DE' }).waitFor();
    await view.getByText('Use Undo Import to restore them').waitFor();
    await view.getByText('5 rows, separated by semicolons').waitFor();
    await screenshot('import preview');
    assert.deepEqual(await accessibility(view), []);
    assert.deepEqual(await chips(view), ['All 5', 'New 3', 'Changed 1', 'Refused 1']);
    await view.getByRole('button', { name: 'Refused 1' }).click();
    await view.getByRole('gridcell', { name: 'The row has no e-mail address.' }).waitFor();
    await becomes(() => view.getByRole('grid').getAttribute('aria-rowcount'), '2');
    await view.getByRole('button', { name: 'Changed 1' }).click();
    await view.getByRole('gridcell', { name: /Last name: .+ → Wang/ }).waitFor();
    await view.getByRole('gridcell', { name: /wang@example\.com #\d+/ }).click();
    await view.getByLabel('Row in full').getByText('Wang', { exact: true }).waitFor();
    await screenshot('import changed rows');
    assert.equal((await demo).customers(), before);
    assert.deepEqual(csp.all, []);
  });

  test('one button writes the changes, and the same page shows the result of each row', async ({
    editors,
    sidebar,
    folder,
    notifications,
    screenshot,
  }) => {
    const view = editors.webview();
    await view.getByRole('button', { name: /^All/ }).click();
    await view.getByRole('button', { name: 'Create 3, update 1 on Staging DE' }).click();
    await view.getByText('Import finished: 2 created, 1 updated, 1 refused, 1 failed.').waitFor();
    await screenshot('import finished');
    assert.equal(await notifications.dialog.count(), 0, 'the button was the confirmation');
    assert.deepEqual(
      (await notifications.texts()).filter((text) => text.includes('Import')),
      [],
      'whoever looks at the page sees it there',
    );
    await view
      .getByRole('gridcell', { name: /^created #\d+$/ })
      .first()
      .waitFor();
    await view.getByRole('button', { name: 'Not written 1' }).click();
    await view.getByRole('gridcell', { name: /^failed: .*constraint/ }).waitFor();
    assert.deepEqual(await accessibility(view), []);
    await view.getByRole('button', { name: 'Show Results' }).click();
    await editors.tab('people.result.csv').waitFor();
    await screenshot('import results');
    const rows = await csv(path.join(folder, 'people.result.csv'));
    assert.match(rows[4]?.['message'] ?? '', /constraint/, 'a batch hides the reason, so it was asked for');
    assert.deepEqual(
      rows.map(({ row, status }) => `${row ?? ''} ${status ?? ''}`),
      ['2 updated', '3 created', '4 created', '5 rejected', '6 failed'],
    );
    await sidebar.tree.reveal('62 in all');
  });

  test('an import is undone through the same view', async ({ editors, quickInput, screenshot }) => {
    await editors.tab('Import people.csv').click();
    await editors.webview().getByRole('button', { name: 'Undo Import…' }).click();
    await editors.tab(/Import people\.before-/).waitFor();
    const view = editors.webview();
    await view.getByText(/undoes an import/).waitFor();
    await view.getByRole('gridcell', { name: /Last name: Wang → / }).waitFor();
    await screenshot('import take back');
    await view.getByRole('button', { name: 'Update 1 customer on Staging DE' }).click();
    await view.getByText('Import finished: 1 updated.').waitFor();
    await editors.closeAll();
    await quickInput.command('Maho SOAP: Import Customers');
    await quickInput.dismiss();
  });

  test('rows are excluded by their checkboxes, and the same page shows the result of each row', async (workbench) => {
    const { page, editors, notifications, folder, screenshot, screenshotAsIs } = workbench;
    const before = (await demo).customers();
    const view = await openImport(workbench, 'Staging DE', 'part.csv');
    await view.getByRole('button', { name: 'Create 5 customers on Staging DE' }).waitFor();
    const filter = view.getByRole('searchbox');
    await filter.fill('9');
    await until(async () => (await view.getByRole('grid').getAttribute('aria-rowcount')) === '1');
    await filter.fill('3, 5-6');
    await until(async () => (await view.getByRole('grid').getAttribute('aria-rowcount')) === '4');
    await view.getByLabel('All shown').uncheck();
    await view.getByRole('button', { name: 'Create 2 customers on Staging DE' }).waitFor();
    await filter.fill('');
    await until(async () => (await view.getByRole('grid').getAttribute('aria-rowcount')) === '6');
    await view.locator('#cell-0-0 .check').click();
    await view.getByRole('button', { name: 'Create 1 customer on Staging DE' }).waitFor();
    await view.locator('#cell-0-0 .check[aria-checked="false"]').waitFor();
    await press(page, 'Space');
    await view.getByRole('button', { name: 'Create 2 customers on Staging DE' }).waitFor();
    assert.deepEqual(await chips(view), ['All 5', 'New 5', 'Left out 3']);
    await screenshot('import with rows left out');
    await view.getByRole('button', { name: 'Create 2 customers on Staging DE' }).click();
    await view.getByText('Import finished: 2 created, 3 left out.').waitFor();
    const result = (row: number): Promise<string> => view.locator(`#cell-${row}-4`).innerText();
    await until(async () => (await result(4)) === 'left out');
    const results = await Promise.all([0, 1, 2, 3, 4].map(result));
    assert.deepEqual(
      results.map((text) => text.replace(/\d+/, 'N')),
      ['created #N', 'left out', 'created #N', 'left out', 'left out'],
    );
    assert.deepEqual(
      (await notifications.texts()).filter((text) => text.includes('Import')),
      [],
    );
    for (const theme of ['dark', 'light', 'high contrast', 'high contrast light'] as const) {
      await useTheme(workbench, theme);
      await screenshotAsIs(`import outcome ${theme}`);
      assert.deepEqual(await accessibility(editors.webview(), theme === 'dark' ? 'everything' : 'colors'), [], theme);
    }
    assert.equal((await demo).customers(), before + 2);
    const rows = await csv(path.join(folder, 'part.result.csv'));
    assert.deepEqual(
      rows.map(({ row: number, status }) => `${number ?? ''} ${status ?? ''}`),
      ['2 created', '3 left-out', '4 created', '5 left-out', '6 left-out'],
    );
  });

  test('dates and names of groups are corrected for all rows at once', async (workbench) => {
    const { editors, page, screenshot } = workbench;
    const view = await openImport(workbench, 'Staging DE', 'mend.csv');
    await view.getByText('Nothing to import: 0 new, 0 changed, 0 unchanged, 40 refused.').waitFor();
    await view.getByText('40 rows have the customer group "VIP"').waitFor();
    await screenshot('import mend');
    assert.deepEqual(await accessibility(view), []);
    await view.getByLabel(/"VIP"/).selectOption('2');
    await view.getByRole('button', { name: 'Day first: Apr 3, 1975' }).click();
    await view.getByRole('button', { name: 'Create 40 customers on Staging DE' }).waitFor();
    await view.getByText('"VIP" is the customer group Wholesale (2)').waitFor();
    await view.getByText('Dates: day first').waitFor();
    await screenshot('import mended');
    await view.getByRole('button', { name: 'Undo: Dates: day first' }).click();
    await view.getByRole('button', { name: /^Month first/ }).click();
    await view
      .getByRole('gridcell', { name: /Group: Wholesale \(2\); Date of birth: 1975-03-04/ })
      .first()
      .waitFor();
    const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
    assert.ok(width > 0);
    // The button stays visible even if there is little room.
    await view.getByText('All 6 columns are imported').click();
    await view.getByLabel('dob is imported as').waitFor();
    await page.setViewportSize({ width: 734, height: 480 });
    const send = view.getByRole('button', { name: 'Create 40 customers on Staging DE' });
    await until(async () => {
      const box = await send.boundingBox();
      return box !== null && box.y > 0 && box.y + box.height < 480;
    });
    await screenshot('import in little room');
    await page.setViewportSize({ width, height });
    await view.getByText('All 6 columns are imported').click();
    await press(page, 'ControlOrMeta+\\');
    await screenshot('import half width');
    await editors.closeAll();
  });

  test('a CSV file that is dropped on the customers of a store is imported there', async ({ sidebar, editors, screenshot }) => {
    await editors.openFile('one.csv');
    await sidebar.open();
    const row = await sidebar.tree.reveal(/in all/);
    await editors.tab('one.csv').dragTo(row);
    await editors.tab('Import one.csv').waitFor();
    const view = editors.webview();
    await view.getByText('Staging DE', { exact: true }).waitFor();
    await view.getByRole('button', { name: 'Create 1 customer on Staging DE' }).waitFor();
    await screenshot('import dropped');
    await editors.closeAll();
  });

  test('a CSV file that is dropped from elsewhere is imported, too, although a browser does not say where it is', async (workbench) => {
    const { sidebar, editors, page } = workbench;
    await sidebar.open();
    const row = await sidebar.tree.reveal(/in all/);
    // A file that the system passes to a browser: its name and its content.
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'from elsewhere.csv', { type: 'text/csv' }));
      return transfer;
    }, 'email,firstname,lastname,website_id\r\ndropped@example.com,From,Elsewhere,1\r\n');
    for (const type of ['dragenter', 'dragover', 'drop']) await row.dispatchEvent(type, { dataTransfer: data });
    await editors.tab('Import from elsewhere.csv').waitFor();
    await editors.webview().getByRole('button', { name: 'Create 1 customer on Staging DE' }).waitFor();
    await editors.closeAll();
  });

  test('a cancelled import continues later and sends nothing twice', async (workbench) => {
    const { editors, folder, screenshot, screenshotAsIs } = workbench;
    const store = await demo;
    const before = store.customers();
    let view = await openImport(workbench, 'Staging DE', 'many.csv');
    const create = view.getByRole('button', { name: 'Create 300 customers on Staging DE' });
    await create.waitFor();
    store.setFaults({ slow: 700 });
    await create.click();
    await view.getByText(/^(50|100|150) of 300 rows/).waitFor();
    // Pictures in all themes would take longer than the import.
    await screenshotAsIs('import progress');
    await view.getByRole('button', { name: 'Cancel' }).click();
    await view.getByText(/^Import cancelled: \d+ created\.$/).waitFor();
    store.setFaults({});
    const done = store.customers() - before;
    assert.ok(done >= 50 && done < 300, `${done} were created`);
    await screenshot('import cancelled');
    // The import continues in another view.
    await editors.closeAll();
    view = await openImport(workbench, 'Staging DE', 'many.csv');
    await view.getByText(`${done} rows are done and not sent again.`).waitFor();
    await screenshot('import go on');
    await view.getByRole('button', { name: `Create ${300 - done} customers on Staging DE` }).click();
    await view.getByText(`Import finished: ${300 - done} created.`).waitFor();
    assert.equal(store.customers(), before + 300);
    const rows = await csv(path.join(folder, 'many.result.csv'));
    assert.equal(rows.filter(({ status }) => status === 'created').length, 300);
    assert.equal(existsSync(path.join(folder, 'many.csv')), true);
    await editors.closeAll();
  });

  test('an import whose tab is closed stops after the rows in progress and says so', async (workbench) => {
    const { editors, notifications, folder } = workbench;
    const store = await demo;
    const before = store.customers();
    const view = await openImport(workbench, 'Staging DE', 'later.csv');
    store.setFaults({ slow: 700 });
    await view.getByRole('button', { name: 'Create 300 customers on Staging DE' }).click();
    await view.getByText(/^(50|100|150) of 300 rows/).waitFor();
    await editors.closeAll();
    await notifications.with(/later\.csv: Import cancelled: \d+ created\./).waitFor();
    store.setFaults({});
    const done = store.customers() - before;
    assert.ok(done >= 50 && done < 300, `${done} were created`);
    await notifications.press('Import cancelled', 'Show Import');
    await editors.tab('Import later.csv').waitFor();
    await editors.webview().getByText(`${done} rows are done and not sent again.`).waitFor();
    assert.ok((await csv(path.join(folder, 'later.result.csv'))).length >= done);
    await editors.closeAll();
  });

  test('an import into production asks for the name of the store', async ({ sidebar, quickInput, editors, folder, screenshot }) => {
    const before = (await demo).customers();
    await sidebar.open();
    await sidebar.tree.contextMenu('Shop', 'Import Customers');
    await quickInput.file(path.join(folder, 'one.csv'));
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await editors.tab('Import one.csv').waitFor();
    const view = editors.webview();
    await view.getByRole('button', { name: 'Create 1 customer on Shop' }).click();
    await quickInput.with('Create 1 customer on production').waitFor();
    await quickInput.accept('Stag');
    await quickInput.with('The name of the store is Shop.').waitFor();
    await screenshot('an import into production');
    assert.equal((await demo).customers(), before);
    await quickInput.accept('Shop');
    await view.getByText('Import finished: 1 created.').waitFor();
    assert.equal((await demo).customers(), before + 1);
  });
});

/** The texts of the buttons that choose the visible rows. */
async function chips(view: FrameLocator): Promise<readonly string[]> {
  const texts = await view.locator('.chip:visible').allInnerTexts();
  return texts.map((text) => text.replace(/\s+/g, ' ').trim());
}
