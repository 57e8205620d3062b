import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startDemoStore } from '../../../src/demo';
import { demoAccount } from '../support/stores';
import { until } from '../support/waiting';
import { Workbench } from '../support/workbench';

const CUSTOMERS = 5_000;
const SHEETS = 20;
const MB = 1_000_000;

/** The cost of views: memory in MB, time in ms. */
interface Measured {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
}

/**
 * Memory of the extension host (private memory by the system's figures) and of the window (JavaScript heap) after scrolling through 5,000
 * rows and after opening twenty sheets, and the time from a command to the first picture of a sheet when a sheet was opened before.
 * Writes a list of {@link Measured}.
 */
async function measure(): Promise<readonly Measured[]> {
  const demo = await startDemoStore({ customers: CUSTOMERS });
  const workbench = await Workbench.open({
    settings: { 'mahoSoap.stores': [{ name: 'Shop', url: demo.urls.v2, user: demoAccount.user }] },
  });
  try {
    const { sidebar, quickInput, page } = workbench;
    await page.addInitScript({ content: NOTE_COMMANDS });
    await workbench.reload();
    await sidebar.open();
    await sidebar.tree.expand('Shop');
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await page.locator('.sidebar .monaco-list-row', { hasText: '@' }).first().waitFor();
    const host = await hostOf(workbench);
    const rows: Measured[] = [{ name: 'extension host before', unit: 'MB', value: await memoryOf(host) }];
    rows.push(...(await scrolled(workbench, host)), ...(await sheets(workbench, host)));
    return rows;
  } finally {
    await workbench.close();
    await demo.close();
  }
}

async function scrolled({ sidebar, editors, page }: Workbench, host: number): Promise<readonly Measured[]> {
  const before = await heapOf(page);
  await sidebar.tree.contextMenu(/newest first/, 'Open as Table');
  const view = editors.webview();
  await view.locator('#cell-0-1').click();
  const first = await heapOf(page);
  const grid = view.getByRole('grid');
  const shown = async (): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1;
  for (let rows = await shown(); rows < CUSTOMERS; rows = await shown()) {
    await page.keyboard.press('Control+End');
    const seen = rows;
    await until(async () => (await shown()) > seen || seen >= CUSTOMERS);
  }
  await page.keyboard.press('Control+Home');
  for (let screen = 0; screen < CUSTOMERS / 20; screen++) await page.keyboard.press('PageDown');
  const measured = [
    { name: `extension host after ${CUSTOMERS} rows`, unit: 'MB', value: await memoryOf(host) },
    { name: 'window before a table is open', unit: 'MB', value: before },
    { name: 'window with a table, first rows', unit: 'MB', value: first },
    { name: `window with a table after ${CUSTOMERS} rows`, unit: 'MB', value: await heapOf(page) },
    { name: 'rows in the page of the table', unit: 'rows', value: await view.locator('.body .row').count() },
  ];
  await editors.closeAll();
  return measured;
}

async function sheets(workbench: Workbench, host: number): Promise<readonly Measured[]> {
  const { sidebar, page } = workbench;
  await sidebar.open();
  const customers = (await sidebar.tree.rows()).filter(({ description }) => description.includes('@')).slice(0, SHEETS);
  // Enter opens each sheet in a separate tab, a click opens all of them in one.
  const own: number[] = [];
  for (const { label, description } of customers) own.push(await firstPicture(workbench, label, description, true));
  const measured = [
    { name: `extension host after ${SHEETS} sheets`, unit: 'MB', value: await memoryOf(host) },
    { name: `window after ${SHEETS} sheets`, unit: 'MB', value: await heapOf(page) },
  ];
  await workbench.editors.closeAll();
  await sidebar.open();
  const shared: number[] = [];
  for (const { label, description } of customers) shared.push(await firstPicture(workbench, label, description, false));
  return [
    ...measured,
    ...timesOf('sheet in its own tab, from the command to its first picture, warm', own.slice(1)),
    ...timesOf('sheet from the tree, from the command to its first picture, warm', shared.slice(1)),
  ];
}

function timesOf(name: string, times: readonly number[]): readonly Measured[] {
  const sorted = times.toSorted((a, b) => a - b);
  return [
    { name: `${name}, at best`, unit: 'ms', value: sorted[0] ?? 0 },
    { name: `${name}, median`, unit: 'ms', value: sorted[Math.floor(sorted.length / 2)] ?? 0 },
  ];
}

/**
 * Time from the moment at which the window passes the command to the extension host to the first picture with the customer's name, in ms.
 * Both moments are read in the browser, by the same clock.
 * @param tab whether the sheet gets a separate tab
 */
async function firstPicture({ sidebar, editors, page }: Workbench, label: string, description: string, tab: boolean): Promise<number> {
  const row = await sidebar.tree.reveal(description);
  // This click moves the focus to the row without opening it.
  if (tab) await row.locator('.monaco-tl-contents').click({ modifiers: ['ControlOrMeta'] });
  else for (const frame of page.frames()) await frame.evaluate(NOTE_PICTURES);
  await page.evaluate('commandTimes.length = 0');
  await (tab ? page.keyboard.press('Enter') : row.locator('.monaco-tl-contents').click());
  await editors.webview().getByRole('heading', { level: 1, name: label }).waitFor();
  const [sent] = await page.evaluate<readonly number[]>('commandTimes');
  const shown: number[] = [];
  await until(async () => {
    for (const frame of page.frames()) shown.push(...(await frame.evaluate<readonly number[]>(PICTURES_OF(label))));
    return shown.length > 0;
  });
  if (sent === undefined) throw new Error(`${label} was not opened by a command.`);
  return Math.min(...shown) - sent;
}

/**
 * Runs in a page that stays open and notes when it first shows another heading. A heading has been painted once the callback of the next
 * frame runs.
 */
const NOTE_PICTURES = `window.pictures ??= (() => {
  const pictures = [];
  let last = document.querySelector('main h1')?.textContent ?? '';
  new MutationObserver(() => {
    const heading = document.querySelector('main h1')?.textContent ?? '';
    if (heading === last) return;
    last = heading;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => pictures.push([heading, performance.timeOrigin + performance.now()]);
      port2.postMessage(undefined);
    });
  }).observe(document.documentElement, { childList: true, subtree: true });
  return pictures;
})(); undefined`;

/**
 * When a page first showed this customer, in ms since 1970: the noted time, or in a new page the time of the first paint. VS Code hides a
 * page until it is loaded completely, and nothing counts as painted before.
 */
const PICTURES_OF = (label: string): string => `(() => {
  const label = ${JSON.stringify(label)};
  if (document.querySelector('main h1')?.textContent !== label) return [];
  if (window.pictures) return window.pictures.filter(([name]) => name === label).map(([, time]) => time).slice(-1);
  return performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => performance.timeOrigin + startTime);
})()`;

/** Runs in the window and notes when the window passes on the command that opens a customer, after a click or Enter. */
const NOTE_COMMANDS = `if (window === window.top) {
  const decoder = new TextDecoder('latin1');
  const now = () => performance.timeOrigin + performance.now();
  window.commandTimes = [];
  window.WebSocket = class extends WebSocket {
    send(data) {
      const bytes = ArrayBuffer.isView(data) || data instanceof ArrayBuffer;
      if (bytes && /mahoSoap\\.(customer|row)\\.open/.test(decoder.decode(data))) window.commandTimes.push(now());
      super.send(data);
    }
  };
}`;

/**
 * JavaScript heap of the window after garbage collection, in MB. It includes VS Code and our open pages, since browsers run frames of one
 * site in one process.
 */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize / MB;
  } finally {
    await session.detach();
  }
}

/** ID of the process in which extensions run. */
async function hostOf({ folder }: Workbench): Promise<number> {
  const home = path.dirname(folder);
  const processes = await Promise.all(
    (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(async (name) => ({ id: Number(name), ...(await processOf(name)) })),
  );
  const ours = new Set(processes.filter(({ command }) => command.includes(home)).map(({ id }) => id));
  for (let more = true; more;) {
    const children = processes.filter(({ id, parent }) => ours.has(parent) && !ours.has(id));
    for (const { id } of children) ours.add(id);
    more = children.length > 0;
  }
  // The extension host of a window lives on for a while after a reload.
  const hosts = processes.filter(({ id, command }) => ours.has(id) && command.includes('--type=extensionHost'));
  const host = hosts.toSorted((one, other) => other.started - one.started)[0];
  if (host === undefined) throw new Error('The process of the extension host was not found.');
  return host.id;
}

/** Processes may end while they are read. Those have no command. */
async function processOf(id: string): Promise<{ readonly command: string; readonly parent: number; readonly started: number }> {
  try {
    const [command, stat] = await Promise.all([readFile(`/proc/${id}/cmdline`, 'utf8'), readFile(`/proc/${id}/stat`, 'utf8')]);
    // After the name, which may contain any character: the state, the parent, and the start time as the 20th field.
    const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { command, parent: Number(parent), started: Number(rest[17]) };
  } catch (error) {
    if (error instanceof Error) return { command: '', parent: 0, started: 0 };
    throw error;
  }
}

/** Private memory of a process, in MB. */
async function memoryOf(id: number): Promise<number> {
  const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
  const kilobytes = ['Private_Clean', 'Private_Dirty'].map((name) => Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(rollup)?.[1] ?? 0));
  return (kilobytes.reduce((sum, each) => sum + each, 0) * 1024) / MB;
}

process.stdout.write(JSON.stringify(await measure()));
