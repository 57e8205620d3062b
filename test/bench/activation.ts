import { build } from 'esbuild';
import { mkdtemp, readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runNode } from '../../scripts/lib/command';
import { out, root } from '../../scripts/lib/project';
import { removeFolder, runHostSuite } from '../workbench/host-suite';
import { lowerIsBetter, type BenchRow } from './report';

const ROUNDS = 3;

/** Longest that nobody notices, in ms. */
const GOAL = 50;

/** What somebody waits for when a view, a command or a file first needs the extension: loading the bundle as it is shipped, and `activate()`, in the extension host of a real VS Code. */
export async function benchActivation(): Promise<BenchRow[]> {
  const built = await runNode(['scripts/build.mjs', '--production'], { limit: 120_000, logFile: path.join(out, 'build.log') });
  if (built.code !== 0) throw new Error(`The build failed.\n${built.output}`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-activation-'));
  try {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await once(folder));
    const { size } = await stat(path.join(root, 'dist/extension.cjs'));
    return [
      lowerIsBetter({ area: 'activation', case: 'load and activate in the extension host', unit: 'ms', value: Math.min(...times), peer: 'goal', peerValue: GOAL }),
      { area: 'activation', case: 'bundle that is loaded', unit: 'kB', value: size / 1000 },
    ];
  } finally {
    await removeFolder(folder);
  }
}

/** Every round has a VS Code of its own: a second activation would find the code loaded. */
async function once(folder: string): Promise<number> {
  const tests = path.join(folder, 'suite.cjs');
  await build({ entryPoints: [path.join(import.meta.dirname, 'activation-suite.ts')], outfile: tests, bundle: true, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'], logLevel: 'silent' });
  const report = path.join(folder, 'report.json');
  const code = await runHostSuite({ extension: root, tests, workspace: folder, env: { MAHO_SOAP_TEST_REPORT: report }, logFile: path.join(out, 'activation.log'), limit: 120_000 });
  if (code !== 0) throw new Error(`The extension host ended with ${code}; see out/activation.log.`);
  return Number(await readFile(report, 'utf8'));
}
