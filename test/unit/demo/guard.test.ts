import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { findProtocolOperation } from '../../../src/api/catalogue';
import { ToolkitError } from '../../../src/api/errors';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { codecs } from '../../../src/soap/dialects';
import { DemoClient, demoStore } from './client';

/** Status of the store's response to a request with these header lines. */
async function status(port: number, head: readonly string[], target = '/api/soap/?wsdl'): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.end(`GET ${target} HTTP/1.1\r\n${[...head, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);
}

test('a local demo store accepts the names of this machine, with any port, and no others', async (t) => {
  const { rpc, wsi } = (await demoStore(t)).ports;
  for (const host of [
    'localhost',
    'localhost:8190',
    'LOCALHOST:1',
    '127.0.0.1',
    '127.0.0.1:65535',
    '127.255.255.254',
    '127.1.2.3:80',
    '[::1]',
    '[::1]:8190',
  ]) {
    assert.equal(await status(rpc, [`Host: ${host}`]), 200, host);
  }
  const foreign = [
    'evil.com',
    'evil.com:8190',
    'localhost.evil.com',
    '127.0.0.1.evil.com',
    'evil-localhost',
    'localhost.',
    '128.0.0.1',
    '127.0.0.256',
    '0.0.0.0',
    '10.0.0.1',
    '[::2]',
    '[::ffff:10.0.0.1]',
    'user@localhost',
    'localhost@evil.com',
    'localhost:80:80',
    'localhost:',
    'localhost/evil',
    'xn--lcalhost-lmb',
    '2130706433',
    '127.1',
    'a"b',
    '',
  ];
  for (const host of foreign) {
    assert.equal(await status(rpc, [`Host: ${host}`]), 403, host);
    assert.equal(await status(wsi, [`Host: ${host}`], '/api/v2_soap/?wsdl'), 403, host);
  }
  assert.equal(await status(rpc, ['Host: localhost', 'Host: evil.com']), 403, 'a second Host');
  assert.equal(await status(rpc, ['Host: localhost'], 'http://evil.com/api/soap/?wsdl'), 403, 'a whole address as target');
});

test('requests of web pages of other sites are refused', async (t) => {
  const { rpc } = (await demoStore(t)).ports;
  const withHeader = (header: string): Promise<number> => status(rpc, ['Host: localhost', header]);
  for (const origin of ['http://localhost:3000', 'http://127.0.0.1', 'https://localhost', 'http://[::1]:8080'])
    assert.equal(await withHeader(`Origin: ${origin}`), 200, origin);
  const foreign = [
    'https://evil.com',
    'http://localhost.evil.com',
    'null',
    'file://',
    'vscode-webview://0abc',
    'http://evil.com:8190',
    'http://localhost@evil.com',
    'localhost',
    'http://localhost/',
    '',
  ];
  for (const origin of foreign) assert.equal(await withHeader(`Origin: ${origin}`), 403, origin);
  for (const site of ['same-origin', 'same-site', 'none']) assert.equal(await withHeader(`Sec-Fetch-Site: ${site}`), 200, site);
  for (const site of ['cross-site', 'Cross-Site', 'anything']) assert.equal(await withHeader(`Sec-Fetch-Site: ${site}`), 403, site);
});

test('a refused page changes nothing and reads nothing', async (t) => {
  const demo = await demoStore(t, { customers: 3 });
  const client = await DemoClient.of(t, demo, 'v1');
  const body = client.encode('customer.delete', { customerId: 1 });
  const answer = await fetch(demo.urls.v1, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'text/plain', Origin: 'https://evil.example' },
  });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers.get('access-control-allow-origin'), null);
  assert.equal(demo.customers(), 3);
  assert.equal(demo.requests.at(-1)?.status, 403);
});

test('names can be allowed, and a name that is not a host is reported', async (t) => {
  const { rpc } = (await demoStore(t, { allowHosts: ['Demo.Example.com', '10.1.2.3', 'fe80::1'] })).ports;
  for (const host of ['demo.example.com', 'DEMO.example.com:8190', '10.1.2.3:80', '[fe80::1]', 'localhost'])
    assert.equal(await status(rpc, [`Host: ${host}`]), 200, host);
  for (const host of ['example.com', 'x.demo.example.com', 'demo.example.com.evil.com', '10.1.2.4'])
    assert.equal(await status(rpc, [`Host: ${host}`]), 403, host);
  assert.equal(await status(rpc, ['Host: localhost', 'Origin: https://demo.example.com']), 200);
  for (const name of ['http://demo.example.com', 'demo.example.com:80', '', '*', 'a b']) {
    await assert.rejects(
      startDemoStore({ allowHosts: [name] }),
      (error) => error instanceof ToolkitError && error.kind === 'input' && error.code === 'allow-host',
      name,
    );
  }
});

test('a store that others can reach accepts the names of this machine and the allowed ones', async (t) => {
  const { rpc } = (await demoStore(t, { host: '0.0.0.0', allowHosts: ['demo'] })).ports;
  for (const host of ['127.0.0.1', 'localhost', 'demo:8190']) assert.equal(await status(rpc, [`Host: ${host}`]), 200, host);
  for (const host of ['evil.com', '203.0.113.7']) assert.equal(await status(rpc, [`Host: ${host}`]), 403, host);
});

test('many logins, successful or not, do not end a session that is in use', { timeout: 120_000 }, async (t) => {
  const demo = await demoStore(t, { customers: 1 });
  const client = await DemoClient.of(t, demo, 'v1');
  assert.deepEqual(await client.ids({}), [1]);
  // The store's own limit is 10,000 sessions. One more would end this session if logins counted.
  assert.equal(await newSessions(demo, 12_000), 12_000);
  assert.deepEqual(await client.ids({}), [1]);
});

/** Logs in this often over one connection, without waiting for the answers. @returns how many different sessions were opened */
async function newSessions({ urls, ports }: DemoStore, times: number): Promise<number> {
  const operation = findProtocolOperation('login') ?? assert.fail();
  const body = codecs.v2.encodeProtocol(operation, { username: 'apiUser', apiKey: 'apiKey12345' }, { namespace: 'urn:Maho' });
  const head = (close: string): string =>
    `POST ${new URL(urls.v2).pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/xml; charset=utf-8\r\n` +
    `Content-Length: ${Buffer.byteLength(body)}\r\n${close}\r\n`;
  const socket = connect(ports.rpc, '127.0.0.1');
  const answers = text(socket);
  socket.write(`${head('')}${body}`.repeat(times - 1));
  socket.write(`${head('Connection: close\r\n')}${body}`);
  return new Set([...(await answers).matchAll(/<loginReturn[^>]*>(\w+)</g)].map(([, id]) => id)).size;
}
