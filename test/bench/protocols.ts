import { dialectLabels, dialects, type Dialect } from '../../src/api/dialect';
import { customer } from '../../src/api/resources/customer';
import { startDemoStore, type DemoStore } from '../../src/demo';
import { rowWindows, StoreClient } from '../../src/store';
import { customersMatching } from '../../src/store/transfer/sources';
import type { BenchRow } from './report';

const CUSTOMERS = 10_000;
const FIRST_ROWS = 100;
const WINDOW_ROWS = 90;
const ROUNDS = 5;

/** REST and the three dialects of SOAP on the same demo store: the time to open a list, to continue it, and to export it. */
export async function benchProtocols(): Promise<BenchRow[]> {
  const demo = await startDemoStore({ product: 'maho', customers: CUSTOMERS });
  const rows: BenchRow[] = [];
  try {
    for (const dialect of dialects) {
      const over = `over ${dialectLabels[dialect]}`;
      const first = await best(async () => {
        const client = clientOf(demo, dialect);
        const ms = await timed(async () => {
          await client.login();
          await window(client, FIRST_ROWS, undefined);
        });
        await client.close();
        return ms;
      });
      rows.push({ area: 'protocols', case: `first customers ${over}, login included`, unit: 'ms', value: first });
      const client = clientOf(demo, dialect);
      await client.login();
      await window(client, FIRST_ROWS, undefined);
      const next = await best(async () => await timed(async () => await window(client, WINDOW_ROWS, CUSTOMERS / 2)));
      rows.push({ area: 'protocols', case: `a window of ${WINDOW_ROWS} customers ${over}`, unit: 'ms', value: next });
      let exported = 0;
      const ms = await timed(async () => {
        for await (const part of customersMatching(client, undefined)) exported += part.length;
      });
      if (exported !== CUSTOMERS) throw new Error(`${exported} customers came ${over}.`);
      rows.push({
        area: 'protocols',
        case: `reading ${CUSTOMERS} customers for an export ${over}`,
        unit: 'customers/s',
        value: (CUSTOMERS * 1000) / ms,
      });
      await client.close();
    }
  } finally {
    await demo.close();
  }
  return rows;
}

/** Reads the rows of the first window. @param to highest ID */
async function window(client: StoreClient, rows: number, to: number | undefined): Promise<void> {
  const filters = to === undefined ? {} : { customer_id: { from: to - rows + 1, to } };
  for await (const { rows: came } of rowWindows(client, customer, { filters, rows })) {
    if (came.length >= Math.min(rows, WINDOW_ROWS)) return;
  }
  throw new Error('Too few customers came.');
}

async function timed(action: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

async function best(measure: () => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) least = Math.min(least, await measure());
  return least;
}

function clientOf(demo: DemoStore, dialect: Dialect): StoreClient {
  const [account] = demo.users;
  const url = { ...demo.urls, rest: demo.restUrl ?? '' }[dialect];
  return new StoreClient({ name: 'Demo', url, user: account?.user ?? '', dialect }, { key: () => Promise.resolve(account?.key ?? '') });
}
