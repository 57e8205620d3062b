import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { soapDialects } from '../../../src/api/dialect';
import { customersMatching, customersWithIds, exportCustomers, harmlessCell, originalText } from '../../../src/store/transfer';
import { rowWriter } from '../../../src/store/transfer/writers';
import { recordedCustomers } from '../../e2e/support/stores';
import { cells, demo, folder, rows } from './support';

const target = { format: 'csv', secrets: false } as const;

for (const dialect of soapDialects) {
  test(`over ${dialect}, the file holds every customer as the store sent it`, async (t) => {
    const { client } = await demo(t, dialect, { seedFile: recordedCustomers });
    const file = path.join(await folder(t), 'customers.csv');
    const result = await exportCustomers(customersMatching(client, undefined), { ...target, dialect, file });
    assert.deepEqual([result.end, result.rows, result.file, result.leftOut], ['complete', 60, file, []]);
    const { value } = await client.call('customer.list');
    const sent = new Map((Array.isArray(value) ? value : []).map((row: Record<string, unknown>) => [String(row['customer_id']), row]));
    const exported = rows(await readFile(file, 'utf8'));
    assert.equal(exported.length, 60);
    for (const row of exported) {
      for (const [name, text] of Object.entries(row))
        assert.equal(
          text,
          withoutKey(name, sentText(sent.get(row['customer_id'] ?? '')?.[name])),
          `${name} of ${row['customer_id'] ?? ''}`,
        );
    }
    assert.equal(Object.hasOwn(exported[0] ?? {}, 'gender'), dialect === 'v1', 'only V1 returns the gender');
    assert.ok(!('password_hash' in (exported[0] ?? {})));
    assert.deepEqual(await readdir(path.dirname(file)), ['customers.csv']);
  });
}

test('the file opens right in a spreadsheet: byte order mark, CR LF, quotes, and no cell that could be executed', async (t) => {
  const { client } = await demo(t, 'v1', {
    seedFile: [
      {
        email: 'a@example.com',
        firstname: '=HYPERLINK("http://x")',
        lastname: '+1-2@cmd',
        middlename: '-1',
        prefix: '@SUM(A1)',
        suffix: "'=x",
        taxvat: 'a,b;c\n"d"',
        website_id: '1',
        customer_id: '1',
      },
      { email: 'b@example.com', firstname: '王小明', lastname: '  edge ', website_id: '1', customer_id: '2' },
    ],
  });
  const file = path.join(await folder(t), 'customers.csv');
  await exportCustomers(customersMatching(client, undefined), { ...target, dialect: 'v1', file });
  const text = await readFile(file, 'utf8');
  assert.ok(text.startsWith('\ufeffcustomer_id,created_at,'));
  assert.ok(
    text.replaceAll('\r\n', '').includes('\n') && !/\r(?!\n)/.test(text),
    'lines end with CR LF; the line feed within a cell stays',
  );
  const [first, second] = cells(text);
  assert.deepEqual(
    [first?.['firstname'], first?.['lastname'], first?.['middlename'], first?.['prefix'], first?.['suffix'], first?.['taxvat']],
    [`'=HYPERLINK("http://x")`, "'+1-2@cmd", "'-1", "'@SUM(A1)", "''=x", 'a,b;c\n"d"'],
  );
  assert.deepEqual([second?.['firstname'], second?.['lastname']], ['王小明', '  edge ']);
  for (const row of cells(text)) for (const cell of Object.values(row)) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
});

test('whatever a text is, its cell is harmless and gives the text back', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^['=+\-@\t\r\n]{0,4}a?$/)), (text) => {
      const cell = harmlessCell(text);
      assert.doesNotMatch(cell, /^[=+\-@\t\r\n]/);
      assert.equal(originalText(cell), text);
    }),
  );
});

for (const format of ['csv', 'csv-semicolon', 'jsonl'] as const) {
  test(`a key that confirms an address is in ${format} only with the secrets: otherwise it says that there is one`, async (t) => {
    const key = '0123456789abcdef0123456789abcdef';
    const { client } = await demo(t, 'v1', {
      seedFile: [{ customer_id: '1', email: 'a@example.com', firstname: 'A', lastname: 'B', website_id: '1', confirmation: key }],
    });
    const file = path.join(await folder(t), 'customers');
    const text = async (secrets: boolean): Promise<string> => {
      await exportCustomers(customersMatching(client, undefined), { format, dialect: 'v1', secrets, file });
      return await readFile(file, 'utf8');
    };
    assert.ok((await text(true)).includes(key));
    const plain = await text(false);
    assert.ok(!plain.includes(key));
    assert.ok(plain.includes('true'));
  });
}

test('JSON Lines hold each customer as it was sent, secrets only when asked for', async (t) => {
  const { client } = await demo(t, 'v1', { customers: 5 });
  const file = path.join(await folder(t), 'customers.jsonl');
  const lines = async (secrets: boolean): Promise<Record<string, unknown>[]> => {
    await exportCustomers(customersMatching(client, undefined), { format: 'jsonl', dialect: 'v1', secrets, file });
    return (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const plain = await lines(false);
  assert.equal(plain.length, 5);
  assert.ok(plain.every((row) => !('password_hash' in row) && !('rp_token' in row)));
  assert.ok((await lines(true)).every((row) => typeof row['password_hash'] === 'string'));
});

test('a file gets no secret that was not asked for: no key that confirms an address, and none within what a module added', () => {
  const row = {
    customer_id: '1',
    email: 'a@b.c',
    password_hash: 'S3CRET',
    confirmation: 'S3CRET',
    loyalty: { level: 'gold', account: { rp_token: 'S3CRET' } },
    settings: '{"password":"S3CRET"}',
  };
  for (const format of ['csv', 'csv-semicolon', 'jsonl'] as const) {
    const plain = rowWriter(format, { dialect: 'v1', secrets: false }).text([row]);
    assert.ok(!plain.includes('S3CRET') && plain.includes('a@b.c') && plain.includes('gold') && plain.includes('true'), plain);
    assert.equal(rowWriter(format, { dialect: 'v1', secrets: true }).text([row]).split('S3CRET').length, 5);
  }
});

test('an export of selected customers has these alone, without those deleted meanwhile', async (t) => {
  const { client, store } = await demo(t, 'wsi', { customers: 20 });
  await client.call('customer.delete', { customerId: 7 });
  const file = path.join(await folder(t), 'selected.csv');
  const before = store.requests.length;
  const result = await exportCustomers(customersWithIds(client, ['12', '3', '7']), {
    ...target,
    dialect: 'wsi',
    format: 'csv-semicolon',
    file,
  });
  assert.equal(result.rows, 2);
  assert.deepEqual(
    cells(await readFile(file, 'utf8'), ';').map((row) => row['customer_id']),
    ['12', '3'],
  );
  assert.equal(store.requests.slice(before).filter(({ method }) => method === 'customer.list').length, 1);
});

test('a filter narrows the export, and an empty export has its header', async (t) => {
  const { client } = await demo(t, 'v2', { customers: 20 });
  const file = path.join(await folder(t), 'customers.csv');
  assert.equal(
    (await exportCustomers(customersMatching(client, { customer_id: { from: 5, to: 9 } }), { ...target, dialect: 'v2', file })).rows,
    5,
  );
  const none = await exportCustomers(customersMatching(client, { email: 'nobody@example.com' }), { ...target, dialect: 'v2', file });
  assert.deepEqual([none.end, none.rows], ['complete', 0]);
  assert.match(await readFile(file, 'utf8'), /^\ufeffcustomer_id,[a-z_,]+\r\n$/);
});

test('an attribute that only a later customer has is named, not lost silently', async (t) => {
  const file = path.join(await folder(t), 'customers.csv');
  async function* pieces() {
    yield [{ customer_id: '1', email: 'a@example.com', loyalty: 'gold' }];
    yield [{ customer_id: '2', email: 'b@example.com', shoe_size: '42' }];
    await Promise.resolve();
  }
  const { leftOut } = await exportCustomers(pieces(), { ...target, dialect: 'v1', file });
  assert.deepEqual(leftOut, ['shoe_size']);
  assert.equal(cells(await readFile(file, 'utf8'))[0]?.['loyalty'], 'gold');
});

test('cancelling leaves whole customers in a file of its own and does not touch the file that was there', async (t) => {
  const { client } = await demo(t, 'v2', { customers: 3000 });
  const file = path.join(await folder(t), 'customers.csv');
  await writeFile(file, 'the last export');
  const stop = new AbortController();
  const result = await exportCustomers(
    customersMatching(client, undefined, { signal: stop.signal }),
    { ...target, dialect: 'v2', file },
    {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    },
  );
  assert.deepEqual([result.end, result.error], ['cancelled', undefined]);
  assert.ok(result.rows > 0 && result.rows < 3000);
  assert.equal(cells(await readFile(result.file ?? '', 'utf8')).length, result.rows);
  assert.equal(await readFile(file, 'utf8'), 'the last export');
  assert.deepEqual((await readdir(path.dirname(file))).sort(), ['customers (incomplete).csv', 'customers.csv']);
});

for (const [name, faults, code] of [
  ['drops the connection', { drop: true }, 'connection-dropped'],
  ['denies access', { deny: true }, '2'],
  ['runs out of memory', { 'memory-limit': true }, undefined],
] as const) {
  test(`a store that ${name} in the middle leaves a valid file and the reason`, async (t) => {
    const { client, store } = await demo(t, 'v2', { customers: 3000 });
    const file = path.join(await folder(t), 'customers.csv');
    const result = await exportCustomers(
      customersMatching(client, undefined),
      { ...target, dialect: 'v2', file },
      {
        onProgress: () => {
          store.setFaults(faults);
        },
      },
    );
    assert.equal(result.end, 'failed');
    assert.ok(result.error !== undefined);
    if (code !== undefined) assert.equal(result.error.code, code);
    assert.equal(cells(await readFile(result.file ?? '', 'utf8')).length, result.rows);
    assert.ok(result.rows > 0 && result.rows < 3000);
  });
}

test('a session that ends in the middle does not disturb an export', async (t) => {
  let hours = 0;
  const { client, store } = await demo(t, 'v2', { customers: 3000, now: () => new Date(Date.now() + hours * 3_600_000) });
  const file = path.join(await folder(t), 'customers.csv');
  const result = await exportCustomers(
    customersMatching(client, undefined),
    { ...target, dialect: 'v2', file },
    {
      onProgress: () => {
        hours += 2;
      },
    },
  );
  assert.deepEqual([result.end, result.rows], ['complete', 3000]);
  assert.ok(store.requests.filter(({ fault }) => fault?.code === '5').length > 0);
});

/** Of a key, an export without secrets says only that there is one. */
function withoutKey(name: string, text: string): string {
  return name === 'confirmation' && text !== '' ? 'true' : text;
}

function sentText(value: unknown): string {
  return value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
