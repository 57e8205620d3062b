import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { DecodeError } from '../../../src/soap/xml/errors';
import { envelope } from '../../support/envelopes';

const levels = (count: number, last: string): string =>
  Array.from({ length: count }, (_, at) => `<multiRef id="r${at}"><a href="#r${at + 1}"/><b href="#r${at + 1}"/></multiRef>`).join('') +
  last;

for (const [code, last] of [
  ['circular', '<multiRef id="r40"><a href="#r0"/></multiRef>'],
  ['too-large', '<multiRef id="r40">x</multiRef>'],
  ['malformed', ''],
] as const) {
  test(`what goes with the error of an answer whose references are refused (${code}) can be walked`, { timeout: 60_000 }, () => {
    const text = envelope(`<ns1:callResponse><callReturn href="#r0"/></ns1:callResponse>${levels(40, last)}`);
    assert.throws(
      () => decodeResponse(Buffer.from(text)),
      (error) => error instanceof DecodeError && error.code === code && JSON.stringify(error.partial).length < 10_000,
    );
  });
}
