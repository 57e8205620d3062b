// Files and cells as other programs leave them: spreadsheets, databases, mail programs, shops.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import type { DemoStoreOptions } from '../../../src/demo';
import { guessMapping, openCsv, previewImport, type ImportPreview } from '../../../src/store/transfer';
import { demo, folder } from './support';

async function file(t: TestContext, text: string | Buffer): Promise<string> {
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(place, text);
  return place;
}

async function previewOf(t: TestContext, text: string, options: DemoStoreOptions = {}): Promise<ImportPreview> {
  const { client } = await demo(t, 'v2', options);
  const csv = await openCsv(await file(t, text));
  return await previewImport({ client, csv, mapping: guessMapping(csv.header) });
}

/** New customers, one for each value of a column. */
function newCustomers(column: string, values: readonly string[]): string {
  const cell = (value: string): string => (/[;"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const rows = values.map((value, index) => (column === 'email' ? `A;B;1;${cell(value)}` : `A;B;1;c${index}@example.com;${cell(value)}`));
  return `firstname;lastname;website_id;email${column === 'email' ? '' : `;${column}`}\r\n${rows.join('\r\n')}\r\n`;
}

const created = (preview: ImportPreview, attribute: string): readonly unknown[] =>
  preview.samples.create.map((row) => (row.action === 'create' ? (row.data[attribute] ?? '') : undefined));

const refused = (preview: ImportPreview): readonly string[] =>
  preview.samples.reject.map((row) => (row.action === 'reject' ? row.reasons.join(' ') : ''));

suite('Cells of a CSV file', () => {
  test('that are texts written as formulas give their text', async (t) => {
    assert.deepEqual(created(await previewOf(t, newCustomers('taxvat', ['="00123"', '="a ""b"""'])), 'taxvat'), ['00123', 'a "b"']);
  });

  test('with errors of a spreadsheet are refused, whatever the attribute', async (t) => {
    const errors = ['#N/A', '#REF!', '#NAME?', '#DIV/0!', '#WERT!', '########'];
    for (const column of ['firstname', 'taxvat', 'dob', 'group_id', 'email']) {
      const text = newCustomers(column, errors).replace(
        /^firstname;lastname;website_id;email;firstname/,
        'x;lastname;website_id;email;firstname',
      );
      const preview = await previewOf(t, text);
      assert.equal(preview.counts.reject, errors.length, column);
      for (const reason of refused(preview)) assert.match(reason, /is a spreadsheet error/);
    }
  });

  test('with what databases write for no value are refused; a last name like it is not', async (t) => {
    const preview = await previewOf(t, newCustomers('taxvat', ['NULL', '\\N', 'nan', 'Null', 'none']));
    assert.deepEqual(created(preview, 'taxvat'), ['Null', 'none']);
    for (const reason of refused(preview)) assert.match(reason, /where there is no value/);
  });

  test('with an e-mail as links and mail programs write it give the address; with several or none they are refused', async (t) => {
    const preview = await previewOf(
      t,
      newCustomers('email', [
        'mailto:a@example.com',
        'Anna Berg <b@example.com>',
        '\u200bc@exam\u00adple.com\u00ad',
        'd@example.com; e@example.com',
        '“f@example.com”',
        'Total',
        'g@example..com',
      ]),
    );
    assert.deepEqual(created(preview, 'email'), ['a@example.com', 'b@example.com', 'c@example.com']);
    assert.equal(preview.counts.reject, 4);
    for (const reason of refused(preview)) assert.match(reason, /is not one e-mail address/);
    assert.deepEqual(
      preview.samples.reject.flatMap(({ warnings }) => warnings),
      [],
    );
  });

  test('with a date of birth in the future, or of an empty cell of a spreadsheet, are refused', async (t) => {
    const preview = await previewOf(
      t,
      newCustomers('dob', ['2080-01-01', '31.12.1899', '1980-02-01T00:00:00.000Z', '1980-01-31T23:00:00Z']),
    );
    assert.deepEqual(created(preview, 'dob'), ['1980-02-01']);
    const [future = '', empty = '', shifted = ''] = refused(preview);
    assert.match(future, /in the future/);
    assert.match(empty, /empty date/);
    assert.match(shifted, /YYYY-MM-DD/);
  });

  test('with whole numbers that got decimals give the number', async (t) => {
    assert.deepEqual(created(await previewOf(t, newCustomers('group_id', ['1.0', '2,00', '3'])), 'group_id'), ['1', '2', '3']);
  });

  test('that only repeat what the store holds are left alone, however odd that is', async (t) => {
    const odd = {
      email: 'no address',
      firstname: 'A',
      lastname: 'B',
      group_id: '1',
      website_id: '1',
      dob: '2080-01-01 00:00:00',
      taxvat: '0012',
    };
    const text = "customer_id;email;dob;taxvat\r\n1;no address;2080-01-01;'0012\r\n";
    const preview = await previewOf(t, text, { seedFile: [{ customer_id: '1', ...odd }] });
    assert.deepEqual(preview.counts, { create: 0, update: 0, unchanged: 1, reject: 0 });
    assert.deepEqual(
      preview.samples.unchanged.flatMap(({ warnings }) => warnings),
      ["taxvat stays 0012: a spreadsheet turned it into '0012."],
    );
  });
});

suite('A file that is not CSV', () => {
  for (const [kind, bytes, why] of [
    ['a workbook', Buffer.from('504b0304140006000800', 'hex'), /Excel or OpenDocument/],
    ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /\.xls/],
    ['a PDF', Buffer.from('%PDF-1.7\n'), /PDF/],
    ['gzip', Buffer.from('1f8b0800', 'hex'), /gzip/],
    ['a page', Buffer.from('\ufeff<!DOCTYPE html><table><tr><td>email</td></tr></table>'), /HTML/],
    ['JSON', Buffer.from('[\n  { "email": "a@example.com" }\n]'), /JSON/],
  ] as const)
    test(`is refused as ${kind}`, async (t) => {
      await assert.rejects(openCsv(await file(t, bytes)), (error: Error & { code?: string; why?: string }) => {
        assert.equal(error.code, 'csv-other-kind');
        assert.match(error.message, why);
        return true;
      });
    });

  for (const quotes of ["''", '“”', '„“', '«»'])
    test(`is refused when its cells stand in ${quotes}`, async (t) => {
      const row = (...cells: readonly string[]): string => cells.map((cell) => `${quotes[0]}${cell}${quotes[1]}`).join(',');
      const text = `${row('email', 'firstname')}\n${row('a@example.com', 'A')}\n`;
      await assert.rejects(openCsv(await file(t, text)), { code: 'csv-quotes' });
    });
});
