// Methods beyond the catalogue by any of their names, with arguments in order and by name, over each dialect, as the store reads them.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { test, type TestContext } from 'node:test';
import { facets } from '../../../src/api/dialect-facets';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { ToolkitError } from '../../../src/api/errors';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { isList, isRecord, type SoapValue } from '../../../src/api/value';
import { decodeRequest } from '../../../src/soap/decoding/decode';
import { StoreClient } from '../../../src/store/calls/client';
import { readFaults, readMethods } from '../../../src/store/calls/store-methods';
import { taskOf, type CallArguments } from '../../../src/store/soap/tasks';
import type { Endpoint } from '../../../src/store/soap/endpoints';
import { summarizeWsdl } from '../../../src/soap/wsdl/wsdl';
import { startDemoStore } from '../../../src/demo';
import { demoClient } from '../../support/demo-client';
import { recordedService, wsdlFile } from '../../support/store-methods';
import { wireFile } from '../../support/wire';

const bytes = (dialect: SoapDialect): Buffer => Buffer.from(wireFile(wsdlFile('maho@26.7', dialect), 'maho@26.7'));

/** What a store of Maho 26.7 reads of a call. V1's methods are described by the WSDL that stands beside it. */
async function sent(dialect: SoapDialect, beside: 'v2' | 'wsi', name: string, args: CallArguments): Promise<unknown> {
  const summary = summarizeWsdl(bytes(dialect)) ?? assert.fail();
  // The parts of an endpoint that encoding reads.
  const endpoint: Pick<Endpoint, 'summary'> = { summary };
  const describing = facets[dialect].describesMethods ? dialect : beside;
  const task = taskOf(name, args, async () => await recordedService('maho@26.7', describing === 'wsi' ? 'wsi' : 'v2'));
  const xml = await task.encode(endpoint as Endpoint, 'S');
  const decoded = decodeRequest(typeof xml === 'string' ? Buffer.from(xml) : Buffer.from(xml));
  return decoded.kind === 'result' ? [decoded.operation, decoded.value] : decoded;
}

const named: readonly (readonly [
  string,
  string,
  CallArguments,
  SoapValue,
  Readonly<Record<'v2' | 'wsi', Readonly<Record<string, SoapValue>>>>,
])[] = [
  [
    'catalog_product.info',
    'catalogProductInfo',
    { productId: '7', storeView: 'de' },
    ['7', 'de'],
    { v2: { productId: '7', storeView: 'de' }, wsi: { productId: '7', store: 'de' } },
  ],
  [
    'cart.info',
    'shoppingCartInfo',
    { quoteId: 3, store: 'de' },
    [3, 'de'],
    { v2: { quoteId: 3, storeId: 'de' }, wsi: { quoteId: 3, store: 'de' } },
  ],
];

for (const [path, operation, args, inOrder, expected] of named)
  for (const name of [path, operation])
    for (const given of [args, inOrder] as CallArguments[])
      test(`${name} ${JSON.stringify(given)} is the same call over each dialect`, async () => {
        for (const beside of ['v2', 'wsi'] as const) {
          const [, v1] = (await sent('v1', beside, name, given)) as [string, SoapValue];
          assert.ok(isRecord(v1));
          assert.deepEqual([v1['resourcePath'], v1['args']], [path, inOrder], `V1 beside ${beside}`);
        }
        for (const dialect of ['v2', 'wsi'] as const) {
          const [called, value] = (await sent(dialect, dialect, name, given)) as [string, Record<string, SoapValue>];
          assert.equal(called, operation);
          // V1 has numbers where the others have texts.
          const text = (record: Readonly<Record<string, SoapValue>>) =>
            Object.entries(record).map(([key, inner]) => [key, typeof inner === 'object' ? inner : String(inner)]);
          assert.deepEqual(
            text(value).filter(([key]) => key !== 'sessionId'),
            text(expected[dialect]),
            dialect,
          );
        }
      });

test('another name of a resource is the same method, and filters take the form of the dialect', async () => {
  const filters = { created_at: { from: '2020-01-01' } };
  const [, v1] = (await sent('v1', 'v2', 'order.list', { filters })) as [string, Record<string, SoapValue>];
  assert.deepEqual([v1['resourcePath'], v1['args']], ['order.list', [filters]]);
  const [operation, v2] = (await sent('v2', 'v2', 'order.list', { filters })) as [string, Record<string, SoapValue>];
  assert.equal(operation, 'salesOrderList');
  assert.deepEqual(v2['filters'], { complex_filter: [{ key: 'created_at', value: { key: 'from', value: '2020-01-01' } }] });
});

test('an argument that nobody knows is refused, with the names that the store has', async () => {
  await assert.rejects(sent('wsi', 'wsi', 'cart.info', { quoteId: 1, nothing: 2 }), /has no argument "nothing"/);
});

test('a quote operation of WS-I travels in the element that its WSDL names', async () => {
  const summary = summarizeWsdl(bytes('wsi')) ?? assert.fail();
  const task = taskOf('giftmessage.setForQuote', { quoteId: 1, giftMessage: {} }, async () => await recordedService('maho@26.7', 'wsi'));
  const xml = await task.encode({ summary } as Endpoint, 'S');
  assert.match(String(xml), /<ns1:giftMessageForQuoteRequestParam>/);
});

for (const dialect of soapDialects)
  test(`the methods of a store that speaks ${dialect}: names and types by its WSDL, rights by resources`, async (t) => {
    const client = (await demoClient(t, dialect, { customers: 3, wsiPort: 0 })).client;
    const { description, missing } = await readMethods(client);
    assert.deepEqual(missing, []);
    const methods = new StoreMethods(description);
    const list = methods.find('customer.list') ?? assert.fail();
    assert.deepEqual([list.operation, list.callable, list.access], ['customerCustomerList', true, 'read']);
    assert.deepEqual(
      list.args?.map(({ name, type }) => [name, type.kind]),
      [['filters', 'entity']],
    );
    assert.ok(methods.methods.length >= 11);
  });

for (const dialect of soapDialects)
  test(`the faults of a resource of a store that speaks ${dialect}, with their codes`, async (t) => {
    const faults = await readFaults((await demoClient(t, dialect, { customers: 3, wsiPort: 0 })).client, 'customer');
    assert.ok(
      faults.some(({ code, message }) => code === '102' && message !== ''),
      JSON.stringify(faults),
    );
  });

const FAULT =
  '<?xml version="1.0"?><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault>' +
  '<faultcode>3</faultcode><faultstring>Invalid api path.</faultstring></e:Fault></e:Body></e:Envelope>';

/** A client of a demo store behind a server that answers some calls with a fault; with the calls that came: path and method. */
async function guarded(
  t: TestContext,
  dialect: SoapDialect,
  refuses: (path: string) => boolean,
  key?: string,
): Promise<{ client: StoreClient; came: string[] }> {
  const demo = await startDemoStore({ customers: 3, port: 0, wsiPort: 0 });
  const target = new URL(demo.urls[dialect]);
  const came: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const path = request.url ?? '/';
      const call = /[:<](resources|resourceFaults|login)\w*[\s/>]/.exec(body.toString())?.[1];
      if (call !== undefined) came.push(`${path} ${call}`);
      if (call?.startsWith('resource') === true && refuses(path)) {
        response.writeHead(500, { 'content-type': 'text/xml' }).end(FAULT);
        return;
      }
      const { method = 'GET' } = request;
      const headers = Object.entries(request.headers).filter(([name]) => ['content-type', 'soapaction', 'accept'].includes(name));
      const init = { method, headers: Object.fromEntries(headers) as Record<string, string>, ...(method === 'GET' ? {} : { body }) };
      const answer = await fetch(new URL(path, target.origin), init);
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/xml' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : assert.fail();
  const [user] = demo.users;
  const client = new StoreClient(
    { name: 'Demo', url: `http://127.0.0.1:${port}${target.pathname}${target.search}`, user: user?.user ?? '' },
    { key: () => Promise.resolve(key ?? user?.key ?? '') },
  );
  t.after(async () => {
    await client.close();
    server.close();
    await demo.close();
  });
  return { client, came };
}

const isV2 = (path: string): boolean => path.includes('v2_soap');

for (const dialect of soapDialects)
  for (const silent of ['v1', 'v2'] as const)
    test(`rights and faults of a store that speaks ${dialect} where ${silent} does not list them`, async (t) => {
      const { client, came } = await guarded(t, dialect, (path) => isV2(path) === (silent === 'v2'));
      const { description, missing } = await readMethods(client);
      const asked = came.filter((call) => call.endsWith(' resources')).map((call) => (isV2(call) ? 'v2' : 'v1'));
      // V1 itself has nobody to turn to, and WS-I at V2's address never lists them.
      const lists = dialect === 'v2' || (dialect !== silent && silent === 'v2');
      assert.deepEqual(
        [missing.length, description.resources.some(({ methods }) => methods.some(({ callable }) => callable === true))],
        [lists ? 0 : 1, lists],
      );
      const orders = { v1: ['v1'], v2: silent === 'v2' ? ['v2', 'v1'] : ['v2'], wsi: silent === 'v1' ? ['v1', 'v2'] : ['v1'] };
      assert.deepEqual(asked, orders[dialect]);
      if (lists) assert.ok((await readFaults(client, 'customer')).length > 0);
      else await assert.rejects(readFaults(client, 'customer'), ToolkitError);
    });

test('a refused key is sent once, whatever could be asked over V1 too', async (t) => {
  const { client, came } = await guarded(t, 'v2', () => false, 'wrong');
  const { missing } = await readMethods(client);
  assert.equal(missing.length, 1);
  assert.equal(came.filter((call) => call.endsWith(' login')).length, 1);
});

test('answers over WS-I have the types of the description: numbers, and lists that are empty or hold one', async (t) => {
  const demo = await startDemoStore({ customers: 2 });
  t.after(() => demo.close());
  const [admin] = demo.users;
  assert.ok(admin !== undefined);
  const over = async (dialect: 'v2' | 'wsi', method: string): Promise<SoapValue> => {
    const config = { name: 'Shop', url: demo.urls[dialect], user: admin.user, dialect };
    const client = new StoreClient(config, { key: () => Promise.resolve(admin.key) });
    try {
      return (await client.call(method, {})).value;
    } finally {
      await client.close();
    }
  };
  const stores = await over('wsi', 'core_store.list');
  assert.deepEqual(stores, await over('v2', 'core_store.list'));
  const [first] = isList(stores) ? stores : [];
  assert.ok(isRecord(first) && typeof first['store_id'] === 'number' && typeof first['code'] === 'string', JSON.stringify(first));
  const [wsi, v2] = [await over('wsi', 'catalog_product.list'), await over('v2', 'catalog_product.list')];
  assert.deepEqual(wsi, v2);
  const [product] = isList(wsi) ? wsi : [];
  assert.ok(isRecord(product) && isList(product['category_ids'] ?? null), JSON.stringify(product));
});
