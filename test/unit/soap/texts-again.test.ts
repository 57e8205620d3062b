import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { envelope } from '../../support/envelopes';
import { Random } from '../../support/random';

/** Texts that look alike in some way: in their length, their first or last characters, their bytes, or once they are decoded. */
const texts: readonly (readonly [written: string, read: string])[] = [
  ['', ''],
  ['a', 'a'],
  ['b', 'b'],
  ['é', 'é'],
  ['è', 'è'],
  ['Ã©', 'Ã©'],
  ['&amp;', '&'],
  ['&#38;', '&'],
  ['&lt;a', '<a'],
  [']', ']'],
  [']]', ']]'],
  ['a\r\nb', 'a\nb'],
  ['a\rb', 'a\nb'],
  ['a\nb', 'a\nb'],
  ['2026-11-23 08:10:35', '2026-11-23 08:10:35'],
  ['2026-11-23 08:10:36', '2026-11-23 08:10:36'],
  ['x'.repeat(31), 'x'.repeat(31)],
  ['x'.repeat(32), 'x'.repeat(32)],
  ['x'.repeat(33), 'x'.repeat(33)],
  [`${'x'.repeat(31)}y`, `${'x'.repeat(31)}y`],
  ['é'.repeat(16), 'é'.repeat(16)],
  ['è'.repeat(16), 'è'.repeat(16)],
];
const names = ['a', 'b', 'é', 'è', 'ÿ', 'ab', 'aé', 'aè', 'name', 'namé', 'namè'];

/** An answer whose fields and texts come again and again in another order, as the store writes it and as it is meant. */
function answerOf(random: Random): { readonly xml: string; readonly meant: readonly unknown[] } {
  const meant: unknown[] = [];
  let rows = '';
  for (let row = 0; row < 150; row++) {
    const gap = random.pick(['', '\n', ' ']);
    const record: Record<string, string> = {};
    let fields = '';
    for (const name of names) {
      if (random.next() < 0.3) continue;
      const [written, read] = random.pick(texts);
      record[name] = read;
      fields += `<${name}>${written}</${name}>${gap}`;
    }
    // A row without fields would be an empty text.
    rows += `<complexObjectArray><id>${row}</id>${fields}</complexObjectArray>${gap}`;
    meant.push({ id: String(row), ...record });
  }
  return { xml: envelope(`<ns1:somethingResponseParam><result>${rows}</result></ns1:somethingResponseParam>`), meant };
}

const charsets: Readonly<Record<string, (xml: string) => Buffer>> = {
  'utf-8': (xml) => Buffer.from(xml),
  'iso-8859-1': (xml) => Buffer.from(xml.replace('UTF-8', 'ISO-8859-1'), 'latin1'),
  'utf-16': (xml) => Buffer.from(`\ufeff${xml.replace('UTF-8', 'UTF-16')}`, 'utf16le'),
};

for (const [charset, bytesOf] of Object.entries(charsets)) {
  test(`texts and tags that come again are read as what they are, in ${charset}`, () => {
    for (let round = 0; round < 5; round++) {
      const { xml, meant } = answerOf(new Random(round));
      const decoded = decodeResponse(bytesOf(xml));
      assert.ok(decoded.kind === 'result');
      assert.deepEqual(decoded.value, meant);
    }
  });
}

test('more different texts than are remembered are read as what they are', () => {
  const meant = Array.from({ length: 20_000 }, (_, index) => ({ id: String(index % 3000), name: `n${index % 1777}`, same: 'same' }));
  const rows = meant.map(
    ({ id, name, same }) => `<complexObjectArray><id>${id}</id><name>${name}</name><same>${same}</same></complexObjectArray>`,
  );
  const decoded = decodeResponse(
    Buffer.from(envelope(`<ns1:somethingResponseParam><result>${rows.join('')}</result></ns1:somethingResponseParam>`)),
  );
  assert.ok(decoded.kind === 'result');
  assert.deepEqual(decoded.value, meant);
});
