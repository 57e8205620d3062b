import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { startDemoStore } from '../../src/demo';
import { envelope, v1Answer } from '../support/envelopes';
import { answer, answerHalf, startScriptedStore, type Script } from '../support/scripted-store';
import { inWorkbench } from './support/suite';
import { demoAccount, recordedCustomers } from './support/stores';

const onList = (action: Script): Script => (request, response) => (request.path === 'customer.list' ? action(request, response) : false);

describe('A store that does not do what it should', () => {
  const demo = startDemoStore({ seedFile: recordedCustomers });
  const page = startScriptedStore((_, response) => { answer(response, '<!DOCTYPE html><html><head><title>We will be back soon</title></head><body></body></html>', { type: 'text/html' }); });
  const half = startScriptedStore(onList((_, response) => { answerHalf(response, v1Answer(`<callReturn>${'<item/>'.repeat(500)}</callReturn>`)); }));
  const doctype = startScriptedStore(onList((_, response) => { answer(response, envelope('&lol;', '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol">]>\n')); }));
  const denied = startScriptedStore(onList((_, response) => { answer(response, envelope('<SOAP-ENV:Fault><faultcode>2</faultcode><faultstring>Access denied.</faultstring></SOAP-ENV:Fault>')); }));
  const silent = startScriptedStore(onList(() => true));

  const test = inWorkbench(async () => {
    const store = (name: string, url: string, more: object = {}): object => ({ name, url, user: demoAccount.user, ...more });
    return {
      settings: {
        'mahoSoap.stores': [
          store('Wrong key', (await demo).urls.v2),
          store('Nobody there', 'http://127.0.0.1:9/api/soap/'),
          store('Web page', (await page).url),
          store('Cut off', (await half).url),
          store('Doctype', (await doctype).url),
          store('Without right', (await denied).url),
          store('Silent', (await silent).url, { timeouts: { connect: 1000, firstByte: 1000, total: 2000 } }),
          store('Key in settings', (await demo).urls.v1, { apiKey: 'secret' }),
          store('Variable', '${env:NO_SUCH_VARIABLE}'),
          { name: 'No address' },
          store('Twice', (await demo).urls.v1),
          store('Twice', (await demo).urls.v2, { environment: 'production' }),
        ],
      },
    };
  });
  after(async () => { for (const store of [demo, page, half, doctype, denied, silent]) await (await store).close(); });

  test('asks again for a wrong key and then connects', async ({ sidebar, quickInput, screenshot }) => {
    await sidebar.open();
    await sidebar.tree.expand('Wrong key');
    await quickInput.answer('API key of apiUser', 'not the key');
    await sidebar.tree.reveal('Access denied. (2)');
    await screenshot('a wrong key');
    await sidebar.tree.inlineAction('Wrong key', 'Retry');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.collapse('Wrong key');
  });

  for (const [name, description, row, why] of [
    ['Nobody there', 'connection refused', /Nothing answers at 127\.0\.0\.1/, /./],
    ['Web page', 'html page', /web page/, /We will be back soon/],
    ['Cut off', 'Maho, V1', /ends/, /./],
    ['Doctype', 'Maho, V1', /DTD|DOCTYPE/i, /./],
    ['Without right', 'Maho, V1', /customer\.list/, /The store said: Access denied\./],
    ['Silent', 'Maho, V1', /sent no answer within 1 s/, /single worker/],
  ] as const) {
    test(`says in a row what is wrong: ${name}`, async ({ sidebar, quickInput, page }) => {
      await sidebar.tree.expand(name);
      await quickInput.answer('API key of apiUser', demoAccount.key);
      await sidebar.tree.row(new RegExp(`${name}.*${description}`)).waitFor();
      await sidebar.tree.row(row).hover();
      const tooltip = page.locator('.monaco-hover').filter({ visible: true });
      await tooltip.waitFor();
      assert.match(await tooltip.innerText(), why);
      await page.mouse.move(700, 400);
    });
  }

  test('checks the connection of a store that failed from its row', async ({ sidebar, editors, screenshot }) => {
    await (await sidebar.tree.reveal('Nobody there')).hover();
    await screenshot('a store that failed');
    await sidebar.tree.inlineAction('Nobody there', 'Check Connection');
    await editors.tab('Connection of Nobody there').waitFor();
    assert.match(await editors.visibleText(), /✗ Connection: Nothing answers/);
  });

  test('says on both rows that a name means two stores', async ({ sidebar, page }) => {
    await sidebar.tree.reveal(/Twice.*name not unique/);
    assert.equal((await sidebar.tree.rows()).filter(({ label, description }) => label === 'Twice' && /name not unique/.test(description)).length, 2);
    await (await sidebar.tree.reveal(/Twice.*name not unique/)).hover();
    await page.locator('.monaco-hover', { hasText: 'Another store has the same name' }).waitFor();
    await page.mouse.move(700, 400);
  });

  for (const [name, row] of [
    ['Key in settings', 'The settings hold "apiKey" for this store'],
    ['Variable', 'The environment variable NO_SUCH_VARIABLE is not set'],
    ['No address', 'This entry of the setting mahoSoap.stores cannot be used'],
  ] as const) {
    test(`is not contacted at all: ${name}`, async ({ sidebar }) => {
      await sidebar.tree.expand(name);
      await sidebar.tree.reveal(row);
    });
  }

  test('leaves all other stores as they are', async ({ sidebar, screenshot }) => {
    await screenshot('what can go wrong');
    await sidebar.tree.expand('Wrong key');
    await sidebar.tree.row('60 in all').waitFor();
    assert.equal((await silent).requests.filter(({ path }) => path === 'customer.list').length, 1, 'a call that timed out is not repeated');
  });
});
