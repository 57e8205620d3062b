// Files from practice: CSV files of spreadsheets and other shops (cases 22, 28, 30, 31 and 36), numbers of a request file (case 77).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test, type TestContext } from 'node:test';
import { isList, isRecord, type SoapValue } from '../../../src/api/value';
import type { DemoStoreOptions } from '../../../src/demo';
import { guessMapping, openCsv, previewImport, type PlannedRow } from '../../../src/store/transfer';
import { tinyStore } from '../../support/tiny-store';
import { cli } from '../requests/support';
import { demo } from '../transfer/support';
import { caseFile } from './support';

/** The planned action of an import for each row of the file of a case. */
async function planned(t: TestContext, name: string, options: DemoStoreOptions = {}): Promise<readonly PlannedRow[]> {
  const { client } = await demo(t, 'v2', options);
  const csv = await openCsv(caseFile(`${name}/customers.csv`));
  const { samples } = await previewImport({ client, csv, mapping: guessMapping(csv.header) });
  return [...samples.create, ...samples.update, ...samples.unchanged, ...samples.reject].sort((a, b) => a.number - b.number);
}

const berg = { firstname: 'Anna', lastname: 'Berg', website_id: '1', email: 'anna@example.com' };
const kurz = { firstname: 'Ben', lastname: 'Kurz', website_id: '1', email: 'ben@example.com' };
const data = (rows: readonly PlannedRow[]): unknown[] => rows.map((row) => (row.action === 'create' ? row.data : row));

suite('A CSV file', () => {
  test('whose first line names its separator is read with it (case 22)', async (t) => {
    assert.deepEqual(data(await planned(t, '22-excel-sep-line')), [berg]);
  });

  test('with blank columns and blanks around its e-mails is read without them, with a warning for blanks around a name (case 28)', async (t) => {
    const rows = await planned(t, '28-blank-tail-columns');
    assert.deepEqual(data(rows), [berg, { ...kurz, firstname: '\u00a0Ben' }]);
    assert.deepEqual(
      rows.map(({ warnings }) => warnings),
      [[], ['firstname has leading or trailing spaces, which are saved.']],
    );
  });

  test('with a stray quotation mark is refused with its row and the fix (case 30)', async (t) => {
    await assert.rejects(planned(t, '30-stray-quotes'), (error: Error) => {
      assert.equal('code' in error && error.code, 'csv-malformed');
      assert.match(error.message, /Row 2 of .*customers\.csv cannot be read\..*quotation mark.*Save the file as CSV again/s);
      return true;
    });
  });

  test('with a full name beside both names writes each to its attribute (case 31)', async (t) => {
    assert.deepEqual(data(await planned(t, '31-name-and-last-name')), [berg]);
  });

  test('that a spreadsheet changed does not overwrite values with the changed ones (case 36)', async (t) => {
    const seedFile = JSON.parse(readFileSync(caseFile('36-excel-changed-the-values/seed.json'), 'utf8')) as Readonly<
      Record<string, unknown>
    >[];
    const [first, second] = await planned(t, '36-excel-changed-the-values', { seedFile });
    assert.ok(first?.action === 'reject', 'a date with two readings');
    assert.match(first.reasons.join(), /"01\/02\/1980" can be two dates\. Write it as 1980-02-01 or 1980-01-02/);
    assert.ok(second?.action === 'unchanged', 'the date is the same day, and the zeros at the front stay');
    assert.deepEqual(second.warnings, ['taxvat stays 00123: a spreadsheet turned it into 123.']);
  });
});

for (const dialect of ['v1', 'v2', 'wsi'] as const) {
  test(`a number of a request file reaches the store over ${dialect} digit by digit (case 77)`, async (t) => {
    const sent: SoapValue[] = [];
    const store = await tinyStore(t, dialect, ({ args }) => {
      sent.push(...taxvatsIn(args));
      return { value: true };
    });
    const { code, out } = await cli([
      'run',
      caseFile('77-number-precision/a.maho.json'),
      '--url',
      store.url,
      '--user',
      'api',
      '--dialect',
      dialect,
    ]);
    assert.equal(code, 0, out);
    assert.deepEqual(sent.map(String), ['12345678901234567890']);
  });
}

/** Each value with the key `taxvat`, at any depth. */
function taxvatsIn(value: SoapValue): SoapValue[] {
  if (isList(value)) return value.flatMap(taxvatsIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'taxvat' ? [inner] : taxvatsIn(inner)));
}
