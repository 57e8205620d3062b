import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { text } from '../../../src/extension/customer/customer-summary';
import {
  oneAttribute,
  openCsv,
  previewImport,
  runImport,
  sharedAttributes,
  takeBackMapping,
  type ImportResult,
} from '../../../src/store/transfer';
import type { StoreClient } from '../../../src/store/calls/client';
import { demo, folder } from './support';

const seed = ['1', '2', '3', '4'].map((id) => ({
  customer_id: id,
  email: `c${id}@example.com`,
  firstname: 'Same',
  lastname: id === '2' ? '=1+1' : 'Doe',
  website_id: '1',
  store_id: '1',
  group_id: id === '3' ? '2' : '1',
  taxvat: id === '1' ? 'DE 1' : '',
}));

/** Gives customers a value over a real store. @returns what came of it, and how each customer has it then */
async function changed(
  t: TestContext,
  dialect: SoapDialect,
  ids: readonly string[],
  attribute: string,
  value: string,
): Promise<{ readonly client: StoreClient; readonly result: ImportResult; readonly values: () => Promise<readonly string[]> }> {
  const { client } = await demo(t, dialect, { seedFile: seed });
  const { text: file, mapping } = oneAttribute(ids, attribute, value);
  const place = path.join(await folder(t), 'change.csv');
  await writeFile(place, file);
  const job = { client, csv: await openCsv(place), mapping };
  const result = await runImport(job, await previewImport(job));
  const values = async (): Promise<readonly string[]> => {
    const infos = await Promise.all(seed.map(({ customer_id: customerId }) => client.call('customer.info', { customerId })));
    return infos.map(({ value: row }) => text((row as Readonly<Record<string, never>>)[attribute]));
  };
  return { client, result, values };
}

for (const dialect of soapDialects) {
  test(`${dialect}: several customers get one value, and no others; the way back gives each its own`, async (t) => {
    const { client, result, values } = await changed(t, dialect, ['1', '2', '3'], 'lastname', '+49 O\'Neil, "x"');
    assert.equal(result.end, 'complete');
    assert.deepEqual([result.counts.updated, result.counts.created, result.counts.rejected], [3, 0, 0]);
    assert.deepEqual(await values(), [...Array.from({ length: 3 }, () => '+49 O\'Neil, "x"'), 'Doe']);
    assert.ok(result.beforeFile !== undefined && result.resultFile !== undefined);
    assert.match(await readFile(result.resultFile, 'utf8'), /updated/);
    const back = await openCsv(result.beforeFile);
    const mapping = takeBackMapping(back);
    assert.ok(mapping);
    const job = { client, csv: back, mapping };
    assert.equal((await runImport(job, await previewImport(job))).end, 'complete');
    assert.deepEqual(await values(), ['Doe', '=1+1', 'Doe', 'Doe']);
  });
}

test('who has the value already is not written, and the empty text clears it', async (t) => {
  const group = await changed(t, 'v2', ['1', '3', '4'], 'group_id', '2');
  assert.deepEqual([group.result.counts.updated, group.result.counts.unchanged], [2, 1]);
  assert.deepEqual(await group.values(), ['2', '1', '2', '2']);
  const cleared = await changed(t, 'v1', ['1', '2'], 'taxvat', '');
  assert.deepEqual([cleared.result.counts.updated, cleared.result.counts.unchanged], [1, 1]);
  assert.equal((await cleared.values())[0], '');
});

test('a customer who is gone is refused, and no new one is created in its place', async (t) => {
  const { client, result } = await changed(t, 'v2', ['99', '1'], 'lastname', 'New');
  assert.deepEqual([result.counts.updated, result.counts.created, result.counts.rejected], [1, 0, 1]);
  await assert.rejects(client.call('customer.info', { customerId: 99 }));
});

test('what is one customer’s own, or a secret, is not offered for several', () => {
  const names = sharedAttributes.map(({ name }) => name);
  for (const own of ['customer_id', 'email', 'password', 'password_hash', 'rp_token']) assert.ok(!names.includes(own), own);
  for (const shared of ['group_id', 'gender', 'taxvat', 'store_id']) assert.ok(names.includes(shared), shared);
});
