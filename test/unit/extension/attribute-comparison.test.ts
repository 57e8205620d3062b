import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { SoapValue } from '../../../src/api/value';
import { compareAttributes } from '../../../src/extension/response/attribute-comparison';

const compared = (...values: readonly SoapValue[]): ReturnType<typeof compareAttributes> =>
  compareAttributes(values.map((value, index) => ({ dialect: ['V1', 'V2', 'WS-I'][index] ?? '', value })));

const words = ({ attributes }: ReturnType<typeof compareAttributes>): Record<string, string> =>
  Object.fromEntries(attributes.map(({ attribute, words: said }) => [attribute, said]));

suite('Responses over several dialects', () => {
  test('differ by attribute, and the comparison names the dialect that returns an attribute', () => {
    const one = compared(
      { customer_id: '1', email: 'a@example.com', gender: '1', dob: '1975-01-01 00:00:00' },
      { customer_id: 1, email: 'a@example.com', dob: '1975-01-01' },
      { customer_id: 1, email: 'a@example.com', dob: '1975-01-01 00:00:00' },
    );
    assert.deepEqual(words(one), { gender: 'only over V1', dob: 'differs' });
    assert.deepEqual(one.attributes[0]?.values, ['1', undefined, undefined]);
    assert.deepEqual(one.notes, ['2 attributes are the same.']);
  });

  test('of lists are compared by ID if the rows have one, in any order', () => {
    const list = compared(
      [
        { customer_id: '1', name: 'A', gender: null },
        { customer_id: '2', name: 'B', gender: '1' },
        { customer_id: '3', name: 'C', gender: '1' },
      ],
      [
        { customer_id: 3, name: 'C' },
        { customer_id: 1, name: 'a' },
        { customer_id: 2, name: 'b' },
        { customer_id: 4, name: 'D' },
      ],
    );
    assert.deepEqual(words(list), { name: 'differs in 2 rows, first at 1', gender: 'only over V1' });
    assert.deepEqual(list.attributes.find(({ attribute }) => attribute === 'name')?.values, ['A', 'a']);
    assert.deepEqual(list.notes, ['1 row only over V2: customer_id 4.', '1 attribute is the same.']);
  });

  test('of lists without an ID, or with a repeated ID, are compared in their order', () => {
    assert.deepEqual(words(compared([{ a: 1 }, { a: 2 }], [{ a: 1 }, { a: 3 }])), { a: 'differs in 1 row' });
    const twice = compared(
      [
        { id: 1, a: 1 },
        { id: 1, a: 2 },
      ],
      [{ id: 1, a: 1 }],
    );
    assert.deepEqual(words(twice), {});
    assert.match(twice.notes[0] ?? '', /^Rows: V1 2, V2 1\. They have no ID/);
  });

  test('of rows without a value do not count as a dialect that never returns it', () => {
    const list = compared(
      [{ id: 1, fax: 'x' }, { id: 2 }],
      [
        { id: 1, fax: 'x' },
        { id: 2, fax: 'y' },
      ],
    );
    assert.deepEqual(words(list), { fax: 'differs in 1 row, first at 2' });
  });

  test('of other shapes are compared place by place', () => {
    assert.deepEqual(words(compared(true, '1', false)), { result: 'differs' });
    assert.deepEqual(words(compared({ a: { b: [1, 2] } }, { a: { b: [1] } })), { a: 'differs' });
    assert.deepEqual(words(compared([1, 2], [1])), { '[1]': 'only over V1' });
    assert.deepEqual(compared([], [], []), { attributes: [], notes: [] });
    assert.deepEqual(words(compared({ constructor: 'x', ['__proto__x']: 1 }, { ['__proto__x']: 1 })), { constructor: 'only over V1' });
  });
});
