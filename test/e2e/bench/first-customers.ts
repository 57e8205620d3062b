import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { demoAccount } from '../support/stores';
import { Workbench } from '../support/workbench';

const LARGE = 100_000;
const SMALL = 100;
const ROUNDS = 5;

/**
 * The time that a user waits: from the click on Retry, which connects again, to the first customers on the screen of a real VS Code.
 * Writes `[{ dialect, small, large }]` in ms, the fastest of several alternating rounds.
 */
async function measure(): Promise<{ readonly dialect: SoapDialect; readonly small: number; readonly large: number }[]> {
  const stores = [await startDemoStore({ customers: SMALL }), await startDemoStore({ customers: LARGE })] as const;
  const workbench = await Workbench.open({
    settings: { 'mahoSoap.stores': stores.flatMap((demo, index) => soapDialects.map((dialect) => entry(demo, index, dialect))) },
  });
  try {
    await workbench.sidebar.open();
    const rows: { dialect: SoapDialect; small: number; large: number }[] = [];
    for (const dialect of soapDialects) {
      const times: [number, number] = [Infinity, Infinity];
      for (let round = 0; round < ROUNDS; round++) {
        for (const which of [0, 1] as const) times[which] = Math.min(times[which], await firstTime(workbench, name(which, dialect)));
      }
      rows.push({ dialect, small: times[0], large: times[1] });
    }
    return rows;
  } finally {
    await workbench.close();
    for (const demo of stores) await demo.close();
  }
}

const name = (which: number, dialect: SoapDialect): string => `${which === 0 ? 'Small' : 'Large'} ${dialect}`;

function entry(demo: DemoStore, which: number, dialect: SoapDialect): object {
  return { name: name(which, dialect), url: demo.urls[dialect], user: demoAccount.user };
}

/** Time from the click to the first customers, in ms. Afterwards the store is disconnected again and its row is as before. */
async function firstTime({ sidebar, quickInput, page }: Workbench, store: string): Promise<number> {
  if ((await sidebar.tree.row(store).locator('.actions a[aria-label^="Retry"]').count()) === 0) {
    await sidebar.tree.expand(store);
    await quickInput.answer('API key of apiUser', demoAccount.key);
    await page.locator('.sidebar .monaco-list-row', { hasText: '@' }).first().waitFor();
    await sidebar.tree.contextMenu(store, 'Disconnect');
    await page.locator('.sidebar .monaco-list-row', { hasText: '@' }).first().waitFor({ state: 'detached' });
  }
  await sidebar.tree.row(store).locator('.actions a[aria-label^="Retry"]').waitFor({ state: 'attached' });
  const start = performance.now();
  await sidebar.tree.inlineAction(store, 'Retry');
  await page.locator('.sidebar .monaco-list-row', { hasText: '@' }).first().waitFor();
  const time = performance.now() - start;
  // The menu of a row follows the row's state with a short delay.
  await page.waitForTimeout(1500);
  await sidebar.tree.contextMenu(store, 'Disconnect');
  await page.locator('.sidebar .monaco-list-row', { hasText: '@' }).first().waitFor({ state: 'detached' });
  return time;
}

process.stdout.write(JSON.stringify(await measure()));
