import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { dialectLabels, soapDialects, type SoapDialect } from '../../src/api/dialect';
import { startDemoStore, type DemoStore } from '../../src/demo';
import type { BenchRow } from './report';

const CUSTOMERS = 100_000;
const IMPORTED = 10_000;

/** Export and import: peak memory of a separate process, including Node and the TypeScript loader, and customers per second. */
export async function benchTransfer(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'bench-transfer-'));
  const large = await startDemoStore({ customers: CUSTOMERS });
  const small = await startDemoStore({ customers: IMPORTED, seed: 2 });
  const empty = await startDemoStore({ customers: 0 });
  const add = (name: string, { rows: customers, ms, megabytes }: Measured, wanted: number): void => {
    if (customers !== wanted) throw new Error(`${name}: ${customers} customers.`);
    rows.push({
      area: 'transfer',
      case: `${name}, memory of the process`,
      unit: 'MB',
      value: megabytes,
      peer: 'goal',
      peerValue: 200,
      ratio: 200 / megabytes,
    });
    rows.push({ area: 'transfer', case: name, unit: 'customers/s', value: (customers * 1000) / ms });
  };
  try {
    for (const dialect of soapDialects)
      add(
        `export of ${CUSTOMERS} customers to CSV over ${dialectLabels[dialect]}`,
        await measure('csv', dialect, large, join(folder, `${dialect}.csv`)),
        CUSTOMERS,
      );
    add(
      `export of ${CUSTOMERS} customers to JSON Lines over V2`,
      await measure('jsonl', 'v2', large, join(folder, 'all.jsonl')),
      CUSTOMERS,
    );
    await measure('csv', 'v1', small, join(folder, 'small.csv'));
    add(`import of ${IMPORTED} customers, preview and run`, await measure('import', 'v2', empty, join(folder, 'small.csv')), IMPORTED);
  } finally {
    await Promise.all([large.close(), small.close(), empty.close(), rm(folder, { recursive: true })]);
  }
  return rows;
}

const measured = z.object({ rows: z.number(), ms: z.number(), megabytes: z.number(), bytes: z.number() });
type Measured = z.infer<typeof measured>;

async function measure(action: 'csv' | 'jsonl' | 'import', dialect: SoapDialect, store: DemoStore, file: string): Promise<Measured> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'transfer-process.ts'), action, dialect, store.urls[dialect], file],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => {
    told += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`The process ended with ${code}.`);
  return measured.parse(JSON.parse(told));
}
