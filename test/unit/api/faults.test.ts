import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFault } from '../../../src/api/faults';

test('a fault of megabytes is explained by its beginning', () => {
  const refused = 'SQLSTATE[23000]: Integrity constraint violation: 1452 Cannot add or update a child row: a foreign key constraint fails ';
  const long = { code: '1', message: refused.repeat(50_000) };
  assert.equal(explainFault(long, { phase: 'call', method: 'customer.create' }).entry?.id, 'database-foreign-key');
  assert.equal(explainFault({ code: '1', message: `${refused}(website_id) ${'x'.repeat(1_000_000)}` }, { phase: 'call', method: 'customer.create' }).entry?.id, 'website-unknown');
});
