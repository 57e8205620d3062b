import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, describe } from 'node:test';
import * as z from 'zod/mini';
import { startDemoStore } from '../../src/demo';
import { StoreClient } from '../../src/store';
import { inWorkbench } from './support/suite';
import { demoAccount, recordedCustomers } from './support/stores';

const text = z.nullish(z.string());
const recorded = z.array(z.object({ firstname: text, middlename: text, lastname: text, email: z.string() })).parse(JSON.parse(await readFile(recordedCustomers, 'utf8')));

/** Text as a single line of the screen shows it. */
function line(parts: readonly (string | null | undefined)[]): string {
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

describe('A store of the settings', () => {
  const names = { v1: 'Shop', v2: 'Staging DE', wsi: 'Sandbox' } as const;
  const demo = startDemoStore({ seedFile: recordedCustomers });
  const test = inWorkbench(async () => {
    const { urls } = await demo;
    const { user } = demoAccount;
    return {
      settings: {
        'mahoSoap.stores': [
          { name: names.v1, url: urls.v1, user, environment: 'production', readOnly: true },
          { name: names.v2, url: urls.v2, user, environment: 'staging' },
          { name: names.wsi, url: urls.wsi, user, environment: 'development' },
        ],
      },
    };
  });
  after(async () => { await (await demo).close(); });

  for (const [dialect, label] of [['v1', 'V1'], ['v2', 'V2'], ['wsi', 'WS-I']] as const) {
    test(`lists the 60 recorded customers over ${label}, their names as they are`, async ({ sidebar, quickInput, screenshot }) => {
      await sidebar.open();
      await sidebar.tree.expand(names[dialect]);
      await quickInput.answer('API key of apiUser', demoAccount.key);
      await sidebar.tree.row('newest first, 60 in all').waitFor();
      await sidebar.tree.row(`Maho, ${label}${dialect === 'v1' ? ', read-only' : ''}`).waitFor();
      const customers = await sidebar.tree.children('Customers');
      assert.deepEqual(
        customers.map((row) => [line([row.label]), row.description]),
        [...recorded].reverse().map(({ firstname, middlename, lastname, email }) => [line([firstname, middlename, lastname]), email]),
      );
      await sidebar.tree.reveal('benjerry@example.com');
      await screenshot(`customers over ${label}`);
      await sidebar.tree.collapse(names[dialect]);
    });
  }

  test('shows a customer as JSON in a read-only preview, secrets masked', async ({ sidebar, editors, page, screenshot }) => {
    await sidebar.tree.expand(names.v1);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.contextMenu('benjerry@example.com', 'Open Customer as JSON');
    await editors.tab('Customer 8.json').waitFor();
    const shown = await editors.visibleText();
    assert.match(shown, /"firstname": "Ben & Jerry"/);
    assert.match(shown, /"lastname": "<script>alert\(\\"x\\"\)<\/script>"/);
    assert.match(shown, /"password_hash": "••••••"/);
    await page.locator('.monaco-editor .view-line').first().click();
    await page.keyboard.type('x');
    assert.equal(await editors.visibleText(), shown);
    await screenshot('a customer');
    await sidebar.tree.contextMenu('quoted@example.com', 'Open Customer as JSON');
    await editors.tab('Customer 9.json').waitFor();
    assert.deepEqual(await editors.tabs(), ['Customer 9.json'], 'a preview gives its place to the next one');
  });

  test('copies what is asked for', async ({ sidebar, page }) => {
    const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    // The clipboard of a browser is written a moment after the menu has closed.
    const copied = async (entry: string, expected: RegExp): Promise<string> => {
      await sidebar.tree.contextMenu('wang@example.com', entry);
      let content = await clipboard();
      for (let attempt = 0; attempt < 50 && !expected.test(content); attempt++) {
        await page.waitForTimeout(100);
        content = await clipboard();
      }
      assert.match(content, expected);
      return content;
    };
    await copied('Copy ID', /^5$/);
    await copied('Copy E-mail', /^wang@example\.com$/);
    assert.match(await copied('Copy as JSON', /王小明/), /"password_hash": "••••••"/);
  });

  test('tells the main things about a customer in a tooltip, as text', async ({ sidebar, page, screenshot }) => {
    await (await sidebar.tree.reveal('formula@example.com')).hover();
    const tooltip = page.locator('.monaco-hover', { hasText: 'formula@example.com' });
    await tooltip.waitFor();
    assert.match(await tooltip.innerText(), /=HYPERLINK\("http:\/\/x","y"\) \+1-2@cmd #17/);
    assert.equal(await tooltip.locator('a').count(), 0);
    await screenshot('a tooltip');
    await page.mouse.move(700, 400);
  });

  test('keeps the key when the window is reloaded, and asks nobody', async (workbench) => {
    const { sidebar, page } = workbench;
    await workbench.reload();
    await sidebar.open();
    await sidebar.tree.expand(names.v1);
    await sidebar.tree.row('60 in all').waitFor();
    assert.equal(await page.locator('.quick-input-widget').filter({ visible: true }).count(), 0);
  });

  test('shows what changed in the shop after Refresh, and keeps what is expanded', async ({ sidebar, quickInput }) => {
    const { urls } = await demo;
    const client = new StoreClient({ name: 'Behind the scenes', url: urls.v2, user: demoAccount.user }, { key: () => Promise.resolve(demoAccount.key) });
    const { value } = await client.call('customer.create', { customerData: { email: 'newcomer@example.com', firstname: 'New', lastname: 'Comer', website_id: 1 } });
    await quickInput.command('Maho SOAP: Refresh');
    await sidebar.tree.row('61 in all').waitFor();
    assert.equal((await sidebar.tree.children('Customers'))[0]?.label, 'New Comer');
    await client.call('customer.delete', { customerId: value });
    await client.close();
    await sidebar.tree.inlineAction('61 in all', 'Refresh');
    await sidebar.tree.row('60 in all').waitFor();
  });

  test('asks for the key again once it is forgotten, and connects when it is given', async ({ sidebar, quickInput, screenshot }) => {
    await sidebar.tree.contextMenu(names.v1, 'Forget API Key');
    await sidebar.tree.reveal('The API key of apiUser is needed');
    await screenshot('a store without its key');
    await sidebar.tree.click('The API key of apiUser is needed');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
  });

  test('stays away after Disconnect until Retry', async ({ sidebar }) => {
    await sidebar.tree.contextMenu(names.v1, 'Disconnect');
    await sidebar.tree.reveal('Disconnected');
    assert.equal((await sidebar.tree.rows()).some(({ label }) => label === 'Customers'), false);
    await sidebar.tree.inlineAction('Disconnected', 'Retry');
    await sidebar.tree.row('60 in all').waitFor();
  });

  test('writes one line for each exchange into the log, without the key and without a session', async ({ quickInput, page, screenshot }) => {
    await quickInput.command('Maho SOAP: Show Log');
    const panel = page.locator('.part.panel');
    await panel.getByText('Shop, V1, customer.list, HTTP 200, 60 rows').first().waitFor();
    await screenshot('the log');
    assert.doesNotMatch(await panel.innerText(), /apiKey12345|[0-9a-f]{32}/);
  });
});
