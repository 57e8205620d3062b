import assert from 'node:assert/strict';
import { test } from 'node:test';
import { undoOf } from '../../../src/extension/sheet/sheet-state';
import { lossesOf } from '../../../src/extension/sheet/removal-words';
import type { CustomerCopy } from '../../../src/store/customers/customer-copy';

function copy(customer: CustomerCopy['customer']): CustomerCopy {
  return { version: 1, at: '2026-01-01T00:00:00Z', store: 'Shop', storeId: 'shop', customer, addresses: [] };
}

test('a restore says beforehand that a copy made without V1 has no gender', () => {
  const overV2 = copy({ customer_id: 1, email: 'jane@example.com' });
  const overV1 = copy({ customer_id: '2', email: 'john@example.com', gender: null });
  assert.match(lossesOf([overV2], { v1: true }), /made without V1: Gender/);
  assert.doesNotMatch(lossesOf([overV1], { v1: true }), /Gender/);
  assert.match(lossesOf([overV1, overV2], { v1: true }), /made without V1: Gender/);
});

test('a restore says beforehand that only V1 can set the day of registration', () => {
  const one = copy({ customer_id: '2', email: 'john@example.com', gender: null });
  assert.match(lossesOf([one], { v1: false }), /registration date cannot be restored/);
  assert.doesNotMatch(lossesOf([one], { v1: true }), /registration/);
});

test('a save is undone only for values that have not changed since', () => {
  const save = {
    version: 1 as const,
    at: '2026-01-01T00:00:00Z',
    store: 'Shop',
    storeId: 'shop',
    customerId: '1',
    name: 'Janet',
    email: '',
    changes: [
      { code: 'firstname', from: 'Janet', to: 'Jane' },
      { code: 'dob', from: '', to: '1985-12-31' },
      { code: 'rp_token', from: '', to: 'x' },
    ],
    unknown: ['gender'],
  };
  assert.deepEqual(undoOf(save, { firstname: 'Janet', dob: '1985-12-31 00:00:00' }), {
    changes: [{ code: 'firstname', from: 'Janet', to: 'Jane' }],
    unknown: ['gender'],
  });
  assert.equal(undoOf(save, { firstname: 'Jane', dob: '1985-12-31 00:00:00' }), undefined);
});
