// {{$namespace}} in raw envelopes is the namespace in the store's WSDL.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { generationOf } from '../../../src/api/generations';
import { lint, parseRequestFile } from '../../../src/requests';
import { prepare } from '../../../src/requests/run/send';
import { Resolver } from '../../../src/requests/variables/resolver';
import { startDemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { serve } from '../../support/loopback';
import { answer } from '../../support/scripted-store';
import { smallWsdl } from '../../support/small-wsdl';

const bodies = {
  v1: '<m:call><sessionId>{{$session}}</sessionId><resourcePath>customer_group.list</resourcePath><args/></m:call>',
  v2: '<m:customerGroupList><sessionId>{{$session}}</sessionId></m:customerGroupList>',
  wsi: '<m:customerGroupListRequestParam><sessionId>{{$session}}</sessionId></m:customerGroupListRequestParam>',
} as const;

const envelope = (body: string): string =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="{{$namespace}}"><e:Body>${body}</e:Body></e:Envelope>`;

function ready(request: object): ReturnType<typeof prepare> {
  const file = parseRequestFile(JSON.stringify({ requests: [{ name: 'A', ...request }] }));
  const [saved] = file.requests;
  assert.ok(saved !== undefined);
  return prepare(saved, new Resolver({ file: {}, trusted: true }));
}

for (const product of ['maho@26.7', 'openmage@20.18', 'magento@1.9'] as const) {
  test(`an envelope with the placeholder runs on ${product} in every dialect`, async (t) => {
    const demo = await startDemoStore({ product, customers: 1 });
    t.after(() => demo.close());
    for (const dialect of soapDialects) {
      const client = new StoreClient(
        { name: 'S', url: demo.urls[dialect], user: 'apiUser' },
        { key: () => Promise.resolve('apiKey12345') },
      );
      try {
        const { send, methods } = ready({ envelope: envelope(bodies[dialect]), dialect });
        assert.deepEqual(methods, ['customer_group.list']);
        const { exchange } = await send(client, undefined, false);
        assert.match(exchange.request.body, new RegExp(`xmlns:m="${generationOf(product).namespace}"`), dialect);
      } finally {
        await client.close();
      }
    }
  });
}

test('exists only in raw envelopes, where the check of the file knows it', () => {
  const found = (request: object): readonly string[] =>
    lint(parseRequestFile(JSON.stringify({ requests: [{ name: 'A', ...request }] }))).map(({ code, message }) => `${code}: ${message}`);
  assert.deepEqual(found({ envelope: envelope(bodies.v2) }), []);
  const [problem = ''] = found({ method: 'customer.info', args: { customerId: 1, attributes: ['{{$namespace}}'] } });
  assert.match(problem, /variable-malformed: .*Only raw envelopes support \$namespace/);
  assert.throws(() => ready({ method: 'customer.info', args: { customerId: '{{$namespace}}' } }), /Only raw envelopes support \$namespace/);
});

test('a malicious namespace of a WSDL stays a namespace', async (t) => {
  const posted: string[] = [];
  const namespace = 'urn:x&quot;&gt;&lt;m:customerCustomerDelete/&gt;$&amp;';
  const { url } = await serve(t, ({ request, body }, response) => {
    if (request.method === 'GET') {
      answer(response, smallWsdl('v2', { namespace }));
      return;
    }
    posted.push(body.toString());
    answer(
      response,
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><r><loginReturn>abc</loginReturn></r></e:Body></e:Envelope>',
    );
  });
  const config = { name: 'S', url: `${url}/api/v2_soap/`, user: 'u', readOnly: true };
  const client = new StoreClient(config, { key: () => Promise.resolve('k') });
  t.after(() => client.close());
  await ready({ envelope: envelope(bodies.v2), dialect: 'v2' })
    .send(client, undefined, false)
    .catch(() => undefined);
  const sent = posted.find((body) => body.includes('customerGroupList')) ?? '';
  assert.doesNotMatch(sent, /<m:customerCustomerDelete/);
  assert.match(sent, /xmlns:m="urn:x&quot;/);
});
