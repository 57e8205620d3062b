import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import * as z from 'zod/mini';
import { startDemoStore } from '../../src/demo';
import { StoreClient } from '../../src/store';
import { envelope, v1Answer } from '../support/envelopes';
import { answer, answerHalf, startScriptedStore, type Script } from '../support/scripted-store';
import { inWorkbench } from './support/suite';
import { becomes, until } from './support/waiting';
import { copied } from './support/clipboard';
import { demoAccount, recordedCustomers } from './support/stores';

const text = z.nullish(z.string());
const recorded = z
  .array(z.object({ firstname: text, middlename: text, lastname: text, email: z.string() }))
  .parse(JSON.parse(await readFile(recordedCustomers, 'utf8')));

/** Text as it appears on a single line of the screen. */
function line(parts: readonly (string | null | undefined)[]): string {
  return parts.join(' ').replace(/\s+/g, ' ').trim();
}

const onList =
  (action: Script): Script =>
  (request, response) =>
    request.path === 'customer.list' ? action(request, response) : false;

describe('A store of the settings', () => {
  const names = { v1: 'Shop', v2: 'Staging DE', wsi: 'Sandbox' } as const;
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const guarded = startDemoStore({ product: 'maho@25', customers: 7 });
  const page = startScriptedStore((_, response) => {
    answer(response, '<!DOCTYPE html><html><head><title>We will be back soon</title></head><body></body></html>', { type: 'text/html' });
  });
  const half = startScriptedStore(
    onList((_, response) => {
      answerHalf(response, v1Answer(`<callReturn>${'<item/>'.repeat(500)}</callReturn>`));
    }),
  );
  const doctype = startScriptedStore(
    onList((_, response) => {
      answer(response, envelope('&lol;', '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol">]>\n'));
    }),
  );
  const denied = startScriptedStore(
    onList((_, response) => {
      answer(response, envelope('<SOAP-ENV:Fault><faultcode>2</faultcode><faultstring>Access denied.</faultstring></SOAP-ENV:Fault>'));
    }),
  );
  const silent = startScriptedStore(onList(() => true));

  const test = inWorkbench(async () => {
    const { urls } = await demo;
    const { user } = demoAccount;
    const store = (name: string, url: string, more: object = {}): object => ({ name, url, user, ...more });
    return {
      settings: {
        'mahoSoap.stores': [
          { name: names.v1, url: urls.v1, user, environment: 'production', readOnly: true },
          { name: names.v2, url: urls.v2, user, environment: 'staging' },
          { name: names.wsi, url: urls.wsi, user, environment: 'development' },
          store('Wrong key', (await guarded).urls.v2),
          store('Nobody there', 'http://127.0.0.1:9/api/soap/'),
          store('Web page', (await page).url),
          store('Cut off', (await half).url),
          store('Doctype', (await doctype).url),
          store('Without right', (await denied).url),
          store('Silent', (await silent).url, { timeouts: { connect: 1000, firstByte: 1000, total: 2000 } }),
          store('Key in settings', urls.v1, { apiKey: 'secret' }),
          store('Variable', '${env:NO_SUCH_VARIABLE}'),
          { name: 'No address' },
          store('Twice', urls.v1),
          store('Twice', urls.v2, { environment: 'production' }),
        ],
      },
    };
  });
  after(async () => {
    for (const store of [demo, guarded, page, half, doctype, denied, silent]) await (await store).close();
  });

  for (const [dialect, label] of [
    ['v1', 'V1'],
    ['v2', 'V2'],
    ['wsi', 'WS-I'],
  ] as const) {
    test(`lists the 60 recorded customers over ${label} with their exact names`, async ({ sidebar, quickInput, screenshot }) => {
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
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await page.keyboard.type('x');
    assert.equal(await editors.visibleText(), shown);
    await screenshot('a customer');
    await sidebar.tree.contextMenu('quoted@example.com', 'Open Customer as JSON');
    await editors.tab('Customer 9.json').waitFor();
    assert.deepEqual(await editors.tabs(), ['Customer 9.json'], 'a preview gives its place to the next one');
  });

  test('copies values of rows', async ({ sidebar, page }) => {
    for (const [entry, expected] of [
      ['Copy ID', /^5$/],
      ['Copy E-mail', /^wang@example\.com$/],
      ['Copy as JSON', /王小明[^]*"password_hash": "••••••"/],
    ] as const) {
      await sidebar.tree.contextMenu('wang@example.com', entry);
      await copied(page, expected);
    }
  });

  test('shows the main values of a customer in a tooltip, as text', async ({ sidebar, page, screenshot }) => {
    const tooltip = await sidebar.tree.explanation('formula@example.com', 'formula@example.com');
    assert.match(await tooltip.innerText(), /=HYPERLINK\("http:\/\/x","y"\) \+1-2@cmd #17/);
    assert.equal(await tooltip.locator('a').count(), 0);
    await screenshot('a tooltip');
    await page.mouse.move(700, 400);
  });

  test('keeps the key when the window is reloaded, without asking', async (workbench) => {
    const { sidebar, page } = workbench;
    await workbench.reload();
    await sidebar.open();
    await sidebar.tree.expand(names.v1);
    await sidebar.tree.row('60 in all').waitFor();
    assert.equal(await page.locator('.quick-input-widget').filter({ visible: true }).count(), 0);
  });

  test('shows changes of the shop after Refresh, and keeps rows expanded', async ({ sidebar, quickInput }) => {
    const { urls } = await demo;
    const client = new StoreClient(
      { name: 'Behind the scenes', url: urls.v2, user: demoAccount.user },
      { key: () => Promise.resolve(demoAccount.key) },
    );
    const { value } = await client.call('customer.create', {
      customerData: { email: 'newcomer@example.com', firstname: 'New', lastname: 'Comer', website_id: 1 },
    });
    await quickInput.command('Maho SOAP: Refresh');
    await sidebar.tree.row('61 in all').waitFor();
    await becomes(async () => (await sidebar.tree.children('Customers'))[0]?.label, 'New Comer');
    await client.call('customer.delete', { customerId: value });
    await client.close();
    await sidebar.tree.inlineAction('61 in all', 'Refresh');
    await sidebar.tree.row('60 in all').waitFor();
  });

  test('marks rows that a refresh could not read as old until a refresh succeeds', async ({ sidebar, screenshot }) => {
    const store = await demo;
    store.setFaults({ drop: true });
    try {
      await sidebar.tree.inlineAction('60 in all', 'Refresh');
      await sidebar.tree.row(/60 in all, as of \d/).waitFor();
      // The reason is above the rows. They are read again after the row above them.
      await until(async () => {
        const [problem] = await sidebar.tree.children('Customers');
        return /closed the connection|was lost/i.test(`${problem?.label ?? ''} ${problem?.description ?? ''}`);
      });
      const [, first] = await sidebar.tree.children('Customers');
      await until(async () => /as of \d/.test((await sidebar.tree.attribute(first?.description ?? '', 'aria-label')) ?? ''));
      await screenshot('rows of a store that is down');
    } finally {
      store.setFaults({});
    }
    await sidebar.tree.inlineAction(/closed the connection|was lost/i, 'Retry');
    await sidebar.tree.row(/60 in all(?!, as of)/).waitFor();
    await until(async () => (await sidebar.tree.children('Customers'))[0]?.description.includes('@') === true);
    const [first] = await sidebar.tree.children('Customers');
    await until(async () => !/as of/.test((await sidebar.tree.attribute(first?.description ?? '', 'aria-label')) ?? 'as of'));
  });

  test('asks for the key again after it was removed, and connects with the new one', async ({ sidebar, quickInput, screenshot }) => {
    await sidebar.tree.contextMenu(names.v1, 'Forget API Key');
    await sidebar.tree.reveal('The API key of apiUser is needed');
    await screenshot('a store without its key');
    await sidebar.tree.click('The API key of apiUser is needed');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
  });

  test('stays disconnected after Disconnect until Retry', async ({ sidebar }) => {
    await sidebar.tree.contextMenu(names.v1, 'Disconnect');
    await sidebar.tree.reveal('Disconnected');
    await becomes(async () => (await sidebar.tree.rows()).some(({ label }) => label === 'Customers'), false);
    await sidebar.tree.inlineAction('Disconnected', 'Retry');
    await sidebar.tree.row('60 in all').waitFor();
  });

  test('writes one line for each exchange into the log, without the key and without a session', async ({
    quickInput,
    page,
    screenshot,
  }) => {
    await quickInput.command('Maho SOAP: Show Log');
    const panel = page.locator('.part.panel');
    await panel.getByText('Shop, V1, customer.list, HTTP 200, 60 rows').first().waitFor();
    await screenshot('the log');
    assert.doesNotMatch(await panel.innerText(), /apiKey12345|[0-9a-f]{32}/);
  });

  describe('A store that does not work', () => {
    test('asks again for a wrong key and then connects', async ({ sidebar, quickInput, screenshot }) => {
      await sidebar.open();
      await sidebar.tree.expand('Wrong key');
      await quickInput.answer('API key of apiUser', 'not the key');
      await sidebar.tree.reveal('Access denied. (2)');
      await screenshot('a wrong key');
      await sidebar.tree.inlineAction('Wrong key', 'Retry');
      await quickInput.answer('API key of apiUser', demoAccount.key);
      await sidebar.tree.row('7 in all').waitFor();
      await sidebar.tree.collapse('Wrong key');
    });

    for (const [name, description, row, why] of [
      ['Nobody there', 'connection refused', /The host 127\.0\.0\.1 refused the connection/, /./],
      ['Web page', 'html page', /web page/, /We will be back soon/],
      ['Cut off', 'Maho, V1', /ends/, /./],
      ['Doctype', 'Maho, V1', /DTD|DOCTYPE/i, /./],
      ['Without right', 'Maho, V1', /customer\.list/, /The store said: Access denied\./],
      ['Silent', 'Maho, V1', /sent no response within 1 s/, /single worker/],
    ] as const) {
      test(`shows the reason in a row: ${name}`, async ({ sidebar, quickInput, page }) => {
        await sidebar.tree.expand(name);
        await quickInput.answer('API key of apiUser', demoAccount.key);
        await sidebar.tree.row(new RegExp(`${name}.*${description}`)).waitFor();
        await sidebar.tree.explanation(row, why);
        await page.mouse.move(700, 400);
      });
    }

    test('checks the connection of a failed store from its row, and leads to the fix', async (workbench) => {
      const { sidebar, editors, quickInput, notifications, screenshot } = workbench;
      await sidebar.tree.pointAt('Nobody there');
      await screenshot('a store that failed');
      await sidebar.tree.inlineAction('Nobody there', 'Check Connection');
      await editors.tab('Connection of Nobody there').waitFor();
      assert.match(await editors.visibleText(), /✗ Connection: The host/);
      await notifications.with('Nobody there, Connection: The host').waitFor();
      await screenshot('what mends a connection');
      await notifications.press('Nobody there, Connection', 'Change URL');
      await quickInput.with('URL of the shop').waitFor();
      await becomes(() => quickInput.box.inputValue(), 'http://127.0.0.1:9/api/soap/');
      await quickInput.dismiss();
    });

    test('shows on both rows that two stores have the same name', async ({ sidebar, page }) => {
      await sidebar.tree.reveal(/Twice.*name not unique/);
      const twice = async (): Promise<number> =>
        (await sidebar.tree.rows()).filter(({ label, description }) => label === 'Twice' && /name not unique/.test(description)).length;
      await becomes(twice, 2);
      await sidebar.tree.explanation(/Twice.*name not unique/, 'Another store has the same name');
      await page.mouse.move(700, 400);
    });

    test('cannot get the name of another store', async ({ sidebar, quickInput, screenshot }) => {
      await sidebar.tree.contextMenu('Wrong key', 'Edit Store');
      await quickInput.with('Select what to change').waitFor();
      await quickInput.pick(/^\s*Name/);
      await quickInput.with('Display name of').waitFor();
      await becomes(() => quickInput.box.inputValue(), 'Wrong key');
      await quickInput.box.fill('Shop');
      await quickInput.with('Another store is named "Shop"').waitFor();
      await screenshot('a name that is taken');
      await quickInput.dismiss();
    });

    for (const [name, row] of [
      ['Key in settings', 'The settings contain "apiKey" for this store'],
      ['Variable', 'The environment variable NO_SUCH_VARIABLE is not set'],
      ['No address', 'This entry of the setting mahoSoap.stores cannot be used'],
    ] as const) {
      test(`is not contacted: ${name}`, async ({ sidebar }) => {
        await sidebar.tree.expand(name);
        await sidebar.tree.reveal(row);
      });
    }

    test('leaves all other stores as they are', async ({ sidebar, screenshot }) => {
      await screenshot('what can go wrong');
      await sidebar.tree.expand('Wrong key');
      await sidebar.tree.row('7 in all').waitFor();
      assert.equal(
        (await silent).requests.filter(({ path }) => path === 'customer.list').length,
        1,
        'a call that timed out is not repeated',
      );
    });

    // This test is the last one: a store whose entry changes is connected and drawn again.
    test('asks for the address of the admin if it is unknown, and keeps it', async (workbench) => {
      const { sidebar, quickInput, notifications, folder } = workbench;
      await sidebar.tree.contextMenu('Wrong key', 'Open in Shop Admin');
      await notifications.press('The URL of the admin of Wrong key is not set.', 'Enter URL');
      await quickInput.with("URL of the shop's admin").waitFor();
      await quickInput.answer("URL of the shop's admin", 'https://shop.example.com/admin');
      const entry = async (): Promise<boolean> =>
        /"name": "Wrong key",[^}]*"adminUrl": "https:\/\/shop\.example\.com\/admin"/.test(
          await readFile(path.join(folder, '.vscode/settings.json'), 'utf8'),
        );
      await until(entry);
    });
  });
});
