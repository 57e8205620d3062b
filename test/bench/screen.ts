import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { lowerIsBetter, type BenchRow } from './report';

const times = z.array(z.object({ dialect: z.string(), small: z.number(), large: z.number() }));

/**
 * Time until the first customers are on the screen of a real VS Code, in a store with 100,000 customers compared with one with 100. Has the
 * same requirements as the end-to-end tests.
 */
export async function benchScreen(): Promise<BenchRow[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    path.join(import.meta.dirname, '../e2e/bench/first-customers.ts'),
  ]);
  return times.parse(JSON.parse(stdout)).map(({ dialect, small, large }) =>
    lowerIsBetter({
      area: 'screen',
      case: `first of 100000 customers on screen ${dialect}; goal: at most 1.5 times those of 100`,
      unit: 'ms',
      value: large,
      peer: 'of 100',
      peerValue: small,
    }),
  );
}
