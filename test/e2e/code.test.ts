import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import { errors, type Locator, type Page } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';

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

const requests = { requests: [{ name: 'Wholesale', method: 'customer.list', args: { filters: { group_id: 2 } } }] };

describe('Code', () => {
  const demo = startDemoStore({ seedFile: recordedCustomers });
  let settings: Record<string, unknown> = {};
  const test = inWorkbench(async () => {
    settings = { 'mahoSoap.stores': [{ name: 'Staging DE', url: (await demo).urls.v2, user: demoAccount.user, environment: 'staging' }], 'editor.minimap.enabled': false };
    return { settings, files: { 'new.php': '<?php\n\n', 'new.ts': '\n', 'shop.php': php, 'shop.ts': ts, 'customers.maho.json': requests } };
  });
  after(async () => { await (await demo).close(); });

  test('completes a snippet from its prefix in a PHP and in a TypeScript file', async ({ editors, page, screenshot }) => {
    for (const [file, prefix, expected] of [['new.php', 'maho-customer-list', '->customerCustomerList('], ['new.ts', 'maho-customer-list', 'customerCustomerListAsync(']] as const) {
      await editors.openFile(file);
      await cursorToEnd(page);
      await page.keyboard.type(prefix);
      // What is offered by itself is about the last word only; asked for, it is about the whole prefix.
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Space');
      // Emmet offers the same word as a tag.
      const entry = suggestion(page, new RegExp(`^${prefix}`), '.codicon-symbol-snippet');
      await entry.waitFor();
      await screenshot(`code snippet ${file}`);
      await entry.click();
      await page.locator('.editor-group-container.active .view-lines', { hasText: expected }).waitFor();
      await page.keyboard.press('Escape');
    }
  });

  test('says what is wrong with a call, mends it, and explains a method under the pointer', async ({ editors, page, screenshot }) => {
    await editors.openFile('shop.php');
    const wrong = page.locator('.editor-group-container.active .squiggly-error, .editor-group-container.active .squiggly-warning');
    await wrong.first().waitFor();
    // Lenses move the lines below them.
    await lens(page, 'Run on Staging DE').nth(1).waitFor();
    const hover = page.locator('.monaco-hover:visible', { hasText: 'Read a customer' });
    for (let attempt = 0; attempt < 10 && !(await hover.isVisible()); attempt++) {
      await page.mouse.move(700, 600);
      await word(page, 'customerCustomerInfo').hover();
      await hover.waitFor({ timeout: 2000 }).catch((error: unknown) => { if (!(error instanceof errors.TimeoutError)) throw error; });
    }
    await hover.waitFor();
    assert.match(await hover.innerText(), /102: There is no customer with this ID/);
    await screenshot('code hover');
    await page.keyboard.press('Escape');

    await word(page, 'inn').dblclick();
    await page.keyboard.press('ControlOrMeta+.');
    const fix = page.locator('.action-widget .monaco-list-row', { hasText: "Change to in" }).first();
    await fix.waitFor();
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
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.type(", [['ema");
    await page.keyboard.press('Control+Space');
    await suggestion(page, /^email/).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await cursorToEnd(page);
    await page.keyboard.type('\n$client->');
    await suggestion(page, /^customerCustomerInfo/).waitFor();
    await page.keyboard.type('customerCus');
    await suggestion(page, /^customerCustomerDelete/).waitFor();
    await page.keyboard.press('Escape');
  });

  test('runs a call of PHP and of TypeScript on the store from the line above it', async ({ sidebar, quickInput, editors, page, screenshot }) => {
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

  test('copies customers, requests and calls as code, the last form first, and puts programs into the editor, without the key', async ({ sidebar, editors, quickInput, page, screenshot }) => {
    await editors.closeAll();
    await sidebar.tree.contextMenu('benjerry@example.com', 'Copy as Code');
    await screenshot('code copy as');
    await quickInput.pick('TypeScript (WS-I)');
    const copied = await clipboard(page, 'customerCustomerInfoAsync');
    assert.match(copied, /process\.env\.MAHO_SOAP_KEY|process\.env\['MAHO_SOAP_KEY'\]/);
    assert.ok(!copied.includes(demoAccount.key));

    await editors.openFile('customers.maho.json');
    await page.locator('.view-line', { hasText: 'customer.list' }).click();
    await quickInput.command('Maho SOAP: Copy as Code');
    await page.locator('.quick-input-list .monaco-list-row').first().filter({ hasText: 'TypeScript (WS-I)' }).waitFor();
    await quickInput.pick('PHP (V1)');
    assert.match(await clipboard(page, "'customer.list'"), /'group_id' => 2/);

    await editors.openFile('new.php');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('<?php\n');
    await quickInput.command('Maho SOAP: Insert as Code');
    await quickInput.pick('Wholesale');
    await page.locator('.editor-group-container.active .view-lines', { hasText: 'SoapClient' }).waitFor();
    await page.keyboard.press('ControlOrMeta+Home');
    await screenshot('code insert as');
    assert.equal((await editors.visibleText()).match(/<\?php/g)?.length, 1);
  });

  test('leaves code alone when the setting says so, at once', async ({ editors, page, folder }) => {
    await editors.openFile('shop.ts');
    await lens(page, 'Run on Staging DE').first().waitFor();
    await page.locator('.editor-group-container.active .squiggly-error').first().waitFor();
    await writeFile(path.join(folder, '.vscode/settings.json'), JSON.stringify({ ...settings, 'mahoSoap.code.help': false }));
    await lens(page, 'Run on Staging DE').first().waitFor({ state: 'detached' });
    await word(page, 'customerCustomerListAsync').hover();
    await page.locator('.problems-message', { hasText: 'item' }).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.monaco-hover:visible', { hasText: 'List customers' }).count(), 0);
  });
});

function suggestion(page: Page, name: RegExp, icon = '.suggest-icon'): Locator {
  return page.locator('.suggest-widget.visible .monaco-list-row', { has: page.locator('.label-name', { hasText: name }) }).filter({ has: page.locator(icon) }).first();
}

function lens(page: Page, title: string): Locator {
  return page.locator('.editor-group-container.active .codelens-decoration a', { hasText: title });
}

/** A word of the code on the screen. */
function word(page: Page, text: string): Locator {
  return page.locator('.editor-group-container.active .view-line span span', { hasText: new RegExp(`^\\W*${text}\\W*$`) }).first();
}

/** What is in the clipboard once it holds a text. */
async function clipboard(page: Page, text: string): Promise<string> {
  for (const until = Date.now() + 20_000; ;) {
    const copied = await page.evaluate(async () => await navigator.clipboard.readText());
    if (copied.includes(text)) return copied;
    if (Date.now() > until) throw new Error(`The clipboard holds no ${text}: ${copied}`);
    await page.waitForTimeout(100);
  }
}

/** Puts the cursor behind the last character, once the editor has drawn its text. */
async function cursorToEnd(page: Page): Promise<void> {
  await page.locator('.editor-group-container.active .view-line').last().click();
  await page.keyboard.press('ControlOrMeta+End');
}
