import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toV1Filters } from '../../../src/api/filters';

test('V1 filters keep attributes and operators that are named like members of every JavaScript object', () => {
  for (const key of ['constructor', 'toString', '__proto__']) {
    const filters = toV1Filters({
      complex_filter: [
        { key, value: { key: 'from', value: '1' } },
        { key, value: { key: 'valueOf', value: '2' } },
      ],
    });
    assert.equal(JSON.stringify(filters), `{"${key}":{"from":"1","valueOf":"2"}}`);
    assert.equal(JSON.stringify(toV1Filters({ filter: [{ key, value: 'x' }] })), `{"${key}":"x"}`);
  }
});
