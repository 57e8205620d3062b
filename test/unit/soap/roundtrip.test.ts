import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { catalogue, findMethod, type Method } from '../../../src/api/catalogue';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../../src/api/value';
import { decodeRequest, decodeResponse } from '../../../src/soap/decode';
import { codecs } from '../../../src/soap/dialects';
import { encodeV1Call } from '../../../src/soap/dialects/v1';
import { envelope } from '../../support/envelopes';
import { encodeNatural } from '../../../src/soap/dialects/encoded';
import { soapValues, xmlSafeText } from '../../support/soap-values';

const context = { namespace: 'urn:Maho' };

test('any value that V1 can carry comes back as it was sent', () => {
  fc.assert(
    fc.property(soapValues(xmlSafeText), (value) => {
      const decoded = decodeRequest(Buffer.from(encodeV1Call('any.path', [value], 'session', context)));
      assert.ok(decoded.kind === 'result' && isRecord(decoded.value));
      assert.deepEqual(decoded.value['args'], [asPhp(value)]);
    }),
    { numRuns: 1500 },
  );
});

test('any value in a V1 answer comes back as it was written', () => {
  fc.assert(
    fc.property(soapValues(xmlSafeText), (value) => {
      const decoded = decodeResponse(Buffer.from(envelope(`<ns1:callResponse>${encodeNatural('callReturn', value)}</ns1:callResponse>`)));
      assert.ok(decoded.kind === 'result');
      assert.deepEqual(decoded.value, asPhp(value));
    }),
    { numRuns: 1500 },
  );
});

/** Arguments as callers give them, for every method of the catalogue. */
const calls = fc.constantFrom(...catalogue.map((method: Method) => method.id)).chain((id) => {
  const method = findMethod(id);
  assert.ok(method);
  const args = method.args.map((arg): [string, fc.Arbitrary<SoapValue>] => [arg.name, argumentOf(method, arg.name)]);
  return fc.record(Object.fromEntries(args)).map((given) => ({ method, args: given }));
});

function argumentOf(method: Method, name: string): fc.Arbitrary<SoapValue> {
  const type = method.args.find((arg) => arg.name === name)?.type;
  if (name === 'filters') return fc.dictionary(fc.constantFrom('email', 'customer_id', 'group_id'), fc.oneof(xmlSafeText, fc.record({ from: fc.nat(), to: fc.nat() }), fc.record({ like: xmlSafeText })), { minKeys: 1, noNullPrototype: true });
  if (type?.kind === 'int') return fc.nat();
  if (type?.kind === 'list') return fc.array(xmlSafeText);
  assert.ok(type?.kind === 'entity');
  const fields = type.fields.filter((field) => !field.v1Only);
  return fc.record(
    Object.fromEntries(fields.map((field): [string, fc.Arbitrary<SoapValue>] => [field.name, field.type.kind === 'int' ? fc.nat() : field.type.kind === 'boolean' ? fc.boolean() : field.type.kind === 'list' ? fc.array(xmlSafeText) : xmlSafeText])),
    { requiredKeys: [], noNullPrototype: true },
  ).map((record): SoapRecord => Object.fromEntries(Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))));
}

for (const dialect of ['v2', 'wsi'] as const) {
  test(`any call of the catalogue in ${dialect} is decoded to the arguments it was made with`, () => {
    fc.assert(
      fc.property(calls, ({ method, args }) => {
        const decoded = decodeRequest(Buffer.from(codecs[dialect].encodeCall(method, args, 'session', context)));
        assert.ok(decoded.kind === 'result' && isRecord(decoded.value));
        assert.equal(decoded.operation, method.operation);
        const { filters: _filters, ...rest } = args;
        const { filters: _sent, sessionId, ...seen } = decoded.value;
        assert.equal(sessionId, 'session');
        assert.deepEqual(seen, rest);
      }),
      { numRuns: 1500 },
    );
  });
}

/** PHP cannot tell an empty map from an empty list, and neither can V1's wire. XML turns CR into a reference, which survives. */
function asPhp(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(asPhp);
  if (!isRecord(value)) return Object.is(value, -0) ? 0 : value;
  const entries = Object.entries(value);
  if (entries.length === 0) return [];
  const record: SoapRecord = Object.fromEntries(entries.map(([key, inner]) => [key, asPhp(inner)]));
  return record;
}
