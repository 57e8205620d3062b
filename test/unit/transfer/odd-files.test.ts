import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { DemoStoreOptions } from '../../../src/demo';
import { guessMapping, openCsv, previewImport, type ImportPreview } from '../../../src/store/transfer';
import { csvRows } from '../../../src/store/transfer/csv-file';
import { demo, folder } from './support';

async function file(t: TestContext, text: string | Buffer): Promise<string> {
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(place, text);
  return place;
}

async function previewOf(t: TestContext, text: string | Buffer, options: DemoStoreOptions = {}): Promise<ImportPreview> {
  const { client } = await demo(t, 'v2', options);
  const csv = await openCsv(await file(t, text));
  return await previewImport({ client, csv, mapping: guessMapping(csv.header) });
}

async function read(place: string): Promise<{ readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }> {
  const csv = await openCsv(place);
  const rows: (readonly string[])[] = [];
  for await (const { cells } of csvRows(csv)) rows.push(cells);
  return { header: csv.header, rows };
}

for (const [name, line, separator] of [
  ['semicolons', 'sep=;\r\n', ';'],
  ['tabs', 'sep=\t\r\n', '\t'],
  ['pipes', 'SEP=|\n', '|'],
  ['commas', 'sep=,\n', ','],
] as const) {
  test(`a first line that names ${name} as separator is not a row`, async (t) => {
    const body = [
      ['email', 'firstname', 'website_id'],
      ['anna@example.com', 'Anna, Maria; Eva', '1'],
    ]
      .map((row) => row.map((cell) => (/[,;]/.test(cell) ? `"${cell}"` : cell)).join(separator))
      .join('\r\n');
    for (const text of [`${line}${body}\r\n`, `\ufeff${line}${body}\r\n`, Buffer.from(`\ufeff${line}${body}\r\n`, 'utf16le')]) {
      assert.deepEqual(await read(await file(t, text)), {
        header: ['email', 'firstname', 'website_id'],
        rows: [['anna@example.com', 'Anna, Maria; Eva', '1']],
      });
    }
  });
}

test('pipes between cells are found without being named', async (t) => {
  assert.deepEqual((await read(await file(t, 'email|firstname\nanna@example.com|Anna\n'))).header, ['email', 'firstname']);
});

test('blank columns at the end and rows without their last cells are read; an e-mail loses blanks around it', async (t) => {
  const text =
    'email;firstname;lastname;website_id;;\r\nanna@example.com ' +
    ';Anna;Berg;1;;\r\nben@example.com\u00a0;Ben;Kurz;1;;\r\n\ufeffcleo@example.com;Cleo;Lang;1\r\n';
  const preview = await previewOf(t, text);
  assert.deepEqual(preview.counts, { create: 3, update: 0, unchanged: 0, reject: 0 });
  assert.deepEqual(
    preview.samples.create.map((row) => row.action === 'create' && row.data['email']),
    ['anna@example.com', 'ben@example.com', 'cleo@example.com'],
  );
});

test('a cell too many that holds something is refused with the reason', async (t) => {
  const preview = await previewOf(t, 'email,firstname,website_id\nanna@example.com,Berg, Anna,1\n');
  assert.equal(preview.counts.reject, 1);
  const [row] = preview.samples.reject;
  assert.match(row?.action === 'reject' ? row.reasons.join() : '', /4 cells, but the header has 3/);
});

test('a stray quotation mark is told with its row and what to do', async (t) => {
  for (const [text, row] of [
    ['email,firstname\na@example.com,Anna "Anni"\nc@example.com,Cleo\n', 2],
    ['email,firstname\na@example.com,Anna\nc@example.com,"Cleo" Lang\n', 3],
    ['email,firstname\na@example.com,Anna\nc@example.com,"Cleo\n', 3],
  ] as const) {
    await assert.rejects(read(await file(t, text)), (error: Error) => {
      assert.match(
        error.message,
        new RegExp(`Row ${row} of .*customers\\.csv cannot be read\\. .*quotation mark.* Save the file as CSV again`),
      );
      return true;
    });
  }
});

test('a title above the column names is refused with what to delete', async (t) => {
  await assert.rejects(read(await file(t, 'Customers of May;;\r\n;;\r\nemail;firstname;lastname\r\nanna@example.com;Anna;Berg\r\n')), {
    code: 'csv-title',
    message: /are in row 3 .* Delete the first 2 rows/,
  });
  assert.deepEqual(
    (await read(await file(t, 'shoe size;colour\n42;red\n'))).header,
    ['shoe size', 'colour'],
    'columns that are not known are no title',
  );
});

test('of several columns that may mean an attribute, the best match is imported', () => {
  const columns = (...header: string[]): readonly (string | null)[] => guessMapping(header).columns;
  assert.deepEqual(columns('Name', 'First Name', 'Last Name', 'Email', 'Website ID'), [
    null,
    'firstname',
    'lastname',
    'email',
    'website_id',
  ]);
  assert.deepEqual(columns('_website', 'email', 'website_id'), [null, 'email', 'website_id']);
  assert.deepEqual(columns('email', 'Name'), ['email', 'lastname']);
  assert.deepEqual(columns('E-mail', 'email'), [null, 'email']);
  assert.deepEqual(columns('Group', 'group_id', 'Customer Group'), [null, 'group_id', null]);
  assert.deepEqual(columns('ID', 'customer_id', 'Title', 'Prefix', 'email'), [null, 'customer_id', null, 'prefix', 'email']);
});

const berg = { email: 'anna@example.com', firstname: 'Anna', lastname: 'Berg', group_id: '1', website_id: '1' };

test('dates as spreadsheets write them are understood where only one reading is possible, and refused otherwise', async (t) => {
  const dates = ['1980-02-01', '24.12.1975 00:00', '31/12/1980', '12/31/1980', '01/02/1980', '30.02.1980', '29221', 'May 1980', ''];
  const preview = await previewOf(
    t,
    `email;firstname;lastname;website_id;dob\r\n${dates.map((date, index) => `c${index}@example.com;A;B;1;${date}`).join('\r\n')}\r\n`,
  );
  assert.deepEqual(
    preview.samples.create.map((row) => row.action === 'create' && (row.data['dob'] ?? '')),
    ['1980-02-01', '1975-12-24', '1980-12-31', '1980-12-31', ''],
  );
  const reasons = preview.samples.reject.map((row) => (row.action === 'reject' ? row.reasons.join() : ''));
  assert.match(reasons[0] ?? '', /"01\/02\/1980" can be two dates\. Write it as 1980-02-01 or 1980-01-02/);
  assert.match(reasons[1] ?? '', /a day that does not exist/);
  assert.match(reasons[2] ?? '', /number of days/);
  assert.match(reasons[3] ?? '', /YYYY-MM-DD/);
  assert.equal(reasons.length, 4);
});

test('values that a spreadsheet changed do not overwrite what the store holds', async (t) => {
  const seedFile = [
    { customer_id: '1', ...berg, dob: '1980-02-01 00:00:00', taxvat: '12345678901' },
    { customer_id: '2', ...berg, email: 'ben@example.com', taxvat: '00123' },
    { customer_id: '3', ...berg, email: 'cleo@example.com', taxvat: 'DE1' },
  ];
  const text =
    '\ufeffcustomer_id;email;taxvat\r\n1;anna@example.com;1,23457E+10\r\n2;ben@example.com;123\r\n3;cleo@example.com;' +
    '9,9E+12\r\n;dora@example.com;1.5E+09\r\n';
  const preview = await previewOf(t, text, { seedFile });
  assert.deepEqual(preview.counts, { create: 0, update: 0, unchanged: 2, reject: 2 });
  assert.deepEqual(
    preview.samples.unchanged.flatMap(({ warnings }) => warnings),
    ['taxvat stays 12345678901: a spreadsheet turned it into 1,23457E+10.', 'taxvat stays 00123: a spreadsheet turned it into 123.'],
  );
  for (const row of preview.samples.reject) assert.match(row.action === 'reject' ? row.reasons.join() : '', /shortened the number/);
});

test('a shortened number is known in small letters too, and so are digits that became zeros', async (t) => {
  const seedFile = [
    { customer_id: '1', ...berg, taxvat: '12345678901' },
    { customer_id: '2', ...berg, email: 'ben@example.com', taxvat: '1234567890123456789' },
    { customer_id: '3', ...berg, email: 'cleo@example.com', taxvat: '1234567890123456789' },
  ];
  const preview = await previewOf(
    t,
    'customer_id;email;taxvat\r\n1;anna@example.com;1.23457e+10\r\n2;ben@example.com;1234567890123450000\r\n3;cleo@ex' +
      'ample.com;1234567890123460000\r\n',
    { seedFile },
  );
  assert.deepEqual(preview.counts, { create: 0, update: 1, unchanged: 2, reject: 0 });
  assert.deepEqual(
    preview.samples.unchanged.flatMap(({ warnings }) => warnings),
    [
      'taxvat stays 12345678901: a spreadsheet turned it into 1.23457e+10.',
      'taxvat stays 1234567890123456789: a spreadsheet turned it into 1234567890123450000.',
    ],
  );
});

test('groups and genders are understood by name, and a name that the store does not have is refused with those it has', async (t) => {
  const text =
    'email;firstname;lastname;website_id;group_id;gender\r\na@example.com;A;B;1;Wholesale;Female\r\nb@example.com;A;B' +
    ';1;2;1\r\nc@example.com;A;B;1;Gold;male\r\nd@example.com;A;B;main;general;divers\r\n';
  const preview = await previewOf(t, text);
  assert.deepEqual(
    preview.samples.create.map((row) => row.action === 'create' && [row.data['group_id'], row.data['gender']]),
    [
      ['2', '2'],
      ['2', '1'],
    ],
  );
  const reasons = preview.samples.reject.map((row) => (row.action === 'reject' ? row.reasons : []));
  assert.match(
    reasons[0]?.join() ?? '',
    /"Gold" is not a customer group of this store\. Use its number, or one of these names: General, Wholesale, Retailer\./,
  );
  assert.match(reasons[1]?.[0] ?? '', /"main" is not the number of a website/);
  assert.match(reasons[1]?.[1] ?? '', /"divers" is not a gender/);
});

test('the line that names the separator is known in the forms in which programs write it', async (t) => {
  const rows = { header: ['email', 'firstname'], rows: [['anna@example.com', 'Anna, Maria']] };
  for (const line of ['"sep=;"\r\n', 'sep=;;\r\n', 'sep= ;\r\n', 'sep=; \r\n', 'sep=;\r']) {
    assert.deepEqual(
      await read(await file(t, `${line}email;firstname${line.endsWith('\n') ? '\r\n' : '\r'}anna@example.com;Anna, Maria`)),
      rows,
      JSON.stringify(line),
    );
  }
  assert.deepEqual(await read(await file(t, 'sep=\\t\nemail\tfirstname\nanna@example.com\tAnna, Maria\n')), rows);
  await assert.rejects(openCsv(await file(t, 'sep=:\nemail:firstname\n')), /declares the separator ":"/);
});

test('rows end with any line end, mixed ones too', async (t) => {
  const rows = [
    ['a@example.com', 'Anna'],
    ['b@example.com', 'Ben'],
    ['c@example.com', 'Cleo'],
  ];
  for (const [first, second, third] of [
    ['\r\n', '\n', '\n'],
    ['\n', '\r\n', '\r\n'],
    ['\r\n', '\r', '\r'],
    ['\r', '\r', '\r'],
    ['\n', '\r', '\r\n'],
    ['\r\r\n', '\r\r\n', '\r\r\n'],
  ] as const) {
    const text = `email,firstname${first}a@example.com,Anna${second}b@example.com,Ben${third}c@example.com,Cleo`;
    assert.deepEqual(await read(await file(t, text)), { header: ['email', 'firstname'], rows }, JSON.stringify([first, second, third]));
  }
  const quoted = await read(await file(t, 'email,firstname\r\na@example.com,"Anna\nMaria\r"\nb@example.com,Ben\r\n'));
  assert.deepEqual(quoted.rows, [
    ['a@example.com', 'Anna\nMaria\r'],
    ['b@example.com', 'Ben'],
  ]);
});

test('column names below a title or blank rows are found with any separator', async (t) => {
  for (const separator of [',', ';', '\t', '|']) {
    const names = ['E-Mail', 'First Name'].join(separator);
    for (const title of ['Customers\n', 'Customers, all\n\n', '\n\n', `${separator}${separator}\n`]) {
      await assert.rejects(
        openCsv(await file(t, `${title}${names}\na@example.com${separator}Anna\n`)),
        /The names of the columns are in row \d/,
        JSON.stringify(title + names),
      );
    }
  }
  await assert.rejects(openCsv(await file(t, '\nalpha;beta\n')), /Row 1 of .* is empty/);
});

test('a separator within the names of columns is not the separator', async (t) => {
  const { header } = await openCsv(await file(t, 'email;Notes, remarks, and so on;firstname\na@example.com;none;Anna\n'));
  assert.deepEqual(header, ['email', 'Notes, remarks, and so on', 'firstname']);
});

test('UTF-16 without a byte order mark is refused, also where it is valid UTF-8', async (t) => {
  for (const encoding of ['utf16le', 'utf16be'] as const) {
    const bytes = Buffer.from('email,firstname\r\na@example.com,Anna\r\n', 'utf16le');
    const text = encoding === 'utf16be' ? bytes.swap16() : bytes;
    await assert.rejects(openCsv(await file(t, text)), /NUL characters, like UTF-16 without a byte order mark/);
  }
  await assert.rejects(read(await file(t, 'email,firstname\na@example.com,An\0na\n')), /NUL characters/);
});

test('rows of blanks are passed over', async (t) => {
  assert.deepEqual((await read(await file(t, 'email,firstname\n  ,\u00a0\na@example.com,Anna\n'))).rows, [['a@example.com', 'Anna']]);
});
