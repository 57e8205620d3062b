import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../../src/api/errors';
import { checkMapping, guessMapping, harmlessCell, importTargets, openCsv, originalText } from '../../src/store/transfer';
import { csvRows } from '../../src/store/transfer/csv-file';
import { inNewFolder } from '../support/folder';
import type { Random } from '../support/random';
import { each, type FuzzArea } from './area';
import { mutated, mutatedBytes } from './mutate';

const PIECES = [
  '"',
  '""',
  '"""',
  ',',
  ';',
  '\t',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '=1+1',
  '@x',
  "'",
  "'=",
  '-',
  '+',
  '\u0000',
  '\ufeff',
  'é',
  '😀',
  '\u2028',
  '\uff1d',
  '__proto__',
  'constructor',
  'customer_id',
  'email',
  'a"b',
  '"a',
  'sep=;\n',
  '\\',
  '\\"',
  '\u001a',
  ',,,,',
  'Zoë',
] as const;

const MARKS = [0x22, 0x2c, 0x3b, 0x09, 0x0a, 0x0d, 0x00, 0xff, 0xfe, 0xe9, 0xc3, 0xef, 0xbb];

const TITLES = [
  ...importTargets.map(({ name }) => name),
  ...importTargets.map(({ title }) => title),
  '__proto__',
  'constructor',
  '',
  'E-Mail',
  'NAME',
];
const CELLS = [
  '',
  '1',
  'jane@example.com',
  'Jane',
  "O'Hara",
  '=cmd()',
  "'=1",
  'a "quoted" text',
  'two\nlines',
  'a,b;c\td',
  '12345678901234567890',
  '2026-11-28',
];

/** A table and its texts, in one of the forms that programs write. */
function table(random: Random): string {
  const separator = random.pick([',', ';', '\t']);
  const end = random.pick(['\n', '\r\n', '\r']);
  const columns = 1 + random.below(8);
  const cell = (text: string): string => (/["\n\r\t,;]/.test(text) || random.next() < 0.2 ? `"${text.replaceAll('"', '""')}"` : text);
  const row = (texts: readonly string[]): string => Array.from({ length: columns }, () => cell(random.pick(texts))).join(separator);
  return [row(TITLES), ...Array.from({ length: random.below(12) }, () => row(CELLS))].join(end);
}

/** The bytes of a CSV file with up to four mutations. */
function hostileCsv(random: Random): Uint8Array {
  let text = table(random);
  for (let count = random.below(5); count > 0; count--) text = mutated(text, random, PIECES);
  const encoding = random.next();
  const bytes =
    encoding < 0.1
      ? Buffer.from(`\ufeff${text}`, 'utf16le')
      : encoding < 0.15
        ? Buffer.from(`\ufeff${text}`, 'utf16le').swap16()
        : encoding < 0.2
          ? Buffer.from(text, 'latin1')
          : Buffer.from(text);
  return random.next() < 0.3 ? mutatedBytes(bytes, random, MARKS) : bytes;
}

/** @throws {Error} when reading a file results in anything but rows or a typed error, or in more rows than the file has */
async function checkCsv(file: string, random: Random): Promise<void> {
  const bytes = hostileCsv(random);
  await writeFile(file, bytes);
  const about = (): string => JSON.stringify(Buffer.from(bytes).toString('latin1'));
  let characters = 0;
  try {
    const csv = await openCsv(file);
    const mapping = guessMapping(csv.header);
    assert.equal(mapping.columns.length, csv.header.length, about());
    const attributes = mapping.columns.filter((column) => column !== null);
    assert.equal(new Set(attributes).size, attributes.length, `an attribute twice: ${about()}`);
    assert.ok(
      attributes.every((name) => importTargets.some((target) => target.name === name)),
      about(),
    );
    let before = 1;
    for await (const { number, cells } of csvRows(csv)) {
      assert.ok(number > before, `row ${number} after ${before}: ${about()}`);
      before = number;
      for (const cell of cells) {
        characters += cell.length;
        assert.equal(originalText(harmlessCell(cell)), cell, about());
      }
    }
    assert.ok(characters <= bytes.length, `${characters} characters of ${bytes.length} bytes: ${about()}`);
    checkMapping(mapping);
  } catch (error) {
    if (error instanceof ToolkitError && error.kind === 'input' && error.code !== 'unexpected') return;
    throw new Error(`no typed error: ${about()}`, { cause: error });
  }
}

/** Tests CSV files, all in one folder. */
export const tryCsv: FuzzArea['tryAll'] = (seeds) =>
  inNewFolder('maho-csv-', (folder) => each((random) => checkCsv(join(folder, 'customers.csv'), random))(seeds));
