import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { compile, project } from '../php/codegen-support';
import { phpSkip, runPhp } from '../support/php';
import { copied } from './support/clipboard';
import { press } from './support/focus';
import { replaceSettings } from './support/settings-file';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { untilShown } from './support/waiting';

const php = `<?php

$client = new SoapClient('https://shop.example.com/api/v2_soap?wsdl');
$session = $client->login('apiUser', getenv('MAHO_SOAP_KEY'));

$customers = $client->customerCustomerList($session, ['complex_filter' => [
    ['key' => 'group_id', 'value' => ['key' => 'inn', 'value' => '1,3']],
]]);

$customer = $client->customerCustomerInfo($session, 2);
`;

const ts = `import { createClientAsync } from 'soap';

const client = await createClientAsync('https://shop.example.com/api/v2_soap?wsdl');
const [answer] = await client.customerCustomerListAsync({
  sessionId: session,
  filters: { complex_filter: [{ key: 'group_id', value: { key: 'in', value: '1,3' } }] },
});
`;

const write = `<?php

$client = new SoapClient('https://shop.example.com/api/v2_soap?wsdl');
$client->customerCustomerUpdate($session, 2, ['firstname' => 'Changed from code']);
`;

const requests = { requests: [{ name: 'Wholesale', method: 'customer.list', args: { filters: { group_id: 2 } } }] };

describe('Code', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  let settings: Record<string, unknown> = {};
  const test = inWorkbench(async () => {
    settings = {
      'mahoSoap.stores': [{ name: 'Staging DE', url: (await demo).urls.v2, user: demoAccount.user, environment: 'staging' }],
      'editor.minimap.enabled': false,
    };
    return {
      settings,
      files: {
        'new.php': '<?php\n\n',
        'new.ts': '\n',
        'insert.php': '<?php\n',
        'insert.ts': '\n',
        'shop.php': php,
        'shop.ts': ts,
        'write.php': write,
        'customers.maho.json': requests,
      },
    };
  });
  after(async () => {
    await (await demo).close();
  });

  test('completes a snippet from its prefix in a PHP and in a TypeScript file, also with hyphens and Emmet', async ({
    editors,
    page,
    screenshot,
  }) => {
    for (const [file, prefix, expected] of [
      ['new.php', 'maho-login-v2', '->login($user, $key)'],
      ['new.ts', 'maho-customer-list', 'customerCustomerListAsync('],
    ] as const) {
      await editors.openFile(file);
      await cursorToEnd(page);
      await page.keyboard.type(prefix);
      // Emmet offers the same word as a tag in PHP, but the focused suggestion is the snippet.
      const snippet = suggestion(page, new RegExp(`^${prefix}`), '.codicon-symbol-snippet').and(page.locator('.focused'));
      await untilShown(snippet, async () => {
        await press(page, 'Escape');
        await press(page, 'ControlOrMeta+Space');
      });
      await screenshot(`code snippet ${file}`);
      await press(page, 'Enter');
      await page.locator('.editor-group-container.active .view-lines', { hasText: expected }).waitFor();
      await press(page, 'Escape');
    }
  });

  test('marks an error in a call, fixes it, and explains a method under the pointer', async ({ editors, page, screenshot }) => {
    await editors.openFile('shop.php');
    const wrong = page.locator('.editor-group-container.active .squiggly-error, .editor-group-container.active .squiggly-warning');
    await wrong.first().waitFor();
    // Lenses move the lines below them.
    await lens(page, 'Run on Staging DE').nth(1).waitFor();
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Read a customer' });
    await untilShown(hover, async () => {
      await page.mouse.move(700, 600);
      await word(page, 'customerCustomerInfo').hover();
    });
    assert.match(await hover.innerText(), /102: There is no customer with this ID/);
    await screenshot('code hover');
    await press(page, 'Escape');

    await word(page, 'inn').dblclick();
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: 'Change to in' }).first();
    await untilShown(fix, async () => {
      await press(page, 'Escape');
      await press(page, 'ControlOrMeta+.');
    });
    await screenshot('code fix');
    await fix.click();
    await page.locator('.editor-group-container.active .view-lines', { hasText: "'in'" }).waitFor();
    await wrong.first().waitFor({ state: 'detached' });
  });

  test('offers methods, attributes and operators where a call is typed', async ({ editors, page, screenshot }) => {
    await editors.openFile('shop.php');
    await cursorToEnd(page);
    await page.keyboard.type("$client->call($session, 'customer.");
    await suggestion(page, /^customer\.info/).waitFor();
    await screenshot('code completion');
    await suggestion(page, /^customer\.list/).click();
    await press(page, 'End');
    await press(page, 'ArrowLeft');
    await page.keyboard.type(", [['ema");
    await press(page, 'Control+Space');
    await suggestion(page, /^email/).waitFor();
    await press(page, 'Escape');
    await press(page, 'Escape');
    await cursorToEnd(page);
    await page.keyboard.type('\n$client->');
    await suggestion(page, /^customerCustomerInfo/).waitFor();
    await page.keyboard.type('customerCus');
    await suggestion(page, /^customerCustomerDelete/).waitFor();
    await press(page, 'Escape');
  });

  test('runs a call of PHP and of TypeScript on the store from the line above it', async ({
    sidebar,
    quickInput,
    editors,
    page,
    screenshot,
  }) => {
    await sidebar.open();
    await sidebar.tree.expand('Staging DE');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await editors.openFile('shop.php');
    await lens(page, 'Run on Staging DE').nth(1).click();
    await editors.tab('customer.info').waitFor();
    await editors.webview().locator('body', { hasText: '@example.com' }).waitFor();
    await screenshot('code run');
    await editors.openFile('shop.ts');
    await lens(page, 'Run on Staging DE').first().click();
    await editors.tab('customer.list').waitFor();
    await screenshot('code run typescript');
  });

  test('copies customers and requests as code, the last form first, without the key', async ({
    sidebar,
    editors,
    quickInput,
    page,
    screenshot,
  }) => {
    await editors.closeAll();
    await sidebar.tree.contextMenu('benjerry@example.com', 'Copy as Code');
    await screenshot('code copy as');
    await quickInput.pick('TypeScript (WS-I)');
    const code = await copied(page, 'customerCustomerInfoAsync');
    assert.match(code, /process\.env\.MAHO_SOAP_KEY|process\.env\['MAHO_SOAP_KEY'\]/);
    assert.ok(!code.includes(demoAccount.key));

    await editors.openFile('customers.maho.json');
    await page.locator('.view-line', { hasText: 'customer.list' }).click();
    await quickInput.command('Maho SOAP: Copy as Code');
    await page.locator('.quick-input-list .monaco-list-row').first().filter({ hasText: 'TypeScript (WS-I)' }).waitFor();
    await quickInput.pick('PHP (V1)');
    assert.match(await copied(page, "'customer.list'"), /'group_id' => 2/);
  });

  test('inserts a request into the editor as code, and also an exchange of the history', async ({
    sidebar,
    editors,
    quickInput,
    page,
    screenshot,
  }) => {
    await editors.openFile('insert.php');
    await cursorToEnd(page);
    await quickInput.command('Maho SOAP: Insert as Code');
    await quickInput.pick('Wholesale');
    await page.locator('.editor-group-container.active .view-lines', { hasText: 'SoapClient' }).waitFor();
    await press(page, 'ControlOrMeta+Home');
    await screenshot('code insert as');
    assert.equal((await editors.visibleText()).match(/<\?php/g)?.length, 1);

    await editors.openFile('insert.ts');
    await cursorToEnd(page);
    const header = page.locator('.sidebar .pane-header', { hasText: /^\s*History/i });
    if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
    await sidebar.view('History').contextMenu('customer.info', 'Insert Exchange As');
    await page.locator('.editor-group-container.active .view-lines', { hasText: 'customerCustomerInfoAsync' }).waitFor();
  });

  test('sends a write only after confirmation by a button or by the name of a production store, and never to a read-only store', async ({
    editors,
    notifications,
    quickInput,
    page,
    folder,
    screenshot,
  }) => {
    const updates = async (): Promise<number> => (await demo).requests.filter(({ method }) => method === 'customer.update').length;
    await editors.closeAll();
    await editors.openFile('write.php');
    await lens(page, 'Run on Staging DE').click();
    await notifications.dialog.filter({ hasText: 'customer.update with' }).waitFor();
    await screenshot('code run write');
    await notifications.pressInDialog('Cancel');
    await notifications.dialog.waitFor({ state: 'detached' });
    assert.equal(await updates(), 0);
    await lens(page, 'Run on Staging DE').click();
    await notifications.pressInDialog('Update');
    await editors.tab('customer.update').waitFor();
    assert.equal(await updates(), 1);

    const { url } = (settings['mahoSoap.stores'] as { url: string }[])[0] ?? { url: '' };
    await replaceSettings(folder, {
      ...settings,
      'mahoSoap.stores': [
        { name: 'Shop', url, user: demoAccount.user, environment: 'production' },
        { name: 'Archive', url, user: demoAccount.user, readOnly: true },
      ],
    });
    await editors.openFile('write.php');
    await lens(page, 'Run on a store').click();
    await quickInput.pick('Shop');
    await quickInput.with('To continue, type the name of the store').waitFor();
    await screenshot('code run write production');
    await quickInput.dismiss();
    assert.equal(await updates(), 1);
    await lens(page, 'Run on Shop').click();
    await quickInput.answer('To continue, type the name of the store', 'Shop');
    await editors.tab('customer.update').waitFor();
    await editors.webview().locator('body', { hasText: 'Shop' }).waitFor();
    assert.equal(await updates(), 2);

    await quickInput.command('Maho SOAP: Select Store for Requests');
    await quickInput.pick('Archive');
    await editors.openFile('write.php');
    await page.locator('.editor-group-container .codelens-decoration', { hasText: 'Archive is read-only' }).waitFor();
    assert.equal(await lens(page, 'Run on').count(), 0);
    assert.equal(await updates(), 2);
  });

  test('writes types from the catalogue and from a store with its additions, and PHP and TypeScript accept them', async ({
    editors,
    quickInput,
    folder,
    page,
    screenshot,
  }) => {
    const { server, url } = await withLoyaltyPoints((await demo).urls.v2);
    const types = { php: path.join(folder, 'MahoSoap.php'), ts: path.join(folder, 'maho-soap.d.ts') };
    try {
      await replaceSettings(folder, { ...settings, 'mahoSoap.stores': [{ name: 'With points', url, user: 'anybody' }] });
      for (const [source, added] of [
        ['The Catalogue', false],
        ['With points', true],
      ] as const) {
        await editors.closeAll();
        await quickInput.command('Maho SOAP: Write Types');
        await quickInput.pick(source);
        await quickInput.with('Select a language').waitFor();
        await quickInput.pick('Both');
        await quickInput.file(folder);
        if (added) {
          // The files of the catalogue already exist. Each is replaced after confirmation.
          for (const name of ['maho-soap.d.ts', 'MahoSoap.php']) {
            await page.locator('.monaco-dialog-box', { hasText: name }).locator('.monaco-button', { hasText: 'Replace' }).click();
          }
        }
        await editors.tab('MahoSoap.php').waitFor();
        await editors.tab('maho-soap.d.ts').waitFor();
        await screenshot(`code types ${source}`);
        const [php, ts] = await Promise.all([readFile(types.php, 'utf8'), readFile(types.ts, 'utf8')]);
        assert.equal(php.includes('loyalty_points'), added);
        assert.equal(await complaints(ts, added ? 'customer.loyalty_points' : 'customer.customer_id'), '');
        if (phpSkip === false) assert.deepEqual(await runPhp(php), { status: 0, stdout: '', stderr: '' });
      }
    } finally {
      server.close();
    }
  });

  test('stops helping in code as soon as the setting is off', async ({ editors, page, folder }) => {
    await replaceSettings(folder, settings);
    await editors.openFile('shop.ts');
    await lens(page, 'Run on Staging DE').first().waitFor();
    await page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    await replaceSettings(folder, { ...settings, 'mahoSoap.code.help': false });
    await lens(page, 'Run on Staging DE').first().waitFor({ state: 'detached' });
    await word(page, 'customerCustomerListAsync').hover();
    await page.locator('.problems-message', { hasText: 'item' }).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.monaco-hover:visible', { hasText: 'List customers' }).count(), 0);
  });
});

function suggestion(page: Page, name: RegExp, icon = '.suggest-icon'): Locator {
  return page
    .locator('.suggest-widget.visible .monaco-list-row', { has: page.locator('.label-name', { hasText: name }) })
    .filter({ has: page.locator(icon) })
    .first();
}

function lens(page: Page, title: string): Locator {
  return page.locator('.editor-group-container.active .codelens-decoration a', { hasText: title });
}

/** A word of the code in the editor. */
function word(page: Page, text: string): Locator {
  return page.locator('.editor-group-container.active .view-line span span', { hasText: new RegExp(`^\\W*${text}\\W*$`) }).first();
}

/** A store whose customers have an additional attribute. Only its WSDL can be read. */
async function withLoyaltyPoints(url: string): Promise<{ readonly server: Server; readonly url: string }> {
  const wsdl = await (await fetch(`${url}?wsdl`)).text();
  const more = wsdl.replace(
    /(<(?:\w+:)?complexType name="customerCustomerEntity">\s*<(?:\w+:)?all>)/,
    '$1<element name="loyalty_points" type="xsd:int" minOccurs="0"/>',
  );
  assert.notEqual(more, wsdl);
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/xml').end(more);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v2_soap/` };
}

/** The errors that the strictest compiler options report for the types and for an expression with a customer. */
async function complaints(types: string, expression: string): Promise<string> {
  const { folder, remove } = await project();
  try {
    // The file ends in .ts, since the compiler does not check declaration files.
    await writeFile(path.join(folder, 'maho-soap.ts'), types);
    await writeFile(
      path.join(folder, 'use.mts'),
      `import type { CustomerCustomerEntity } from './maho-soap.js';\nexport const value = ` +
        `(customer: CustomerCustomerEntity): number | undefined => ${expression};\n`,
    );
    return compile(folder, ['maho-soap.ts', 'use.mts']);
  } finally {
    await remove();
  }
}

/** Puts the cursor after the last character, once the editor has drawn its text. */
async function cursorToEnd(page: Page): Promise<void> {
  await page.locator('.editor-group-container.active .view-line').last().click();
  await press(page, 'ControlOrMeta+End');
}
