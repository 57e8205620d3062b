import { build } from 'esbuild';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { dialectLabels } from '../../src/api/dialect';
import { readService } from '../../src/soap/wsdl/read-service';
import type { describeService } from '../../src/store/soap/describe';
import { withoutUnused } from '../../scripts/lib/left-out.mjs';
import { hostileWsdl, hugeWsdl, plainWsdl, spoils } from '../fuzz/wsdls';
import { Random } from '../support/random';
import { wireFile } from '../support/wire';
import { lowerIsBetter, type BenchRow } from './report';

/** Maximum time until a hostile WSDL results in an error, in milliseconds. */
const GOAL_MS = 10_000;

const ROUNDS = 5;

/** Reading WSDLs in a separate thread, as the bundles do, compared with this thread; and hostile WSDLs until their error. */
export async function benchWsdl(): Promise<BenchRow[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-bench-wsdl-'));
  try {
    await build({
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
      define: { 'import.meta.filename': '__filename' },
      entryPoints: { describe: 'src/store/soap/describe.ts', 'wsdl-reader': 'src/store/soap/wsdl-reader.ts' },
      outdir: folder,
      outExtension: { '.js': '.cjs' },
      plugins: [withoutUnused],
      logLevel: 'warning',
    });
    const built: unknown = createRequire(import.meta.url)(path.join(folder, 'describe.cjs'));
    if (!hasDescribe(built)) throw new Error('The bundle does not describe services.');
    return [...(await plain(built.describeService)), ...(await hostile(built.describeService))];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function plain(describe: typeof describeService): Promise<BenchRow[]> {
  const files = { v1: 'wsdl-v1.xml', v2: 'wsdl-v2.xml', wsi: 'wsdl-v2-wsi.xml' } as const;
  const rows: BenchRow[] = [];
  for (const dialect of ['v1', 'v2', 'wsi'] as const) {
    const body = Buffer.from(wireFile(files[dialect]));
    const apart = await best(() => describe(body));
    const here = await best(() => readService(body, ''));
    const what = `the WSDL of ${dialectLabels[dialect]}, ${Math.round(body.length / 1024)} kB`;
    rows.push(lowerIsBetter({ area: 'wsdl', case: what, unit: 'ms', value: apart, peer: 'in a thread that is warm', peerValue: here }));
  }
  return rows;
}

async function hostile(describe: typeof describeService): Promise<BenchRow[]> {
  const doubling = spoils['types that double at each step']?.(plainWsdl('wsi'), new Random(5)) ?? '';
  const chain = spoils['a chain of extensions']?.(plainWsdl('wsi'), new Random(5)) ?? '';
  const polluting = spoils['a part called __proto__']?.(plainWsdl('v2'), new Random(5)) ?? '';
  const many = Array.from({ length: 25 }, (_, seed) => hostileWsdl(seed).text);
  const cases = {
    'one that never ends (types that double at each step)': [doubling],
    'a long chain of extensions': [chain],
    'one that pollutes (a part called __proto__)': [polluting],
    'one that needs 4 GB (5,000 types with 20,000 fields each)': [hugeWsdl('wsi')],
    'the slowest of 25 hostile ones': many,
  };
  const rows: BenchRow[] = [];
  for (const [name, texts] of Object.entries(cases)) {
    let slowest = 0;
    for (const text of texts) slowest = Math.max(slowest, await taken(() => describe(Buffer.from(text)).catch(() => undefined)));
    rows.push(
      lowerIsBetter({ area: 'wsdl', case: `${name}, until it ends`, unit: 'ms', value: slowest, peer: 'goal', peerValue: GOAL_MS }),
    );
  }
  return rows;
}

async function best(action: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) least = Math.min(least, await taken(action));
  return least;
}

async function taken(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

function hasDescribe(built: unknown): built is { readonly describeService: typeof describeService } {
  return typeof built === 'object' && built !== null && 'describeService' in built && typeof built.describeService === 'function';
}
