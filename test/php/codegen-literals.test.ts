import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isList, isRecord, type SoapValue } from '../../src/api/value';
import { phpLiteral } from '../../src/codegen/index';
import { phpSkip, runPhp } from '../support/php';
import { soapValues } from '../support/soap-values';

/** PHP has the same array for an empty list and an empty map. */
function asPhp(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(asPhp);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  return entries.length === 0 ? [] : Object.fromEntries(entries.map(([key, inner]) => [key, asPhp(inner)]));
}

test('random values written as PHP are the same when PHP reads them', { skip: phpSkip }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(soapValues(), { minLength: 20, maxLength: 120 }), async (values) => {
      const program =
        `<?php\ndeclare(strict_types=1);\necho json_encode(${phpLiteral(values)}, JSON_THROW_ON_ERROR | ` +
        `JSON_PRESERVE_ZERO_FRACTION);\n`;
      const { stdout, stderr, status } = await runPhp(program);
      assert.equal(stderr, '');
      assert.equal(status, 0);
      assert.deepEqual(JSON.parse(stdout), JSON.parse(JSON.stringify(asPhp(values))));
    }),
    { numRuns: 25 },
  );
});
