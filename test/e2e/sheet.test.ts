import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, describe } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import * as z from 'zod/mini';
import { startDemoStore } from '../../src/demo';
import { demoAccount, recordedCustomers } from './support/stores';
import { inWorkbench } from './support/suite';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.string()) }));

describe('The customer sheet', () => {
  const demo = startDemoStore({ seedFile: recordedCustomers });
  const test = inWorkbench(async () => {
    const { urls } = await demo;
    return { settings: { 'mahoSoap.stores': [{ name: 'Staging DE', url: urls.v2, user: demoAccount.user, environment: 'staging' }] } };
  });
  after(async () => { await (await demo).close(); });

  test('shows every attribute of a customer as text, says what V2 cannot return, and keeps secrets to itself', async ({ sidebar, quickInput, editors, page, csp, screenshot }) => {
    await sidebar.open();
    await sidebar.tree.expand('Staging DE');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await sidebar.tree.row('60 in all').waitFor();
    await sidebar.tree.inlineAction('benjerry@example.com', 'Open Customer Sheet');
    await editors.tab('Ben & Jerry <script>alert("x")</script>').waitFor();
    const sheet = editors.webview();
    await sheet.getByRole('heading', { level: 1, name: 'Ben & Jerry <script>alert("x")</script>' }).waitFor();
    assert.equal(await value(sheet, 'lastname'), '<script>alert("x")</script>');
    assert.equal(await value(sheet, 'middlename'), 'not set');
    assert.equal(await value(sheet, 'gender'), 'not returned over V2');
    assert.equal(await value(sheet, 'password_hash'), '••••••');
    assert.ok(!(await sheet.locator('html').innerHTML()).includes('ae1f1c9c2ae3593ccaeb5367'), 'the page never got the secret');
    await screenshot('customer sheet');
    assert.deepEqual(await accessibility(sheet), []);

    await sheet.locator('dt', { hasText: 'password_hash' }).locator('+ dd').hover();
    await sheet.getByRole('button', { name: 'Reveal Password hash' }).click();
    await sheet.locator('dd', { hasText: 'ae1f1c9c2ae3593ccaeb5367' }).waitFor();

    await sheet.locator('dt', { hasText: /^E-mail/ }).locator('+ dd').hover();
    await sheet.getByRole('button', { name: 'Copy E-mail' }).click();
    await page.waitForFunction(async () => (await navigator.clipboard.readText()) === 'benjerry@example.com');
    assert.deepEqual(csp.all, []);
  });

  test('says what went wrong and reads the customer again on Retry', async ({ sidebar, editors, screenshot, csp }) => {
    const store = await demo;
    store.setFaults({ deny: true });
    await sidebar.tree.inlineAction('wang@example.com', 'Open Customer Sheet');
    const sheet = editors.webview();
    await sheet.getByRole('alert').getByText('Access denied.').waitFor();
    await screenshot('customer sheet, denied');
    assert.deepEqual(await accessibility(sheet), []);
    store.setFaults({});
    await sheet.getByRole('button', { name: 'Retry' }).click();
    await sheet.locator('dd', { hasText: 'wang@example.com' }).first().waitFor();
    assert.deepEqual(csp.all, []);
  });
});

async function value(sheet: FrameLocator, code: string): Promise<string> {
  return (await sheet.locator('dt', { has: sheet.locator('code', { hasText: new RegExp(`^${code}$`) }) }).locator('+ dd').locator('span').first().innerText()).trim();
}

/** What axe finds wrong with the page. */
async function accessibility(sheet: FrameLocator): Promise<unknown> {
  const frame = await (await sheet.locator('body').elementHandle())?.ownerFrame();
  assert.ok(frame);
  await frame.evaluate(axe);
  const found = await frame.evaluate<unknown>("axe.run(document, { rules: { region: { enabled: false } } }).then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))");
  return violations.parse(found);
}
