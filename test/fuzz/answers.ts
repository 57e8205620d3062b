import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import type { SoapValue } from '../../src/api/value';
import { decodeRequest, ResponseDecoder, type DecodeOptions } from '../../src/soap/decoding/decode';
import { DecodeError } from '../../src/soap/xml/errors';
import { maskXml } from '../../src/store/masking/mask';
import { answers } from '../support/answers';
import { envelope } from '../support/envelopes';
import { type Random, randomChunks } from '../support/random';
import { recordings } from '../support/wire';
import { customers, v1List, v2List, wsiList } from '../bench/lists';
import { mutated, mutatedBytes } from './mutate';

/** The complete result of the decoder for bytes that arrive in these chunks. */
export function outcome(chunks: readonly Uint8Array[], options: DecodeOptions): unknown {
  const rows: SoapValue[] = [];
  const decoder = new ResponseDecoder({ ...options, onRow: (row) => rows.push(row) });
  try {
    for (const chunk of chunks) decoder.write(chunk);
    return { decoded: decoder.end(), rows };
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { code: error.code, offset: error.offset, what: error.words.what, rows, value: error.partial?.value };
  }
}

/** Bytes with a meaning in XML. */
const MARKS = [0x3c, 0x3e, 0x26, 0x5d, 0x22, 0x2d, 0x21, 0x3f, 0x2f, 0x3d, 0x00, 0xff, 0xc3];

const PIECES = [
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  '&#x110000;',
  '&lt;',
  '</',
  '/>',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[',
  '<?x ?>',
  '<!DOCTYPE a [',
  '"',
  "'",
  '=',
  ' ',
  '\n',
  '\r',
  '\t',
  '\u0001',
  '\ufffe',
  'é',
  '😀',
  'xmlns=""',
  'xmlns:xsi="urn:x"',
  ' href="#one"',
  ' id="one"',
  ' xsi:nil="true"',
  ' xsi:type="xsd:int"',
  ' xsi:type="ns2:Map"',
  ' xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:int[9,9]"',
  ' SOAP-ENC:position="[4]"',
  ' SOAP-ENC:offset="[2]"',
  '<item>',
  '</item>',
  '<key>__proto__</key>',
  '<value>',
  '</value>',
  '<constructor>1</constructor>',
  '<__proto__/>',
  '<complexObjectArray>',
  '<a>',
  '</a>',
  '<br />',
  '<SOAP-ENV:Header/>',
  '<SOAP-ENV:Fault>',
  '<faultcode>',
  '<password_hash>',
  '1e999',
  '-0',
  '99999999999999999999',
  '<html>',
  '<a b="c" b="c">',
] as const;

/** Entity references that would double in size at each step, and circular ones. */
function unfolding(random: Random): string {
  const steps = 2 + random.below(40);
  const next = (step: number): number => (random.next() < 0.02 ? random.below(steps) : step + 1);
  const levels = Array.from(
    { length: steps },
    (_, step) => `<multiRef id="r${step}"><a href="#r${next(step)}"/><b href="#r${next(step)}"/></multiRef>`,
  );
  return envelope(`<ns1:callResponse><callReturn href="#r0"/></ns1:callResponse>${levels.join('')}<multiRef id="r${steps}">x</multiRef>`);
}

/** Nested elements, about as deep as the limit. */
function deep(random: Random): string {
  const depth = 200 + random.below(100);
  return envelope(`<ns1:callResponse>${'<a>'.repeat(depth)}1${'</a>'.repeat(depth)}</ns1:callResponse>`);
}

const fixtures = resolve(import.meta.dirname, '../fixtures/answers');

/** Responses to start from: those of the fixtures, of the demo store’s kinds, and the recorded ones if they exist. */
const known: readonly string[] = [
  ...readdirSync(fixtures).map((name) => readFileSync(resolve(fixtures, name), 'utf8')),
  ...[v1List, v2List, wsiList].map((write) => write(customers(6))),
  ...(['maho@25', 'maho@26.7'] as const).flatMap((generation) =>
    ['v1', 'v2', 'v2-wsi'].flatMap((folder) => recordings(folder, generation).map((recording) => recording.response().toString('utf8'))),
  ),
].filter((text) => text.length < 20_000);

/** A response with up to five mutations, sometimes in another encoding. */
export function hostileAnswer(random: Random): Uint8Array {
  const start = random.next();
  let text =
    start < 0.45
      ? random.pick(known)
      : start < 0.9
        ? (fc.sample(answers, { numRuns: 1, seed: random.below(2 ** 31) })[0] ?? '')
        : start < 0.95
          ? unfolding(random)
          : deep(random);
  for (let count = random.below(6); count > 0; count--) text = mutated(text, random, PIECES);
  const encoding = random.next();
  const bytes =
    encoding < 0.04
      ? Buffer.from(`\ufeff${text}`, 'utf16le')
      : encoding < 0.08
        ? Buffer.from(text.replace('UTF-8', random.pick(['windows-1252', 'ISO-8859-1', 'x', 'UTF-16'])), 'latin1')
        : Buffer.from(text);
  return random.next() < 0.5 ? mutatedBytes(bytes, random, MARKS) : bytes;
}

/** Texts of decoded values that no stored text may contain if they are secrets. */
const SECRET = 'a-secret-of-"the" <store> & \\more';

/**
 * Decodes a response whole and in chunks, also as a request, and masks it.
 * @throws {Error} if the results differ, an error is not typed, or a secret remains
 */
export function checkAnswer(random: Random): void {
  const body = hostileAnswer(random);
  const about = (): string => JSON.stringify(Buffer.from(body).toString('latin1')).slice(0, 4000);
  const options: DecodeOptions = random.next() < 0.2 ? { limits: { tag: 200 + random.below(400), values: 100 + random.below(400) } } : {};
  const whole = outcome([body], options);
  const cuts = [
    randomChunks(body, random),
    randomChunks(body, random),
    ...(body.length < 3000 ? [[...body].map((byte) => Uint8Array.of(byte))] : []),
  ];
  for (const chunks of cuts) assert.deepEqual(outcome(chunks, options), whole, `cut after ${chunks[0]?.length ?? 0} of ${about()}`);
  if (typeof whole === 'object' && whole !== null && 'offset' in whole) {
    const { offset } = whole;
    assert.ok(typeof offset === 'number' && offset >= 0 && offset <= body.length, `offset ${String(offset)} of ${body.length}: ${about()}`);
  }
  try {
    decodeRequest(body);
  } catch (error) {
    assert.ok(error instanceof DecodeError, about());
  }
  const text = Buffer.from(body).toString('utf8');
  const at = random.below(text.length + 1);
  const masked = maskXml(text.slice(0, at) + SECRET + text.slice(at), [SECRET]);
  assert.ok(!masked.includes(SECRET), about());
}
