import assert from 'node:assert/strict';
import { ToolkitError } from '../../src/api/errors';
import { startDemoStore } from '../../src/demo';
import { DemoHost } from '../../src/extension/stores/demo-host';
import { Store } from '../../src/extension/stores/store';

const nothing = (): Promise<void> => Promise.resolve();

suite('A connection', () => {
  test('that a reset closes is made again for the code that waited for it', async () => {
    const demo = await startDemoStore({ product: 'maho@25', customers: 1, faults: { slow: 60_000 } });
    const account = demo.users[0];
    assert.ok(account);
    const config = { name: 'Shop', url: demo.urls.v2, user: account.user };
    const store = new Store(
      { id: 'shop', name: 'Shop', config, problem: undefined, listed: undefined },
      {
        key: () => Promise.resolve(account.key),
        webPassword: () => Promise.resolve(undefined),
        askKey: () => Promise.resolve(false),
        onKeyRefused: nothing,
        onExchange: () => undefined,
      },
    );
    try {
      const waiting = store.connected();
      // The result must be the same at every stage of the attempt.
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      demo.setFaults({});
      await store.reset();
      assert.equal((await waiting).dialect, 'v2');
    } finally {
      store.dispose();
      await demo.close();
    }
  });
});

suite('The demo store of the window', () => {
  test('does not run when it was stopped while it was starting, and starts again afterwards', async () => {
    const host = new DemoHost(
      () => undefined,
      () => undefined,
    );
    try {
      const starting = host.start();
      host.stop();
      await assert.rejects(starting, (error) => error instanceof ToolkitError && error.code === 'demo-stopped');
      assert.equal(host.running, undefined);
      assert.equal((await host.start()).stores.length, 3);
    } finally {
      host.dispose();
    }
    assert.equal(host.running, undefined);
  });
});
