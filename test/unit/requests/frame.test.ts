// Requests before and after the other requests of a file, and repeated requests: against a demo store, and in real processes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { suite, test } from 'node:test';
import { parseRequestFile, type FileRun } from '../../../src/requests';
import { cliProgram } from '../../support/built-cli';
import { tinyStore } from '../../support/tiny-store';
import { cli, client, demo, fileOf, folder, runOf } from './support';

const root = resolve(import.meta.dirname, '../../..');
const groups = { method: 'customer_group.list' };
const create = {
  name: 'Create',
  method: 'customer.create',
  args: { customerData: { email: '{{$randomEmail}}', firstname: 'A', lastname: 'B', password: 'password1', website_id: 1, group_id: 1 } },
};
const remove = { name: 'Delete', method: 'customer.delete', args: ['{{Create.result}}'] };
const wrong = { ...groups, name: 'Wrong', expect: { result: [] } };

const outcomes = ({ runs }: FileRun): readonly (readonly [string, string])[] =>
  runs.map(({ request, status }) => [request.name, status] as const);

suite('Requests before and after the others', () => {
  test('run first and last, and delete created data even if a test failed', async (context) => {
    const store = await demo(context);
    const run = await runOf({ after: [remove], requests: [wrong, { ...groups, name: 'Good' }], before: [create] }, client(context, store));
    assert.deepEqual(outcomes(run), [
      ['Create', 'passed'],
      ['Wrong', 'failed'],
      ['Good', 'passed'],
      ['Delete', 'passed'],
    ]);
    assert.equal(store.customers(), 20);
  });

  test('are included when one request is chosen; when one of them is chosen, it runs alone', async (context) => {
    const store = await demo(context);
    const file = { before: [create, { ...groups, name: 'Also' }], requests: [wrong, { ...groups, name: 'Good' }], after: [remove] };
    const target = client(context, store);
    const chosen = async (name: string): Promise<readonly string[]> =>
      (await runOf(file, target, { only: (request) => request.name === name })).runs.map(({ request }) => request.name);
    assert.deepEqual(await chosen('Good'), ['Create', 'Also', 'Good', 'Delete']);
    assert.deepEqual(await chosen('Also'), ['Also']);
    assert.deepEqual(await chosen('Delete'), ['Create', 'Delete']);
    assert.equal(store.customers(), 20);
  });

  test('skip the other requests if a preparation fails, but still clean up', async (context) => {
    const store = await demo(context);
    const run = await runOf(
      { before: [create, { ...wrong, name: 'Prepare' }], requests: [{ ...groups, name: 'Good' }], after: [remove] },
      client(context, store),
    );
    assert.deepEqual(outcomes(run), [
      ['Create', 'passed'],
      ['Prepare', 'failed'],
      ['Good', 'skipped'],
      ['Delete', 'passed'],
    ]);
    assert.match(run.runs[2]?.error?.message ?? '', /"Prepare", which runs before it, did not pass/);
    assert.equal(store.customers(), 20);
  });

  test('clean up when the run is stopped in the middle, and do nothing when it was stopped before it began', async (context) => {
    const store = await demo(context);
    const stop = new AbortController();
    const file = {
      before: [create],
      requests: [
        { ...groups, name: 'Stops' },
        { ...groups, name: 'Never' },
      ],
      after: [remove],
    };
    const run = await runOf(file, client(context, store), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === 'request-started' && event.request.name === 'Stops') stop.abort();
      },
    });
    assert.deepEqual(outcomes(run), [
      ['Create', 'passed'],
      ['Stops', 'cancelled'],
      ['Never', 'cancelled'],
      ['Delete', 'passed'],
    ]);
    assert.equal(store.customers(), 20);
    const none = await runOf(file, client(context, store), { signal: stop.signal });
    assert.deepEqual(
      none.runs.map(({ status }) => status),
      ['cancelled', 'cancelled', 'cancelled', 'cancelled'],
    );
  });

  test('clean up after Ctrl+C on the command line, and the exit code is that of the signal', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': { before: [create], requests: [{ ...groups, name: 'Waits', delay: '20s' }], after: [remove] },
    });
    const child = spawn(process.execPath, [...cliProgram(), 'run', path, '--url', store.urls.v2, '--user', 'apiUser'], {
      cwd: root,
      env: { ...process.env, MAHO_SOAP_KEY: 'apiKey12345' },
    });
    context.after(() => child.kill('SIGKILL'));
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString()));
    while (store.customers() === 20 && child.exitCode === null) await new Promise((done) => setTimeout(done, 50));
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 130, out);
    assert.equal(store.customers(), 20, out);
    assert.match(out, /cancelled +Waits[^]*passed +Delete/);
  });

  test('respect the policy of the store: a production store asks for confirmation, a read-only one refuses', async (context) => {
    const store = await demo(context);
    const file = { before: [create], requests: [{ ...groups, name: 'Good' }], after: [{ ...remove, args: [5] }] };
    for (const config of [{ environment: 'production' }, { readOnly: true }] as const) {
      const run = await runOf(file, client(context, store, 'v2', config));
      assert.deepEqual(outcomes(run), [
        ['Create', 'error'],
        ['Good', 'skipped'],
        ['Delete', 'error'],
      ]);
    }
    assert.equal(store.customers(), 20);
  });

  test('are read like the others: unique names in the file, mistakes at their place, only results of earlier requests', () => {
    const text = `{ "before": [{ "name": "A", "method": "customer_group.list" }, { "name": "B", "methd": "x", "method": "y.list" }],
      "requests": [{ "name": "A", "method": "customer_group.list" }],
      "after": [{ "name": "C", "method": "customer.info", "args": [], "args": [1] }, { "name": "D", "method": ] }`;
    const file = parseRequestFile(text);
    const at = file.problems.map(({ code, range }) => [code, text.slice(range.offset, range.offset + range.length)]);
    const codes = new Set(at.map(([code]) => code));
    for (const code of ['file-key', 'json-syntax', 'key-twice', 'name-twice']) assert.ok(codes.has(code), code);
    assert.equal(at.filter(([code]) => code === 'key-twice').length, 1);
    assert.ok(at.some(([code, piece]) => code === 'file-key' && piece === '"methd"'));
    assert.deepEqual(
      fileOf({ before: [create], requests: [wrong], after: [remove] }).all.map(({ index, list }) => [index, list]),
      [
        [0, 'before'],
        [1, 'requests'],
        [2, 'after'],
      ],
    );
  });
});

suite('--bail', () => {
  test('ends the run of all files at the first request that does not pass, and exits with its code', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': { before: [create], requests: [wrong, { ...groups, name: 'Never' }], after: [remove] },
      'b.maho.json': { requests: [{ ...groups, name: 'Other' }] },
    });
    const { code, out } = await cli(['run', path, '--url', store.urls.v1, '--user', 'apiUser', '--bail']);
    assert.equal(code, 1, out);
    assert.match(out, /failed +Wrong[^]*skipped +Never[^]*passed +Delete[^]*skipped +Other/);
    assert.match(out, /2 passed, 1 failed, 2 skipped/);
    assert.equal(store.customers(), 20);
  });

  test('with --parallel ends the files that run at the same time, and lets each of them clean up', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': { requests: [wrong] },
      // This file is still waiting when the other file has failed.
      'b.maho.json': {
        before: [create],
        requests: [
          { ...groups, name: 'Slow', delay: '2s' },
          { ...groups, name: 'Never' },
        ],
        after: [remove],
      },
      'c.maho.json': { requests: [{ ...groups, name: 'Other' }] },
    });
    const { code, out } = await cli(['run', path, '--url', store.urls.v1, '--user', 'apiUser', '--bail', '--parallel', '2']);
    assert.equal(code, 1, out);
    assert.match(out, /failed +Wrong/);
    assert.match(out, /skipped +Never[^]*passed +Delete/);
    assert.match(out, /skipped +Other/);
    assert.equal(store.customers(), 20);
  });
});

suite('--retry', () => {
  test('repeats only requests that read', async (context) => {
    const counts = new Map<string, number>();
    const store = await tinyStore(context, 'v2', ({ method }) => {
      const count = (counts.get(method) ?? 0) + 1;
      counts.set(method, count);
      return count < 3 ? { fault: ['100', 'Busy'] } : { value: [] };
    });
    const path = await folder(context, {
      'a.maho.json': {
        requests: [
          { name: 'Read', method: 'customer.list' },
          { name: 'Write', method: 'customer.delete', args: [1] },
        ],
      },
    });
    const { out } = await cli(['run', path, '--url', store.url, '--user', 'apiUser', '--retry', '4']);
    assert.match(out, /passed +Read .*3 tries/);
    assert.match(out, /failed +Write/);
    assert.deepEqual([counts.get('customerCustomerList'), counts.get('customerCustomerDelete')], [3, 1]);
  });
});

suite('A request that waits', () => {
  test('is repeated until the expected value arrives, and then has the verdict of its expectation', async (context) => {
    let asked = 0;
    const store = await tinyStore(context, 'v2', () => ({ value: asked++ < 3 ? [] : [{ customer_id: 7 }] }));
    const target = client(context, { urls: { v2: store.url } } as never, 'v2');
    const list = { name: 'List', method: 'customer.list', until: { result: { $length: 1 }, every: '20ms', for: '20s' } };
    const [run] = (await runOf({ requests: [{ ...list, expect: { result: [{ customer_id: 7 }] } }] }, target)).runs;
    assert.deepEqual([run?.status, run?.tries], ['passed', 4]);
    const [other] = (await runOf({ requests: [{ ...list, expect: { result: [{ customer_id: 8 }] } }] }, target)).runs;
    assert.deepEqual([other?.status, other?.mismatches[0]?.path], ['failed', 'result[0].customer_id']);
  });

  test('fails at the timeout, and shows the last value and the place', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': { requests: [{ ...groups, name: 'Never', until: { result: { $length: 99 }, every: '20ms', for: '120ms' } }] },
    });
    const { code, out } = await cli(['run', path, '--url', store.urls.v2, '--user', 'apiUser']);
    assert.equal(code, 1);
    assert.match(
      out,
      /until: expected this within 120ms, got something else in (?:1 try|\d+ tries)\n +until\.result\.length: expected 99, got 4/,
    );
  });

  test('never repeats a write, in the file or in an envelope', async (context) => {
    const store = await demo(context);
    const until = { result: true, every: '20ms', for: '1s' };
    const run = await runOf({ requests: [{ name: 'Delete', method: 'customer.delete', args: [5], until }] }, client(context, store));
    assert.deepEqual([run.runs[0]?.status, run.runs[0]?.error?.code], ['error', 'until-write']);
    assert.equal(store.customers(), 20);
  });

  test('ends immediately when the run is stopped', async (context) => {
    const store = await demo(context);
    const stop = new AbortController();
    const run = await runOf(
      {
        requests: [
          { ...groups, name: 'Waits', until: { result: [], every: '30s', for: '60s' } },
          { ...groups, name: 'Delayed', delay: '60s' },
        ],
      },
      client(context, store),
      {
        signal: stop.signal,
        onEvent: (event) => {
          if (event.kind === 'request-started') setTimeout(() => stop.abort(), 100);
        },
      },
    );
    assert.deepEqual(outcomes(run), [
      ['Waits', 'cancelled'],
      ['Delayed', 'cancelled'],
    ]);
  });
});
