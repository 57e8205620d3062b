import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeText, EncodingError } from '../../../src/api/text-input';
import { Random } from '../../support/random';

const utf16 = (text: string, little: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return little ? bytes : bytes.swap16();
};

test('a text is the same in every supported encoding, without its byte order mark', () => {
  for (const text of ['', 'a', '{ "lastname": "Müller" }\r\n', '€ 𝒳 \ufeff within', 'line\nline']) {
    assert.equal(decodeText(Buffer.from(text), 'a.json'), text);
    assert.equal(decodeText(Buffer.from(`\ufeff${text}`), 'a.json'), text);
    assert.equal(decodeText(utf16(text, true), 'a.json'), text);
    assert.equal(decodeText(utf16(text, false), 'a.json'), text);
  }
});

test('only one byte order mark is removed', () => {
  assert.equal(decodeText(Buffer.from('\ufeff\ufeffa'), 'a.json'), '\ufeffa');
});

const refused = (bytes: Uint8Array, name = 'requests/a.maho.json'): EncodingError => {
  let thrown: unknown;
  try {
    decodeText(bytes, name);
  } catch (error) {
    thrown = error;
  }
  assert.ok(thrown instanceof EncodingError, 'it must be refused');
  return thrown;
};

test('Windows-1252 is refused with the place, the intended letter, and the fix', () => {
  const error = refused(Buffer.from('{\r\n  "name": "M\u00fcller"\r\n}', 'latin1'));
  assert.equal(error.kind, 'input');
  assert.equal(error.code, 'encoding');
  assert.deepEqual(error.place, { line: 2, column: 13, offset: 15 });
  assert.equal(
    error.message,
    'requests/a.maho.json is not UTF-8 text. Line 2, column 13: byte 0xFC cannot be read. In Windows-1252 it would be "ü". ' +
      'Open it in an editor with its present encoding, and save it with the encoding UTF-8.',
  );
  assert.match(refused(Buffer.from('Müller', 'latin1'), 'customers.csv').message, /CSV UTF-8/);
  assert.match(refused(Buffer.from('Müller', 'latin1'), 'standard input').message, /OutputEncoding/);
});

test('the place counts characters before it, not bytes', () => {
  assert.deepEqual(refused(Buffer.from([...Buffer.from('ü𝒳'), 0xff])).place, { line: 1, column: 4, offset: 6 });
  assert.deepEqual(refused(Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x62, 0x80])).place, { line: 2, column: 2, offset: 6 });
});

test('UTF-16 that is cut off or contains half a surrogate pair is refused', () => {
  assert.deepEqual(refused(Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x62])).place, { line: 1, column: 2, offset: 4 });
  assert.deepEqual(refused(Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8])).place, { line: 1, column: 2, offset: 4 });
  assert.deepEqual(refused(Buffer.from([0xfe, 0xff, 0xdc, 0x00, 0x00, 0x61])).place, { line: 1, column: 1, offset: 2 });
});

test('UTF-16 without a mark and UTF-32 are refused instead of read as NUL characters', () => {
  assert.match(refused(Buffer.from('{ }', 'utf16le')).message, /UTF-16 without a byte order mark/);
  assert.match(refused(Buffer.from('{ }', 'utf16le').swap16()).message, /UTF-16 without a byte order mark/);
  assert.match(refused(Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])).message, /UTF-32/);
});

test('the first bad byte is where a decoder of the platform stops, for random bytes', () => {
  const random = new Random(7);
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let bad = 0;
  for (let round = 0; round < 20_000; round++) {
    const bytes = Uint8Array.from({ length: 1 + random.below(6) }, () =>
      random.next() < 0.5 ? 1 + random.below(0x7f) : 0x80 + random.below(0x80),
    );
    let text: string | undefined;
    try {
      text = strict.decode(bytes);
    } catch {
      text = undefined;
    }
    if (text !== undefined) {
      assert.equal(decodeText(bytes, 'a'), text.replace(/^\ufeff/, ''));
      continue;
    }
    // Byte order marks of UTF-16 select another encoding, which the tests above check.
    if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) continue;
    bad++;
    const { place } = refused(bytes);
    assert.doesNotThrow(() => strict.decode(bytes.subarray(0, place.offset)));
    for (let end = place.offset + 1; end <= Math.min(bytes.length, place.offset + 4); end++)
      assert.throws(() => strict.decode(bytes.subarray(0, end)));
  }
  assert.ok(bad > 1000);
});
