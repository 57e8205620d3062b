// The doctor over REST, against the demo store.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../../src/demo';
import type { Dialect } from '../../../../src/api/dialect';
import { diagnose, type Check } from '../../../../src/store';
import { checksFor } from '../../../../src/store/doctor/check';

async function stocked(t: TestContext, options: DemoStoreOptions = {}): Promise<DemoStore> {
  const store = await startDemoStore({ product: 'maho', customers: 5, ...options });
  t.after(() => store.close());
  return store;
}

async function examined(
  store: DemoStore,
  how: { url?: string; dialect?: Dialect; user?: string; key?: string } = {},
): Promise<Map<string, Check>> {
  const [account] = store.users;
  const { url = store.urls.v2, user = account?.user ?? '', key = account?.key ?? '', dialect } = how;
  const checks = new Map<string, Check>();
  const config = { name: 'Demo', url, user, ...(dialect === undefined ? {} : { dialect }) };
  for await (const check of diagnose(config, { key: () => Promise.resolve(key), retry: { repeats: 0, backoff: 1 } }, { login: true }))
    checks.set(check.id, check);
  return checks;
}

test('a healthy store is well over REST, with one token', async (t) => {
  const store = await stocked(t);
  const checks = await examined(store, { dialect: 'rest' });
  assert.deepEqual([...checks.keys()].sort(), [...checksFor('rest')].sort());
  assert.deepEqual(
    [...checks.values()].filter(({ state }) => state === 'failed' || state === 'warning'),
    [],
  );
  for (const id of ['rest', 'clock', 'login', 'rights', 'stores', 'version', 'dialects']) assert.equal(checks.get(id)?.state, 'ok', id);
  assert.equal(store.requests.filter(({ method }) => method === 'POST /auth/token').length, 1);
});

test('a store whose SOAP is off is kept on REST, and it is said what each would bring', async (t) => {
  const store = await stocked(t, { faults: { 'soap-off': true } });
  const checks = await examined(store);
  const wsdl = checks.get('wsdl');
  assert.equal(wsdl?.state, 'warning');
  assert.match(wsdl.text, /SOAP is turned off; REST v2 is available/);
  assert.match(wsdl.why ?? '', /Over REST.*SOAP can also delete/);
  assert.deepEqual(wsdl.facts, { advice: { dialect: 'rest' } });
  assert.deepEqual(checks.get('dialects')?.facts?.['offered'], [{ dialect: 'rest', url: store.restUrl }]);
  // Once it is kept on REST, that is still said, and is nothing to look after.
  for (const url of [store.urls.v2, store.restUrl ?? '', new URL('/', store.urls.v2).href]) {
    const kept = await examined(store, { dialect: 'rest', url });
    assert.equal(kept.get('dialects')?.state, 'ok');
    assert.equal(kept.get('dialects')?.text, 'REST only; SOAP is turned off');
    assert.match(kept.get('dialects')?.why ?? '', /Over REST.*SOAP can also delete/);
    assert.match(kept.get('dialects')?.next ?? '', /^To use SOAP too: In the shop's admin, turn it on/);
  }
  assert.equal(checks.get('login')?.state, 'ok');
  assert.equal(checks.get('rights')?.state, 'ok');
});

test('a store that was added over SOAP, and whose SOAP was switched off since, is led to REST', async (t) => {
  const store = await stocked(t, { faults: { 'soap-off': true } });
  for (const [dialect, url] of [
    ['v2', store.urls.v2],
    ['v1', store.urls.v1],
    ['wsi', new URL('/', store.urls.v2).href],
  ] as const) {
    const wsdl = (await examined(store, { dialect, url })).get('wsdl');
    // Whoever asks for this dialect is told that it does not answer.
    assert.equal(wsdl?.state, 'failed', dialect);
    assert.deepEqual(wsdl.facts, { advice: { dialect: 'rest' } });
    assert.match(wsdl.why ?? '', /REST v2 is available at .*SOAP can also delete/);
    assert.match(wsdl.next ?? '', /turn it on .*Or use REST for the store/);
    // With the entry that the offer writes, at the address as it is, the store works.
    const moved = await examined(store, { dialect: 'rest', url });
    assert.deepEqual(
      [...moved.values()].filter(({ state }) => state === 'failed' || state === 'warning'),
      [],
    );
  }
  store.setFaults({ 'soap-off': true, 'rest-off': true });
  const off = (await examined(store, { dialect: 'v2' })).get('wsdl');
  assert.deepEqual([off?.state, off?.facts], ['failed', undefined]);
});

test('where both are off, or there is no REST, SOAP’s own reason stays', async (t) => {
  const off = await examined(await stocked(t, { faults: { 'soap-off': true, 'rest-off': true } }));
  assert.equal(off.get('wsdl')?.code, 'soap-switched-off');
  assert.equal(off.get('wsdl')?.state, 'failed');
  const older = await stocked(t, { product: 'openmage' });
  const checks = await examined(older);
  assert.equal(checks.get('wsdl')?.state, 'ok');
  assert.ok(!JSON.stringify([...checks.values()]).includes('REST'), 'nothing of it gets in the way');
});

test('a store that speaks both says both', async (t) => {
  const store = await stocked(t);
  const over = (checks: Map<string, Check>): unknown =>
    (checks.get('dialects')?.facts?.['offered'] as { dialect: string }[]).map(({ dialect }) => dialect);
  assert.deepEqual(over(await examined(store)), ['v2', 'v1', 'rest']);
  assert.deepEqual(over(await examined(store, { dialect: 'rest' })), ['rest', 'v2']);
});

test('a role with the rights of SOAP alone is told which permissions it lacks', async (t) => {
  const store = await stocked(t);
  store.setUsers([{ user: 'soapOnly', key: 'soapOnly12345', rights: ['customer', 'customer/info'] }]);
  const rights = (await examined(store, { dialect: 'rest', user: 'soapOnly', key: 'soapOnly12345' })).get('rights');
  assert.equal(rights?.state, 'failed');
  assert.match(rights.why ?? '', /customer, customer\/info, which counts over SOAP only/);
  for (const permission of ['customers/read', 'customers/create', 'customers/write', 'customer-groups/read'])
    assert.ok(rights.next?.includes(permission), permission);
});

test('REST that is off, a wrong key, and a version without PUT are told', async (t) => {
  assert.equal(
    (await examined(await stocked(t, { faults: { 'rest-off': true } }), { dialect: 'rest' })).get('rest')?.code,
    'rest-switched-off',
  );
  assert.equal((await examined(await stocked(t), { dialect: 'rest', key: 'wrong' })).get('login')?.code, '2');
  const version = (await examined(await stocked(t, { product: 'maho@26.7.2' as 'maho' }), { dialect: 'rest' })).get('version');
  assert.equal(version?.state, 'warning');
  assert.match(version.text, /before 26\.7\.3/);
});
