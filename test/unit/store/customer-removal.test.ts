import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store/calls/client';
import { removeCustomers, type KeptCopyStorage } from '../../../src/store/customers/customer-removal';

async function demo(t: TestContext): Promise<{ readonly client: StoreClient; readonly store: DemoStore }> {
  const store = await startDemoStore({ product: 'maho@25', customers: 5 });
  const [user] = store.users;
  const client = new StoreClient(
    { name: 'Demo', url: store.urls.v2, user: user?.user ?? '' },
    { key: () => Promise.resolve(user?.key ?? ''), retry: { repeats: 0, backoff: 1 } },
  );
  await client.login();
  t.after(async () => {
    await client.close();
    await store.close();
  });
  return { client, store };
}

test('when the second copy cannot be kept, that the first customer was deleted is still told', async (t) => {
  const { client, store } = await demo(t);
  let kept = 0;
  const copies: KeptCopyStorage<number> = {
    keep: () => (++kept === 2 ? Promise.reject(new Error('ENOSPC: no space left on device')) : Promise.resolve(kept)),
    forget: () => Promise.resolve(),
  };
  const removals = await removeCustomers(client, ['1', '2', '3'], copies);
  assert.deepEqual(
    removals.map(({ kind }) => kind),
    ['deleted', 'failed', 'not-reached'],
  );
  const second = removals[1];
  assert.ok(second?.kind === 'failed' && second.error.code === 'copy-not-kept' && /no space left/.test(second.error.message));
  assert.equal(store.customers(), 4, 'without a copy nothing is deleted');
});

test('a copy that cannot be removed does not hide why the store refused', async (t) => {
  const { client, store } = await demo(t);
  const copies: KeptCopyStorage<string> = {
    keep: () => {
      store.setFaults({ deny: true });
      return Promise.resolve('copy');
    },
    forget: () => Promise.reject(new Error('EPERM: the copy is locked')),
  };
  const [removal] = await removeCustomers(client, ['1'], copies);
  assert.ok(removal?.kind === 'failed');
  assert.equal(removal.error.code, '2');
  assert.match(removal.error.message, /the copy is locked/);
});
