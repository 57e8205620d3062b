import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import type { StoreConfig } from '../../../src/store/settings/config';
import { diagnose, type DoctorOptions } from '../../../src/store/doctor/doctor';
import { checksFor, type Check } from '../../../src/store/doctor/check';
import { serve, serveRaw } from '../../support/loopback';
import { selfSigned } from '../../support/tls';
import { tinyWsdl } from '../../support/tiny-store';

async function examine(
  config: Partial<StoreConfig> & { readonly url: string },
  key?: string,
  options: Partial<DoctorOptions> = {},
): Promise<Map<string, Check>> {
  const found: Check[] = [];
  for await (const check of diagnose(
    { name: 'Test', user: key === undefined ? '' : 'apiUser', ...config },
    { key: () => Promise.resolve(key ?? '') },
    { login: key !== undefined, ...options },
  ))
    found.push(check);
  assert.deepEqual([...new Set(found.map(({ id }) => id))].sort(), [...checksFor('soap')].sort(), 'every step is reported once');
  assert.equal(found.length, checksFor('soap').length);
  for (const check of found) assert.ok(check.text !== '' && !/undefined|\{\w+\}/.test(JSON.stringify(check)), JSON.stringify(check));
  return new Map(found.map((check) => [check.id, check]));
}

function states(checks: Map<string, Check>): Record<string, string> {
  return Object.fromEntries([...checks].map(([id, { state }]) => [id, state]));
}

async function demo(t: TestContext): Promise<DemoStore> {
  const store = await startDemoStore({ product: 'maho@25', customers: 3 });
  t.after(() => store.close());
  return store;
}

test('a healthy store is well from the name lookup to the rights, in every dialect', async (t) => {
  const store = await demo(t);
  for (const url of Object.values(store.urls)) {
    const checks = await examine({ url }, store.users[0]?.key);
    assert.deepEqual(
      Object.entries(states(checks)).filter(([id, state]) => state !== 'ok' && id !== 'tls' && id !== 'rights'),
      [],
      url,
    );
    assert.match(checks.get('wsdl')?.text ?? '', /Maho(?: 25)? \(urn:Maho\)/);
  }
  const { facts } = (await examine({ url: store.urls.v2 }, store.users[0]?.key)).get('rights') ?? {};
  assert.equal((facts?.['denied'] as string[]).length, 0);
  assert.ok((facts?.['allowed'] as string[]).includes('customer.update'));
});

test('rights are told resource by resource beyond customers, in every dialect', async (t) => {
  const store = await demo(t);
  const limited = store.users.find(({ user }) => user === 'limited');
  for (const url of Object.values(store.urls)) {
    const all = (await examine({ url }, store.users[0]?.key)).get('rights');
    const product = { resource: 'catalog_product', allowed: ['list', 'info'], denied: [] };
    assert.deepEqual(
      (all?.facts?.['resources'] as { resource: string }[]).find(({ resource }) => resource === 'catalog_product'),
      product,
      url,
    );
    assert.match(all?.text ?? '', /^All \d+ customer methods; beyond customers: .*catalog_product 2\b(?! of)/, url);
    const few = (await examine({ url, user: 'limited' }, limited?.key)).get('rights');
    assert.match(few?.text ?? '', /; beyond customers: .*sales_order 0 of 2/, url);
  }
});

test('a user with few rights is well, and its rights are listed', async (t) => {
  const store = await demo(t);
  const limited = store.users.find(({ user }) => user === 'limited');
  const { facts, state, text } = (await examine({ url: store.urls.v1, user: 'limited' }, limited?.key)).get('rights') ?? {};
  assert.equal(state, 'ok');
  assert.ok((facts?.['allowed'] as string[]).includes('customer.info'));
  assert.ok((facts?.['denied'] as string[]).includes('customer.delete'));
  assert.match(text ?? '', /not .*customer\.delete/);
});

test('a wrong key fails at the login, in the store’s words and ours', async (t) => {
  const store = await demo(t);
  const checks = await examine({ url: store.urls.v2 }, 'wrong');
  const login = checks.get('login');
  assert.deepEqual([login?.state, login?.code, login?.said, checks.get('rights')?.state], ['failed', '2', 'Access denied.', 'skipped']);
  assert.ok(login?.next !== undefined);
});

test('without a user the login is left out', async (t) => {
  const store = await demo(t);
  const checks = await examine({ url: store.urls.v2 });
  assert.deepEqual([checks.get('wsdl')?.state, checks.get('login')?.state, checks.get('rights')?.state], ['ok', 'skipped', 'skipped']);
});

test('each step fails by itself, and the ones after it are left out', async (t) => {
  const refusing = await examine({ url: 'http://127.0.0.1:1' });
  assert.deepEqual([refusing.get('tcp')?.code, refusing.get('http')?.state], ['connection-refused', 'skipped']);
  const unknown = await examine({ url: 'http://shop.invalid' });
  assert.equal(unknown.get('lookup')?.state, 'failed');
  assert.equal((await examine({ url: 'ftp://x' })).get('url')?.code, 'url-invalid');

  const mail = await serveRaw(t, (socket) => socket.end('220 mail\r\n'));
  const spoken = await examine({ url: mail.url });
  assert.deepEqual([spoken.get('tcp')?.state, spoken.get('http')?.code], ['ok', 'not-http']);

  const page = await serve(t, (_, response) => void response.end('<!DOCTYPE html><html><head><title>Home page</title></head></html>'));
  const html = await examine({ url: page.url });
  assert.deepEqual([html.get('http')?.state, html.get('wsdl')?.code], ['ok', 'html-page']);

  const off = await serve(t, (_, response) => void response.writeHead(404).end());
  assert.equal((await examine({ url: off.url })).get('wsdl')?.code, 'soap-switched-off');
});

test('where a proxy may carry the calls, an unknown host name does not stop the check', async () => {
  const unknown = await examine({ url: 'http://shop.invalid' }, undefined, { proxy: 'possible' });
  assert.deepEqual([unknown.get('lookup')?.state, unknown.get('tcp')?.state, unknown.get('http')?.state], ['warning', 'skipped', 'failed']);
  assert.match(unknown.get('lookup')?.next ?? '', /proxy/);
  const carried = await examine({ url: 'http://shop.invalid' }, undefined, { proxy: 'used' });
  assert.deepEqual([carried.get('lookup')?.state, carried.get('tls')?.state, carried.get('http')?.state], ['skipped', 'skipped', 'failed']);
});

test('the dialects that a shop offers are told, whichever address was given, with one more request', async (t) => {
  const store = await demo(t);
  const told = async (url: string): Promise<unknown> => (await examine({ url })).get('dialects')?.facts?.['offered'];
  const [v1, v2] = [
    { dialect: 'v1', url: store.urls.v1 },
    { dialect: 'v2', url: store.urls.v2 },
  ];
  assert.deepEqual(await told(store.urls.v1), [v1, v2]);
  assert.deepEqual(await told(store.urls.v2), [v2, v1]);
  assert.deepEqual(await told(new URL(store.urls.v2).origin), [v2, v1], 'V2 is the one that is spoken when a shop is named');
  assert.equal(((await told(store.urls.wsi)) as { readonly dialect: string }[]).map(({ dialect }) => dialect).join(), 'wsi,v1');

  const asked: string[] = [];
  const alone = await serve(t, ({ request }, response) => {
    asked.push(request.url ?? '');
    if (request.url?.startsWith('/api/v2_soap/') === true) response.end(tinyWsdl('v2', `http://${request.headers.host}/api/v2_soap/`));
    else response.writeHead(404).end();
  });
  const check = (await examine({ url: alone.url })).get('dialects');
  assert.deepEqual([check?.state, check?.text, asked], ['warning', 'V2 only', ['/api/v2_soap/?wsdl=1', '/api/soap/?wsdl=1']]);
  assert.match(check?.next ?? '', /gender/);
});

test('looking for other dialects is cancelled with the rest', async (t) => {
  const stop = new AbortController();
  const slow = await serve(t, ({ request }, response) => {
    if (request.url?.startsWith('/api/v2_soap/') === true) response.end(tinyWsdl('v2', 'http://x/api/v2_soap/'));
    else stop.abort();
  });
  assert.equal((await examine({ url: slow.url }, undefined, { signal: stop.signal })).get('dialects')?.code, 'cancelled');
});

test('a certificate that is not trusted fails at the encryption, and passes with its CA file', async (t) => {
  const server = await serve(t, (_, response) => void response.writeHead(404).end(), selfSigned);
  const checks = await examine({ url: server.url });
  assert.deepEqual([checks.get('tcp')?.state, checks.get('tls')?.code, checks.get('http')?.code], ['ok', 'certificate', 'certificate']);
  const { mkdtemp, rm, writeFile } = await import('node:fs/promises');
  const folder = await mkdtemp(`${process.env['TMPDIR'] ?? '/tmp'}/ca-`);
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(`${folder}/ca.pem`, selfSigned.cert);
  const trusted = await examine({ url: server.url, caFile: `${folder}/ca.pem` });
  assert.deepEqual([trusted.get('tls')?.state, trusted.get('wsdl')?.code], ['ok', 'soap-switched-off']);
  assert.match(trusted.get('tls')?.text ?? '', /valid for [\d,.\s]+ days/);
});

test('a wrong advertised address, an import and missing methods deserve a look', async (t) => {
  const server = await serve(
    t,
    (_, response) =>
      void response.end(
        tinyWsdl('v2', 'http://internal:8080/api/v2_soap/').replace(
          '<binding',
          '<types><schema xmlns="http://www.w3.org/2001/XMLSchema"><import namespace="n" ' +
            'schemaLocation="http://schemas.xmlsoap.org/soap/encoding/"/></schema></types><binding',
        ),
      ),
  );
  const checks = await examine({ url: server.url });
  assert.deepEqual(
    [checks.get('wsdl')?.state, checks.get('address')?.state, checks.get('imports')?.state],
    ['warning', 'warning', 'warning'],
  );
  assert.match(checks.get('wsdl')?.why ?? '', /customer\.create/);
  assert.match(checks.get('address')?.text ?? '', /internal:8080/);
});
