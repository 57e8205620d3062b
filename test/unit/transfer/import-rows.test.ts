// The rows of an import before and after it, from a real comparison with a store and a real import.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ImportRows } from '../../../src/extension/transfer/import-rows';
import { PackedRows } from '../../../src/extension/transfer/packed-rows';
import { typedRows } from '../../../src/extension/transfer/row-numbers';
import { PAGE_ROWS } from '../../../src/pages/grid-messages';
import type { ImportFilter } from '../../../src/pages/import-messages';
import {
  guessMapping,
  openCsv,
  previewImport,
  runImport,
  type ImportJob,
  type ImportPreview,
  type PlannedRow,
} from '../../../src/store/transfer';
import { demo, folder } from './support';

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
  readonly rows: ImportRows;
}

async function compared(t: TestContext, text = file): Promise<Made> {
  const { client } = await demo(t, 'v1', { seedFile });
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(place, text);
  const csv = await openCsv(place);
  const job = { client, csv, mapping: guessMapping(csv.header) };
  const rows = new ImportRows();
  const preview = await previewImport(job, {
    onRow: (row) => {
      rows.add(row);
    },
  });
  return { job, preview, rows };
}

const texts = (rows: ImportRows): readonly string[] => rows.page(0, PAGE_ROWS).map((cells) => cells.map(([, text]) => text).join(' | '));

function shown(rows: ImportRows, filter: ImportFilter, text = ''): readonly string[] {
  rows.show(filter, text);
  return rows.page(0, PAGE_ROWS).flatMap((cells) => cells.flatMap(([kind, words]) => (kind === 'number' ? words : [])));
}

suite('The rows of an import', () => {
  test('say what is to become of each, without secrets', async (t) => {
    const { rows } = await compared(t);
    assert.deepEqual(rows.counts, { create: 2, update: 1, unchanged: 1, reject: 1, leftOut: 0, warned: 1 });
    assert.deepEqual(texts(rows).slice(0, 2), [
      'on | 2 | Changed | anna@example.com #1 | First name: Anna → Anne',
      ' | 3 | Unchanged | ben@example.com #2 | ',
    ]);
    assert.match(texts(rows)[4] ?? '', /^ \| 6 \| Refused \| nobody@example\.com \| There is no customer 99\./);
    assert.doesNotMatch([...texts(rows), ...[0, 1, 2, 3, 4].map((row) => JSON.stringify(rows.detail(row)))].join(), /S3CRET99/);
    assert.deepEqual(rows.detail(0), {
      title: 'Row 2, Changed, anna@example.com #1',
      changes: [{ attribute: 'First name', before: 'Anna', after: 'Anne' }],
      reasons: [],
      warnings: [],
      result: undefined,
    });
    assert.equal(rows.detail(5), undefined);
  });

  test('are shown by their kind, by a text in them and by their numbers', async (t) => {
    const { rows } = await compared(t);
    const kinds: readonly (readonly [ImportFilter, readonly string[]])[] = [
      ['all', ['2', '3', '4', '5', '6']],
      ['create', ['4', '5']],
      ['update', ['2']],
      ['unchanged', ['3']],
      ['reject', ['6']],
      ['warned', ['5']],
      ['out', []],
    ];
    for (const [kind, numbers] of kinds) {
      assert.deepEqual(shown(rows, kind), numbers, kind);
      assert.equal(rows.filterCounts[kind], numbers.length, kind);
    }
    assert.deepEqual(shown(rows, 'all', 'lang CLEO'), ['4']);
    assert.deepEqual(shown(rows, 'all', '2, 4-5'), ['2', '4', '5']);
    assert.deepEqual(shown(rows, 'create', '2, 4-5'), ['4', '5']);
    assert.deepEqual(shown(rows, 'all', '99'), ['6'], 'a number is looked for in the text, too');
    assert.deepEqual(shown(rows, 'all', '1000-2000'), []);
  });

  test('are left out and taken back in, as far as they are to be written', async (t) => {
    const { rows } = await compared(t);
    assert.equal(rows.checked, 'all');
    rows.leaveOut(0, 2, true);
    assert.deepEqual(rows.counts, { create: 1, update: 0, unchanged: 1, reject: 1, leftOut: 2, warned: 1 });
    assert.deepEqual(rows.leftOut, [2, 4]);
    assert.equal(rows.checked, 'some');
    assert.equal(rows.isLeftOut(2) && !rows.isLeftOut(3) && !rows.isLeftOut(1000), true);
    // Of the rows that are shown alone.
    rows.show('create', '');
    rows.leaveOut(0, 99, true);
    assert.equal(rows.checked, 'none');
    rows.show('out', '');
    rows.leaveOut(0, 0, false);
    assert.equal(shown(rows, 'out').length, 2);
    rows.show('reject', '');
    assert.equal(rows.checked, undefined);
  });

  test('tell what came of each, and which were not reached', async (t) => {
    const lines = Array.from({ length: 120 }, (_, index) => `,c${index}@example.com,A,B,1,`);
    const made = await compared(t, `customer_id,email,firstname,lastname,website_id,password\n${lines.join('\n')}\n`);
    const { rows } = made;
    rows.leaveOut(1, 1, true);
    rows.begin();
    const stop = new AbortController();
    const result = await runImport(made.job, made.preview, {
      signal: stop.signal,
      leftOut: (row) => rows.isLeftOut(row),
      onOutcome: (outcome) => {
        rows.note(outcome);
      },
      onProgress: () => {
        stop.abort();
      },
    });
    rows.end();
    assert.equal(result.end, 'cancelled');
    const all = [...rows.page(0, 100), ...rows.page(100, 100)].map((cells) => cells.at(-1)?.[1] ?? '');
    assert.match(all[0] ?? '', /^created #\d+$/);
    assert.equal(all[1], 'left out');
    assert.equal(all.at(-1), 'not reached');
    assert.equal(all.filter((words) => words.startsWith('created')).length, result.counts.created);
    assert.equal(rows.filterCounts.done, result.counts.created);
    assert.equal(rows.filterCounts.failed, 120 - 1 - result.counts.created);
    assert.equal(rows.detail(0)?.result, all[0]);
  });

  test('take a few bytes each, however many and whatever is in them', () => {
    const rows = new ImportRows();
    const many = 50_000;
    for (let index = 0; index < many; index++) {
      const row: PlannedRow = {
        number: index + 2,
        who: `customer.number.${index}@example.com`,
        warnings: [],
        action: 'create',
        data: { email: `customer.number.${index}@example.com`, firstname: `First ${index}`, lastname: 'x'.repeat(1000), website_id: '1' },
      };
      rows.add(row);
    }
    assert.equal(rows.length, many);
    assert.ok(rows.packedBytes / many < 40, `${rows.packedBytes / many} bytes a row`);
    assert.equal(rows.page(49_990, 100).length, 10);
    assert.match(texts(rows)[0] ?? '', /customer\.number\.0@/);
    assert.deepEqual(shown(rows, 'all', 'number.49999@'), ['50001']);
    assert.equal(rows.isLeftOut(50_001), false);
  });

  test('are shown as one line each, whatever stands in the file', () => {
    const rows = new ImportRows();
    rows.add({
      number: 2,
      who: 'a\u202eb\nc',
      warnings: ['w\n1'],
      action: 'create',
      data: { __proto__x: 'v', firstname: '  ', lastname: '' },
    });
    const [line] = texts(rows);
    assert.doesNotMatch(line ?? '', /[\n\u202e]/);
    assert.match(line ?? '', /First name: only spaces; Last name: empty/);
  });
});

suite('Row numbers', () => {
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

test('Packed rows come back as they were, in any order', () => {
  const packed = new PackedRows();
  const text = (index: number): string => `{"n":${index},"ü":"${'\u{1f600}'.repeat(index % 5)}"}`;
  for (let index = 0; index < 3000; index++) packed.add(text(index));
  for (const index of [0, 255, 256, 2999, 1, 2559, 2560, 700, 0]) assert.equal(packed.at(index), text(index));
  assert.throws(() => packed.at(3000), RangeError);
  assert.equal(packed.length, 3000);
});
