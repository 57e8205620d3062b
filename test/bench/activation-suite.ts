// Runs in the extension host: activates the extension once and writes the measured values to the file that MAHO_SOAP_TEST_REPORT names.
import { statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Activation } from './activation';

/** The entry point that VS Code calls. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('maho-soap-toolkit.maho-soap-toolkit');
  const file = process.env.MAHO_SOAP_TEST_REPORT;
  if (extension === undefined || file === undefined) throw new Error('There is no extension to measure, or no file to write to.');
  if (extension.isActive) throw new Error('The extension is active already: something in the empty workspace needed it.');
  const busy = await untilQuiet();
  const begun = performance.now();
  await extension.activate();
  const ms = performance.now() - begun;
  const files = Object.keys(require.cache).filter((loaded) => loaded.startsWith(extension.extensionUri.fsPath));
  writeFileSync(
    file,
    JSON.stringify({
      ms,
      busy,
      files: files.length,
      bytes: files.reduce((sum, loaded) => sum + statSync(loaded).size, 0),
    } satisfies Activation),
  );
}

/** How long the processors must be idle, in ms. */
const QUIET_MS = 1000;

/** Maximum time to wait for that, in ms. A busy machine is measured too, and the table shows how busy it was. */
const WAIT_LIMIT_MS = 20_000;

/** Highest share of all processors' time at which a machine is considered idle. */
const QUIET_SHARE = 0.1;

/**
 * Waits until the processors are idle, because VS Code itself goes on starting for some seconds after its extension host, which would
 * distort the measurement.
 * @returns the share of all processors' time that was used in the last second, 0 to 1
 */
async function untilQuiet(): Promise<number> {
  for (const end = performance.now() + WAIT_LIMIT_MS; ;) {
    const before = processorTime();
    await sleep(QUIET_MS);
    const after = processorTime();
    const share = (after.used - before.used) / Math.max(1, after.all - before.all);
    if (share <= QUIET_SHARE || performance.now() > end) return share;
  }
}

/** Processor time since the machine started, in ms, as the sum of all processors. */
function processorTime(): { used: number; all: number } {
  const times = cpus().map(({ times }) => times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const used = times.reduce((sum, time) => sum + time.user + time.nice + time.sys + time.irq, 0);
  return { used, all: used + idle };
}
