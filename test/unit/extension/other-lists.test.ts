// Lists of other resources than customers as tables. Their columns follow from the resource or from the store's description of it.
import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../../src/api/dialect';
import { knownResources } from '../../../src/api/resources';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import type { SoapList } from '../../../src/api/value';
import { listMethod } from '../../../src/forms/listing';
import type { RowSource } from '../../../src/extension/customer/row-list';
import { CallRows, listCall } from '../../../src/extension/table/call-rows';
import { ListTable } from '../../../src/extension/table/list-table';
import { editOf } from '../../../src/extension/table/table-edit';
import { tableState, type TableContext } from '../../../src/extension/table/table-state';
import { columnsKey, customerSubject, listSubject } from '../../../src/extension/table/table-subject';
import { tablePlace } from '../../../src/pages/table-messages';
import { readMethods } from '../../../src/store/calls/store-methods';
import { demoClient } from '../../support/demo-client';

interface Opened {
  readonly table: ListTable;
  readonly demo: Awaited<ReturnType<typeof demoClient>>['demo'];
  readonly state: () => ReturnType<typeof tableState>;
}

async function opened(t: TestContext, dialect: SoapDialect, method: string, args: SoapList = []): Promise<Opened> {
  const { demo, client } = await demoClient(t, dialect, { customers: 20 });
  const described =
    knownResources.find(method) === undefined ? new StoreMethods((await readMethods(client)).description).find(method) : undefined;
  const connection = { client, dialect, product: 'Maho' as const, namespace: '', endpoint: demo.urls[dialect] };
  const source: RowSource = { connection, signal: new AbortController().signal, lost: () => Promise.resolve(false) };
  const table = new ListTable(
    listSubject(method, described),
    (run) => new CallRows(source, (over) => listCall({ method, args }, described, over), run),
    undefined,
    () => undefined,
  );
  await table.loadFirst();
  const ground: TableContext = {
    place: { store: 'demo', source: { kind: 'list', method, args } },
    store: { name: 'Demo', config: undefined, environment: undefined, readOnly: false, cannot: () => undefined },
    filter: undefined,
    problem: undefined,
    connecting: undefined,
  };
  return { demo, table, state: () => tableState(table, ground) };
}

const texts = (table: ListTable, column: string): readonly string[] =>
  Array.from({ length: table.grid.shown }, (_, row) => table.text(row, column));

for (const dialect of soapDialects)
  describe(`Lists over ${dialect}`, () => {
    test('of groups', async (t) => {
      const { table, state } = await opened(t, dialect, 'customer_group.list');
      assert.deepEqual(texts(table, 'customer_group_code'), ['NOT LOGGED IN', 'General', 'Wholesale', 'Retailer']);
      const { title, count, customers, opens, more, loadsOn } = state();
      assert.deepEqual([title, count, customers, opens, more, loadsOn], ['Groups', 'all 4', false, false, false, false]);
      table.sortBy('customer_group_code');
      assert.deepEqual(texts(table, 'customer_group_code')[0], 'General');
      table.filterBy('whole');
      assert.equal(state().count, '1 of all 4');
      assert.equal(state().findable, undefined, 'there is nothing else to look in');
      table.filterBy('nothing');
      assert.match(state().empty?.words ?? '', /^None of the 4 loaded rows contain "nothing"\.$/);
      assert.equal(editOf(table, 0, 'customer_group_code'), undefined);
    });

    test('of the addresses of a customer, which open the address', async (t) => {
      const { table, state } = await opened(t, dialect, 'customer_address.list', ['1']);
      assert.ok(table.grid.total > 0);
      assert.deepEqual([state().title, state().conditions, state().opens], ['Addresses', 'customerId 1', true]);
      const first = table.record(0);
      assert.ok(first !== undefined);
      const link = table.subject.linkOf(first);
      assert.deepEqual(link?.kind === 'call' ? [link.method, link.args] : link, [
        'customer_address.info',
        [table.text(0, 'customer_address_id')],
      ]);
      // An attribute that customers also have cannot be edited here, because the cell belongs to an address.
      assert.equal(editOf(table, 0, 'firstname'), undefined);
      table.select(0, 0, 'only');
      assert.match(table.copy('csv'), /^customer_address_id,/);
    });

    test('of methods that only the store describes', async (t) => {
      const { table, state } = await opened(t, dialect, 'sales_order.list');
      assert.ok(table.grid.total > 0);
      assert.equal(state().title, 'sales_order.list');
      const first = table.record(0);
      assert.ok(first !== undefined);
      assert.equal(table.subject.linkOf(first)?.kind, 'call');
      assert.equal(new Set(texts(table, 'increment_id')).size, table.grid.total, 'rows are told apart');
    });
  });

describe('A list from a single call', () => {
  test('shows an error, and can be requested again', async (t) => {
    const { table, demo, state } = await opened(t, 'v2', 'customer_group.list');
    demo.setFaults({ deny: true });
    await table.refresh();
    assert.match(state().problem?.what ?? '', /./);
    assert.equal(table.grid.total, 4, 'what was there stays');
    assert.match(state().count, /^all 4, as of /);
    demo.setFaults({});
    await table.retry();
    assert.deepEqual([state().problem, state().count], [undefined, 'all 4']);
  });

  test('that was stopped says so, and can be requested again', async (t) => {
    const { table, demo, state } = await opened(t, 'v2', 'customer_group.list');
    demo.setFaults({ slow: 30_000 });
    const reading = table.refresh();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(state().busy, 'Refreshing');
    table.cancel();
    await reading;
    assert.match(state().count, /stopped/);
    assert.equal(state().loadsOn, false);
    demo.setFaults({});
    await table.loadMore();
    assert.equal(state().count, 'all 4');
  });

  test('of a deleted customer shows the fault of the store', async (t) => {
    const { state } = await opened(t, 'v2', 'customer_address.list', ['999999']);
    assert.match(state().problem?.said ?? '', /Customer not exists/);
  });
});

test('The method that lists a resource is the one with filters or without arguments, if there is a choice', async (t) => {
  const { client } = await demoClient(t, 'v2', { customers: 1 });
  const methods = new StoreMethods((await readMethods(client)).description);
  const listed = methods.resources.flatMap((resource) => listMethod(resource)?.id ?? []);
  for (const id of ['customer.list', 'customer_group.list', 'customer_address.list', 'sales_order.list', 'catalog_product.list'])
    assert.ok(listed.includes(id), `${id} among ${listed.join(', ')}`);
  const [one] = methods.resources;
  assert.ok(one);
  assert.equal(listMethod({ methods: one.methods.map((method) => ({ ...method, callable: false })) }), undefined);
});

test('Columns are stored separately for each list, and those of customers in their original place', () => {
  assert.equal(columnsKey('shop', customerSubject), 'shop');
  assert.equal(columnsKey('shop', listSubject('customer_group.list', undefined)), 'shop customer_group.list');
});

test('A place without a table is refused', () => {
  const source = { kind: 'list', method: 'sales_order.list', args: [null, { complex_filter: [{ key: 'a', value: 'b' }] }] };
  assert.deepEqual(tablePlace.parse({ store: 's', source }), { store: 's', source });
  for (const args of [undefined, 'x', [undefined], Array.from({ length: 51 }, () => null)])
    assert.equal(tablePlace.safeParse({ store: 's', source: { ...source, args } }).success, false);
});
