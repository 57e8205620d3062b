// The proxy of VS Code's settings with the bundled extension. A proxy on loopback records the requests.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { activateOurs, eventually } from './support/extension';

/** No name server knows these names, so a response or a recorded request shows that the proxy was used. */
const plain = 'http://shop.invalid';
const secure = 'https://shop.invalid';

suite('The proxy of the settings', () => {
  const seen: string[] = [];
  const proxy = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.writeHead(403, { 'Content-Type': 'text/html' }).end('<html><title>Blocked by policy</title></html>');
  });
  proxy.on('connect', (request, socket) => {
    const login = request.headers['proxy-authorization'];
    seen.push(`CONNECT ${request.url}${login === undefined ? '' : ` ${login}`}`);
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
  });

  suiteSetup(async () => {
    await activateOurs();
    await new Promise<void>((resolve) => {
      proxy.listen(0, '127.0.0.1', resolve);
    });
  });

  suiteTeardown(async () => {
    proxy.close();
    proxy.closeAllConnections();
    for (const name of ['proxy', 'proxySupport', 'noProxy', 'proxyAuthorization']) await set('http', name, undefined);
    await set('mahoSoap', 'stores', undefined);
  });

  for (const [what, url, settings, asked] of [
    ['carries plain calls', plain, {}, /^GET http:\/\/shop\.invalid\/api\/v2_soap\/\?wsdl=1$/],
    ['carries encrypted calls', secure, {}, /^CONNECT shop\.invalid:443$/],
    [
      'carries calls where VS Code leaves extensions alone',
      plain,
      { proxySupport: 'on' },
      /^GET http:\/\/shop\.invalid\/api\/v2_soap\/\?wsdl=1$|^CONNECT shop\.invalid:80$/,
    ],
    [
      'gets the login of http.proxyAuthorization where VS Code leaves extensions alone',
      secure,
      { proxySupport: 'on', proxyAuthorization: 'Basic YW5uOnNlY3JldA==' },
      /^CONNECT shop\.invalid:443 Basic YW5uOnNlY3JldA==$/,
    ],
    ['is not asked for a host of http.noProxy', plain, { noProxy: ['shop.invalid'] }, undefined],
    ['is not asked where proxies are off', secure, { proxySupport: 'off' }, undefined],
  ] as const) {
    test(what, async function () {
      const { port } = proxy.address() as AddressInfo;
      const all = {
        proxy: `http://127.0.0.1:${port}`,
        proxySupport: undefined,
        noProxy: undefined,
        proxyAuthorization: undefined,
        ...settings,
      };
      for (const [name, value] of Object.entries(all)) await set('http', name, value);
      await set('mahoSoap', 'stores', [{ name: `Shop ${what}`, url, user: 'api' }]);
      const text = await checked(`Shop ${what}`, asked);
      assert.equal(
        seen.some((line) => asked?.test(line) === true),
        asked !== undefined,
        `${seen.join(', ')}\n${text}`,
      );
      if (asked === undefined) assert.deepEqual(seen, []);
      else assert.match(text, /Name lookup: Calls go through a proxy[^]*403/);
    });
  }

  /**
   * Checks the connection until the changed setting is in effect. VS Code passes its own network settings to extensions with a short delay.
   */
  async function checked(name: string, asked: RegExp | undefined): Promise<string> {
    return await eventually(`${name} was checked`, async () => {
      seen.length = 0;
      await vscode.commands.executeCommand('mahoSoap.store.check');
      const report = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'maho-soap-report' && uri.path.includes(name));
      const arrived = asked === undefined ? seen.length === 0 : seen.some((line) => asked.test(line));
      return arrived ? report?.getText() : undefined;
    });
  }
});

async function set(section: string, name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Global);
}
