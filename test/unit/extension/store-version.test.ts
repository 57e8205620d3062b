import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generationOf } from '../../../src/api/generations';
import { startDemoStore } from '../../../src/demo';
import { productWords, versionOf } from '../../../src/extension/stores/store-version';
import { advisedDialect, keptOn } from '../../../src/extension/setup/findings';
import { StoreClient } from '../../../src/store/calls/client';
import { diagnose } from '../../../src/store/doctor/doctor';
import type { Check } from '../../../src/store/doctor/check';
import { envelope } from '../../support/envelopes';
import { serve } from '../../support/loopback';
import { answer } from '../../support/scripted-store';
import { smallWsdl } from '../../support/small-wsdl';

test('the version of a connection is read once, and again after a failure', async (t) => {
  const demo = await startDemoStore({ product: 'maho@25', customers: 1 });
  t.after(() => demo.close());
  const methods: string[] = [];
  const client = new StoreClient(
    { name: 'S', url: demo.urls.v1, user: 'apiUser' },
    { key: () => Promise.resolve('apiKey12345'), onExchange: ({ method }) => methods.push(method), retry: { repeats: 0, backoff: 1 } },
  );
  t.after(() => client.close());
  await client.login();
  demo.setFaults({ drop: true });
  assert.equal(await versionOf(client), undefined);
  demo.setFaults({});
  const [first, second] = await Promise.all([versionOf(client), versionOf(client)]);
  assert.deepEqual([first?.name, second?.name, (await versionOf(client))?.name], ['Maho 25.5.0', 'Maho 25.5.0', 'Maho 25.5.0']);
  assert.equal(methods.filter((method) => method === 'core_maho.info').length, 2, methods.join());
});

test('the version is read only once if the user has no permission for it', async (t) => {
  const demo = await startDemoStore({ product: 'maho@26.7', customers: 1 });
  t.after(() => demo.close());
  const methods: string[] = [];
  const ports = { key: () => Promise.resolve('limited12345'), onExchange: ({ method }: { method: string }) => methods.push(method) };
  const client = new StoreClient({ name: 'S', url: demo.urls.v1, user: 'limited' }, ports);
  t.after(() => client.close());
  for (let times = 0; times < 3; times++) assert.equal(await versionOf(client), undefined);
  assert.equal(methods.filter((method) => method === 'core_maho.info').length, 1);
});

test('a tooltip names the version, or the generation and its evidence, or the product alone', () => {
  const generation = { generation: generationOf('maho@26.7'), by: 'it sets the cookie maho_session' };
  assert.equal(
    productWords('Maho', generation, { name: 'Maho 26.7.4', generation: generation.generation, method: 'mahoInfo' }),
    'Maho 26.7.4 (by its mahoInfo)',
  );
  assert.equal(productWords('Maho', generation, undefined), 'Maho 26.7 (it sets the cookie maho_session)');
  assert.equal(productWords('OpenMage', undefined, undefined), 'OpenMage');
});

for (const [what, status, wanted] of [
  ['behind nginx', 502, true],
  ['that is well', 200, false],
  ['that fails', 500, false],
] as const) {
  test(`V1 is ${wanted ? '' : 'not '}offered for a Maho 26.7 ${what}`, async (t) => {
    const session =
      '<ns1:loginResponse><loginReturn xsi:type="xsd:string">0123456789abcdef0123456789abcdef</loginReturn></ns1:loginResponse>';
    const server = await serve(t, ({ request }, response) => {
      const v2 = request.url?.includes('v2_soap') === true;
      if (request.method === 'GET') answer(response, smallWsdl(v2 ? 'v2' : 'v1'));
      else if (v2 && status !== 200) answer(response, `<html><title>${status}</title></html>`, { status, type: 'text/html' });
      else answer(response, envelope(session));
    });
    const checks: Check[] = [];
    const ports = { key: () => Promise.resolve('k') };
    for await (const check of diagnose({ name: 'S', url: server.url, user: 'u' }, ports, { login: true })) checks.push(check);
    assert.equal(advisedDialect(checks), wanted ? 'v1' : undefined, JSON.stringify(checks.find(({ id }) => id === 'login')));
  });
}

test('an entry is kept on V1 with all of its settings, and only if that changes something', () => {
  const entry = { name: 'S', url: 'https://shop.example.com', user: 'u', readOnly: true };
  assert.deepEqual(keptOn('v1', entry), { ...entry, dialect: 'v1' });
  assert.deepEqual(keptOn('v1', { ...entry, dialect: 'wsi' as const }), { ...entry, dialect: 'v1' });
  assert.equal(keptOn('v1', { ...entry, dialect: 'v1' as const }), undefined);
  assert.equal(keptOn('v1', undefined), undefined);
});
