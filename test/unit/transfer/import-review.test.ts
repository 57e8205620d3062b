// The rows of an import before and after it, from a real comparison with a store and a real import.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { ImportReview, isWithin, typedRows } from '../../../src/extension/transfer/import-review';
import { PAGE_ROWS, previewText } from '../../../src/extension/transfer/preview-text';
import { guessMapping, openCsv, previewImport, runImport, type ImportJob, type ImportPreview } from '../../../src/store/transfer';
import { demo, folder, rows } from './support';

const seedFile = [
  { customer_id: '1', email: 'anna@example.com', firstname: 'Anna', lastname: 'Berg', website_id: '1', group_id: '1' },
  { customer_id: '2', email: 'ben@example.com', firstname: 'Ben', lastname: 'Kurz', website_id: '1', group_id: '1' },
];

const file = [
  'customer_id,email,firstname,lastname,website_id,password',
  '1,anna@example.com,Anne,Berg,1,',
  '2,ben@example.com,Ben,Kurz,1,',
  ',cleo@example.com,Cleo,Lang,1,S3CRET99',
  ',dora@example.com, Dora,Lang,1,',
  '99,nobody@example.com,No,Body,1,',
  '',
].join('\n');

interface Made {
  readonly job: ImportJob;
  readonly preview: ImportPreview;
  readonly review: ImportReview;
}

async function reviewed(t: TestContext, text = file): Promise<Made> {
  const { client } = await demo(t, 'v1', { seedFile });
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(place, text);
  const csv = await openCsv(place);
  const job = { client, csv, mapping: guessMapping(csv.header) };
  const review = new ImportReview();
  const preview = await previewImport(job, {
    samples: PAGE_ROWS,
    onRow: (row) => {
      review.add(row);
    },
  });
  return { job, preview, review };
}

const page = ({ preview, review }: Made): string => previewText(preview, review, 'customers.csv', 'Demo');

suite('The preview of an import', () => {
  test('says what is to become of each row, and warns only of rows that are written', async (t) => {
    const made = await reviewed(t);
    assert.deepEqual(made.review.counts, { create: 2, update: 1, unchanged: 1, reject: 1, leftOut: 0, warned: 1 });
    const text = page(made);
    assert.match(text, /2 new, 1 update, 1 unchanged, 1 refused/);
    assert.match(text, /1 row that is to be written comes with a warning\./);
    assert.doesNotMatch(text, /all the same|S3CRET99/);
    made.review.leaveOut(({ warned }) => warned);
    assert.doesNotMatch(page(made), /with a warning\./, 'the row with the warning is left out');
  });

  test('shows every row of a long file, on the page or in the document with all rows', async (t) => {
    const many = PAGE_ROWS + 7;
    const lines = Array.from({ length: many }, (_, index) => `,c${index}@example.com,A,B,1,`);
    const made = await reviewed(t, `customer_id,email,firstname,lastname,website_id,password\n${lines.join('\n')}\n`);
    assert.equal(page(made).match(/^\| \d+ \|/gm)?.length, PAGE_ROWS);
    assert.match(page(made), /^7 more of these rows stand in the document with all rows\.$/m);
    const all = [...made.review.lines()];
    assert.equal(all.length, many);
    assert.match(all.at(-1) ?? '', new RegExp(`^Row ${many + 1}: create c${many - 1}@example\\.com \\(firstname: A, lastname: B`));
  });

  test('of a file with nothing to write says so, and no more', async (t) => {
    const text = page(await reviewed(t, 'customer_id,email,firstname\n1,anna@example.com,Anna\n'));
    assert.match(text, /0 new, 0 updates, 1 unchanged, 0 refused/);
    assert.doesNotMatch(text, /## (?:Refused|Updates|New)/);
  });
});

suite('Rows that are left out', () => {
  test('are not written, are marked, and are told in the result', async (t) => {
    const made = await reviewed(t);
    assert.equal(
      made.review.leaveOut(({ number }) => isWithin([[2, 4]], number)),
      2,
      'row 3 is unchanged anyway',
    );
    assert.deepEqual(made.review.counts, { create: 1, update: 0, unchanged: 1, reject: 1, leftOut: 2, warned: 1 });
    assert.match(page(made), /0 updates.*2 left out/);
    assert.match(page(made), /\| 2 \| anna\\@example\\\.com .*\| left out \|/);
    const result = await runImport(made.job, made.preview, {
      leftOut: (row) => made.review.isLeftOut(row),
      onOutcome: (outcome) => {
        made.review.note(outcome);
      },
    });
    made.review.end();
    assert.deepEqual(
      [result.end, result.counts['left-out'], result.counts.created, result.counts.updated, result.journal],
      ['complete', 2, 1, 0, undefined],
    );
    const told = rows(await readFile(result.resultFile ?? assert.fail(), 'utf8')).map(({ row, status }) => [row, status]);
    assert.deepEqual(told, [
      ['2', 'left-out'],
      ['3', 'unchanged'],
      ['4', 'left-out'],
      ['5', 'created'],
      ['6', 'rejected'],
    ]);
    const { value } = await made.job.client.call('customer.info', { customerId: 1 });
    assert.ok(typeof value === 'object' && value !== null && 'firstname' in value && value.firstname === 'Anna');
  });

  test('can be taken back', async (t) => {
    const { review } = await reviewed(t);
    const before = review.counts;
    assert.equal(
      review.leaveOut(() => true),
      3,
    );
    assert.deepEqual([review.counts.create, review.counts.update, review.counts.leftOut], [0, 0, 3]);
    assert.equal(
      review.leaveOut(() => true),
      0,
      'they are out already',
    );
    assert.equal(
      review.leaveOut(() => true, false),
      3,
    );
    assert.deepEqual(review.counts, before);
  });

  test('are typed as numbers and ranges, and anything else is told', () => {
    const ranges = (text: string): unknown => {
      const read = typedRows(text);
      return 'ranges' in read ? read.ranges : read.problem;
    };
    assert.deepEqual(ranges('3, 10-20'), [
      [3, 3],
      [10, 20],
    ]);
    assert.deepEqual(ranges(' 3;4\n 5 – 7 ,,'), [
      [3, 3],
      [4, 4],
      [5, 7],
    ]);
    assert.equal(ranges('3, x'), '"x" is not a row number. Write rows such as 3, 10-20.');
    assert.equal(ranges('20-10'), '20-10 ends before it begins. Write it as 10-20.');
    for (const wrong of ['', ' , ', '-3', '3-', '1.5', '1e3', '99999999999']) assert.equal(typeof ranges(wrong), 'string', wrong);
  });
});

suite('After an import', () => {
  test('the page tells what became of each row, and which file takes the updates back', async (t) => {
    const made = await reviewed(t);
    const result = await runImport(made.job, made.preview, {
      onOutcome: (outcome) => {
        made.review.note(outcome);
      },
    });
    made.review.end();
    const end = {
      summary: 'Import finished: 2 created, 1 updated.',
      notes: [`To take the updates back, import ${path.basename(result.beforeFile ?? '')}.`],
    };
    const text = previewText(made.preview, made.review, 'customers.csv', 'Demo', end);
    assert.match(text, /\*\*Import finished\\: 2 created\\, 1 updated\\\.\*\*/);
    assert.match(text, /import customers\\\.before\S*\\\.csv/);
    assert.doesNotMatch(text, /Nothing of this was written yet|S3CRET99/);
    assert.match(text, /\| 2 \| anna.*\| updated \\#1 \|/);
    assert.match(text, /\| 4 \| cleo.*\| created \\#\d+ \|/);
    assert.match(text, /\| 6 \| nobody.*\| refused\\: .*\|/);
    assert.match([...made.review.lines()][2] ?? '', /^Row 4: created #\d+\. Planned: create cleo@example\.com/);
  });

  test('that was stopped, rows that it did not reach are told as such', async (t) => {
    const lines = Array.from({ length: 120 }, (_, index) => `,c${index}@example.com,A,B,1,`);
    const made = await reviewed(t, `customer_id,email,firstname,lastname,website_id,password\n${lines.join('\n')}\n`);
    const stop = new AbortController();
    const result = await runImport(made.job, made.preview, {
      signal: stop.signal,
      onOutcome: (outcome) => {
        made.review.note(outcome);
      },
      onProgress: () => {
        stop.abort();
      },
    });
    made.review.end();
    assert.equal(result.end, 'cancelled');
    const all = [...made.review.lines()];
    assert.match(all[0] ?? '', /^Row 2: created/);
    assert.match(all.at(-1) ?? '', /^Row 121: not reached/);
    assert.equal(all.filter((line) => line.includes(': created #')).length, result.counts.created);
  });
});
