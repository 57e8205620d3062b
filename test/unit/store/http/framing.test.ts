// What servers really send besides valid HTTP. An answer that came whole is read, and what was wrong with it is noted.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import * as zlib from 'node:zlib';
import { defaultTimeouts } from '../../../../src/store/settings/config';
import { header, Transport, type HttpAnswer, type TransportOptions } from '../../../../src/store/wire/transport';
import { serve, serveRaw } from '../../../support/loopback';
import { transportFailure } from '../../../support/failure';

const fixtures = join(import.meta.dirname, '../../../fixtures/http');
const envelope =
  '<?xml version="1.0"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="e"><SOAP-ENV:Body><a>\u00fc</a></SOAP-ENV:Body></SOAP-ENV:Envelope>\n';
const size = Buffer.byteLength(envelope);

interface Seen {
  readonly answer: HttpAnswer;
  readonly text: string;
  readonly odd: readonly string[];
}

/** How the bytes of an answer travel. */
type Pieces = 'at once' | 'byte by byte' | 'head first';

async function send(socket: Socket, bytes: Buffer, pieces: Pieces, end: boolean): Promise<void> {
  socket.setNoDelay(true);
  const parts = pieces === 'at once' ? [bytes] : pieces === 'head first' ? halves(bytes) : [...bytes].map((byte) => Buffer.of(byte));
  for (const part of parts) {
    if (socket.destroyed) return;
    await new Promise<void>((resolve) => socket.write(part, () => resolve()));
    if (pieces === 'head first') await new Promise((resolve) => setTimeout(resolve, 10));
  }
  if (end) socket.end();
}

function halves(bytes: Buffer): readonly Buffer[] {
  const at = Math.max(bytes.indexOf('\r\n\r\n') + 4, 1);
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

async function exchange(
  t: TestContext,
  bytes: string | Buffer,
  { pieces = 'at once', end = true, options = {} }: { pieces?: Pieces; end?: boolean; options?: Partial<TransportOptions> } = {},
): Promise<Seen> {
  const server = await serveRaw(t, (socket) => socket.once('data', () => void send(socket, Buffer.from(bytes as string), pieces, end)));
  const via = new Transport({ timeouts: { ...defaultTimeouts, total: 20_000 }, maxBytes: 10_000_000, ...options });
  t.after(() => via.close());
  return await post(via, server.url);
}

async function post(via: Transport, url: string): Promise<Seen> {
  const chunks: Uint8Array[] = [];
  const answer = await via.request({
    method: 'POST',
    url,
    headers: {},
    body: Buffer.from('<x/>'),
    onData: (chunk) => void chunks.push(chunk),
  });
  return { answer, text: Buffer.concat(chunks).toString(), odd: answer.oddities.map(({ code }) => code) };
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n';
const chunked = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

/** Name, bytes, whether the server closes, what is noted, and the text when it is not the envelope alone. */
const readable: readonly (readonly [string, string | Buffer, 'closes' | 'stays open', readonly string[], string?])[] = [
  ['a length that is right', `${ok}Content-Length: ${size}\r\n\r\n${envelope}`, 'stays open', []],
  [
    'the same length twice',
    `${ok}Content-Length: ${size}\r\nContent-Length: ${size}\r\n\r\n${envelope}`,
    'stays open',
    ['length-repeated'],
  ],
  ['the same length twice in one header', `${ok}Content-Length: ${size}, ${size}\r\n\r\n${envelope}`, 'stays open', ['length-repeated']],
  [
    'two lengths, the second right',
    `${ok}Content-Length: ${size - 7}\r\nContent-Length: ${size}\r\n\r\n${envelope}`,
    'stays open',
    ['lengths-differ'],
  ],
  [
    'two lengths, the first right',
    `${ok}Content-Length: ${size}\r\nContent-Length: ${size - 7}\r\n\r\n${envelope}`,
    'stays open',
    ['lengths-differ'],
  ],
  [
    'two lengths, the smaller right',
    `${ok}Content-Length: ${size + 9}\r\nContent-Length: ${size}\r\n\r\n${envelope}`,
    'stays open',
    ['lengths-differ'],
  ],
  ['two lengths, both too small', `${ok}Content-Length: 5\r\nContent-Length: 9\r\n\r\n${envelope}`, 'closes', ['lengths-differ']],
  [
    'a length that leaves out a byte order mark',
    `${ok}Content-Length: ${size}\r\n\r\n\ufeff${envelope}`,
    'stays open',
    ['length-too-short'],
    `\ufeff${envelope}`,
  ],
  [
    'the same, and the connection closes',
    `${ok}Connection: close\r\nContent-Length: ${size}\r\n\r\n\ufeff${envelope}`,
    'closes',
    ['length-too-short'],
    `\ufeff${envelope}`,
  ],
  ['a length that leaves out most of it', `${ok}Content-Length: 20\r\n\r\n${envelope}`, 'stays open', ['length-too-short']],
  [
    'a length that is too large, and the connection closes',
    `${ok}Content-Length: ${size + 500}\r\n\r\n${envelope}`,
    'closes',
    ['length-too-long'],
  ],
  [
    'a length that is too large, and the connection stays',
    `${ok}Content-Length: ${size + 500}\r\n\r\n${envelope}`,
    'stays open',
    ['length-too-long'],
  ],
  ['a length that is no number', `${ok}Content-Length: many\r\n\r\n${envelope}`, 'closes', ['length-unreadable']],
  ['no length, and the connection stays', `${ok}\r\n${envelope}`, 'stays open', ['end-unsaid']],
  ['no length, and the connection closes', `${ok}\r\n${envelope}`, 'closes', []],
  [
    'a length beside chunks',
    `${ok}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(envelope)}0\r\n\r\n`,
    'stays open',
    ['length-beside-chunks'],
  ],
  ['chunks that are none', `${ok}Transfer-Encoding: chunked\r\n\r\n${envelope}`, 'closes', ['chunks-missing']],
  [
    'chunks without their end, and the connection closes',
    `${ok}Transfer-Encoding: chunked\r\n\r\n${chunked(envelope)}`,
    'closes',
    ['chunks-broken'],
  ],
  [
    'chunks without their end, and the connection stays',
    `${ok}Transfer-Encoding: chunked\r\n\r\n${chunked(envelope)}`,
    'stays open',
    ['chunks-broken'],
  ],
  [
    'something else behind the chunks',
    `${ok}Transfer-Encoding: chunked\r\n\r\n${chunked(envelope)}<br/>Warning\r\n`,
    'closes',
    ['chunks-broken'],
  ],
  [
    'chunks with extensions and trailers',
    `${ok}Transfer-Encoding: chunked\r\n\r\n${size.toString(16)};a=b\r\n${envelope}\r\n0\r\nX-Sum: 1\r\n\r\n`,
    'stays open',
    [],
  ],
  ['lines that end in LF alone', `HTTP/1.1 200 OK\nContent-Type: text/xml\nContent-Length: ${size}\n\n${envelope}`, 'stays open', []],
  ['a folded header', `${ok}X-Long: one\r\n two\r\n\tthree\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', ['header-odd']],
  ['a blank before a colon', `${ok}X-Odd : 1\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', ['header-odd']],
  ['a name with other characters', `${ok}X Odd(1): 1\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', ['header-odd']],
  ['a line that is no header', `${ok}PHP Warning\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', ['header-odd']],
  ['control characters in a header', `${ok}X-Odd: a\x01b\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', ['header-odd']],
  [
    'headers of 18 kB',
    `${ok}Set-Cookie: ${'x'.repeat(18_000)}\r\nContent-Length: ${size}\r\n\r\n${envelope}`,
    'stays open',
    ['head-large'],
  ],
  ['a status line without a reason', `HTTP/1.1 200\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', []],
  ['HTTP/1.0', `HTTP/1.0 200 OK\r\n\r\n${envelope}`, 'closes', []],
  ['100 Continue before the answer', `HTTP/1.1 100 Continue\r\n\r\n${ok}Content-Length: ${size}\r\n\r\n${envelope}`, 'stays open', []],
  ['a blank line before the head', `\r\n${ok}Content-Length: ${size}\r\n\r\n${envelope}`, 'stays open', []],
  ['no content', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n', 'stays open', [], ''],
  ['a length of zero', 'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', 'stays open', [], ''],
  ['a page, which ends where its length says', 'HTTP/1.1 500 Oh\r\nContent-Length: 4\r\n\r\n<h1>', 'stays open', [], '<h1>'],
  [
    'a document that its store broke off',
    `${ok}Content-Length: 30\r\n\r\n${envelope.slice(0, 30)}`,
    'stays open',
    [],
    envelope.slice(0, 30),
  ],
  ['gzip that is none', `${ok}Content-Encoding: gzip\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', ['compression-missing']],
  ['gzip that is not named', Buffer.concat([Buffer.from(`${ok}\r\n`), zlib.gzipSync(envelope)]), 'closes', ['compression-unsaid']],
  [
    'deflate without its header',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: deflate\r\n\r\n`), zlib.deflateRawSync(envelope)]),
    'closes',
    [],
  ],
  [
    'gzip with a length that is too large',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip\r\nContent-Length: 5000\r\n\r\n`), zlib.gzipSync(envelope)]),
    'closes',
    ['length-too-long'],
  ],
  [
    'gzip in gzip, named twice',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip, gzip\r\n\r\n`), zlib.gzipSync(zlib.gzipSync(envelope))]),
    'closes',
    [],
  ],
  [
    'gzip in gzip, named in two headers',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: x-gzip\r\nContent-Encoding: GZIP\r\n\r\n`), zlib.gzipSync(zlib.gzipSync(envelope))]),
    'closes',
    [],
  ],
  [
    'gzip in gzip, named once',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip\r\n\r\n`), zlib.gzipSync(zlib.gzipSync(envelope))]),
    'closes',
    ['compression-unsaid'],
  ],
  [
    'gzip once, named twice',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip, gzip\r\n\r\n`), zlib.gzipSync(envelope)]),
    'closes',
    [],
  ],
  [
    'deflate in gzip',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: deflate, gzip\r\n\r\n`), zlib.gzipSync(zlib.deflateSync(envelope))]),
    'closes',
    [],
  ],
  [
    'gzip that is named beside identity',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip\r\nContent-Encoding: identity\r\n\r\n`), zlib.gzipSync(envelope)]),
    'closes',
    [],
  ],
  [
    'gzip that is named br',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: br\r\n\r\n`), zlib.gzipSync(envelope)]),
    'closes',
    ['compression-other'],
  ],
  [
    'gzip that is named deflate',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: deflate\r\n\r\n`), zlib.gzipSync(envelope)]),
    'closes',
    ['compression-other'],
  ],
  [
    'deflate that is named gzip',
    Buffer.concat([Buffer.from(`${ok}Content-Encoding: gzip\r\n\r\n`), zlib.deflateSync(envelope)]),
    'closes',
    ['compression-other'],
  ],
  ['br', Buffer.concat([Buffer.from(`${ok}Content-Encoding: br\r\n\r\n`), zlib.brotliCompressSync(envelope)]), 'closes', []],
  ['a charset where a compression is due', `${ok}Content-Encoding: utf-8\r\nContent-Length: ${size}\r\n\r\n${envelope}`, 'stays open', []],
  [
    'chunks with long extensions and trailers',
    `${ok}Transfer-Encoding: chunked\r\n\r\n${size.toString(16)};a="${'b'.repeat(3000)}"\r\n${envelope}` +
      `\r\n0\r\nX-Sum: ${'1'.repeat(3000)}\r\n\r\n`,
    'stays open',
    [],
  ],
];

for (const pieces of ['at once', 'byte by byte', 'head first'] as const) {
  test(`answers that came whole are read, sent ${pieces}`, async (t) => {
    await Promise.all(
      readable.map(async ([name, bytes, end, odd, text = envelope]) => {
        const seen = await exchange(t, bytes, { pieces, end: end === 'closes' });
        assert.equal(seen.text, text, name);
        assert.deepEqual(seen.odd, odd, name);
        assert.equal(seen.answer.complete, true, name);
        for (const { text: words } of seen.answer.oddities) assert.match(words, /^[A-Z].*\.$/, name);
      }),
    );
  });
}

for (const [name, odd, head] of [
  ['130-php-s-v1-login', [], '535'],
  ['131-php-s-v2-login', ['lengths-differ'], '541'],
  ['132-php-s-v2-info', ['lengths-differ'], '1538'],
  ['133-php-s-v2-fault', ['lengths-differ'], '292'],
  ['134-apache-v2-login', [], '541'],
] as const) {
  test(`the recorded bytes of ${name} are read`, async (t) => {
    const raw = readFileSync(join(fixtures, `${name}.response.raw`));
    const seen = await exchange(t, raw);
    assert.equal(seen.text, raw.subarray(raw.indexOf('\r\n\r\n') + 4).toString());
    assert.deepEqual(seen.odd, odd);
    assert.equal(header(seen.answer.head.headers, 'content-length'), head, 'the headers are shown as they stood');
  });
}

test('a connection with an odd answer is not used again, and a good one is', async (t) => {
  let answers = 0;
  const bytes = [
    `${ok}Content-Length: ${size}\r\n\r\n${envelope}`,
    `${ok}Content-Length: ${size - 1}\r\n\r\n${envelope}`,
    `${ok}Content-Length: ${size}\r\n\r\n${envelope}`,
  ];
  const server = await serveRaw(t, (socket) => socket.on('data', () => void socket.write(bytes[answers++] ?? '')));
  const via = new Transport({ timeouts: defaultTimeouts, maxBytes: 1_000_000 });
  t.after(() => via.close());
  for (const _ of bytes) assert.equal((await post(via, server.url)).answer.complete, true);
  assert.equal(server.connections, 2);
});

test('a connection that is used again and again keeps no listeners of the requests before', async (t) => {
  const warnings: string[] = [];
  const warned = (warning: Error): void => void warnings.push(warning.message);
  process.on('warning', warned);
  t.after(() => process.off('warning', warned));
  const server = await serveRaw(t, (socket) =>
    socket.on('data', () => void socket.write(`${ok}Content-Length: ${size}\r\n\r\n${envelope}`)),
  );
  const via = new Transport({ timeouts: defaultTimeouts, maxBytes: 1_000_000 });
  t.after(() => via.close());
  for (let request = 0; request < 30; request++) await post(via, server.url);
  assert.deepEqual([server.connections, warnings], [1, []]);
});

for (const [name, bytes, code] of [
  ['a promised length', `${ok}Content-Length: ${size}\r\n\r\n${envelope.slice(0, 60)}`, 'connection-dropped'],
  [
    'two promised lengths',
    `${ok}Content-Length: ${size}\r\nContent-Length: ${size + 2}\r\n\r\n${envelope.slice(0, 60)}`,
    'connection-dropped',
  ],
  ['chunks', `${ok}Transfer-Encoding: chunked\r\n\r\n${chunked(envelope.slice(0, 60))}`, 'connection-dropped'],
  ['chunks that are broken', `${ok}Transfer-Encoding: chunked\r\n\r\n${chunked(envelope.slice(0, 60))}zz\r\n`, 'chunks-broken'],
  ['headers over half a megabyte', `${ok}X: ${'x'.repeat(600_000)}\r\n\r\n`, 'headers-too-large'],
  ['a greeting of another protocol', '220 mail.example.com ESMTP\r\n', 'not-http'],
  ['an alert of TLS', '\x15\x03\x01\x00\x02\x02\x46', 'https-port'],
] as const) {
  test(`an answer that is not whole is an error with its reason: ${name}`, async (t) => {
    assert.equal((await transportFailure(exchange(t, bytes))).code, code);
    assert.equal(
      (await transportFailure(exchange(t, bytes.slice(0, 2000), { pieces: 'byte by byte' }))).code,
      code === 'headers-too-large' ? 'connection-dropped' : code,
    );
  });
}

test('a compression that cannot be undone is named', async (t) => {
  const packed = Buffer.concat([Buffer.from(`${ok}Content-Encoding: zstd\r\n\r\n`), Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3])]);
  const error = await transportFailure(exchange(t, packed));
  assert.equal(error.code, 'compressed');
  assert.match(error.message, /"zstd", which was not requested/);
});

test('what the server says in place of HTTP is quoted', async (t) => {
  assert.match((await transportFailure(exchange(t, '220 mail.example.com ESMTP\r\n'))).message, /220 mail\.example\.com ESMTP/);
});

test('a server that goes on behind an endless document meets the largest size', async (t) => {
  const server = await serveRaw(t, (socket) => {
    socket.once('data', () => {
      socket.write(`${ok}Content-Length: 10\r\n\r\n<Envelope>`);
      const flood = setInterval(() => socket.write('x'.repeat(50_000)), 1);
      socket.on('close', () => clearInterval(flood));
    });
  });
  const via = new Transport({ timeouts: defaultTimeouts, maxBytes: 1_000_000 });
  t.after(() => via.close());
  assert.equal((await transportFailure(post(via, server.url))).code, 'too-large');
});

test('a slow reader makes the server wait instead of filling the memory', async (t) => {
  const part = Buffer.alloc(64 * 1024, 'x');
  let taken = 0;
  const server = await serve(t, (_, response) => {
    const more = (): void => {
      while (taken < 64 * 1024 * 1024) {
        taken += part.length;
        if (!response.write(part)) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  const via = new Transport({ timeouts: defaultTimeouts, maxBytes: 1_000_000_000 });
  t.after(() => via.close());
  let most = 0;
  const answer = await via.request({
    method: 'POST',
    url: server.url,
    headers: {},
    body: Buffer.from('<x/>'),
    onData: (chunk) => void (most = Math.max(most, chunk.length)),
  });
  assert.equal(answer.bytes, 64 * 1024 * 1024);
  assert.ok(most <= 1024 * 1024);
});
