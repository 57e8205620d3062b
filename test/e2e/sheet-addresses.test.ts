import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { startDemoStore } from '../../src/demo';
import { StoreClient } from '../../src/store';
import { addressValue } from '../../src/forms/address-form';
import { readAddresses } from '../../src/store/customers/addresses';
import { accessibility } from './support/accessibility';
import { copied } from './support/clipboard';
import { field } from './support/sheet';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { becomes } from './support/waiting';

describe('Addresses in the customer sheet', () => {
  const demo = startDemoStore({ product: 'maho@26.7', seedFile: recordedCustomers });
  const behind = demo.then(
    ({ urls }) =>
      new StoreClient({ name: 'Behind the scenes', url: urls.v1, user: demoAccount.user }, { key: () => Promise.resolve(demoAccount.key) }),
  );
  const cities = async (): Promise<readonly string[]> =>
    (await readAddresses(await behind, '2', undefined)).map((row) =>
      `${addressValue('city', row['city'])} ${addressValue('is_default_billing', row['is_default_billing'])}`.trim(),
    );

  const test = inWorkbench(async () => ({
    settings: {
      'mahoSoap.stores': [
        {
          name: 'Shop',
          url: (await demo).urls.v2,
          user: demoAccount.user,
          environment: 'production',
          adminUrl: 'https://shop.example.com/admin',
        },
      ],
    },
    userSettings: { 'mahoSoap.production.confirm': 'oncePerSession' },
  }));
  after(async () => {
    await (await behind).close();
    await (await demo).close();
  });

  test('an address is added, made the default, changed and deleted, each after a review, and each is undone', async ({
    sidebar,
    quickInput,
    editors,
    screenshot,
    csp,
  }) => {
    await sidebar.open();
    await sidebar.tree.expand('Shop');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.click('jane.doe@example.com');
    await editors.tab('Jane Doe').waitFor();
    const sheet = editors.webview();
    let named = false;
    const send = async (label: RegExp): Promise<void> => {
      await sheet.getByRole('button', { name: label }).waitFor();
      const name = sheet.locator('#confirm-name');
      // The name of the store is asked for at the first write of the window.
      await becomes(() => name.count(), named ? 0 : 1);
      if (!named) await name.fill('Shop');
      named = true;
      await sheet.getByRole('button', { name: label }).click();
    };
    await sheet.getByRole('heading', { name: 'Addresses (0)' }).waitFor();

    await sheet.getByRole('button', { name: 'Add address' }).click();
    await sheet.getByRole('heading', { name: 'New address' }).waitFor();
    await becomes(() => field(sheet, 'lastname').inputValue(), 'Doe');
    await field(sheet, 'city').fill('Bonn');
    await sheet.getByRole('button', { name: 'Review' }).click();
    await sheet.getByText('Street is empty. The store refuses an address without it.').waitFor();
    await field(sheet, 'street').fill('Main Street 1\nBack yard');
    for (const [code, value] of [
      ['postcode', '53111'],
      ['country_id', 'de'],
      ['telephone', '0228 1'],
      ['fax', '0228 2'],
    ] as const)
      await field(sheet, code).fill(value);
    await sheet.getByText('Maho 26.7 does not save a fax number. Your input is lost.').waitFor();
    await sheet.getByRole('button', { name: 'Change to DE' }).click();
    await editors.tab('● Jane Doe').waitFor();
    await screenshot('address form');
    assert.deepEqual(await accessibility(sheet), []);
    await field(sheet, 'city').press('ControlOrMeta+s');
    await sheet.getByRole('heading', { name: 'Review: New address' }).waitFor();
    await screenshot('address review');
    assert.deepEqual(await accessibility(sheet), []);
    await send(/^Create address on Shop$/);
    await sheet.getByText('the store saved other values than were sent').waitFor();
    await sheet.getByRole('heading', { name: 'Addresses (1)' }).waitFor();
    assert.deepEqual(await cities(), ['Bonn']);

    await sheet.getByRole('button', { name: /^Set as default billing: address/ }).click();
    await send(/^Update 1 field of address #\d+ on Shop$/);
    await sheet.locator('.card .use').getByText('Default billing').waitFor();
    assert.deepEqual(await cities(), ['Bonn true']);

    await sheet.getByRole('button', { name: /^Edit: address/ }).click();
    await field(sheet, 'city').fill('Ulm');
    await sheet.getByRole('button', { name: 'Review' }).click();
    await send(/^Update 1 field/);
    await sheet.getByText('Address saved.').waitFor();
    await sheet.getByRole('button', { name: 'Undo this save' }).click();
    await send(/^Update 1 field/);
    await sheet.getByText('53111 Bonn').waitFor();

    await sheet.getByRole('button', { name: /^Delete: address/ }).click();
    await sheet.getByRole('heading', { name: /^Delete address #\d+$/ }).waitFor();
    await screenshot('address delete');
    assert.deepEqual(await accessibility(sheet), []);
    await send(/^Delete address #\d+ on Shop$/);
    await sheet.getByRole('heading', { name: 'Addresses (0)' }).waitFor();
    await sheet.getByRole('button', { name: 'Undo this save' }).click();
    await sheet.getByText('The address is created again, under a new ID.').waitFor();
    await send(/^Create address on Shop$/);
    await sheet.getByRole('heading', { name: 'Addresses (1)' }).waitFor();
    await screenshot('address card');
    assert.deepEqual(await accessibility(sheet), []);
    assert.deepEqual(await cities(), ['Bonn true']);
    // The tree can undo the last save even after the sheet is closed.
    await editors.closeAll();
    await sidebar.tree.contextMenu('jane.doe@example.com', 'Undo Last Save');
    await editors.tab('Jane Doe').waitFor();
    await sheet.getByRole('heading', { name: /^Delete address #\d+$/ }).waitFor();
    await send(/^Delete address #\d+ on Shop$/);
    await sheet.getByRole('heading', { name: 'Addresses (0)' }).waitFor();
    assert.deepEqual(await cities(), []);
    assert.deepEqual(csp.all, []);
  });

  test('loading from a slow store is cancelled in its own line, and the loaded values stay', async ({ sidebar, editors, screenshot }) => {
    await sidebar.tree.click('jane.doe@example.com');
    const sheet = editors.webview();
    await sheet.getByRole('heading', { name: 'Addresses (0)' }).waitFor();
    (await demo).setFaults({ slow: 60_000 });
    await sheet.getByRole('button', { name: 'Refresh' }).click();
    const cancel = sheet.getByRole('button', { name: 'Cancel: Waiting for Shop' });
    await cancel.waitFor();
    await screenshot('sheet waits for its store');
    assert.deepEqual(await accessibility(sheet), []);
    await cancel.click();
    await sheet.getByText('Reading the customer was cancelled.').waitFor();
    await sheet.getByText('jane.doe@example.com').first().waitFor();
    (await demo).setFaults({});
    await editors.closeAll();
  });

  test('the palette has the commands for the customer of the active sheet, and only while a sheet is active', async ({
    sidebar,
    quickInput,
    editors,
    screenshot,
  }) => {
    for (const title of ['Edit Customer', 'Copy Customer ID']) await quickInput.offers(`Maho SOAP: ${title}`, false);
    await sidebar.tree.click('jane.doe@example.com');
    await editors.tab('Jane Doe').waitFor();
    await editors.webview().getByRole('heading', { name: 'Addresses (0)' }).waitFor();
    await editors.tab('Jane Doe').click();
    for (const title of ['Edit Customer', 'Delete Customer', 'Pin Customer', 'Copy Link', 'Compare Customer with Store or Dialect'])
      await quickInput.offers(`Maho SOAP: ${title}`);
    await screenshot('sheet in front of the palette');
    await quickInput.command('Maho SOAP: Pin Customer');
    await sidebar.tree.reveal('Pinned');
    await editors.closeAll();
  });

  test('a copied link opens its customer, and Open in Shop Admin leads to the admin', async ({
    sidebar,
    quickInput,
    editors,
    notifications,
    page,
    screenshot,
  }) => {
    await sidebar.tree.contextMenu('benjerry@example.com', 'Copy Link');
    const link = await copied(page, /^[\w-]+:\/\/maho-soap-toolkit\.maho-soap-toolkit\/customer\?store=Shop&id=\d+$/);
    await quickInput.command('Developer: Open URL');
    await quickInput.accept(link);
    // VS Code first asks whether an extension may open the link.
    await notifications.pressInDialog('Open');
    await editors.tab(/Ben & Jerry/).waitFor();
    await sidebar.tree.contextMenu('benjerry@example.com', 'Open in Shop Admin');
    await notifications.dialog.getByText('https://shop.example.com/admin/customer/edit/id/', { exact: false }).waitFor();
    await screenshot('open in shop admin');
    await notifications.pressInDialog('Cancel');
  });
});
