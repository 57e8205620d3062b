import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import type { StoreClient } from '../../../src/store/calls/client';
import {
  guessMapping,
  openCsv,
  previewImport,
  runImport,
  takeBackMapping,
  type ImportJob,
  type ImportOptions,
  type ImportResult,
} from '../../../src/store/transfer';
import { between, clientOf, demo, folder, rows, writableParts } from './support';

const seed = [
  {
    customer_id: '1',
    email: 'jane@example.com',
    firstname: 'Jane',
    lastname: '=1+1',
    website_id: '1',
    store_id: '1',
    group_id: '1',
    gender: '2',
    dob: '1985-12-31 00:00:00',
    password_hash: 'the-hash:salt',
  },
  {
    customer_id: '2',
    email: 'john@example.com',
    firstname: 'John',
    lastname: 'Doe',
    website_id: '1',
    store_id: '1',
    group_id: '1',
    taxvat: 'DE, 1',
  },
  { customer_id: '3', email: 'same@example.com', firstname: 'Same', lastname: 'Same', website_id: '1', store_id: '1', group_id: '1' },
];
const parts = ['email', 'firstname', 'lastname', 'group_id', 'dob', 'taxvat', 'gender'];

async function job(client: StoreClient, file: string): Promise<ImportJob> {
  const csv = await openCsv(file);
  return { client, csv, mapping: takeBackMapping(csv) ?? { ...guessMapping(csv.header), emptyCells: 'clear' } };
}

async function run(what: ImportJob, options: ImportOptions = {}): Promise<ImportResult> {
  return await runImport(what, await previewImport(what), options);
}

async function written(t: TestContext, text: string): Promise<string> {
  const file = path.join(await folder(t), 'people.csv');
  await writeFile(file, text);
  return file;
}

for (const dialect of soapDialects) {
  for (const v1 of dialect === 'v1' ? [true] : [true, false]) {
    test(`${dialect}${v1 ? '' : ' without V1'}: what an import wrote over is a file that takes it back`, async (t) => {
      const { store } = await demo(t, dialect, { seedFile: seed });
      const { client } = await between(t, store, dialect, { v1 });
      const behind = clientOf(t, store, 'v1');
      const before = await writableParts(behind, parts);
      const file = await written(
        t,
        [
          'email;Vorname;lastname;dob;taxvat;password',
          'jane@example.com;;Öz;1990-01-01;DE1;',
          'john@example.com;;Doe;;;',
          'same@example.com;;Same;;;',
          'new@example.com;;New;;;a-password',
        ].join('\n'),
      );
      const result = await run(await job(client, file));
      assert.deepEqual([result.counts.created, result.counts.updated, result.counts.unchanged], [1, 2, 1]);
      assert.ok(result.beforeFile !== undefined);
      assert.deepEqual(rows(await readFile(result.beforeFile, 'utf8')), [
        { customer_id: '1', lastname: '=1+1', dob: '1985-12-31', taxvat: '' },
        { customer_id: '2', lastname: 'Doe', dob: '', taxvat: 'DE, 1' },
      ]);
      const back = await job(client, result.beforeFile);
      assert.deepEqual([back.mapping.key, back.mapping.emptyCells], ['customer_id', 'clear']);
      assert.deepEqual((await run(back)).counts.updated, 2);
      const { 'new@example.com 0': created, ...others } = await writableParts(behind, parts);
      assert.ok(created !== undefined, 'a new customer stays');
      assert.deepEqual(others, before);
    });
  }
}

test('what cannot be read is not kept, and the preview says so', async (t) => {
  const { store } = await demo(t, 'v2', { seedFile: seed });
  const { client } = await between(t, store, 'v2', { v1: false });
  const file = await written(t, 'email,firstname,gender\njane@example.com,Janet,1\n');
  const what = await job(client, file);
  const preview = await previewImport(what);
  assert.deepEqual(preview.lost, ['gender']);
  const { beforeFile } = await runImport(what, preview);
  assert.deepEqual(rows(await readFile(beforeFile ?? '', 'utf8')), [{ customer_id: '1', firstname: 'Jane' }]);
});

test('an import that goes on has one such file for all of its runs, and another import leaves it alone', async (t) => {
  const { store, client } = await demo(t, 'v1', {
    seedFile: Array.from({ length: 120 }, (_, index) => ({
      customer_id: String(index + 1),
      email: `c${index}@example.com`,
      firstname: `Old ${index}`,
      website_id: '1',
      store_id: '1',
      group_id: '1',
    })),
  });
  const file = await written(
    t,
    ['email,firstname', ...Array.from({ length: 120 }, (_, index) => `c${index}@example.com,New ${index}`)].join('\n'),
  );
  const stop = new AbortController();
  const first = await run(await job(client, file), {
    signal: stop.signal,
    onProgress: () => {
      stop.abort();
    },
  });
  assert.equal(first.end, 'cancelled');
  assert.equal(rows(await readFile(first.beforeFile ?? '', 'utf8')).length, first.counts.updated);
  const second = await run(await job(client, file));
  assert.equal(second.beforeFile, first.beforeFile);
  const kept = rows(await readFile(second.beforeFile ?? '', 'utf8'));
  assert.deepEqual(
    kept.map(({ firstname }) => firstname),
    Array.from({ length: 120 }, (_, index) => `Old ${index}`),
  );
  const third = await run(await job(client, file));
  assert.equal(third.beforeFile, undefined, 'nothing was written over');
  assert.equal((await readdir(path.dirname(file))).filter((name) => name.includes('.before-')).length, 1);
  assert.equal(store.customers(), 120);
});

test('a password hash that an import writes over is not kept', async (t) => {
  const { client } = await demo(t, 'v1', { seedFile: seed });
  const what = await job(client, await written(t, 'email,firstname,password_hash\njane@example.com,Janet,other-hash:salt\n'));
  const preview = await previewImport(what);
  assert.deepEqual(preview.lost, ['password_hash']);
  const { beforeFile } = await runImport(what, preview);
  assert.doesNotMatch(await readFile(beforeFile ?? '', 'utf8'), /hash/);
});
