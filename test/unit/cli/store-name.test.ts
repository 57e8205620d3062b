// Every command for a single store finds it in the settings by --store, and sends nothing to a host that the user did not allow.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { commands } from '../../../src/cli/commands';
import { run } from '../../../src/cli/run-cli';
import { startDemoStore } from '../../../src/demo';

/** A command line for each command that takes `--store`. */
const lines: Readonly<Record<string, readonly string[]>> = {
  run: ['requests.maho.json'],
  call: ['customer_group.list'],
  doctor: [],
  types: ['--language', 'php', '--out', '-'],
};

async function shop(t: TestContext, entry: object = {}) {
  const received: string[] = [];
  const store = await startDemoStore({ customers: 2, port: 0, wsiPort: 0, onRequest: ({ method }) => received.push(method) });
  const folder = mkdtempSync(join(tmpdir(), 'maho-soap-'));
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const url = new URL(store.urls.v2);
  const [user] = store.users;
  mkdirSync(join(folder, '.vscode'));
  writeFileSync(
    join(folder, '.vscode', 'settings.json'),
    JSON.stringify({ 'mahoSoap.stores': [{ name: 'My shop', url: url.origin, user: user?.user, ...entry }] }),
  );
  writeFileSync(join(folder, 'requests.maho.json'), JSON.stringify({ requests: [{ name: 'A', method: 'customer_group.list' }] }));
  const cli = async ([name = '', ...args]: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    let out = '';
    let err = '';
    const named = args.map((arg) => (arg.endsWith('.maho.json') ? join(folder, arg) : arg));
    const code = await run([name, ...named, '--settings', join(folder, '.vscode', 'settings.json')], {
      out: (text) => Promise.resolve(void (out += text)),
      err: (text) => Promise.resolve(void (err += text)),
      env,
      input: () => Promise.resolve(''),
      stop: new AbortController().signal,
    });
    return { code, out, err };
  };
  return { cli, received, host: url.host, key: user?.key ?? '', url: url.origin };
}

suite('--store', () => {
  test('is taken by every command that takes --url', () => {
    const takers = Object.entries(commands).filter(([, { options }]) => Object.hasOwn(options, 'url') && Object.hasOwn(options, 'user'));
    for (const [name, { options }] of takers)
      for (const option of ['store', 'settings', 'allow-host']) assert.ok(Object.hasOwn(options, option), `${name} --${option}`);
    for (const name of Object.keys(lines)) assert.ok(takers.some(([taker]) => taker === name));
  });

  for (const [name, rest] of Object.entries(lines)) {
    test(`of ${name} sends nothing to a host that is not allowed, and works once it is allowed`, async (t) => {
      const { cli, received, host, key } = await shop(t);
      const env = { MAHO_SOAP_KEY_MY_SHOP: key };
      const refused = await cli([name, ...rest, '--store', 'My shop'], env);
      assert.equal(refused.code, 2);
      assert.match(refused.out + refused.err, /this host is not allowed[^]*--allow-host 127\.0\.0\.1:\d+/);
      assert.deepEqual(received, []);
      const allowed = await cli([name, ...rest, '--store', 'My shop', '--allow-host', host], env);
      assert.equal(allowed.code, 0, allowed.out + allowed.err);
      assert.ok(allowed.out.length > 20);
      const byVariable = await cli([name, ...rest, '--store', 'My shop'], { ...env, MAHO_SOAP_HOSTS: host });
      assert.equal(byVariable.code, 0);
    });

    test(`of ${name} is reported if the store is unknown, or if there is also --url`, async (t) => {
      const { cli, url } = await shop(t);
      const unknown = await cli([name, ...rest, '--store', 'Your shop']);
      assert.equal(unknown.code, 2);
      assert.match(unknown.out + unknown.err, /There is no store "Your shop"[^]*has "My shop"/);
      const both = await cli([name, ...rest, '--store', 'My shop', '--url', url]);
      assert.match(both.err, /--store and --url cannot be used together/);
    });
  }

  test('of call respects the restrictions of the settings', async (t) => {
    const { cli, host, key } = await shop(t, { readOnly: true });
    const env = { MAHO_SOAP_KEY: key, MAHO_SOAP_HOSTS: host };
    assert.equal((await cli(['call', 'customer.info', '[1]', '--store', 'My shop'], env)).code, 0);
    const write = await cli(['call', 'customer.delete', '[1]', '--store', 'My shop'], env);
    assert.equal(write.code, 2);
    assert.match(write.err, /read-only/);
  });

  test('of call asks for the name of a production store before a write', async (t) => {
    const { cli, host, key } = await shop(t, { environment: 'production' });
    const env = { MAHO_SOAP_KEY: key, MAHO_SOAP_HOSTS: host };
    const write = ['call', 'customer.delete', '[1]', '--store', 'My shop'];
    assert.match((await cli(write, env)).err, /--confirm "My shop"/);
    assert.equal((await cli([...write, '--confirm', 'My shop'], env)).code, 0);
  });

  test('reads the key from the variable of the store, warns of white space, and names missing variables', async (t) => {
    const { cli, host, key } = await shop(t);
    const line = ['call', 'customer_group.list', '--store', 'My shop', '--allow-host', host];
    assert.equal((await cli(line, { MAHO_SOAP_KEY: 'wrong', MAHO_SOAP_KEY_MY_SHOP: key })).code, 0);
    assert.match((await cli(line, { MAHO_SOAP_KEY_MY_SHOP: `${key} ` })).err, /Check MAHO_SOAP_KEY_MY_SHOP/);
    assert.match((await cli(line)).err, /MAHO_SOAP_KEY/);
  });
});
