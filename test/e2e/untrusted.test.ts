import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { startDemoStore } from '../../src/demo';
import { demoAccount } from './support/stores';
import { inWorkbench } from './support/suite';

describe('A workspace that is not trusted', () => {
  const demo = startDemoStore({ product: 'maho@25', customers: 3 });
  const test = inWorkbench(async () => ({
    askTrust: true,
    settings: { 'mahoSoap.stores': [{ name: 'From a stranger', url: (await demo).urls.v2, user: demoAccount.user }] },
    files: {
      'shop.php': '<?php\n$client = new SoapClient($url);\n$client->customerCustomerDelete($session, 2);\n',
      'env.maho.json':
        '{\n  "requests": [\n    { "name": "A", "method": "customer.list", "args": { "filters": { "email": "{{$env HOME}}" } } }\n  ]\n}\n',
    },
  }));
  after(async () => {
    await (await demo).close();
  });

  test('lists its stores but does not contact them, and says why', async ({ sidebar, notifications, screenshot }) => {
    await sidebar.open();
    await sidebar.tree.row('waits for workspace trust').waitFor();
    await sidebar.tree.expand('From a stranger');
    await sidebar.tree.reveal('This store is not contacted');
    await screenshot('an untrusted workspace');
    await sidebar.tree.contextMenu('From a stranger', 'Edit Store');
    await notifications.with('This store is not contacted').waitFor();
    assert.deepEqual((await demo).requests, []);
  });

  test('shows its requests but does not send them or read the environment, and says why', async ({
    page,
    editors,
    quickInput,
    notifications,
    screenshot,
  }) => {
    await editors.openFile('env.maho.json');
    await page.locator('.editor-group-container .codelens-decoration a', { hasText: 'Nothing is sent' }).waitFor();
    await page.locator('.squiggly-error').first().waitFor();
    await screenshot('requests-untrusted');
    await quickInput.command('Maho SOAP: Run All Requests of File');
    await notifications.with('Nothing was sent, because the workspace is not trusted').waitFor();
    assert.deepEqual((await demo).requests, []);
  });

  test('explains its code but does not run it', async ({ page, editors, quickInput, notifications, screenshot }) => {
    await editors.openFile('shop.php');
    await page.locator('.editor-group-container .codelens-decoration a', { hasText: 'Not sent: the workspace is not trusted' }).waitFor();
    await screenshot('code-untrusted');
    await page.locator('.view-line', { hasText: 'customerCustomerDelete' }).click();
    await quickInput.command('Maho SOAP: Run Call at Cursor');
    await notifications.with('Nothing was sent: the workspace is not trusted').waitFor();
    assert.deepEqual((await demo).requests, []);
  });
});
