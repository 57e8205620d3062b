import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ResponseDecoder, decodeResponse } from '../../../src/soap/decoding/decode';
import { DecodeError } from '../../../src/soap/xml/errors';
import { Random, randomChunks } from '../../support/random';
import { recordings } from '../../support/wire';
import { ourEvents, saxesEvents } from '../../support/xml-events';
import { rounds } from '../../support/rounds';

/** Mutated documents to try. */
const ROUNDS = rounds(4000);
const seed = Number(process.env['SEED'] ?? 20261124);

/** Documents that exercise what the recordings do not: CDATA, comments, references, odd but legal spellings. */
const corners = [
  '<a/>',
  '<a b=\'1\' c = "2"\n>x</a >',
  '<a><![CDATA[<&]]]]><![CDATA[>]]></a>',
  '<a><!-- c --><b>&lt;&#65;&#x1F600;</b>t<!----></a>',
  '<a>]]&gt;\r\n\r<b x="&quot;&#10;\t"/></a>',
  '<x:Envelope xmlns:x="http://schemas.xmlsoap.org/soap/envelope/"><x:Body><r><v>1</v><v>ü漢😀</v></r></x:Body></x:Envelope>',
  '<a b="x>y">1</a>',
  '<é漢 a·="1"/>',
];

const pieces = [
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  '&#x41;',
  '</',
  '/>',
  '<!--',
  '-->',
  '--',
  ']]>',
  '<![CDATA[',
  '<?pi ?>',
  '<!DOCTYPE a>',
  '"',
  "'",
  '=',
  ' ',
  '\n',
  '\r',
  '\t',
  '\u0001',
  '\ufffe',
  'xmlns:',
  ':',
  'é',
  '漢',
  '😀',
  '<item>',
  '</item>',
  '<a b="1" b="2">',
  '',
];

test(`${ROUNDS} mutated documents are well-formed to us exactly when they are to saxes, with the same content`, (t) => {
  const random = new Random(seed);
  const documents = [
    ...corners,
    ...recordings('v1')
      .concat(recordings('v2'), recordings('v2-wsi'))
      .map((recording) =>
        recording
          .response()
          .toString('utf8')
          .replace(/^<\?xml[^>]*\?>/, ''),
      )
      .filter((text) => text.length < 4000 && text.includes('Envelope')),
  ];
  let wellFormed = 0;
  for (let round = 0; round < ROUNDS; round++) {
    let text = random.pick(documents);
    for (let count = random.below(4); count > 0; count--) text = mutate(text, random);
    const ours = ourEvents(randomChunks(Buffer.from(text), random));
    const theirs = saxesEvents(text);
    if (!ours.ok && (ours.code === 'dtd' || ours.code === 'processing-instruction')) continue;
    // Names: we hold them to Namespaces in XML, saxes (told not to mind namespaces) does not. Empty input is nobody's XML.
    if (!ours.ok && /is not an (element|attribute) name/.test(ours.message) && ours.message.includes(':')) continue;
    const place = `seed ${seed}, round ${round}: ${JSON.stringify(text).slice(-1500)}`;
    assert.equal(ours.ok, theirs.ok, `${place}\nours ${describe(ours)}\nsaxes ${describe(theirs)}`);
    if (ours.ok && theirs.ok) {
      wellFormed++;
      assert.deepEqual(ours.events, theirs.events, place);
    }
  }
  assert.ok(wellFormed > ROUNDS / 10, 'enough documents stay well-formed for the comparison to mean something');
  t.diagnostic(`${wellFormed} of them were well-formed`);
});

test('random bytes and mutated answers either decode or give a typed error with an offset inside the input', () => {
  const random = new Random(seed + 1);
  const bodies = ['v1', 'v2', 'v2-wsi']
    .flatMap((folder) => recordings(folder).map((recording) => recording.response()))
    .filter((body) => body.length < 8000);
  for (let round = 0; round < ROUNDS; round++) {
    const body = Buffer.from(random.pick(bodies));
    for (let count = 1 + random.below(6); count > 0 && body.length > 0; count--) body[random.below(body.length)] = random.below(256);
    const end = random.next() < 0.3 ? random.below(body.length + 1) : body.length;
    const decoder = new ResponseDecoder();
    try {
      for (const chunk of randomChunks(body.subarray(0, end), random)) decoder.write(chunk);
      decoder.end();
    } catch (error) {
      assert.ok(error instanceof DecodeError, `seed ${seed}, round ${round}: ${String(error)}`);
      assert.ok(error.offset >= 0 && error.offset <= end, `seed ${seed}, round ${round}: offset ${error.offset} of ${end}`);
      assert.ok(error.partial);
    }
  }
});

test('every recorded answer decodes the same however its bytes are cut', () => {
  const random = new Random(seed + 2);
  for (const folder of ['v1', 'v2', 'v2-wsi', 'address/v1', 'address/v2', 'address/v2-wsi']) {
    for (const recording of recordings(folder)) {
      const body = recording.response();
      const decoder = new ResponseDecoder();
      for (const chunk of body.length < 2000 ? [...body].map((byte) => Uint8Array.of(byte)) : randomChunks(body, random))
        decoder.write(chunk);
      assert.deepEqual(decoder.end(), decodeResponse(body), `${folder}/${recording.name}`);
    }
  }
});

function mutate(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const length = random.below(random.next() < 0.7 ? 3 : 40);
  // Half a surrogate pair cannot come out of any bytes.
  return Buffer.from(text.slice(0, at) + random.pick(pieces) + text.slice(at + length)).toString();
}

function describe(events: ReturnType<typeof ourEvents>): string {
  return events.ok ? 'well-formed' : events.message;
}
