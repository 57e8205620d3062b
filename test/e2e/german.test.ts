import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { startDemoStore } from '../../src/demo';
import { accessibility } from './support/accessibility';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { becomes } from './support/waiting';

describe('In German', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const test = inWorkbench(async () => {
    const { urls } = await demo;
    const { user } = demoAccount;
    return {
      language: 'de',
      settings: {
        'mahoSoap.stores': [
          { name: 'Laden', url: urls.v2, user, environment: 'staging' },
          { name: 'Verschwunden', url: 'http://127.0.0.1:9/api/v2_soap/', user, environment: 'development' },
        ],
      },
    };
  });
  after(async () => {
    await (await demo).close();
  });

  test('the side bar, a customer and a store that does not respond are in the language of the editor', async ({
    sidebar,
    quickInput,
    editors,
    csp,
    screenshot,
  }) => {
    await sidebar.open();
    await sidebar.tree.expand('Laden');
    await quickInput.answer('API-Schlüssel von apiUser', demoAccount.key);
    await sidebar.tree.row('60 insgesamt').waitFor();
    await sidebar.tree.click('benjerry@example.com');
    const sheet = editors.webview();
    await sheet.getByRole('heading', { name: 'Persönlich' }).waitFor();
    await sheet.getByText('nicht gesetzt').first().waitFor();
    await becomes(() => sheet.locator('html').getAttribute('lang'), 'de');
    assert.deepEqual(await accessibility(sheet), []);
    await screenshot('german-sheet');
    await sidebar.tree.expand('Verschwunden');
    await quickInput.answer('API-Schlüssel von apiUser', demoAccount.key);
    await sidebar.tree.reveal(/hat die Verbindung .*abgelehnt/);
    await screenshot('german-fault');
    assert.deepEqual(csp.all, []);
  });
});
