import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differing } from '../../../scripts/lib/package';
import { evenRights, zipEntries } from '../../../scripts/lib/zip';

/** Two files as Python's zipfile packs them: `extension/a.txt` that only its owner may read, `extension/b ö.sh` that may be run. */
const zip = (): Buffer =>
  Buffer.from(
    'UEsDBBQAAAAIAOBBWgt9utdHBgAAADIAAAAPAAAAZXh0ZW5zaW9uL2EudHh0S0wkFQAAUEsDBBQAAAgIAOBBWgv5775xAwAAAAEAAAARAAAAZXh0ZW5zaW9uL2Igw7Yu' +
      'c2hLAgBQSwECFAMUAAAACADgQVoLfbrXRwYAAAAyAAAADwAAAAAAAAAAAAAAgIEAAAAAZXh0ZW5zaW9uL2EudHh0UEsBAhQDFAAACAgA4EFaC/nvvnEDAAAAAQAAABEA' +
      'AAAAAAAAAAAAAO2BMwAAAGV4dGVuc2lvbi9iIMO2LnNoUEsFBgAAAAACAAIAfAAAAGUAAAAAAA==',
    'base64',
  );

/** The rights of each file, as Unix counts them. */
const rights = (bytes: Buffer): readonly string[] =>
  zipEntries(bytes).map(({ attributesAt }) => (bytes.readUInt32LE(attributesAt) >>> 16).toString(8));

test('the directory of a zip file tells its files', () => {
  const entries = zipEntries(zip()).map(({ name, bytes, packed }) => [name, bytes, packed]);
  assert.deepEqual(entries, [
    ['extension/a.txt', 50, 6],
    ['extension/b ö.sh', 1, 3],
  ]);
});

test('all files of a package get the same rights, whatever those of the checkout were', () => {
  assert.deepEqual(rights(zip()), ['100600', '100755']);
  const even = evenRights(zip());
  assert.deepEqual(rights(even), ['100644', '100644']);
  assert.deepEqual(even, evenRights(evenRights(zip())));
});

test('what differs between two packages is named', () => {
  const other = zip();
  // The CRC of the second file.
  other.writeUInt8(1, (zipEntries(other)[1]?.attributesAt ?? 0) - 38 + 16);
  assert.deepEqual(differing(zip(), other), ['extension/b ö.sh']);
  assert.deepEqual(differing(zip(), evenRights(zip())), ['the order, the times or the rights of their files']);
});

test('anything else is refused', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(100), zip().subarray(10)])
    assert.throws(() => zipEntries(bytes), /not a zip file|damaged/);
});
