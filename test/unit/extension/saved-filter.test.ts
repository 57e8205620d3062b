import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, test } from 'node:test';
import { customer } from '../../../src/api/resources/customer';
import { soapDialects } from '../../../src/api/dialect';
import { RowList } from '../../../src/extension/customer/row-list';
import { summarize } from '../../../src/extension/customer/customer-summary';
import {
  conditionsOf,
  filterOf,
  filterWords,
  savedFilter,
  selectionOf,
  type SavedFilter,
} from '../../../src/extension/customer/saved-filter';
import { demoClient } from '../../support/demo-client';
import { listOf } from '../../support/lists';

const recorded = path.resolve(import.meta.dirname, '../../fixtures/seed-customers.json');

describe('A saved filter', () => {
  test('is read back as the conditions it was made of', () => {
    const conditions = [
      { attribute: 'lastname', operator: 'like', value: 'Do%' },
      { attribute: 'group_id', operator: 'in', value: ['1', '2'] },
      { attribute: 'customer_id', operator: 'from', value: '3' },
      { attribute: 'customer_id', operator: 'to', value: '9' },
      { attribute: 'website_id', operator: 'eq', value: '1' },
      { attribute: 'dob', operator: 'empty', value: '' },
      { attribute: 'taxvat', operator: 'notEmpty', value: '' },
    ];
    const filter = filterOf(conditions);
    assert.deepEqual(filter, {
      filters: { lastname: { like: 'Do%' }, group_id: { in: ['1', '2'] }, customer_id: { from: '3', to: '9' }, website_id: '1' },
      empty: ['dob'],
      notEmpty: ['taxvat'],
    });
    assert.deepEqual(conditionsOf(savedFilter.parse({ name: 'All', ...filter })), conditions);
  });

  test('is described in words', () => {
    assert.equal(
      filterWords({ filters: { lastname: { like: 'Do%' }, group_id: '2' }, empty: ['dob'] }),
      'Last name matches Do% and Group is 2 and Date of birth is empty',
    );
    assert.equal(filterWords({}), 'Every customer');
  });

  test('is refused if its form in the settings is invalid', () => {
    for (const wrong of [
      {},
      { name: ' ' },
      { name: 'A', filters: { email: null } },
      { name: 'A', filters: 'email' },
      { name: 'A', key: 'secret' },
    ])
      assert.equal(savedFilter.safeParse(wrong).success, false);
  });
});

for (const dialect of soapDialects) {
  describe(`A filter over ${dialect}`, () => {
    /** Compares the e-mails that a filter finds with those found by checking every customer as V1 returns it. */
    const compare = async (
      t: Parameters<typeof demoClient>[0],
      filter: SavedFilter,
      attribute: string,
      wantsValue: boolean,
    ): Promise<void> => {
      const { client } = await demoClient(t, dialect, { seedFile: recorded });
      const list = new RowList(listOf(client), customer, () => 'oldest', selectionOf(filter));
      await list.loadFirst();
      assert.equal(list.problem, undefined);
      const { rows } = await everybody(t);
      const expected = rows.filter((row) => ((row[attribute] ?? '') !== '') === wantsValue).map((row) => summarize(row).email);
      assert.ok(expected.length > 0 && expected.length < rows.length, 'the test means something');
      assert.deepEqual(
        list.rows.map((row) => summarize(row).email),
        expected,
      );
    };
    const everybody = async (t: Parameters<typeof demoClient>[0]): Promise<RowList> => {
      const { client } = await demoClient(t, 'v1', { seedFile: recorded });
      const list = new RowList(listOf(client), customer, () => 'oldest');
      await list.loadFirst();
      return list;
    };

    test('finds customers without a value, which the API cannot', async (t) => {
      await compare(t, { name: 'A', empty: ['dob'] }, 'dob', false);
    });
    test('finds customers with a value', async (t) => {
      await compare(t, { name: 'A', notEmpty: ['middlename'] }, 'middlename', true);
    });
    if (dialect !== 'wsi')
      test('searches over V1 for attributes that V2 does not return', async (t) => {
        await compare(t, { name: 'A', empty: ['gender'] }, 'gender', false);
      });
  });
}

test('A search through 3,000 customers shows its progress, can be stopped, and continues from there', async (t) => {
  const { client, demo } = await demoClient(t, 'v2', { customers: 3000 });
  let stopAt = 1000;
  const seen: number[] = [];
  const list = new RowList(
    listOf(client),
    customer,
    () => 'newest',
    selectionOf({ name: 'A', empty: ['email'] }),
    async (task) => {
      const stop = new AbortController();
      await task(({ checked }) => {
        seen.push(checked);
        if (checked >= stopAt) stop.abort();
      }, stop.signal);
    },
  );
  await list.loadFirst();
  assert.equal(list.stopped, true);
  assert.equal(list.problem, undefined);
  assert.equal(list.more, true);
  assert.ok(list.checked >= 1000 && list.checked < 3000, String(list.checked));
  stopAt = Infinity;
  const before = demo.requests.length;
  await list.loadMore();
  assert.equal(list.stopped, false);
  assert.equal(list.checked, 3000);
  assert.ok(demo.requests.length - before < 10, 'larger windows than those on the screen');
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
});

test('A search that fails in the middle keeps its results and continues after Retry', async (t) => {
  const { client, demo } = await demoClient(t, 'v2', { customers: 3000 });
  let breakAt = 1000;
  const list = new RowList(
    listOf(client),
    customer,
    () => 'newest',
    selectionOf({ name: 'A', empty: ['dob'] }),
    async (task) => {
      await task(({ checked }) => {
        if (checked >= breakAt) demo.setFaults({ drop: true });
      }, new AbortController().signal);
    },
  );
  const all = new RowList(listOf(client), customer, () => 'newest', selectionOf({ name: 'A', empty: ['dob'] }));
  await all.loadFirst();
  while (all.more) await all.loadMore();

  await list.loadFirst();
  while (list.problem === undefined && list.more) await list.loadMore();
  assert.equal(list.problem?.kind, 'transport');
  assert.notEqual(list.problem.words.next, undefined, 'it says what to do');
  const found = list.rows.length;
  demo.setFaults({});
  breakAt = Infinity;
  while (list.more) await list.loadMore();
  assert.equal(list.problem, undefined);
  assert.ok(list.rows.length > found);
  assert.deepEqual(list.rows, all.rows, 'nobody is missing and nobody stands twice');
});
