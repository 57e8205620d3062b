import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import { parse } from 'csv-parse/sync';
import { startDemoStore } from '../../src/demo';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { useTheme } from './support/themes';

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
const many = [
  'email,firstname,lastname,website_id',
  ...Array.from({ length: 300 }, (_, index) => `many${index}@example.com,Many,Number ${index},1`),
].join('\r\n');

describe('Export and import', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const test = inWorkbench(async () => ({
    files: { 'people.csv': people, 'many.csv': many, 'part.csv': part, 'one.csv': 'email,firstname,website_id\none@example.com,One,1\n' },
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

  test('a store is exported from its menu: format, what else, where; the file holds everybody', async ({
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
    await quickInput.with('How is it to be written').waitFor();
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

  test('selected customers are exported alone, with secrets only when asked for', async ({
    sidebar,
    quickInput,
    notifications,
    folder,
    page,
  }) => {
    await sidebar.open();
    await sidebar.tree.click('wang@example.com');
    await (await sidebar.tree.reveal('quoted@example.com')).locator('.monaco-tl-contents').click({ modifiers: ['ControlOrMeta'] });
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
    await page.keyboard.press('Escape');
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
    // Both at once: one file each, and the questions say which.
    await sidebar.tree.click('Customers of user3');
    await (await sidebar.tree.reveal('Wholesale')).locator('.monaco-tl-contents').click({ modifiers: ['ControlOrMeta'] });
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

  test('an import shows what it would do before anything is written', async ({ quickInput, editors, folder, screenshot }) => {
    const before = (await demo).customers();
    await quickInput.command('Maho SOAP: Import Customers');
    await quickInput.pick('Staging DE');
    await quickInput.file(path.join(folder, 'people.csv'));
    await quickInput.with('What do the columns mean').waitFor();
    await screenshot('import columns');
    await quickInput.pick('Vorname');
    await quickInput.pick(/First name/);
    await quickInput.with('What do the columns mean').waitFor();
    await quickInput.pick('Show Preview');
    await quickInput.with('Create 3 and update 1 customer').waitFor();
    const shown = editors.webview();
    await shown.getByRole('heading', { name: 'Import of people.csv into Staging DE' }).waitFor();
    await screenshot('import preview');
    const text = await shown.locator('body').innerText();
    assert.match(text, /3 new, 1 update, 0 unchanged, 1 refused/);
    assert.match(text, /The row has no e-mail/);
    assert.match(text, /lastname: .+ → Wang/);
    assert.match(text, /importing that file takes them back/);
    assert.equal((await demo).customers(), before);
  });

  test('a confirmed import writes it, says what came of it, and gives a result for every row', async ({
    quickInput,
    notifications,
    sidebar,
    editors,
    folder,
    screenshot,
  }) => {
    await quickInput.pick('Create 3 and update 1');
    await notifications.dialog.waitFor();
    await screenshot('import confirmation');
    await notifications.pressInDialog('Create 3 and update 1');
    await notifications
      .with(/Import finished: 2 created, 1 updated; 1 failed\. To take the updates back, import people\.before-.+\.csv\./)
      .waitFor();
    await screenshot('import finished');
    const page = editors.webview().locator('body');
    await page.getByText('Import finished: 2 created, 1 updated').waitFor();
    assert.doesNotMatch(await page.innerText(), /Nothing of this was written yet/);
    await notifications.press('Import finished', 'Show Results');
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

  test('rows are left out of an import, and the same page says what came of each', async (workbench) => {
    const { quickInput, notifications, editors, folder, screenshot } = workbench;
    const before = (await demo).customers();
    await editors.closeAll();
    await quickInput.command('Maho SOAP: Import Customers');
    await quickInput.pick('Staging DE');
    await quickInput.file(path.join(folder, 'part.csv'));
    await quickInput.with('What do the columns mean').waitFor();
    await quickInput.pick('Show Preview');
    await quickInput.pick('Leave Rows Out');
    await quickInput.with('Select which rows to leave out').waitFor();
    await screenshot('import leave out');
    await quickInput.pick('By Row Number');
    await quickInput.with('Rows to leave out').waitFor();
    await quickInput.box.fill('9');
    await quickInput.with('None of these rows would be written').waitFor();
    await quickInput.box.fill('3, 5-6');
    await quickInput.accept();
    await quickInput.with('2 new, 0 updates, 0 unchanged, 0 refused, 3 left out').waitFor();
    const shown = editors.webview();
    await shown.getByRole('heading', { name: 'Import of part.csv into Staging DE' }).waitFor();
    await shown.getByRole('columnheader', { name: 'Left out' }).waitFor();
    await shown.getByRole('heading', { name: 'New customers (5, 3 left out)' }).waitFor();
    await screenshot('import with rows left out');
    await quickInput.pick('Create 2 customers');
    await notifications.pressInDialog('Create 2 customers');
    await notifications.quiet('Imported: 2 created').waitFor();
    await shown.getByText('Import finished: 2 created, 3 left out.').waitFor();
    await screenshot('import outcome');
    await shown.getByRole('cell', { name: 'left out' }).nth(2).waitFor();
    const texts = await shown.locator('table tr').allInnerTexts();
    assert.deepEqual(
      texts.slice(1).map((text) => /(created #\d+|left out)\s*$/.exec(text)?.[1]?.replace(/\d+/, 'N')),
      ['created #N', 'left out', 'created #N', 'left out', 'left out'],
      texts.join('\n'),
    );
    assert.doesNotMatch(await shown.locator('body').innerText(), /Nothing of this was written yet/);
    // A new theme draws the page anew, so the page is read before.
    for (const theme of ['dark', 'light', 'high contrast'] as const) {
      await useTheme(workbench, theme);
      await screenshot(`import outcome ${theme}`);
    }
    assert.equal((await demo).customers(), before + 2);
    const rows = await csv(path.join(folder, 'part.result.csv'));
    assert.deepEqual(
      rows.map(({ row: number, status }) => `${number ?? ''} ${status ?? ''}`),
      ['2 created', '3 left-out', '4 created', '5 left-out', '6 left-out'],
    );
  });

  test('a cancelled import goes on later and sends nothing twice', async ({ quickInput, notifications, folder, screenshot, page }) => {
    const store = await demo;
    await quickInput.command('Maho SOAP: Import Customers');
    await quickInput.pick('Staging DE');
    await quickInput.file(path.join(folder, 'many.csv'));
    await quickInput.with('What do the columns mean').waitFor();
    await quickInput.pick('Show Preview');
    await quickInput.pick('Create 300 customers');
    store.setFaults({ slow: 700 });
    await notifications.pressInDialog('Create 300 customers');
    await notifications.with(/50 of 300 rows/).waitFor();
    await screenshot('import progress');
    await notifications.press('of 300 rows', 'Cancel');
    await notifications.with('Import cancelled').waitFor();
    store.setFaults({});
    const done = store.customers() - 64;
    assert.ok(done >= 50 && done < 300, `${done} were created`);
    await screenshot('import cancelled');
    await notifications.press('Import cancelled', 'Go On');
    await quickInput.with('What do the columns mean').waitFor();
    await quickInput.pick('Show Preview');
    await quickInput.with('was not finished').waitFor();
    await screenshot('import go on');
    await quickInput.pick('Go On');
    await quickInput.pick(`Create ${300 - done} customers`);
    await notifications.pressInDialog(`Create ${300 - done} customers`);
    await notifications.quiet(`Imported: ${300 - done} created`).waitFor();
    assert.equal(store.customers(), 364);
    const rows = await csv(path.join(folder, 'many.result.csv'));
    assert.equal(rows.filter(({ status }) => status === 'created').length, 300);
    assert.equal(existsSync(path.join(folder, 'many.csv')), true);
    await page.keyboard.press('Escape');
  });

  test('an import into production asks for the name of the store', async ({ sidebar, quickInput, notifications, folder, screenshot }) => {
    const before = (await demo).customers();
    await sidebar.open();
    await sidebar.tree.contextMenu('Shop', 'Import Customers');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await quickInput.file(path.join(folder, 'one.csv'));
    await quickInput.with('What do the columns mean').waitFor();
    await quickInput.pick('Show Preview');
    await quickInput.pick('Create 1 customer');
    await quickInput.with('Create 1 customer on production').waitFor();
    await quickInput.box.fill('Stag');
    await quickInput.box.press('Enter');
    await quickInput.with('The name of the store is Shop.').waitFor();
    await screenshot('an import into production');
    assert.equal((await demo).customers(), before);
    await quickInput.box.fill('Shop');
    await quickInput.accept();
    await notifications.quiet('Imported: 1 created').waitFor();
    assert.equal((await demo).customers(), before + 1);
  });
});
