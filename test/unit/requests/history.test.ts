import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { canRerun, compareResults, History, lint, parseRequestFile, savedEnvelope, toRequestFile } from '../../../src/requests';
import { noteOf, type CallResult } from '../../../src/store';
import { client, demo, runOf } from './support';

suite('The history', () => {
  const call = async (
    context: Parameters<typeof demo>[0],
    ...calls: readonly (readonly [string, Parameters<ReturnType<typeof client>['call']>[1]])[]
  ): Promise<readonly CallResult[]> => {
    const target = client(context, await demo(context));
    const results: CallResult[] = [];
    for (const [method, args] of calls) results.push(await target.call(method, args));
    return results;
  };

  test('keeps exchanges newest first, masked, with their outcome', async (context) => {
    const [info, list] = await call(
      context,
      ['customer.info', { customerId: 1 }],
      ['customer.list', { filters: { customer_id: { from: 1, to: 3 } } }],
    );
    assert.ok(info !== undefined && list !== undefined);
    const history = new History();
    history.add(info.exchange, info.value, { file: 'a.maho.json', name: 'Read' });
    history.add(list.exchange, list.value);
    assert.deepEqual(
      history.entries.map(({ method, outcome, name }) => [method, outcome, name]),
      [
        ['customer.list', 'result', undefined],
        ['customer.info', 'result', 'Read'],
      ],
    );
    const text = JSON.stringify(history);
    const secrets = [...JSON.stringify([info.value, list.value]).matchAll(/"password_hash":"([^"]+)"/g)].map(([, hash]) => hash ?? '');
    assert.ok(secrets.length === 4 && secrets.every((secret) => !text.includes(secret)));
    assert.doesNotMatch(text, /sessionId[^<]*>[0-9a-f]{32}/);
    assert.ok(!text.includes('apiKey12345'));
  });

  test('can be written and read, and omits entries that it cannot read', async (context) => {
    const [info] = await call(context, ['customer.info', { customerId: 1 }]);
    assert.ok(info !== undefined);
    const history = new History();
    history.add(info.exchange, info.value);
    const read = History.from([...(JSON.parse(JSON.stringify(history)) as unknown[]), { id: 7 }, null, 'x']);
    assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(history)));
    assert.deepEqual(History.from({ a: 1 }).entries, []);
  });

  test('is limited in number and in size', async (context) => {
    const [info] = await call(context, ['customer.info', { customerId: 1 }]);
    assert.ok(info !== undefined);
    const few = new History({ entries: 3, size: 1e9, part: 1e6 });
    const small = new History({ entries: 100, size: 20_000, part: 1000 });
    for (let count = 0; count < 50; count++) {
      few.add(info.exchange, info.value);
      small.add(info.exchange, info.value);
    }
    assert.equal(few.entries.length, 3);
    assert.ok(small.entries.length < 20 && JSON.stringify(small).length <= 21_000);
    assert.ok((small.entries[0]?.response.length ?? 0) <= 1000);
  });

  test('finds the previous run of the same request, and removes entries on request', async (context) => {
    const results = await call(
      context,
      ['customer.info', { customerId: 1 }],
      ['customer.info', { customerId: 2 }],
      ['customer.info', { customerId: 1 }],
    );
    const history = new History();
    const [first, , last] = results.map(({ exchange, value }) => history.add(exchange, value));
    assert.ok(first !== undefined && last !== undefined);
    assert.equal(history.previous(last)?.id, first.id);
    assert.equal(history.previous(first), undefined);
    history.remove(first.id);
    assert.equal(history.previous(last), undefined);
    history.clear();
    assert.deepEqual(history.entries, []);
  });

  test('compares only with a run whose outcome is known', async (context) => {
    const [first, second, third] = await call(
      context,
      ['customer.info', { customerId: 1 }],
      ['customer.info', { customerId: 1 }],
      ['customer.info', { customerId: 1 }],
    );
    assert.ok(first !== undefined && second !== undefined && third !== undefined);
    const history = new History();
    const known = history.add(first.exchange, first.value);
    const lost = history.add(second.exchange, undefined);
    const last = history.add(third.exchange, third.value);
    assert.ok(known !== undefined && lost !== undefined && last !== undefined);
    assert.equal(history.previous(lost), undefined);
    assert.equal(history.previous(last)?.id, known.id);
    const small = new History({ entries: 100, size: 1e9, part: 100 });
    const entries = [first, second].map(({ exchange, value }) => small.add(exchange, value));
    assert.ok(entries[1]?.value === undefined && entries[1] !== undefined);
    assert.equal(small.previous(entries[1]), undefined);
  });

  test('keeps a raw envelope, and saves it as one with placeholders for masked values', async (context) => {
    const store = await demo(context);
    const target = client(context, store, 'v2');
    const envelope = (session: string): string =>
      [
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="urn:Maho"><e:Body><m:customerCustomerUpdate>',
        `  <sessionId>${session}</sessionId><customerId>1</customerId>`,
        '  <customerData><firstname>{{x}}</firstname><password>correct horse</password></customerData>',
        '</m:customerCustomerUpdate></e:Body></e:Envelope>',
      ].join('\n');
    const { exchange, value } = await target.send(envelope);
    const entry = new History({ entries: 9, size: 1e9, part: 100 }).add(exchange, value);
    assert.ok(entry !== undefined);
    assert.equal(canRerun(entry), false);
    const file = parseRequestFile(toRequestFile([entry]));
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      lint(file).filter(({ severity }) => severity === 'error'),
      [],
    );
    const [request] = file.requests;
    assert.deepEqual(
      [request?.method, request?.envelope],
      [undefined, envelope('{{$session}}').replace('{{x}}', '\\{{x}}').replace('correct horse', '{{password}}')],
    );
    assert.deepEqual(
      file.variables.map(({ name }) => name),
      ['password'],
    );
    const { runs } = await runOf(
      { variables: { password: 'long enough' }, requests: [{ name: 'A', dialect: 'v2', envelope: request?.envelope }] },
      target,
    );
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['passed'],
    );
  });

  test('distinguishes the session of a V1 envelope from its secrets, for any element name', async (context) => {
    const target = client(context, await demo(context));
    const { exchange } = await target
      .send(
        (session) =>
          '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" ' +
          `xmlns:m="urn:Maho"><e:Body><m:call><param0>${session}` +
          '</param0><param1>customer_group.list</param1></m:call></e:Body></e:Envelope>',
      )
      .catch((error: unknown) => ({ exchange: noteOf(error).exchange }));
    assert.ok(exchange !== undefined);
    const entry = new History().add(exchange, undefined);
    assert.ok(entry !== undefined);
    assert.match(toRequestFile([entry]), /<param0>\{\{\$session\}\}<\/param0>/);
    assert.equal(
      savedEnvelope('<item><key>password</key><value xsi:type="xsd:string">••••••</value></item><sessionId>••••••</sessionId>'),
      '<item><key>password</key><value xsi:type="xsd:string">{{password}}</value></item><sessionId>{{$session}}</sessionId>',
    );
  });

  test('omits logins', async (context) => {
    const target = client(context, await demo(context));
    const { exchange } = await target.wsdl();
    assert.equal(new History().add(exchange, undefined), undefined);
  });

  test('becomes a request file in which masked values are variables', async (context) => {
    const [create, info] = await call(
      context,
      [
        'customer.create',
        { customerData: { email: 'x{{y}}@example.com', password: 'long enough', firstname: 'A', lastname: 'B', website_id: 1 } },
      ],
      ['customer.info', { customerId: 1 }],
    );
    assert.ok(create !== undefined && info !== undefined);
    const history = new History();
    const entries = [create, info, info].flatMap(({ exchange, value }) => history.add(exchange, value) ?? []);
    assert.deepEqual(entries.map(canRerun), [false, true, true]);
    const text = toRequestFile(entries);
    const file = parseRequestFile(text);
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      lint(file).filter(({ severity }) => severity === 'error'),
      [],
    );
    assert.deepEqual(
      file.requests.map(({ name }) => name),
      ['customer.create', 'customer.info', 'customer.info 2'],
    );
    assert.deepEqual(
      [file.store?.name, file.variables.map(({ name }) => name), file.requests[0]?.args],
      [
        'Demo',
        ['password'],
        { customerData: { email: 'x\\{{y}}@example.com', password: '{{password}}', firstname: 'A', lastname: 'B', website_id: 1 } },
      ],
    );
  });
});

suite('Comparing results', () => {
  test('is by the ID of rows, since their order has no meaning', () => {
    const before = [
      { customer_id: 1, email: 'a' },
      { customer_id: 2, email: 'b' },
      { customer_id: 3, email: 'c' },
    ];
    const after = [
      { customer_id: 3, email: 'c' },
      { customer_id: 1, email: 'x', dob: '1980' },
      { customer_id: 4, email: 'd' },
    ];
    assert.deepEqual(
      compareResults(before, after).changes.map(({ path, kind }) => [path, kind]),
      [
        ['[customer_id=1].email', 'changed'],
        ['[customer_id=1].dob', 'added'],
        ['[customer_id=2]', 'removed'],
        ['[customer_id=4]', 'added'],
      ],
    );
    assert.deepEqual(compareResults(before, [...before].reverse()), { changes: [], more: false });
  });

  test('of other lists is by position', () => {
    assert.deepEqual(compareResults([1, 2], [1, 3, 4]).changes, [
      { path: '[1]', kind: 'changed', before: 2, after: 3 },
      { path: '[2]', kind: 'added', before: undefined, after: 4 },
    ]);
  });

  test('of two dialects treats numbers and their text as equal', () => {
    assert.deepEqual(
      compareResults({ a: '7', b: null }, { a: 7 }, { loose: true }).changes.map(({ path, kind }) => [path, kind]),
      [['b', 'removed']],
    );
    assert.equal(compareResults({ a: '7' }, { a: 7 }).changes.length, 1);
  });

  test('stops after a number of differences', () => {
    const numbers = (from: number): number[] => Array.from({ length: 5000 }, (_, index) => index + from);
    const { changes, more } = compareResults(numbers(0), numbers(1), { most: 10 });
    assert.deepEqual([changes.length, more], [10, true]);
  });
});

test('a larger step is one entry, can be written and read, and can be neither sent again nor compared', () => {
  const history = new History();
  const task = {
    title: 'Import of customers.csv',
    summary: '3 created, 1 updated',
    report: '/tmp/customers.results.csv',
    store: 'Shop',
    dialect: 'v2' as const,
    at: 1000,
    ms: 20,
    counts: { created: 3, updated: 1 },
    problem: undefined,
  };
  history.addTask('one', task);
  history.addTask('two', { ...task, at: 2000, problem: 'The store closed the connection.' });
  const [second, first] = History.from(JSON.parse(JSON.stringify(history))).entries;
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(
    [first.task, first.args, first.outcome, second.outcome],
    [{ title: task.title, summary: task.summary, report: task.report }, task.counts, 'result', 'error'],
  );
  assert.deepEqual([canRerun(first), history.previous(second)], [false, undefined]);
});
