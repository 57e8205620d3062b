import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { FaultError, ToolkitError } from '../../../src/api/errors';
import type { SoapRecord, SoapValue } from '../../../src/api/value';
import { StoreClient, type ClientPorts } from '../../../src/store/calls/client';
import type { StoreConfig } from '../../../src/store/settings/config';
import type { Exchange } from '../../../src/store/wire/exchange';
import { TransportError } from '../../../src/store/wire/failure';
import { noteOf } from '../../../src/store/wire/note';
import { MASK } from '../../../src/store/masking/mask';
import { serve } from '../../support/loopback';
import { tinyFault, tinyResult, tinyStore, type TinyStore } from '../../support/tiny-store';
import { failure } from '../../support/failure';

const KEY = 'the-api-key';
const fast = { repeats: 2, backoff: 1 };

interface Given {
  readonly config?: Partial<StoreConfig>;
  readonly ports?: Partial<ClientPorts>;
}

function clientOf(
  t: TestContext,
  store: { readonly url: string },
  { config, ports }: Given = {},
): { client: StoreClient; exchanges: Exchange[] } {
  const exchanges: Exchange[] = [];
  const client = new StoreClient(
    { name: 'Test', url: store.url, user: 'api', ...config },
    { key: () => Promise.resolve(KEY), onExchange: (exchange) => exchanges.push(exchange), retry: fast, ...ports },
  );
  t.after(() => client.close());
  return { client, exchanges };
}

function callsOf(store: TinyStore, method: string): number {
  return store.requests.filter((request) => request.method === method).length;
}

for (const dialect of soapDialects) {
  test(`a shop's root is enough to speak ${dialect} to it`, async (t) => {
    const store = await tinyStore(t, dialect, () => ({ value: [] }));
    const { client } = clientOf(t, store, { config: { dialect } });
    const summary = await client.describe();
    assert.equal(summary.dialect, dialect);
    assert.equal(client.dialect, dialect);
    assert.equal(client.url, `${store.url}/api/${dialect === 'v1' ? 'soap' : 'v2_soap'}/`);
    assert.deepEqual((await client.call('customer.list')).value, []);
  });
}

test('the WSDL is read once and the login done once, however many calls begin together', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const { client, exchanges } = clientOf(t, store);
  await Promise.all(Array.from({ length: 10 }, () => client.call('customer.info', { customerId: 1 })));
  await client.call('customer.info', { customerId: 1 });
  assert.equal(store.logins, 1);
  assert.equal(exchanges.filter(({ method }) => method === 'wsdl').length, 1);
  assert.equal(callsOf(store, 'customerCustomerInfo'), 11);
});

test('a caller that gives up does not take the login from the others', async (t) => {
  const stop = new AbortController();
  const store = await tinyStore(t, 'v2', () => ({ value: 'here' }));
  const { client } = clientOf(t, store, {
    ports: {
      key: async () => {
        stop.abort();
        await new Promise((resolve) => setTimeout(resolve, 20));
        return KEY;
      },
    },
  });
  await client.describe();
  const [impatient, patient] = await Promise.allSettled([
    client.call('customer.info', { customerId: 1 }, { signal: stop.signal }),
    client.call('customer.info', { customerId: 1 }),
  ]);
  assert.ok(impatient.status === 'rejected' && impatient.reason instanceof ToolkitError && impatient.reason.code === 'cancelled');
  assert.ok(patient.status === 'fulfilled' && patient.value.value === 'here');
  assert.equal(store.logins, 1);
});

test('an expired session is renewed and the call repeated once, writes too, for nothing was executed', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const { client } = clientOf(t, store);
  await client.call('customer.info', { customerId: 1 });
  store.expire();
  assert.equal((await client.call('customer.delete', { customerId: 1 })).value, true);
  assert.equal(store.logins, 2);
  assert.equal(callsOf(store, 'customerCustomerDelete'), 2);
});

test('a session that expires at once is not renewed forever', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ fault: ['5', 'Session expired. Try to relogin.'] }));
  const { client } = clientOf(t, store);
  const error = await failure(client.call('customer.info', { customerId: 1 }));
  assert.equal(error.code, '5');
  assert.equal(store.logins, 2);
});

test('a wrong key is told apart from a missing right', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ fault: ['2', 'Access denied.'] }));
  const wrong = await failure(clientOf(t, store, { ports: { key: () => Promise.resolve('wrong-key') } }).client.call('customer.list'));
  const denied = await failure(clientOf(t, store).client.call('customer.list'));
  assert.ok(wrong instanceof FaultError && denied instanceof FaultError);
  assert.match(wrong.words.what, /user or API key/);
  assert.match(denied.words.what, /no permission for customer\.list/);
  assert.equal(denied.words.said, 'Access denied.');
  assert.equal(noteOf(denied).exchange?.method, 'customer.list');
});

test('after a wrong key the next call asks for the key again', async (t) => {
  const keys = ['wrong-key', KEY];
  const store = await tinyStore(t, 'v2', () => ({ value: [] }));
  const { client } = clientOf(t, store, { ports: { key: () => Promise.resolve(keys.shift() ?? '') } });
  await failure(client.call('customer.list'));
  assert.deepEqual((await client.call('customer.list')).value, []);
});

test('a read whose connection is lost is repeated; a write is not, and the error says that its outcome is unknown', async (t) => {
  const store = await tinyStore(t, 'v2', ({ method }, count) =>
    count < 4 || method.endsWith('Delete') ? { take: (response) => response.destroy() } : { value: 'back' },
  );
  const { client } = clientOf(t, store);
  assert.equal((await client.call('customer.info', { customerId: 1 })).value, 'back');
  assert.equal(callsOf(store, 'customerCustomerInfo'), 3);
  const error = await failure(client.call('customer.delete', { customerId: 1 }));
  assert.equal(callsOf(store, 'customerCustomerDelete'), 1);
  assert.equal(error.code, 'connection-dropped');
  assert.equal(noteOf(error).execution, 'unknown');
  assert.match(error.message, /It is not known whether the store executed customer\.delete before\. Check the data in the store/);
});

test('a read that never comes through gives up after its repeats', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ take: (response) => response.destroy() }));
  const { client } = clientOf(t, store);
  assert.equal((await failure(client.call('customer.list'))).code, 'connection-dropped');
  assert.equal(callsOf(store, 'customerCustomerList'), 3);
});

test('rows that were handed out already are not handed out twice by a repeat', async (t) => {
  const whole = tinyResult('customerCustomerList', [{ customer_id: 1 }, { customer_id: 2 }, { customer_id: 3 }]);
  const store = await tinyStore(t, 'v2', () => ({
    take: (response) => {
      response.writeHead(200, { 'Content-Length': whole.length });
      response.write(whole.slice(0, whole.lastIndexOf('<key')));
      setTimeout(() => response.destroy(), 20);
    },
  }));
  const { client } = clientOf(t, store);
  const rows: SoapValue[] = [];
  await failure(client.call('customer.list', {}, { onRow: (row) => rows.push(row) }));
  assert.ok(rows.length > 0);
  assert.equal(callsOf(store, 'customerCustomerList'), 1);
});

for (const [what, config, code] of [
  ['a read-only store', { readOnly: true }, 'read-only'],
  ['a production store without confirmation', { environment: 'production' }, 'not-confirmed'],
] as const) {
  test(`writes to ${what} are never sent`, async (t) => {
    const store = await tinyStore(t, 'v1', () => ({ value: 1 }));
    const { client, exchanges } = clientOf(t, store, { config: { ...config, dialect: 'v1' } });
    for (const [method, args] of [
      ['customer.create', { customerData: { email: 'a@b.c' } }],
      ['customerCustomerDelete', { customerId: 1 }],
      ['catalog_product.create', ['simple']],
      ['customer_address.update', [1, {}]],
      ['call', { resourcePath: 'customer.delete', args: [1] }],
      ['multiCall', { calls: [['customer.delete', [1]]] }],
    ] as const) {
      const error = await failure(client.call(method, args));
      assert.deepEqual([error.kind, error.code], ['policy', code], method);
    }
    const error = await failure(
      client.multiCall([
        { method: 'customer.info', args: [1] },
        { method: 'customer.delete', args: [1] },
      ]),
    );
    assert.equal(error.code, code);
    assert.deepEqual(exchanges, []);
    await client.call('customer.info', { customerId: 1 });
    await client.call('catalog_product.list', [[]]);
  });
}

test('a confirmed write reaches a production store, but confirming does not open a read-only one', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  assert.equal(
    (
      await clientOf(t, store, { config: { environment: 'production' } }).client.call(
        'customer.delete',
        { customerId: 1 },
        { confirmed: true },
      )
    ).value,
    true,
  );
  assert.equal(
    (
      await failure(
        clientOf(t, store, { config: { environment: 'production', readOnly: true } }).client.call(
          'customer.delete',
          { customerId: 1 },
          { confirmed: true },
        ),
      )
    ).code,
    'read-only',
  );
});

test('a shop that turned WS-I on since its WSDL was read is recognised by its fault', async (t) => {
  let asked = 0;
  const store = await tinyStore(t, 'v2', () =>
    asked++ === 0 ? { fault: ['SOAP-ENV:Server', "Procedure 'customerCustomerList' not present"] } : { value: [] },
  );
  const { client } = clientOf(t, store);
  await client.describe();
  store.speak('wsi');
  assert.equal((await client.call('customer.list')).dialect, 'wsi');
  assert.equal(client.dialect, 'wsi');
});

test('a call may go out in another dialect, at the address beside', async (t) => {
  const store = await tinyStore(t, 'v2', ({ method }) => ({ value: method }));
  const { client } = clientOf(t, store, { config: { url: `${store.url}/api/v2_soap/` } });
  assert.deepEqual((await client.call('customer.list')).value, 'customerCustomerList');
  const result = await client.call('customer.list', {}, { dialect: 'v1' });
  assert.deepEqual([result.value, result.dialect], ['customer.list', 'v1']);
  assert.equal(store.logins, 1, 'a session is good for every dialect');
  const error = await failure(client.call('customer.list', {}, { dialect: 'wsi' }));
  assert.equal(error.code, 'dialect-not-spoken');
});

test('over V1 any path can be called with a list of arguments, and nothing else', async (t) => {
  const store = await tinyStore(t, 'v1', (request) => ({ value: request.args }));
  const { client } = clientOf(t, store, { config: { dialect: 'v1' } });
  const { value } = await client.call('catalog_product.info', ['sku', null, { a: [1, true] }]);
  assert.deepEqual((value as { args: unknown }).args, ['sku', null, { a: [1, true] }]);
  assert.equal((await failure(client.call('catalog_product.info', { sku: 'x' }))).code, 'argument-type');
});

test('over V1 an operation goes as its path, unless that would be another kind of call than the policy judged', async (t) => {
  const store = await tinyStore(t, 'v1', (request) => ({ value: request.args }));
  const { client } = clientOf(t, store, { config: { dialect: 'v1', readOnly: true } });
  const sent = async (name: string): Promise<unknown> => ((await client.call(name, ['1'])).value as { resourcePath: unknown }).resourcePath;
  assert.equal(await sent('salesOrderInfo'), 'sales_order.info');
  // A path ending in bookList counts as a write, so it must not travel under a name that counts as a read.
  assert.equal(await sent('customerAddressBookList'), 'customerAddressBookList');
});

test('arguments that make no sense are refused before anything is sent', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const { client } = clientOf(t, store);
  await client.login();
  const before = store.requests.length;
  assert.equal((await failure(client.call('customer.info'))).code, 'argument-missing');
  assert.equal((await failure(client.call('customer.info', { customerId: 1, nope: 2 }))).code, 'argument-unknown');
  assert.equal((await failure(client.call('customer.info', [1, [], 3]))).code, 'argument-unknown');
  assert.equal((await failure(client.call('customer.info', { customerId: 'abc' }))).code, 'argument-type');
  assert.equal(store.requests.length, before);
});

test('every request is recorded as an exchange, masked, with the exact bytes only on demand', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: [{ email: 'a@b.c', password_hash: 'deadbeef:salt' }] }));
  const { client, exchanges } = clientOf(t, store);
  const { exchange } = await client.call('customer.list');
  await client.close();
  assert.deepEqual(
    exchanges.map(({ method, outcome }) => `${method} ${outcome.kind}`),
    ['wsdl result', 'login result', 'customer.list result', 'endSession result'],
  );
  const session = store.requests.find(({ method }) => method === 'customerCustomerList')?.session ?? '';
  assert.match(session, /^5e55/);
  for (const recorded of exchanges) {
    const shown = JSON.stringify(recorded) + JSON.stringify(recorded.request) + JSON.stringify(recorded.response);
    for (const secret of [KEY, session, 'deadbeef:salt']) assert.ok(!shown.includes(secret), `${recorded.method} shows ${secret}`);
  }
  assert.ok(exchange.response?.body.includes(MASK) === true && exchange.response.body.includes('a@b.c'));
  assert.ok(
    Buffer.from(exchange.reveal().response?.body ?? [])
      .toString()
      .includes('deadbeef:salt'),
  );
  assert.ok(Buffer.from(exchange.reveal().request.body).toString().includes(session));
});

test('an exchange shows the headers that were really sent', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const { client } = clientOf(t, store, { config: { webUser: 'web' }, ports: { webPassword: () => Promise.resolve('web-password') } });
  const { exchange } = await client.call('customer.info', { customerId: 1 });
  const headers = new Map(exchange.request.headers.map(([name, value]) => [name.toLowerCase(), value]));
  assert.deepEqual(
    [headers.get('host'), headers.get('content-length'), headers.get('authorization')],
    [new URL(store.url).host, String(exchange.request.bytes), MASK],
  );
  assert.match(headers.get('accept-encoding') ?? '', /gzip/);
});

test('callers with patience of their own share one reading of the WSDL', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const { client, exchanges } = clientOf(t, store);
  await Promise.all(
    Array.from({ length: 5 }, () => client.call('customer.info', { customerId: 1 }, { signal: new AbortController().signal })),
  );
  assert.equal(exchanges.filter(({ method }) => method === 'wsdl').length, 1);
});

test('an exchange keeps the beginning of a large answer and the size of all of it', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: Array.from({ length: 1000 }, (_, index) => ({ customer_id: index })) }));
  const { client } = clientOf(t, store, { ports: { keepBytes: 1000 } });
  const { exchange, value } = await client.call('customer.list');
  assert.equal((value as unknown[]).length, 1000);
  const { response } = exchange;
  assert.ok(response !== undefined && !response.complete && response.bytes > 10_000);
  assert.equal(exchange.reveal().response?.body.length, 1000);
});

for (const [what, xml, code] of [
  ['cut off in the middle', tinyResult('customerCustomerList', [{ customer_id: 1 }, { customer_id: 2 }]).slice(0, -180), 'cut-off'],
  ['with a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"/>', 'dtd'],
  ['malformed', '<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"><a></b>', 'malformed'],
  ['a page', '<!DOCTYPE html><html><head><title>Home page</title></head></html>', 'html-page'],
  ['empty', '', 'empty-answer'],
] as const) {
  test(`an answer that is ${what} is ${code}, and can still be looked at`, async (t) => {
    const store = await tinyStore(t, 'v2', () => ({ xml }));
    const { client } = clientOf(t, store);
    const error = await failure(client.call('customer.list'));
    assert.equal(error.code, code);
    assert.ok(error.words.next !== undefined);
    assert.equal(noteOf(error).exchange?.response?.body, xml);
    assert.equal(noteOf(error).exchange?.outcome.kind, 'error');
  });
}

test('a write whose answer cannot be read may have been executed', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ xml: tinyResult('customerCustomerDelete', true).slice(0, -60) }));
  const error = await failure(clientOf(t, store).client.call('customer.delete', { customerId: 1 }));
  assert.equal(error.code, 'cut-off');
  assert.equal(noteOf(error).execution, 'unknown');
});

test('a write whose answer overstrains the decoder may have been executed', async (t) => {
  const links = Array.from({ length: 20_000 }, (_, id) => `<multiRef id="r${id}"><a href="#r${id + 1}"/></multiRef>`).join('');
  const xml = tinyResult('customerCustomerDelete', true).replace(/(<\/[\w-]+:Body>)/, `${links}<multiRef id="r20000">end</multiRef>$1`);
  const store = await tinyStore(t, 'v2', () => ({ xml }));
  const error = await failure(clientOf(t, store).client.call('customer.delete', { customerId: 1 }));
  assert.equal(error.code, 'too-deep');
  assert.equal(noteOf(error).execution, 'unknown');
});

test('a mistake of ours after a write went out leaves the same doubt, with its cause and its exchange', async (t) => {
  const mistake = new RangeError('Maximum call stack size exceeded');
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const onExchange = ({ method }: Exchange): void => {
    if (method === 'customer.delete') throw mistake;
  };
  const error = await failure(clientOf(t, store, { ports: { onExchange } }).client.call('customer.delete', { customerId: 1 }));
  assert.equal(error.code, 'unreadable');
  assert.equal(error.kind, 'decode');
  assert.equal(noteOf(error).execution, 'unknown');
  assert.equal(noteOf(error).exchange?.method, 'customer.delete');
  assert.ok(error.cause instanceof ToolkitError);
  assert.equal(error.cause.cause, mistake);
});

test('a write that PHP did not finish may have been executed; one that the API refused was not', async (t) => {
  const messages: Record<string, readonly [string, string]> = {
    customerCustomerDelete: ['SOAP-ENV:Server', 'Maximum execution time of 30 seconds exceeded'],
    customerCustomerUpdate: ['102', 'Customer not exists.'],
    customerCustomerCreate: ['SOAP-ENV:Server', 'SOAP-ERROR: Encoding: Violation of encoding rules'],
  };
  const store = await tinyStore(t, 'v2', ({ method }) => ({ fault: messages[method] ?? ['1', ''] }));
  const { client } = clientOf(t, store);
  const execution = async (method: string, args: SoapRecord): Promise<unknown> => {
    const error = await failure(client.call(method, args));
    assert.ok(error instanceof FaultError);
    return noteOf(error).execution;
  };
  assert.equal(await execution('customer.delete', { customerId: 1 }), 'unknown');
  assert.equal(await execution('customer.update', { customerId: 1, customerData: {} }), undefined);
  assert.equal(await execution('customer.create', { customerData: {} }), undefined);
});

test('a fault under HTTP 500 is a fault; junk before the XML is told', async (t) => {
  const store = await tinyStore(t, 'v2', ({ method }) =>
    method.endsWith('Info')
      ? {
          take: (response) =>
            void response
              .writeHead(500, { 'Content-Type': 'text/xml' })
              .end(tinyFault('SOAP-ENV:Server', 'Maximum execution time of 30 seconds exceeded')),
        }
      : { xml: `<br />\nNotice: Undefined index in x.php\n${tinyResult('customerCustomerList', [])}` },
  );
  const { client } = clientOf(t, store);
  const error = await failure(client.call('customer.info', { customerId: 1 }));
  assert.ok(error instanceof FaultError);
  assert.match(error.words.what, /time limit of 30 s/);
  const { junk, value } = await client.call('customer.list');
  assert.deepEqual(value, []);
  assert.match(junk[0]?.text ?? '', /Undefined index/);
});

test('cancelling a call that the store is working on ends it at once', async (t) => {
  const stop = new AbortController();
  const store = await tinyStore(t, 'v2', () => ({ take: () => stop.abort() }));
  const { client } = clientOf(t, store);
  const error = await failure(client.call('customer.list', {}, { signal: stop.signal }));
  assert.equal(error.code, 'cancelled');
  const write = new AbortController();
  const slow = await tinyStore(t, 'v2', () => ({ take: () => write.abort() }));
  const doubt = await failure(clientOf(t, slow).client.call('customer.delete', { customerId: 1 }, { signal: write.signal }));
  assert.equal(doubt.code, 'cancelled');
  assert.equal(noteOf(doubt).execution, 'unknown');
});

test('a host without the API says so once, not for the last of the addresses tried', async (t) => {
  const asked: string[] = [];
  const server = await serve(t, ({ request }, response) => {
    asked.push(request.url ?? '');
    response
      .writeHead(404, { 'Content-Type': 'text/html' })
      .end(request.url?.startsWith('/api/v2_soap') === true ? '' : '<html><title>Nothing</title></html>');
  });
  const error = await failure(clientOf(t, server).client.describe());
  assert.equal(error.code, 'soap-switched-off', 'an empty 404 tells more than a page');
  assert.equal(asked.length, 4);
});

test('the address a WSDL advertises is never followed', async (t) => {
  const dialect: SoapDialect = 'v2';
  const store = await tinyStore(t, dialect, () => ({ value: 'right place' }));
  const proxy = await serve(t, async ({ request, body }, response) => {
    const answer = await fetch(`${store.url}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      ...(request.method === 'POST' ? { body } : {}),
    });
    response
      .writeHead(answer.status, { 'Content-Type': 'text/xml' })
      .end((await answer.text()).replace(/location="[^"]*"/, 'location="http://10.255.255.1/api/v2_soap/"'));
  });
  const { client } = clientOf(t, proxy);
  assert.equal((await client.wsdl()).summary.address, 'http://10.255.255.1/api/v2_soap/');
  assert.equal((await client.call('customer.info', { customerId: 1 })).value, 'right place');
});

test('the web server’s login is sent with the WSDL and the calls, apart from the API user', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: 'in' }));
  const guarded = await serve(t, async ({ request, body }, response) => {
    if (request.headers.authorization !== `Basic ${Buffer.from('web:web-password').toString('base64')}`)
      return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="Staging"' }).end('<html></html>');
    const answer = await fetch(`${store.url}${request.url ?? ''}`, {
      method: request.method ?? 'GET',
      ...(request.method === 'POST' ? { body } : {}),
    });
    response.writeHead(answer.status).end(await answer.text());
  });
  const config = { webUser: 'web' };
  const { client, exchanges } = clientOf(t, guarded, { config, ports: { webPassword: () => Promise.resolve('web-password') } });
  assert.equal((await client.call('customer.info', { customerId: 1 })).value, 'in');
  assert.ok(!JSON.stringify(exchanges).includes('web-password'));
  const error = await failure(clientOf(t, guarded).client.call('customer.list'));
  assert.equal(error.code, 'web-login');
  assert.match(error.message, /"Staging"/);
});

test('a CA file that is not there, or is none, is said before anything is tried', async (t) => {
  for (const caFile of ['/nowhere/ca.pem', import.meta.filename]) {
    const error = await failure(clientOf(t, { url: 'https://127.0.0.1:1' }, { config: { caFile } }).client.describe());
    assert.equal(error.code, 'ca-file');
  }
});

test('closing ends the session, also when the store is gone by then', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const { client } = clientOf(t, store);
  await client.login();
  await client.close();
  assert.equal(callsOf(store, 'endSession'), 1);
  await client.close();
  assert.equal(callsOf(store, 'endSession'), 1, 'only once');
});

test('a write in flight has its answer although the client is closed meanwhile', async (t) => {
  let arrived = (): void => undefined;
  let answer = (): void => undefined;
  const underWay = new Promise<void>((resolve) => (arrived = resolve));
  const held = new Promise<void>((resolve) => (answer = resolve));
  const store = await tinyStore(t, 'v2', async () => {
    arrived();
    await held;
    return { value: true };
  });
  const { client } = clientOf(t, store);
  const written = client.call('customer.update', { customerId: 1, customerData: { firstname: 'Jane' } });
  await underWay;
  await client.close();
  answer();
  assert.equal((await written).value, true);
  assert.equal(store.requests.filter(({ method }) => method === 'customerCustomerUpdate').length, 1);
});

test('what a store quotes of the request is hidden where errors are born: in faults, pages and their exchanges', async (t) => {
  const key = `S3CRET"k'1`;
  const asked: string[] = [];
  const store = await tinyStore(t, 'v2', ({ session, args }, count) => {
    asked.push(session);
    const trace =
      `Exception in Api.php(12): login('api', '${key.replaceAll("'", "\\'")}') call('${session}') ` +
      `save(Array('password' => 'N3WPASS')) checkPassword('N3WPASS') ${JSON.stringify(args)}`;
    const html = trace.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#039;');
    if (count % 3 === 0) return { fault: [`102 ${session}`, trace] };
    if (count % 3 === 1)
      return {
        take: (response) =>
          response
            .writeHead(500, `Oops ${session}`, { 'X-Debug': session, 'Content-Type': 'text/html' })
            .end(`<html><title>${html.slice(0, 190)}</title><body>Fatal error: ${html.slice(0, 300)}</body></html>`),
      };
    return { take: (response) => response.end(html) };
  });
  const { client, exchanges } = clientOf(t, store, { ports: { key: () => Promise.resolve(key) } });
  for (let round = 0; round < 3; round++) {
    const error = await failure(client.call('customer.create', { customerData: { email: 'a@b.c', password: 'N3WPASS' } }));
    const seen = [
      error.message,
      error.stack,
      JSON.stringify(error.words),
      error instanceof FaultError ? JSON.stringify(error.fault) : '',
      error instanceof TransportError ? JSON.stringify(error.detail) : '',
      JSON.stringify(exchanges.at(-1)?.outcome),
      JSON.stringify(exchanges.at(-1)?.response?.headers),
      exchanges.at(-1)?.response?.statusText,
    ].join('\n');
    for (const secret of ['S3CRET', 'N3WPASS', ...asked]) assert.ok(!seen.includes(secret), `${secret} in ${seen}`);
    assert.match(seen, /•/);
  }
});

test('a WSDL address that answers with a page that quotes the web server’s user hides it, in Base64 too', async (t) => {
  const encoded = Buffer.from('web:web-password').toString('base64');
  const page = await serve(t, (_, response) => void response.end(`HTTP_AUTHORIZATION: Basic ${encoded} PHP_AUTH_PW: web-password`));
  const { client, exchanges } = clientOf(t, page, {
    config: { webUser: 'web' },
    ports: { webPassword: () => Promise.resolve('web-password') },
  });
  const error = await failure(client.describe());
  const seen = error.message + JSON.stringify(exchanges);
  assert.ok(!seen.includes(encoded) && !seen.includes('web-password'), seen);
  assert.match(error.message, /HTTP_AUTHORIZATION: Basic •/);
});
