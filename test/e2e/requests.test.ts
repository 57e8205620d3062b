import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { inWorkbench } from './support/suite';
import type { Workbench } from './support/workbench';

const customers = `// Requests of the shop.
{
  "store": "Demo store, V2",
  "variables": { "email": "{{$randomEmail}}" },
  "requests": [
    {
      "name": "First customers",
      "method": "",
      "args": { "filters": { "customer_id": { "from": 1, "to": 5 } } },
      "expect": { "result": { "$length": 5 } }
    },
    {
      "name": "Change a name",
      "method": "customer.update",
      "args": { "customerId": 1, "customerData": { "firstname": "Jane", "customer_id": 7 } },
      "expect": { "result": true }
    },
    {
      "name": "Nobody",
      "method": "customer.info",
      "args": { "customerId": 99999 },
      "expect": { "fault": 101 }
    }
  ]
}
`;

describe('Requests', () => {
  const test = inWorkbench(() => ({ files: { 'customers.maho.json': customers } }));

  test('are written with completion, and a trap is marked and put right', async (workbench) => {
    const { page, editors, quickInput } = workbench;
    await quickInput.command('Maho SOAP: Start Demo Store');
    await workbench.sidebar.open();
    await workbench.sidebar.view('Requests').click('customers.maho.json');
    await workbench.sidebar.view('Requests').click('Change a name');
    await editors.tab('customers.maho.json').waitFor();
    await lens(page, 'on Demo store, V2').waitFor();
    await goTo(workbench, 8, 18);
    await page.keyboard.press('ControlOrMeta+Space');
    const suggestion = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'customer.list' }).first();
    await suggestion.waitFor();
    await workbench.screenshot('requests-completion');
    await suggestion.click();
    await until(async () => (await editors.visibleText()).includes('"method": "customer.list"'));

    const marked = page.locator('.squiggly-error, .squiggly-warning').first();
    await marked.waitFor();
    await goTo(workbench, 15, 77);
    await page.keyboard.press('ControlOrMeta+.');
    const fix = page.locator('.action-widget .monaco-list-row.action', { hasText: /customer_id/ }).first();
    await fix.waitFor();
    await workbench.screenshot('requests-quick-fix');
    await fix.click();
    await until(async () => !(await editors.visibleText()).includes('"customer_id": 7'));
    await page.keyboard.press('ControlOrMeta+S');
    await until(async () => (await readFile(path.join(workbench.folder, 'customers.maho.json'), 'utf8')).includes('"method": "customer.list"'));
  });

  test('run from above, answer beside the file, and are kept in the history', async (workbench) => {
    const { page, sidebar } = workbench;
    await lens(page, 'Run').nth(1).click();
    await lens(page, /passed, \d+ ms/).waitFor();
    await workbench.editors.tab('First customers').waitFor();
    await sidebar.view('Requests').row(/First customers.*passed/).waitFor();
    const history = await openHistory(workbench);
    await history.row(/customer\.list/).waitFor();
    await workbench.screenshot('requests-run');

    await history.inlineAction(/customer\.list/, 'Run Again');
    await until(async () => (await history.rows()).filter(({ label }) => label.includes('customer.list')).length === 2);
    await history.inlineAction(/customer\.list/, 'Compare with Previous Run');
    await workbench.editors.tab(/customer\.list.*no difference/).waitFor();
    await workbench.screenshot('requests-compare');
  });

  test('are tests where they expect something, and say what did not hold', async (workbench) => {
    const { page } = workbench;
    await page.locator('.activitybar .action-item a[aria-label^="Testing"]').click();
    const tree = page.locator('.test-explorer');
    await tree.locator('.monaco-list-row', { hasText: 'customers.maho.json' }).first().waitFor();
    await workbench.quickInput.command('Test: Run All Tests');
    const results = page.locator('.part.panel .monaco-list-row');
    await results.filter({ hasText: 'Nobody' }).filter({ hasText: 'fault.code: expected "101"' }).first().waitFor();
    for (const passed of ['First customers', 'Change a name']) await results.filter({ hasText: passed }).first().waitFor();
    await workbench.screenshot('requests-tests');
    assert.deepEqual(await workbench.notifications.texts(), []);
  });
});

describe('Requests of a workspace that is not trusted', () => {
  const test = inWorkbench(() => ({
    askTrust: true,
    files: { 'shop.php': "<?php\n$client = new SoapClient($url);\n$client->customerCustomerDelete($session, 2);\n", 'env.maho.json': '{\n  "requests": [\n    { "name": "A", "method": "customer.list", "args": { "filters": { "email": "{{$env HOME}}" } } }\n  ]\n}\n' },
  }));

  test('are not sent, and the reason is said', async (workbench) => {
    const { page, editors, quickInput, notifications } = workbench;
    await editors.openFile('env.maho.json');
    await lens(page, 'Nothing is sent').waitFor();
    await page.locator('.squiggly-error').first().waitFor();
    await workbench.screenshot('requests-untrusted');
    await quickInput.command('Maho SOAP: Run All Requests of File');
    await notifications.with('Nothing was sent, because the workspace is not trusted').waitFor();
    // Nor is what stands in code.
    await editors.openFile('shop.php');
    await lens(page, 'Not sent: the workspace is not trusted').waitFor();
    await workbench.screenshot('code-untrusted');
    await page.locator('.view-line', { hasText: 'customerCustomerDelete' }).click();
    await quickInput.command('Maho SOAP: Run Call at Cursor');
    await notifications.with('Nothing was sent: the workspace is not trusted').waitFor();
  });
});

function lens(page: Page, title: string | RegExp): Locator {
  return page.locator('.editor-group-container .codelens-decoration a', { hasText: title });
}

/** Puts the cursor of the active editor somewhere, by line and column from 1. */
async function goTo({ page, quickInput }: Workbench, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  await quickInput.box.fill(`:${line}:${column}`);
  await quickInput.box.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

async function openHistory({ page, sidebar }: Workbench): Promise<ReturnType<Workbench['sidebar']['view']>> {
  const header = page.locator('.sidebar .pane-header', { hasText: /^\s*History/i });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  return sidebar.view('History');
}

async function until(holds: () => Promise<boolean>, limit = 20_000): Promise<void> {
  for (const end = Date.now() + limit; !(await holds());) {
    if (Date.now() > end) throw new Error(`It did not become so within ${limit / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
