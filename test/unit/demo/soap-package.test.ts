import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { createClientAsync, type Client } from 'soap';
import * as z from 'zod/mini';
import type { SoapDialect } from '../../../src/api/dialect';
import type { DemoStore } from '../../../src/demo';
import { demoStore } from './client';

const customers = [
  { customer_id: 1, email: 'one@example.com', firstname: 'One', lastname: 'José & <Söhne>', website_id: 1, store_id: 1, group_id: 1 },
  { customer_id: 2, email: 'two@example.com', firstname: 'Two', lastname: "O'Hara", website_id: 1, store_id: 1, group_id: 2 },
  { customer_id: 3, email: 'three@example.com', firstname: '三', lastname: 'Null', website_id: 1, store_id: 1, group_id: 3 },
];

/** A client of the `soap` package, as TypeScript integrators use it. */
async function connect(t: TestContext, dialect: SoapDialect): Promise<{ readonly client: Client; readonly demo: DemoStore }> {
  const demo = await demoStore(t, { seedFile: customers });
  return { demo, client: await createClientAsync(`${demo.urls[dialect]}?wsdl`) };
}

/** Calls an operation. The first value that the package returns is the body of the response. */
async function call(client: Client, operation: string, args: unknown): Promise<Record<string, unknown>> {
  const method: unknown = client[`${operation}Async`];
  if (typeof method !== 'function') throw new Error(`The client has no ${operation}.`);
  const [body] = z.array(z.unknown()).parse(await Promise.resolve(Reflect.apply(method, client, [args])));
  return z.record(z.string(), z.unknown()).parse(body ?? {});
}

/** A value of the package without its attributes. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { attributes: _attributes, $value, ...rest } = z.record(z.string(), z.unknown()).parse(value);
  if ($value !== undefined) return $value;
  return Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, plain(inner)]));
}

async function refused(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'no fault',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}

test("the soap package runs the documentation's examples over V2", async (t) => {
  const { client } = await connect(t, 'v2');
  const sessionId = plain((await call(client, 'login', { username: 'apiUser', apiKey: 'apiKey12345' }))['loginReturn']);
  assert.match(textOf(sessionId), /^[0-9a-f]{32}$/);
  const all = z
    .object({ item: z.array(z.record(z.string(), z.unknown())) })
    .parse(plain((await call(client, 'customerCustomerList', { sessionId }))['storeView']));
  assert.deepEqual(
    all.item.map((row) => row['customer_id']),
    [1, 2, 3],
  );
  const filters = { complex_filter: { item: [{ key: 'group_id', value: { key: 'in', value: '1,3' } }] } };
  const some = z
    .object({ item: z.array(z.record(z.string(), z.unknown())) })
    .parse(plain((await call(client, 'customerCustomerList', { sessionId, filters }))['storeView']));
  assert.deepEqual(
    some.item.map((row) => row['lastname']),
    ['José & <Söhne>', 'Null'],
  );
  const customerData = {
    email: 'dough@example.com',
    firstname: 'Dough',
    lastname: 'Deeks',
    password: 'password',
    website_id: 1,
    store_id: 1,
    group_id: 1,
  };
  assert.equal(plain((await call(client, 'customerCustomerCreate', { sessionId, customerData }))['result']), 4);
  assert.equal(
    plain((await call(client, 'customerCustomerUpdate', { sessionId, customerId: 4, customerData: { lastname: 'Deekson' } }))['result']),
    true,
  );
  const info = z
    .record(z.string(), z.unknown())
    .parse(plain((await call(client, 'customerCustomerInfo', { sessionId, customerId: 4 }))['customerInfo']));
  assert.deepEqual([info['lastname'], info['customer_id'], info['email']], ['Deekson', 4, 'dough@example.com']);
  assert.equal(plain((await call(client, 'customerCustomerDelete', { sessionId, customerId: 4 }))['result']), true);
  assert.match(await refused(call(client, 'customerCustomerInfo', { sessionId, customerId: 4 })), /102: Customer not exists\./);
  assert.equal(plain((await call(client, 'endSession', { sessionId }))['endSessionReturn']), true);
});

test("the soap package runs the documentation's examples over WS-I", async (t) => {
  const { client } = await connect(t, 'wsi');
  const sessionId = plain((await call(client, 'login', { username: 'apiUser', apiKey: 'apiKey12345' }))['result']);
  assert.match(textOf(sessionId), /^[0-9a-f]{32}$/);
  const rows = async (filters: unknown): Promise<readonly unknown[]> => {
    const result = z
      .object({ complexObjectArray: z.array(z.record(z.string(), z.unknown())) })
      .parse((await call(client, 'customerCustomerList', { sessionId, filters }))['result']);
    return result.complexObjectArray.map((row) => row['customer_id']);
  };
  assert.deepEqual(await rows({}), [1, 2, 3]);
  assert.deepEqual(
    await rows({ complex_filter: { complexObjectArray: [{ key: 'group_id', value: { key: 'in', value: '1,3' } }] } }),
    [1, 3],
  );
  const customerData = { email: 'dou@example.com', firstname: 'John', lastname: 'Dou', password: '1231231', website_id: 0, group_id: 1 };
  assert.equal((await call(client, 'customerCustomerCreate', { sessionId, customerData }))['result'], 4);
  assert.equal(
    (await call(client, 'customerCustomerUpdate', { sessionId, customerId: 4, customerData: { lastname: 'Deekson' } }))['result'],
    true,
  );
  assert.equal(
    z.record(z.string(), z.unknown()).parse((await call(client, 'customerCustomerInfo', { sessionId, customerId: 4 }))['result'])[
      'lastname'
    ],
    'Deekson',
  );
  assert.equal((await call(client, 'customerCustomerDelete', { sessionId, customerId: 4 }))['result'], true);
  assert.match(await refused(call(client, 'customerCustomerInfo', { sessionId, customerId: 4 })), /102: Customer not exists\./);
});

test("the soap package runs the documentation's examples over V1, with arguments typed by hand", async (t) => {
  const { client } = await connect(t, 'v1');
  const sessionId = textOf(plain((await call(client, 'login', { username: 'apiUser', apiKey: 'apiKey12345' }))['loginReturn']));
  // The package cannot type arguments that V1's WSDL declares as anyType, so its users write the arguments themselves.
  const string = (name: string, value: string): string => `<${name} xsi:type="xsd:string">${value}</${name}>`;
  const map = (entries: Readonly<Record<string, string>>): string =>
    `<item xsi:type="m:Map">${Object.entries(entries)
      .map(([key, value]) => `<item>${string('key', key)}${string('value', value)}</item>`)
      .join('')}</item>`;
  const run = async (path: string, ...items: readonly string[]): Promise<unknown> => {
    const declared =
      'xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:c="http://schemas.xmlsoap.org/soap/encoding/" ' +
      'xmlns:m="http://xml.apache.org/xml-soap"';
    const args = `<args ${declared} xsi:type="c:Array" c:arrayType="xsd:ur-type[${items.length}]">${items.join('')}</args>`;
    return plain((await call(client, 'call', { sessionId, resourcePath: path, $xml: args }))['callReturn']);
  };
  const entries = z.object({ item: z.array(z.object({ key: z.string(), value: z.optional(z.unknown()) })) });
  const mapOf = (value: unknown): Readonly<Record<string, unknown>> =>
    Object.fromEntries(entries.parse(value).item.map(({ key, value: inner }) => [key, inner]));
  const listed = z.object({ item: z.array(z.unknown()) }).parse(await run('customer.list', map({})));
  assert.deepEqual(
    listed.item.map((row) => mapOf(row)['customer_id']),
    ['1', '2', '3'],
  );
  assert.equal(await run('customer.create', map({ email: 'first@example.com', firstname: 'First', website_id: '1' })), '4');
  // The package reads values of anyType as text, no matter which type the response names.
  assert.equal(await run('customer.update', string('item', '4'), map({ firstname: 'Changed' })), 'true');
  assert.equal(mapOf(await run('customer.info', string('item', '4')))['firstname'], 'Changed');
  assert.equal(await run('customer.delete', string('item', '4')), 'true');
  assert.match(await refused(run('customer.info', string('item', '4'))), /102: Customer not exists\./);
});

function textOf(value: unknown): string {
  return z.string().parse(value);
}
