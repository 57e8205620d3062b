import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectEnvelope } from '../../../src/store/envelope';
import { StoreClient } from '../../../src/store/client';
import { findMethod } from '../../../src/api/catalogue';
import { codecs } from '../../../src/soap/dialects';
import { encodeV1Call } from '../../../src/soap/dialects/v1';
import { recordings, wireSkip } from '../../support/wire';
import { tinyStore } from '../../support/tiny-store';

const context = { namespace: 'urn:Maho' };

test('an envelope tells what it calls and in which dialect', () => {
  const method = findMethod('customer.delete');
  assert.ok(method !== undefined);
  for (const dialect of ['v1', 'v2', 'wsi'] as const) {
    assert.deepEqual(inspectEnvelope(codecs[dialect].encodeCall(method, { customerId: 1 }, 's', context)), { methods: ['customer.delete'], dialect });
  }
  assert.deepEqual(inspectEnvelope(encodeV1Call('sales_order.list', [], 's', context)), { methods: ['sales_order.list'], dialect: 'v1' });
  assert.deepEqual(inspectEnvelope('not XML'), { methods: [], dialect: undefined });
  assert.deepEqual(inspectEnvelope('<!DOCTYPE x><a/>'), { methods: [], dialect: undefined });
});

test('every recorded call of a method tells which', { skip: wireSkip }, () => {
  for (const [folder, dialect] of [['v1', 'v1'], ['v2', 'v2'], ['v2-wsi', 'wsi']] as const) {
    const told = recordings(folder).map((recording) => inspectEnvelope(recording.request().toString('utf8')));
    const calls = told.filter(({ methods }) => methods.some((name) => findMethod(name) !== undefined));
    assert.ok(calls.length > 120, folder);
    for (const call of calls) assert.equal(call.dialect, dialect);
  }
});

test('an envelope goes as it is, in a session that is renewed when it is over', async (t) => {
  const store = await tinyStore(t, 'v2', ({ args }) => ({ value: args }));
  const client = new StoreClient({ name: 'Tiny', url: store.url, user: 'api' }, { key: () => Promise.resolve('key') });
  t.after(() => client.close());
  const envelope = (session: string): string => `<?xml version="1.0"?><!-- mine --><e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><x:customerCustomerInfo xmlns:x="urn:whatever"><sessionId>${session}</sessionId><odd>1</odd></x:customerCustomerInfo></e:Body></e:Envelope>`;
  await client.login();
  store.expire();
  const { value, exchange } = await client.send(envelope, []);
  assert.equal((value as Record<string, unknown>)['odd'], '1');
  assert.equal(exchange.method, 'customer.info');
  assert.equal(Buffer.from(exchange.reveal().request.body).toString(), envelope(store.requests.at(-1)?.session ?? ''));
});

test('the policy judges an envelope by what it holds, whatever the caller says of it', async (t) => {
  const store = await tinyStore(t, 'v1', () => ({ value: true }));
  const client = new StoreClient({ name: 'Tiny', url: store.url, user: 'api', dialect: 'v1', readOnly: true }, { key: () => Promise.resolve('key') });
  t.after(() => client.close());
  const batch = (path: string): string => encodeV1Call('x', [], 's', context).replace(/<ns1:call>.*<\/ns1:call>/s, `<ns1:multiCall><sessionId xsi:type="xsd:string">s</sessionId><calls SOAP-ENC:arrayType="xsd:ur-type[1]" xsi:type="SOAP-ENC:Array"><item SOAP-ENC:arrayType="xsd:string[1]" xsi:type="SOAP-ENC:Array"><item xsi:type="xsd:string">${path}</item></item></calls></ns1:multiCall>`);
  for (const xml of [encodeV1Call('customer.delete', [1], 's', context), batch('customer.delete'), 'unreadable', '<a/>']) {
    await assert.rejects(client.send(() => xml, ['customer.list']), { kind: 'policy', code: 'read-only' }, xml.slice(0, 60));
  }
  assert.equal(store.requests.length, 0);
  await client.send((session) => encodeV1Call('customer.list', [[]], session, context), ['customer.list']);
});
