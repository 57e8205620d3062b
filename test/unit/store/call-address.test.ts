import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeTargets, generateCode } from '../../../src/codegen/index';
import { startDemoStore } from '../../../src/demo/index';
import { callAddress } from '../../../src/store/settings/call-address';

const ports = { key: () => Promise.resolve('') };

test('a program has the address at which the store answers, whatever address of it the settings have', async () => {
  const store = await startDemoStore({ product: 'maho@25', customers: 1 });
  try {
    const { origin } = new URL(store.urls.v2);
    for (const url of [
      origin,
      `${origin}/`,
      `${origin}/admin/dashboard/`,
      `${origin}/api/`,
      `${store.urls.v2}?wsdl=1`,
      new URL(origin).host,
    ]) {
      const { url: found, namespace, problem } = await callAddress({ name: 'a', url, user: 'u' }, ports, 'v2');
      assert.deepEqual({ found, namespace, problem }, { found: store.urls.v2, namespace: 'urn:Maho', problem: undefined }, url);
      // The demo store speaks WS-I at a port of its own.
      for (const dialect of ['v1', 'v2'] as const) {
        for (const target of codeTargets) {
          assert.ok(
            generateCode({ method: 'customer.list', url: found, user: 'u', dialect }, target).includes(`'${store.urls[dialect]}'`),
            `${url} ${dialect} ${target}`,
          );
        }
      }
    }
  } finally {
    await store.close();
  }
});

test('where the store does not answer, a program has the likeliest address, and the reason is given', async () => {
  const store = await startDemoStore({ product: 'maho@25', customers: 1 });
  const { origin } = new URL(store.urls.v2);
  await store.close();
  const { url, namespace, problem } = await callAddress({ name: 'a', url: origin, user: 'u' }, ports, 'v1');
  assert.deepEqual([url, namespace, problem?.code], [`${origin}/api/soap/`, undefined, 'connection-refused']);
  await assert.rejects(callAddress({ name: 'a', url: 'ftp://shop', user: 'u' }, ports, 'v1'), { code: 'url-invalid' });
});
