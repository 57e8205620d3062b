import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../src/demo';
import {
  answersOver,
  choiceOf,
  explained,
  fixingStepOf,
  objectionTo,
  otherRightsOf,
  productOf,
  rightsOf,
} from '../../../src/extension/setup/findings';
import { guessEnvironment } from '../../../src/extension/setup/guess-environment';
import { nameProblem, StoreDraft, urlProblem, userProblem } from '../../../src/extension/setup/store-draft';
import { diagnose } from '../../../src/store/doctor/doctor';
import { checkTitles, type Check, type CheckId } from '../../../src/store/doctor/check';
import { serve } from '../../support/loopback';

async function demo(t: TestContext, options: DemoStoreOptions = {}): Promise<DemoStore> {
  const store = await startDemoStore({ customers: 1, ...options });
  t.after(() => store.close());
  return store;
}

async function look(draft: StoreDraft, login: boolean): Promise<readonly Check[]> {
  const keep = draft.beginExamination(login);
  const checks: Check[] = [];
  for await (const check of diagnose(draft.described().config, { key: () => Promise.resolve(draft.key) }, { login })) checks.push(check);
  keep(checks);
  return checks;
}

describe('Add Store', () => {
  test('suggests name, environment and access from the address, and keeps the answers for a new address', () => {
    const draft = new StoreDraft(['shop.example.com']);
    draft.url = 'https://shop.example.com/de/';
    assert.deepEqual(
      [draft.name, draft.environment, draft.environmentGuessed, draft.readOnly],
      ['shop.example.com 2', 'production', true, true],
    );
    draft.url = 'staging.example.com';
    assert.deepEqual([draft.name, draft.environment, draft.readOnly], ['staging.example.com', 'staging', false]);
    draft.environment = 'production';
    draft.name = ' Shop ';
    draft.url = 'localhost:8080';
    assert.deepEqual([draft.name, draft.environment, draft.environmentGuessed, draft.readOnly], ['Shop', 'production', false, true]);
    draft.readOnly = false;
    assert.deepEqual(draft.described().config, { name: 'Shop', url: 'localhost:8080', user: '', environment: 'production' });
  });

  for (const [host, environment] of [
    ['shop.example.com', 'production'],
    ['www.testament.example', 'production'],
    ['developers-choice.com', 'production'],
    ['localhost', 'development'],
    ['[::1]', 'development'],
    ['127.0.0.1', 'development'],
    ['192.168.1.20', 'development'],
    ['172.20.0.3', 'development'],
    ['172.40.0.3', 'production'],
    ['10.0.0.1', 'development'],
    ['[fd00::1]', 'development'],
    ['shop.ddev.site', 'development'],
    ['shop.test', 'development'],
    ['dev.shop.example.com', 'development'],
    ['shop-dev2.example.com', 'development'],
    ['staging.shop.example.com', 'staging'],
    ['stage2-shop.example.com', 'staging'],
    ['UAT.example.com.', 'staging'],
    ['', 'production'],
  ] as const)
    test(`treats ${host === '' ? 'an invalid address' : host} as ${environment}`, () => {
      assert.equal(guessEnvironment(host), environment);
    });

  test('shows what responds before and after the login, and the rights of the user', async (t) => {
    const store = await demo(t, { product: 'maho@26.7' });
    const [account] = store.users;
    const draft = new StoreDraft([]);
    draft.url = store.urls.v2;
    const before = await look(draft, false);
    assert.equal(answersOver(before), 'Maho 26.7 supports V2, V1 and REST.');
    assert.equal(objectionTo(before, 'address'), undefined);
    assert.equal(rightsOf(before), undefined);
    assert.equal(draft.checks, before);
    draft.user = account?.user ?? '';
    draft.key = account?.key ?? '';
    assert.equal(draft.checks, before, 'what was found at the address stays');
    const after = await look(draft, true);
    assert.match(productOf(after) ?? '', /^Maho 26\.7\.\d/);
    assert.match(rightsOf(after) ?? '', /^All \d+ customer methods$/);
    assert.match(otherRightsOf(after) ?? '', /^Beyond customers: .*catalog_product \d+.*sales_order \d+/);
    assert.equal(otherRightsOf(before), undefined);
    assert.equal(draft.checks, after);
  });

  test('finds REST automatically if SOAP is off, and explains REST and SOAP in every step', async (t) => {
    const store = await demo(t, { product: 'maho@26.7', faults: { 'soap-off': true } });
    const [account] = store.users;
    const draft = new StoreDraft([]);
    for (const url of [new URL('/', store.urls.v2).href, store.urls.v1, store.urls.v2, store.restUrl ?? '']) {
      draft.url = url;
      draft.user = account?.user ?? '';
      draft.key = account?.key ?? '';
      for (const login of [false, true]) {
        const checks = await look(draft, login);
        assert.equal(answersOver(checks), `${login ? 'Maho 26.7' : 'The store'} supports REST. SOAP is turned off.`, `${url} ${login}`);
        assert.equal(choiceOf(checks)?.soapOff, true);
        assert.match(choiceOf(checks)?.comparison ?? '', /^Over REST, .* SOAP can also delete/);
        assert.equal(draft.described().config.dialect, 'rest', url);
      }
    }
    // OpenMage has no REST, so it is not mentioned.
    const openMage = await demo(t, { product: 'openmage@20.18' });
    draft.url = openMage.urls.v2;
    const checks = await look(draft, true);
    assert.equal(choiceOf(checks), undefined);
    assert.equal(answersOver(checks), 'OpenMage 20.18.0 supports V2 and V1.');
  });

  test('names resources with a denied method first, and counts those that do not fit into a line', () => {
    const resources = [
      ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((resource) => ({ resource, allowed: ['list', 'info'], denied: [] })),
      { resource: 'sales_order', allowed: ['list'], denied: ['cancel', 'hold'] },
    ];
    const rights = {
      id: 'rights',
      title: 'Permissions',
      state: 'ok',
      ms: 1,
      text: '',
      facts: { allowed: [], denied: [], resources },
    } as const;
    assert.equal(otherRightsOf([rights]), 'Beyond customers: sales_order 1 of 3, a 2, b 2, c 2, d 2, e 2, 2 more');
    assert.equal(otherRightsOf([{ ...rights, facts: { allowed: [], denied: [] } }]), undefined);
    assert.equal(otherRightsOf([{ ...rights, facts: { resources: 5 } }]), undefined);
  });

  test('reports a wrong key in the step of user and key, and an unreachable shop in the step of the address', async (t) => {
    const store = await demo(t);
    const draft = new StoreDraft([]);
    draft.url = store.urls.v1;
    draft.user = 'apiUser';
    draft.key = 'wrong';
    const refused = await look(draft, true);
    assert.match(objectionTo(refused, 'login')?.text ?? '', /^Log in: .*The store said: Access denied\..* Press Enter again/);
    assert.equal(objectionTo(refused, 'address'), undefined);
    await store.close();
    const gone = await look(draft, true);
    assert.match(objectionTo(gone, 'address')?.text ?? '', /^Connection: /);
    assert.equal(objectionTo(gone, 'login'), undefined);
    draft.key = 'another';
    assert.equal(draft.checks, undefined, 'nothing is known of another key');
    draft.url = 'another.example.com';
    assert.equal(draft.checks, undefined);
  });

  test('drops findings that were made for other answers', async (t) => {
    const store = await demo(t);
    const draft = new StoreDraft([]);
    draft.url = store.urls.v1;
    const looking = look(draft, false);
    draft.url = 'another.example.com';
    await looking;
    assert.equal(draft.checks, undefined);
    draft.url = store.urls.v1;
    assert.equal(draft.checks, undefined);
  });

  test('automatically keeps a store on V1 if only V1 works', async (t) => {
    const store = await demo(t);
    // A web server in front of the shop that breaks the responses of V2.
    const gateway = await serve(t, async ({ request, body }, response) => {
      if (request.method === 'POST' && request.url?.includes('v2_soap') === true) {
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html><title>502 Bad Gateway</title></html>');
        return;
      }
      const { 'content-type': type = '' } = request.headers;
      const sent = request.method === 'POST' ? { method: 'POST', body: new Uint8Array(body), headers: { 'content-type': type } } : {};
      const answer = await fetch(new URL(request.url ?? '/', store.urls.v1), sent);
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(await answer.text());
    });
    const [account] = store.users;
    const draft = new StoreDraft([]);
    Object.assign(draft, { url: gateway.url, user: account?.user, key: account?.key });
    const checks = await look(draft, true);
    assert.equal(draft.dialect, 'v1', JSON.stringify(checks));
    assert.equal(draft.checks, checks, 'what was found holds for the dialect that was chosen by it');
    assert.equal(draft.described().config.dialect, 'v1');
    draft.url = 'another.example.com';
    assert.equal(draft.described().config.dialect, undefined, 'another address may speak something else');
  });

  test('links each failed finding to a step, except those that no answer can fix', () => {
    const ids = Object.keys(checkTitles) as CheckId[];
    const nowhere = ids.filter((id) => fixingStepOf({ id, state: 'failed' }) === undefined);
    assert.deepEqual(nowhere, ['clock', 'version']);
    assert.equal(fixingStepOf({ id: 'tls', state: 'ok' }), undefined);
    assert.equal(
      explained({ id: 'http', title: 'Web server', state: 'failed', text: 'HTTP 404.', said: 'Not Found', next: 'Look.' }),
      'HTTP 404. The store said: Not Found Look.',
    );
  });

  test('reports an invalid address, user or name', () => {
    assert.equal(urlProblem('shop.example.com'), undefined);
    assert.match(urlProblem('ftp://shop.example.com') ?? '', /not the URL/);
    assert.match(urlProblem(' ') ?? '', /Enter the URL/);
    assert.match(userProblem('${env:MAHO_SOAP_KEY}') ?? '', /cannot be used in the settings/);
    assert.equal(userProblem('apiUser'), undefined);
    assert.match(nameProblem('Shop', ['Shop']) ?? '', /Another store/);
    assert.equal(nameProblem('Shop 2', ['Shop']), undefined);
  });
});
