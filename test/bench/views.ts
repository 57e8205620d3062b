import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import type { BenchRow } from './report';

const measured = z.array(z.object({ name: z.string(), unit: z.string(), value: z.number() }));

/** Times and memory of tables and sheets in a real VS Code. Has the requirements of the end-to-end tests, and needs Linux. */
export async function benchViews(): Promise<BenchRow[]> {
  const script = path.join(import.meta.dirname, '../e2e/bench/views.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  return measured.parse(JSON.parse(stdout)).map(({ name, unit, value }) => ({ area: 'views', case: name, unit, value }));
}
