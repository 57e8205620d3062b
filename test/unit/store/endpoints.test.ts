import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { FaultError } from '../../../src/api/errors';
import { StoreClient } from '../../../src/store/calls/client';
import { noteOf } from '../../../src/store/wire/note';
import { envelope } from '../../support/envelopes';
import { serve, type Received } from '../../support/loopback';
import { answer } from '../../support/scripted-store';
import { smallWsdl } from '../../support/small-wsdl';
import { failure } from '../../support/failure';

type Reply = { readonly status?: number; readonly type?: string; readonly body: string };

const v2 = smallWsdl('v2');
const v1 = smallWsdl('v1');

function fault(code: string, message: string): string {
  return envelope(`<SOAP-ENV:Fault><faultcode>${code}</faultcode><faultstring>${message}</faultstring></SOAP-ENV:Fault>`);
}

async function clientOf(t: TestContext, reply: (url: string, received: Received) => Reply, path = ''): Promise<StoreClient> {
  const server = await serve(t, (received, response) => {
    const { status, type, body } = reply(received.request.url ?? '', received);
    answer(response, body, { ...(status === undefined ? {} : { status }), ...(type === undefined ? {} : { type }) });
  });
  const client = new StoreClient({ name: 'Test', url: `${server.url}${path}`, user: 'u' }, { key: () => Promise.resolve('secret-key') });
  t.after(() => client.close());
  return client;
}

const text = (message: string): string =>
  `SoapFault exception: [Sender] ${message} in /srv/Server.php:1255\nStack trace:\n#0 /srv/x.php(1): f()`;

for (const [what, reply] of [
  ['a fault with HTTP 500', { status: 500, body: fault('Sender', 'Invalid XML') }],
  ['a fault with HTTP 200', { body: fault('Sender', 'Invalid XML') }],
  ['PHP’s exception as text', { body: text('Empty request') }],
] as const) {
  test(`a web server that loses ?wsdl is named: ${what}`, async (t) => {
    const error = await failure((await clientOf(t, () => reply)).describe());
    assert.ok(error instanceof FaultError);
    assert.match(error.message, /loses the query of the URL.*\?wsdl=1/s);
    assert.match(error.words.said ?? '', /Invalid XML|Empty request/);
    assert.ok(noteOf(error).exchange?.response !== undefined, 'the answer can be looked at');
  });
}

test('any fault in place of the WSDL is shown with what it means', async (t) => {
  const said = 'SOAP-ERROR: Parsing WSDL: Couldn&apos;t load from &apos;https://inside/&apos; : no';
  const error = await failure((await clientOf(t, () => ({ status: 500, body: fault('WSDL', said) }))).describe());
  assert.match(error.message, /cannot connect to its own URL/);
  const other = await failure((await clientOf(t, () => ({ body: fault('7', 'Only for members') }))).describe());
  assert.match(other.message, /Only for members/);
});

test('a key that a fault in place of the WSDL quotes is hidden', async (t) => {
  let asked = 0;
  const client = await clientOf(t, () => (asked++ === 0 ? { body: v2 } : { body: fault('7', 'secret-key is wrong') }), '/api/v2_soap/');
  const error = await failure(client.login());
  assert.doesNotMatch(error.message, /secret-key/);
});

test('where one address loses the query, another is tried', async (t) => {
  const client = await clientOf(t, (url) =>
    url.startsWith('/index.php/api/v2_soap/') ? { body: v2 } : { status: 500, body: fault('Sender', 'Invalid XML') },
  );
  assert.equal((await client.describe()).dialect, 'v2');
  assert.match(client.url ?? '', /\/index\.php\/api\/v2_soap\/$/);
});

test('Magento 2 is named by its WSDL, its pages and its REST API', async (t) => {
  const wsdl =
    '<?xml version="1.0"?><definitions xmlns="http://schemas.xmlsoap.org/wsdl/" name="customerAccountManagementV1" ' +
    'targetNamespace="http://shop/soap/default?services=customerAccountManagementV1"><service ' +
    'name="customerAccountManagementV1Service"/></definitions>';
  for (const reply of [
    { body: wsdl },
    { status: 404, type: 'text/html', body: '<html><script type="text/x-magento-init">{}</script></html>' },
    { status: 404, type: 'application/json', body: '{"message":"Request does not match any route."}' },
  ]) {
    const error = await failure((await clientOf(t, () => reply)).describe());
    assert.equal(error.code, 'magento-2');
    assert.match(error.message, /Magento 2 shop/);
  }
});

test('a store whose V1 alone is switched off says so, with the command for V1', async (t) => {
  const client = await clientOf(t, (url) => (url.includes('v2_soap') ? { body: v2 } : { status: 404, body: '' }));
  const error = await failure(client.beside());
  assert.equal(error.code, 'v1-switched-off');
  assert.match(error.message, /apiplatform\/protocols\/soap 1/);
});

test('a store whose V2 alone is switched off is called over V1', async (t) => {
  const client = await clientOf(t, (url) => (url.includes('v2_soap') ? { status: 404, body: '' } : { body: v1 }));
  assert.equal((await client.describe()).dialect, 'v1');
  const error = await failure(client.beside());
  assert.equal(error.code, 'v2-switched-off');
  assert.match(error.message, /apiplatform\/protocols\/v2_soap 1/);
});

test('a request that PHP could not read was not executed, though its answer is HTTP 200', async (t) => {
  const login = envelope(
    '<ns1:loginResponse><loginReturn xsi:type="xsd:string">0123456789abcdef0123456789abcdef</loginReturn></ns1:loginResponse>',
  );
  const client = await clientOf(
    t,
    (_, { request, body }) =>
      request.method === 'GET' ? { body: v1 } : body.includes('login') ? { body: login } : { body: text('Invalid XML') },
    '/api/soap/',
  );
  const error = await failure(client.call('customer.delete', { customerId: 1 }));
  assert.ok(error instanceof FaultError);
  assert.equal(noteOf(error).execution, undefined, 'nothing is in doubt');
  assert.match(error.message, /Nothing was executed/);
});

test('a 502 for a call over V2 of Maho 26.7 is the known fault behind nginx; V1 works', async (t) => {
  const login = envelope(
    '<ns1:loginResponse><loginReturn xsi:type="xsd:string">0123456789abcdef0123456789abcdef</loginReturn></ns1:loginResponse>',
  );
  const reply = (url: string, { request }: Received): Reply => {
    if (request.method === 'GET') return { body: url.includes('v2_soap') ? v2 : v1 };
    return url.includes('v2_soap')
      ? { status: 502, type: 'text/html', body: '<html><title>502 Bad Gateway</title></html>' }
      : { body: login };
  };
  const client = await clientOf(t, reply);
  const error = await failure(client.login());
  assert.equal(error.code, 'gateway-lengths');
  assert.match(error.message, /known bug of Maho 26\.7 behind nginx.*"dialect": "v1"/s);
});

for (const [pasted, only] of [
  ['/api.php?type=v2_soap', /^\/api\.php\?type=v2_soap/],
  ['/api.php?type=v2_soap', /^\/api\/v2_soap\/(\?|$)/],
  ['/api/v2_soap/index/wsdl/1/', /^\/api\/v2_soap\/(\?|$)/],
  ['/api/v2_soap/index/wsdl/1/', /^\/api\/v2_soap\/index\/(\?|$)/],
  ['/api/soap_v2/', /^\/api\/v2_soap\/(\?|$)/],
  ['/api/xmlrpc/', /^\/index\.php\/api\/v2_soap\/(\?|$)/],
  ['/api/rest/v2', /^\/api\/v2_soap\/(\?|$)/],
] as const) {
  test(`a store entered as ${pasted} is found where it speaks at ${only.source} alone`, async (t) => {
    const login = envelope(
      '<ns1:loginResponse><loginReturn xsi:type="xsd:string">0123456789abcdef0123456789abcdef</loginReturn></ns1:loginResponse>',
    );
    const reply = (url: string, { request }: Received): Reply => {
      if (!only.test(url)) return { status: 404, type: 'text/html', body: '<html><head><title>404 Not Found</title></head></html>' };
      return { body: request.method === 'GET' ? v2 : login };
    };
    const client = await clientOf(t, reply, pasted);
    await client.login();
    assert.equal(client.dialect, 'v2');
  });
}
