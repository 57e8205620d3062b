import type { TestContext } from 'node:test';
import { isSoap, type Dialect } from '../../src/api/dialect';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../src/demo';
import { StoreClient } from '../../src/store/calls/client';
import type { RetryPolicy } from '../../src/store/calls/retry';
import type { StoreConfig } from '../../src/store/settings/config';

/** A demo store and a client with a session, so that a test counts only its own requests. Both end with the test. */
export async function demoClient(
  t: TestContext,
  dialect: Dialect,
  options: DemoStoreOptions = {},
  config: Partial<StoreConfig> = {},
  retry?: RetryPolicy,
): Promise<{ readonly demo: DemoStore; readonly client: StoreClient }> {
  const demo = await startDemoStore({ product: isSoap(dialect) ? 'maho@25' : 'maho', ...options });
  const [account] = demo.users;
  const client = new StoreClient(
    isSoap(dialect)
      ? { name: 'Demo', url: demo.urls[dialect], user: account?.user ?? '', ...config }
      : { name: 'Demo', url: demo.restUrl ?? '', user: account?.user ?? '', dialect, ...config },
    { key: () => Promise.resolve(account?.key ?? ''), ...(retry && { retry }) },
  );
  t.after(async () => {
    await client.close();
    await demo.close();
  });
  await client.login();
  return { demo, client };
}
