import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { decodeResponse, ResponseDecoder } from '../../../src/soap/decoding/decode';
import { DecodeError } from '../../../src/soap/xml/errors';
import { v1Answer } from '../../support/envelopes';

const run = promisify(execFile);

/** A list of numbers, as few bytes of gzip bring it. */
function listOf(count: number): Buffer {
  return Buffer.from(v1Answer(`<callReturn xsi:type="SOAP-ENC:Array">${'<item xsi:type="xsd:int">1</item>'.repeat(count)}</callReturn>`));
}

test('an answer with more values than any honest one holds is refused with a typed error', () => {
  assert.equal(decodeResponse(listOf(900), { limits: { values: 1000 } }).kind, 'result');
  assert.throws(
    () => decodeResponse(listOf(1100), { limits: { values: 1000 } }),
    (error: unknown) => error instanceof DecodeError && error.code === 'too-large',
  );
  assert.throws(
    () =>
      decodeResponse(Buffer.from(v1Answer(`<callReturn xsi:type="xsd:string">${'x'.repeat(2000)}</callReturn>`)), {
        limits: { text: 1000 },
      }),
    { code: 'too-large' },
  );
});

test('without limits of its own, a decoder stops at its budget whatever the pieces', () => {
  const decoder = new ResponseDecoder();
  const [head = '', tail = ''] = v1Answer('<callReturn xsi:type="SOAP-ENC:Array">|</callReturn>').split('|');
  const piece = Buffer.from('<item/>'.repeat(100_000));
  decoder.write(Buffer.from(head));
  assert.throws(
    () => {
      for (let pieces = 0; pieces < 80; pieces++) decoder.write(piece);
      decoder.write(Buffer.from(tail));
      decoder.end();
    },
    (error: unknown) => error instanceof DecodeError && error.code === 'too-large',
  );
});

test('an answer of 20 MB whose tags all differ is read in 120 MB of memory, row by row', async () => {
  const program = path.join(import.meta.dirname, '../../support/differing-tags.ts');
  const { stdout } = await run(process.execPath, ['--max-old-space-size=120', '--import', 'tsx', program]);
  assert.equal(stdout.trim(), '10000 rows');
});
