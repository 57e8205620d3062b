import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspectEnvelope } from '../../../src/store/soap/envelope';
import { StoreClient } from '../../../src/store/calls/client';
import { findMethod } from '../../../src/api/catalogue';
import { codecs } from '../../../src/soap/dialects';
import { encodeV1Call } from '../../../src/soap/dialects/v1';
import { recordings } from '../../support/wire';
import { tinyStore } from '../../support/tiny-store';

const context = { namespace: 'urn:Maho' };

test('an envelope tells what it calls and in which dialect', () => {
  const method = findMethod('customer.delete');
  assert.ok(method !== undefined);
  for (const dialect of ['v1', 'v2', 'wsi'] as const) {
    assert.deepEqual(inspectEnvelope(codecs[dialect].encodeCall(method, { customerId: 1 }, 's', context)), {
      methods: ['customer.delete'],
      dialect,
      unclear: undefined,
    });
  }
  assert.deepEqual(inspectEnvelope(encodeV1Call('sales_order.list', [], 's', context)), {
    methods: ['sales_order.list'],
    dialect: 'v1',
    unclear: undefined,
  });
  const unclear = 'It is not an XML document that SOAP allows.';
  assert.deepEqual(inspectEnvelope('not XML'), { methods: [], dialect: undefined, unclear });
  assert.deepEqual(inspectEnvelope('<!DOCTYPE x><a/>'), {
    methods: [],
    dialect: undefined,
    unclear: 'It has a document type or a CDATA section.',
  });
});

test('every recorded call of a method tells which', () => {
  for (const [folder, dialect] of [
    ['v1', 'v1'],
    ['v2', 'v2'],
    ['v2-wsi', 'wsi'],
  ] as const) {
    const told = recordings(folder).map((recording) => inspectEnvelope(recording.request().toString('utf8')));
    const calls = told.filter(({ methods }) => methods.some((name) => findMethod(name) !== undefined));
    assert.ok(calls.length > 120, folder);
    for (const call of calls) assert.equal(call.dialect, dialect);
  }
});

test('what PHP’s own client wrote for a method is plain', () => {
  for (const folder of ['v1', 'v2', 'v2-wsi'] as const) {
    // Requests that were written by hand, to find out what a store makes of them, are called raw.
    const written = recordings(folder).filter(({ name }) => !/raw/.test(name));
    const unclear = written.flatMap((recording) => {
      const content = inspectEnvelope(recording.request());
      return content.methods.length > 0 && content.unclear !== undefined ? [`${recording.name}: ${content.unclear}`] : [];
    });
    assert.ok(written.length > 100 && unclear.length < written.length / 20, unclear.join('\n'));
  }
});

test('an envelope that is not plain says why it counts as a write', async (t) => {
  const store = await tinyStore(t, 'v2', () => ({ value: true }));
  const client = new StoreClient({ name: 'Tiny', url: store.url, user: 'api', readOnly: true }, { key: () => Promise.resolve('key') });
  t.after(() => client.close());
  const method = findMethod('customer.info');
  assert.ok(method !== undefined);
  const plain = codecs.v2.encodeCall(method, { customerId: 1 }, 's', context);
  const withHeader = plain.replace('<SOAP-ENV:Body', '<SOAP-ENV:Header/><SOAP-ENV:Body');
  assert.deepEqual(inspectEnvelope(withHeader), { methods: ['customer.info', 'envelope'], dialect: 'v2', unclear: 'It has a Header.' });
  await assert.rejects(
    client.send(() => withHeader),
    { code: 'read-only', message: /counts as a write.*It has a Header\./ },
  );
  assert.equal(store.requests.length, 0);
});

test('a session that holds XML does not change what an envelope may do', async (t) => {
  const store = await tinyStore(t, 'v1', () => ({ value: true }));
  const client = new StoreClient(
    { name: 'Tiny', url: store.url, user: 'api', dialect: 'v1', readOnly: true },
    { key: () => Promise.resolve('key') },
  );
  t.after(() => client.close());
  let asked = 0;
  // As if the store had given a session that closes the element and calls something else.
  const envelope = (session: string): string =>
    encodeV1Call('customer.info', [1], session, context).replace('customer.info', asked++ === 0 ? 'customer.info' : 'customer.delete');
  await assert.rejects(client.send(envelope), { code: 'read-only' });
  assert.equal(store.requests.filter(({ method: name }) => name === 'customer.delete').length, 0);
});

test('an envelope goes as it is, in a session that is renewed when it is over', async (t) => {
  const store = await tinyStore(t, 'v2', ({ args }) => ({ value: args }));
  const client = new StoreClient({ name: 'Tiny', url: store.url, user: 'api' }, { key: () => Promise.resolve('key') });
  t.after(() => client.close());
  const envelope = (session: string): string =>
    '<?xml version="1.0"?><!-- mine --><e:Envelope ' +
    'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><x:customerCustomerInfo ' +
    `xmlns:x="urn:whatever"><sessionId>${session}</sessionId><odd>1</odd></x:customerCustomerInfo></e:Body></e:Envelo` +
    'pe>';
  await client.login();
  store.expire();
  const { value, exchange } = await client.send(envelope, []);
  assert.equal((value as Record<string, unknown>)['odd'], '1');
  assert.equal(exchange.method, 'customer.info');
  assert.equal(Buffer.from(exchange.reveal().request.body).toString(), envelope(store.requests.at(-1)?.session ?? ''));
});

test('the policy judges an envelope by what it holds, whatever the caller says of it', async (t) => {
  const store = await tinyStore(t, 'v1', () => ({ value: true }));
  const client = new StoreClient(
    { name: 'Tiny', url: store.url, user: 'api', dialect: 'v1', readOnly: true },
    { key: () => Promise.resolve('key') },
  );
  t.after(() => client.close());
  const batch = (path: string): string =>
    encodeV1Call('x', [], 's', context).replace(
      /<ns1:call>.*<\/ns1:call>/s,
      '<ns1:multiCall><sessionId xsi:type="xsd:string">s</sessionId><calls SOAP-ENC:arrayType="xsd:ur-type[1]" ' +
        'xsi:type="SOAP-ENC:Array"><item SOAP-ENC:arrayType="xsd:string[1]" xsi:type="SOAP-ENC:Array"><item ' +
        `xsi:type="xsd:string">${path}</item></item></calls></ns1:multiCall>`,
    );
  for (const xml of [encodeV1Call('customer.delete', [1], 's', context), batch('customer.delete'), 'unreadable', '<a/>']) {
    await assert.rejects(
      client.send(() => xml, ['customer.list']),
      { kind: 'policy', code: 'read-only' },
      xml.slice(0, 60),
    );
  }
  assert.equal(store.requests.length, 0);
  await client.send((session) => encodeV1Call('customer.list', [[]], session, context), ['customer.list']);
});
