import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, describe } from 'node:test';
import type { Page } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { becomes, until, untilShown } from './support/waiting';

/** An entry of the open quick pick. */
const entry = (page: Page, text: string | RegExp): ReturnType<Page['locator']> =>
  page.locator('.quick-input-widget .quick-input-list .monaco-list-row', { hasText: text }).first();

describe('The customers of a store', () => {
  const names = { v1: 'Shop', v2: 'Staging DE', wsi: 'Sandbox' } as const;
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const large = startDemoStore({ product: 'maho@25', customers: 6000 });
  const test = inWorkbench(async () => {
    const { urls } = await demo;
    const { user } = demoAccount;
    return {
      settings: {
        'mahoSoap.stores': [
          { name: names.v1, url: urls.v1, user, environment: 'production', readOnly: true },
          { name: names.v2, url: urls.v2, user, environment: 'staging' },
          { name: names.wsi, url: urls.wsi, user, environment: 'development' },
        ],
        'mahoSoap.filters': [
          { name: 'Nobody without e-mail', store: 'Large', empty: ['email'] },
          { name: 'No date of birth', store: names.v1, empty: ['dob'] },
        ],
      },
    };
  });
  after(async () => {
    await (await demo).close();
    await (await large).close();
  });

  for (const [dialect, label] of [
    ['v1', 'V1'],
    ['wsi', 'WS-I'],
    ['v2', 'V2'],
  ] as const) {
    test(`are found over ${label} by ID, part of the e-mail and name while the user types`, async ({
      sidebar,
      quickInput,
      page,
      editors,
      screenshot,
    }) => {
      await sidebar.open();
      await sidebar.tree.expand(names[dialect]);
      // The row stops saying that a key is missing as soon as the key is entered, even if the store is slow.
      (await demo).setFaults({ slow: 3000 });
      await quickInput.answer('API key of apiUser', demoAccount.key);
      await sidebar.tree.row('Connecting').waitFor();
      assert.doesNotMatch((await sidebar.tree.rows()).map(({ description }) => description).join('\n'), /needs its API key.*/);
      (await demo).setFaults({});
      await sidebar.tree.row('60 in all').waitFor();
      await sidebar.tree.inlineAction('60 in all', 'Find Customer');
      await page
        .locator('.quick-input-widget', { hasText: `Find Customer in ${names[dialect]}` })
        .filter({ visible: true })
        .waitFor();
      for (const [typed, expected] of [
        ['8', 'benjerry@example.com'],
        ['wang@', 'wang@example.com'],
        ['benjerry@example.com', 'benjerry@example.com'],
      ] as const) {
        await quickInput.box.fill(typed);
        await entry(page, expected).waitFor();
      }
      await quickInput.box.fill('nobody has this name');
      await entry(page, 'No customers found').waitFor();
      await quickInput.box.fill('Ben');
      await entry(page, 'benjerry@example.com').waitFor();
      await screenshot(`finding over ${label}`);
      await quickInput.take('benjerry@example.com');
      await editors.tab(/Customer 8|Ben & Jerry/).waitFor();
      // Its row is selected, and the box offers it again before anything is typed.
      await becomes(() => sidebar.tree.attribute('benjerry@example.com', 'aria-selected'), 'true');
      await sidebar.tree.inlineAction('60 in all', 'Find Customer');
      await page.locator('.quick-input-widget', { hasText: 'Found recently' }).filter({ visible: true }).waitFor();
      await entry(page, 'benjerry@example.com').waitFor();
      await quickInput.dismiss();
      if (dialect !== 'v2') await sidebar.tree.collapse(names[dialect]);
    });
  }

  test('stay selected and expanded when the store is read again', async ({ sidebar, page }) => {
    await sidebar.tree.click('wang@example.com');
    await sidebar.tree.inlineAction('60 in all', 'Refresh');
    await sidebar.tree.row('60 in all').waitFor();
    await becomes(() => sidebar.tree.attribute('wang@example.com', 'aria-selected'), 'true');
    await becomes(() => page.locator('.sidebar .monaco-list-row[aria-selected="true"]').count(), 1);
  });

  test('are filtered by conditions that are checked during typing, and the filter is saved under the store', async ({
    sidebar,
    quickInput,
    page,
    folder,
    screenshot,
  }) => {
    await sidebar.tree.inlineAction('60 in all', 'New Filter');
    await quickInput.pick('E-mail');
    await quickInput.pick(/^matches/);
    // The box of this step replaces that of the list, together with the typed text.
    await quickInput.with('E-mail matches').waitFor();
    await untilShown(quickInput.with('has no wildcard'), () => quickInput.box.fill('wang'));
    await screenshot('a value that is a trap');
    await page.locator('.quick-input-widget .action-label[aria-label="Search for %wang%"]').click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('.quick-input-widget .quick-input-box input')?.value === '%wang%',
    );
    await quickInput.accept();
    await entry(page, 'finds 1 customer now').waitFor();
    await screenshot('a filter');
    // Values are chosen by name, and Back returns to the previous question.
    await quickInput.pick('Add Condition');
    await quickInput.pick('group_id');
    await entry(page, 'is one of').waitFor();
    assert.equal(await entry(page, 'is greater than').count(), 0);
    await page.locator('.quick-input-widget .action-label[aria-label^="Back"]').filter({ visible: true }).click();
    await quickInput.pick('group_id');
    await quickInput.pick(/^is\s*eq/);
    await quickInput.pick('General');
    await entry(page, 'is General (1)').waitFor();
    await entry(page, 'finds 1 customer now').waitFor();
    await screenshot('a filter by a name');
    await quickInput.pick('Save Filter');
    await quickInput.answer('Name of the filter', 'Everybody named Wang');
    await sidebar.tree.reveal(/Everybody named Wang\s*1/);
    await becomes(
      async () => (await sidebar.tree.children('Everybody named Wang')).map(({ description }) => description),
      ['wang@example.com'],
    );
    assert.match(await readFile(path.join(folder, '.vscode/settings.json'), 'utf8'), /"like": "%wang%"/);
    await screenshot('a saved filter');
    await sidebar.tree.contextMenu('Everybody named Wang', 'Rename Filter');
    await quickInput.answer('Name of the filter', 'Wang');
    await sidebar.tree.row('Everybody named Wang').waitFor({ state: 'detached' });
    await until(async () => (await sidebar.tree.rows()).some(({ label }) => label === 'Wang'));
  });

  test('are grouped by customer group and by website on request', async ({ sidebar, screenshot }) => {
    await sidebar.tree.contextMenu('60 in all', 'Group by Customer Group');
    await sidebar.tree.expand('Wholesale');
    await screenshot('grouped');
    await until(async () => {
      const groups = (await sidebar.tree.children('Customers')).map(({ label }) => label);
      return groups.includes('General') && groups.includes('Retailer');
    });
    await sidebar.tree.contextMenu('by customer group', 'Group by Website');
    await sidebar.tree.row('Website 1').waitFor();
    await sidebar.tree.contextMenu('by website', 'Show Without Groups');
    await sidebar.tree.row('60 in all').waitFor();
  });

  test('show their addresses below them', async ({ sidebar }) => {
    await sidebar.tree.contextMenu('wang@example.com', 'Show Addresses');
    await sidebar.tree.reveal('No addresses');
  });

  test('are pinned below their store, and selected there when they are found but not loaded', async (workbench) => {
    const { sidebar, quickInput, editors, page, screenshot } = workbench;
    await sidebar.tree.contextMenu('wang@example.com', 'Pin Customer');
    await sidebar.tree.reveal('Pinned');
    await sidebar.tree.expand('Pinned');
    await until(async () =>
      (await sidebar.tree.children('Pinned and Recent')).some(({ description }) => description === 'wang@example.com'),
    );
    await sidebar.resize(220);
    await screenshot('pinned customers at 220 px');
    await sidebar.resize(300);
    await sidebar.tree.inlineAction('60 in all', 'Find Customer');
    await quickInput.with('Find Customer in').waitFor();
    await page.locator('.quick-input-widget .quick-input-list-separator', { hasText: 'Pinned' }).waitFor();
    await screenshot('find with pinned customers');
    await quickInput.take('wang@example.com');
    await editors.tab('中文 王小明').waitFor();
    await sidebar.tree.contextMenu('wang@example.com', 'Unpin Customer');
    await sidebar.tree.row('Pinned').waitFor({ state: 'detached' });
    await editors.closeAll();
  });

  test('are compared over another dialect and on another store, attribute by attribute', async (workbench) => {
    const { sidebar, quickInput, editors, page, screenshot } = workbench;
    const says = (text: string | RegExp): Promise<void> =>
      page.locator('.monaco-diff-editor .view-line', { hasText: text }).first().waitFor();
    await sidebar.tree.contextMenu('wang@example.com', 'Compare Customer with Store or Dialect');
    await quickInput.pick('Over V1');
    await editors.tab(/V2 and V1 \(\d+ differences?\)/).waitFor();
    // The editor draws non-breaking spaces.
    await says(/only\sover\sV1/);
    await workbench.screenshot('compare customer');
    await sidebar.tree.click('wang@example.com');
    await quickInput.command('Maho SOAP: Compare Customer with Store or Dialect');
    await quickInput.pick(names.wsi);
    await editors.tab(/Staging DE and Sandbox/).waitFor();
    await screenshot('compare customer on two stores');
    await editors.closeAll();
  });

  test('are saved as a request file', async ({ sidebar, editors }) => {
    await sidebar.tree.contextMenu('wang@example.com', 'Save as Request File');
    await editors.tab('customer-5.maho.json').waitFor();
    assert.match(await editors.visibleText(), /"method": "customer\.info"/);
  });

  test('can be searched for a missing attribute', async ({ sidebar }) => {
    await sidebar.tree.collapse(names.v2);
    await sidebar.tree.expand(names.v1);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.expand('No date of birth');
    // Some of these customers are also below Customers, so a row alone does not show that the search has ended.
    await until(async () => (await sidebar.tree.children('No date of birth')).length === 46);
    await sidebar.tree.collapse(names.v1);
  });

  test('have their store in the status bar, in the colour of its environment', async ({ sidebar, page, screenshot }) => {
    const item = page.locator('.statusbar-item', { hasText: 'Shop' });
    await sidebar.tree.contextMenu(names.v1, 'Use as Active Store');
    await item.waitFor();
    await until(async () => /error-kind/.test((await item.getAttribute('class')) ?? ''));
    await screenshot('the active store');
    await sidebar.tree.contextMenu(names.v2, 'Use as Active Store');
    const staging = page.locator('.statusbar-item', { hasText: names.v2 });
    await staging.waitFor();
    await until(async () => /warning-kind/.test((await staging.getAttribute('class')) ?? ''));
  });

  test('of a new store appear after three steps; an error is shown in the step that fixes it, and going back loses nothing', async (workbench) => {
    const { sidebar, quickInput, page, folder, screenshot } = workbench;
    const { ports } = await large;
    const says = (text: string): Promise<void> =>
      page.locator('.quick-input-message', { hasText: text }).filter({ visible: true }).waitFor();
    const back = page.locator('.quick-input-widget .action-label[aria-label^="Back"]').filter({ visible: true });
    await quickInput.command('Maho SOAP: Add Store');
    await quickInput.answer('URL of the shop', '127.0.0.1:1');
    await says('Connection:');
    await screenshot('add store, nobody at the address');
    await quickInput.accept(`127.0.0.1:${ports.rpc}`);
    await says('supports V2 and V1.');
    await quickInput.answer('API user, as listed', demoAccount.user);
    await quickInput.answer('API key', 'wrong');
    await says('Access denied');
    await screenshot('add store, a wrong key');
    assert.doesNotMatch(await readFile(path.join(folder, '.vscode/settings.json'), 'utf8'), /"name": "Large"/);
    await back.click();
    await says('API user, as listed');
    await becomes(() => quickInput.box.inputValue(), demoAccount.user);
    await back.click();
    await says('URL of the shop');
    await becomes(() => quickInput.box.inputValue(), `127.0.0.1:${ports.rpc}`);
    await quickInput.accept();
    await quickInput.answer('API user, as listed');
    await says('Access denied');
    await quickInput.accept(demoAccount.key);
    await page.getByPlaceholder('The store responds').waitFor();
    await quickInput.with('Development, guessed from the URL').waitFor();
    await workbench.screenshot('add store, the summary');
    await quickInput.pick('Name');
    await quickInput.answer('Display name of', 'Large');
    await quickInput.pick('Kept in');
    await quickInput.with('workspace settings').waitFor();
    await quickInput.pick('Add Store');
    await sidebar.tree.reveal(/Large\s*Maho, V2/);
  });

  test('a search through all customers can be stopped and continued', async ({ sidebar, notifications, screenshotAsIs }) => {
    (await large).setFaults({ slow: 1500 });
    await sidebar.tree.expand('Nobody without e-mail');
    await notifications.with('customers searched').waitFor();
    // Pictures in all themes would take longer than the search.
    await screenshotAsIs('a search through the store');
    await notifications.press('customers searched', 'Cancel');
    await sidebar.tree.reveal('Continue Search');
    (await large).setFaults({});
    await sidebar.tree.click('Continue Search');
    await sidebar.tree.reveal('No customers found');
  });

  test('of a store that becomes slow and then drops connections: waiting can be cancelled, a row and the find box show the error, and Retry continues', async ({
    sidebar,
    quickInput,
    notifications,
    page,
    screenshot,
  }) => {
    const store = await large;
    await sidebar.tree.collapse('Nobody without e-mail');
    store.setFaults({ slow: 30_000 });
    await sidebar.tree.click('Load 200 more');
    await notifications.with(/Reading customers of Large: no response for/).waitFor();
    await screenshot('a store that is slow');
    await notifications.press('no response for', 'Cancel');
    await sidebar.tree.reveal(/Load 200 more\s*stopped/);
    store.setFaults({ drop: true });
    await sidebar.tree.click('Load 200 more');
    await sidebar.tree.reveal(/closed the connection|was lost/i);
    await screenshot('a store that drops connections');
    await sidebar.tree.inlineAction(/1\d\d loaded/, 'Find Customer');
    await quickInput.with('ID, e-mail address or part of it, or name').waitFor();
    await quickInput.box.fill('porter');
    await entry(page, 'Press Enter to try again').waitFor();
    await screenshot('finding in a store that drops connections');
    store.setFaults({});
    await quickInput.accept();
    await entry(page, '@example.').waitFor();
    await quickInput.dismiss();
    await sidebar.tree.inlineAction(/closed the connection|was lost/i, 'Retry');
    await sidebar.tree.reveal(/3\d\d loaded/);
  });

  test('of a store whose address was edited are read from the new address, once the kept key may be sent there', async ({
    sidebar,
    quickInput,
    notifications,
    folder,
  }) => {
    await sidebar.tree.contextMenu('Large', 'Edit Store');
    await quickInput.pick('URL');
    await quickInput.answer('URL of the shop', (await large).urls.wsi);
    await notifications.pressInDialog('Use Kept API Key');
    await sidebar.tree.reveal(/Large\s*Maho, WS-I/);
    assert.ok((await readFile(path.join(folder, '.vscode/settings.json'), 'utf8')).includes((await large).urls.wsi));
  });
});
