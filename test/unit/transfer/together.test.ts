import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { guessMapping, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { clientOf, demo, folder } from './support';

test('two imports of one file at a time send nothing twice: one of them is refused', async (t) => {
  const { client, store } = await demo(t, 'v1', { seedFile: [] });
  const other = clientOf(t, store, 'v1');
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(place, `email,firstname,website_id\n${Array.from({ length: 120 }, (_, index) => `c${index}@example.com,Anna,1`).join('\n')}\n`);
  const csv = await openCsv(place);
  const jobs = [client, other].map((each) => ({ client: each, csv, mapping: guessMapping(csv.header) }));
  const previews = await Promise.all(jobs.map(async (job) => await previewImport(job)));
  const runs = await Promise.allSettled(jobs.map(async (job, index) => await runImport(job, previews[index] ?? assert.fail())));
  const ended = runs.map((run) => (run.status === 'fulfilled' ? run.value.end : (run.reason as { code: string }).code));
  assert.deepEqual([...ended].sort(), ['complete', 'import-running']);
  const { value } = await client.call('customer.list', {});
  assert.equal(Array.isArray(value) ? value.length : 0, 120);
  assert.deepEqual((await readdir(path.dirname(place))).filter((name) => name.includes('.lock')), []);
});

test('a result that cannot be written leaves no part of it, tells the counts and keeps the journal', async (t) => {
  const { client } = await demo(t, 'v1', { seedFile: [] });
  const dir = await folder(t);
  const place = path.join(dir, 'customers.csv');
  await writeFile(place, 'email,firstname,website_id\nanna@example.com,Anna,1\n');
  // A folder with something in it cannot be replaced by a file.
  await mkdir(path.join(dir, 'customers.result.csv', 'inside'), { recursive: true });
  const csv = await openCsv(place);
  const job = { client, csv, mapping: guessMapping(csv.header) };
  const result = await runImport(job, await previewImport(job));
  assert.deepEqual([result.end, result.counts.created, result.error?.code, result.resultFile], ['failed', 1, 'file-write', undefined]);
  assert.notEqual(result.journal, undefined);
  assert.deepEqual((await readdir(dir)).filter((name) => name.endsWith('.part')), []);
});
