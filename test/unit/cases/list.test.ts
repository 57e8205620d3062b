import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

const tests = resolve(import.meta.dirname, '../..');

/** For each case from practice, the test file that checks its correct result, and a part of its input that this file contains. */
const cases: Readonly<Record<string, readonly [file: string, input: string]>> = {
  '01-soap12-rpc-result': ['unit/soap/cases.test.ts', '01-list.xml'],
  '22-excel-sep-line': ['unit/cases/files.test.ts', '22-excel-sep-line'],
  '28-blank-tail-columns': ['unit/cases/files.test.ts', '28-blank-tail-columns'],
  '30-stray-quotes': ['unit/cases/files.test.ts', '30-stray-quotes'],
  '31-name-and-last-name': ['unit/cases/files.test.ts', '31-name-and-last-name'],
  '36-excel-changed-the-values': ['unit/cases/files.test.ts', '36-excel-changed-the-values'],
  '47-php-one-argument-calls': ['unit/codegen/detect-claims.test.ts', '47-php-one-argument-calls/input.php'],
  '48-other-peoples-call': ['unit/codegen/detect-claims.test.ts', '48-other-peoples-call/wallet.js'],
  '50-content-length-off': ['unit/cases/transport.test.ts', 'case 50'],
  '52-address-forms': ['unit/cases/transport.test.ts', 'case 52'],
  '55-proxies': ['unit/store/http/proxies.test.ts', 'Real proxies on loopback'],
  '58-wsdl-oddities': ['unit/cases/wsdl.test.ts', 'cases 58 and 63'],
  '63-types-php-any-field': ['unit/cases/wsdl.test.ts', 'cases 58 and 63'],
  '64-get-without-query': ['unit/store/endpoints.test.ts', 'loses ?wsdl is named'],
  '66-request-files': ['unit/requests/verdicts.test.ts', 'latin1.maho.json'],
  '67-raw-encodings': ['unit/cli/text-input.test.ts', 'cp1252.xml'],
  '72-repeated-children': ['unit/soap/cases.test.ts', '72-typed-leaf.xml'],
  '77-number-precision': ['unit/cases/files.test.ts', '77-number-precision'],
};

for (const [name, [file, input]] of Object.entries(cases)) {
  test(`the case ${name} has a test`, () => assert.ok(readFileSync(join(tests, file), 'utf8').includes(input), file));
}
