// The client over REST v2, against the demo store over real HTTP.
import assert from 'node:assert/strict';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test, type TestContext } from 'node:test';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../../../src/api/value';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../../src/demo';
import { noteOf, StoreClient, type ClientPorts, type Exchange, type StoreConfig } from '../../../../src/store';
import { customer } from '../../../../src/api/resources/customer';
import { rowWindows } from '../../../../src/store/customers/windows';
import { formValue } from '../../../../src/forms/customer-form';
import { failure } from '../../../support/failure';

interface Shop {
  readonly store: DemoStore;
  readonly client: StoreClient;
  readonly exchanges: Exchange[];
  readonly key: string;
}

async function shop(
  t: TestContext,
  options: DemoStoreOptions = {},
  more: {
    readonly config?: Partial<StoreConfig>;
    readonly ports?: Partial<ClientPorts>;
    readonly url?: (store: DemoStore) => Promise<string>;
  } = {},
): Promise<Shop> {
  const store = await startDemoStore({ product: 'maho', ...options });
  const [account] = store.users;
  assert.ok(account !== undefined);
  const exchanges: Exchange[] = [];
  const url = more.url === undefined ? (store.restUrl ?? '') : await more.url(store);
  const client = new StoreClient(
    { name: 'Shop', url, user: account.user, dialect: 'rest', ...more.config },
    {
      key: () => Promise.resolve(account.key),
      onExchange: (exchange) => exchanges.push(exchange),
      retry: { repeats: 2, backoff: 1 },
      ...more.ports,
    },
  );
  t.after(async () => {
    await client.close();
    await store.close();
  });
  return { store, client, exchanges, key: account.key };
}

function rowsOf(value: SoapValue): readonly SoapRecord[] {
  assert.ok(isList(value));
  return value.filter(isRecord);
}

const idsOf = (value: SoapValue): readonly unknown[] => rowsOf(value).map((row) => row['customer_id']);

/** A proxy in front of a store that may treat each request in its own way. */
async function inFront(
  t: TestContext,
  target: string,
  handle: (request: IncomingMessage, pass: () => Promise<{ status: number; body: Buffer }>, response: ServerResponse) => Promise<boolean>,
): Promise<string> {
  const to = new URL(target);
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const pass = async (): Promise<{ status: number; body: Buffer; headers: IncomingMessage['headers'] }> =>
        await new Promise((resolve, reject) => {
          const passed = httpRequest(
            {
              host: to.hostname,
              port: to.port,
              path: request.url,
              method: request.method,
              headers: { ...request.headers, 'accept-encoding': 'identity' },
            },
            (answer) => {
              const parts: Buffer[] = [];
              answer.on('data', (part: Buffer) => parts.push(part));
              answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(parts), headers: answer.headers }));
            },
          );
          passed.on('error', reject);
          passed.end(Buffer.concat(chunks));
        });
      void handle(request, pass, response).then(async (handled) => {
        if (handled) return;
        const { status, body, headers } = await pass();
        response.writeHead(status, headers).end(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}${to.pathname}`;
}

test('one token serves many calls, and nothing that needs one leaves without it', async (t) => {
  const { client, exchanges, store } = await shop(t, { customers: 40 });
  await Promise.all([1, 2, 3].map((customerId) => client.call('customer.info', { customerId })));
  await client.call('customer_group.list');
  assert.equal(exchanges.filter(({ method }) => method === 'login').length, 1);
  for (const { method, requestHeaders } of exchanges.filter(({ method: name }) => name !== 'login' && name !== 'address'))
    assert.ok(
      requestHeaders.some(([name]) => name.toLowerCase() === 'authorization'),
      method,
    );
  assert.ok(store.requests.every(({ status }) => status < 400 || status === 405));
});

test('key and token stand nowhere in what is shown', async (t) => {
  const { client, exchanges, key } = await shop(t, { customers: 3 });
  await client.call('customer.create', { customerData: { email: 'a@example.com', password: 'Geheim-77x' } });
  const token = exchanges
    .map((exchange) =>
      exchange
        .reveal()
        .request.headers.find(([name]) => name === 'Authorization')?.[1]
        .replace('Bearer ', ''),
    )
    .find((found) => found !== undefined);
  assert.ok(token !== undefined && token.length > 50);
  const shown = exchanges.map((exchange) => JSON.stringify(exchange)).join('\n');
  for (const secret of [key, token, 'Geheim-77x']) assert.ok(!shown.includes(secret), secret);
});

test('a token that ended is asked for anew, once, and a write that it kept out is sent', async (t) => {
  const { client, exchanges, store } = await shop(t, { customers: 3 });
  await client.call('customer.info', { customerId: 1 });
  store.endSessions();
  assert.equal((await client.call('customer.update', { customerId: 1, customerData: { suffix: 'II' } })).value, true);
  assert.equal(exchanges.filter(({ method }) => method === 'login').length, 2);
});

test('a token that ends at once is not renewed forever', async (t) => {
  const { client, exchanges, store } = await shop(t, { customers: 3, faults: { 'expire-sessions': true } });
  assert.equal((await failure(client.call('customer.list'))).code, '5');
  assert.equal(exchanges.filter(({ method }) => method === 'login').length, 2);
  assert.ok(store.requests.length < 10);
});

test('a wrong key is told apart from a permission that is missing, which is named', async (t) => {
  const { client } = await shop(t, {}, { ports: { key: () => Promise.resolve('wrong') } });
  const wrong = await failure(client.call('customer.list'));
  assert.equal(wrong.code, '2');
  assert.match(wrong.words.what, /user or API key/);
  assert.equal(noteOf(wrong).exchange?.method, 'login');
  const { store } = await shop(t);
  store.setUsers([{ user: 'soapOnly', key: 'soapOnly12345', rights: ['customer', 'customer/info'] }]);
  const limited = new StoreClient(
    { name: 'S', url: store.restUrl ?? '', user: 'soapOnly', dialect: 'rest' },
    { key: () => Promise.resolve('soapOnly12345') },
  );
  t.after(() => limited.close());
  const denied = await failure(limited.call('customer.list'));
  assert.equal(denied.code, '2');
  assert.match(denied.message, /customers\/read/);
  assert.match(denied.words.why ?? '', /SOAP permissions do not count/);
});

test('an address that has no REST, or has it off, says so', async (t) => {
  const { store } = await shop(t, { product: 'maho@25' });
  const asked = async (url: string): Promise<string> => {
    const client = new StoreClient({ name: 'S', url, user: 'u', dialect: 'rest' }, { key: () => Promise.resolve('k') });
    try {
      return (await failure(client.describe())).code;
    } finally {
      await client.close();
    }
  };
  assert.equal(await asked(store.urls.v2), 'rest-not-found');
  const off = await shop(t, { faults: { 'rest-off': true } });
  assert.equal(await asked(off.store.restUrl ?? ''), 'rest-switched-off');
});

test('too many tokens are waited for, and it is said; the wait can be cancelled', async (t) => {
  let refused = 0;
  const waits: number[] = [];
  const stop = new AbortController();
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', (request, _pass, response) => {
      if (request.method !== 'POST') return Promise.resolve(false);
      refused++;
      const body = '{"error":"too_many_requests","message":"Too many requests. Please try again later.","code":429}';
      response.writeHead(429, { 'Content-Type': 'application/json' }).end(body);
      return Promise.resolve(true);
    });
  const { client } = await shop(
    t,
    {},
    {
      url,
      ports: {
        onWait: ({ ms, method }) => {
          assert.equal(method, 'login');
          waits.push(ms);
          stop.abort();
        },
      },
    },
  );
  const error = await failure(client.call('customer.list', {}, { signal: stop.signal }));
  assert.ok(['cancelled', 'too-many-requests'].includes(error.code), error.code);
  assert.deepEqual(waits, [10_000]);
  assert.equal(refused, 1);
});

test('a list that is stopped keeps the pages that came', async (t) => {
  const stop = new AbortController();
  const pages: string[] = [];
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', (request, _pass, response) => {
      const page = /customers\?.*page=(\d+)/.exec(request.url ?? '')?.[1];
      if (page !== undefined) pages.push(page);
      if (pages.length < 3) return Promise.resolve(false);
      // The third page never comes.
      stop.abort();
      setImmediate(() => response.destroy());
      return Promise.resolve(true);
    });
  const { client } = await shop(t, { customers: 100 }, { url });
  const error = await failure(client.call('customer.list', {}, { signal: stop.signal }));
  assert.equal(error.code, 'cancelled');
  const rows = (await noteOf(error).rows?.()) ?? [];
  assert.ok(rows.length >= 30 && rows.length < 100, String(rows.length));
  assert.equal(new Set(idsOf(rows)).size, rows.length);
});

test('a create whose answer was lost is sent again with its key, and made once', async (t) => {
  let lost = 0;
  const keys: unknown[] = [];
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', async (request, pass, response) => {
      if (request.method !== 'POST' || request.url?.endsWith('/customers') !== true) return false;
      keys.push(request.headers['x-idempotency-key']);
      if (lost++ > 0) return false;
      await pass();
      response.destroy();
      return true;
    });
  const { client, store } = await shop(t, { customers: 3 }, { url });
  const { value } = await client.call('customer.create', { customerData: { email: 'once@example.com', password: 'Passw0rd!' } });
  assert.equal(value, 4);
  assert.equal(store.customers(), 4);
  assert.equal(keys.length, 2);
  assert.ok(typeof keys[0] === 'string' && keys[0] === keys[1]);
  await client.call('customer.create', { customerData: { email: 'twice@example.com', password: 'Passw0rd!' } });
  assert.notEqual(keys[2], keys[0], 'each write has a key of its own');
});

test('a refusal after a lost answer may be about the first try, so what became of it is not known', async (t) => {
  let calls = 0;
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', async (request, pass, response) => {
      if (request.method !== 'POST' || request.url?.endsWith('/customers') !== true) return false;
      if (calls++ === 0) {
        await pass();
        response.destroy();
        return true;
      }
      // The first try is not over yet: its key is not known, but its customer is there.
      request.headers['x-idempotency-key'] = `other-${calls}`;
      return false;
    });
  const { client } = await shop(t, { customers: 3 }, { url });
  const error = await failure(client.call('customer.create', { customerData: { email: 'race@example.com', password: 'Passw0rd!' } }));
  assert.equal(noteOf(error).execution, 'unknown');
  assert.equal(calls, 3);
});

test('a refusal of the first try is what it says', async (t) => {
  const { client, store } = await shop(t, { customers: 3 });
  const [first] = rowsOf((await client.call('customer.list')).value);
  const before = store.requests.length;
  const error = await failure(client.call('customer.create', { customerData: { email: first?.['email'] ?? '', password: 'Passw0rd!' } }));
  assert.equal(error.code, '100');
  assert.equal(noteOf(error).execution, undefined);
  assert.equal(store.requests.length - before, 1);
});

test('every list is whole and in order, whatever is asked and wherever it begins', async (t) => {
  const { client } = await shop(t, { customers: 100 });
  const ids = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => to - index);
  const list = async (filters: SoapRecord, options: object = {}): Promise<readonly unknown[]> =>
    idsOf((await client.call('customer.list', { filters }, options)).value);
  assert.deepEqual(await list({}), ids(1, 100));
  for (const [from, to] of [
    [1, 1],
    [1, 30],
    [30, 31],
    [70, 71],
    [71, 100],
    [100, 100],
    [55, 58],
    [1, 100],
    [90, 4000],
    [101, 200],
  ] as const) {
    const expected = ids(from, Math.min(to, 100));
    assert.deepEqual(await list({ customer_id: { from, to } }), expected, `${from} to ${to}`);
    assert.deepEqual(
      await list({ customer_id: { from, to } }, { order: 'oldest' }),
      expected.toReversed(),
      `${from} to ${to}, oldest first`,
    );
  }
  assert.deepEqual(await list({ customer_id: { in: ['3', '99', '50', '51', '1000'] } }), [99, 51, 50, 3]);
  assert.deepEqual(await list({ customer_id: { in: [] } }), [], 'as over V1');
});

test('an empty store, and a store of one page exactly, are walked to their ends', async (t) => {
  for (const customers of [0, 1, 30, 60]) {
    const { client } = await shop(t, { customers });
    assert.equal(rowsOf((await client.call('customer.list')).value).length, customers);
    assert.equal(rowsOf((await client.call('customer.list', {}, { order: 'oldest' })).value).length, customers);
  }
});

test('no customer is missed or given twice while others come and go', async (t) => {
  for (const order of ['newest', 'oldest'] as const) {
    const { client, store } = await shop(t, { customers: 200 });
    const behind = new StoreClient(
      { name: 'B', url: store.urls.v1, user: store.users[0]?.user ?? '' },
      { key: () => Promise.resolve(store.users[0]?.key ?? '') },
    );
    t.after(() => behind.close());
    const seen: unknown[] = [];
    const gone = new Set<number>();
    let pages = 0;
    const changes = async (page: number): Promise<void> => {
      // Rows that were read, and rows that are still to be read.
      const id = order === 'newest' ? 200 - page * 7 : page * 7;
      gone.add(id);
      await behind.call('customer.delete', { customerId: id });
      if (page % 2 === 0) await behind.call('customer.create', { customerData: { email: `n${page}${order}@example.com` } });
    };
    let working = Promise.resolve();
    await client.call(
      'customer.list',
      {},
      {
        order,
        onRow: (row) => {
          if (isRecord(row)) seen.push(row['customer_id']);
        },
        isEnough: () => {
          pages++;
          if (pages < 5) {
            const page = pages;
            working = working.then(() => changes(page));
          }
          return false;
        },
      },
    );
    await working;
    assert.equal(new Set(seen).size, seen.length, `${order}: twice`);
    for (let id = 1; id <= 200; id++) assert.ok(seen.includes(id) || gone.has(id), `${order}: ${id} is missing`);
  }
});

test('no customer is missed while as many come as go between any two pages', async (t) => {
  for (const order of ['newest', 'oldest'] as const) {
    for (const range of [undefined, { from: 20, to: 180 }]) {
      let pages = 0;
      const gone = new Set<number>();
      let change = (): Promise<void> => Promise.resolve();
      const url = (store: DemoStore): Promise<string> =>
        inFront(t, store.restUrl ?? '', async ({ url: path = '' }) => {
          // Before each page but the first, somebody deletes a customer that was read and another one registers.
          if (path.includes('/customers?') && pages++ > 0 && pages < 6) await change();
          return false;
        });
      const { client, store } = await shop(t, { customers: 200 }, { url });
      const behind = new StoreClient(
        { name: 'B', url: store.urls.v1, user: store.users[0]?.user ?? '' },
        { key: () => Promise.resolve(store.users[0]?.key ?? '') },
      );
      t.after(() => behind.close());
      change = async () => {
        const id = order === 'newest' ? 180 - pages : 20 + pages;
        gone.add(id);
        await behind.call('customer.delete', { customerId: id });
        await behind.call('customer.create', { customerData: { email: `n${pages}${order}@example.com` } });
      };
      const { value } = await client.call('customer.list', range === undefined ? {} : { filters: { customer_id: range } }, { order });
      const seen = rowsOf(value).map((row) => Number(row['customer_id']));
      assert.equal(new Set(seen).size, seen.length, `${order}: twice`);
      const missing = Array.from({ length: 200 }, (_, index) => index + 1).filter(
        (id) => id >= (range?.from ?? 1) && id <= (range?.to ?? 200) && !seen.includes(id) && !gone.has(id),
      );
      assert.deepEqual(missing, [], `${order} ${JSON.stringify(range)}`);
    }
  }
});

test('windows from the oldest customer on read few pages twice', async (t) => {
  const { client, store } = await shop(t, { customers: 1000 });
  let rows = 0;
  for await (const window of rowWindows(client, customer, { order: 'oldest', rows: 500 })) rows += window.rows.length;
  assert.equal(rows, 1000);
  const asked = store.requests.filter(({ method }) => method === 'GET /customers').length;
  // 34 pages of 30; each page shares a row with the one before, and a window begins by looking for its place.
  assert.ok(asked <= 60, `${asked} requests`);
});

test('filters find what V1 finds, as far as lists of REST have the attribute', async (t) => {
  const { client, store } = await shop(t, { customers: 90 });
  const v1 = new StoreClient(
    { name: 'V1', url: store.urls.v1, user: store.users[0]?.user ?? '' },
    { key: () => Promise.resolve(store.users[0]?.key ?? '') },
  );
  t.after(() => v1.close());
  const [some] = rowsOf((await client.call('customer.list', { filters: { customer_id: 40 } })).value);
  const email = formValue('email', some?.['email']);
  const last = formValue('lastname', some?.['lastname']);
  const filters: readonly SoapRecord[] = [
    { email },
    { email: email.toUpperCase() },
    { email: { in: [email, 'nobody@example.com'] } },
    { email: { like: '%@example.com' } },
    { email: { like: `${email.slice(0, 6)}%` } },
    { lastname: last },
    { lastname: { like: `${last.slice(0, 5)}%` } },
    { lastname: { neq: last } },
    { firstname: { nlike: 'A%' } },
    { group_id: { in: [1, 3] } },
    { group_id: '2', website_id: 1 },
    { group_id: { nin: '1' } },
    { customer_id: { gteq: 80 } },
    { customer_id: { lt: 5 } },
    { created_at: { from: '2024-03-01', to: '2024-12-31' } },
    { gender: { notnull: 1 } },
    { lastname: { regexp: '^[A-M]' } },
    { dob: { lt: '1980-01-01' } },
    { filter: [{ key: 'group_id', value: '1' }] },
    { complex_filter: [{ key: 'customer_id', value: { key: 'in', value: '4,7' } }] },
  ];
  let found = 0;
  for (const filter of filters) {
    const ours = idsOf((await client.call('customer.list', { filters: filter })).value)
      .map(Number)
      .sort((a, b) => a - b);
    const theirs = idsOf((await v1.call('customer.list', { filters: filter })).value)
      .map(Number)
      .sort((a, b) => a - b);
    assert.deepEqual(ours, theirs, JSON.stringify(filter));
    found += ours.length;
  }
  assert.ok(found > 100, `${found}`);
  for (const filter of [{ password_hash: 'x' }, { default_shipping: 1 }, { nonsense: 1 }])
    assert.equal((await failure(client.call('customer.list', { filters: filter }))).code, 'rest-unsaid', JSON.stringify(filter));
});

test('a customer that did not change is not sent again', async (t) => {
  const { client, exchanges } = await shop(t, { customers: 3 });
  const first = await client.call('customer.info', { customerId: 2 });
  const again = await client.call('customer.info', { customerId: 2 }, { again: true });
  assert.equal(again.exchange.response?.status, 304);
  assert.deepEqual(again.value, first.value);
  await client.call('customer.update', { customerId: 2, customerData: { suffix: 'III' } });
  const changed = await client.call('customer.info', { customerId: 2 }, { again: true });
  assert.ok(isRecord(changed.value) && changed.value['suffix'] === 'III');
  assert.equal((await client.call('customer.info', { customerId: 2 })).exchange.response?.status, 200, 'only who asks whether it changed');
  assert.ok(exchanges.length > 4);
});

test('what REST would ignore without an error is refused here, and nothing is sent', async (t) => {
  const { client, store } = await shop(t, { customers: 3 });
  await client.login();
  const before = store.requests.length;
  const refused: readonly [string, SoapRecord][] = [
    ['customer.update', { website_id: 2 }],
    ['customer.update', { password: 'Passw0rd!' }],
    ['customer.update', { store_id: 1 }],
    ['customer.update', { customer_id: 5 }],
    ['customer.update', { nonsense: 1 }],
    ['customer.update', { email: '' }],
    ['customer.update', { group_id: 'retail' }],
    ['customer.create', { password_hash: 'x' }],
    ['customer.create', { dob: '31/12/1990' }],
  ];
  for (const [method, customerData] of refused) {
    const error = await failure(client.call(method, { customerId: 1, customerData }));
    assert.ok(
      ['rest-unsaid', 'argument-type', 'argument-unknown'].includes(error.code),
      `${method} ${JSON.stringify(customerData)}: ${error.code}`,
    );
  }
  for (const method of ['customer.delete', 'customer_address.create', 'catalog_product.list', 'resources'])
    assert.equal((await failure(client.call(method, {}))).code, 'rest-unsaid', method);
  assert.equal((await failure(client.call('customer.info', { customerId: '1abc' }))).code, 'argument-type');
  assert.equal(store.requests.length, before);
});

test('policy holds for REST as for SOAP', async (t) => {
  const { client, store } = await shop(t, { customers: 3 }, { config: { readOnly: true } });
  assert.equal((await failure(client.call('customer.update', { customerId: 1, customerData: { suffix: 'x' } }))).code, 'read-only');
  const production = await shop(t, { customers: 3 }, { config: { environment: 'production' } });
  assert.equal((await failure(production.client.call('customer.create', { customerData: {} }))).code, 'not-confirmed');
  assert.equal(store.requests.length, 0);
});

test('a login of the web server does not take the place of the token', async (t) => {
  const seen: (string | undefined)[] = [];
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', (request) => {
      seen.push(request.headers.authorization);
      return Promise.resolve(false);
    });
  const { client, store } = await shop(
    t,
    { customers: 3 },
    { url, config: { webUser: 'web' }, ports: { webPassword: () => Promise.resolve('door') } },
  );
  await client.call('customer.create', { customerData: { email: 'in@example.com', password: 'Passw0rd!' } });
  assert.deepEqual(
    seen.map((value) => value?.split(' ')[0]),
    ['Basic', 'Basic', 'Bearer'],
  );
  assert.deepEqual(
    store.mails.map(({ to }) => to),
    ['in@example.com'],
    'it is no public registration',
  );
});

test('answers that are not JSON, broken, or errors of others are told as what they are', async (t) => {
  let answer: { status: number; type: string; body: string } | undefined;
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', (request, _pass, response) => {
      if (answer === undefined || request.method === 'POST') return Promise.resolve(false);
      response.writeHead(answer.status, { 'Content-Type': answer.type }).end(answer.body);
      return Promise.resolve(true);
    });
  const { client } = await shop(t, { customers: 3 }, { url });
  await client.login();
  const rows: readonly [number, string, string, string][] = [
    [200, 'text/html', '<html><title>Shop</title></html>', 'not-rest'],
    [200, 'application/json', '{"id": 1, "email', 'not-rest'],
    [200, 'application/json', '[]', 'rest-value'],
    [200, 'application/json', '{"id":"1"}', 'rest-value'],
    [500, 'application/json', '{"error":"internal_server_error","message":"An internal error occurred","code":500}', 'rest-failed'],
    [502, 'text/html', '<html>Bad gateway</html>', 'gateway'],
    [503, 'text/html', '<html><title>Maintenance</title></html>', 'maintenance'],
    [403, 'text/html', '<html>Firewall</html>', 'forbidden'],
    [401, 'text/html', '<html>Login</html>', 'web-login-rest'],
    [404, 'application/json', '{"error":"protocol_disabled","message":"This API protocol is not enabled."}', 'rest-switched-off'],
    [404, 'application/json', '{"error":"not_found","message":"Not Found","code":404}', '102'],
    [403, 'application/json', '{"error":"forbidden","message":"Token is not authorized for the requested store.","code":403}', '2'],
    [418, 'application/json', '{"error":"teapot","message":"Short and stout"}', '0'],
  ];
  for (const [status, type, body, code] of rows) {
    answer = { status, type, body };
    const error = await failure(client.call('customer.info', { customerId: 1 }));
    assert.equal(error.code, code, `${status} ${body}`);
    assert.ok((error.words.next ?? '') !== '' || error.kind === 'fault', code);
  }
  // What PHP printed before the answer is junk, and said to be.
  answer = { status: 200, type: 'application/json', body: '\ufeff<br />\n<b>Notice</b>: [x] in {y}<br />\n{"id":1,"email":"a@b.c"}' };
  const { value, junk } = await client.call('customer.info', { customerId: 1 });
  assert.ok(isRecord(value) && value['email'] === 'a@b.c');
  assert.deepEqual(
    junk.map(({ where }) => where),
    ['mark', 'before'],
  );
});

test('a login of the web server in front of REST is told as what it is, since its header is that of the token', async (t) => {
  // As web servers do it: nothing passes without their own login, and what passes keeps its header.
  const seen: string[] = [];
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', (request, _, response) => {
      const { authorization = '' } = request.headers;
      seen.push(authorization.split(' ')[0] ?? '');
      if (authorization === `Basic ${Buffer.from('front:door').toString('base64')}`) return Promise.resolve(false);
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="Staging"', 'Content-Type': 'text/html' }).end('<html>Login</html>');
      return Promise.resolve(true);
    });
  const { client } = await shop(
    t,
    { customers: 3 },
    { url, config: { webUser: 'front' }, ports: { webPassword: () => Promise.resolve('door') } },
  );
  const error = await failure(client.call('customer.info', { customerId: 1 }));
  assert.equal(error.code, 'web-login-rest');
  assert.match(error.words.what, /"Staging"\), which cannot be sent over REST/);
  assert.match(error.words.next ?? '', /allow \/api\/rest\/v2 without its login, or use SOAP/);
  // A write that was refused so was not carried out, and is not in doubt.
  const write = await failure(client.call('customer.update', { customerId: 1, customerData: { firstname: 'New' } }));
  assert.equal(write.code, 'web-login-rest');
  assert.equal(noteOf(write).execution, undefined);
  assert.ok(seen.includes('Basic') && seen.includes('Bearer'), seen.join());
});

test('pages that are smaller than they should be are an error, and no shorter list', async (t) => {
  const url = (store: DemoStore): Promise<string> =>
    inFront(t, store.restUrl ?? '', async (request, pass, response) => {
      if (request.url?.includes('page=') !== true) return false;
      request.headers['accept-encoding'] = 'identity';
      const { status, body } = await pass();
      const list = JSON.parse(body.toString('utf8')) as { member: unknown[] };
      response
        .writeHead(status, { 'Content-Type': 'application/ld+json' })
        .end(JSON.stringify({ ...list, member: list.member.slice(0, 20) }));
      return true;
    });
  const { client } = await shop(t, { customers: 50 }, { url });
  assert.equal((await failure(client.call('customer.list'))).code, 'rest-page-size');
});

test('whatever comes after a lost answer, the first try stays unknown', async (t) => {
  for (const [status, error] of [
    [403, 'forbidden'],
    [404, 'not_found'],
    [500, 'internal_server_error'],
  ] as const) {
    let calls = 0;
    const url = (store: DemoStore): Promise<string> =>
      inFront(t, store.restUrl ?? '', async (request, pass, response) => {
        if (request.method !== 'PUT') return false;
        if (calls++ === 0) {
          await pass();
          response.destroy();
        } else
          response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error, message: 'No', code: status }));
        return true;
      });
    const { client } = await shop(t, { customers: 3 }, { url });
    const thrown = await failure(client.call('customer.update', { customerId: 1, customerData: { suffix: 'X' } }));
    assert.equal(noteOf(thrown).execution, 'unknown', error);
  }
});
