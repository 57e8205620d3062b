// A journal says which rows were sent. Whatever a store or a file holds, none of that may be lost: rows would be sent twice.
import assert from 'node:assert/strict';
import { appendFile, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { guessMapping, ImportJournal, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { outcomesIn, writtenOverIn } from '../../../src/store/transfer/journal';
import { clientOf, demo, folder } from './support';

/** An import key, as long as they are. */
const KEY = 'a'.repeat(64);

/** What programs take for the end of a line, and what they do not write as it is. */
const oddTexts = [
  ...['a\u2028b', 'a\u2029b', 'a\u0085b', 'a\vb\fc', 'a\rb', 'a\r\nb\n'],
  ...['\u2028', '"\\\u2028\\n"', 'a\0b', '\ud83d', '\ud83d\ude00', 'é\u2028é'],
];

async function journalWith(file: string): Promise<void> {
  const journal = await ImportJournal.open(file, KEY);
  for (const [index, text] of oddTexts.entries()) {
    await journal.sending([[index + 2, 'update']], [{ row: index + 2, id: '1', values: { firstname: text } }]);
    await journal.done([{ row: index + 2, action: 'update', status: index % 2 === 0 ? 'updated' : 'failed', message: text }]);
  }
  await journal.close();
}

test('whatever values and faults hold, a journal is read again as it was written', async (t) => {
  const file = path.join(await folder(t), 'a.import.jsonl');
  await journalWith(file);
  const written = await readFile(file);
  assert.deepEqual(
    [...(await ImportJournal.read(file, KEY))].map(([row, { status }]) => [row, status]),
    oddTexts.map((_, index) => [index + 2, index % 2 === 0 ? 'updated' : 'failed']),
  );
  const messages: (string | undefined)[] = [];
  for await (const { message } of outcomesIn(file)) messages.push(message);
  assert.deepEqual(messages, oddTexts);
  const before: (string | undefined)[] = [];
  for await (const { values } of writtenOverIn(file)) before.push(values['firstname']);
  assert.deepEqual(
    before,
    oddTexts.filter((_, index) => index % 2 === 0),
  );
  await (await ImportJournal.open(file, KEY)).close();
  assert.deepEqual(await readFile(file), written, 'opening it changes nothing');
});

test('a last line that was cut off is dropped, wherever it was cut', async (t) => {
  const file = path.join(await folder(t), 'a.import.jsonl');
  await journalWith(file);
  const whole = await readFile(file);
  const start = whole.lastIndexOf(0x0a, whole.length - 2) + 1;
  for (let end = start + 1; end < whole.length; end++) {
    await writeFile(file, whole.subarray(0, end));
    await (await ImportJournal.open(file, KEY)).close();
    assert.deepEqual(await readFile(file), whole.subarray(0, start), `${end}`);
  }
});

test('a whole line that this version does not know is an error, wherever it stands, and the file stays as it is', async (t) => {
  const file = path.join(await folder(t), 'a.import.jsonl');
  await journalWith(file);
  const whole = await readFile(file, 'utf8');
  const [header = '', ...rest] = whole.split(/(?<=\n)/);
  const unknown = [
    ...['{"later":[2,3]}', '[]', '7', 'null', '{"import":2,"key":"x"}', '{"sent":[[2,"merge"]]}'],
    '{"row":2,"action":"merge","status":"merged"}',
  ];
  for (const line of unknown.map((each) => `${each}\n`)) {
    for (const content of [whole + line, header + line + rest.join('')]) {
      await writeFile(file, content);
      const isTold = (error: unknown): boolean =>
        error instanceof ToolkitError && error.code === 'journal' && /newer version/.test(error.message);
      await assert.rejects(ImportJournal.open(file, KEY), isTold, line);
      await assert.rejects(ImportJournal.read(file, KEY), isTold, line);
      assert.equal(await readFile(file, 'utf8'), content);
    }
  }
  await writeFile(file, whole);
  await appendFile(file, '{"sent":[[2,"upd');
  assert.equal((await ImportJournal.read(file, KEY)).size, oddTexts.length);
});

test('a file has one lock and one journal, whatever the path to it is', async (t) => {
  const { client, store } = await demo(t, 'v1', { seedFile: [] });
  const [real, other] = [await folder(t), await folder(t)];
  const place = path.join(real, 'customers.csv');
  const rows = Array.from({ length: 120 }, (_, index) => `c${index}@example.com,Anna,1`);
  await writeFile(place, ['email,firstname,website_id', ...rows, ''].join('\n'));
  await symlink(real, path.join(other, 'linked'), 'junction');
  const paths = [place, path.join(other, 'linked', 'customers.csv'), path.relative(process.cwd(), place)];
  if (process.platform !== 'win32') {
    await symlink(place, path.join(other, 'elsewhere.csv'));
    paths.push(path.join(other, 'elsewhere.csv'));
  }
  const jobs = await Promise.all(
    paths.map(async (each) => {
      const csv = await openCsv(each);
      return { client: clientOf(t, store, 'v1'), csv, mapping: guessMapping(csv.header) };
    }),
  );
  const stop = new AbortController();
  const previews = await Promise.all(jobs.map(async (job) => await previewImport(job)));
  const options: Parameters<typeof runImport>[2] = {
    signal: stop.signal,
    onProgress: ({ rows }) => {
      if (rows >= 50) stop.abort();
    },
  };
  const runs = await Promise.allSettled(jobs.map(async (job, index) => await runImport(job, previews[index] ?? assert.fail(), options)));
  const ended = runs.map((run) => (run.status === 'fulfilled' ? run.value.end : (run.reason as { code: string }).code));
  assert.deepEqual(
    ended.filter((end) => end !== 'import-running'),
    ['cancelled'],
  );
  const { value } = await client.call('customer.list', {});
  const made = Array.isArray(value) ? value.length : 0;
  assert.ok(made >= 50 && made < 120, `${made}`);
  for (const job of jobs) assert.equal((await previewImport(job)).done, made, job.csv.file);
});
