import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ToolkitError } from '../../../src/api/errors';
import {
  exitCode,
  jsonReport,
  junitReport,
  namePattern,
  prettyFile,
  prettySummary,
  runFiles,
  type FileRun,
  type RunEvent,
  type RunReport,
  type Style,
} from '../../../src/requests';
import { readTree } from '../../../src/soap/decoding/tree';
import { client, demo, fileOf, runOf } from './support';

const statuses = (run: FileRun): readonly (readonly [string, string])[] => run.runs.map(({ request, status }) => [request.name, status]);
const reportOf = (...files: FileRun[]): RunReport => ({ files, startedAt: 0, ms: 1234 });
const create = {
  name: 'created',
  method: 'customer.create',
  args: { customerData: { email: '{{$randomEmail}}', firstname: 'Jane', lastname: 'Doe', website_id: 1 } },
};

suite('Running a file', () => {
  test('sends the requests in order, and later ones use results of earlier ones', async (context) => {
    const store = await demo(context);
    const run = await runOf(
      {
        variables: { name: 'Łukasz {{$uuid}}' },
        requests: [
          create,
          {
            name: 'update',
            method: 'customer.update',
            args: { customerId: '{{created.result}}', customerData: { firstname: '{{name}}' } },
            expect: { result: true },
          },
          {
            name: 'info',
            method: 'customer.info',
            args: ['{{created.result}}', ['firstname']],
            expect: { result: { customer_id: '{{created.result}}', firstname: '{{name}}' } },
          },
          { name: 'delete', method: 'customer.delete', args: '{{info.result.customer_id}}', expect: { result: true } },
          { name: 'gone', method: 'customer.info', args: ['{{created.result}}'], expect: { fault: 102 } },
        ],
      },
      client(context, store),
    );
    assert.deepEqual(
      statuses(run),
      ['created', 'update', 'info', 'delete', 'gone'].map((name) => [name, 'passed']),
    );
    assert.equal(exitCode(reportOf(run)), 0);
    assert.equal(store.customers(), 20);
  });

  test('sends each request in its own dialect', async (context) => {
    const store = await demo(context);
    const run = await runOf(
      {
        dialect: 'v2',
        requests: [
          { name: 'a', method: 'customer_group.list' },
          { name: 'b', method: 'customer_group.list', dialect: 'v1' },
        ],
      },
      client(context, store, 'v2'),
    );
    assert.deepEqual(
      run.runs.map(({ dialect, status }) => [dialect, status]),
      [
        ['v2', 'passed'],
        ['v1', 'passed'],
      ],
    );
    assert.deepEqual(
      store.requests.filter(({ method }) => method === 'customer_group.list').map(({ dialect }) => dialect),
      ['v2', 'v1'],
    );
  });

  test('reports differences with their place', async (context) => {
    const run = await runOf(
      {
        requests: [
          { name: 'groups', method: 'customer_group.list', expect: { result: { $contains: { customer_group_code: 'Nobody' } } } },
          { name: 'fault', method: 'customer.info', args: [999999], expect: { fault: 101 } },
        ],
      },
      client(context, await demo(context)),
    );
    assert.deepEqual(
      run.runs.map(({ status, mismatches }) => [status, mismatches.map(({ path, expected }) => [path, expected])]),
      [
        ['failed', [['result', 'a list that contains {"customer_group_code":"Nobody"}']]],
        ['failed', [['fault.code', '"101"']]],
      ],
    );
    assert.equal(exitCode(reportOf(run)), 1);
  });

  test('an unexpected fault is a failure', async (context) => {
    const run = await runOf({ requests: [{ name: 'a', method: 'customer.info', args: [999999] }] }, client(context, await demo(context)));
    assert.deepEqual([run.runs[0]?.status, run.runs[0]?.error?.code, run.runs[0]?.mismatches[0]?.path], ['failed', '102', 'fault']);
  });

  test('skips requests that need a missing result, and continues with the others', async (context) => {
    const run = await runOf(
      {
        requests: [
          { ...create, args: { customerData: {} } },
          { name: 'update', method: 'customer.update', args: ['{{created.result}}', { taxvat: '1' }] },
          { name: 'after', method: 'customer.info', args: '{{update.result}}' },
          { name: 'groups', method: 'customer_group.list' },
        ],
      },
      client(context, await demo(context)),
    );
    assert.deepEqual(statuses(run), [
      ['created', 'failed'],
      ['update', 'skipped'],
      ['after', 'skipped'],
      ['groups', 'passed'],
    ]);
    assert.match(run.runs[1]?.error?.words.what ?? '', /"created"/);
  });

  test('reports an error of a request that is invalid or cannot be filled, and runs the others', async (context) => {
    const run = await runOf(
      {
        variables: { a: '{{b}}', b: '{{a}}' },
        requests: [
          { name: 'cycle', method: 'customer.info', args: ['{{a}}'] },
          { name: 'unknown', method: 'customer.info', args: ['{{nobody}}'] },
          { name: 'ill', expect: {} },
          { name: 'path', method: 'multiCall', args: { calls: [7] } },
          { name: 'groups', method: 'customer_group.list' },
        ],
      },
      client(context, await demo(context)),
    );
    assert.deepEqual(
      run.runs.map(({ status, error }) => [status, error?.code]),
      [
        ['error', 'variable-cycle'],
        ['error', 'variable-unknown'],
        ['error', 'request-invalid'],
        ['error', 'argument-type'],
        ['passed', undefined],
      ],
    );
    assert.equal(exitCode(reportOf(run)), 2);
  });

  test('reports an error of a request whose expected fault cannot be filled, and runs the others', async (context) => {
    const fault = { code: 102, message: '{{nobody}}' };
    const run = await runOf(
      {
        requests: [
          { name: 'fault', method: 'customer.info', args: [99999], expect: { fault } },
          { name: 'result', method: 'customer_group.list', expect: { fault } },
          { name: 'groups', method: 'customer_group.list' },
        ],
      },
      client(context, await demo(context)),
    );
    assert.deepEqual(
      run.runs.map(({ status, error }) => [status, error?.code]),
      [
        ['error', 'variable-unknown'],
        ['error', 'variable-unknown'],
        ['passed', undefined],
      ],
    );
    assert.equal(exitCode(reportOf(run)), 2);
  });

  test('reports the traps of what was sent', async (context) => {
    const run = await runOf(
      {
        variables: { to: 9 },
        requests: [{ name: 'a', method: 'customer.list', args: { filters: { customer_id: { gteq: 1, lteq: '{{to}}' } } } }],
      },
      client(context, await demo(context)),
    );
    assert.deepEqual(
      [run.runs[0]?.status, run.runs[0]?.rows, run.runs[0]?.findings.map(({ code }) => code)],
      ['passed', 20, ['filter-two-operators']],
    );
  });

  test('passes each result to the listener, and keeps it only on request', async (context) => {
    const target = client(context, await demo(context));
    const file = { requests: [{ name: 'a', method: 'customer_group.list' }] };
    const heard: unknown[] = [];
    const {
      runs: [run],
    } = await runOf(file, target, {
      onEvent: (event) => {
        if (event.kind === 'request-finished') heard.push(event.run.value);
      },
    });
    assert.deepEqual([run?.value, run?.exchange, run?.rows, (run?.bytes ?? 0) > 100], [undefined, undefined, 4, true]);
    const [kept] = (await runOf(file, target, { keep: true })).runs;
    assert.deepEqual([heard, kept?.exchange?.method], [[kept?.value], 'customer_group.list']);
  });

  test('releases each result once no later request refers to it', async (context) => {
    setFlagsFromString('--expose-gc');
    const list = { method: 'customer.list', args: { filters: {} } };
    const requests = [
      { ...list, name: 'first' },
      ...Array.from({ length: 30 }, (_, index) => ({ ...list, name: `list ${index}` })),
      {
        name: 'use',
        method: 'customer.info',
        args: '{{first.result[3].customer_id}}',
        expect: { result: { $partial: { customer_id: '{{first.result[3].customer_id}}' } } },
      },
      { name: 'last', method: 'customer_group.list' },
    ];
    const results: (readonly [string, WeakRef<object>])[] = [];
    const alive: Record<string, string[]> = {};
    const run = await runOf({ requests }, client(context, await demo(context, { customers: 200 })), {
      onEvent: (event) => {
        if (event.kind === 'request-finished' && typeof event.run.value === 'object' && event.run.value !== null)
          results.push([event.run.request.name, new WeakRef(event.run.value)]);
        if (event.kind !== 'request-started' || !['use', 'last'].includes(event.request.name)) return;
        runInNewContext('gc()');
        alive[event.request.name] = results.filter(([, result]) => result.deref() !== undefined).map(([name]) => name);
      },
    });
    assert.ok(run.runs.every(({ status }) => status === 'passed') && results.length === 33);
    assert.deepEqual(
      alive['use']?.filter((name) => name !== 'list 29'),
      ['first'],
    );
    assert.deepEqual(
      alive['last']?.filter((name) => name !== 'use'),
      [],
    );
  });

  test('sends a raw envelope unchanged except for the session and its values', async (context) => {
    const store = await demo(context);
    const envelope = [
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="urn:Maho"><e:Body><m:customerCustomerList>',
      '<sessionId>{{$session}}</sessionId><filters><filter><item><key>lastname</key><value>{{name}}</value></item></filter></filters>',
      '</m:customerCustomerList></e:Body></e:Envelope>',
    ];
    const run = await runOf(
      { variables: { name: "</value><value>O'Neil & Söhne" }, requests: [{ name: 'raw', envelope, expect: { result: [] } }] },
      client(context, store, 'v2'),
      { keep: true },
    );
    assert.deepEqual(statuses(run), [['raw', 'passed']]);
    assert.match(run.runs[0]?.exchange?.request.body ?? '', /<value>&lt;\/value&gt;/);
    assert.doesNotMatch(run.runs[0]?.exchange?.request.body ?? '', /\{\{|[0-9a-f]{32}/);
  });
});

suite('The choice of requests', () => {
  const file = {
    requests: [
      create,
      { name: 'Read it', method: 'customer.info', args: '{{created.result}}' },
      { name: 'Groups', method: 'customer_group.list' },
      { name: 'Remove it', method: 'customer.delete', args: '{{Read it.result.customer_id}}' },
    ],
  };

  test('is by name, including the requests that they need', async (context) => {
    const target = client(context, await demo(context));
    assert.deepEqual(statuses(await runOf(file, target, { only: namePattern('group') })), [['Groups', 'passed']]);
    assert.deepEqual(
      statuses(await runOf(file, target, { only: namePattern('rem*') })).map(([name]) => name),
      ['created', 'Read it', 'Remove it'],
    );
  });

  test('treats only * in patterns as special', () => {
    const hit = (pattern: string, name: string): boolean =>
      namePattern(pattern)({ ...fileOf({ requests: [{ name, method: 'x.list' }] }).requests[0]! });
    assert.ok(hit('LIST', 'My list') && hit('my*', 'My list') && hit('*(a+)*', 'b (a+) c') && !hit('list*', 'My list') && !hit('.', 'ab'));
  });
});

suite('Policies', () => {
  const write = {
    requests: [
      { name: 'remove', method: 'customer.delete', args: [1] },
      { name: 'batch', method: 'multiCall', args: { calls: [['customer.delete', [2]]] } },
      { name: 'read', method: 'customer_group.list' },
      { name: 'readBatch', method: 'multiCall', args: { calls: [['customer.info', [1]]] } },
    ],
  };

  test('a read-only store gets no write in any form', async (context) => {
    const store = await demo(context);
    const run = await runOf(
      { requests: [...write.requests, { name: 'raw', envelope: '<not soap' }] },
      client(context, store, 'v1', { readOnly: true }),
      { confirm: () => Promise.resolve(true) },
    );
    assert.deepEqual(
      run.runs.map(({ status, error }) => [status, error?.code]),
      [
        ['error', 'read-only'],
        ['error', 'read-only'],
        ['passed', undefined],
        ['passed', undefined],
        ['error', 'read-only'],
      ],
    );
    assert.equal(store.customers(), 20);
  });

  test('a production store asks before each write, and only then', async (context) => {
    const store = await demo(context);
    const target = client(context, store, 'v1', { environment: 'production' });
    const asked: string[] = [];
    const confirm =
      (answer: boolean) =>
      ({ request }: { readonly request: { readonly name: string } }): Promise<boolean> =>
        Promise.resolve((asked.push(request.name), answer));
    assert.deepEqual(
      statuses(await runOf(write, target)).map(([, status]) => status),
      ['error', 'error', 'passed', 'passed'],
    );
    assert.deepEqual(
      statuses(await runOf(write, target, { confirm: confirm(false) })).map(([, status]) => status),
      ['error', 'error', 'passed', 'passed'],
    );
    assert.equal(store.customers(), 20);
    // The last request reads customer 1, which is deleted by then. multiCall puts that fault into its result.
    assert.deepEqual(
      statuses(await runOf(write, target, { confirm: confirm(true) })).map(([, status]) => status),
      ['passed', 'passed', 'passed', 'passed'],
    );
    assert.deepEqual(asked, ['remove', 'batch', 'remove', 'batch']);
    assert.equal(store.customers(), 18);
  });

  test('a refusal can be expected', async (context) => {
    const run = await runOf(
      { requests: [{ name: 'remove', method: 'customer.delete', args: [1], expect: { error: 'read-only' } }] },
      client(context, await demo(context), 'v1', { readOnly: true }),
    );
    assert.deepEqual(statuses(run), [['remove', 'passed']]);
  });

  test('nothing is sent in an untrusted workspace', async (context) => {
    const store = await demo(context);
    const run = await runOf(write, client(context, store), { trusted: false });
    assert.deepEqual([run.error?.kind, run.error?.code, run.runs.length, store.requests.length], ['policy', 'untrusted', 0, 0]);
    assert.equal(exitCode(reportOf(run)), 2);
  });
});

suite('A run', () => {
  test('reports its events when they happen', async (context) => {
    const events: string[] = [];
    await runOf(
      {
        requests: [
          { name: 'a', method: 'customer_group.list' },
          { name: 'b', method: 'customer_group.list' },
        ],
      },
      client(context, await demo(context)),
      {
        onEvent: (event: RunEvent) =>
          void events.push(
            event.kind === 'request-started'
              ? `start ${event.request.name}`
              : event.kind === 'request-finished'
                ? `${event.run.request.name} ${event.run.status}`
                : event.kind,
          ),
      },
    );
    assert.deepEqual(events, ['file-started', 'start a', 'a passed', 'start b', 'b passed', 'file-finished']);
  });

  test('can be cancelled in the middle of a request', async (context) => {
    const store = await demo(context);
    const target = client(context, store);
    await target.login();
    store.setFaults({ slow: 10_000 });
    const stop = new AbortController();
    const requests = [1, 2, 3].map((id) => ({ name: String(id), method: 'customer.info', args: [id] }));
    const run = await runOf({ requests }, target, {
      signal: stop.signal,
      onEvent: (event) => event.kind === 'request-started' && event.request.name === '1' && setTimeout(() => stop.abort(), 50),
    });
    store.setFaults({});
    assert.deepEqual(
      statuses(run).map(([, status]) => status),
      ['cancelled', 'cancelled', 'cancelled'],
    );
    assert.equal(exitCode(reportOf(run)), 2);
  });

  test('of many files keeps their order, no matter which ends first', async (context) => {
    const target = client(context, await demo(context));
    const jobs = Array.from({ length: 7 }, (_, index) => ({
      path: `${index}.maho.json`,
      file: fileOf({ requests: Array.from({ length: 7 - index }, (__, each) => ({ name: `r${each}`, method: 'customer_group.list' })) }),
      client: target,
    }));
    const report = await runFiles(jobs, { trusted: true }, 3);
    assert.deepEqual(
      report.files.map(({ path, runs }) => [path, runs.length]),
      jobs.map(({ path, file }) => [path, file.requests.length]),
    );
    assert.equal(exitCode(report), 0);
  });

  test('of a file that cannot be read shows the place of the error', async (context) => {
    const target = client(context, await demo(context));
    const { error } = (await runFiles([{ path: 'a.maho.json', file: fileOf({}), client: target }], { trusted: true })).files[0] ?? {};
    assert.deepEqual([error?.code, error?.words.why], ['file-form', 'Line 1, column 1: requests is missing.']);
  });

  test('suggests fixes: for a misspelled key, and for missing variables', async (context) => {
    const target = client(context, await demo(context));
    const { runs } = await runOf(
      {
        requests: [
          { name: 'a', metod: 'customer_group.list' },
          { name: 'b', method: 'customer.info', args: ['{{nobody}}'] },
        ],
      },
      target,
    );
    assert.match(runs[0]?.error?.words.why ?? '', /"a" needs a method .* "metod" is not supported here\. Did you mean "method"\?/);
    assert.match(runs[1]?.error?.words.next ?? '', /in the file under "variables", or in the selected environment file/);
  });

  test('without its store says so', async () => {
    const missing = new ToolkitError('input', { code: 'store-unknown', what: 'There is no store "A".' });
    const report = await runFiles(
      [{ path: 'a.maho.json', file: fileOf({ requests: [{ name: 'a', method: 'x.list' }] }), client: missing }],
      { trusted: true },
    );
    assert.equal(report.files[0]?.error, missing);
    assert.equal(exitCode(report), 2);
  });

  test('against an unreachable store is an error, not a failure', async (context) => {
    const store = await demo(context);
    const target = client(context, store);
    await store.close();
    const run = await runOf({ requests: [{ name: 'a', method: 'customer_group.list', expect: { fault: true } }] }, target);
    assert.deepEqual(
      run.runs.map(({ status, error }) => [status, error?.kind]),
      [['error', 'transport']],
    );
  });

  test('against a store that goes down midway reports it once, and no expectation can make it pass', async (context) => {
    const store = await demo(context);
    const groups = { method: 'customer_group.list' };
    const run = await runOf(
      {
        requests: [
          { ...groups, name: 'before' },
          { ...groups, name: 'gone', expect: { error: 'connection-refused' } },
          { ...groups, name: 'after', expect: { error: 'connection-refused' } },
          { ...groups, name: 'last' },
        ],
      },
      client(context, store),
      {
        onEvent: (event) => {
          if (event.kind === 'request-finished' && event.run.request.name === 'before') void store.close();
        },
      },
    );
    assert.deepEqual(
      run.runs.map(({ status, error }) => [status, error?.code]),
      [
        ['passed', undefined],
        ['error', 'connection-refused'],
        ['error', 'not-sent'],
        ['error', 'not-sent'],
      ],
    );
  });
});

suite('Reports', () => {
  const plain: Style = (_, text) => text;
  const mixed = async (context: Parameters<typeof demo>[0]): Promise<FileRun> =>
    await runOf(
      {
        requests: [
          { name: 'Groups', method: 'customer_group.list' },
          {
            name: 'Wrong <name>',
            method: 'customer.info',
            args: [1],
            expect: { result: { $partial: { firstname: 'No\u0007body', password_hash: 'not this' } } },
          },
          { name: 'Fault', method: 'customer.info', args: [999999] },
          { name: 'Error', method: 'customer.info', args: ['{{nobody}}'] },
          { name: 'Skipped', method: 'customer.info', args: ['{{Error.result}}'] },
        ],
      },
      client(context, await demo(context)),
    );

  test('for people name each request and its differences with their place', async (context) => {
    const run = await mixed(context);
    const text = prettyFile(run, plain) + prettySummary(reportOf(run), plain);
    assert.match(text, /^test\.maho\.json on Demo\n/);
    assert.match(text, / {2}passed {4}Groups +customer_group\.list +\d+ ms {2}V1 {2}4 rows/);
    assert.match(text, /test\.maho\.json:\d+:\d+\n +result\.firstname: expected "No\\u0007body", got "/);
    assert.match(text, /Fault 102: There is no customer with this ID\.\n +The store said: Customer not exists\./);
    assert.match(text, /1 passed, 2 failed, 1 could not run, 1 skipped in 1\.2 s\n$/);
    assert.doesNotMatch(text, /not this|[0-9a-f]{32}/);
  });

  test('as JSON contain the same, without secrets', async (context) => {
    const data = JSON.parse(JSON.stringify(jsonReport(reportOf(await mixed(context))))) as {
      exitCode: number;
      counts: object;
      files: { requests: { name: string; status: string; line: number }[] }[];
    };
    assert.equal(data.exitCode, 2);
    assert.deepEqual(data.counts, { passed: 1, failed: 2, error: 1, skipped: 1, cancelled: 0 });
    assert.deepEqual(
      data.files[0]?.requests.map(({ status }) => status),
      ['passed', 'failed', 'failed', 'error', 'skipped'],
    );
    assert.doesNotMatch(JSON.stringify(data), /not this|[0-9a-f]{32}/);
  });

  test('as JUnit are well-formed for any names', async (context) => {
    const text = junitReport(reportOf(await mixed(context)));
    const root = readTree(text, {});
    const suiteElement = root.children[0];
    assert.deepEqual(
      ['tests', 'failures', 'errors', 'skipped'].map((name) => suiteElement?.attribute(name)),
      ['5', '2', '1', '1'],
    );
    assert.deepEqual(
      suiteElement?.childrenNamed('testcase').map((each) => [each.attribute('name'), each.children[0]?.local]),
      [
        ['Groups', undefined],
        ['Wrong <name>', 'failure'],
        ['Fault', 'failure'],
        ['Error', 'error'],
        ['Skipped', 'skipped'],
      ],
    );
    assert.doesNotMatch(text, /not this|[0-9a-f]{32}|\u0007/);
  });

  test('never contain text that could control a terminal', () => {
    const file = fileOf({ requests: [{ name: 'a\u001b[2J\u001b[8m\u001b]0;x\u0007', method: 'x.list' }] });
    const text = prettyFile(
      {
        path: 'p',
        file,
        store: undefined,
        runs: [
          {
            request: file.requests[0]!,
            status: 'passed',
            dialect: undefined,
            args: undefined,
            ms: 1,
            value: undefined,
            rows: undefined,
            part: undefined,
            bytes: undefined,
            error: undefined,
            mismatches: [],
            findings: [],
            exchange: undefined,
            answer: undefined,
            shown: undefined,
            tries: 1,
            row: undefined,
          },
        ],
        error: undefined,
        ms: 1,
      },
      plain,
    );
    assert.doesNotMatch(text, /[\u001b\u0007]/);
  });
});
