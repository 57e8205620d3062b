// Creates the pictures of README.md and docs/: what a new user does, in a window like theirs.
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { startDemoStore } from '../../src/demo';
import { openMethodForm } from '../../test/e2e/support/method-form';
import { field } from '../../test/e2e/support/sheet';
import { untilShown } from '../../test/e2e/support/waiting';
import { Workbench, type WorkbenchOptions } from '../../test/e2e/support/workbench';
import { demoUser } from './demo-store';
import { movingPicture, type Frame } from './moving-picture';
import { root } from './project';

/** Folder of the pictures. */
const FOLDER = 'docs/screens';

/** Size of the window in pixels: as wide as a page can show without shrinking it much. */
const SIZE = { width: 1180, height: 720 };

/** Limit for the size of a moving picture in bytes, so that a page with it opens quickly. */
const LARGEST = 1_500_000;

const requests = `{
  "requests": [
    {
      "name": "Wholesale customers",
      "method": "customer.list",
      "args": { "filters": { "group_id": 2 } },
      "expect": { "under": "2s" }
    },
    {
      "name": "By mail",
      "method": "customer.list",
      "args": { "filters": { "emial": { "like": "%@%" } } }
    }
  ]
}
`;

/** A picture that was created. */
export interface Picture {
  /** Path from the root. */
  readonly file: string;
  readonly bytes: number;
}

/** Creates all pictures. */
export async function makePictures(): Promise<readonly Picture[]> {
  return [...(await firstSteps()), ...(await methods()), ...(await troubles())];
}

/** The first steps, as a moving picture and two still ones. */
async function firstSteps(): Promise<readonly Picture[]> {
  const frames: Frame[] = [];
  return await inWindow({ files: { 'customers.maho.json': requests } }, async (workbench) => {
    const { page, sidebar, editors, notifications } = workbench;
    const frame = async (delay: number): Promise<Buffer> => {
      const png = await page.screenshot();
      frames.push({ png, delay });
      return png;
    };
    await sidebar.open();
    const begin = page.locator('.sidebar').getByRole('button', { name: 'Start Demo Store' });
    await begin.hover();
    await frame(2000);
    await begin.click();
    await sidebar.tree.row(/newest first, 60 in all/).waitFor();
    await sidebar.tree.row('@').waitFor();
    await frame(2000);
    await sidebar.tree.click('Emily Parker');
    const sheet = editors.webview();
    await sheet.getByText('emily.parker').first().waitFor();
    await sheet.getByRole('heading', { name: 'Addresses', exact: false }).first().waitFor();
    const customers = await frame(2600);
    await sheet.getByRole('button', { name: 'Edit', exact: true }).click();
    await field(sheet, 'lastname').fill('Parker-Doe');
    await frame(2200);
    await sheet.getByRole('button', { name: 'Review' }).click();
    await sheet.getByRole('heading', { name: 'Review' }).waitFor();
    await frame(2600);
    await sheet.getByRole('button', { name: /^Update 1 field on / }).click();
    await editors.tab(/Parker-Doe/).waitFor();
    await sidebar.tree.row('Parker-Doe').waitFor();
    await frame(2200);
    await editors.closeAll();
    await editors.openFile('customers.maho.json');
    const run = lens(page, 'Run');
    // "Run all" is first, then "Run" and "Run on…" of each request.
    await run.nth(3).waitFor();
    await frame(2400);
    await untilShown(editors.tab('Wholesale customers'), () => run.nth(1).click());
    await editors
      .webview()
      .getByText(/rows?$/)
      .first()
      .waitFor();
    await lens(page, /passed/).waitFor();
    await frame(2600);
    await run.nth(3).click();
    await editors.webview().getByText('Fault 101', { exact: true }).waitFor();
    await lens(page, /fault 101/i).waitFor();
    const answers = await frame(3600);
    if ((await notifications.texts()).length > 0) throw new Error('A notification is in the picture.');
    const moving = movingPicture(frames);
    if (moving.length > LARGEST) throw new Error(`The moving picture has ${moving.length} bytes, more than ${LARGEST}.`);
    return [await keep('customers.png', customers), await keep('requests.png', answers), await keep('first-steps.gif', moving)];
  });
}

/** The resources of a store, and the orders that one of its methods returned. */
async function methods(): Promise<readonly Picture[]> {
  const demo = await startDemoStore({ customers: 12, port: 0, wsiPort: 0 });
  const stores = [{ name: 'Shop', url: demo.urls.v2, user: demoUser.user, environment: 'development' }];
  try {
    return await inWindow({ settings: { 'mahoSoap.stores': stores } }, async (workbench) => {
      const { page, sidebar, editors, quickInput } = workbench;
      await sidebar.open();
      await sidebar.tree.expand('Shop');
      await quickInput.answer('API key of', demoUser.key);
      await sidebar.tree.expand(/^API/);
      await sidebar.tree.expand('catalog_product');
      await sidebar.tree.expand('sales_order');
      const form = await openMethodForm(workbench, 'sales_order.list');
      await form.getByRole('button', { name: 'Add condition' }).click();
      await form.getByLabel('Attribute of condition 1').fill('increment_id');
      await form.getByLabel('Operator of condition 1').selectOption('is at least');
      await form.getByLabel('Value of condition 1').fill('100000003');
      await form.getByLabel('Value of condition 1').press('Enter');
      await editors.tab(/^sales_order\.list/).waitFor();
      await editors.close('Run sales_order.list');
      const view = editors.webview();
      await view.getByRole('gridcell', { name: '100000003', exact: true }).click();
      await view.getByRole('button', { name: /100000003$/ }).waitFor();
      await sidebar.tree.reveal('Retrieve list of orders by filters');
      return [await keep('methods.png', await page.screenshot())];
    });
  } finally {
    await demo.close();
  }
}

/** Stores that cannot be used, each for a different reason. */
async function troubles(): Promise<readonly Picture[]> {
  const demo = await startDemoStore({ customers: 20, port: 0, wsiPort: 0 });
  const store = (name: string, environment: string, url: string, user: string): object => ({ name, environment, url, user });
  try {
    const stores = [
      store('Staging DE', 'staging', demo.urls.v2, demoUser.user),
      store('Sandbox', 'development', demo.urls.v1, demoUser.user),
      store('Shop', 'production', 'http://127.0.0.1:9/', demoUser.user),
    ];
    return await inWindow({ settings: { 'mahoSoap.stores': stores } }, async ({ page, sidebar, quickInput }) => {
      await sidebar.open();
      for (const [name, key] of [
        ['Sandbox', 'wrong'],
        ['Shop', demoUser.key],
      ] as const) {
        await sidebar.tree.expand(name);
        await quickInput.answer('API key of', key);
        await sidebar.tree.row(name).locator('.actions').waitFor({ state: 'attached' });
      }
      await sidebar.tree.row('refused the connection').waitFor();
      const row = await sidebar.tree.reveal('The store refuses');
      await row.hover();
      await page.locator('.monaco-hover', { hasText: 'Learn more' }).filter({ visible: true }).waitFor();
      return [await keep('faults.png', await page.screenshot({ clip: { x: 0, y: 0, width: SIZE.width, height: 420 } }))];
    });
  } finally {
    await demo.close();
  }
}

/** Opens a window for pictures, and closes it in any case. */
async function inWindow<T>(options: WorkbenchOptions, body: (workbench: Workbench) => Promise<T>): Promise<T> {
  const workbench = await Workbench.open({ ...options, userSettings: { 'breadcrumbs.enabled': false } });
  try {
    await workbench.page.setViewportSize(SIZE);
    return await body(workbench);
  } catch (error) {
    await workbench.screenshot('failed pictures');
    throw error;
  } finally {
    await workbench.close();
  }
}

function lens(page: Page, title: string | RegExp): Locator {
  return page.locator('.editor-group-container .codelens-decoration a', { hasText: title });
}

async function keep(name: string, content: Uint8Array): Promise<Picture> {
  const file = path.join(root, FOLDER, name);
  await writeFile(file, content);
  return { file: `${FOLDER}/${name}`, bytes: (await stat(file)).size };
}
