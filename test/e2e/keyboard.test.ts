import assert from 'node:assert/strict';
import path from 'node:path';
import { after, describe } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { accessibility } from './support/accessibility';
import { press } from './support/focus';
import { keyboardStays, tabTo } from './support/keyboard';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';
import { becomes, until } from './support/waiting';

const walk = [
  'E-mail;Vorname;Last name;Website;Group;Date of birth',
  'wang@example.com;;Wang;1;VIP;3/4/1975',
  ...[1, 2, 3, 4, 5].map((number) => `walk${number}@example.com;Walk;Number ${number};1;VIP;3/4/1975`),
].join('\r\n');

describe('By the keyboard alone', () => {
  const demo = startDemoStore({ product: 'maho@25', seedFile: recordedCustomers });
  const test = inWorkbench(async () => ({
    files: { 'walk.csv': walk },
    settings: {
      'mahoSoap.stores': [
        { name: 'Staging DE', url: (await demo).urls.v2, user: demoAccount.user, environment: 'staging' },
        { name: 'Shop', url: (await demo).urls.v1, user: demoAccount.user, environment: 'production' },
      ],
    },
  }));
  after(async () => {
    await (await demo).close();
  });

  test('a file is imported, from the palette to taking it back', async (workbench) => {
    const { page, quickInput, editors, folder, screenshot, csp } = workbench;
    const button = (view: FrameLocator, name: string | RegExp): Promise<void> => view.getByRole('button', { name }).waitFor();
    const before = (await demo).customers();
    await quickInput.command('Maho SOAP: Import Customers');
    await quickInput.with('Staging DE').waitFor();
    await quickInput.accept('Staging DE');
    const file = path.join(folder, 'walk.csv');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: '..' }).first().waitFor();
    await until(async () => {
      if (await editors.tab('Import walk.csv').isVisible()) return true;
      if (await quickInput.with('API key of apiUser').isVisible()) return true;
      // The dialog puts a path of its own in place of what was typed until it has read the folder.
      if ((await quickInput.box.isVisible()) && (await quickInput.box.inputValue()) !== file) await quickInput.box.fill(file);
      else await press(page, 'Enter');
      await page.waitForTimeout(500);
      return false;
    });
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await editors.tab('Import walk.csv').waitFor();
    const view = editors.webview();

    // Columns: the one that was not understood. A key goes through the entries; Enter takes one.
    await view.getByText('5 of 6 columns are imported').waitFor();
    await tabTo(page, view, 'Vorname is imported as');
    await press(page, 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await becomes(() => view.getByLabel('Vorname is imported as').inputValue(), 'firstname');
    await press(page, 'Enter');
    await view.getByText('All 6 columns are imported').waitFor();
    assert.equal((await keyboardStays(view)).name, 'Vorname is imported as');

    // What all rows have is decided once.
    await view.getByText('6 rows have the customer group "VIP"').waitFor();
    await tabTo(page, view, /"VIP"/);
    await press(page, 'ArrowDown', 'ArrowDown');
    await becomes(() => view.getByLabel(/"VIP"/).inputValue(), '2');
    await view.getByText('6 rows have the customer group "VIP"').waitFor();
    await screenshot('keyboard, a group is chosen');
    await press(page, 'Enter');
    await view.getByText('"VIP" is the customer group Wholesale (2)').waitFor();
    await keyboardStays(view);
    await view.getByRole('button', { name: 'Day first: Apr 3, 1975' }).waitFor();
    await tabTo(page, view, 'Day first: Apr 3, 1975', 'Shift+Tab');
    await press(page, 'Enter');
    await view.getByText('Dates: day first').waitFor();
    await keyboardStays(view);
    await button(view, 'Create 5, update 1 on Staging DE');

    // Rows: those of one kind, those with a text, one left out.
    await tabTo(page, view, /^New ?5$/);
    await press(page, 'Space');
    await becomes(() => view.getByRole('grid').getAttribute('aria-rowcount'), '6');
    assert.match((await keyboardStays(view)).name, /^New/);
    await press(page, 'ControlOrMeta+F');
    await page.keyboard.type('walk3');
    await becomes(() => view.getByRole('grid').getAttribute('aria-rowcount'), '2');
    await tabTo(page, view, 'Rows of walk.csv');
    await press(page, 'Space');
    await button(view, 'Create 4, update 1 on Staging DE');
    assert.equal((await keyboardStays(view)).name, 'Rows of walk.csv');
    await view.getByLabel('Row in full').getByText('walk3@example.com').first().waitFor();
    await screenshot('keyboard, a row is left out');
    await tabTo(page, view, /^Filter rows/, 'Shift+Tab');
    await press(page, 'Escape');
    await becomes(() => view.getByRole('grid').getAttribute('aria-rowcount'), '6');
    assert.deepEqual(await accessibility(view), []);

    // Written and seen in place.
    await tabTo(page, view, 'Create 4, update 1 on Staging DE');
    await press(page, 'Enter');
    await view.getByText('Import finished: 4 created, 1 updated, 1 left out.').waitFor();
    assert.equal((await keyboardStays(view)).name, 'Undo Import…');
    assert.equal((await demo).customers(), before + 4);
    await screenshot('keyboard, imported');

    // And back.
    await press(page, 'Enter');
    await editors.tab(/Import walk\.before-/).waitFor();
    const back = editors.webview();
    await button(back, 'Update 1 customer on Staging DE');
    await tabTo(page, back, 'Update 1 customer on Staging DE');
    await press(page, 'Enter');
    await back.getByText('Import finished: 1 updated.').waitFor();
    await keyboardStays(back);
    await tabTo(page, back, 'Show Results');
    await press(page, 'Enter');
    await editors.tab(/walk\.before-.*result\.csv/).waitFor();
    assert.deepEqual(csp.all, []);
  });
});
