// An address from the command line is under the restrictions of the settings for the same shop, in every spelling.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { cli, demo, type CliResult } from '../requests/support';
import { branch } from './hostile';

const remove = { name: 'Remove', method: 'customer.delete', args: [5] };
const raw =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><n:customerCustomerDelete ' +
  'xmlns:n="urn:Maho"><sessionId>{{session}}</sessionId><customerId>5</customerId></n:customerCustomerDelete></e:Bo' +
  'dy></e:Envelope>';

interface There {
  readonly port: number;
  readonly customers: () => number;
  readonly run: (...args: readonly string[]) => Promise<CliResult>;
  readonly runWith: (env: Readonly<Record<string, string>>, ...args: readonly string[]) => Promise<CliResult>;
}

async function cliIn(folder: string, ...[args, env]: Parameters<typeof cli>): Promise<CliResult> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await cli(args, env);
  } finally {
    process.chdir(before);
  }
}

async function there(t: TestContext, guard: object, entryUrl?: (port: number) => string): Promise<There> {
  const store = await demo(t);
  const port = store.ports.rpc;
  const folder = branch(t, {
    '.vscode/settings.json': { 'mahoSoap.stores': [{ name: 'Shop', url: entryUrl?.(port) ?? store.urls.v2, user: 'apiUser', ...guard }] },
    'a.maho.json': { requests: [remove] },
    'raw.xml': raw,
  });
  return {
    port,
    customers: () => store.customers(),
    run: async (...args) => await cliIn(folder, args),
    runWith: async (env, ...args) => await cliIn(folder, args, { MAHO_SOAP_KEY: 'apiKey12345', ...env }),
  };
}

const spellings: readonly ((port: number) => string)[] = [
  (port) => `http://127.0.0.1:${port}`,
  (port) => `127.0.0.1:${port}/`,
  (port) => `http://localhost:${port}/api/soap`,
  (port) => `http://LOCALHOST:${port}/api/v2_soap/?wsdl`,
  (port) => `http://127.0.0.1:${port}/index.php/api/v2_soap/`,
  (port) => `http://127.1:${port}//api/soap/`,
];

suite('The restrictions of the settings apply to an address from the command line', () => {
  for (const [index, spelling] of spellings.entries()) {
    test(`spelling ${index}`, async (t) => {
      for (const guard of [{ readOnly: true }, { environment: 'production' }]) {
        const { port, customers, run } = await there(t, guard);
        const target = ['--url', spelling(port), '--user', 'apiUser'];
        for (const args of [
          ['run', 'a.maho.json'],
          ['call', 'customer.delete', '[5]'],
          ['call', '--raw', 'raw.xml'],
        ]) {
          const { code, out, err } = await run(...args, ...target);
          assert.equal(code, 2, `${args.join(' ')} ${out}${err}`);
          assert.match(out + err, 'readOnly' in guard ? /read-only/ : /production store/);
        }
        assert.equal(customers(), 20);
      }
    });
  }

  test('for another spelling of the address in the settings', async (t) => {
    for (const spelling of spellings) {
      const { port, customers, run } = await there(t, { readOnly: true }, spelling);
      assert.equal((await run('run', 'a.maho.json', '--url', `http://127.0.0.1:${port}/api/v2_soap/`, '--user', 'apiUser')).code, 2);
      assert.equal(customers(), 20);
    }
  });

  test('production is confirmed with the name in the settings, but read-only cannot be confirmed', async (t) => {
    const production = await there(t, { environment: 'production' });
    const target = ['--url', `http://localhost:${production.port}`, '--user', 'apiUser'];
    const refused = await production.run('call', 'customer.delete', '[5]', ...target);
    assert.match(refused.err, /--confirm "Shop"/);
    assert.match((await production.run('run', 'a.maho.json', ...target)).out, /--confirm "Shop"/);
    assert.equal((await production.run('call', 'customer.delete', '[5]', ...target, '--confirm', 'shop')).code, 2);
    assert.equal((await production.run('call', 'customer.delete', '[5]', ...target, '--confirm', 'Shop')).code, 0);
    assert.equal((await production.run('run', 'a.maho.json', ...target, '--confirm', 'Shop')).code, 1);
    assert.equal(production.customers(), 19);
    const closed = await there(t, { environment: 'production', readOnly: true });
    assert.equal(
      (
        await closed.run(
          'call',
          'customer.delete',
          '[5]',
          '--url',
          `http://localhost:${closed.port}`,
          '--user',
          'apiUser',
          '--confirm',
          'Shop',
        )
      ).code,
      2,
    );
    assert.equal(closed.customers(), 20);
  });

  test('a missing variable does not remove a restriction, and neither does one in the address of a broken entry', async (t) => {
    const unset = '${env:NOT_SET_ANYWHERE}';
    const guards: readonly (readonly [guard: object, entryUrl?: string])[] = [
      [{ readOnly: true, user: unset }],
      [{ environment: 'production', webUser: unset }],
      [{ readOnly: true, caFile: `${unset}/ca.pem` }],
      [{ readOnly: true, user: '${env:MAHO_SOAP_KEY}' }],
      [{ readOnly: 'yes' }, 'http://${env:SHOP_HOST}/api/soap'],
      [{ readOnly: true, user: unset }, 'http://${env:SHOP_HOST}'],
    ];
    for (const [guard, entryUrl] of guards) {
      const { port, customers, runWith } = await there(t, guard, entryUrl === undefined ? undefined : () => entryUrl);
      const target = ['--url', `http://localhost:${port}`, '--user', 'apiUser'];
      const env = { SHOP_HOST: `127.0.0.1:${port}` };
      for (const args of [
        ['run', 'a.maho.json'],
        ['call', 'customer.delete', '[5]'],
        ['call', '--raw', 'raw.xml'],
      ]) {
        const { code, out, err } = await runWith(env, ...args, ...target);
        assert.equal(code, 2, `${JSON.stringify(guard)} ${args.join(' ')} ${out}${err}`);
      }
      assert.equal(customers(), 20, JSON.stringify(guard));
    }
  });

  test('an unreadable entry for the shop does not remove them, and does not affect another shop', async (t) => {
    const unclear = await there(t, { readOnly: 'yes' });
    const { code, err } = await unclear.run(
      'call',
      'customer.delete',
      '[5]',
      '--url',
      `http://localhost:${unclear.port}`,
      '--user',
      'apiUser',
    );
    assert.equal(code, 2);
    assert.match(err, /"readOnly" must be true or false/);
    assert.equal(unclear.customers(), 20);
    const other = await there(t, { readOnly: true }, () => 'https://shop.example.com');
    assert.equal(
      (await other.run('call', 'customer.delete', '[5]', '--url', `http://localhost:${other.port}`, '--user', 'apiUser')).code,
      0,
    );
    assert.equal(other.customers(), 19);
  });
});
