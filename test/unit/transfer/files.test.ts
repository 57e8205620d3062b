import assert from 'node:assert/strict';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { csvRows, openCsv } from '../../../src/store/transfer/csv-file';
import { SafeFile } from '../../../src/files/safe-file';
import { folder } from './support';

test('a file that cannot get to its place leaves nothing behind', async (t) => {
  const place = await folder(t);
  const target = path.join(place, 'customers.csv');
  await mkdir(path.join(target, 'in the way'), { recursive: true });
  const file = await SafeFile.create(target);
  await file.write('jane@example.com');
  await assert.rejects(file.keepAs(target), { kind: 'input', code: 'file-write' });
  assert.deepEqual(await readdir(place), ['customers.csv']);
});

test('a CSV file that vanishes after its header was read is told as such', async (t) => {
  const file = path.join(await folder(t), 'customers.csv');
  await writeFile(file, 'email\r\na@example.com\r\n');
  const csv = await openCsv(file);
  await rm(file);
  await assert.rejects(csvRows(csv).next(), { kind: 'input', code: 'file' });
});
