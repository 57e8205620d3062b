import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { StoreClient } from '../../../src/store/calls/client';
import {
  customersMatching,
  exportCustomers,
  guessMapping,
  openCsv,
  previewImport,
  runImport,
  type ImportJob,
  type ImportMapping,
  type ImportOptions,
  type ImportResult,
} from '../../../src/store/transfer';
import { recordedCustomers } from '../../e2e/support/stores';
import { between, cells, clientOf, demo, folder, writableParts } from './support';

async function job(t: TestContext, client: StoreClient, text: string | Buffer, mapping: Partial<ImportMapping> = {}): Promise<ImportJob> {
  const file = path.join(await folder(t), 'people.csv');
  await writeFile(file, text);
  return await again(client, file, mapping);
}

async function again(client: StoreClient, file: string, mapping: Partial<ImportMapping> = {}): Promise<ImportJob> {
  const csv = await openCsv(file);
  return { client, csv, mapping: { ...guessMapping(csv.header), ...mapping } };
}

async function run(what: ImportJob, options: ImportOptions = {}): Promise<ImportResult> {
  return await runImport(what, await previewImport(what), options);
}

async function statuses(result: ImportResult): Promise<string[]> {
  return cells(await readFile(result.resultFile ?? '', 'utf8')).map(({ row, status }) => `${row ?? ''} ${status ?? ''}`);
}

/** New customers, one a line. */
function people(count: number, from = 1): string {
  return [
    'email,firstname,lastname,website_id',
    ...Array.from({ length: count }, (_, index) => `new${from + index}@example.com,New,Number ${from + index},1`),
  ].join('\r\n');
}

const parts = [
  'email',
  'firstname',
  'middlename',
  'lastname',
  'prefix',
  'suffix',
  'group_id',
  'website_id',
  'store_id',
  'dob',
  'taxvat',
  'gender',
];

for (const dialect of soapDialects) {
  for (const v1 of dialect === 'v1' ? [true] : [true, false]) {
    test(`what was exported over ${dialect} makes the same customers in another store${v1 ? '' : ' that has no V1'}`, async (t) => {
      const source = await demo(t, dialect, { seedFile: recordedCustomers });
      const target = await demo(t, dialect, { customers: 0 });
      const { client, writes } = await between(t, target.store, dialect, { v1 });
      const file = path.join(await folder(t), 'customers.csv');
      const over = v1 ? 'v1' : dialect;
      await exportCustomers(customersMatching(source.client, undefined, { dialect: over }), {
        format: 'csv',
        secrets: false,
        dialect: over,
        file,
      });
      const what = await again(client, file, { key: 'email' });
      const preview = await previewImport(what);
      const names = parts.filter((name) => v1 || name !== 'gender');
      const sent = await writableParts(clientOf(t, source.store, 'v1'), names);
      // A real store takes some customers only from its own admin: website 0.
      assert.deepEqual(
        preview.samples.reject.map(({ who }) => who),
        [],
      );
      assert.equal(writes.length, 0, 'a preview writes nothing');
      const result = await runImport(what, preview);
      assert.deepEqual([result.end, result.counts.created, result.counts.failed], ['complete', 60, 0]);
      assert.equal(writes.length, v1 ? 2 : 60);
      assert.deepEqual(await writableParts(clientOf(t, target.store, 'v1'), names), sent);
      const second = await previewImport(await again(client, file, { key: 'email' }));
      assert.deepEqual(second.counts, { create: 0, update: 0, unchanged: 60, reject: 0 });
      assert.deepEqual(
        (await readdir(path.dirname(file))).sort(),
        ['customers.csv', 'customers.result.csv'],
        'no journal is left of an import that is done',
      );
    });
  }
}

test('the preview tells creates, updates with the changed attributes only, unchanged rows and rejects with reasons', async (t) => {
  const { client, store } = await demo(t, 'v2', {
    seedFile: [
      {
        customer_id: '1',
        email: 'jane@example.com',
        firstname: 'Jane',
        lastname: 'Doe',
        group_id: '1',
        website_id: '1',
        dob: '1980-01-02 00:00:00',
      },
      { customer_id: '2', email: 'same@example.com', firstname: 'Same', lastname: 'Doe', group_id: '1', website_id: '1' },
    ],
  });
  const what = await job(
    t,
    client,
    [
      'E-mail;First name;Last name;Group;Website;dob;Loyalty',
      'JANE@example.com;Janet;Doe;2;1;1980-01-02;gold',
      'same@example.com;Same;Doe;1;1;;',
      'new@example.com;New;"O""Neil; Ltd";1;1;;',
      ';No;Mail;1;1;;',
      'bad@example.com;Bad;Group;wholesale;1;;',
      'new@example.com;Again;Twice;1;1;;',
      'short@example.com;Short',
      'dob@example.com;Some;One;1;1;never;',
      'nogroup@example.com;No;Group;77;1;;',
    ].join('\n'),
  );
  assert.deepEqual(what.mapping, {
    columns: ['email', 'firstname', 'lastname', 'group_id', 'website_id', 'dob', null],
    key: 'email',
    emptyCells: 'keep',
  });
  const before = store.requests.length;
  const { counts, samples, warnings } = await previewImport(what);
  assert.deepEqual(counts, { create: 4, update: 1, unchanged: 1, reject: 3 });
  assert.deepEqual(
    samples.update.map((row) => row.action === 'update' && [row.id, row.changes]),
    [
      [
        '1',
        [
          { attribute: 'firstname', before: 'Jane', after: 'Janet' },
          { attribute: 'group_id', before: '1', after: '2' },
        ],
      ],
    ],
  );
  assert.deepEqual(
    samples.create.map((row) => [row.number, row.who]),
    [
      [4, 'new@example.com'],
      [6, 'bad@example.com'],
      [8, 'short@example.com'],
      [10, 'nogroup@example.com'],
    ],
  );
  assert.match(samples.create[3]?.warnings.join(' ') ?? '', /no customer group 77/);
  assert.equal(warnings, 2, 'the group that does not exist, and the row without a website');
  const reasons = samples.reject.map((row) => `${row.number}: ${row.action === 'reject' ? row.reasons.join(' ') : ''}`);
  assert.match(
    reasons.join('\n'),
    /^5: The row has no e-mail address\.\n7: Row 4 is already for this customer\.\n9: "never" is not a date/,
  );
  assert.ok(store.requests.slice(before).every(({ method }) => !/create|update|multiCall/i.test(method)));
});

test('empty cells leave attributes as they are, or clear them when that is wanted', async (t) => {
  const { client } = await demo(t, 'v1', {
    seedFile: [
      { customer_id: '1', email: 'jane@example.com', firstname: 'Jane', taxvat: 'DE1', gender: '2', group_id: '2', website_id: '1' },
    ],
  });
  const text = 'customer_id,email,taxvat,gender,group_id\n1,,,,';
  assert.equal((await previewImport(await job(t, client, text))).counts.unchanged, 1);
  const result = await run(await job(t, client, text, { emptyCells: 'clear' }));
  assert.equal(result.counts.updated, 1);
  const { value } = await client.call('customer.info', { customerId: 1, attributes: ['email', 'taxvat', 'gender', 'group_id'] });
  assert.deepEqual(value, { customer_id: '1', taxvat: null, email: 'jane@example.com', group_id: '2', gender: null });
});

test('an unknown ID is refused, and a customer on two websites must be told apart', async (t) => {
  const { client } = await demo(t, 'v2', {
    seedFile: [
      { customer_id: '1', email: 'two@example.com', website_id: '1' },
      { customer_id: '2', email: 'two@example.com', website_id: '2' },
    ],
  });
  const byId = await previewImport(await job(t, client, 'customer_id,firstname\n9,Nobody\nx,Nobody\n1,Somebody'));
  assert.deepEqual(byId.counts, { create: 0, update: 1, unchanged: 0, reject: 2 });
  const byEmail = await previewImport(await job(t, client, 'email,firstname\ntwo@example.com,X'));
  assert.match(JSON.stringify(byEmail.samples.reject), /Customers 1, 2 have this e-mail/);
  const told = await previewImport(await job(t, client, 'email,website_id,firstname\ntwo@example.com,2,X'));
  assert.ok(told.samples.update[0]?.action === 'update' && told.samples.update[0].id === '2');
});

test('each row has its result, with the store’s own words for what it refused', async (t) => {
  const { client, store } = await demo(t, 'v2', {
    seedFile: [
      { customer_id: '1', email: 'a@example.com', website_id: '1' },
      { customer_id: '2', email: 'b@example.com', website_id: '1' },
    ],
  });
  const what = await job(
    t,
    client,
    'customer_id,email,firstname,website_id\n1,b@example.com,Taken,1\n2,b@example.com,Fine,1\n,new@example.com,New,1' +
      '\n,bad@example.com,Bad,99\n,,Nobody,1',
  );
  const result = await run(what);
  assert.equal(result.end, 'complete');
  const rows = cells(await readFile(result.resultFile ?? '', 'utf8'));
  assert.deepEqual(
    rows.map(({ row, action, status, customer_id, fault }) => [row, action, status, customer_id, fault].join(' ')),
    ['2 update failed 1 1', '3 update updated 2 ', '4 create created 3 ', '5 create failed  1', '6 reject rejected  '],
  );
  assert.match(
    rows.find(({ row }) => row === '2')?.['message'] ?? '',
    /This customer email already exists/,
    'the batch hides the reason, so it was asked for again',
  );
  assert.match(rows.find(({ row }) => row === '5')?.['message'] ?? '', /SQLSTATE/);
  assert.equal(store.customers(), 3);
  assert.notEqual(result.journal, undefined, 'what failed can be tried again');
});

test('passwords are sent with new customers and stand nowhere else', async (t) => {
  const { client } = await demo(t, 'v2', { seedFile: [{ customer_id: '1', email: 'old@example.com', website_id: '1' }] });
  const what = await job(
    t,
    client,
    'email,password,website_id\nnew@example.com,correct horse battery,1\nold@example.com,other secret phrase,1\nshort@example.com,tiny1,1',
  );
  const preview = await previewImport(what);
  assert.deepEqual(preview.counts, { create: 1, update: 0, unchanged: 1, reject: 1 });
  const result = await runImport(what, preview);
  assert.equal(result.counts.created, 1);
  const written = (
    await Promise.all(
      (await readdir(path.dirname(what.csv.file)))
        .filter((name) => name !== 'people.csv')
        .map((name) => readFile(path.join(path.dirname(what.csv.file), name), 'utf8')),
    )
  ).join('\n');
  assert.doesNotMatch(written, /horse|secret|tiny1/);
});

test('a customer that somebody else changed after the preview is left alone', async (t) => {
  const { client } = await demo(t, 'v2', { customers: 3 });
  const what = await job(t, client, 'customer_id,firstname\n1,Ours\n2,Ours');
  const preview = await previewImport(what);
  await client.call('customer.update', { customerId: 2, customerData: { firstname: 'Theirs' } });
  const result = await runImport(what, preview);
  assert.deepEqual([result.counts.updated, result.counts.changed], [1, 1]);
  const { value } = await client.call('customer.info', { customerId: 2, attributes: ['firstname'] });
  assert.deepEqual(value, { customer_id: 2, firstname: 'Theirs' });
});

test('cancelling stops after the rows under way; going on does the rest and repeats nothing', async (t) => {
  const { store } = await demo(t, 'v2', { customers: 0 });
  const { client, writes } = await between(t, store, 'v2');
  const what = await job(t, client, people(170));
  const stop = new AbortController();
  const first = await run(what, {
    signal: stop.signal,
    onProgress: ({ rows }) => {
      if (rows >= 100) stop.abort();
    },
  });
  assert.deepEqual([first.end, first.counts.created, store.customers()], ['cancelled', 100, 100]);
  assert.equal((await statuses(first)).length, 100);
  const preview = await previewImport(await again(client, what.csv.file));
  assert.deepEqual([preview.done, preview.counts.create], [100, 70]);
  const second = await runImport(what, preview);
  assert.deepEqual([second.end, second.counts.created, second.counts.failed, store.customers()], ['complete', 70, 0, 170]);
  assert.equal(writes.length, 4);
  assert.equal((await statuses(second)).filter((line) => line.endsWith(' created')).length, 170, 'the result tells of both runs');
});

for (const [way, v1] of [
  ['in batches over V1', true],
  ['one by one over V2', false],
] as const) {
  for (const lost of ['there', 'back'] as const) {
    test(
      `a connection lost ${lost === 'there' ? 'on the way there' : 'on the way back'} ${way} leaves rows in doubt, ` +
        'which are looked up before anything is repeated',
      async (t) => {
        const { store } = await demo(t, 'v2', { customers: 3 });
        const nth = v1 ? 1 : 60;
        const { client, writes } = await between(t, store, 'v2', { v1, lose: (write) => (write === nth ? lost : undefined) });
        const what = await job(t, client, `${people(120)}\r\n`);
        const first = await run(what);
        assert.equal(first.end, 'failed');
        assert.equal(first.counts.created, v1 ? 50 : 60);
        const doubtful = v1 ? 50 : 1;
        assert.equal(first.counts.unknown, doubtful);
        assert.equal((await statuses(first)).filter((line) => line.endsWith(' unknown')).length, doubtful);
        assert.equal(store.customers(), 3 + (v1 ? 50 : 60) + (lost === 'back' ? doubtful : 0));
        const sentBefore = writes.length;
        const next = await again(client, what.csv.file);
        const preview = await previewImport(next);
        assert.equal(preview.unsure, doubtful);
        const second = await runImport(next, preview);
        assert.deepEqual([second.end, second.counts.failed, store.customers()], ['complete', 0, 123]);
        assert.deepEqual(
          (await statuses(second)).filter((line) => !line.endsWith(' created')),
          [],
        );
        const emails =
          writes
            .slice(sentBefore)
            .join('\n')
            .match(/new\d+@example\.com/g) ?? [];
        assert.equal(emails.length, v1 ? (lost === 'back' ? 20 : 70) : lost === 'back' ? 59 : 60, 'what was done is not sent again');
      },
    );
  }
}

test('rows that a batch was not answered for may have been done: they are looked up before anything is sent again', async (t) => {
  const { store } = await demo(t, 'v2', { customers: 3 });
  const { client, writes } = await between(t, store, 'v2', { lose: (write) => (write === 1 ? 'empty' : undefined) });
  const what = await job(t, client, `${people(120)}\r\n`);
  const first = await run(what);
  assert.deepEqual([first.end, first.error?.code, first.counts.created, first.counts.unknown], ['failed', 'multicall-answer', 50, 50]);
  const sentBefore = writes.length;
  const next = await again(client, what.csv.file);
  const second = await runImport(next, await previewImport(next));
  assert.deepEqual([second.end, second.counts.failed, store.customers()], ['complete', 0, 123]);
  const emails =
    writes
      .slice(sentBefore)
      .join('\n')
      .match(/new\d+@example\.com/g) ?? [];
  assert.equal(emails.length, 20, 'what was done is not sent again');
});

for (const [name, faults] of [
  ['denies access', { deny: true }],
  ['ends every session', { 'expire-sessions': true }],
  ['shows its error page', { 'html-503': true }],
] as const) {
  test(`a store that ${name} in the middle: nothing is lost, and the rest follows when it is well again`, async (t) => {
    const { client, store } = await demo(t, 'wsi', { customers: 0 });
    const what = await job(t, client, people(120));
    const first = await run(what, {
      onProgress: ({ rows }) => {
        if (rows === 50) store.setFaults(faults);
      },
    });
    assert.equal(first.end, 'failed');
    assert.ok(first.error !== undefined && first.journal !== undefined);
    assert.equal((await statuses(first)).filter((line) => line.endsWith('created')).length, 50);
    store.setFaults({});
    const second = await run(await again(client, what.csv.file));
    assert.deepEqual([second.end, second.counts.created, second.counts.failed, store.customers()], ['complete', 70, 0, 120]);
  });
}

test('a kill in the middle loses nothing and repeats nothing', async (t) => {
  const { store } = await demo(t, 'v2', { customers: 0 });
  const { client, urls, writes } = await between(t, store, 'v2');
  const what = await job(t, client, people(400));
  const child = spawn(process.execPath, ['--import', 'tsx', path.join(import.meta.dirname, 'import-process.ts'), urls.v2, what.csv.file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
    // Told after the second batch: the third is then on its way.
    if (told.includes('100\n')) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  const done = store.customers();
  assert.ok(done >= 100 && done < 400, `${done} customers were there when it was killed`);
  const journal = (await readdir(path.dirname(what.csv.file))).find((name) => name.endsWith('.jsonl'));
  assert.ok(journal !== undefined);
  const result = await run(await again(client, what.csv.file));
  assert.deepEqual([result.end, result.counts.failed, store.customers()], ['complete', 0, 400]);
  const emails = writes.join('\n').match(/new\d+@example\.com/g) ?? [];
  assert.equal(new Set(emails).size, 400);
  assert.equal(emails.length, 400, 'every customer was sent once');
});

test('read-only stores and unconfirmed production stores are refused before anything is written', async (t) => {
  const { store } = await demo(t, 'v2', { customers: 0 });
  const { client } = await between(t, store, 'v2');
  for (const config of [
    { ...client.config, readOnly: true },
    { ...client.config, environment: 'production' as const },
  ]) {
    const guarded = new StoreClient(config, { key: () => Promise.resolve(store.users[0]?.key ?? '') });
    t.after(() => guarded.close());
    const what = await job(t, guarded, people(2));
    await assert.rejects(run(what), { kind: 'policy' });
    assert.deepEqual(await readdir(path.dirname(what.csv.file)), ['people.csv']);
  }
});

test('files as spreadsheets save them are read: UTF-16, tabs, semicolons; other encodings and damage are refused in words', async (t) => {
  const { client } = await demo(t, 'v2', { customers: 0 });
  const utf16 = await job(
    t,
    client,
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('email\tfirstname\r\njosé@example.com\t"Zoë\r\nAnn 😀"\r\n\r\n', 'utf16le')]),
  );
  assert.equal(utf16.csv.separator, '\t');
  const { samples } = await previewImport(utf16);
  assert.deepEqual(
    samples.create.map((row) => row.action === 'create' && row.data),
    [{ email: 'josé@example.com', firstname: 'Zoë\r\nAnn 😀' }],
  );
  assert.match(samples.create[0]?.warnings.join() ?? '', /saves as \?\?\?\?/);
  await assert.rejects(job(t, client, Buffer.from('email,firstname\na@b.c,Zo\xeb\n', 'latin1')), { code: 'csv-encoding' });
  await assert.rejects(job(t, client, ''), { code: 'csv-empty' });
  await assert.rejects(job(t, client, 'email,firstname\na@b.c,"never closed\nb@b.c,x\n'), { code: 'csv-malformed' });
});

test('a mapping that makes no sense is refused', async (t) => {
  const { client } = await demo(t, 'v2', { customers: 0 });
  await assert.rejects(previewImport(await job(t, client, 'a,b\n1,2', { columns: ['email', 'email'] })), { code: 'mapping' });
  await assert.rejects(previewImport(await job(t, client, 'a,b\n1,2', { columns: ['firstname', null], key: 'email' })), {
    code: 'mapping',
  });
});
