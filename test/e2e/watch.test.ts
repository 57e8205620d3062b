// Programs that ask a store through the window: PHP's SoapClient, the soap package and fetch, each call of which is seen as it happens.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import { createClientAsync } from 'soap';
import { startDemoStore } from '../../src/demo';
import { phpSkip, runPhp } from '../support/php';
import { demoAccount } from './support/stores';
import { inWorkbench } from './support/suite';
import { themes, useTheme } from './support/themes';
import { until } from './support/waiting';
import type { Tree } from './support/sidebar';
import type { Workbench } from './support/workbench';

const PHP = `<?php
$soap = new SoapClient(getenv('STORE'), ['cache_wsdl' => WSDL_CACHE_NONE]);
$session = $soap->login('apiUser', 'apiKey12345');
$soap->customerCustomerInfo($session, 2);
try { $soap->customerCustomerInfo($session, 9999); } catch (SoapFault $fault) { echo $fault->faultcode; }
try { $soap->customerCustomerUpdate($session, 1, ['password' => 'hunter22x']); } catch (SoapFault $fault) { echo $fault->faultstring; }
`;

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

  test('starts at a store, and says which address the program takes', async (workbench) => {
    const { sidebar, quickInput, notifications, page, screenshot } = workbench;
    await sidebar.open();
    await sidebar.tree.contextMenu('Shop', "Watch a Program's Calls");
    await quickInput.with('May the program change it?').waitFor();
    await screenshot('watch question');
    await quickInput.pick('Refuse Writes');
    const said = notifications.with('Give your program');
    await said.waitFor();
    await screenshot('watch started');
    address = /http:\/\/127\.0\.0\.1:\d+\/\S+\?wsdl/.exec(await said.innerText())?.[0] ?? assert.fail(await said.innerText());
    assert.match(address, /\/api\/v2_soap\/\?wsdl$/);
    await notifications.press('Give your program', 'Copy Address');
    await page.waitForFunction(async (wanted) => (await navigator.clipboard.readText()) === wanted, address);
    await page.locator('.statusbar-item', { hasText: `Watching Shop at ${new URL(address).host}` }).waitFor();
  });

  test('shows each call of the soap package while the program goes on: rows, traps, faults, refused writes, time', async (workbench) => {
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

  test('opens a call with its answer, a fault with what to do, and a refused one with why', async (workbench) => {
    const { editors, screenshot } = workbench;
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
      await screenshot(`watch list ${theme}`);
    }
    await useTheme(workbench, 'dark');
    assert.deepEqual(workbench.csp.all, []);
  });

  test('makes a request file and a program of a call, and compares it with the one before', async (workbench) => {
    const { editors, quickInput, page, folder } = workbench;
    await editors.closeAll();
    const history = await openHistory(workbench);
    const call = await program(address);
    await call('customerCustomerInfo', { customerId: 2 });
    const row = /customer\.info 2\b/;
    await history.reveal(row);
    await history.contextMenu(row, 'Save as Request File');
    await editors.tab(/customer_info\.maho\.json/).waitFor();
    await page.keyboard.press('ControlOrMeta+S');
    const saved = path.join(folder, 'customer_info.maho.json');
    await until(async () => (await readdir(folder)).includes(path.basename(saved)) && (await readFile(saved, 'utf8')) !== '');
    const file: unknown = JSON.parse(await readFile(saved, 'utf8'));
    assert.deepEqual(file, {
      store: 'Shop',
      requests: [{ name: 'customer.info', method: 'customer.info', dialect: 'v2', args: { customerId: 2 } }],
    });
    await history.contextMenu(row, 'Copy Exchange As');
    await quickInput.pick('PHP');
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).includes('customerCustomerInfo'));
    const store = await demo;
    store.setClock({ advance: 60 });
    const soap = await program(store.urls.v2.concat('?wsdl'));
    await soap('customerCustomerUpdate', { customerId: 2, customerData: { firstname: 'Later' } });
    await call('customerCustomerInfo', { customerId: 2 });
    await until(async () => (await history.rows()).filter(({ label }) => row.test(label)).length === 2);
    await history.contextMenu(row, 'Compare with Previous Run');
    await editors.tab(/customer\.info.*[1-9]\d* differences?/).waitFor();
    await workbench.screenshot('watch compare');
  });

  test('shows the calls of a program over REST, its refused write and its error, and keeps no token', async (workbench) => {
    const { editors, screenshot } = workbench;
    await editors.closeAll();
    const history = await openHistory(workbench);
    const base = `${new URL(address).origin}/api/rest/v2`;
    const ask = (verb: string, place: string, token?: string, body?: unknown): Promise<Response> =>
      fetch(`${base}${place}`, {
        method: verb,
        headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const login = { grant_type: 'api_user', username: demoAccount.user, api_key: demoAccount.key };
    const { token } = (await (await ask('POST', '/auth/token', undefined, login)).json()) as { readonly token: string };
    await (await ask('GET', '/customers?itemsPerPage=5', token)).text();
    await history.reveal(/GET \/customers.*Shop, [\d.,]+ m?s/);
    await (await ask('GET', '/customers/9999', token)).text();
    await history.reveal(/GET \/customers\/9999.*Shop, fault 102/);
    const refused = await ask('PUT', '/customers/1', token, { firstname: 'X' });
    assert.deepEqual([refused.status, /was not passed on/.test(await refused.text())], [403, true]);
    await history.reveal(/PUT \/customers\/1.*Shop, refused/);
    await screenshot('watch rest');
    await history.click(/GET \/customers(?!\/)/);
    await editors.webview().locator('body').filter({ hasText: 'totalItems' }).waitFor();
    await screenshot('watch rest answer');
    await workbench.reload();
    await workbench.sidebar.open();
    await (await openHistory(workbench)).reveal(/PUT \/customers\/1/);
    const kept = await readFile(await fileNamed(path.join(workbench.folder, '../data'), 'history.json'), 'utf8');
    for (const secret of [token, demoAccount.key]) assert.ok(!kept.includes(secret));
    await assert.rejects(fetch(address), 'a window that ended watches nothing');
  });

  test("shows PHP's calls at the same address after a reload, until it is stopped", async (workbench) => {
    const { sidebar, quickInput, notifications, page } = workbench;
    await sidebar.tree.contextMenu('Shop', "Watch a Program's Calls");
    await quickInput.with('May the program change it?').waitFor();
    await quickInput.pick('Refuse Writes');
    await notifications.with(`Give your program ${address}`).waitFor();
    const history = await openHistory(workbench);
    if (phpSkip === false) {
      const ran = await runPhp(PHP, { STORE: address });
      assert.match(ran.stdout, /^102.*was not passed on/);
      await until(async () => (await history.rows()).filter(({ label }) => label.startsWith('customer.update 1')).length === 2);
    }
    await quickInput.command('Maho SOAP: Stop Watching');
    await page.locator('.statusbar-item', { hasText: 'Watching Shop' }).waitFor({ state: 'detached' });
    await assert.rejects(fetch(address));
  });
});

async function openHistory({ page, sidebar }: Workbench): Promise<Tree> {
  const header = page.locator('.sidebar .pane-header', { hasText: /^\s*History/i });
  if ((await header.getAttribute('aria-expanded')) !== 'true') await header.click();
  return sidebar.view('History');
}

async function fileNamed(folder: string, name: string): Promise<string> {
  const found = (await readdir(folder, { recursive: true })).find((file) => path.basename(file) === name);
  assert.ok(found !== undefined, `There is no ${name} in ${folder}`);
  return path.join(folder, found);
}
