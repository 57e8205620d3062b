import assert from 'node:assert/strict';
import { describe, test, type TestContext } from 'node:test';
import { customer } from '../../../src/api/resources/customer';
import { RowList, type RowSource } from '../../../src/extension/customer/row-list';
import type { Selection } from '../../../src/extension/customer/row-walk';
import { text } from '../../../src/extension/customer/customer-summary';
import { ListTable } from '../../../src/extension/table/list-table';
import { customerSubject } from '../../../src/extension/table/table-subject';
import { SearchRows } from '../../../src/extension/table/table-rows';
import { tableState, type TableContext } from '../../../src/extension/table/table-state';
import { PAGE_ROWS } from '../../../src/pages/grid-messages';
import { tableMemory, tableRequest } from '../../../src/pages/table-messages';
import { keptPlace, memoryOf } from '../../../src/webview/table/kept';
import type { DemoStoreOptions } from '../../../src/demo';
import type { StoreClient } from '../../../src/store/calls/client';
import { demoClient } from '../../support/demo-client';

const people = [
  { email: 'zoe@example.com', firstname: 'Zoe', lastname: 'Doe', group_id: '2' },
  { email: 'adam@example.com', firstname: 'Adam', lastname: 'Bee', group_id: '1' },
  { email: 'bea@example.com', firstname: 'Bea', lastname: 'Doe', group_id: '1', password_hash: 'abcdef' },
  { email: 'carl@example.com', firstname: '=1+1', lastname: 'Tab\there', group_id: '3' },
].map((person, index) => ({ ...person, customer_id: String(index + 1), website_id: '1', store_id: '1' }));

interface Opened {
  readonly client: StoreClient;
  readonly demo: Awaited<ReturnType<typeof demoClient>>['demo'];
  readonly table: ListTable;
  /** The number of rows by which the visible rows moved down, for each message. */
  readonly moves: number[];
  /** The texts that were shown as progress, in order. */
  readonly told: readonly (string | undefined)[];
  readonly ids: () => readonly string[];
}

/** A table of a demo store over HTTP. */
async function opened(
  t: TestContext,
  options: DemoStoreOptions,
  which: Selection | string = {},
  dialect: 'v2' | 'rest' = 'v2',
): Promise<Opened> {
  const { demo, client } = await demoClient(t, dialect, options);
  const source: RowSource = {
    connection: { client, dialect, product: 'Maho', namespace: '', endpoint: client.url ?? '' },
    signal: new AbortController().signal,
    lost: () => Promise.resolve(false),
  };
  const moves: number[] = [];
  const told: (string | undefined)[] = [];
  const table: ListTable = new ListTable(
    customerSubject,
    (run) =>
      typeof which === 'string'
        ? new SearchRows(which, source, () => 'newest', run)
        : new RowList(source, customer, () => 'newest', which, run),
    undefined,
    (by) => {
      moves.push(by);
      if (told.at(-1) !== table.busy) told.push(table.busy);
    },
  );
  await table.loadFirst();
  const ids = (): readonly string[] => Array.from({ length: table.grid.shown }, (_, row) => text(table.record(row)?.['customer_id']));
  return { client, demo, table, moves, told, ids };
}

const ground = (more: Partial<TableContext> = {}): TableContext => ({
  place: { store: 'demo', source: { kind: 'customers' } },
  store: { name: 'Demo', config: undefined, environment: undefined, readOnly: false, cannot: () => undefined },
  filter: undefined,
  problem: undefined,
  connecting: undefined,
  ...more,
});

describe('A table of customers', () => {
  test('loads window by window, and the visible rows keep their version', async (t) => {
    const { table, ids } = await opened(t, { customers: 900 });
    const first = table.grid;
    assert.ok(first.total >= 50 && first.total < 400, `${first.total}`);
    assert.equal(table.count, `first ${first.total} loaded`);
    assert.equal(table.loadsOn, true);
    await table.loadMore();
    assert.ok(table.grid.total > first.total);
    assert.equal(table.grid.version, first.version, 'rows at the end move none');
    while (table.rows.more) await table.loadMore();
    assert.equal(table.count, 'all 900');
    assert.equal(table.loadsOn, false);
    assert.equal(new Set(ids()).size, 900);
    assert.equal(table.page(0).length, PAGE_ROWS, 'a page goes over, however many rows there are');
  });

  test('shows that it sorts and filters only the loaded rows, and then loads more rows only on request', async (t) => {
    const { table } = await opened(t, { customers: 900 });
    const { total } = table.grid;
    table.sortBy('email');
    assert.equal(table.count, `first ${total} loaded, sorted within the ${total} loaded`);
    assert.equal(table.loadsOn, false);
    table.filterBy('no such customer');
    assert.equal(table.count, `0 of the first ${total} loaded, sorted within the ${total} loaded`);
    const { empty, findable } = tableState(table, ground());
    assert.deepEqual([empty?.action?.id, findable], ['look', 'no such customer']);
    await table.loadMore();
    assert.ok(table.grid.total > total, 'more are loaded');
    while (table.rows.more) await table.loadMore();
    assert.equal(table.count, '0 of all 900');
    assert.equal(tableState(table, ground()).empty?.action?.id, 'clear-filter');
  });

  test('sorts, filters by the shown text, and copies the raw values, safe for spreadsheets and without secrets', async (t) => {
    const { table, ids } = await opened(t, { seedFile: people });
    assert.deepEqual(
      table.grid.columns.slice(0, 5).map(({ title }) => title),
      ['ID', 'E-mail', 'First name', 'Last name', 'Group'],
    );
    table.name(new Map([[1, 'General']]));
    table.filterBy('general');
    assert.deepEqual(ids(), ['3', '2']);
    assert.deepEqual(table.page(0)[0]?.[4], ['text', 'General (1)']);
    assert.equal(table.text(0, 'group_id'), '1');
    table.filterBy('');
    table.sortBy('email');
    assert.deepEqual(ids(), ['2', '3', '4', '1']);
    table.choose({ order: ['firstname', 'lastname', 'password_hash'], hidden: table.allColumns.map(({ code }) => code).slice(0, 0) });
    table.select(1, 2, 'only');
    const [head, bea, carl] = table.copy('tsv').split('\r\n');
    assert.match(head ?? '', /^firstname\tlastname\t/);
    assert.match(bea ?? '', /^Bea\tDoe\t/);
    assert.match(carl ?? '', /^'=1\+1\t"Tab\there"/);
    assert.doesNotMatch(table.copy('csv'), /abcdef/);
    assert.match(table.copy('csv'), /^firstname,lastname,/);
  });

  test('shows dates in a readable form, sorts them by time, finds them in both forms, and copies the raw values', async (t) => {
    const born = ['2001-04-03 00:00:00', '1985-12-31 00:00:00', '1990-02-30 00:00:00', ''];
    const { table, ids } = await opened(t, {
      seedFile: people.map((person, index) => ({ ...person, created_at: `2026-1${index % 3}-23 08:10:35`, dob: born[index] ?? '' })),
    });
    const cell = (row: number, code: string): readonly (string | undefined)[] | undefined =>
      table.page(0)[row]?.[table.grid.columns.findIndex((column) => column.code === code)];
    table.sortBy('dob');
    assert.deepEqual(ids(), ['2', '3', '1', '4'], 'by time, not by the alphabet; what has none stands last');
    assert.deepEqual(cell(0, 'dob'), ['text', 'Dec 31, 1985', '1985-12-31 00:00:00']);
    assert.deepEqual(cell(1, 'dob'), ['text', '1990-02-30 00:00:00'], 'a day that no calendar has');
    assert.match(cell(0, 'created_at')?.[1] ?? '', /2026.*:10/);
    assert.equal(table.text(0, 'dob'), '1985-12-31 00:00:00');
    for (const found of ['dec 1985', '1985-12']) {
      table.filterBy(found);
      assert.deepEqual(ids(), ['2'], found);
    }
  });

  test('shows a page of hostile values in limited space, and finds and copies all of them', async (t) => {
    const long = 'long '.repeat(20_000);
    const { table, ids } = await opened(t, {
      seedFile: [
        { firstname: `${long}end`, lastname: '\u202egnp.exe', taxvat: 'constructor' },
        { firstname: '<img src=x onerror=alert(1)>', lastname: '[a](command:x)', taxvat: '__proto__' },
      ].map((person, index) => ({
        ...person,
        email: `e${index}@example.com`,
        customer_id: String(index + 1),
        website_id: '1',
        group_id: '1',
      })),
    });
    table.name(new Map(Array.from({ length: 5000 }, (_, index) => [index, `Group ${index}`] as const)));
    assert.ok(JSON.stringify(table.page(0)).length < 4000, 'a value is cut in the page');
    const { width = 0 } = table.grid.columns.find(({ code }) => code === 'firstname') ?? {};
    assert.ok(width <= 200, `a column of ${width} digits`);
    assert.equal(table.text(1, 'firstname'), `${long}end`);
    for (const [found, id] of [
      ['end', '1'],
      ['onerror', '2'],
      ['constructor', '1'],
      ['__proto__', '2'],
    ] as const) {
      table.filterBy(found);
      assert.deepEqual(ids(), [id], found);
    }
    table.filterBy('group 1');
    table.sortBy('taxvat');
    assert.deepEqual(ids(), ['2', '1']);
    table.select(0, 1, 'only');
    assert.ok(table.copy('csv').includes(`${long}end`));
  });

  test('keeps the order and width of columns, within limits', async (t) => {
    const { table } = await opened(t, { seedFile: people });
    const { version } = table.grid;
    for (const [code, px] of [
      ['email', 312.4],
      ['firstname', 3],
      ['lastname', 1e9],
    ] as const)
      table.widen(code, px);
    assert.deepEqual(
      table.grid.columns.slice(0, 4).map(({ px }) => px),
      [undefined, 312, 40, 2000],
    );
    assert.equal(table.grid.version, version, 'rows stay where they are');
    table.widen('firstname', undefined);
    table.move('email', 0);
    assert.deepEqual(
      table.grid.columns.slice(0, 3).map(({ code, px }) => [code, px]),
      [
        ['email', 312],
        ['customer_id', undefined],
        ['firstname', undefined],
      ],
    );
    // The next table has the choice that was stored for the store.
    const { order, hidden, widths } = table.choice;
    assert.deepEqual(
      [order.slice(0, 2), hidden.includes('password_hash'), widths],
      [['email', 'customer_id'], true, { email: 312, lastname: 2000 }],
    );
  });

  test('keeps rows selected when they move, and deselects hidden rows', async (t) => {
    const { table } = await opened(t, { seedFile: people });
    table.select(3, 1, 'only');
    assert.deepEqual(table.selection, [[1, 3]]);
    table.select(2, 2, 'toggle');
    assert.deepEqual(table.selection, [
      [1, 1],
      [3, 3],
    ]);
    table.select(0, 0, 'add');
    assert.deepEqual(
      table.selectedRows.map((row) => text(row['customer_id'])),
      ['4', '3', '1'],
    );
    table.sortBy('email');
    assert.deepEqual(
      table.selectedRows.map((row) => text(row['customer_id'])),
      ['3', '4', '1'],
    );
    table.filterBy('zoe');
    assert.deepEqual(table.selection, [[0, 0]]);
    table.filterBy('');
    assert.equal(table.selectedRows.length, 1, 'what was hidden is not selected again');
    table.selectAll(true);
    assert.deepEqual(table.selection, [[0, 3]]);
    table.selectAll(false);
    assert.deepEqual(table.selection, []);
  });

  test('merges changes and keeps the scroll position, also over a refresh', async (t) => {
    const { client, demo, table, moves, ids } = await opened(t, { seedFile: people });
    table.at(2, 1);
    const { value } = await client.call('customer.create', { customerData: { email: 'new@example.com', website_id: 1 } });
    await client.call('customer.update', { customerId: 2, customerData: { lastname: 'Changed' } });
    moves.length = 0;
    const before = demo.requests.length;
    await table.recheck([text(value), '2']);
    assert.equal(demo.requests.length, before + 1, 'one request, however long the table is');
    assert.deepEqual(ids(), ['5', '4', '3', '2', '1']);
    assert.equal(table.text(3, 'lastname'), 'Changed');
    assert.equal(
      moves.reduce((sum, by) => sum + by, 0),
      1,
      'one row further down',
    );
    table.select(3, 4, 'only');
    await client.call('customer.delete', { customerId: 4 });
    await client.call('customer.delete', { customerId: 1 });
    moves.length = 0;
    await table.refresh();
    assert.deepEqual(ids(), ['5', '3', '2']);
    assert.equal(
      moves.reduce((sum, by) => sum + by, 0),
      -1,
    );
    assert.deepEqual(
      table.selectedRows.map((row) => text(row['customer_id'])),
      ['2'],
      'who is gone is not selected',
    );
  });

  test('shows an error in place, keeps the loaded rows, and continues after Retry', async (t) => {
    const { demo, table } = await opened(t, { customers: 900 });
    const { total } = table.grid;
    demo.setFaults({ 'html-503': true });
    await table.loadMore();
    const failed = tableState(table, ground());
    assert.match(failed.problem?.what ?? '', /\S/);
    assert.equal(failed.grid.total, total);
    assert.equal(failed.loadsOn, false, 'scrolling does not ask a store that fails, again and again');
    await table.refresh();
    assert.match(table.count, /^first [\d,]+ loaded, as of /);
    demo.setFaults({});
    await table.retry();
    assert.equal(tableState(table, ground()).problem, undefined);
    await table.loadMore();
    assert.ok(table.grid.total > total);
  });

  test('stops loading when the user cancels, and shows how far it got', async (t) => {
    const matches = (row: Readonly<Record<string, unknown>>): boolean => row['email'] === 'nobody@example.com';
    const { table } = await opened(t, { customers: 10 }, { matches });
    assert.equal(table.count, '');
    assert.equal(
      tableState(table, ground({ place: { store: 'demo', source: { kind: 'filter', name: 'Nobody' } } })).empty?.action?.id,
      'edit-filter',
    );
    const slow = await opened(t, { customers: 900 });
    slow.demo.setFaults({ slow: 30_000 });
    const loading = slow.table.loadMore();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(slow.table.busy, 'Loading customers');
    slow.table.cancel();
    await loading;
    assert.equal(slow.table.busy, undefined);
    assert.match(slow.table.count, /^first [\d,]+ loaded, stopped$/);
    assert.equal(slow.table.loadsOn, false);
    slow.demo.setFaults({});
    await slow.table.loadMore();
    assert.equal(slow.table.loadsOn, true);
  });

  test('of a store without customers says so, and offers a new customer only if writes are allowed', async (t) => {
    const { table } = await opened(t, { customers: 0 });
    assert.equal(tableState(table, ground()).empty?.action?.id, 'new');
    const readOnly = { name: 'Demo', config: undefined, environment: 'production', readOnly: true, cannot: () => undefined } as const;
    const state = tableState(table, ground({ store: readOnly }));
    assert.deepEqual([state.empty?.action, state.environment, state.readOnly !== undefined], [undefined, 'production', true]);
  });
});

describe('A search for a text', () => {
  test('is one table with the results of all queries, each customer once', async (t) => {
    const { table, ids } = await opened(t, { seedFile: people }, 'doe');
    assert.deepEqual(ids(), ['3', '1']);
    assert.equal(table.count, 'all 2');
  });

  test('runs the next query only when none has found a customer yet', async (t) => {
    const whole = await opened(t, { seedFile: people }, 'zoe@example.com');
    assert.deepEqual(whole.ids(), ['1']);
    const part = await opened(t, { seedFile: people }, 'oe@example.com');
    assert.deepEqual(part.ids(), ['1']);
    const nobody = await opened(t, { seedFile: people }, 'nobody here');
    const state = tableState(nobody.table, ground({ place: { store: 'demo', source: { kind: 'search', text: 'nobody here' } } }));
    assert.deepEqual([nobody.ids(), state.more, state.empty?.action], [[], false, undefined]);
  });

  test('loads more rows like any other table', async (t) => {
    const { table, ids } = await opened(t, { customers: 900 }, '@');
    const short = tableState(table, ground({ place: { store: 'demo', source: { kind: 'search', text: '@' } } }));
    assert.match(short.empty?.words ?? '', /at least 2 characters/);
    const all = await opened(t, { customers: 900 }, '@example');
    while (all.table.rows.more) await all.table.loadMore();
    assert.equal(new Set(all.ids()).size, all.table.grid.total);
    assert.deepEqual(ids(), []);
  });
});

describe('A search for a text over REST, where the extension searches customers itself', () => {
  test('shows how many customers were searched, during the search and when it is stopped, and continues only on request', async (t) => {
    const { table, told, ids } = await opened(t, { customers: 1300 }, 'wholesale buyer', 'rest');
    assert.ok(table.rows.isSearch);
    assert.ok(
      told.some((words) => /^Loading customers: [\d,]+ searched, 0 found$/.test(words ?? '')),
      told.join('\n'),
    );
    assert.deepEqual([ids(), table.rows.more], [[], false]);

    const many = await opened(t, { customers: 1300 }, '@example', 'rest');
    const looked = many.table.rows.checked;
    assert.ok(looked >= many.table.grid.total && looked < 1300, `${looked}`);
    assert.equal(many.table.count, `${many.table.grid.total} found among the first ${looked}`);
    assert.equal(many.table.loadsOn, false);
    while (many.table.rows.more) await many.table.loadMore();
    assert.match(many.table.count, /^all [\d,]+$/);
    await many.table.refresh();
    assert.ok(
      many.told.some((words) => /^Refreshing: [\d,]+ searched, [1-9]/.test(words ?? '')),
      many.told.join('\n'),
    );
  });

  test('keeps its results when it is stopped, and shows how far it got', async (t) => {
    const { table, demo } = await opened(t, { customers: 1300 }, 'an', 'rest');
    const before = table.grid.total;
    demo.setFaults({ slow: 50 });
    const loading = table.loadMore();
    while (table.busy === undefined) await new Promise(setImmediate);
    table.cancel();
    await loading;
    assert.ok(table.grid.total >= before);
    assert.match(table.count, /found among the first [\d,]+, stopped$/);
    demo.setFaults({});
  });
});

describe('Messages of a table', () => {
  test('are refused if the page would not send them', () => {
    const refused = [
      { type: 'rows', version: -1, start: 0 },
      { type: 'select', version: 1, from: 0, to: 1.5, how: 'only' },
      { type: 'select', version: 1, from: 0, to: 1, how: 'all' },
      { type: 'open', version: 1, row: 0 },
      { type: 'copy', format: 'json' },
      { type: 'widen', column: 'email', px: '12' },
      { type: 'filter', text: 'x'.repeat(1001) },
      { type: 'delete-everything' },
    ];
    for (const message of refused) assert.equal(tableRequest.safeParse(message).success, false, JSON.stringify(message));
    for (const message of [{ type: 'at', version: 3, row: -1, first: 0 }, { type: 'widen', column: 'email' }, { type: 'delete' }])
      assert.equal(tableRequest.safeParse(message).success, true, JSON.stringify(message));
  });

  test('the stored state of a page is read after a reload, and nothing else is', () => {
    const place = { store: 'demo', source: { kind: 'search', text: 'doe' } } as const;
    const memory = memoryOf(place, { row: 5, column: 2, top: 120 }, 'jane');
    assert.deepEqual(tableMemory.parse(JSON.parse(JSON.stringify(memory))), memory);
    assert.deepEqual(keptPlace(memory), { row: 5, column: 2, top: 120 });
    for (const kept of [undefined, null, 5, {}, { place, row: 'x', column: 0, top: 0 }]) {
      assert.deepEqual(keptPlace(kept), { row: 0, column: 0, top: 0 });
      assert.equal(tableMemory.safeParse(kept).success, false);
    }
  });
});
