// An import from its file to what came of it, as the view leads it: over a real store, without the editor.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import type { DemoStore } from '../../../src/demo';
import type { FinishedRun, SessionPorts } from '../../../src/extension/transfer/import-ports';
import { ImportSession } from '../../../src/extension/transfer/import-session';
import { importState } from '../../../src/extension/transfer/import-state';
import { importRequest, type ImportState } from '../../../src/pages/import-messages';
import type { ImportMapping } from '../../../src/store/transfer';
import type { StoreClient } from '../../../src/store/calls/client';
import { demoClient } from '../../support/demo-client';
import { clientOf, demo, folder, rows as rowsOf } from './support';

interface Opened {
  readonly session: ImportSession;
  readonly store: DemoStore;
  readonly file: string;
  readonly state: () => ImportState;
  readonly remembered: ImportMapping[];
  readonly over: FinishedRun[];
}

const people = [
  'email;Vorname;lastname;website_id;group_id;dob',
  'anna@example.com;Anne;Berg;1;VIP;3/4/1975',
  'cleo@example.com;Cleo;Lang;1;VIP;24.12.1975',
  'dora@example.com;Dora;Lang;1;General;5/6/1980',
].join('\n');

/** An import of a file into a store that is made for it, with one customer. */
async function opened(t: TestContext, text = people, ports: Partial<SessionPorts> = {}): Promise<Opened> {
  return openedInto(await storeAndFile(t, text), ports);
}

/** A store with one customer, and a file to import. */
async function storeAndFile(
  t: TestContext,
  text: string,
): Promise<{ readonly store: DemoStore; readonly client: StoreClient; readonly file: string }> {
  const seedFile = [{ customer_id: '1', email: 'anna@example.com', firstname: 'Anna', lastname: 'Berg', website_id: '1', group_id: '1' }];
  const { store, client } = await demo(t, 'v1', { seedFile });
  const file = path.join(await folder(t), 'people.csv');
  await writeFile(file, text);
  return { store, client, file };
}

function openedInto(
  { store, client, file }: { readonly store: DemoStore; readonly client: StoreClient; readonly file: string },
  ports: Partial<SessionPorts> = {},
): Opened {
  const remembered: ImportMapping[] = [];
  const over: FinishedRun[] = [];
  const session = new ImportSession(file, {
    connect: () => Promise.resolve({ client, signal: new AbortController().signal }),
    remembered: () => remembered.at(-1),
    remember: (_, mapping) => {
      remembered.push(mapping);
      return Promise.resolve();
    },
    changed: () => undefined,
    confirm: () => Promise.resolve(true),
    runEnded: (run) => {
      over.push(run);
    },
    ...ports,
  });
  const ground = { place: { store: 'demo', file }, store: { name: 'Demo', config: undefined, environment: undefined, readOnly: false } };
  return { session, store, file, state: () => importState(session, ground), remembered, over };
}

const filterCounts = ({ filters }: ImportState): Record<string, number> =>
  Object.fromEntries(filters.filter(({ count }) => count > 0).map(({ id, count }) => [id, count]));

/** Lets everything that is ready happen: here the session connects before it asks. */
const turn = async (): Promise<void> => {
  await new Promise((resolve) => setImmediate(resolve));
};

suite('An import', () => {
  test('compares the file by itself, and says what it would do', async (t) => {
    const { session, state } = await opened(t);
    await session.open(true);
    const { phase, facts, columns, columnWords, doubts, action, actionNote } = state();
    assert.deepEqual([phase, facts, columnWords], ['ready', '3 rows, separated by semicolons', '5 of 6 columns are imported']);
    assert.deepEqual(columns[1], { title: 'Vorname', samples: ['Anne', 'Cleo', 'Dora'], target: undefined, note: undefined });
    assert.deepEqual(filterCounts(state()), { all: 3, reject: 3 });
    assert.deepEqual(
      doubts.map(({ words }) => words),
      ['2 rows have the customer group "VIP". Select the right one.', '2 rows have dates that can be read in two ways, such as 3/4/1975.'],
    );
    assert.deepEqual([action, actionNote], [undefined, 'Nothing to import: 0 new, 0 changed, 0 unchanged, 3 refused.']);
  });

  test('says before anything is written over REST that the store welcomes each new customer, and why rows go one by one', async (t) => {
    const { client, demo: store } = await demoClient(t, 'rest', { customers: 1 });
    const file = path.join(await folder(t), 'new.csv');
    await writeFile(file, 'email,firstname,website_id,password\nnew@example.com,New,1,Passw0rd!\n');
    const noteOver = async (over: StoreClient): Promise<string> => {
      const { session, state } = openedInto({ file, client: over, store });
      await session.open(true);
      return state().actionNote;
    };
    assert.equal(
      await noteOver(client),
      'Rows are sent one by one, because REST does not support batches. The store sends each new customer a welcome e-mail over REST, ' +
        'but not over SOAP. New customers are kept until someone deletes them.',
    );
    assert.equal(await noteOver(clientOf(t, store, 'v2')), 'New customers are kept until someone deletes them.');
  });

  test('reads cells as it is decided for all rows, and forgets that again', async (t) => {
    const { session, state, remembered } = await opened(t);
    await session.open(true);
    await session.setColumn(1, 'firstname');
    for (const { id, choices } of state().doubts)
      await session.decide(id, choices.find(({ label }) => /^(General|Day)/.test(label))?.value ?? '');
    assert.deepEqual(filterCounts(state()), { all: 3, create: 2, update: 1 });
    assert.equal(state().action, 'Create 2, update 1 on Demo');
    assert.deepEqual(state().doubts, []);
    const [dates, word] = state().decisions;
    const changes = [0, 1, 2].flatMap((row) => session.rows.detail(row)?.changes ?? []).filter(({ attribute }) => attribute === 'Group');
    assert.ok(changes.length > 0 && changes.every(({ after }) => after === 'General (1)'), JSON.stringify(changes));
    assert.match(JSON.stringify(session.rows.page(0, 3)), /Group: General \(1\)/, 'the row itself names the group, too');
    assert.deepEqual([dates?.words, word?.words], ['Dates: day first', '"VIP" is the customer group General (1)']);
    assert.deepEqual(remembered.at(-1)?.readings?.dates, 'day-first');
    await session.undecide(word?.id ?? '');
    assert.deepEqual(filterCounts(state()), { all: 3, create: 1, reject: 2 });
    // What decides nothing changes nothing.
    const before = JSON.stringify(session.mapping);
    for (const [doubt, value] of [
      ['dates', 'yes'],
      ['no such doubt', '1'],
      [state().doubts[0]?.id ?? '', 'DROP TABLE'],
    ] as const)
      await session.decide(doubt, value);
    for (const [column, target] of [
      [99, 'email'],
      [1, 'no_such_attribute'],
      [1, '__proto__'],
    ] as const)
      await session.setColumn(column, target);
    assert.equal(JSON.stringify(session.mapping), before);
  });

  test('keeps rows left out while columns and readings change', async (t) => {
    const { session, state } = await opened(t);
    await session.open(true);
    await session.decide('dates', 'day-first');
    session.leaveOut(2, 2, true);
    await session.setColumn(1, 'firstname');
    assert.deepEqual(session.rows.leftOut, [4]);
    assert.equal(filterCounts(state())['out'], 1);
  });

  test('writes what is ticked, tells what came of it, and takes it back', async (t) => {
    const text =
      'email,firstname,lastname,website_id\nanna@example.com,Anne,Berg,1\ncleo@example.com,Cleo,Lang,1\ndora@example.com,Dora,Lang,1\n';
    const { session, state, store, over } = await opened(t, text);
    await session.open(true);
    session.leaveOut(2, 2, true);
    assert.equal(state().action, 'Create 1, update 1 on Demo');
    await session.run();
    const { outcome, phase, action } = state();
    assert.deepEqual(
      [phase, action, outcome?.tone, outcome?.summary],
      ['over', undefined, 'good', 'Import finished: 1 created, 1 updated, 1 left out.'],
    );
    assert.deepEqual([outcome?.takeBack, outcome?.results, outcome?.again], [true, true, undefined]);
    assert.equal(store.customers(), 2);
    assert.equal(over.length, 1);
    assert.deepEqual(filterCounts(state()), { all: 3, create: 2, update: 1, out: 1, done: 2 });

    const back = new ImportSession(session.result?.beforeFile ?? '', {
      connect: () => Promise.resolve({ client: over[0]?.client ?? assert.fail(), signal: new AbortController().signal }),
      remembered: () => assert.fail('what undoes an import is known by its name'),
      remember: () => assert.fail('and is not remembered for others'),
      changed: () => undefined,
      confirm: () => Promise.resolve(true),
      runEnded: () => undefined,
    });
    await back.open(true);
    assert.deepEqual(back.rows.counts, { create: 0, update: 1, unchanged: 0, reject: 0, leftOut: 0, warned: 0 });
    assert.equal(back.rows.detail(0)?.changes[0]?.after, 'Anna');
  });

  test('goes on where it was cancelled, or starts over', async (t) => {
    const text = [
      'email,firstname,lastname,website_id',
      ...Array.from({ length: 120 }, (_, index) => `c${index}@example.com,C,${index},1`),
    ].join('\n');
    const ports: { changed: () => void } = { changed: () => undefined };
    const { session, state, store, file } = await opened(t, text, {
      changed: () => {
        ports.changed();
      },
    });
    await session.open(true);
    ports.changed = () => {
      if (session.progress !== undefined) session.cancel();
    };
    await session.run();
    ports.changed = () => undefined;
    assert.deepEqual([state().outcome?.tone, state().outcome?.again], ['warning', 'Continue']);
    const done = store.customers() - 1;
    assert.ok(done > 0 && done < 120, String(done));
    await session.do({ type: 'go-on' });
    assert.equal(state().earlier, `An earlier import of this file was not finished. ${done} rows are done and not sent again.`);
    assert.equal(filterCounts(state())['create'], 120 - done);
    await session.startOver();
    assert.equal(state().earlier, undefined);
    assert.deepEqual(filterCounts(state()), { all: 120, create: 120 - done, unchanged: done });
    await session.run();
    assert.equal(store.customers(), 121);
    const told = rowsOf(await readFile(file.replace('.csv', '.result.csv'), 'utf8'));
    assert.equal(told.length, 120);
  });

  test('asks once, and writes nothing else than what it asked about', async (t) => {
    const text = 'email,firstname,lastname,website_id\na@example.com,A,A,1\nb@example.com,B,B,1\n';
    const asked: ((answer: boolean) => void)[] = [];
    const { session, store } = await opened(t, text, {
      confirm: () =>
        new Promise((resolve) => {
          asked.push(resolve);
        }),
    });
    await session.open(true);
    const runs = [session.run(), session.run()];
    await turn();
    assert.equal(asked.length, 1);
    session.leaveOut(0, 0, true);
    assert.deepEqual(session.rows.leftOut, [], 'what is asked about stays as it is');
    asked[0]?.(true);
    await Promise.all(runs);
    assert.equal(store.customers(), 3);
    await session.run();
    assert.equal(asked.length, 1, 'what is over does not begin again');
  });

  test('asks again when the settings of the store change while it is asked, and writes to the store that was confirmed', async (t) => {
    const text = 'email,firstname,lastname,website_id\na@example.com,A,A,1\n';
    const { client, store, file } = await storeAndFile(t, text);
    let before = new AbortController();
    let asked = 0;
    const connected: AbortSignal[] = [];
    const { session } = openedInto(
      { store, client, file },
      {
        connect: () => {
          connected.push(before.signal);
          return Promise.resolve({ client, signal: before.signal });
        },
        confirm: () => {
          asked++;
          // The first answer comes after the entry of the store was edited: its connection has ended, and a new one takes its place.
          if (asked > 1) return Promise.resolve(false);
          before.abort();
          before = new AbortController();
          return Promise.resolve(true);
        },
      },
    );
    await session.open(true);
    await session.run();
    assert.equal(asked, 2);
    assert.equal(store.customers(), 1, 'the second question was answered with no');
    assert.equal(connected.at(-1)?.aborted, false, 'the second question is about the new connection');
  });

  test('whose view was closed, or that was compared anew, while it was asked writes nothing', async (t) => {
    const text = 'email,firstname,lastname,website_id\na@example.com,A,A,1\n';
    const asked: ((answer: boolean) => void)[] = [];
    const { session, store } = await opened(t, text, {
      confirm: () =>
        new Promise((resolve) => {
          asked.push(resolve);
        }),
    });
    await session.open(true);
    const first = session.run();
    await turn();
    await session.setRule({ emptyCells: 'clear' });
    asked[0]?.(true);
    await first;
    assert.equal(store.customers(), 1, 'compared anew');
    const second = session.run();
    await turn();
    session.close();
    asked[1]?.(true);
    await second;
    assert.deepEqual([asked.length, store.customers()], [2, 1], 'closed while it was asked');
    const { session: closed } = await opened(t, text, { confirm: () => Promise.reject(new Error('A closed view asks nothing.')) });
    await closed.open(true);
    const third = closed.run();
    closed.close();
    await third;
    assert.equal(closed.problem, undefined);
  });

  test('of a file that cannot be read, or a store that does not answer, says why and can be tried again', async (t) => {
    const { session, state, file } = await opened(t, 'PK\u0003\u0004 not a CSV');
    await session.open(true);
    assert.ok(state().problem?.what !== undefined && state().action === undefined);
    await writeFile(file, 'email,firstname,website_id\na@example.com,A,1\n');
    await session.do({ type: 'retry' });
    assert.deepEqual([state().problem, state().action], [undefined, 'Create 1 customer on Demo']);

    const gone = await opened(t, people, {
      connect: () => Promise.reject(new ToolkitError('transport', { code: 'refused', what: 'The store does not answer.' })),
    });
    await gone.session.open(true);
    assert.deepEqual(
      [gone.state().problem?.what, gone.state().phase, gone.state().columns.length],
      ['The store does not answer.', 'ready', 6],
    );
  });

  test('takes nothing that its page cannot ask for', () => {
    for (const hostile of [
      { type: 'check', version: 1, from: -1, to: 2, on: true },
      { type: 'column', column: 1.5, target: 'email' },
      { type: 'show', filter: 'everything' },
      { type: 'filter', text: 'x'.repeat(1001) },
      { type: 'run-command', command: 'rm' },
      { type: 'take-back', file: 7 },
      null,
      'run',
    ]) {
      const read = importRequest.safeParse(hostile);
      assert.ok(!read.success || JSON.stringify(read.data) === '{"type":"take-back"}', JSON.stringify(hostile));
    }
  });
});
