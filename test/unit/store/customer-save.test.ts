import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { formValue } from '../../../src/forms/customer-form';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { isRecord, type SoapRecord } from '../../../src/api/value';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { createCustomer, saveCustomer, type SaveResult } from '../../../src/store/customers/customer-save';
import { failure } from '../../support/failure';

async function demo(t: TestContext, dialect: SoapDialect): Promise<{ client: StoreClient; store: DemoStore; behind: StoreClient }> {
  const store = await startDemoStore({
    product: 'maho@25',
    seedFile: [
      {
        customer_id: '1',
        email: 'jane@example.com',
        firstname: 'Jane',
        lastname: 'Doe',
        website_id: '1',
        store_id: '1',
        group_id: '1',
        gender: '2',
        dob: '1985-12-31 00:00:00',
      },
      { customer_id: '2', email: 'taken@example.com', website_id: '1', store_id: '1', group_id: '1' },
    ],
  });
  const [user] = store.users;
  const open = (spoken: SoapDialect): StoreClient =>
    new StoreClient(
      { name: 'Demo', url: store.urls[spoken], user: user?.user ?? '' },
      { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 2, backoff: 1 } },
    );
  const clients = { client: open(dialect), behind: open('v1') };
  await clients.client.login();
  t.after(async () => {
    await clients.client.close();
    await clients.behind.close();
    await store.close();
  });
  return { ...clients, store };
}

async function customer(client: StoreClient, customerId = '1'): Promise<SoapRecord> {
  const { value } = await client.call('customer.info', { customerId });
  assert.ok(isRecord(value));
  return value;
}

function writes(store: DemoStore): readonly string[] {
  return store.requests.map(({ method }) => method).filter((method) => /update|create/i.test(method));
}

function saved(outcome: SaveResult): Extract<SaveResult, { kind: 'saved' }> {
  assert.ok(outcome.kind === 'saved', outcome.kind);
  return outcome;
}

for (const dialect of soapDialects) {
  test(`${dialect}: sends the changed attributes only, and clears one with an empty text`, async (t) => {
    const { client, behind, store } = await demo(t, dialect);
    const outcome = saved(
      await saveCustomer(client, '1', [
        { code: 'firstname', from: 'Jane', to: 'Janet' },
        { code: 'dob', from: '1985-12-31', to: '' },
        { code: 'group_id', from: '1', to: '2' },
      ]),
    );
    assert.deepEqual([outcome.differences, outcome.unverified], [[], []]);
    const { firstname, lastname, dob, group_id: group } = await customer(behind);
    assert.deepEqual([firstname, lastname, dob, formValue('group_id', group)], ['Janet', 'Doe', null, '2']);
    assert.doesNotMatch(store.requests.find(({ method }) => method === 'customer.update')?.args ?? '', /lastname|email/);
  });

  test(`${dialect}: stops before sending when somebody else changed the same attribute, and lets other changes be`, async (t) => {
    const { client, behind, store } = await demo(t, dialect);
    await behind.call('customer.update', { customerId: 1, customerData: { firstname: 'Janine', lastname: 'Dough' } });
    const before = writes(store).length;
    const outcome = await saveCustomer(client, '1', [
      { code: 'firstname', from: 'Jane', to: 'Janet' },
      { code: 'taxvat', from: '', to: 'DE1' },
    ]);
    assert.ok(outcome.kind === 'conflict');
    assert.deepEqual(outcome.conflicts, [{ code: 'firstname', from: 'Jane', to: 'Janet', theirs: 'Janine' }]);
    assert.equal(writes(store).length, before);
    saved(
      await saveCustomer(client, '1', [
        { code: 'firstname', from: 'Janine', to: 'Janet' },
        { code: 'taxvat', from: '', to: 'DE1' },
      ]),
    );
    const { firstname, lastname } = await customer(behind);
    assert.deepEqual([firstname, lastname], ['Janet', 'Dough'], 'what nobody here changed stays theirs');
  });

  test(`${dialect}: what a save wrote over, saved in its turn, puts everything back`, async (t) => {
    const { client, behind } = await demo(t, dialect);
    const earlier = await customer(behind);
    const { overwritten } = saved(
      await saveCustomer(client, '1', [
        { code: 'firstname', from: 'Jane', to: 'Jane 😀' },
        { code: 'dob', from: '1985-12-31', to: '' },
        { code: 'taxvat', from: '', to: 'DE1' },
        { code: 'lastname', from: 'Doe', to: 'Doe' },
      ]),
    );
    assert.deepEqual(overwritten, {
      changes: [
        { code: 'firstname', from: 'Jane ????', to: 'Jane' },
        { code: 'dob', from: '', to: '1985-12-31' },
        { code: 'taxvat', from: 'DE1', to: '' },
      ],
      unknown: [],
    });
    await behind.call('customer.update', { customerId: 1, customerData: { taxvat: 'DE2' } });
    const conflict = await saveCustomer(client, '1', overwritten.changes);
    assert.ok(conflict.kind === 'conflict', 'what somebody changed since is not undone unseen');
    assert.deepEqual(
      conflict.conflicts.map(({ code, theirs }) => [code, theirs]),
      [['taxvat', 'DE2']],
    );
    await behind.call('customer.update', { customerId: 1, customerData: { taxvat: 'DE1' } });
    const back = saved(await saveCustomer(client, '1', overwritten.changes));
    assert.deepEqual(back.differences, []);
    const { updated_at: _, ...now } = await customer(behind);
    const { updated_at: __, ...then } = earlier;
    assert.deepEqual({ ...now, taxvat: now['taxvat'] ?? null }, { ...then, taxvat: then['taxvat'] ?? null });
  });

  test(`${dialect}: says of which attribute the earlier value is not known`, async (t) => {
    const { client } = await demo(t, dialect);
    const { overwritten } = saved(await saveCustomer(client, '1', [{ code: 'gender', from: dialect === 'v1' ? '2' : undefined, to: '1' }]));
    assert.deepEqual(
      overwritten,
      dialect === 'v1' ? { changes: [{ code: 'gender', from: '1', to: '2' }], unknown: [] } : { changes: [], unknown: ['gender'] },
    );
  });

  test(`${dialect}: says where the store keeps something else than was sent`, async (t) => {
    const { client } = await demo(t, dialect);
    const outcome = saved(
      await saveCustomer(client, '1', [
        { code: 'firstname', from: 'Jane', to: 'Jane 😀' },
        { code: 'lastname', from: 'Doe', to: 'x'.repeat(300) },
        { code: 'dob', from: '1985-12-31', to: '24.12.1990' },
      ]),
    );
    assert.deepEqual(outcome.differences, [
      { code: 'firstname', sent: 'Jane 😀', kept: 'Jane ????' },
      { code: 'lastname', sent: 'x'.repeat(300), kept: 'x'.repeat(255) },
      { code: 'dob', sent: '24.12.1990', kept: '1990-12-24' },
    ]);
  });

  test(`${dialect}: a refused change throws what the store said, and changes nothing`, async (t) => {
    const { client, behind } = await demo(t, dialect);
    const taken = await failure(saveCustomer(client, '1', [{ code: 'email', from: 'jane@example.com', to: 'taken@example.com' }]));
    assert.equal(taken.code, '1');
    assert.match(taken.words.what, /already has this e-mail address/);
    assert.equal((await customer(behind))['email'], 'jane@example.com');
    assert.equal((await failure(createCustomer(client, { email: 'taken@example.com', website_id: '1' }))).code, '100');
  });

  test(`${dialect}: an update whose answer is lost is never sent again; what the store holds is looked up`, async (t) => {
    const { client, store } = await demo(t, dialect);
    const saving = saveCustomer(client, '1', [{ code: 'firstname', from: 'Jane', to: 'Janet' }]);
    await sawInfo(store, 1);
    const outcome = await lost(store, saving);
    assert.equal(outcome.held, true);
    assert.equal(outcome.row?.['firstname'], 'Janet');
    assert.deepEqual(outcome.overwritten?.changes, [{ code: 'firstname', from: 'Janet', to: 'Jane' }]);
    assert.equal(writes(store).length, 1);
  });

  test(`${dialect}: creates without what is empty, reads back, and knows what it cannot see`, async (t) => {
    const { client, behind } = await demo(t, dialect);
    const outcome = saved(
      await createCustomer(client, {
        email: 'new@example.com',
        firstname: 'New',
        middlename: '',
        website_id: '1',
        group_id: '3',
        gender: '1',
        password: 'a-long-password',
      }),
    );
    const held = await customer(behind, outcome.customerId);
    assert.deepEqual(
      [held['email'], held['middlename'], formValue('gender', held['gender']), formValue('group_id', held['group_id'])],
      ['new@example.com', null, '1', '3'],
    );
    assert.deepEqual(outcome.differences, []);
    assert.deepEqual(outcome.unverified, dialect === 'v1' ? ['password'] : ['gender', 'password']);
  });
}

test('an attribute that the dialect cannot read does not conflict, and can be read back over V1', async (t) => {
  const { client } = await demo(t, 'v2');
  assert.deepEqual(saved(await saveCustomer(client, '1', [{ code: 'gender', from: undefined, to: '1' }])).unverified, ['gender']);
  const outcome = saved(await saveCustomer(client, '1', [{ code: 'gender', from: '1', to: '7' }], { reading: 'v1' }));
  assert.deepEqual([outcome.unverified, outcome.differences, formValue('gender', outcome.row?.['gender'])], [[], [], '7']);
});

test('a session that expires on the way is renewed and nothing is sent twice', async (t) => {
  const { client, store } = await demo(t, 'v2');
  store.setFaults({ 'expire-sessions': true });
  const saving = saveCustomer(client, '1', [{ code: 'firstname', from: 'Jane', to: 'Janet' }]);
  assert.equal((await failure(saving)).code, '5');
  store.setFaults({});
  saved(await saveCustomer(client, '1', [{ code: 'firstname', from: 'Jane', to: 'Janet' }]));
});

test('a new customer whose answer is lost is looked for by its e-mail', async (t) => {
  const { client, store } = await demo(t, 'v2');
  const outcome = await lost(store, createCustomer(client, { email: 'new@example.com', website_id: '1' }));
  assert.equal(outcome.held, true);
  assert.equal(outcome.row?.['email'], 'new@example.com');
  assert.equal(writes(store).length, 1);
});

test('a new customer with a password whose answer is lost is known again', async (t) => {
  const { client, store } = await demo(t, 'v2');
  const outcome = await lost(store, createCustomer(client, { email: 'new@example.com', website_id: '1', password: 'a-long-password' }));
  assert.equal(outcome.held, true);
});

test('an older customer with the e-mail of one whose answer was lost is not taken for it', async (t) => {
  const { client, store } = await demo(t, 'v2');
  const outcome = await lost(
    store,
    createCustomer(client, { email: 'taken@example.com', firstname: 'Somebody', lastname: 'Else', website_id: '1' }),
  );
  assert.equal(outcome.held, undefined);
  assert.equal(outcome.row?.['email'], 'taken@example.com');
});

test('production is not written to without confirmation', async (t) => {
  const { store } = await demo(t, 'v2');
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Shop', url: store.urls.v2, user: user?.user ?? '', environment: 'production' },
    { key: () => Promise.resolve(user?.key ?? '') },
  );
  t.after(() => client.close());
  const change = [{ code: 'firstname', from: 'Jane', to: 'Janet' }];
  assert.equal((await failure(saveCustomer(client, '1', change))).code, 'not-confirmed');
  saved(await saveCustomer(client, '1', change, { confirmed: true }));
});

/** Waits until a read of a customer was answered that often. */
async function sawInfo(store: DemoStore, times: number): Promise<void> {
  while (store.requests.filter(({ method }) => method === 'customer.info').length < times)
    await new Promise((resolve) => setImmediate(resolve));
}

/** Drops the answer of the next write, and no other. */
async function lost(store: DemoStore, saving: Promise<SaveResult>): Promise<Extract<SaveResult, { kind: 'unclear' }>> {
  store.setFaults({ drop: true });
  while (writes(store).length === 0) await new Promise((resolve) => setImmediate(resolve));
  store.setFaults({});
  const outcome = await saving;
  assert.ok(outcome.kind === 'unclear', outcome.kind);
  return outcome;
}
