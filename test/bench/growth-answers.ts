import { ResponseDecoder } from '../../src/soap/decoding/decode';
import { DecodeError } from '../../src/soap/xml/errors';
import { maskXml } from '../../src/store/masking/mask';
import { envelope } from '../support/envelopes';
import { customers, v1List } from './lists';
import type { GrowthCase } from './growth-case';

/** Decodes bytes in pieces. A refusal is a valid outcome. */
function decode(body: Uint8Array, piece: number): void {
  const decoder = new ResponseDecoder({ limits: { tag: Number.MAX_SAFE_INTEGER } });
  try {
    for (let at = 0; at < body.length; at += piece) decoder.write(body.subarray(at, at + piece));
    decoder.end();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
}

const list = (items: string): Buffer => Buffer.from(envelope(`<ns1:fooResponseParam><result>${items}</result></ns1:fooResponseParam>`));
const bytes = (name: string, size: number, make: (size: number) => Buffer, piece = 1): GrowthCase => ({
  name,
  size,
  make: (wanted) => {
    const body = make(wanted);
    return () => decode(body, piece);
  },
});
const masking = (name: string, size: number, make: (size: number) => readonly [text: string, ...secrets: string[]]): GrowthCase => ({
  name,
  size,
  make: (wanted) => {
    const [text, ...secrets] = make(wanted);
    return () => maskXml(text, secrets);
  },
});

/** Responses by which a store could slow down code that reads or masks them. */
export const answerCases: readonly GrowthCase[] = [
  bytes('decode, one byte at a time', 50_000, (size) => list('<a xsi:type="x">1</a>'.repeat(size / 20))),
  bytes('decode, junk before the XML, one byte at a time', 50_000, (size) =>
    Buffer.from(`${'<br />'.repeat(size / 6)}${envelope('<a/>')}`),
  ),
  bytes('decode, comments before the root, one byte at a time', 50_000, (size) =>
    Buffer.from(`<?xml version="1.0"?>${'<!-- > -->'.repeat(size / 10)}<a/>`),
  ),
  bytes('decode, an unfinished tag, one byte at a time', 100_000, (size) => list(`<a b="${'>'.repeat(size)}`)),
  bytes(
    'decode, tags that all differ',
    20_000,
    (size) => list(Array.from({ length: size }, (_, index) => `<t${index} a${index}='1'>v</t${index}>`).join('')),
    65_536,
  ),
  bytes('decode, a field that repeats', 100_000, (size) => list('<a>1</a>'.repeat(size)), 65_536),
  masking('mask, backslashes as a secret', 200_000, (size) => ['\\'.repeat(size), '\\'.repeat(14)]),
  masking('mask, a long repetition as a secret', 400_000, (size) => ['a'.repeat(size), `${'a'.repeat(size / 2)}b`]),
  masking('mask, a secret of percent codes', 200_000, (size) => ['%25'.repeat(size / 3), '%25'.repeat(20)]),
  masking('mask, secret elements that never close', 20_000, (size) => ['<password>'.repeat(size)]),
  masking('mask, secret tags without their ends', 20_000, (size) => ['<password <b </password'.repeat(size)]),
  masking('mask, a list of customers', 2000, (size) => [v1List(customers(size))]),
  masking('mask, keys and values that never close', 10_000, (size) => ['<key>password</key><value>'.repeat(size)]),
  masking('mask, quotes that never close', 20_000, (size) => [`"password":'`.repeat(size)]),
  masking('mask, attributes that never close', 100_000, (size) => [`<password ${'a="'.repeat(size)}`]),
  masking('mask, references to references', 10_000, (size) => [
    Array.from({ length: size }, (_, index) => `<a id="${index}"><password href="#${index + 1}"/></a>`).join(''),
  ]),
  masking('mask, nested targets of references', 5000, (size) => [
    `${Array.from({ length: size }, (_, index) => `<password href="#${index}"/><a id="${index}">`).join('')}x`,
  ]),
];
