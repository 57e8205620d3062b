import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { guessMapping, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { clientOf, demo, folder } from './support';

test('two imports of one file at a time send nothing twice: one of them is refused', async (t) => {
  const { client, store } = await demo(t, 'v1', { seedFile: [] });
  const other = clientOf(t, store, 'v1');
  const place = path.join(await folder(t), 'customers.csv');
  await writeFile(
    place,
    `email,firstname,website_id\n${Array.from({ length: 120 }, (_, index) => `c${index}@example.com,Anna,1`).join('\n')}\n`,
  );
  const csv = await openCsv(place);
  const jobs = [client, other].map((each) => ({ client: each, csv, mapping: guessMapping(csv.header) }));
  const previews = await Promise.all(jobs.map(async (job) => await previewImport(job)));
  const runs = await Promise.allSettled(jobs.map(async (job, index) => await runImport(job, previews[index] ?? assert.fail())));
  const ended = runs.map((run) => (run.status === 'fulfilled' ? run.value.end : (run.reason as { code: string }).code));
  assert.deepEqual([...ended].sort(), ['complete', 'import-running']);
  const { value } = await client.call('customer.list', {});
  assert.equal(Array.isArray(value) ? value.length : 0, 120);
  assert.deepEqual(
    (await readdir(path.dirname(place))).filter((name) => name.includes('.lock')),
    [],
  );
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
  assert.deepEqual(
    (await readdir(dir)).filter((name) => name.endsWith('.part')),
    [],
  );
});

const limits = process.platform === 'linux' ? false : 'files cannot be limited here';
test('a journal that cannot be written any more ends the import, and the counts tell what the store did', { skip: limits }, async (t) => {
  const { store } = await demo(t, 'v1', { seedFile: [] });
  const dir = await folder(t);
  const place = path.join(dir, 'customers.csv');
  const rows = Array.from({ length: 300 }, (_, index) => `c${index}@example.com,Anna,1`);
  await writeFile(place, ['email,firstname,website_id', ...rows, ''].join('\n'));
  const script = path.join(import.meta.dirname, 'import-process.ts');
  // In blocks of 512 bytes: a line about each of some rows.
  const limited = `trap '' XFSZ; ulimit -f 16; exec "$0" --import tsx "$@"`;
  const child = spawn('sh', ['-c', limited, process.execPath, script, store.urls.v1, place], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said = JSON.parse((await text(child.stderr)).trim().split('\n').at(-1) ?? '') as { end: string; code: string; counts: object };
  assert.deepEqual([said.end, said.code], ['failed', 'file-write']);
  assert.ok(store.customers() > 0 && store.customers() < rows.length);
  assert.deepEqual(
    Object.entries(said.counts).filter(([, count]) => count !== 0),
    [['created', store.customers()]],
  );
  assert.deepEqual(
    (await readdir(dir)).filter((name) => /part|lock/.test(name)),
    [],
  );
});
