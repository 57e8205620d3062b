import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { summarize } from '../../../src/extension/customer/customer-summary';

describe('The summary of a customer', () => {
  test('is the same for numbers of V2, text of WS-I and nil of V1', () => {
    const expected = {
      id: '7',
      name: "Conan O'Brien",
      email: 'conan@example.com',
      unconfirmed: false,
      lockedToGroup: false,
      websiteId: '1',
    };
    const names = { firstname: 'Conan', lastname: "O'Brien", email: 'conan@example.com' };
    assert.deepEqual(summarize({ ...names, customer_id: 7, website_id: 1 }), expected);
    assert.deepEqual(summarize({ ...names, customer_id: '7', website_id: '1' }), expected);
    assert.deepEqual(summarize({ ...names, customer_id: '7', website_id: '1', middlename: null, confirmation: null }), expected);
  });

  test("recognizes an unconfirmed e-mail by V1's key and by the true of the other dialects", () => {
    for (const confirmation of ['a839537f8b77a1963cb5bc7979467a79', true, 'true', '1'])
      assert.equal(summarize({ confirmation }).unconfirmed, true);
    for (const confirmation of ['', null, false, 'false', '0']) assert.equal(summarize({ confirmation }).unconfirmed, false);
  });

  test('omits names that are only blanks', () => {
    assert.equal(summarize({ firstname: ' lead', middlename: '  ', lastname: 'trail ' }).name, 'lead trail');
    assert.equal(summarize({ firstname: '  ' }).name, '');
  });

  test('treats values that are not text as missing', () => {
    assert.deepEqual(summarize({ customer_id: ['1'], firstname: { a: 'b' } }).name, '');
  });
});
