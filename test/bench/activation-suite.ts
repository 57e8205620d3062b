// Runs inside the extension host: activates the extension once and writes the time it took, in ms, into the file that MAHO_SOAP_TEST_REPORT names.
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';

/** The entry point that VS Code calls. */
export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('maho-soap-toolkit.maho-soap-toolkit');
  const file = process.env.MAHO_SOAP_TEST_REPORT;
  if (extension === undefined || file === undefined) throw new Error('There is no extension to measure, or no file to write to.');
  if (extension.isActive) throw new Error('The extension is active already: something in the empty workspace needed it.');
  const begun = performance.now();
  await extension.activate();
  writeFileSync(file, JSON.stringify(performance.now() - begun));
}
