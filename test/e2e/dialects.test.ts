import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import { parse } from 'csv-parse/sync';
import { isRecord, type SoapRecord } from '../../src/api/value';
import { startDemoStore } from '../../src/demo';
import { StoreClient } from '../../src/store';
import { addStore } from './support/add-store';
import { cell, field, review } from './support/sheet';
import type { Sidebar } from './support/sidebar';
import { demoAccount } from './support/stores';
import { inWorkbench } from './support/suite';
import { until } from './support/waiting';

/**
 * Number of customers of the first store. Each further store has a few more, so that the row with the number of customers is unique to its
 * store in all tests.
 */
const SIZE = 350;

/** Difference between the numbers of customers of two stores: in these tests, several stores get new customers. */
const APART = 5;

/** The usual work with customers, from adding the store on, over each dialect. No other test repeats it. */
describe('The whole way over each dialect', () => {
  const test = inWorkbench(() => ({ files: { 'notes.txt': 'A workspace.\n' } }));

  for (const [dialect, label, earlier] of [
    ['v1', 'V1', []],
    ['v2', 'V2', ['Over V1']],
    ['wsi', 'WS-I', ['Over V1', 'Over V2']],
    ['rest', 'REST', ['Over V1', 'Over V2', 'Over WS-I']],
  ] as const) {
    const isRest = dialect === 'rest';
    const size = SIZE + earlier.length * APART;
    const name = `Over ${label}`;
    /** Rows are found by their text, which other stores' rows share. So no other store may be expanded. */
    const alone = async (sidebar: Sidebar): Promise<void> => {
      for (const each of earlier) await sidebar.tree.collapse(each);
    };
    const email = `nora.${dialect}@example.com`;
    const other = `zoe.${dialect}@example.com`;
    // The REST store is a shop whose SOAP is off, which is the default of Maho 26.7.
    const starting = startDemoStore(
      isRest ? { product: 'maho@26.7', customers: size, faults: { 'soap-off': true } } : { product: 'maho@25', customers: size },
    );
    /** A second client that works on the same store. */
    const behind = starting.then(
      ({ urls, restUrl = '' }) =>
        new StoreClient(
          { name: 'Behind the scenes', user: demoAccount.user, ...(isRest ? { url: restUrl, dialect } : { url: urls.v1 }) },
          { key: () => Promise.resolve(demoAccount.key) },
        ),
    );
    const stored = async (wanted: string): Promise<SoapRecord | undefined> => {
      const { value } = await (await behind).call('customer.list', { filters: { email: wanted } });
      return Array.isArray(value) ? value.find(isRecord) : undefined;
    };
    after(async () => {
      await (await behind).close();
      await (await starting).close();
    });

    test(`${label}: a store is added by its address, and its customers are loaded in windows`, async (workbench) => {
      const { sidebar, folder } = workbench;
      const store = await starting;
      // The address of the shop is enough to find REST.
      const summary = ['SOAP is turned off', 'Over REST, customers can be read, created and changed. SOAP can also delete customers'];
      await addStore(workbench, isRest ? { url: new URL('/', store.urls.v2).href, name, summary } : { url: store.urls[dialect], name });
      await sidebar.tree.row(`Maho, ${label}`).waitFor();
      await sidebar.tree.reveal(/newest first, 1\d\d loaded/);
      const settings = await readFile(path.join(folder, '.vscode/settings.json'), 'utf8');
      assert.ok(settings.includes(`"name": "${name}"`) && !settings.includes(demoAccount.key));
      // Only the windows that the user asked for are fetched.
      const lists = (): number => store.requests.filter(({ method }) => method === (isRest ? 'GET /customers' : 'customer.list')).length;
      const most = isRest ? 8 : 2;
      for (const seen of [/newest first, 3\d\d loaded/, `${size} in all`]) {
        const before = lists();
        await sidebar.tree.click('Load 200 more');
        await sidebar.tree.reveal(seen);
        assert.ok(lists() - before <= most, `customers up to ${String(seen)} took ${lists() - before} requests`);
      }
    });

    test(`${label}: a customer is created, found, and changed after a review; a change by another client stops the save`, async ({
      sidebar,
      quickInput,
      editors,
      screenshot,
    }) => {
      await alone(sidebar);
      await sidebar.tree.inlineAction(`${size} in all`, 'New Customer');
      await editors.tab('New customer').waitFor();
      const sheet = editors.webview();
      await field(sheet, 'firstname').fill('Nora');
      await field(sheet, 'lastname').fill('Newcomer');
      await field(sheet, 'website_id').selectOption('1');
      await field(sheet, 'email').fill(email);
      if (isRest) {
        await sheet.locator('#notes-password').getByText('password').waitFor();
        await field(sheet, 'password').fill('Passw0rd!');
      }
      await review(sheet);
      if (isRest) await sheet.locator('.review').getByText('welcome e-mail over REST').waitFor();
      await sheet.getByRole('button', { name: `Create customer on ${name}` }).click();
      await editors.tab('Nora Newcomer').waitFor();
      await editors.closeAll();

      await alone(sidebar);
      await sidebar.tree.inlineAction(`${size + 1} in all`, 'Find Customer');
      await quickInput.with(`Find Customer in ${name}`).waitFor();
      await quickInput.box.fill(email);
      await quickInput.take(email);
      await editors.tab('Nora Newcomer').waitFor();
      await cell(sheet, 'email').getByText(email).waitFor();

      await sidebar.tree.inlineAction(email, 'Edit Customer');
      await field(sheet, 'firstname').fill('Eleonora');
      await review(sheet);
      assert.deepEqual(
        await sheet
          .locator('.review tbody tr')
          .allInnerTexts()
          .then((rows) => rows.map((row) => row.replace(/\s+/g, ' ').trim())),
        ['First name Nora Eleonora'],
      );
      await screenshot(`a review over ${label}`);
      await sheet.getByRole('button', { name: `Update 1 field on ${name}` }).click();
      await cell(sheet, 'firstname').getByText('Eleonora').waitFor();
      assert.equal((await stored(email))?.['firstname'], 'Eleonora');

      // The tree reads its rows again after a save. VS Code drops a click on a row that is being replaced.
      await sidebar.tree.row('Eleonora').waitFor();
      await sidebar.tree.inlineAction(email, 'Edit Customer');
      await field(sheet, 'lastname').fill('Mine');
      await (
        await behind
      ).call('customer.update', { customerId: (await stored(email))?.['customer_id'] ?? '', customerData: { lastname: 'Theirs' } });
      await review(sheet);
      await sheet.getByRole('button', { name: `Update 1 field on ${name}` }).click();
      await sheet.getByRole('heading', { name: 'Someone else changed this customer' }).waitFor();
      assert.equal((await stored(email))?.['lastname'], 'Theirs', 'nothing was sent');
      await sheet.getByRole('button', { name: 'Keep mine: Last name' }).click();
      await sheet.getByRole('button', { name: `Update 1 field on ${name}` }).click();
      await cell(sheet, 'lastname').getByText('Mine').waitFor();
      assert.equal((await stored(email))?.['lastname'], 'Mine');
      await editors.closeAll();
    });

    test(`${label}: a filter shows its customers; they are exported, and a changed file is imported`, async ({
      sidebar,
      quickInput,
      editors,
      folder,
    }) => {
      await alone(sidebar);
      await sidebar.tree.inlineAction(`${size + 1} in all`, 'New Filter');
      await quickInput.pick('E-mail');
      await quickInput.pick(/^matches/);
      await quickInput.with('E-mail matches').waitFor();
      await quickInput.accept('%nora.%');
      await quickInput.pick('Save Filter');
      await quickInput.answer('Name of the filter', `Noras ${label}`);
      await sidebar.tree.expand(`Noras ${label}`);
      // The same address is in another row further down, so the row alone does not show that the filter has loaded.
      await until(async () => (await sidebar.tree.children(`Noras ${label}`)).some(({ description }) => description === email));
      assert.equal((await sidebar.tree.children(`Noras ${label}`)).length, 1);

      await sidebar.tree.contextMenu(`Noras ${label}`, 'Export Customers');
      await quickInput.pick('for spreadsheets, and for Import');
      if (!isRest) {
        await quickInput.with('Password Hashes and Reset Tokens').waitFor();
        await quickInput.accept();
      }
      const exported = path.join(folder, `${dialect}.csv`);
      await quickInput.file(exported);
      await until(async () => existsSync(exported) && (await readFile(exported, 'utf8')).includes(email));
      const rows = parse<Record<string, string>>(await readFile(exported, 'utf8'), { bom: true, columns: true });
      assert.deepEqual(
        rows.map((row) => [row['email'], row['lastname']]),
        [[email, 'Mine']],
      );

      await writeFile(
        path.join(folder, `${dialect}-in.csv`),
        `email,firstname,lastname,website_id,password\n${email},Eleonora,Imported,1,\n` +
          `${other},Second,Import,1,${isRest ? 'Passw0rd!' : ''}\n`,
      );
      await sidebar.tree.contextMenu(name, 'Import Customers');
      await quickInput.file(path.join(folder, `${dialect}-in.csv`));
      await editors.tab(`Import ${dialect}-in.csv`).waitFor();
      await editors
        .webview()
        .getByRole('button', { name: /^Create 1, update 1 on / })
        .click();
      await until(async () => (await stored(other)) !== undefined);
      await until(async () => (await stored(email))?.['lastname'] === 'Imported');
      await sidebar.tree.reveal(other);
      const results = path.join(folder, `${dialect}-in.result.csv`);
      await until(async () => existsSync(results) && /created/.test(await readFile(results, 'utf8')));
      assert.deepEqual(
        parse<Record<string, string>>(await readFile(results, 'utf8'), { bom: true, columns: true }).map(({ status }) => status),
        ['updated', 'created'],
      );
    });

    if (isRest) {
      test(`${label}: commands that the dialect does not support are not offered, and the reason is shown`, async ({
        sidebar,
        editors,
      }) => {
        await editors.closeAll();
        await alone(sidebar);
        await sidebar.tree.explanation(email, 'REST cannot delete customers');
        await sidebar.tree.click(email);
        const sheet = editors.webview();
        await cell(sheet, 'email').getByText(email).waitFor();
        await sheet.locator('[disabled][title*="REST cannot delete customers"]').waitFor();
        await sheet.locator('[disabled][title*="SOAP can write them"]').waitFor();
        await editors.closeAll();
        await sidebar.tree.collapse(name);
      });
      continue;
    }

    test(`${label}: a customer is deleted after a question, and restored under the same ID`, async ({
      sidebar,
      quickInput,
      notifications,
      editors,
    }) => {
      const id = (await stored(email))?.['customer_id'];
      assert.ok(id !== undefined);
      await editors.closeAll();
      await alone(sidebar);
      await sidebar.tree.contextMenu(email, 'Delete Customer');
      await notifications.dialog.getByText(email).waitFor();
      await notifications.pressInDialog('Delete customer');
      await until(async () => (await stored(email)) === undefined);
      await quickInput.command('Maho SOAP: Restore Deleted Customers');
      await quickInput.pick(email);
      await quickInput.accept();
      await notifications.pressInDialog('Restore');
      await until(async () => (await stored(email)) !== undefined);
      assert.equal((await stored(email))?.['customer_id'], id);
      await editors.tab(/Imported/).waitFor();
      await editors.closeAll();
      await sidebar.tree.collapse(name);
    });
  }
});
