// What people do with customers all day, over REST against the demo store: the flows of test/e2e/dialects.test.ts without the workbench.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { isList, isRecord, type SoapRecord } from '../../../../src/api/value';
import { customer } from '../../../../src/api/resources/customer';
import { startDemoStore, type DemoStore } from '../../../../src/demo';
import { RowList } from '../../../../src/extension/customer/row-list';
import { planFor } from '../../../../src/extension/find/queries';
import { search } from '../../../../src/extension/find/search';
import { diagnose, StoreClient } from '../../../../src/store';
import { createCustomer, readCustomer, saveCustomer } from '../../../../src/store/customers/customer-save';
import { exportCustomers, guessMapping, openCsv, previewImport, runImport } from '../../../../src/store/transfer';
import { customersMatching } from '../../../../src/store/transfer/sources';

const SIZE = 350;

interface Way {
  readonly store: DemoStore;
  readonly client: StoreClient;
  /** Somebody else, over SOAP. */
  readonly behind: StoreClient;
  readonly folder: string;
}

async function way(t: TestContext): Promise<Way> {
  const store = await startDemoStore({ product: 'maho', customers: SIZE });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-rest-'));
  const [account] = store.users;
  const ports = { key: () => Promise.resolve(account?.key ?? ''), retry: { repeats: 2, backoff: 1 } };
  const user = account?.user ?? '';
  const client = new StoreClient({ name: 'Rest', url: store.restUrl ?? '', user, dialect: 'rest' }, ports);
  const behind = new StoreClient({ name: 'Behind', url: store.urls.v1, user }, ports);
  t.after(async () => {
    await client.close();
    await behind.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });
  return { store, client, behind, folder };
}

async function connected({ client }: Way): Promise<ConstructorParameters<typeof RowList>[0]> {
  const { dialect, product, namespace } = await client.describe();
  await client.login();
  const connection = { client, dialect, product, namespace, endpoint: client.url ?? '' };
  return { connection, signal: new AbortController().signal, lost: () => Promise.resolve(false) };
}

test('customers come in windows of whole pages, to the end, and only those that were asked for', async (t) => {
  const there = await way(t);
  const list = new RowList(await connected(there), customer, () => 'newest');
  const requests = (): number => there.store.requests.filter(({ method }) => method === 'GET /customers').length;
  await list.loadFirst();
  assert.equal(list.rows.length, 120);
  assert.equal(requests(), 4);
  await list.loadMore();
  assert.equal(list.rows.length, 330);
  assert.equal(requests(), 11);
  await list.loadMore();
  assert.equal(list.rows.length, SIZE);
  assert.ok(!list.more);
  assert.ok(requests() <= 13, `${requests()}`);
});

test('a customer is created, found, changed after a look at what others did, and read back', async (t) => {
  const there = await way(t);
  const { client, behind, store } = there;
  const email = 'nora.rest@example.com';
  const created = await createCustomer(client, { email, firstname: 'Nora', lastname: 'Newcomer', website_id: '1', password: 'Passw0rd!' });
  assert.ok(created.kind === 'saved' && created.row !== undefined);
  assert.deepEqual(created.differences, []);
  assert.deepEqual(store.mails, [{ to: email, subject: 'welcome' }]);
  const id = created.customerId;

  for (const wanted of [email, 'Newcomer', id]) {
    const found: unknown[] = [];
    await search(client, planFor(wanted), {
      signal: new AbortController().signal,
      onFound: (all) => {
        found.push(...all.flatMap(({ rows }) => rows.map((row) => row['email'])));
      },
    });
    assert.ok(found.includes(email), wanted);
  }

  await readCustomer(client, id);
  const saved = await saveCustomer(client, id, [
    { code: 'firstname', from: 'Nora', to: 'Eleonora' },
    { code: 'gender', from: '', to: '2' },
  ]);
  assert.ok(saved.kind === 'saved');
  assert.deepEqual([saved.differences, saved.unverified, saved.overwritten?.unknown], [[], [], []]);
  assert.equal((await readCustomer(behind, id))['firstname'], 'Eleonora');

  await behind.call('customer.update', { customerId: id, customerData: { lastname: 'Theirs' } });
  const conflict = await saveCustomer(client, id, [{ code: 'lastname', from: 'Newcomer', to: 'Mine' }]);
  assert.equal(conflict.kind, 'conflict');
  assert.equal((await readCustomer(behind, id))['lastname'], 'Theirs', 'nothing was sent');
});

test('a filter is exported, and the changed file is imported', async (t) => {
  const there = await way(t);
  const { client, behind, folder } = there;
  const { value: groups } = await client.call('customer_group.list');
  assert.ok(isList(groups) && groups.length > 2);
  const file = path.join(folder, 'rest.csv');
  const filters = { customer_id: { from: 300, to: 305 } };
  await exportCustomers(customersMatching(client, filters), { format: 'csv', file, dialect: 'rest', secrets: false });
  const text = await readFile(file, 'utf8');
  const [header = '', ...lines] = text.replace('\ufeff', '').trim().split(/\r?\n/);
  assert.equal(lines.length, 6);
  const [id, email] = ['customer_id', 'email'].map((name) => header.split(',').indexOf(name));
  const rows = lines.map((line) => line.split(','));
  const changed = [
    'customer_id,email,suffix,password',
    ...rows.map((cells) => `${cells[id ?? 0] ?? ''},${cells[email ?? 0] ?? ''},Changed,`),
    ',fresh@example.com,New,Passw0rd!',
    ',nopassword@example.com,New,',
  ];
  const next = path.join(folder, 'next.csv');
  await writeFile(next, changed.join('\n'));
  const csv = await openCsv(next);
  const job = { client, csv, mapping: guessMapping(csv.header) };
  const preview = await previewImport(job);
  const result = await runImport(job, preview, {});
  assert.equal(result.error, undefined);
  const row = async (wanted: SoapRecord): Promise<SoapRecord | undefined> => {
    const { value } = await behind.call('customer.list', { filters: wanted });
    return isList(value) ? value.find(isRecord) : undefined;
  };
  assert.equal((await row({ customer_id: 303 }))?.['suffix'], 'Changed');
  assert.equal((await row({ email: 'fresh@example.com' }))?.['suffix'], 'New');
  assert.equal(await row({ email: 'nopassword@example.com' }), undefined, 'refused before anything is sent');
});

test('rules of trouble and bound users count over REST as over SOAP', async (t) => {
  const { store, client } = await way(t);
  store.addFault({ method: 'customer.create', calls: 1, faults: { drop: true } });
  const { value } = await client.call('customer.create', { customerData: { email: 'dropped@example.com', password: 'Passw0rd!' } });
  assert.equal(value, SIZE + 1);
  assert.equal(store.customers(), SIZE + 1);
  assert.deepEqual(store.faultRules, []);
  store.addFault({ method: 'customer.info', calls: 1, answer: { code: '102', message: 'Gone for a moment' } });
  await assert.rejects(client.call('customer.info', { customerId: 1 }), { code: '102' });
  await client.call('customer.info', { customerId: 1 });

  store.setUsers([{ user: 'bound', key: 'bound12345', rights: 'all', stores: ['second_en'] }]);
  const checks = [];
  const config = { name: 'B', url: store.restUrl ?? '', user: 'bound', dialect: 'rest' } as const;
  for await (const check of diagnose(config, { key: () => Promise.resolve('bound12345') }, { login: true })) checks.push(check);
  const stores = checks.find(({ id }) => id === 'stores');
  assert.equal(stores?.state, 'failed');
  assert.match(stores.text, /limited to other store views/);
});
