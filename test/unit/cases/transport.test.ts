// Stores with unusual responses (cases 50 and 52): bytes outside the response's declared length, and addresses as people paste them.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { StoreClient } from '../../../src/store/calls/client';
import type { Exchange } from '../../../src/store/wire/exchange';
import { serve, serveRaw } from '../../support/loopback';
import { caseAnswer, caseWsdl, sendXml } from './support';

const customers = [{ customer_id: 7, email: 'a@example.com' }];

suite('Bytes outside the declared length of a response (case 50)', () => {
  for (const [what, before, after] of [
    ['a byte order mark before it', '\ufeff', ''],
    ['a line end before it', '\n', ''],
    ['line ends and a blank behind it', '', '\n\n '],
    ['a notice of PHP before it', '<br />\n<b>Notice</b>: x\n', ''],
  ] as const) {
    for (const keep of [true, false]) {
      test(`${what}, ${keep ? 'on a connection that stays open' : 'on one that ends'}: the response is read`, async (t) => {
        const store = await serveRaw(t, (socket) => {
          let received = Buffer.alloc(0);
          socket.on('data', (data: Buffer) => {
            received = Buffer.concat([received, data]);
            for (let end = received.indexOf('\r\n\r\n'); end >= 0; end = received.indexOf('\r\n\r\n')) {
              const head = received.subarray(0, end).toString();
              const next = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
              if (received.length < next) return;
              const body = received.subarray(end + 4, next).toString();
              received = received.subarray(next);
              const get = head.startsWith('GET');
              const text = get ? caseWsdl(store.port) : caseAnswer(body);
              const type = `Content-Type: text/xml; charset=utf-8\r\nConnection: ${keep ? 'keep-alive' : 'close'}`;
              socket.write(`HTTP/1.1 200 OK\r\n${type}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`);
              socket.write(get ? text : `${before}${text}${after}`);
              if (!keep) socket.end();
            }
          });
        });
        const exchanges: Exchange[] = [];
        const ports = { key: () => Promise.resolve('key'), onExchange: (exchange: Exchange) => void exchanges.push(exchange) };
        const client = new StoreClient({ name: 'Case', url: `${store.url}/api/v2_soap/`, user: 'api' }, ports);
        t.after(() => client.close());
        for (let call = 0; call < 3; call++) assert.deepEqual((await client.call('customer.list', {})).value, customers);
        assert.ok(exchanges.length >= 4, 'the login and three calls');
      });
    }
  }
});

suite('An address as people paste it (case 52)', () => {
  for (const [pasted, only] of [
    ['/api.php?type=v2_soap', /^\/api\.php\?type=v2_soap/],
    ['/index.php/api/v2_soap/?wsdl=1', /^\/index\.php\/api\/v2_soap\/(\?|$)/],
    ['/api/v2_soap/index/wsdl/1/', /^\/api\/v2_soap\/(\?|$)/],
    ['/api/soap_v2/', /^\/api\/v2_soap\/(\?|$)/],
    ['/api/v2_soap?wsdl', /^\/api\/v2_soap\/(\?|$)/],
    ['/API/V2_SOAP/?WSDL', /^\/api\/v2_soap\/(\?|$)/],
    ['/default/api/v2_soap/?wsdl=1', /^\/default\/api\/v2_soap\/(\?|$)/],
    ['/api/xmlrpc/', /^\/api\/v2_soap\/(\?|$)/],
    ['/admin/', /^\/api\/v2_soap\/(\?|$)/],
  ] as const) {
    test(`${pasted} leads to the store`, async (t) => {
      const store = await serve(t, ({ request, body }, response) => {
        if (!only.test(request.url ?? ''))
          return void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<html><title>404</title></html>');
        sendXml(response, request.method === 'GET' ? caseWsdl(store.port) : caseAnswer(body.toString()));
      });
      const client = new StoreClient({ name: 'Case', url: `${store.url}${pasted}`, user: 'api' }, { key: () => Promise.resolve('key') });
      t.after(() => client.close());
      assert.deepEqual((await client.call('customer.list', {})).value, customers);
    });
  }
});
