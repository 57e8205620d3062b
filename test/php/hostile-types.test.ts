import { test } from 'node:test';
import { checkPhpTypes, checkTypeScriptTypes } from '../fuzz/check-types';
import { phpSkip } from '../support/php';

const COUNT = process.env['MAHO_SOAP_FULL'] === '1' ? 3000 : 50;
const SEED = Number(process.env['SEED'] ?? 20261128);
const seeds = Array.from({ length: COUNT }, (_none, index) => SEED + index);

test('PHP types of hostile and careless WSDLs are valid PHP, execute nothing, and return their input', { skip: phpSkip }, async () => {
  await checkPhpTypes(seeds);
});

test('TypeScript types of hostile and careless WSDLs compile strictly', async () => {
  await checkTypeScriptTypes(seeds);
});
