import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DecodeOptions } from '../../../src/soap/decoding/decode';
import { outcome } from '../../fuzz/answers';
import { answers } from '../../support/answers';
import { envelope, v1Answer } from '../../support/envelopes';
import { Random, randomChunks } from '../../support/random';
import { rounds } from '../../support/rounds';

const seed = Number(process.env['SEED'] ?? 20261124);
const ROUNDS = rounds(60);

/** In how many places an answer made at random is cut: the edges above are cut at every place. */
const CUTS = 40;

/** A longer text is not cut into single bytes alone: a third of the pieces at random are single bytes, too. */
const MOST_SINGLE_BYTES = 20_000;

/** How far apart so many places are in a text, which random text need not be long enough for. */
const stepFor = (body: Uint8Array): number => Math.max(5, Math.ceil(body.length / CUTS));

/** Cuts at every place once, into single bytes, and at random. */
function* cuts(body: Uint8Array, random: Random, step = 1): Generator<Uint8Array[]> {
  for (let at = 1; at < body.length; at += step) yield [body.subarray(0, at), body.subarray(at)];
  if (body.length <= MOST_SINGLE_BYTES) yield [...body].map((byte) => Uint8Array.of(byte));
  for (let count = 0; count < 3; count++) yield randomChunks(body, random);
}

function holds(body: Uint8Array, random: Random, step = 1, options: DecodeOptions = {}): void {
  const whole = outcome([body], options);
  for (const chunks of cuts(body, random, step)) {
    assert.deepEqual(
      outcome(chunks, options),
      whole,
      `cut after ${chunks[0]?.length ?? 0} of ${JSON.stringify(Buffer.from(body).toString('latin1')).slice(0, 2500)}`,
    );
  }
}

const answer = v1Answer('<callReturn xsi:type="xsd:string">x</callReturn>');

/** Beginnings, ends and mistakes at which a cut could matter. */
const edges: readonly string[] = [
  '<!DOCTYPE html><html><head><title>Hello</title></head></html>',
  '<!doctype   html>\n<p>',
  '<!DOCTYPE html',
  '<!DOCTYPE htmlx><x/>',
  '<!DOCTYPE',
  '<!DOCTYPE x [<!ENTITY e "1">]><Envelope/>',
  '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html><body>not & well formed</body></html>',
  '<?xml version="1.0"?><!DOCTYPE Envelope><Envelope/>',
  '<?xml version="1.0"?><!-- a > b --><!-- --><definitions xmlns="x"/>',
  '<?xml version="1.0"?><!DOC',
  '<?xml version="1.0"',
  '<?xml version="1.0" nonsense?><a/>',
  '<?xml',
  '',
  ' \n',
  'plain <b>text</b>',
  '<html><body>an <Envelope> in a page</body></html>',
  `<br />\n<b>Notice</b>: x\n${answer}trailing junk <a> & so on`,
  `\ufeff${answer}`,
  answer.replace('>x<', '>a &amp; &bad; b \u0001 <'),
  answer.replace('>x<', '>a \u0001 &bad;<'),
  answer.replace('>x<', '>a \ufffe &bad;<'),
  answer.replace('>x<', '>a ]]> &bad;<'),
  answer.replace('>x<', '>a &bad; ]]><'),
  answer.replace('>x<', '>é漢😀 &#x1F600; & <'),
  answer.replace('>x<', '>a\r\nb\rc\r<'),
  answer.replace('>x<', '><![CDATA[a\r\n]]]]><![CDATA[>\u0001]]><'),
  answer.replace('>x<', '><!-- a -- b --><'),
  answer.replace('>x<', '><!-- \u0001 -- b --><'),
  answer.replace('>x<', '><!DOCTYPX><'),
  answer.replace('>x<', '><!doctype a><'),
  answer.replace('>x<', '><!D'),
  answer.replace('>x<', '><?php 1 ?><'),
  answer.replace('>x<', '>x<a b=">" c=\'"\'/><a b=">" c=\'"\'/><'),
  answer.replace('>x<', '>x<1/><'),
  answer.replace('</callReturn>', '</callReturn  \n></callReturn>'),
  answer.replace('</callReturn>', ''),
  answer.slice(0, -30),
  answer.replace('<SOAP-ENV:Envelope', '<!-- c --> \n x <SOAP-ENV:Envelope'),
  envelope('<ns1:callResponse>text <![CDATA[of]]> it</ns1:callResponse>'),
  `${envelope('')}junk behind an empty body`,
  `${envelope('').replace(/><SOAP-ENV:Body>.*$/s, '/>')}junk behind an envelope without a body`,
  `${envelope('<ns1:callResponse><a href="#a"/></ns1:callResponse><b id="a"><c href="#a"/></b>')}junk behind values in a circle`,
  envelope('<SOAP-ENV:Fault><faultcode>1</faultcode><faultstring>a</faultstring><detail><a>1</a></detail></SOAP-ENV:Fault>'),
];

for (const [index, text] of edges.entries()) {
  test(`edge ${index} means the same however it is cut: ${JSON.stringify(text.length < 60 ? text : text.slice(-60))}`, () => {
    holds(Buffer.from(text), new Random(seed + index));
  });
}

test('bytes that are not UTF-8 are noted at the same places, with the same text', () => {
  const bad = Buffer.from(answer.replace('>x<', '>one # two ## three $ é four @ é<'));
  for (const [index, byte] of bad.entries())
    if (byte === 0x23) bad[index] = 0xe9;
    else if (byte === 0x24) bad[index] = 0x80;
    else if (byte === 0x40) bad[index] = 0xf0;
  holds(bad, new Random(seed));
  holds(Buffer.concat([Buffer.from(answer), Buffer.from([0xe2, 0x82])]), new Random(seed));
});

test('UTF-16 and declared charsets read the same', () => {
  const little = Buffer.from(`\ufeff${answer.replace('UTF-8', 'UTF-16').replace('>x<', '>漢😀 &bad;<')}`, 'utf16le');
  const half = Buffer.concat([little.subarray(0, -60), little.subarray(-1)]);
  const cut = outcome([half], {});
  assert.ok(
    typeof cut === 'object' && cut !== null && 'offset' in cut && Number(cut.offset) <= half.length,
    'half a character is no more than it is',
  );
  for (const body of [
    half,
    little,
    Buffer.from(little).swap16(),
    Buffer.from(answer.replace('UTF-8', 'windows-1252').replace('>x<', '>\u00e9<'), 'latin1'),
  ])
    holds(body, new Random(seed));
});

test('junk and comments around the limit of the search mean the same', () => {
  for (const length of [262_140, 263_160, 300_000]) {
    holds(Buffer.from(`${'j'.repeat(length)}${answer}`), new Random(seed), 65_537);
    holds(Buffer.from(answer.replace('?>\n', `?><!--${'c'.repeat(length)}-->`)), new Random(seed), 65_537);
    holds(Buffer.from(`<?xml version="1.0"?><!--${'c'.repeat(length)}--><html><p>not & well formed</html>`), new Random(seed), 65_537);
  }
  for (const length of [900, 1010, 1024, 1100])
    holds(Buffer.from(answer.replace('"1.0"', `"1.0"${' '.repeat(length)}`)), new Random(seed), 7);
});

test('what looks like SOAP and is not shows the same beginning', () => {
  const foreign = answer.replaceAll('http://schemas.xmlsoap.org/soap/envelope/', 'urn:foreign');
  for (const behind of ['', '\n', `\n<p>${'text behind '.repeat(30)}</p>`, 'x'.repeat(5000)])
    holds(Buffer.from(`${foreign}${behind}`), new Random(seed), 17);
});

test('an answer that is too large is refused at the same place', () => {
  const items = Array.from({ length: 40 }, (_, index) => `<item xsi:type="xsd:string">v${index}</item>\n`).join('');
  const list = answer.replace('>x<', `><l xsi:type="SOAP-ENC:Array" SOAP-ENC:arrayType="xsd:string[40]">\n${items}</l><`);
  for (const values of [1, 7, 20]) {
    const limits = { values };
    const whole = outcome([Buffer.from(list)], { limits });
    assert.ok(typeof whole === 'object' && whole !== null && 'offset' in whole && Number(whole.offset) > 300, 'it says where');
    holds(Buffer.from(list), new Random(seed), 13, { limits });
    holds(Buffer.from(`\ufeff${list}`, 'utf16le'), new Random(seed), 29, { limits });
  }
});

test('the limits of a tag are the same', () => {
  for (const length of [50, 98, 99, 100, 101, 150]) {
    const limits = { tag: 300 + 100 };
    holds(Buffer.from(answer.replace('>x<', `>x<a b="${'y'.repeat(300 + length)}"/><`)), new Random(seed), 3, { limits });
    holds(Buffer.from(answer.replace('</callReturn>', `</callReturn${' '.repeat(300 + length)}>`)), new Random(seed), 3, { limits });
  }
});

test(`${ROUNDS} random answers decode the same whatever path reads them`, () => {
  const random = new Random(seed);
  for (const text of fc.sample(answers, { numRuns: ROUNDS, seed })) {
    const body = Buffer.from(text);
    holds(body, random, stepFor(body));
  }
});

test(`${ROUNDS} damaged answers are the same value or the same error however they are cut`, () => {
  const random = new Random(seed + 1);
  for (const text of fc.sample(answers, { numRuns: ROUNDS, seed: seed + 1 })) {
    const body = Buffer.from(text);
    for (let count = 1 + random.below(3); count > 0; count--)
      body[random.below(body.length)] =
        random.next() < 0.5 ? random.pick([0x3c, 0x3e, 0x26, 0x5d, 0x22, 0x2d, 0x21, 0x3f]) : random.below(256);
    holds(random.next() < 0.2 ? body.subarray(0, random.below(body.length)) : body, random, stepFor(body));
  }
});
