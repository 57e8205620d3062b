// The entry point of the suite inside the extension host: for the payload way (test/workbench) and for @vscode/test-electron alike.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import { ReportLines } from './support/reporter';

/** Runs every bundled `*.test.cjs` beside this file (`MAHO_SOAP_GREP` narrows them down). Rejects when one failed. */
export function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'tdd',
    color: false,
    timeout: 20_000,
    reporter: ReportLines,
    ...(process.env.MAHO_SOAP_GREP && { grep: process.env.MAHO_SOAP_GREP }),
  });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(__dirname, file));
  }
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} tests failed.`));
      else resolve();
    });
  });
}
