import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFault, failures, generalWords, soapFaults } from '../../../src/api/faults/faults';
import { customerGroup } from '../../../src/api/resources/customer-group';
import { ResourceRegistry } from '../../../src/api/resources';

test('a fault of several megabytes is explained by its beginning', () => {
  const refused = 'SQLSTATE[23000]: Integrity constraint violation: 1452 Cannot add or update a child row: a foreign key constraint fails ';
  const long = { code: '1', message: refused.repeat(50_000) };
  assert.equal(explainFault(long, { phase: 'call', method: 'customer.create' }).entry?.id, 'database-foreign-key');
  assert.equal(
    explainFault({ code: '1', message: `${refused}(website_id) ${'x'.repeat(1_000_000)}` }, { phase: 'call', method: 'customer.create' })
      .entry?.id,
    'website-unknown',
  );
});

test('an unreachable database is distinguished from a refused value', () => {
  const entry = (message: string, phase: 'wsdl' | 'login' | 'call' = 'call'): string | undefined =>
    explainFault({ code: '1', message }, { phase, method: 'customer.list' }).entry?.id;
  const queried = 'An exception occurred while executing a query: ';
  for (const message of [
    'SQLSTATE[HY000] [2002] Connection refused',
    "An exception occurred in the driver: SQLSTATE[HY000] [1045] Access denied for user 'shop'@'localhost'",
    `${queried}SQLSTATE[HY000]: General error: 2006 MySQL server has gone away`,
    'SQLSTATE[08006] [7] could not connect to server',
  ]) {
    for (const phase of ['wsdl', 'login', 'call'] as const) assert.equal(entry(message, phase), 'database-down', message);
  }
  assert.equal(entry(`${queried}SQLSTATE[22003]: Numeric value out of range: 1264`), 'database-error');
  assert.equal(entry(`${queried}SQLSTATE[HY000]: General error: 1366 Incorrect integer value`), 'database-error');
});

test('fault numbers of a resource have the meaning of that resource, even if customers use the same numbers', () => {
  const codes = ['100', '101', '102', '103'];
  const faults = codes.map((code) => ({ code, meaning: 'missing' as const, message: '', doc: `What ${code} means to a wishlist.` }));
  const registry = new ResourceRegistry([{ ...customerGroup, name: 'customer_wishlist', prefix: 'customerWishlist', faults }]);
  for (const method of ['customer_wishlist.list', 'customerWishlistList'])
    for (const { code, doc } of faults)
      assert.equal(explainFault({ code, message: 'Not exists.' }, { phase: 'call', method, registry }).what, doc);
});

test('the reference page has a word for each particular of a fault', () => {
  const entries: readonly (readonly [id: string, entry: Parameters<typeof generalWords>[0]])[] = [
    ...soapFaults.map((fault) => [fault.id, fault] as const),
    ...Object.entries(failures),
  ];
  for (const [id, entry] of entries) {
    const general = generalWords(entry);
    for (const part of ['what', 'why', 'next'] as const) {
      // What stands in double brackets may be left out, and so may the reason, which a system gives in its own words.
      const literals = (entry[part] ?? '').split(/\[\[.*?\]\]|\{\w+\}/);
      const separators = (entry[part] ?? '').match(/\[\[.*?\]\]|\{\w+\}/g) ?? [];
      const pattern = literals.map((text, index) => {
        const separator = separators[index];
        return (
          text.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&') +
          (separator === undefined ? '' : /^\[\[|^\{reason\}/.test(separator) ? '[^]*' : '\\s*\\S[^]*')
        );
      });
      assert.match(general[part] ?? '', new RegExp(`^${pattern.join('')}$`), `${id}: ${part}`);
    }
  }
});
