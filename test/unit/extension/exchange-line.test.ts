import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchangeLine } from '../../../src/extension/log/exchange-line';
import { StoreClient } from '../../../src/store/calls/client';
import type { Exchange } from '../../../src/store/wire/exchange';
import { demoClient } from '../../support/demo-client';

/** The line of a call in the log, without its figures. */
const lineOf = (exchange: Exchange | undefined): string =>
  exchangeLine(exchange ?? assert.fail('there is an exchange')).replace(/\d+(\.\d+)? (ms|s|B|kB|MB)\b/g, '# $2');

test('the log has one line for each exchange, with its result', async (t) => {
  const { demo } = await demoClient(t, 'v2');
  const exchanges: Exchange[] = [];
  const [user] = demo.users;
  const client = new StoreClient(
    { name: 'Demo', url: demo.urls.v2, user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), onExchange: (exchange) => exchanges.push(exchange) },
  );
  t.after(() => client.close());
  await client.call('customer.list', { filters: { customer_id: { lteq: 3 } } });
  assert.match(lineOf(exchanges.at(-1)), /^Demo, V2, customer\.list, HTTP 200, # ms, # kB$/);
  await assert.rejects(client.call('customer.info', { customerId: 999_999 }));
  assert.match(lineOf(exchanges.at(-1)), /^Demo, V2, customer\.info, HTTP \d+, fault 102: Customer not exists, # ms, # B$/);
});

test('the line of a request without a response ends with the reason and the time', async (t) => {
  const { demo } = await demoClient(t, 'v2');
  const url = demo.urls.v2;
  await demo.close();
  const exchanges: Exchange[] = [];
  const client = new StoreClient(
    { name: 'Demo', url, user: 'apiUser' },
    { key: () => Promise.resolve('key'), onExchange: (exchange) => exchanges.push(exchange), retry: { repeats: 0, backoff: 0 } },
  );
  await assert.rejects(client.login());
  assert.match(lineOf(exchanges.at(-1)), /^Demo, wsdl, connection-refused: .* refused the connection on port \d+, # ms$/);
});
