import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import type { SoapValue } from '../../../src/api/value';
import { StoreClient } from '../../../src/store/calls/client';
import type { BatchedCall } from '../../../src/store/calls/multi-call';
import { noteOf } from '../../../src/store/wire/note';
import { tinyStore } from '../../support/tiny-store';

async function demo(t: TestContext, root: 'v1' | 'v2' = 'v2'): Promise<{ client: StoreClient; store: DemoStore }> {
  const store = await startDemoStore({ product: 'maho@25', customers: 20 });
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Demo', url: store.urls[root], user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 2, backoff: 1 } },
  );
  t.after(async () => {
    await client.close();
    await store.close();
  });
  return { client, store };
}

const info = (id: number): BatchedCall => ({ method: 'customer.info', args: { customerId: id, attributes: ['email'] } });
const requests = (store: DemoStore): number => store.requests.filter(({ method }) => /multiCall/i.test(method)).length;

test('many calls travel in few requests, over V1 whatever the store speaks, each with its own result or fault', async (t) => {
  const { client, store } = await demo(t);
  const { outcomes, error } = await client.multiCall(
    [
      ...Array.from({ length: 20 }, (_, index) => info(index + 1)),
      info(999),
      { method: 'customer_group.list' },
      { method: 'customer.foo' },
    ],
    { batch: 10 },
  );
  assert.equal(error, undefined);
  assert.equal(outcomes.length, 23);
  assert.equal(requests(store), 3);
  assert.ok(outcomes.slice(0, 20).every(({ state }) => state === 'result'));
  const [missing, groups, unknown] = outcomes.slice(20);
  assert.ok(missing?.state === 'fault' && missing.error.code === '102' && /no customer with this ID/.test(missing.error.message));
  assert.ok(groups?.state === 'result' && Array.isArray(groups.value) && groups.value.length > 2);
  assert.ok(unknown?.state === 'fault' && unknown.error.code === '3' && unknown.error.message.includes('customer.foo'));
});

test('the fault of an update loses its message in a batch, and the error says so', async (t) => {
  const { client } = await demo(t, 'v1');
  const { outcomes } = await client.multiCall([
    { method: 'customer.update', args: { customerId: 1, customerData: { email: '' } } },
    { method: 'customer.create', args: { customerData: { firstname: 'x' } } },
  ]);
  const [update, create] = outcomes;
  assert.ok(update?.state === 'fault' && /did not return the reason.*only this call to see the reason/s.test(update.error.message));
  assert.ok(create?.state === 'fault' && create.error.code === '100');
});

test('stopping at the first fault leaves the rest unsent, in later batches too', async (t) => {
  const { client, store } = await demo(t);
  const { outcomes } = await client.multiCall([info(1), info(999), info(2), info(3), info(4)], { stopAtFault: true, batch: 3 });
  assert.deepEqual(
    outcomes.map(({ state }) => state),
    ['result', 'fault', 'not-sent', 'not-sent', 'not-sent'],
  );
  assert.equal(requests(store), 1);
});

test('a lost batch of writes is in doubt; what was done before it stands, what comes after is not sent', async (t) => {
  const { client, store } = await demo(t);
  await client.login();
  const deletion = (id: number): BatchedCall => ({ method: 'customer.delete', args: { customerId: id } });
  const progress: number[] = [];
  const { outcomes, error } = await client.multiCall([deletion(1), deletion(2), deletion(3), info(4), deletion(5)], {
    batch: 2,
    onProgress: (done) => {
      progress.push(done);
      if (done === 2) store.setFaults({ drop: true });
    },
  });
  assert.deepEqual(
    outcomes.map(({ state }) => state),
    ['result', 'result', 'unknown', 'not-sent', 'not-sent'],
  );
  assert.equal(error?.code, 'connection-dropped');
  assert.deepEqual(progress, [2, 4]);
  store.setFaults({});
  assert.equal(store.customers(), 17, 'the store had executed the lost batch, which nobody could know');
});

test('without anything to do, no request is sent', async (t) => {
  const { client, store } = await demo(t);
  assert.deepEqual(await client.multiCall([]), { outcomes: [], error: undefined, exchanges: [] });
  assert.equal(requests(store), 0);
});

const fault = { isFault: true, faultCode: '102', faultMessage: 'Customer not exists.' };
const answers: readonly (readonly [name: string, answer: SoapValue, stopAtFault: boolean, states: readonly string[]])[] = [
  ['no list', true, false, ['unknown', 'not-sent', 'unknown']],
  ['nothing', null, true, ['unknown', 'not-sent', 'unknown']],
  ['an empty list', [], true, ['unknown', 'not-sent', 'unknown']],
  ['a list that is too short', [true], false, ['result', 'not-sent', 'unknown']],
  ['a list that ends with a fault though nothing was to stop there', [fault], false, ['fault', 'not-sent', 'unknown']],
  ['a list that ends without a fault', [true, {}], true, ['result', 'result', 'unknown']],
];

for (const [name, answer, stopAtFault, states] of answers) {
  test(`writes that a batch was not answered for are in doubt, and nothing more is sent: the answer is ${name}`, async (t) => {
    const store = await tinyStore(t, 'v1', () => ({ value: answer }));
    const client = new StoreClient({ name: 'Tiny', url: store.url, user: 'api' }, { key: () => Promise.resolve('key') });
    t.after(() => client.close());
    const deletion = (id: number): BatchedCall => ({ method: 'customer.delete', args: { customerId: id } });
    const { outcomes, error, exchanges } = await client.multiCall([deletion(1), info(2), deletion(3), deletion(4)], {
      batch: 3,
      stopAtFault,
    });
    assert.deepEqual(
      outcomes.map(({ state }) => state),
      [...states, 'not-sent'],
    );
    assert.equal(error?.code, 'multicall-answer');
    assert.equal(noteOf(error).execution, 'unknown');
    assert.equal(exchanges.length, 1);
    assert.equal(store.requests.filter(({ method }) => method === 'multiCall').length, 1);
  });
}
