// The entry point of the suite inside the extension host: for the payload way (test/workbench) and for @vscode/test-electron alike.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { ReportLines } from './support/reporter';

const FIRST = 'loaded.test.cjs';

/** Runs every bundled `*.test.cjs` beside this file (`MAHO_SOAP_GREP` narrows them down). Rejects when one failed. */
export function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'tdd',
    color: false,
    // In ms, for what hangs: a machine that is busy with other work has to pass too.
    timeout: 120_000,
    reporter: ReportLines,
    ...(process.env.MAHO_SOAP_GREP && { grep: process.env.MAHO_SOAP_GREP }),
  });
  const files = readdirSync(__dirname)
    .filter((file) => file.endsWith('.test.cjs'))
    .sort();
  // First what the extension loads, as long as nothing has used it.
  for (const file of [...files.filter((name) => name === FIRST), ...files.filter((name) => name !== FIRST)])
    mocha.addFile(path.join(__dirname, file));
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} tests failed.`));
      else resolve();
    });
  });
}
