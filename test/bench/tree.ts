import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { customer } from '../../src/api/resources/customer';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { isRecord } from '../../src/api/value';
import { startDemoStore, type DemoStore } from '../../src/demo';
import { planFor } from '../../src/extension/find/queries';
import { search } from '../../src/extension/find/search';
import { RowList } from '../../src/extension/customer/row-list';
import { summarize } from '../../src/extension/customer/customer-summary';
import { StoreClient } from '../../src/store/calls/client';
import { listOf } from '../support/lists';
import { lowerIsBetter, type BenchRow } from './report';

const LARGE = 100_000;
const SMALL = 100;
const ROUNDS = 7;

/**
 * The sidebar's list of customers without the editor: the time until the first customers of a large store compared with a small one,
 * finding an e-mail address in it, and the memory of ten windows (in a separate process, because the extension host is one).
 */
export async function benchTree(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const large = await startDemoStore({ customers: LARGE });
  const small = await startDemoStore({ customers: SMALL });
  try {
    for (const dialect of soapDialects) {
      const [inSmall, inLarge] = await fastestFirsts(small, large, dialect);
      rows.push(
        lowerIsBetter({
          area: 'tree',
          case: `first customers of ${LARGE} ${dialect}, without the editor`,
          unit: 'ms',
          value: inLarge,
          peer: `of ${SMALL}`,
          peerValue: inSmall,
        }),
      );
      rows.push(
        lowerIsBetter({
          area: 'tree',
          case: `first customers of ${LARGE} ${dialect}, for each customer shown`,
          unit: 'ms',
          value: inLarge / 100,
          peer: `of ${SMALL}`,
          peerValue: inSmall / 100,
        }),
      );
    }
    rows.push({ area: 'tree', case: `find one e-mail address among ${LARGE}`, unit: 'ms', value: await findTime(large) });
    const megabytes = Number(
      (
        await promisify(execFile)(process.execPath, [
          '--import',
          'tsx',
          '--expose-gc',
          path.join(import.meta.dirname, 'tree-memory.ts'),
          large.urls.v2,
        ])
      ).stdout,
    );
    rows.push({
      area: 'tree',
      case: 'memory after ten windows, over what it was at the start',
      unit: 'MB',
      value: megabytes,
      peer: 'goal',
      peerValue: 60,
      ratio: 60 / Math.max(megabytes, 0.1),
    });
  } finally {
    await large.close();
    await small.close();
  }
  return rows;
}

/**
 * Times until the first customers of two stores are loaded, without the login, in ms. Both are measured in turns, so that neither benefits
 * more from compiled code.
 */
async function fastestFirsts(...[small, large, dialect]: readonly [DemoStore, DemoStore, SoapDialect]): Promise<readonly [number, number]> {
  const clients = [clientOf(small, dialect), clientOf(large, dialect)] as const;
  const best: [number, number] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    for (const which of [0, 1] as const) best[which] = Math.min(best[which], await firstTime(clients[which]));
  }
  for (const client of clients) await client.close();
  return best;
}

async function firstTime(client: StoreClient): Promise<number> {
  await client.login();
  const list = new RowList(listOf(client), customer, () => 'newest');
  const start = performance.now();
  await list.loadFirst();
  const time = performance.now() - start;
  if (list.problem !== undefined || list.rows.length < 100) throw new Error('The customers did not come.');
  return time;
}

async function findTime(demo: DemoStore): Promise<number> {
  const client = clientOf(demo, 'v2');
  const { value } = await client.call('customer.info', { customerId: LARGE / 2 });
  const { email } = summarize(isRecord(value) ? value : {});
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let found = 0;
    await search(client, planFor(email), {
      signal: new AbortController().signal,
      onFound: (all) => {
        found = all.reduce((sum, { rows }) => sum + rows.length, 0);
      },
    });
    best = Math.min(best, performance.now() - start);
    if (found !== 1) throw new Error(`${email} was found ${found} times.`);
  }
  await client.close();
  return best;
}

function clientOf(demo: DemoStore, dialect: SoapDialect): StoreClient {
  const [account] = demo.users;
  return new StoreClient(
    { name: 'Demo', url: demo.urls[dialect], user: account?.user ?? '' },
    { key: () => Promise.resolve(account?.key ?? '') },
  );
}
