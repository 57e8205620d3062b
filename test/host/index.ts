// The entry point of the suite inside the extension host, for the server in test/workbench and for @vscode/test-electron.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { HANGS_AFTER_MS } from './support/extension';
import { ReportLines } from './support/reporter';

const FIRST = 'loaded.test.cjs';

/** Runs every bundled `*.test.cjs` in this folder (`MAHO_SOAP_GREP` filters them by name). Rejects when one failed. */
export function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'tdd',
    color: false,
    // A test waits for several things, and says itself which of them did not come.
    timeout: 3 * HANGS_AFTER_MS,
    reporter: ReportLines,
    ...(process.env.MAHO_SOAP_GREP && { grep: process.env.MAHO_SOAP_GREP }),
  });
  const files = readdirSync(__dirname)
    .filter((file) => file.endsWith('.test.cjs'))
    .sort();
  // The test of the loaded files is first, as long as nothing has used the extension.
  for (const file of [...files.filter((name) => name === FIRST), ...files.filter((name) => name !== FIRST)])
    mocha.addFile(path.join(__dirname, file));
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} tests failed.`));
      else resolve();
    });
  });
}
