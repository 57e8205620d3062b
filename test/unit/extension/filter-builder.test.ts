import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { customerEntity } from '../../../src/api/entities';
import { isOperator } from '../../../src/api/filters';
import { foundWords } from '../../../src/extension/filters/found-count';
import { knownValues, wordsByName } from '../../../src/extension/filters/known-values';
import { operatorsFor } from '../../../src/extension/filters/operators-for';
import type { Connection, Store } from '../../../src/extension/stores/store';
import { demoClient } from '../../support/demo-client';

const names = (attribute: string): readonly string[] => operatorsFor(attribute).fitting.map(({ operator }) => operator);

/** The parts of a store that a filter needs: a connection to a demo store. */
async function demoStore(t: TestContext, customers: number): Promise<{ readonly store: Store; readonly requests: () => number }> {
  const { demo, client } = await demoClient(t, 'v2', { customers });
  const connection = { client, dialect: 'v2' } as unknown as Connection;
  const { signal } = new AbortController();
  const store = {
    connection,
    signal,
    connected: () => Promise.resolve(connection),
    lost: () => Promise.resolve(false),
  } as unknown as Store;
  return { store, requests: () => demo.requests.length };
}

const never = new AbortController().signal;

describe('A filter', () => {
  test('offers the operators that fit an attribute, and the others separately', () => {
    assert.deepEqual(names('email').slice(0, 2), ['eq', 'like']);
    assert.ok(!names('email').includes('gt'));
    assert.deepEqual(names('group_id'), ['eq', 'in', 'neq', 'nin', 'empty', 'notEmpty']);
    assert.deepEqual(names('website_id'), names('group_id'));
    assert.deepEqual(names('created_at').slice(0, 2), ['from', 'to']);
    assert.ok(names('customer_id').includes('from'));
    for (const { name } of customerEntity.fields) {
      const { fitting, others } = operatorsFor(name);
      const all = [...fitting, ...others].map(({ operator }) => operator);
      assert.equal(new Set(all).size, all.length, name);
      assert.equal(all.length, operatorsFor('unknown_attribute').fitting.length, `${name}: nothing is lost`);
      assert.ok(all.every((operator) => operator === 'empty' || operator === 'notEmpty' || isOperator(operator)));
      assert.ok(!all.some((operator) => operator === 'null' || operator === 'moreq'), 'what misleads is not offered');
      assert.ok([...fitting, ...others].every(({ title, doc }) => title !== '' && doc !== ''));
    }
  });

  test('shows groups with the names of the store, and websites and store views with the names that customers have', async (t) => {
    const { store } = await demoStore(t, 3);
    const seen = { websites: new Map([[1, 'German']]), stores: new Map([[3, 'German']]) };
    const groups = await knownValues(store, 'group_id', seen);
    assert.ok(groups.all && groups.values.some(({ value, name }) => value === '1' && name === 'General'));
    assert.deepEqual(await knownValues(store, 'website_id', seen), { values: [{ value: '1', name: 'German' }], all: false });
    assert.deepEqual(await knownValues(store, 'store_id', seen), { values: [{ value: '3', name: 'German' }], all: false });
    assert.deepEqual((await knownValues(store, 'email', seen)).values, []);
    assert.match(wordsByName({ attribute: 'group_id', operator: 'in', value: ['1', '77'] }, groups.values), /General \(1\), 77$/);
    assert.match(wordsByName({ attribute: 'group_id', operator: 'eq', value: '1' }, groups.values), /is General \(1\)$/);
  });

  test('shows how many customers it finds, and requests one page of them at most', async (t) => {
    const { store, requests } = await demoStore(t, 700);
    assert.equal(await foundWords(store, { filters: { customer_id: '1' } }, never), 'finds 1 customer now');
    assert.equal(await foundWords(store, { filters: { email: 'nobody@example.com' } }, never), 'finds no customers now');
    const before = requests();
    assert.match(await foundWords(store, {}, never), /^finds \d+ or more customers now$/);
    assert.ok(requests() - before <= 4, `${requests() - before} requests`);
    const then = requests();
    assert.match(await foundWords(store, { empty: ['dob'] }, never), /^not counted/);
    assert.equal(requests(), then, 'nothing is asked where the whole store would be read');
    const stopped = new AbortController();
    stopped.abort();
    assert.equal(await foundWords(store, {}, stopped.signal), '');
  });

  test("shows the store's error instead of a count", async (t) => {
    const { store } = await demoStore(t, 1);
    assert.match(await foundWords(store, { filters: { no_such_attribute: '1' } }, never), /no_such_attribute/);
  });
});
