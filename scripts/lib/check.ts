import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type Row, Sidebar, type Tree } from '../../test/e2e/support/sidebar';
import { QuickInput } from '../../test/e2e/support/quick-input';
import { launchBrowser } from '../../test/workbench/browser';
import { demoUser } from './demo-store';
import { out } from './project';

/** How long to wait for customers in the sidebar, in ms. */
const LIMIT_MS = 90_000;

/**
 * Opens a workbench headless and does what a new user would do: opens the container, expands the first store, enters the key. Saves
 * `out/check.png` in any case.
 * @returns number of customers in the sidebar
 */
export async function checkCustomers(url: string): Promise<number> {
  await mkdir(out, { recursive: true });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(LIMIT_MS);
    try {
      await page.goto(url);
      return await showCustomers(page);
    } finally {
      await page.screenshot({ path: path.join(out, 'check.png') });
    }
  } finally {
    await browser.close();
  }
}

async function showCustomers(page: Page): Promise<number> {
  const sidebar = new Sidebar(page, 'Maho SOAP');
  const quickInput = new QuickInput(page);
  await sidebar.open();
  const stores = sidebar.view('Stores');
  await stores.expand('Demo store (V2)');
  const until = Date.now() + LIMIT_MS;
  let seen: Row[] = [];
  while (Date.now() < until) {
    if (await quickInput.box.isVisible()) await quickInput.answer(/key/i, demoUser.key);
    const customers = stores.row(/^\s*Customers/);
    if (await customers.isVisible()) {
      if ((await customers.getAttribute('aria-expanded')) === 'false') await stores.expand(/^\s*Customers/);
      const found = await customersIn(stores);
      if (found > 0) return found;
    }
    seen = await stores.rows();
    await delay(200);
  }
  throw new Error(
    `The side bar showed no customer after ${LIMIT_MS / 1000} s. It ` +
      `shows:\n${seen.map((row) => `${'  '.repeat(row.level)}${row.label}  ${row.description}`).join('\n')}`,
  );
}

/** A customer's row shows the e-mail address, or the ID where there is none. */
async function customersIn(tree: Tree): Promise<number> {
  const rows = await tree.children('Customers');
  return rows.filter(({ label, description }) => /@|#\d/.test(`${label} ${description}`)).length;
}
