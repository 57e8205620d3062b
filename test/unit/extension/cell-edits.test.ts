// Cells of a table that are edited in place, up to the file for an import.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { parse } from 'csv-parse/sync';
import { CellEdits, isEditable } from '../../../src/extension/table/cell-edits';
import { writeChange } from '../../../src/extension/transfer/change-files';
import { tableRequest } from '../../../src/pages/table-messages';

const anna = {
  customer_id: '1',
  email: 'anna@example.com',
  firstname: 'Anna',
  lastname: 'Berg',
  dob: '1975-12-24 00:00:00',
  group_id: '1',
};
const ben = { customer_id: 2, email: 'ben@example.com', firstname: 'Ben', lastname: 'Kurz', dob: null, group_id: 1 };
const idOf = (row: { readonly customer_id?: unknown }): string => String(row.customer_id);
const rows = (text: string): unknown => parse(text);

suite('Changed cells', () => {
  test('are those that differ from the values of the store in the form that the table shows', () => {
    const edits = new CellEdits();
    edits.set('1', 'firstname', 'Anne', anna);
    edits.set('1', 'dob', '1975-12-24', anna);
    edits.set('2', 'group_id', '1', ben);
    edits.set('2', 'dob', '', ben);
    assert.deepEqual(
      [edits.size, edits.of('1', 'firstname'), edits.of('1', 'dob'), edits.of('2', 'group_id')],
      [1, 'Anne', undefined, undefined],
    );
    edits.set('1', 'firstname', 'Anna', anna);
    assert.equal(edits.size, 0, 'changed back');
  });

  test('are in one file for each set of attributes, so that an empty cell clears a value and nothing else changes', () => {
    const edits = new CellEdits();
    edits.set('1', 'lastname', '=2+3', anna);
    edits.set('1', 'firstname', '', anna);
    edits.set('2', 'lastname', 'Lang', ben);
    const files = edits.files();
    assert.deepEqual(
      files.map(({ text, mapping, attributes }) => [rows(text), mapping.columns, mapping.key, mapping.emptyCells, attributes]),
      [
        [
          [
            ['customer_id', 'firstname', 'lastname'],
            ['1', '', "'=2+3"],
          ],
          ['customer_id', 'firstname', 'lastname'],
          'customer_id',
          'clear',
          ['firstname', 'lastname'],
        ],
        [
          [
            ['customer_id', 'lastname'],
            ['2', 'Lang'],
          ],
          ['customer_id', 'lastname'],
          'customer_id',
          'clear',
          ['lastname'],
        ],
      ],
    );
  });

  test('are forgotten once the store has them', () => {
    const edits = new CellEdits();
    edits.set('1', 'firstname', 'Anne', anna);
    edits.set('2', 'lastname', 'Lang', ben);
    edits.settle([{ ...anna, firstname: 'Anne' }, ben], idOf);
    assert.deepEqual([edits.of('1', 'firstname'), edits.of('2', 'lastname'), edits.size], [undefined, 'Lang', 1]);
    edits.clear();
    assert.equal(edits.size, 0);
  });

  test('are only those of attributes that a form can change', () => {
    for (const code of ['firstname', 'email', 'group_id', 'dob', 'gender']) assert.ok(isEditable(code), code);
    for (const code of ['customer_id', 'created_at', 'password', 'password_hash', 'increment_id', 'constructor'])
      assert.ok(!isEditable(code), code);
  });

  test('are sent in messages of one shape', () => {
    assert.ok(tableRequest.safeParse({ type: 'edited', version: 1, row: 0, column: 'firstname', value: 'x' }).success);
    for (const hostile of [
      { type: 'edited', version: 1, row: 0, column: 'firstname', value: 7 },
      { type: 'edited', version: 1, row: 0, column: 'firstname', value: 'x'.repeat(10_001) },
      { type: 'edit', version: 1, row: -1, column: 'firstname' },
      { type: 'pin', column: 'email' },
    ])
      assert.ok(!tableRequest.safeParse(hostile).success, JSON.stringify(hostile).slice(0, 80));
  });
});

test('The files of changes can be read only by their user, and the oldest are deleted', async (t) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-changes-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const begun = Date.UTC(2026, 10, 28);
  let file = '';
  for (let change = 0; change < 53; change++)
    file = await writeChange(folder, 'Change of lastname', `n\n${change}\n`, new Date(begun + change * 1000));
  const kept = (await readdir(folder)).toSorted();
  assert.equal(kept.length, 50);
  assert.equal(kept[0], '2026-11-28T00-00-03.000Z');
  assert.equal(await readFile(file, 'utf8'), 'n\n52\n');
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o077, 0);
});
