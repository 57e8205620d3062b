import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { defaultTimeouts } from '../../../src/store/settings/config';
import {
  header,
  Transport,
  type HttpAnswer,
  type HttpHead,
  type HttpRequest,
  type TransportOptions,
} from '../../../src/store/wire/transport';
import { serve, serveRaw } from '../../support/loopback';
import { selfSigned } from '../../support/tls';
import { transportFailure } from '../../support/failure';

const hurried = { connect: 300, firstByte: 300, total: 600 };

function transport(t: TestContext, options: Partial<TransportOptions> = {}): Transport {
  const made = new Transport({ timeouts: defaultTimeouts, maxBytes: 10_000_000, ...options });
  t.after(() => made.close());
  return made;
}

async function post(via: Transport, url: string, more: Partial<HttpRequest> = {}): Promise<{ answer: HttpAnswer; text: string }> {
  const chunks: Uint8Array[] = [];
  const answer = await via.request({
    method: 'POST',
    url,
    headers: { 'Content-Type': 'text/xml' },
    body: Buffer.from('<x/>'),
    onData: (chunk) => void chunks.push(chunk),
    ...more,
  });
  return { answer, text: Buffer.concat(chunks).toString() };
}

test('a request arrives as it is, and its answer comes back with its head and its times', async (t) => {
  const seen: string[] = [];
  const server = await serve(t, ({ request, body }, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['content-length']} ${body.toString()}`);
    response.writeHead(500, 'Internal', { 'X-Powered-By': 'PHP' }).end('fault');
  });
  let head: HttpHead | undefined;
  const { answer, text } = await post(transport(t), `${server.url}/api/soap/?a=1`, { onHead: (seenHead) => (head = seenHead) });
  assert.deepEqual(seen, ['POST /api/soap/?a=1 4 <x/>']);
  assert.equal(text, 'fault');
  assert.equal(head, answer.head);
  assert.deepEqual(
    [answer.head.status, answer.head.statusText, header(answer.head.headers, 'x-powered-by'), answer.bytes, answer.complete],
    [500, 'Internal', 'PHP', 5, true],
  );
  const { connect, firstByte, download, total, tls } = answer.timings;
  assert.ok(connect !== undefined && firstByte !== undefined && download !== undefined && connect + firstByte + download <= total + 1);
  assert.equal(tls, undefined);
});

for (const [encoding, compress] of [
  ['gzip', zlib.gzipSync],
  ['deflate', zlib.deflateSync],
  ['br', zlib.brotliCompressSync],
] as const) {
  test(`${encoding} is asked for and undone; both sizes are known`, async (t) => {
    const body = Buffer.from('<row/>'.repeat(20_000));
    const server = await serve(t, ({ request }, response) => {
      assert.match(request.headers['accept-encoding'] ?? '', new RegExp(encoding));
      response.writeHead(200, { 'Content-Encoding': encoding }).end(compress(body));
    });
    const { answer, text } = await post(transport(t), server.url);
    assert.equal(text, body.toString());
    assert.equal(answer.bytes, body.length);
    assert.ok(answer.wireBytes < 1000);
  });
}

test('connections are kept and used again, and their set-up is then not timed', async (t) => {
  const server = await serve(t, (_, response) => void response.end('ok'));
  const via = transport(t);
  await post(via, server.url);
  const { answer } = await post(via, server.url);
  assert.equal(server.connections, 1);
  assert.equal(answer.timings.connect, undefined);
});

test('closing ends idle connections, but a request in flight has its answer first', async (t) => {
  const closed = new Map<string, Promise<unknown>>();
  let arrive: (() => void) | undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let slow: ServerResponse | undefined;
  const server = await serve(t, ({ request }, response) => {
    closed.set(request.url ?? '', once(request.socket, 'close'));
    if (request.url === '/quick') response.end('ok');
    else {
      slow = response;
      arrive?.();
    }
  });
  const via = transport(t);
  const write = post(via, `${server.url}/write`);
  await arrived;
  await post(via, `${server.url}/quick`);
  via.close();
  await closed.get('/quick');
  slow?.end('written');
  assert.equal((await write).text, 'written');
  await closed.get('/write');
  await post(via, `${server.url}/quick`);
  assert.equal(server.connections, 3, 'it may be used again, over a new connection');
});

test('two Content-Type headers are accepted, and both are shown', async (t) => {
  const server = await serveRaw(t, (socket) => {
    socket.once('data', () =>
      socket.end(
        'HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Type: text/xml; ' +
          'charset=UTF-8\r\nConnection: close\r\n\r\n<a/>',
      ),
    );
  });
  const { answer, text } = await post(transport(t), server.url);
  assert.equal(text, '<a/>');
  assert.equal(answer.head.headers.filter(([name]) => name === 'Content-Type').length, 2);
});

test('the web server’s own user goes into Basic authentication', async (t) => {
  const server = await serve(t, ({ request }, response) => void response.end(request.headers.authorization));
  const { text } = await post(transport(t, { auth: { user: 'web', password: 'pä55' } }), server.url);
  assert.equal(text, `Basic ${Buffer.from('web:pä55').toString('base64')}`);
});

test('redirects are not followed', async (t) => {
  let requests = 0;
  const server = await serve(t, (_, response) => {
    requests++;
    response.writeHead(301, { Location: '/elsewhere' }).end();
  });
  const { answer } = await post(transport(t), server.url);
  assert.equal(answer.head.status, 301);
  assert.equal(requests, 1);
});

test('a port without a listener is connection-refused, and nothing was sent', async (t) => {
  const server = await serveRaw(t, (socket) => socket.destroy());
  const free = await serveRaw(t, () => undefined);
  assert.equal((await transportFailure(post(transport(t), `http://127.0.0.1:1/`))).code, 'connection-refused');
  assert.equal((await transportFailure(post(transport(t), 'http://127.0.0.1:1/'))).detail.sent, false);
  assert.notEqual(server.port, free.port);
});

test('a name that does not exist is host-not-found', async (t) => {
  const error = await transportFailure(post(transport(t), 'http://shop.invalid/'));
  assert.ok(['host-not-found', 'lookup-failed'].includes(error.code), error.code);
  assert.match(error.message, /shop\.invalid/);
});

test('a connection closed without an answer is connection-dropped, and something was sent', async (t) => {
  const server = await serveRaw(t, (socket) => socket.once('data', () => socket.destroy()));
  const error = await transportFailure(post(transport(t), server.url));
  assert.equal(error.code, 'connection-dropped');
  assert.equal(error.detail.sent, true);
});

for (const [what, send] of [
  ['a promised length', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'],
  ['a chunk', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf'],
  ['its head', 'HTTP/1.1 200 OK\r\nContent-'],
] as const) {
  test(`an answer that ends inside ${what} is connection-dropped`, async (t) => {
    const server = await serveRaw(t, (socket) => socket.once('data', () => socket.end(send)));
    assert.equal((await transportFailure(post(transport(t), server.url))).code, 'connection-dropped');
  });
}

test('a compressed answer that is cut off is connection-dropped; a damaged one is compressed', async (t) => {
  const whole = zlib.gzipSync(Buffer.from('x'.repeat(100_000)));
  const cut = await serveRaw(t, (socket) =>
    socket.once('data', () => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${whole.length}\r\n\r\n`);
      socket.end(whole.subarray(0, whole.length / 2));
    }),
  );
  assert.equal((await transportFailure(post(transport(t), cut.url))).code, 'connection-dropped');
  const damaged = await serve(t, (_, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('this is not gzip'));
  assert.equal((await transportFailure(post(transport(t), damaged.url))).code, 'compressed');
});

test('a server that takes the connection but never answers is first-byte-timeout', async (t) => {
  const server = await serveRaw(t, () => undefined);
  const error = await transportFailure(post(transport(t, { timeouts: hurried }), server.url));
  assert.equal(error.code, 'first-byte-timeout');
  assert.equal(error.detail.sent, true);
});

test('a slow drip is ended by the total time', async (t) => {
  const server = await serve(t, (_, response) => {
    const drip = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drip));
  });
  assert.equal((await transportFailure(post(transport(t, { timeouts: hurried }), server.url))).code, 'total-timeout');
});

test('a handshake that never ends is connect-timeout, and nothing was sent', async (t) => {
  const server = await serveRaw(t, () => undefined);
  const error = await transportFailure(post(transport(t, { timeouts: hurried }), server.url.replace('http:', 'https:')));
  assert.equal(error.code, 'connect-timeout');
  assert.equal(error.detail.sent, false);
});

test('an answer that is too large is given up', async (t) => {
  const server = await serve(t, (_, response) => void response.end(Buffer.alloc(200_000)));
  const error = await transportFailure(post(transport(t, { maxBytes: 100_000 }), server.url));
  assert.equal(error.code, 'too-large');
  assert.match(error.message, /100 kB/);
});

test('a gzip bomb is given up before it unfolds', async (t) => {
  const bomb = zlib.gzipSync(Buffer.alloc(100_000_000));
  const server = await serve(t, (_, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
  let bytes = 0;
  const error = await transportFailure(
    post(transport(t, { maxBytes: 1_000_000 }), server.url, { onData: (chunk) => void (bytes += chunk.length) }),
  );
  assert.equal(error.code, 'too-large');
  assert.ok(bytes <= 1_000_000);
});

for (const [why, options, cancel] of [
  ['too large', { maxBytes: 1_000_000 }, false],
  ['cancelled', {}, true],
] as const) {
  test(`a compressed answer that was ${why} is not unpacked any further`, async (t) => {
    const bomb = zlib.gzipSync(Buffer.alloc(100_000_000));
    const server = await serve(t, (_, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb));
    // Each piece that zlib has unpacked is one callback of its handle.
    const pieces = new Map<number, number>();
    const hook = createHook({
      init: (id, type) => void (type === 'ZLIB' && pieces.set(id, 0)),
      before: (id) => void (pieces.has(id) && pieces.set(id, (pieces.get(id) ?? 0) + 1)),
    }).enable();
    t.after(() => hook.disable());
    const stop = new AbortController();
    await transportFailure(
      post(transport(t, options), server.url, {
        signal: stop.signal,
        onData: () => {
          if (cancel) stop.abort();
        },
      }),
    );
    hook.disable();
    const [ours] = pieces.keys();
    assert.ok(ours !== undefined && pieces.size === 1);
    const then = pieces.get(ours) ?? 0;
    hook.enable();
    // As long as it takes to unpack all of it once.
    await promisify(zlib.gunzip)(bomb);
    assert.ok((pieces.get(ours) ?? 0) <= then + 2, `${pieces.get(ours)} pieces, ${then} of them before it ended`);
  });
}

test('what does not speak HTTP is not-http', async (t) => {
  const server = await serveRaw(t, (socket) => socket.end('220 mail.example.com ESMTP\r\n'));
  const error = await transportFailure(post(transport(t), server.url));
  assert.equal(error.code, 'not-http');
  assert.match(error.message, new RegExp(String(server.port)));
});

test('https to a server that speaks http only is http-port', async (t) => {
  const server = await serve(t, (_, response) => void response.end('ok'));
  const error = await transportFailure(post(transport(t), server.url.replace('http:', 'https:')));
  assert.equal(error.code, 'http-port');
  assert.match(error.message, /https/);
});

test('a self-signed certificate is refused, and accepted with its CA file', async (t) => {
  const server = await serve(t, (_, response) => void response.end('ok'), selfSigned);
  const error = await transportFailure(post(transport(t), server.url));
  assert.equal(error.code, 'certificate');
  assert.equal(error.detail.sent, false);
  const { text, answer } = await post(transport(t, { ca: selfSigned.cert }), server.url);
  assert.equal(text, 'ok');
  assert.notEqual(answer.timings.tls, undefined);
});

test('cancelling ends a request at once, wherever it is', async (t) => {
  const server = await serve(t, (_, response) => void response.write('begin'));
  for (const when of ['before', 'waiting', 'reading'] as const) {
    const stop = new AbortController();
    if (when === 'before') stop.abort();
    const pending = post(transport(t), server.url, {
      signal: stop.signal,
      onHead: () => when === 'waiting' && stop.abort(),
      onData: () => void (when === 'reading' && stop.abort()),
    });
    const error = await transportFailure(pending);
    assert.equal(error.code, 'cancelled', when);
    assert.equal(error.detail.sent, when !== 'before');
  }
});

test('whoever reads may stop: the answer is then incomplete, and no error', async (t) => {
  const server = await serve(t, (_, response) => {
    const flood = setInterval(() => response.write('x'.repeat(1000)), 1);
    response.on('close', () => clearInterval(flood));
  });
  const { answer } = await post(transport(t), server.url, { onData: () => false });
  assert.equal(answer.complete, false);
});

test('an error of whoever reads ends the exchange and comes out unchanged', async (t) => {
  const server = await serve(t, (_, response) => void response.end('x'));
  const mine = new Error('mine');
  await assert.rejects(
    post(transport(t), server.url, {
      onData: () => {
        throw mine;
      },
    }),
    (error) => error === mine,
  );
});
