// A program that calls a store through the window. The window shows each of its calls as it happens.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import { createClientAsync } from 'soap';
import { startDemoStore } from '../../src/demo';
import { copied } from './support/clipboard';
import { press } from './support/focus';
import { demoAccount } from './support/stores';
import { inWorkbench } from './support/suite';
import { themes, useTheme } from './support/themes';
import { until } from './support/waiting';
import type { Tree } from './support/sidebar';
import type { Workbench } from './support/workbench';

/** Calls of a program with the soap package. */
type Call = (operation: string, args: object) => Promise<unknown>;

async function program(address: string): Promise<Call> {
  const client = await createClientAsync(address);
  const call: Call = async (operation, args) => {
    const method: unknown = client[`${operation}Async`];
    assert.ok(typeof method === 'function');
    const answered: unknown = await Promise.resolve(Reflect.apply(method, client, [args]));
    if (!Array.isArray(answered)) return undefined;
    const parts: readonly unknown[] = answered;
    return parts[0];
  };
  const login = await call('login', { username: demoAccount.user, apiKey: demoAccount.key });
  const sessionId = /[0-9a-f]{32}/.exec(JSON.stringify(login))?.[0];
  return (operation, args) => call(operation, { sessionId, ...args });
}

describe('Watching a program', () => {
  const demo = startDemoStore({ product: 'maho@26.7', customers: 12 });
  after(async () => {
    await (await demo).close();
  });
  const test = inWorkbench(async () => ({
    settings: {
      'mahoSoap.stores': [{ name: 'Shop', url: (await demo).urls.v2, user: demoAccount.user, dialect: 'v2', readOnly: true }],
    },
  }));
  let address = '';

  test('starts from a store, and shows the address for the program', async (workbench) => {
    const { sidebar, quickInput, notifications, page, screenshot } = workbench;
    await sidebar.open();
    await sidebar.tree.contextMenu('Shop', "Watch a Program's Calls");
    await quickInput.with('Select whether the program may write').waitFor();
    await screenshot('watch question');
    await quickInput.pick('Refuse Writes');
    const said = notifications.with('in your program in place of the URL');
    await said.waitFor();
    await screenshot('watch started');
    address = /http:\/\/127\.0\.0\.1:\d+\/\S+\?wsdl/.exec(await said.innerText())?.[0] ?? assert.fail(await said.innerText());
    assert.match(address, /\/api\/v2_soap\/\?wsdl$/);
    await notifications.press('in your program in place of the URL', 'Copy URL');
    await page.waitForFunction(async (wanted) => (await navigator.clipboard.readText()) === wanted, address);
    await page.locator('.statusbar-item', { hasText: `Watching Shop at ${new URL(address).host}` }).waitFor();
  });

  test('shows each call of the soap package while the program runs: rows, traps, faults, refused writes, time', async (workbench) => {
    const history = await openHistory(workbench);
    const call = await program(address);
    await call('customerCustomerList', {
      filters: { complex_filter: { item: { key: 'customer_id', value: { key: 'lteq', value: '3' } } } },
    });
    await history.reveal(/customer\.list.*Shop, [\d.,]+ m?s/);
    await assert.rejects(call('customerCustomerInfo', { customerId: 9999 }));
    await history.reveal(/customer\.info 9999.*Shop, fault 102/);
    await assert.rejects(call('customerCustomerUpdate', { customerId: 1, customerData: { firstname: 'X' } }), /read-only/);
    await history.reveal(/customer\.update 1.*Shop, refused/);
    await workbench.screenshot('watch history');
    const store = await demo;
    assert.ok(!store.requests.some(({ method }) => method === 'customer.update'), 'the write did not reach the store');
  });

  test('opens a call with its response, a fault with its advice, and a refused call with the reason', async (workbench) => {
    const { editors, screenshot, screenshotAsIs } = workbench;
    const history = await openHistory(workbench);
    const body = editors.webview().locator('body');
    await history.click(/customer\.info 9999/);
    await body.filter({ hasText: '102' }).filter({ hasText: '9999' }).waitFor();
    await screenshot('watch fault');
    await history.click(/customer\.update 1/);
    await body.filter({ hasText: 'was not passed on' }).waitFor();
    await screenshot('watch refused');
    await history.click(/customer\.list/);
    await body.filter({ hasText: 'customer_id' }).waitFor();
    for (const theme of Object.keys(themes) as (keyof typeof themes)[]) {
      await useTheme(workbench, theme);
      await screenshotAsIs(`watch list ${theme}`);
    }
    await useTheme(workbench, 'dark');
    assert.deepEqual(workbench.csp.all, []);
  });

  test('creates a request file and a program from a call, and compares it with the previous one', async (workbench) => {
    const { editors, quickInput, page, folder } = workbench;
    await editors.closeAll();
    const history = await openHistory(workbench);
    const call = await program(address);
    await call('customerCustomerInfo', { customerId: 2 });
    const row = /customer\.info 2(?!\d)/;
    await history.contextMenu(row, 'Save as Request File');
    await editors.tab(/customer_info\.maho\.json/).waitFor();
    await press(page, 'ControlOrMeta+S');
    const saved = path.join(folder, 'customer_info.maho.json');
    await until(async () => (await readdir(folder)).includes(path.basename(saved)) && (await readFile(saved, 'utf8')) !== '');
    assert.deepEqual(JSON.parse(await readFile(saved, 'utf8')), {
      store: 'Shop',
      requests: [{ name: 'customer.info', method: 'customer.info', dialect: 'v2', args: { customerId: 2 } }],
    });
    await history.contextMenu(row, 'Copy Exchange As');
    await quickInput.pick('PHP');
    const copiedProgram = await copied(page, 'customerCustomerInfo');
    assert.ok(copiedProgram.includes((await demo).urls.v2) && !copiedProgram.includes(demoAccount.key), copiedProgram);
    // Another client changes the customer, and the program reads it again.
    const direct = await program(`${(await demo).urls.v2}?wsdl`);
    await direct('customerCustomerUpdate', { customerId: 2, customerData: { firstname: 'Later' } });
    await call('customerCustomerInfo', { customerId: 2 });
    await history.contextMenu(row, 'Compare with Previous Run');
    await editors.tab(/customer\.info.*[1-9]\d* differences?/).waitFor();
    await workbench.screenshot('watch compare');
  });
});

async function openHistory({ page, sidebar }: Workbench): Promise<Tree> {
  const header = page.locator('.sidebar .pane-header', { hasText: /^\s*History/i });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  return sidebar.view('History');
}
