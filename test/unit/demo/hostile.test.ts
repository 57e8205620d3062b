import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import type { DemoStore } from '../../../src/demo';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { DemoClient, demoStore, soapDialects, envelope, fault, post } from './client';

/** Checks that the store still responds, which is the purpose of every test here. */
async function stillServes(t: TestContext, demo: DemoStore): Promise<void> {
  const client = await DemoClient.of(t, demo, 'v2');
  assert.equal((await client.rows()).length, demo.customers());
}

/** Opens a raw connection, sends text and reads until the other side closes it. */
async function raw(port: number, send: (socket: Socket) => void): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString('latin1')));
  // A connection that is reset counts as closed here.
  socket.on('error', (error) => (received += `<${error.message}>`));
  await once(socket, 'connect');
  send(socket);
  await once(socket, 'close');
  return received;
}

test('a body that is too large is refused, announced or not, and logged', async (t) => {
  const demo = await demoStore(t, { maxBody: 100_000 });
  const announced = await raw(demo.ports.rpc, (socket) =>
    socket.write('POST /api/soap/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n'),
  );
  assert.match(announced, /^HTTP\/1\.1 413 /);
  const chunked = await raw(demo.ports.rpc, (socket) => {
    socket.write('POST /api/soap/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
    for (let index = 0; index < 20; index++) socket.write(`2710\r\n${'x'.repeat(10_000)}\r\n`);
  });
  assert.match(chunked, /^HTTP\/1\.1 413 /);
  assert.deepEqual(
    demo.requests.map(({ status }) => status),
    [413, 413],
  );
  await stillServes(t, demo);
});

test('headers and bodies that never end are aborted', async (t) => {
  const demo = await demoStore(t, { requestTimeout: 300 });
  const slowHeaders = raw(demo.ports.rpc, (socket) => socket.write('POST /api/soap/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: '));
  const slowBody = raw(demo.ports.rpc, (socket) =>
    socket.write('POST /api/soap/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n\r\n<'),
  );
  assert.match(await slowHeaders, /408 Request Timeout/);
  assert.match(await slowBody, /408 Request Timeout|^$/);
  await stillServes(t, demo);
});

test('huge headers and broken HTTP are refused', async (t) => {
  const demo = await demoStore(t);
  assert.match(
    await raw(demo.ports.rpc, (socket) => socket.write(`GET / HTTP/1.1\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`)),
    /^HTTP\/1\.1 431 /,
  );
  assert.match(await raw(demo.ports.rpc, (socket) => socket.write('\x00\x01\x02 nonsense\r\n\r\n')), /^HTTP\/1\.1 400 /);
  await stillServes(t, demo);
});

test('a client that disconnects in the middle of its request is only a line in the log', async (t) => {
  const demo = await demoStore(t);
  const socket = connect(demo.ports.rpc, '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /api/soap/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n<half');
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await stillServes(t, demo);
  assert.equal(demo.requests.find(({ fault: failed }) => failed?.code === 'aborted')?.status, 0);
});

test('entity attacks and document types are refused before anything is expanded', async (t) => {
  const demo = await demoStore(t);
  const laughs = `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(50)}">]>`;
  const cases: readonly (readonly [string, string])[] = [
    [`<?xml version="1.0"?>${laughs}<x>&b;</x>`, 'Sender Detected use of ENTITY in XML, disabled to prevent XXE/XEE attacks'],
    [
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
      'Sender Detected use of ENTITY in XML, disabled to prevent XXE/XEE attacks',
    ],
    [`<!DOCTYPE html>${envelope('<n:login/>').replace(/^<\?xml[^>]*\?>/, '')}`, 'SOAP-ENV:Server DTD are not supported by SOAP'],
  ];
  for (const dialect of soapDialects) {
    for (const [body, expected] of cases) {
      const answer = await post(demo.urls[dialect], body);
      assert.equal(answer.status, 500);
      assert.equal(fault(decodeResponse(answer.body)), expected);
    }
  }
  await stillServes(t, demo);
});

test('bytes that are not XML, not UTF-8 or not SOAP each result in the fault of the real store', async (t) => {
  const demo = await demoStore(t);
  const bodies: readonly (readonly [Buffer, RegExp])[] = [
    [Buffer.from('<'), /^Sender Invalid XML$/],
    [Buffer.alloc(0), /^Sender Invalid XML$/],
    [Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe, 0x3c, 0x2f, 0x61, 0x3e]), /^Sender Invalid XML$/],
    [Buffer.alloc(5000), /^Sender Invalid XML$/],
    [Buffer.from('<a>'.repeat(100_000)), /^Sender Invalid XML$/],
    [Buffer.from(`<a ${'b="c" '.repeat(30_000)}/>`), /^Sender Invalid XML$/],
    [Buffer.from('{"json": true}'), /^Sender Invalid XML$/],
    [Buffer.from('<html/>'), /^env:VersionMismatch Wrong Version$/],
    [Buffer.from('<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"/>'), /^SOAP-ENV:Client Body must be present/],
    [Buffer.from(envelope('<n:nonesuch/>')), /^SOAP-ENV:Server Procedure 'nonesuch' not present$/],
    [Buffer.from(envelope('<n:call.exec/>')), /^SOAP-ENV:Server Procedure/],
    [Buffer.from(envelope('<n:__proto__/>')), /^SOAP-ENV:Server Procedure/],
    [Buffer.from('<?xml version="1.0" encoding="x-none"?><a/>'), /^Sender Invalid XML$/],
  ];
  for (const dialect of soapDialects) {
    for (const [body, expected] of bodies) {
      const answer = await post(demo.urls[dialect], body);
      assert.equal(answer.status, 500, `${dialect} ${body.subarray(0, 40).toString()}`);
      assert.match(fault(decodeResponse(answer.body)), expected);
    }
  }
  await stillServes(t, demo);
});

test('names with a meaning in JavaScript are ordinary data', async (t) => {
  const demo = await demoStore(t);
  const client = await DemoClient.of(t, demo, 'v1');
  const map = (entries: string): string =>
    `<args xsi:type="c:Array" c:arrayType="m:Map[1]"><item xsi:type="m:Map">${entries}</item></args>`;
  const entry = (key: string, inner: string): string => `<item><key xsi:type="xsd:string">${key}</key>${inner}</item>`;
  const text = '<value xsi:type="xsd:string">x@example.com</value>';
  const data = map(entry('__proto__', text) + entry('constructor', text) + entry('toString', text) + entry('email', text));
  const answer = await post(
    client.url,
    envelope(`<n:call><sessionId>${client.session}</sessionId><resourcePath>customer.create</resourcePath>${data}</n:call>`),
  );
  assert.equal(fault(decodeResponse(answer.body)), 'result "61"');
  assert.equal(Object.hasOwn(Object.prototype, 'email'), false);
  await stillServes(t, demo);
});

test('methods other than POST get the response of a real store', async (t) => {
  const demo = await demoStore(t);
  for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']) {
    const answer = await post(demo.urls.v2, '', { method });
    assert.equal(answer.status, 500, method);
  }
  await stillServes(t, demo);
});

test('a Host header that is not a host is refused and not repeated', async (t) => {
  const demo = await demoStore(t);
  const answer = await post(`${demo.urls.v2}?wsdl`, '', { method: 'GET', headers: { Host: 'evil"><script>' } });
  assert.equal(answer.status, 403);
  assert.ok(!answer.body.toString('utf8').includes('script>'));
});
