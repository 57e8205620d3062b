import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import fc from 'fast-check';
import { isRecord } from '../../../src/api/value';
import { dialectLabels, soapDialects } from '../../../src/api/dialect';
import { startDemoStore } from '../../../src/demo';
import { StoreClient } from '../../../src/store';
import { xmlSafeText } from '../../support/soap-values';

/** Text that a store keeps as it is: not empty, not cut, without the 4-byte characters that it turns into ???? (facts §4). */
const keptText = xmlSafeText
  .map((text) => text.replace(/[\u{10000}-\u{10ffff}]|[\ud800-\udfff]/gu, 'é').slice(0, 200))
  .filter((text) => text !== '');

describe('What we write to a store comes back from it', () => {
  const store = startDemoStore({ product: 'maho@25', customers: 0 });
  after(async () => {
    await (await store).close();
  });

  for (const dialect of soapDialects) {
    test(`names of any kind over ${dialectLabels[dialect]}`, async () => {
      const { urls, users } = await store;
      const { user, key } = users[0] ?? { user: '', key: '' };
      const client = new StoreClient({ name: 'Demo', url: urls[dialect], user, dialect }, { key: () => Promise.resolve(key) });
      try {
        let made = 0;
        await fc.assert(
          fc.asyncProperty(keptText, keptText, async (firstname, lastname) => {
            const email = `${dialect}${++made}@example.com`;
            const { value: id } = await client.call('customer.create', {
              customerData: { email, firstname, lastname, website_id: 1, store_id: 1, group_id: 1 },
            });
            const { value } = await client.call('customer.info', { customerId: Number(id) });
            assert.ok(isRecord(value));
            assert.deepEqual([value['email'], value['firstname'], value['lastname']], [email, firstname, lastname]);
          }),
          { numRuns: 150 },
        );
      } finally {
        await client.close();
      }
    });
  }
});
