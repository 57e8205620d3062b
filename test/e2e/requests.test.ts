import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { accessibility } from './support/accessibility';
import { copied } from './support/clipboard';
import { keptFile } from './support/extension-files';
import { press } from './support/focus';
import { demoAccount } from './support/stores';
import { runMethod } from './support/method-form';
import { inWorkbench } from './support/suite';
import { until, untilShown } from './support/waiting';
import type { Workbench } from './support/workbench';

const customers = `// Requests of the shop.
{
  "store": "Staging",
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
    { "name": "By mail", "method": "customer.list", "args": { "filters": { "emial": { "like": "%@%" } } } },
    {
      "name": "Nobody",
      "method": "customer.info",
      "args": { "customerId": 99999 },
      "expect": { "fault": 101 }
    }
  ]
}
`;

const password = 'correct horse battery';
const create = {
  name: 'Create',
  method: 'customer.create',
  args: { customerData: { email: '{{$randomEmail}}', firstname: 'Jane', lastname: 'Doe', website_id: 1, password } },
  expect: { result: { $type: 'int' } },
};
const group = { name: 'Groups', method: 'customer_group.list', expect: { result: { $type: 'list' } } };

describe('Requests', () => {
  const demo = startDemoStore({ product: 'maho@25', customers: 50 });
  after(async () => {
    await (await demo).close();
  });
  const test = inWorkbench(async () => {
    const { urls } = await demo;
    return {
      settings: {
        'mahoSoap.stores': [
          { name: 'Staging', url: urls.v2, user: demoAccount.user, environment: 'staging' },
          { name: 'Shop', url: urls.v2, user: demoAccount.user, environment: 'production' },
          { name: 'Archive', url: urls.v2, user: demoAccount.user, readOnly: true },
        ],
      },
      files: {
        'customers.maho.json': customers,
        'slow.maho.json': { store: 'Staging', requests: ['A', 'B', 'C'].map((name) => ({ ...group, name })) },
        'shop.maho.json': { store: 'Shop', requests: [create] },
        'archive.maho.json': { store: 'Archive', requests: [create] },
        'bad/broken.maho.json': '{\n  "requests": [\n    { "name": "A", "method": "customer.list" }\n    { "name": "B" }\n  ]\n}\n',
        'bad/nowhere.maho.json': { store: 'Nowhere', requests: [group] },
        'bad/types.maho.json': {
          store: 'Staging',
          variables: { one: '{{two}}', two: '{{one}}' },
          requests: [
            { name: 'Cycle', method: 'customer.info', args: { customerId: '{{one}}' } },
            { name: 'Wrong', method: 5 },
          ],
        },
        'gone.env.json': { email: 'jane@example.com' },
      },
    };
  });

  test('are written with completion, and a trap is marked and fixed', async (workbench) => {
    const { page, editors } = workbench;
    await workbench.sidebar.open();
    await workbench.sidebar.view('Requests').click('customers.maho.json');
    await workbench.sidebar.view('Requests').click('Change a name');
    await editors.tab('customers.maho.json').waitFor();
    await lens(page, 'on Staging').waitFor();
    await workbench.quickInput.goTo(8, 18);
    const suggestion = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'customer.list' }).first();
    await untilShown(suggestion, async () => {
      await press(page, 'Escape');
      await press(page, 'ControlOrMeta+Space');
    });
    await workbench.screenshot('requests-completion');
    await suggestion.click();
    await until(async () => (await editors.visibleText()).includes('"method": "customer.list"'));

    const marked = page.locator('.squiggly-error, .squiggly-warning').first();
    await marked.waitFor();
    await workbench.quickInput.goTo(15, 77);
    const fix = page.locator('.action-widget .monaco-list-row.action', { hasText: /customer_id/ }).first();
    await untilShown(fix, async () => {
      await press(page, 'Escape');
      await press(page, 'ControlOrMeta+.');
    });
    await workbench.screenshot('requests-quick-fix');
    await fix.click();
    await until(async () => !(await editors.visibleText()).includes('"customer_id": 7'));
    await press(page, 'ControlOrMeta+S');
    await until(async () =>
      (await readFile(path.join(workbench.folder, 'customers.maho.json'), 'utf8')).includes('"method": "customer.list"'),
    );
  });

  test('run from the CodeLens and show the response beside the file; a fault is fixed in the file and run again', async (workbench) => {
    const { page, sidebar, editors } = workbench;
    await untilShown(workbench.quickInput.with('API key of apiUser'), () => lens(page, 'Run').nth(1).click());
    await workbench.quickInput.answer('API key of apiUser', demoAccount.key);
    await lens(page, /passed, [\d.,]+ m?s/).waitFor();
    await editors.tab('First customers').waitFor();
    const view = editors.webview();
    await view.getByText('5 rows', { exact: true }).waitFor();
    await sidebar
      .view('Requests')
      .row(/First customers.*passed/)
      .waitFor();
    await workbench.screenshot('requests-run');

    await sidebar.view('Requests').inlineAction('By mail', 'Run Request');
    const fault = view.getByRole('alert');
    await fault.getByText('Fault 101', { exact: true }).waitFor();
    assert.deepEqual(await accessibility(view), []);
    await workbench.screenshot('requests-fault');
    await fault.getByRole('button', { name: 'Fix in Request' }).click();
    await view.getByText('50 rows', { exact: true }).waitFor();
    await workbench.screenshot('requests-fixed');
    await editors.tab('customers.maho.json').click();
    assert.match(await editors.visibleText(), /"filters": \{ "email": \{ "like": "%@%" \} \}/);
    await lens(page, /50 rows, [\d.,]+ m?s/).waitFor();
    await view.getByRole('tab', { name: 'Response XML' }).click();
    await view.getByRole('tabpanel', { name: 'Response XML' }).getByRole('button', { name: 'Open in editor' }).click();
    await editors.tab('customer.list response.xml').waitFor();
    await workbench.screenshot('requests-xml');
    await editors.close('customer.list response.xml');
    await press(page, 'ControlOrMeta+1');
    await press(page, 'ControlOrMeta+S');
  });

  test('are kept in the history, run again from there, and compared with the previous run', async (workbench) => {
    const { quickInput } = workbench;
    const history = await openHistory(workbench);
    await runMethod(workbench, 'customer_group.list', {}, async () => {
      await quickInput.pick('Staging');
    });
    await history.row(/customer_group\.list, Staging|customer_group\.list.*Staging/).waitFor();
    await history.inlineAction(/First customers/, 'Run Again');
    await until(async () => (await history.rows()).filter(({ description }) => description.includes('First customers')).length === 2);
    await history.inlineAction(/First customers/, 'Compare with Previous Run');
    await workbench.editors.tab(/customer\.list.*no difference/).waitFor();
    await workbench.screenshot('requests-compare');
    await workbench.editors.close(/customer\.list.*no difference/);
  });

  test('are tests if they have expectations, and failed expectations are shown at their line', async (workbench) => {
    const { page, quickInput, editors } = workbench;
    await editors.tab('customers.maho.json').click();
    await page.locator('.activitybar .action-item a[aria-label^="Testing"]').click();
    const tree = page.locator('.test-explorer');
    await tree.locator('.monaco-list-row', { hasText: 'customers.maho.json' }).first().waitFor();
    await quickInput.command('Test: Run Tests in Current File');
    const results = page.locator('.part.panel .monaco-list-row');
    await results.filter({ hasText: 'Nobody' }).filter({ hasText: 'fault.code: expected "101"' }).first().waitFor();
    for (const passed of ['First customers', 'Change a name']) await results.filter({ hasText: passed }).first().waitFor();
    await press(page, 'ControlOrMeta+1');
    await workbench.quickInput.goTo(23, 20);
    await quickInput.command('Test: Peek Output');
    const peek = page.locator('.zone-widget.test-output-peek');
    await peek.locator('.editor.original .view-line', { hasText: '101' }).first().waitFor();
    await peek.locator('.editor.modified .view-line', { hasText: '102' }).first().waitFor();
    await workbench.screenshot('requests-tests');
    await press(page, 'Escape');

    const answered = await sent(demo, 'customer.list');
    const before = await sent(demo, 'customer.info');
    await quickInput.command('Test: Rerun Failed Tests');
    await until(async () => (await sent(demo, 'customer.info')) === before + 1);
    assert.equal(await sent(demo, 'customer.list'), answered, 'only the failed one ran again');
    assert.deepEqual(await workbench.notifications.texts(), []);
  });

  test('are cancelled from the Test Explorer while they run', async (workbench) => {
    const { page, quickInput, editors } = workbench;
    const store = await demo;
    await editors.openFile('slow.maho.json');
    await lens(page, 'Run all').waitFor();
    store.setFaults({ slow: 60_000 });
    await quickInput.command('Test: Run Tests in Current File');
    await lens(page, /Cancel$/).waitFor();
    await quickInput.command('Test: Cancel Test Run');
    await until(async () => (await lens(page, 'cancelled').count()) >= 2);
    store.setFaults({});
    assert.deepEqual(await workbench.notifications.texts(), []);
  });

  test('that write ask for confirmation on production from every command, and are refused on a read-only store', async (workbench) => {
    const { page, quickInput, editors } = workbench;
    const store = await demo;
    await editors.openFile('shop.maho.json');
    await untilShown(quickInput.with('Type the name of the store'), () => lens(page, 'Run').nth(1).click());
    await workbench.screenshot('requests-production');
    await quickInput.dismiss();
    await lens(page, /was not confirmed|not sent/i).waitFor();
    assert.equal(store.customers(), 50);
    await quickInput.command('Test: Run Tests in Current File');
    await workbench.quickInput.answer('Type the name of the store', 'Shop');
    await lens(page, /passed, [\d.,]+ m?s/).waitFor();
    assert.equal(store.customers(), 51);
    await editors.openFile('archive.maho.json');
    await lens(page, 'on Archive').waitFor();
    // A write is not offered, and it is refused by every command.
    await page.locator('.editor-group-container .codelens-decoration', { hasText: 'Read-only' }).waitFor();
    await quickInput.command('Test: Run Tests in Current File');
    await lens(page, /read-only/).waitFor();
    await workbench.screenshot('requests-read-only');
    assert.equal(store.customers(), 51);
  });

  test('of invalid files are not sent, and the errors are shown in the files', async (workbench) => {
    const { page, quickInput, editors, notifications, folder } = workbench;
    const runs = async (file: string, told: RegExp): Promise<void> => {
      await editors.openFile(file);
      await quickInput.command('Maho SOAP: Run All Requests of File');
      await notifications.with(told).waitFor();
    };
    const listed = await sent(demo, 'customer_group.list');
    await quickInput.command('Maho SOAP: Run All Requests');
    await quickInput.with('Type the name of the store').waitFor();
    await quickInput.dismiss();
    // Archive is first, slow.maho.json is after the invalid files.
    await notifications.with(/2 files did not run\. bad\/broken\.maho\.json cannot be run/).waitFor();
    assert.equal(await sent(demo, 'customer_group.list'), listed + 3);
    await workbench.screenshot('requests-run-all');
    await quickInput.command('Notifications: Clear All Notifications');
    await runs('broken.maho.json', /broken\.maho\.json cannot be run.*Line 4, column 5: Expected a comma/);
    await runs('nowhere.maho.json', /There is no store "Nowhere"/);
    await runs('types.maho.json', /2 could not run/);
    await lens(page, 'The variable "one" contains itself').waitFor();
    await lens(page, /"Wrong" is not a valid request/).waitFor();
    await workbench.screenshot('requests-bad');
    await lens(page, 'no environment').click();
    await quickInput.pick('gone');
    await lens(page, 'environment gone').waitFor();
    await rm(path.join(folder, 'gone.env.json'));
    await until(async () => (await page.locator('.squiggly-warning').count()) > 0);
    await runs('slow.maho.json', /The environment file gone\.env\.json cannot be read/);
    await lens(page, 'environment gone').click();
    await quickInput.pick('No Environment');
    await lens(page, 'no environment').waitFor();
    await quickInput.command('Notifications: Clear All Notifications');
  });

  test('are in the history after a reload, without secrets, and can be copied, saved and deleted there', async (workbench) => {
    const { page, quickInput, editors, notifications, folder } = workbench;
    await editors.openFile('customers.maho.json');
    await workbench.reload();
    await workbench.sidebar.open();
    const history = await openHistory(workbench);
    await history.row(/Create, Shop/).waitFor();
    const rows = (await history.rows()).length;
    await history.row(/Today|Yesterday/).waitFor();
    await quickInput.offers('Maho SOAP: Clear History');
    const kept = await keptFile(workbench, 'history.json');
    assert.ok(kept.includes('customer.create'));
    for (const secret of [password, demoAccount.key]) assert.ok(!kept.includes(secret), secret);
    assert.doesNotMatch(kept, /<sessionId[^>]*>[0-9a-f]{16,}/);

    await history.click(/Create, Shop/);
    // After a reload the response is no longer in memory, so it is decoded again from its file.
    const view = editors.webview();
    await view.getByText('from the history. Secrets are masked.', { exact: false }).waitFor();
    await view.locator('.facts', { hasText: '200 OK' }).waitFor();
    await workbench.screenshot('requests-history');
    await history.contextMenu(/Groups|A, Staging/, 'Copy Exchange As');
    await quickInput.pick('curl');
    await copied(page, 'curl');
    await history.contextMenu(/Create, Shop/, 'Save as Request File');
    await editors.tab(/customer_create\.maho\.json/).waitFor();
    await press(page, 'ControlOrMeta+S');
    const saved = path.join(folder, 'customer_create.maho.json');
    await until(async () => (await readdir(folder)).includes(path.basename(saved)) && (await readFile(saved, 'utf8')) !== '');
    assert.match(await readFile(saved, 'utf8'), /"store": "Shop"[^]*"password": "\{\{password\}\}"/);
    await history.contextMenu(/Create, Shop/, 'Delete from History');
    await until(async () => (await history.rows()).length === rows - 1);
    await quickInput.command('Maho SOAP: Clear History');
    await notifications.pressInDialog('Clear History');
    await page.getByText('Requests, changes and opened customers of this workspace appear here.').waitFor();
    await quickInput.offers('Maho SOAP: Clear History', false);
  });
});

describe('A new user with an empty folder', () => {
  const test = inWorkbench(() => ({}));

  test('creates a request file from the view, and is asked to add a store when running it', async (workbench) => {
    const { page, sidebar, editors, notifications } = workbench;
    await sidebar.open();
    await page.locator('.sidebar .welcome-view a, .sidebar .welcome-view .monaco-button', { hasText: 'New Request File' }).click();
    await editors.tab('requests.maho.json').waitFor();
    await lens(page, 'select a store').waitFor();
    await workbench.screenshot('requests-new-file');
    await page.keyboard.type('Everybody new');
    await lens(page, 'Run').nth(1).click();
    await notifications.press('No stores yet', 'Start Demo Store');
    await editors.tab('Everybody new').waitFor();
    await editors.webview().locator('.facts', { hasText: '200 OK' }).waitFor();
    await lens(page, 'Run all').click();
    await until(async () => (await lens(page, /passed, [\d.,]+ m?s/).count()) === 3);
    await sidebar.view('Requests').expand('requests.maho.json');
    await sidebar
      .view('Requests')
      .row(/Clean up.*passed/)
      .waitFor();
    await workbench.screenshot('requests-new-user');
    assert.deepEqual(await notifications.texts(), []);
  });

  test('sees the files of both folders, and runs the chosen one', async (workbench) => {
    const { page, sidebar, folder, quickInput } = workbench;
    const two = path.join(folder, '../two');
    for (const name of ['alpha', 'beta']) {
      await mkdir(path.join(two, name), { recursive: true });
      await writeFile(path.join(two, name, 'groups.maho.json'), JSON.stringify({ requests: [group] }, undefined, 2));
    }
    const file = path.join(two, 'both.code-workspace');
    await writeFile(file, JSON.stringify({ folders: [{ path: 'alpha' }, { path: 'beta' }] }));
    const url = new URL(page.url());
    url.searchParams.delete('folder');
    url.searchParams.set('workspace', file);
    await page.goto(url.href);
    await sidebar.icon.waitFor();
    await sidebar.open();
    const requests = sidebar.view('Requests');
    await requests.row(/groups\.maho\.json.*beta/).waitFor();
    assert.deepEqual(
      (await requests.rows()).map(({ label, description }) => [label, description]),
      [
        ['groups.maho.json', 'alpha'],
        ['groups.maho.json', 'beta'],
      ],
    );
    await quickInput.command('Maho SOAP: Start Demo Store');
    await requests.expand(/groups\.maho\.json.*alpha/);
    await requests.expand(/groups\.maho\.json.*beta/);
    await requests.inlineAction(/Groups/, 'Run');
    await requests.row(/Groups.*passed/).waitFor();
    await workbench.screenshot('requests-two-folders');
    assert.deepEqual(
      (await requests.rows()).filter(({ level }) => level === 2).map(({ description }) => description.includes('passed')),
      [true, false],
    );
  });
});

/** How many calls of a method a store has received. */
async function sent(demo: ReturnType<typeof startDemoStore>, method: string): Promise<number> {
  return (await demo).requests.filter((request) => request.method === method).length;
}

function lens(page: Page, title: string | RegExp): Locator {
  return page.locator('.editor-group-container .codelens-decoration a', { hasText: title });
}

async function openHistory({ page, sidebar }: Workbench): Promise<ReturnType<Workbench['sidebar']['view']>> {
  const header = page.locator('.sidebar .pane-header', { hasText: /^\s*History/i });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  return sidebar.view('History');
}
