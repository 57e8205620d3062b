import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { findMethod } from '../../../src/api/catalogue';
import { ToolkitError } from '../../../src/api/errors';
import { isRecord } from '../../../src/api/value';
import { decodeRequest, decodeResponse } from '../../../src/soap/decoding/decode';
import { codecs } from '../../../src/soap/dialects';
import { encodeV1Call } from '../../../src/soap/dialects/v1';
import { envelope } from '../../support/envelopes';
import { encodeNatural } from '../../../src/soap/dialects/encoded';
import { asPhp, calls } from '../../support/soap-calls';
import { soapValues, xmlSafeText } from '../../support/soap-values';
import { rounds } from '../../support/rounds';

const context = { namespace: 'urn:Maho' };

test('any value that V1 can carry comes back as it was sent', () => {
  fc.assert(
    fc.property(soapValues(xmlSafeText), (value) => {
      const decoded = decodeRequest(Buffer.from(encodeV1Call('any.path', [value], 'session', context)));
      assert.ok(decoded.kind === 'result' && isRecord(decoded.value));
      assert.deepEqual(decoded.value['args'], [asPhp(value)]);
    }),
    { numRuns: rounds(1500) },
  );
});

test('any value in a V1 answer comes back as it was written', () => {
  fc.assert(
    fc.property(soapValues(xmlSafeText), (value) => {
      const decoded = decodeResponse(Buffer.from(envelope(`<ns1:callResponse>${encodeNatural('callReturn', value)}</ns1:callResponse>`)));
      assert.ok(decoded.kind === 'result');
      assert.deepEqual(decoded.value, asPhp(value));
    }),
    { numRuns: rounds(1500) },
  );
});

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
      { numRuns: rounds(1500) },
    );
  });
}

test('an argument of the wrong type is told by what it is, and no secret or text in place of a map is quoted', () => {
  const map = { email: 'a@b.c', password: 'S3CRET' };
  const create = findMethod('customer.create');
  const list = findMethod('customer.list');
  assert.ok(create !== undefined && list !== undefined);
  for (const dialect of ['v2', 'wsi'] as const) {
    for (const [method, args] of [
      [create, { customerData: JSON.stringify(map) }],
      [create, { customerData: { email: map } }],
      [create, { customerData: { password: [map] } }],
      [create, { customerData: { store_id: map } }],
      [list, { filters: JSON.stringify(map) }],
      [list, { filters: { password_hash: { like: { a: 'S3CRET' } } } }],
    ] as const) {
      assert.throws(
        () => codecs[dialect].encodeCall(method, args, 'session', context),
        (error: unknown) => error instanceof ToolkitError && !error.message.includes('S3CRET') && error.message !== '',
        JSON.stringify(args),
      );
    }
    assert.throws(
      () => codecs[dialect].encodeCall(create, { customerData: { store_id: 'abc' } }, 'session', context),
      /"store_id" must be a whole number, but is "abc"\./,
    );
  }
});
