// Runs inside the extension host: activates the extension once and writes what that took into the file that MAHO_SOAP_TEST_REPORT names.
import { statSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { Activation } from './activation';

/** The entry point that VS Code calls. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('maho-soap-toolkit.maho-soap-toolkit');
  const file = process.env.MAHO_SOAP_TEST_REPORT;
  if (extension === undefined || file === undefined) throw new Error('There is no extension to measure, or no file to write to.');
  if (extension.isActive) throw new Error('The extension is active already: something in the empty workspace needed it.');
  const [load = 0] = loadavg();
  const begun = performance.now();
  await extension.activate();
  const ms = performance.now() - begun;
  const files = Object.keys(require.cache).filter((loaded) => loaded.startsWith(extension.extensionUri.fsPath));
  writeFileSync(
    file,
    JSON.stringify({
      ms,
      load,
      files: files.length,
      bytes: files.reduce((sum, loaded) => sum + statSync(loaded).size, 0),
    } satisfies Activation),
  );
}
