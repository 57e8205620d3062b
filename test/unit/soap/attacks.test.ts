import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isList, isRecord } from '../../../src/api/value';
import { decodeResponse, ResponseDecoder } from '../../../src/soap/decoding/decode';
import { readTree } from '../../../src/soap/decoding/tree';
import { DecodeError } from '../../../src/soap/xml/errors';
import { entry, envelope, v1Answer } from '../../support/envelopes';

/** Expects a typed refusal. */
function refused(body: string | Uint8Array, code: string): DecodeError {
  let refusal: DecodeError | undefined;
  assert.throws(
    () => decodeResponse(typeof body === 'string' ? Buffer.from(body) : body),
    (error: unknown) => {
      assert.ok(error instanceof DecodeError, String(error));
      refusal = error;
      return true;
    },
  );
  assert.equal(refusal?.code, code);
  assert.ok(refusal);
  return refusal;
}

const answer = v1Answer('<callReturn xsi:type="xsd:string">x</callReturn>');
const withDtd = (dtd: string, text = 'x'): string => answer.replace('?>\n', `?>\n${dtd}`).replace('>x<', `>${text}<`);

test('a billion laughs: the DTD is refused before anything in it is read', () => {
  const laughs = withDtd(
    '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]>',
    '&lol2;',
  );
  const refusal = refused(laughs, 'dtd');
  assert.equal(refusal.offset, laughs.indexOf('<!DOCTYPE'));
});

test('an external entity is never fetched', () => {
  refused(withDtd('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'), 'dtd');
  refused(withDtd('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '&e;'), 'dtd');
  refused(answer.replace('>x<', '>&e;<'), 'malformed');
  assert.throws(() => readTree('<!DOCTYPE a><a/>'), DecodeError);
});

test('a processing instruction is refused', () => {
  refused(answer.replace('>x<', '><?php echo 1 ?>x<'), 'processing-instruction');
});

test('a million levels of nesting stop at the limit', () => {
  assert.equal(refused(v1Answer(`<callReturn>${'<a>'.repeat(1_000_000)}`), 'too-deep').words.what.includes('256'), true);
});

test('a million attributes on one element stop at the limit of a tag', () => {
  const attributes = Array.from({ length: 1_000_000 }, (_, index) => `a${index}="x"`).join(' ');
  refused(v1Answer(`<callReturn ${attributes}/>`), 'too-large');
});

test('a tag that never ends stops at the limit, however slowly it comes', () => {
  const decoder = new ResponseDecoder();
  decoder.write(Buffer.from(answer.slice(0, answer.indexOf('<callReturn'))));
  assert.throws(() => {
    decoder.write(Buffer.from('<callReturn x="'));
    for (let index = 0; index < 200; index++) decoder.write(Buffer.from('y'.repeat(1000)));
  }, DecodeError);
});

test('a hundred thousand different tags do not pile up', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `<t${index} a${index}="1">v</t${index}>`).join('');
  const decoded = decodeResponse(Buffer.from(envelope(`<ns1:fooResponseParam><result>${many}</result></ns1:fooResponseParam>`)));
  assert.ok(decoded.kind === 'result');
  assert.equal(Object.keys(decoded.value ?? {}).length, 100_000);
});

test('fifty megabytes of text in one value arrive whole', () => {
  const chunk = Buffer.alloc(1 << 20, 'a');
  const [before, after] = answer.split('>x<');
  const decoder = new ResponseDecoder();
  decoder.write(Buffer.from(`${before}>`));
  for (let index = 0; index < 50; index++) decoder.write(chunk);
  decoder.write(Buffer.from(`<${after}`));
  const decoded = decoder.end();
  assert.ok(decoded.kind === 'result' && typeof decoded.value === 'string');
  assert.equal(decoded.value.length, 50 << 20);
});

test('an answer that comes byte by byte decodes like any other', () => {
  const decoder = new ResponseDecoder();
  for (const byte of Buffer.from(answer)) decoder.write(Uint8Array.of(byte));
  const decoded = decoder.end();
  assert.ok(decoded.kind === 'result');
  assert.equal(decoded.value, 'x');
});

test('references that unfold into billions of values are refused', () => {
  const link = (id: number): string =>
    `<multiRef id="r${id}" SOAP-ENC:arrayType="xsd:ur-type[10]" ` +
    `xsi:type="SOAP-ENC:Array">${`<item href="#r${id + 1}"/>`.repeat(10)}</multiRef>`;
  const links = Array.from({ length: 12 }, (_, index) => link(index)).join('');
  refused(
    envelope(
      `<ns1:callResponse><callReturn href="#r0"/></ns1:callResponse>${links}<multiRef id="r12" xsi:type="xsd:string">lol</multiRef>`,
    ),
    'too-large',
  );
});

test('a value that contains itself is refused', () => {
  refused(
    envelope(
      '<ns1:callResponse><callReturn href="#a"/></ns1:callResponse><multiRef id="a" ' +
        'SOAP-ENC:arrayType="xsd:ur-type[1]" xsi:type="SOAP-ENC:Array"><item href="#a"/></multiRef>',
    ),
    'circular',
  );
});

/** A chain of references that is deeper than any stack, in this order of its links. */
function chain(order: (links: string[]) => readonly string[]): string {
  const links = Array.from(
    { length: 20_000 },
    (_, id) => `<multiRef id="r${id}" SOAP-ENC:arrayType="xsd:ur-type[1]" xsi:type="SOAP-ENC:Array"><item href="#r${id + 1}"/></multiRef>`,
  );
  return envelope(
    '<ns1:callResponse><callReturn ' +
      `href="#r0"/></ns1:callResponse>${order([...links, '<multiRef id="r20000" xsi:type="xsd:string">end</multiRef>']).join('')}`,
  );
}

test('references that refer to each other without end in sight are refused, from whichever end they are read', () => {
  refused(
    chain((links) => links),
    'too-deep',
  );
  refused(
    chain((links) => links.reverse()),
    'too-deep',
  );
});

test('comments before the envelope are passed over one by one, whatever follows', () => {
  const comments = `<?xml version="1.0"?>${'<!---->'.repeat(10_000)}`;
  refused(`${comments}x`, 'malformed');
  refused(`${comments}<!--`, 'cut-off');
  const decoded = decodeResponse(Buffer.from(answer.replace('?>\n', `?>\n${'<!-- a > b -->\n'.repeat(1000)}`)));
  assert.ok(decoded.kind === 'result');
});

test('an element that stands a million times is a list of a million', () => {
  const decoded = decodeResponse(
    Buffer.from(envelope(`<ns1:fooResponseParam><result>${'<a/>'.repeat(1_000_000)}</result></ns1:fooResponseParam>`)),
  );
  assert.ok(decoded.kind === 'result' && isRecord(decoded.value) && isList(decoded.value['a']));
  assert.equal(decoded.value['a'].length, 1_000_000);
});

test('a text of nothing but brackets is passed on as it comes', () => {
  const decoder = new ResponseDecoder();
  const [before, after] = answer.split('>x<');
  decoder.write(Buffer.from(`${before}>`));
  for (let index = 0; index < 2000; index++) decoder.write(Buffer.alloc(16_384, ']'));
  assert.throws(
    () => decoder.write(Buffer.from('>')),
    (error: unknown) => error instanceof DecodeError && error.code === 'malformed',
  );
  const whole = new ResponseDecoder();
  for (const part of [`${before}>a]`, ']', ']', `]b<${after}`]) whole.write(Buffer.from(part));
  const decoded = whole.end();
  assert.ok(decoded.kind === 'result');
  assert.equal(decoded.value, 'a]]]]b');
});

test('a wrong byte at the end of a long text is found and noted', () => {
  const [before, after] = answer.split('>x<');
  const decoded = decodeResponse(
    Buffer.concat([Buffer.from(`${before}>`), Buffer.alloc(30 << 20, 'a'), Uint8Array.of(0xff), Buffer.from(`<${after}`)]),
  );
  assert.ok(decoded.kind === 'result');
  assert.deepEqual(
    decoded.junk.map(({ where, offset }) => [where, offset]),
    [['bytes', answer.indexOf('>x<') + 1 + (30 << 20)]],
  );
});

test('a type of array items that is all digits is ignored, and costs no time', () => {
  const item = `<item SOAP-ENC:arrayType="xsd:${'1'.repeat(60_000)}x[1]" xsi:type="SOAP-ENC:Array"/>`;
  const decoded = decodeResponse(
    Buffer.from(
      v1Answer(
        '<callReturn SOAP-ENC:arrayType="xsd:ur-type[9]" ' +
          `xsi:type="SOAP-ENC:Array">${Array.from({ length: 40 }, (_, index) => item.replace('x[', `${index}x[`)).join('')}` +
          '</callReturn>',
      ),
    ),
  );
  assert.ok(decoded.kind === 'result' && isList(decoded.value));
  assert.equal(decoded.value.length, 40);
});

test('an unknown charset is refused, and a wrong one cannot hide a DTD', () => {
  refused(answer.replace('UTF-8', 'x-made-up'), 'charset');
  refused(Buffer.from(withDtd('<!DOCTYPE x [<!ENTITY e "1">]>').replace('UTF-8', 'UTF-16'), 'utf16le'), 'dtd');
});

test('markup in values stays text', () => {
  const decoded = decodeResponse(
    Buffer.from(v1Answer(`<callReturn xsi:type="ns2:Map">${entry('n', '&lt;script&gt;alert(1)&lt;/script&gt;')}</callReturn>`)),
  );
  assert.ok(decoded.kind === 'result');
  assert.deepEqual(decoded.value, { n: '<script>alert(1)</script>' });
});
