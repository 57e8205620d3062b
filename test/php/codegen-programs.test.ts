import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dialectLabels, soapDialects, type SoapDialect } from '../../src/api/dialect';
import { isSoapValue } from '../../src/api/types';
import { isList, isRecord, type SoapValue } from '../../src/api/value';
import { codeTargets, envelopeProgram, generateCode, type CodeTarget } from '../../src/codegen/index';
import { parseRequestFile } from '../../src/requests/index';
import { StoreClient } from '../../src/store';
import { curlSkip, phpSkip, runPhp } from '../support/php';
import { admin, examplesOf, expectations, runCurl, runPhpPrograms, runWithSoap, secret, still, type Program } from './codegen-support';

for (const dialect of soapDialects) {
  describe(`programs for ${dialectLabels[dialect]} get the same results as our own client`, () => {
    test('PHP', { skip: phpSkip }, async () => {
      await compare(dialect, 'php', runPhpPrograms);
    });

    test('TypeScript, compiled strictly, with the soap package', async () => {
      await compare(dialect, 'typescript', (programs) => runWithSoap(programs, 'mts'));
    });

    test('JavaScript with the soap package', async () => {
      await compare(dialect, 'javascript', (programs) => runWithSoap(programs, 'mjs'));
    });

    test('curl', { skip: curlSkip }, async () => {
      await compare(dialect, 'curl', runCurl);
    });
  });
}

for (const dialect of soapDialects) {
  test(
    `programs for ${dialectLabels[dialect]} filter rows without a value themselves, because the API has no condition for it`,
    { skip: phpSkip },
    async () => {
      const store = await still();
      const { user, key } = admin(store);
      const client = new StoreClient({ name: 'expected', url: store.urls[dialect], user, dialect }, { key: () => Promise.resolve(key) });
      try {
        const { value } = await client.call('customer.list', { filters: { customer_id: { from: 1, to: 20 } } });
        const rows = isList(value) ? value.filter(isRecord) : [];
        const expected = rows.filter((row) => (row['middlename'] ?? '') === '').map((row) => row['customer_id']);
        assert.ok(expected.length > 0 && expected.length < rows.length, `${expected.length} of ${rows.length}`);
        const source = (target: CodeTarget): string =>
          generateCode(
            {
              method: 'customer.list',
              args: { filters: { customer_id: { from: 1, to: 20 } } },
              url: `${store.urls[dialect]}?wsdl`,
              user,
              dialect,
              empty: ['middlename'],
            },
            target,
          );
        const env = { MAHO_SOAP_KEY: key };
        const printed = [
          ...(await runPhpPrograms([{ source: source('php'), env }])),
          ...(await runWithSoap([{ source: source('typescript'), env }], 'mts')),
          ...(await runWithSoap([{ source: source('javascript'), env }], 'mjs')),
        ];
        for (const result of printed)
          assert.deepEqual(
            (isList(result) ? result.filter(isRecord) : []).map((row) => Number(row['customer_id'])),
            expected.map(Number),
          );
        assert.match(source('curl'), /^# .*keep those of the answer whose middlename is empty/m);
      } finally {
        await client.close();
        await store.close();
      }
    },
  );
}

test('the curl program for a raw envelope gets the same response as the envelope', { skip: curlSkip }, async () => {
  const store = await still();
  try {
    const { user, key } = admin(store);
    const envelope =
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" ' +
      'xmlns:m="urn:Maho"><e:Body><m:customerCustomerInfo><sessionId>{{$session}}</sessionId><customerId>1</customerId>' +
      '</m:customerCustomerInfo></e:Body></e:Envelope>';
    const [result] = await runCurl([
      { source: envelopeProgram({ envelope, url: `${store.urls.v2}?wsdl`, user, dialect: 'v2' }), env: { MAHO_SOAP_KEY: key } },
    ]);
    assert.equal(typeof result === 'object' && result !== null && 'customer_id' in result && result['customer_id'], 1);
    assert.equal(store.requests.filter(({ method }) => method === 'endSession').length, 1);
  } finally {
    await store.close();
  }
});

for (const dialect of soapDialects) {
  test(`a PHP program for ${dialectLabels[dialect]} says why it cannot reach the store, and exits with 1`, { skip: phpSkip }, async () => {
    const source = generateCode({ method: 'customer.list', url: 'http://127.0.0.1:1/api/v2_soap/', user: 'u', dialect }, 'php');
    const { status, stdout, stderr } = await runPhp(source.replace('new SoapClient', '@new SoapClient'), { MAHO_SOAP_KEY: 'k' });
    assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    assert.match(stderr, /^Fault WSDL: SOAP-ERROR: Parsing WSDL/);
  });
}

test('numbers of a request file that JavaScript would change are unchanged in every language', () => {
  const file = parseRequestFile(
    '{ "requests": [{ "name": "n", "method": "sales_order.info", "args": [12345678901234567890, 1.10, 1e21, 0.1, 7] }] }',
  );
  const [request] = file.requests;
  for (const dialect of soapDialects) {
    for (const target of codeTargets) {
      const given: unknown = request?.args;
      assert.ok(Array.isArray(given));
      const values = given.filter(isSoapValue);
      const args = dialect === 'v1' ? values : Object.fromEntries(values.map((value, index) => [`a${index}`, value]));
      const source = generateCode(
        { method: dialect === 'v1' ? 'sales_order.info' : 'salesOrderInfo', args, url: 'https://shop.example/', user: 'u', dialect },
        target,
      );
      for (const number of ['12345678901234567890', '1.10', '1e21', '0.1', '7'])
        assert.match(source, new RegExp(`[\\s'>(\\[]${number.replace('.', '\\.')}[',<\\])]`), `${number} in ${target}, ${dialect}`);
    }
  }
});

/** Runs a program for every example, in order, against a separate store. The output must equal the results of our client. */
async function compare(
  dialect: SoapDialect,
  target: CodeTarget,
  execute: (programs: readonly Program[]) => Promise<readonly SoapValue[]>,
): Promise<void> {
  const expected = await expectations(dialect);
  const store = await still();
  try {
    const { user, key } = admin(store);
    const examples = examplesOf(dialect);
    const sources = examples.map(({ method, args }) =>
      generateCode({ method, args, url: `${store.urls[dialect]}?wsdl`, user, dialect }, target),
    );
    for (const source of sources) assert.ok(!source.includes(key) && !source.includes(secret), 'a secret stands in the program');
    const results = await execute(sources.map((source) => ({ source, env: { MAHO_SOAP_KEY: key, MAHO_SOAP_PASSWORD: secret } })));
    for (const [index, { title, fault }] of examples.entries()) {
      if (fault !== undefined) assert.equal(results[index], `Fault ${fault}`, title);
      assert.deepEqual(results[index], expected.get(title), title);
    }
    assert.equal(store.requests.filter(({ method }) => method === 'endSession').length, examples.length, 'every program ends its session');
  } finally {
    await store.close();
  }
}
