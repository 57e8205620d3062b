// A program that calls a store through this window: a real SOAP client in a separate process, if PHP is installed.
import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { createClientAsync } from 'soap';
import * as vscode from 'vscode';
import { isRecord } from '../../src/api/value';
import { generateCode } from '../../src/codegen';
import { startDemoStore, type DemoStore } from '../../src/demo';
import { ExchangeHistory } from '../../src/extension/calls/exchange-history';
import { HistoryTree } from '../../src/extension/history/history-view';
import { Log } from '../../src/extension/log/log';
import { Store } from '../../src/extension/stores/store';
import { Watching, type WatchPorts } from '../../src/extension/watch/watching';
import { compareResults, toRequestFile } from '../../src/requests';
import { openTransport } from '../../src/store/calls/open-transport';
import type { StoreConfig } from '../../src/store/settings/config';
import { activateOurs, eventually } from './support/extension';

const run = promisify(execFile);
const PHP = `
$soap = new SoapClient(getenv('STORE') . '/api/v2_soap/?wsdl', ['cache_wsdl' => WSDL_CACHE_NONE]);
$session = $soap->login('apiUser', 'apiKey12345');
$soap->customerCustomerList($session, ['complex_filter' => [
  ['key' => 'customer_id', 'value' => ['key' => 'gteq', 'value' => '1']], ['key' => 'customer_id', 'value' => ['key' => 'lteq', 'value' => '3']]]]);
try { $soap->customerCustomerInfo($session, 9999); } catch (SoapFault $fault) { echo $fault->faultcode; }
try { $soap->customerCustomerUpdate($session, 1, ['password' => 'hunter22x']); } catch (SoapFault $fault) { echo $fault->faultstring; }
`;

suite('Watching a program', () => {
  const kept = new Map<string, unknown>();
  const memory: vscode.Memento = {
    keys: () => [...kept.keys()],
    get: (key: string, usual?: unknown) => kept.get(key) ?? usual,
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
  };
  const changed = new vscode.EventEmitter<void>();
  const demos: DemoStore[] = [];
  let stores: readonly Store[] = [];
  let history: ExchangeHistory;
  let tree: HistoryTree;
  let watching: Watching;

  setup(() => {
    history = new ExchangeHistory(undefined, new Log());
    tree = new HistoryTree(history);
    const ports: WatchPorts = {
      history,
      onExchange: () => undefined,
      memory,
      stores: {
        get all() {
          return stores;
        },
        onDidChange: changed.event,
      },
      open: async (store) => {
        const { config } = store.forDoctor();
        return { config, transport: await openTransport(config, {}, undefined) };
      },
    };
    watching = new Watching(ports);
  });

  teardown(async () => {
    await watching.close();
    watching.dispose();
    tree.dispose();
    history.dispose();
    for (const store of stores) store.dispose();
    stores = [];
    await Promise.all(demos.splice(0).map((demo) => demo.close()));
  });

  async function storeWith(more: Partial<StoreConfig>): Promise<Store> {
    const demo = await startDemoStore({ customers: 5 });
    demos.push(demo);
    const config = { name: 'Shop', url: demo.urls.v2, user: 'someoneElse', ...more };
    const nothing = (): Promise<undefined> => Promise.resolve(undefined);
    const store = new Store(
      { id: 'shop', name: 'Shop', config, problem: undefined, listed: undefined },
      { key: nothing, webPassword: nothing, askKey: () => Promise.resolve(false), onKeyRefused: nothing, onExchange: () => undefined },
    );
    stores = [store];
    return store;
  }

  /** The rows of the view as text, the oldest first. */
  async function rows(): Promise<readonly string[]> {
    const days = await tree.getChildren();
    const all = (await Promise.all(days.map((day) => tree.getChildren(day)))).flat().map((row) => tree.getTreeItem(row));
    return all
      .reverse()
      .map(({ label, description }) => `${typeof label === 'string' ? label : (label?.label ?? '')}: ${String(description)}`);
  }

  test('shows each call of PHP in the history, with traps, faults, refusals, time and actions', async function () {
    if (spawnSync('php', ['-r', 'exit(extension_loaded("soap") ? 0 : 1);']).status !== 0) this.skip();
    const store = await storeWith({ readOnly: true });
    const { url } = await watching.start(store, false);
    const { stdout } = await run('php', ['-d', 'soap.wsdl_cache_enabled=0', '-r', PHP], { env: { ...process.env, STORE: url } });
    assert.match(stdout, /^102.*was not passed on/);
    const shown = await eventually('all calls are there', async () => ((await rows()).length === 3 ? await rows() : undefined));
    assert.match(shown[0] ?? '', /^customer\.list: Shop, [\d.,]+ m?s, 1 trap, /);
    assert.match(shown[1] ?? '', /^customer\.info 9999: Shop, fault 102, /);
    assert.match(shown[2] ?? '', /^customer\.update 1: Shop, refused, /);
    const [update, info, list] = history.entries;
    assert.ok(update !== undefined && info !== undefined && list !== undefined);
    assert.deepEqual(list.args, { filters: { customer_id: { gteq: '1', lteq: '3' } } });
    assert.ok(!/apiKey12345|hunter22x/.test(JSON.stringify(history.entries)));
    assert.match(toRequestFile([info]), /"customerId": 9999/);
    const program = generateCode(
      { url, user: 'apiUser', dialect: 'v2', namespace: undefined, method: list.method, args: isRecord(list.args) ? list.args : {} },
      'php',
    );
    assert.match(program, /customerCustomerList/);
    assert.deepEqual([watching.of(store)?.refused, (watching.of(store)?.calls ?? 0) >= 4], [1, true]);
  });

  test('shows each call over REST in the history, with errors and refusals, and without its token', async () => {
    const store = await storeWith({ readOnly: true });
    const { url } = await watching.start(store, false);
    const ask = async (verb: string, path: string, body?: unknown, token?: string): Promise<string> => {
      const answer = await fetch(`${url}/api/rest/v2${path}`, {
        method: verb,
        headers: { 'Content-Type': 'application/json', ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return `${answer.status} ${await answer.text()}`;
    };
    const login = await ask('POST', '/auth/token', { grant_type: 'api_user', username: 'apiUser', api_key: 'apiKey12345' });
    const token = /"token":"([^"]+)"/.exec(login)?.[1] ?? assert.fail(login);
    await ask('GET', '/customers?itemsPerPage=3', undefined, token);
    await ask('GET', '/customers/9999', undefined, token);
    assert.match(await ask('PUT', '/customers/1', { firstname: 'X' }, token), /^403 .*was not passed on/);
    const shown = await eventually('all calls are there', async () => ((await rows()).length === 3 ? await rows() : undefined));
    assert.match(shown[0] ?? '', /^GET \/customers: Shop, [\d.,]+ m?s, /);
    assert.match(shown[1] ?? '', /^GET \/customers\/9999: Shop, fault 404, /);
    assert.match(shown[2] ?? '', /^PUT \/customers\/1: Shop, refused, /);
    const kept = JSON.stringify(history.entries);
    assert.ok(!kept.includes(token) && !kept.includes('apiKey12345'));
    const [, , list] = history.entries;
    assert.match(toRequestFile(list === undefined ? [] : [list]), /"method": "GET \/customers",\s+"dialect": "rest"/);
  });

  test('a second run of the same call is compared with the first', async () => {
    const store = await storeWith({});
    const { url } = await watching.start(store, false);
    const client = await createClientAsync(`${url}/api/v2_soap/?wsdl`);
    const call = async (operation: string, args: object): Promise<unknown> => {
      const method: unknown = client[`${operation}Async`];
      assert.ok(typeof method === 'function');
      const answered: unknown = await Promise.resolve(Reflect.apply(method, client, [args]));
      return Array.isArray(answered) ? answered[0] : undefined;
    };
    const sessionId = /[0-9a-f]{32}/.exec(JSON.stringify(await call('login', { username: 'apiUser', apiKey: 'apiKey12345' })))?.[0];
    const read = async (): Promise<unknown> => await call('customerCustomerInfo', { sessionId, customerId: 1 });
    await read();
    await call('customerCustomerUpdate', { sessionId, customerId: 1, customerData: { firstname: 'Later' } });
    await read();
    const entries = await eventually('all calls are there', () => (history.entries.length === 3 ? history.entries : undefined));
    const [after] = entries;
    assert.ok(after !== undefined);
    const before = await history.previous(after);
    assert.ok(before?.value !== undefined && after.value !== undefined);
    assert.ok(compareResults(before.value, after.value).changes.some(({ path }) => path.includes('firstname')));
  });

  test('ends when it is stopped or when the settings of the store change, and starts again at the same address', async () => {
    const store = await storeWith({});
    const first = await watching.start(store, false);
    assert.equal(await watching.start(store, false), first, 'it is not started twice');
    await watching.stop(store);
    await assert.rejects(fetch(`${first.url}/api/soap/?wsdl`));
    const again = await watching.start(store, false);
    assert.equal(again.url, first.url);
    stores = [];
    changed.fire();
    assert.deepEqual(watching.all, []);
    await eventually(
      'nothing answers there',
      async () =>
        await fetch(first.url).then(
          () => undefined,
          () => true,
        ),
    );
    store.dispose();
  });

  test('is started, shown and stopped by commands', async () => {
    await activateOurs();
    await vscode.commands.executeCommand('mahoSoap.demo.start');
    try {
      await vscode.env.clipboard.writeText('');
      const starting = vscode.commands.executeCommand('mahoSoap.watch.start');
      const address = await eventually('the demo store is watched', async () => {
        // Chooses the first store once the stores are offered.
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await vscode.commands.executeCommand('mahoSoap.watch.copyAddress');
        const text = await vscode.env.clipboard.readText();
        return text === '' ? undefined : text;
      });
      await starting;
      assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/api\/soap\/\?wsdl$/);
      const wsdl = await (await fetch(address)).text();
      assert.ok(wsdl.includes(`location="${address.replace('?wsdl', '')}`), 'the WSDL has the address that was copied');
      await vscode.commands.executeCommand('mahoSoap.watch.stop');
      await assert.rejects(fetch(address));
    } finally {
      await vscode.commands.executeCommand('mahoSoap.demo.stop');
    }
  });
});
