// Requests to REST that somebody wrote by hand, over real HTTP.
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { isList, isRecord, type SoapRecord } from '../../../../src/api/value';
import { startDemoStore, type DemoStoreOptions } from '../../../../src/demo';
import { noteOf, StoreClient, type Exchange, type StoreConfig } from '../../../../src/store';
import { StoreMethods } from '../../../../src/api/store-methods/store-methods';
import { readMethods } from '../../../../src/store/calls/store-methods';
import { failure } from '../../../support/failure';

interface Shop {
  readonly client: StoreClient;
  readonly exchanges: Exchange[];
}

async function shop(t: TestContext, options: DemoStoreOptions = {}, config: Partial<StoreConfig> = {}): Promise<Shop> {
  const store = await startDemoStore({ product: 'maho', ...options });
  const [account] = store.users;
  assert.ok(account !== undefined);
  const exchanges: Exchange[] = [];
  const client = new StoreClient(
    { name: 'Shop', url: store.restUrl ?? '', user: account.user, ...config },
    { key: () => Promise.resolve(account.key), onExchange: (exchange) => exchanges.push(exchange), retry: { repeats: 2, backoff: 1 } },
  );
  t.after(async () => {
    await client.close();
    await store.close();
  });
  return { client, exchanges };
}

/** A server that gives a token and answers the rest as it likes. */
async function server(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  config: Partial<StoreConfig> = {},
): Promise<Shop & { readonly asked: string[]; readonly url: string }> {
  const asked: string[] = [];
  const http = createServer((request, response) => {
    request.resume();
    const path = request.url ?? '';
    if (path.endsWith('/auth/token')) {
      response.setHeader('Content-Type', 'application/json');
      if (request.method === 'GET') response.statusCode = 405;
      response.end(request.method === 'GET' ? '{"error":"method_not_allowed","message":"","code":405}' : '{"token":"secret-token-1"}');
      return;
    }
    if (path.endsWith('/auth/logout')) {
      response.end('{"success":true}');
      return;
    }
    asked.push(`${request.method ?? ''} ${path}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const exchanges: Exchange[] = [];
  const client = new StoreClient(
    { name: 'Shop', url, user: 'api', dialect: 'rest', ...config },
    { key: () => Promise.resolve('a-long-key'), onExchange: (exchange) => exchanges.push(exchange), retry: { repeats: 1, backoff: 1 } },
  );
  t.after(async () => {
    await client.close();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });
  return { client, exchanges, asked, url };
}

test('A request goes over REST by its name, also in a store that speaks SOAP', async (t) => {
  const { client, exchanges } = await shop(t, {}, { dialect: 'v2' });
  const list = await client.call('GET /customers', { query: { itemsPerPage: 2, email: 'JANE@example.com' } });
  assert.ok(isList(list.value));
  assert.equal(list.rows, list.value.length);
  assert.equal(list.dialect, 'rest');
  assert.match(exchanges.at(-1)?.url ?? '', /\/api\/rest\/v2\/customers\?itemsPerPage=2&email=JANE%40example\.com$/);
  const all = await client.call('GET /customers', { query: { itemsPerPage: 2 }, headers: { accept: 'application/ld+json' } });
  assert.ok(isRecord(all.value) && isList(all.value['member']));
  assert.equal(all.rows, 2);
  const one = await client.call('GET /customers/{id}', { path: { id: 1 } });
  assert.ok(isRecord(one.value));
  assert.equal(one.value['id'], 1);
  const same = await client.call('GET /customers/1');
  assert.deepEqual(same.value, one.value);
});

test('Requests write, each once, and bring what the store answers', async (t) => {
  const { client } = await shop(t, {}, { dialect: 'rest' });
  const made = await client.call('POST /customer-groups', { body: { code: 'Wholesale B', taxClassId: 3 } });
  assert.ok(isRecord(made.value));
  const id = made.value['id'];
  assert.ok(typeof id === 'number');
  assert.equal(made.value['code'], 'Wholesale B');
  const changed = await client.call('PUT /customer-groups/{id}', { path: { id: String(id) }, body: { code: 'Wholesale C' } });
  assert.ok(isRecord(changed.value));
  assert.equal(changed.value['code'], 'Wholesale C');
  const gone = await client.call('DELETE /customer-groups/{id}', { path: { id } });
  assert.equal(gone.value, null);
  assert.equal(gone.rows, 0);
});

test('Faults have the number of their HTTP status and words of their own', async (t) => {
  const { client } = await shop(t, {}, { dialect: 'rest' });
  const rows: readonly (readonly [string, SoapRecord, string, RegExp])[] = [
    ['GET /customers/{id}', { path: { id: 999_999 } }, '404', /found nothing for GET \/customers\/\{id\}/],
    ['GET /nothing-like-it', {}, '404', /The store has no GET \/nothing-like-it/],
    ['DELETE /customers/1', {}, '405', /does not allow DELETE \/customers\/1/],
    ['GET /customers/1/addresses', {}, '403', /refuses GET \/customers\/1\/addresses to every API user/],
    ['PUT /customers/1', { body: { groupId: '2' } }, '400', /refuses the content of PUT \/customers\/1/],
  ];
  for (const [method, args, code, what] of rows) {
    const error = await failure(client.call(method, args));
    assert.equal(error.code, code, method);
    assert.match(error.words.what, what);
    assert.ok(error.words.said !== undefined && error.words.next !== undefined, method);
  }
});

test('What a store may not be written to refuses every verb but GET', async (t) => {
  for (const config of [{ readOnly: true }, { environment: 'production' }] as const) {
    const { client, asked } = await server(t, (_, response) => response.end('[]'), config);
    for (const verb of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const error = await failure(client.call(`${verb} /customers/{id}`, { path: { id: 1 } }));
      assert.equal(error.kind, 'policy', verb);
    }
    // What is not a request by its spelling is a method of SOAP that nobody knows, which is a write.
    for (const name of ['get /customers', 'HEAD /customers', 'TRACE /customers', ' DELETE /customers', 'DELETE\t/customers'])
      assert.equal((await failure(client.call(name, {}))).kind, 'policy', name);
    assert.deepEqual(asked, []);
    await client.call('GET /customers/1');
    assert.deepEqual(asked, ['GET /api/rest/v2/customers/1']);
  }
});

test('A path stays below the address of the API', async (t) => {
  const { client, asked } = await server(t, (_, response) => response.end('{}'));
  const paths = [
    '/../../admin',
    '/customers/..',
    '/customers/.',
    '/customers/%2e%2e/x',
    '/customers/%2E./x',
    '/customers/%252e%252e/x',
    '/a%2fb',
    '/a%5Cb',
    '/a%00b',
    '//other.example/x',
    '/customers//1',
    '/customers/',
    '/',
    '/\\other.example/x',
    '/customers?store=x',
    '/customers#x',
    '/api/rest/v2/customers',
    '/API/rest/V2/customers',
    '/a b',
    '/a\r\nX: y',
    '/ä',
    '/@other.example:80/\u0000',
    '/{a b}',
  ];
  for (const path of paths) assert.equal((await failure(client.call(`GET ${path}`))).code, 'rest-path', JSON.stringify(path));
  const values = ['', '.', '..', '%2e%2e', 'a/b', 'a\\b', '\ud800', null, true, [1], { a: 1 }];
  for (const id of values) {
    assert.equal((await failure(client.call('GET /customers/{id}', { path: { id } }))).code, 'rest-path', JSON.stringify(id));
  }
  assert.deepEqual(asked, []);
});

test('Values of a path and a query are sent as texts', async (t) => {
  const { client, asked } = await server(t, (_, response) => response.end('{}'));
  await client.call('GET /products/{id}/x', {
    path: { id: 'a b?c#d&e' },
    query: { a: 'x&y=z', b: [1, 'two'], c: { from: 1 }, d: null, e: true },
  });
  assert.deepEqual(asked, ['GET /api/rest/v2/products/a%20b%3Fc%23d%26e/x?a=x%26y%3Dz&b%5B%5D=1&b%5B%5D=two&c%5Bfrom%5D=1&e=true']);
});

test('Headers that say who asks, how, or for what else are refused', async (t) => {
  const { client, asked } = await server(t, (_, response) => response.end('{}'));
  const headers: readonly SoapRecord[] = [
    { Authorization: 'Bearer other' },
    { authorization: '' },
    { Cookie: 'x=y' },
    { Host: 'other.example' },
    { 'X-HTTP-Method-Override': 'DELETE' },
    { 'x-method-override': 'DELETE' },
    { 'X-Original-URL': '/admin' },
    { 'X-Forwarded-Host': 'other.example' },
    { 'Content-Length': 1 },
    { 'Transfer-Encoding': 'chunked' },
    { 'X-Own': 'a\r\nHost: other.example' },
    { 'X-Own': 'ä' },
    { 'X Own': 'a' },
    { '': 'a' },
    { 'X-Own': ['a'] },
  ];
  for (const each of headers) {
    const error = await failure(client.call('GET /customers', { headers: each }));
    assert.equal(error.code, 'rest-header', JSON.stringify(each));
  }
  assert.deepEqual(asked, []);
});

test('Parts that there are not, and a body where there is none, are told before anything is sent', async (t) => {
  const { client, asked } = await server(t, (_, response) => response.end('{}'));
  assert.equal((await failure(client.call('GET /customers', { page: 2 }))).code, 'argument-unknown');
  assert.equal((await failure(client.call('GET /customers', [2]))).code, 'argument-unknown');
  assert.equal((await failure(client.call('GET /customers', { body: {} }))).code, 'argument-type');
  assert.equal((await failure(client.call('GET /customers', { query: 'page=2' }))).code, 'argument-type');
  assert.equal((await failure(client.call('GET /customers/{id}'))).code, 'rest-path');
  assert.equal((await failure(client.call('GET /customers', { path: { id: 1 } }))).code, 'rest-path');
  assert.equal((await failure(client.call('GET /customers', {}, { dialect: 'v1' }))).code, 'rest-method');
  assert.equal((await failure(client.multiCall([{ method: 'GET /customers', args: {} }]))).code, 'rest-method');
  assert.deepEqual(asked, []);
});

test('A redirect is not followed, so the token goes nowhere else', async (t) => {
  const other: string[] = [];
  const elsewhere = createServer((request, response) => {
    other.push(request.url ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  t.after(() => elsewhere.close());
  const target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/x`;
  for (const status of [301, 302, 307, 308]) {
    const { client } = await server(t, (_, response) => {
      response.writeHead(status, { Location: target });
      response.end();
    });
    for (const method of ['GET /customers', 'PUT /customers/1'])
      assert.equal((await failure(client.call(method, method.startsWith('PUT') ? { body: {} } : {}))).code, 'redirect', method);
  }
  assert.deepEqual(other, []);
});

test('Answers that are not JSON, or another error, say what came', async (t) => {
  const answers: readonly (readonly [number, string, string])[] = [
    [200, '%PDF-1.4 binary', 'not-rest'],
    [200, '<!DOCTYPE html><html><title>Shop</title></html>', 'not-rest'],
    [500, '{"error":"internal_server_error","message":"An internal error occurred","code":500}', 'rest-failed'],
    [422, '{"type":"/errors","title":"An error occurred","detail":"name: This value should not be blank."}', '422'],
    [502, '<html>Bad Gateway</html>', 'gateway'],
  ];
  for (const [status, body, code] of answers) {
    const { client } = await server(t, (_, response) => {
      response.statusCode = status;
      response.end(body);
    });
    const error = await failure(client.call('GET /customers'));
    assert.equal(error.code, code, body);
    assert.ok(noteOf(error).exchange !== undefined);
  }
});

test('A write whose answer is lost is not sent again, and says that it may have been carried out', async (t) => {
  const { client, asked } = await server(t, (request) => request.socket.destroy());
  const error = await failure(client.call('POST /orders', { body: {} }));
  assert.deepEqual(asked, ['POST /api/rest/v2/orders']);
  assert.match(JSON.stringify(error.words), /is not known/);
});

test('Secrets are hidden in what an exchange shows, in its address too', async (t) => {
  const { client, exchanges } = await server(t, (_, response) => response.end('{"token":"answer-secret","name":"Ann"}'));
  await client.call('POST /customers/{token}/x', {
    path: { token: 'path-secret' },
    query: { api_key: 'query-secret' },
    headers: { 'X-Api-Token': 'header-secret' },
    body: { email: 'a@example.com', password: 'body-secret' },
  });
  const shown = JSON.stringify(exchanges.at(-1));
  for (const secret of ['path-secret', 'query-secret', 'header-secret', 'body-secret', 'answer-secret', 'secret-token-1'])
    assert.ok(!shown.includes(secret), secret);
  assert.ok(shown.includes('a@example.com'));
});

test('A store over REST says what it offers in its OpenAPI document, which needs no token', async (t) => {
  const { client, exchanges } = await shop(t, {}, { dialect: 'rest', readOnly: true });
  const { description, missing } = await readMethods(client);
  const methods = new StoreMethods(description);
  assert.deepEqual(missing, []);
  assert.ok(methods.isRest && methods.isWhole);
  assert.ok(methods.find('GET /customers/{id}') !== undefined && methods.find('PUT /customers/5')?.access === 'write');
  assert.ok(!exchanges.some(({ method }) => method === 'login'));
});

test('Documents that cannot be used say so', async (t) => {
  const answers: readonly (readonly [number, string, string])[] = [
    [200, '{', 'rest-document'],
    [200, 'null', 'rest-document'],
    [200, '{"paths":{}}', 'rest-document'],
    [200, `"${'x'.repeat(9 * 1024 * 1024)}"`, 'rest-document'],
    [404, '{"error":"not_found","message":"Not Found","code":404}', 'rest-document'],
    [404, '<html>none</html>', 'rest-document'],
  ];
  for (const [status, body, code] of answers) {
    const { client } = await server(t, (_, response) => {
      response.statusCode = status;
      response.setHeader('Content-Type', 'application/json');
      response.end(body);
    });
    const error = await failure(readMethods(client));
    assert.equal(error.code, code, body.slice(0, 80));
  }
});
