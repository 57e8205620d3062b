// Real proxies on loopback: who is asked, what travels, and what is said when they refuse.
import assert from 'node:assert/strict';
import { createServer, request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { defaultTimeouts } from '../../../../src/store/settings/config';
import { TransportError } from '../../../../src/store/wire/failure';
import { environmentProxy, ownProxy, type ProxySettings } from '../../../../src/store/wire/proxy';
import { Transport } from '../../../../src/store/wire/transport';
import { serve } from '../../../support/loopback';
import { selfSigned } from '../../../support/tls';

const login = `Basic ${Buffer.from('ann:p@ss').toString('base64')}`;

interface Proxy {
  readonly url: string;
  readonly seen: readonly string[];
}

/** A proxy that forwards, tunnels, or refuses with a status. */
async function startProxy(t: TestContext, refusal?: number, tls?: typeof selfSigned): Promise<Proxy> {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const refuses = (request: IncomingMessage): boolean =>
    refusal !== undefined && !(refusal === 407 && request.headers['proxy-authorization'] === login);
  const forward: RequestListener = (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (refuses(request))
      return void response.writeHead(refusal ?? 500, { 'Content-Type': 'text/html' }).end('<html><title>Blocked by policy</title></html>');
    const { hostname, port, pathname } = new URL(request.url ?? '');
    const onward = httpRequest({ hostname, port, path: pathname, method: request.method, headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  };
  const server = tls === undefined ? createServer(forward) : createSecureServer(tls, forward);
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    seen.push(`CONNECT ${request.url}`);
    if (refuses(request)) return void socket.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
    const [host, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [onward, socket]) end.on('error', () => end.destroy());
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function transport(t: TestContext, proxy: string, more: { ca?: string } = {}): Transport {
  const via = new Transport({ timeouts: defaultTimeouts, maxBytes: 1_000_000, proxy: () => new URL(proxy), ...more });
  t.after(() => via.close());
  return via;
}

async function post(via: Transport, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  await via.request({ method: 'POST', url, headers: {}, body: Buffer.from('<x/>'), onData: (chunk) => void chunks.push(chunk) });
  return Buffer.concat(chunks).toString();
}

async function failure(promise: Promise<unknown>): Promise<TransportError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof TransportError, String(error));
  assert.doesNotMatch(`${error.message} ${error.stack}`, /p@ss|p%40ss|undefined|\{\w+\}/);
  return error;
}

test('http goes through a proxy with its whole address, twice over one connection', async (t) => {
  const store = await serve(t, ({ body }, response) => void response.end(`got ${body.toString()}`));
  const proxy = await startProxy(t);
  const via = transport(t, proxy.url);
  for (const _ of [1, 2]) assert.equal(await post(via, `${store.url}/api/`), 'got <x/>');
  assert.deepEqual(proxy.seen, [`POST ${store.url}/api/`, `POST ${store.url}/api/`]);
});

test('https goes through a tunnel, and the certificate is that of the store', async (t) => {
  const store = await serve(t, ({ body }, response) => void response.end(`got ${body.toString()}`), selfSigned);
  const proxy = await startProxy(t);
  assert.equal(await post(transport(t, proxy.url, { ca: selfSigned.cert }), store.url), 'got <x/>');
  assert.deepEqual(proxy.seen, [`CONNECT 127.0.0.1:${store.port}`]);
  assert.equal((await failure(post(transport(t, proxy.url), store.url))).code, 'certificate');
});

test('a proxy that asks for a login gets the one of its URL', async (t) => {
  const plain = await serve(t, (_, response) => void response.end('ok'));
  const secure = await serve(t, (_, response) => void response.end('ok'), selfSigned);
  const proxy = await startProxy(t, 407);
  const own = proxy.url.replace('//', '//ann:p%40ss@');
  assert.equal(await post(transport(t, own), plain.url), 'ok');
  assert.equal(await post(transport(t, own, { ca: selfSigned.cert }), secure.url), 'ok');
});

/** A transport that takes the proxy of VS Code's settings, with `http.proxySupport` "on". */
function bySettings(t: TestContext, settings: Partial<ProxySettings>, more: { ca?: string } = {}): Transport {
  // The stores of these tests are on this computer.
  const all = { support: 'on', proxy: '', noProxy: ['<-loopback>'], env: {}, ...settings };
  const via = new Transport({ timeouts: defaultTimeouts, maxBytes: 1_000_000, proxy: (url) => ownProxy(url, all), ...more });
  t.after(() => via.close());
  return via;
}

test('a proxy that asks for a login gets what http.proxyAuthorization says, and the store does not', async (t) => {
  const seen: (string | undefined)[] = [];
  const listen = ({ request }: { readonly request: IncomingMessage }, response: { end(text: string): unknown }): void => {
    seen.push(request.headers['proxy-authorization']);
    response.end('ok');
  };
  const secure = await serve(t, listen, selfSigned);
  const plain = await serve(t, listen);
  const proxy = await startProxy(t, 407);
  const settings = { proxy: proxy.url, authorization: login };
  assert.equal(await post(bySettings(t, settings, { ca: selfSigned.cert }), secure.url), 'ok');
  assert.deepEqual(seen, [undefined], 'it is for the proxy alone');
  assert.equal(await post(bySettings(t, settings), plain.url), 'ok');
  for (const authorization of ['', `Basic ${Buffer.from('ann:wrong').toString('base64')}`])
    assert.equal((await failure(post(bySettings(t, { ...settings, authorization }), secure.url))).code, 'proxy-login');
  const own = proxy.url.replace('//', '//ann:p%40ss@');
  assert.equal(await post(bySettings(t, { proxy: own, authorization: 'Basic x' }), plain.url), 'ok', 'its address counts before it');
  for (const authorization of ['Basic x\r\nX-Evil: 1', 'Basic ü'])
    await assert.rejects(post(bySettings(t, { ...settings, authorization }), plain.url), { code: 'proxy-invalid' });
});

test('http.proxyStrictSSL is about the certificate of a proxy, never about that of the store', async (t) => {
  const secure = await serve(t, (_, response) => void response.end('ok'), selfSigned);
  const plain = await serve(t, (_, response) => void response.end('ok'));
  const { url } = await startProxy(t, undefined, selfSigned);
  for (const strictSSL of [undefined, true])
    for (const store of [plain, secure]) {
      const strict = bySettings(t, { proxy: url, ...(strictSSL === undefined ? {} : { strictSSL }) });
      assert.equal((await failure(post(strict, store.url))).code, 'proxy-unreachable');
    }
  assert.equal(await post(bySettings(t, { proxy: url, strictSSL: false }), plain.url), 'ok');
  assert.equal((await failure(post(bySettings(t, { proxy: url, strictSSL: false }), secure.url))).code, 'certificate');
  assert.equal(await post(bySettings(t, { proxy: url, strictSSL: false }, { ca: selfSigned.cert }), secure.url), 'ok');
});

for (const [status, code] of [
  [407, 'proxy-login'],
  [403, 'proxy-refused'],
  [502, 'proxy-refused'],
] as const) {
  test(`a proxy that answers CONNECT with ${status} is ${code}, and nothing reached the store`, async (t) => {
    const proxy = await startProxy(t, status);
    const error = await failure(post(transport(t, proxy.url.replace('//', '//bob:p%40ss@')), 'https://shop.example.com/'));
    assert.equal(error.code, code);
    assert.equal(error.detail.sent, false);
    assert.match(error.message, /proxy 127\.0\.0\.1:\d+/);
  });
}

test('a proxy that is not there is named, with its host alone', async (t) => {
  for (const url of ['http://shop.example.com/', 'https://shop.example.com/']) {
    const error = await failure(post(transport(t, 'http://ann:p%40ss@127.0.0.1:1'), url));
    assert.equal(error.code, 'proxy-unreachable');
    assert.match(error.message, /proxy 127\.0\.0\.1:1 cannot be reached/);
    assert.equal(error.detail.sent, false);
  }
});

test('the environment decides in either case, leaves hosts out, and never for this computer unless asked', (t) => {
  const names = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
  const before = names.map((name) => [name, process.env[name]] as const);
  t.after(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  const decide = (url: string, env: Readonly<Record<string, string>>): string => {
    for (const name of names) delete process.env[name];
    Object.assign(process.env, env);
    const { proxy, unused } = environmentProxy(new URL(url));
    return proxy?.host ?? unused ?? 'none';
  };
  const written = (value: string): string | undefined => {
    decide('https://shop.example.com/', { HTTPS_PROXY: value });
    return environmentProxy(new URL('https://shop.example.com/')).proxy?.href;
  };
  assert.equal(written('p:3128'), 'http://p:3128/', 'a proxy without a scheme is spoken to without encryption, as by all programs');
  assert.equal(written(' http://p:3128 '), 'http://p:3128/');
  assert.equal(written('https://p:3128'), 'https://p:3128/');
  const [six, four] = ['https://[2001:db8::1]/', 'https://10.1.2.3:8443/'];
  for (const [url, around, expected] of [
    [six, '2001:db8::1', 'none'],
    [six, '[2001:DB8:0::1]', 'none'],
    [six, '[2001:db8::1]:8443', 'p:3128'],
    [six, '2001:db8::/32', 'none'],
    [six, '2001:db9::/32', 'p:3128'],
    [four, '10.0.0.0/8', 'none'],
    [four, '10.1.2.3:8443', 'none'],
    [four, '10.1.2.3:443', 'p:3128'],
    [four, '10.0.0.0/16,10.0.0.0/99,::/0,/8', 'p:3128'],
    ['https://shop.example.com./', 'example.com', 'none'],
    ['https://shop.example.com/', 'example.com.', 'none'],
  ] as const)
    assert.equal(decide(url, { HTTPS_PROXY: 'http://p:3128', NO_PROXY: around }), expected, `${url} ${around}`);
  const shop = 'https://shop.example.com/';
  assert.equal(decide(shop, {}), 'none');
  assert.equal(decide(shop, { HTTPS_PROXY: 'http://p:3128' }), 'p:3128');
  assert.equal(decide(shop, { https_proxy: 'p:3128' }), 'p:3128');
  assert.equal(decide(shop, { HTTP_PROXY: 'http://p:3128' }), 'none');
  assert.equal(decide('http://shop.example.com/', { HTTP_PROXY: 'http://p:3128' }), 'p:3128');
  assert.equal(decide(shop, { ALL_PROXY: 'http://p:3128' }), 'p:3128');
  for (const around of [
    'shop.example.com',
    '.example.com',
    'example.com',
    '*.example.com',
    'a, example.com',
    '*',
    'shop.example.com:443',
  ]) {
    assert.equal(decide(shop, { HTTPS_PROXY: 'http://p:3128', NO_PROXY: around }), 'none', around);
  }
  assert.equal(decide(shop, { HTTPS_PROXY: 'http://p:3128', no_proxy: 'ample.com' }), 'p:3128');
  for (const own of ['http://127.0.0.1:8190/', 'http://localhost/', 'http://[::1]:8190/', 'http://shop.localhost/']) {
    assert.equal(decide(own, { HTTP_PROXY: 'http://p:3128' }), 'HTTP_PROXY', own);
    assert.equal(decide(own, { HTTP_PROXY: 'http://p:3128', NO_PROXY: '<-loopback>' }), 'p:3128', own);
  }
  for (const wrong of ['socks5://ann:p%40ss@p:1080', 'http://ann:p%40ss@', '::']) {
    assert.throws(
      () => decide(shop, { HTTPS_PROXY: wrong }),
      (error) => error instanceof Error && /HTTPS_PROXY/.test(error.message) && !/p%40ss/.test(error.message),
      wrong,
    );
  }
});
