import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toV1Filters } from '../../../src/api/filters';

test('a filter on an attribute or with an operator that every object inherits is not lost on the way to V1', () => {
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
