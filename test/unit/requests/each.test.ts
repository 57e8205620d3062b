// Requests that run for rows, the sources of their variables, and the choice of requests: on the command line, against a demo store.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { lint, NamedFiles } from '../../../src/requests';
import { cli, client, demo, fileOf, folder, only, runOf } from './support';

const groups = { method: 'customer_group.list' };
const target = (url: string): readonly string[] => ['--url', url, '--user', 'apiUser'];
const data = { email: '{{row.email}}', firstname: '{{row.first}}', lastname: 'B', password: 'password1', website_id: 1, group_id: 1 };
const create = { name: 'Create', method: 'customer.create', args: { customerData: data } };
const remove = { name: 'Delete', method: 'customer.delete', args: ['{{row}}'], each: '{{Create.result}}' };
const read = {
  name: 'Read',
  method: 'customer.info',
  args: ['{{row}}'],
  each: '{{Create.result}}',
  expect: { result: { $partial: { lastname: 'B' } } },
};

suite('A request with "each"', () => {
  test('runs once for each row of a CSV file, has a result for each, and passes all of them on', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'customers.csv': 'email;first\nrow1@example.com;"Ä; 1"\nrow2@example.com;Two\n',
      'a.maho.json': { before: [{ ...create, each: 'customers.csv' }], requests: [read], after: [remove] },
    });
    const junit = join(path, 'r.xml');
    const { code, out } = await cli(['run', path, ...target(store.urls.v1), '--reporter', 'pretty', '--reporter', `junit=${junit}`]);
    assert.equal(code, 0, out);
    assert.match(out, /Create \(row 1: row1@example\.com\)[^]*Create \(row 2: row2@example\.com\)/);
    assert.match(out, /6 passed in /);
    assert.equal(store.customers(), 20);
  });

  test('runs for a list in the file and for a JSON file, keeps the type of a value in a placeholder of its own, and fails row by row', async (context) => {
    const store = await demo(context);
    const info = {
      name: 'Info',
      method: 'customer.info',
      args: ['{{row.id}}'],
      expect: { result: { $partial: { customer_id: '{{row.id}}' } } },
    };
    const path = await folder(context, { 'ids.json': [{ id: 1 }, { id: 999999 }, { id: 3 }] });
    for (const each of [[{ id: 1 }, { id: 999999 }, { id: 3 }], 'ids.json']) {
      writeFileSync(join(path, 'a.maho.json'), JSON.stringify({ requests: [{ ...info, each }] }));
      const { code, out } = await cli(['run', path, ...target(store.urls.v2)]);
      assert.equal(code, 1);
      assert.match(out, /passed +Info \(row 1: 1\)[^]*failed +Info \(row 2: 999999\)[^]*passed +Info \(row 3: 3\)/);
    }
  });

  test('without rows, with too many, or with another value is reported; an empty result runs nothing', async (context) => {
    const store = await demo(context);
    const target = client(context, store);
    const path = await folder(context, { 'none.csv': 'email\n', 'map.json': { a: 1 }, 'broken.json': '[', 'r.maho.json': '{}' });
    const run = async (each: unknown): Promise<readonly (string | undefined)[]> => {
      const list = { name: 'None', method: 'customer.list', args: { filters: { email: 'nobody@nowhere.example' } } };
      const file = { requests: [list, { ...groups, name: 'Rows', each }] };
      const { runFile } = await import('../../../src/requests');
      const job = { path: 'r', place: join(path, 'r.maho.json'), file: fileOf(file), client: target };
      const last = (await runFile(job, { trusted: true })).runs.at(-1);
      return [last?.status, last?.error?.code];
    };
    assert.deepEqual(await run('none.csv'), ['error', 'each-empty']);
    assert.deepEqual(await run([]), ['error', 'each-empty']);
    assert.deepEqual(await run('map.json'), ['error', 'each-list']);
    assert.deepEqual(await run('broken.json'), ['error', 'each-file']);
    assert.deepEqual(await run('missing.csv'), ['error', 'file']);
    assert.deepEqual(await run(Array.from({ length: 10_001 }, () => 1)), ['error', 'each-too-many']);
    assert.deepEqual(await run('{{None.result}}'), ['passed', undefined]);
  });

  test('is the only place where {{row}} is a row: elsewhere it is a variable, and the editor reports that there is no row', async (context) => {
    const run = await runOf(
      {
        variables: { 'row.id': 2, own: '{{row.id}}' },
        requests: [{ name: 'A', method: 'customer.info', args: ['{{own}}'], each: [{ id: 7 }] }],
      },
      client(context, await demo(context)),
      { keep: true },
    );
    assert.deepEqual(run.runs[0]?.args, { customerId: 2 });
    const found = lint(fileOf({ requests: [{ name: 'A', method: 'customer.info', args: ['{{row.id}}'] }] }));
    assert.match(only(found, 'variable-row').message, /Only a request with "each" can use/);
    assert.deepEqual(lint(fileOf({ requests: [{ name: 'A', method: 'customer.info', args: ['{{row.id}}'], each: 'a.csv' }] })), []);
  });

  test('suggests the likely name for a misspelled column', async (context) => {
    const run = await runOf(
      { requests: [{ name: 'A', method: 'customer.info', args: ['{{row.custmer_id}}'], each: [{ customer_id: 7 }] }] },
      client(context, await demo(context)),
    );
    assert.match(run.runs[0]?.error?.message ?? '', /Did you mean "customer_id"/);
  });
});

suite('Files that a request file names', () => {
  test("must be in its repository after following links, and not in git's own folder", async (context) => {
    const path = await folder(context, { 'secret.csv': 'email\nx\n' });
    const repository = join(path, 'repository');
    mkdirSync(join(repository, '.git'), { recursive: true });
    mkdirSync(join(repository, 'requests'));
    writeFileSync(join(repository, '.git', 'config'), 'token');
    writeFileSync(join(repository, 'data.csv'), 'email\na\n');
    symlinkSync(join(path, 'secret.csv'), join(repository, 'requests', 'linked.csv'));
    symlinkSync(path, join(repository, 'requests', 'up'));
    symlinkSync('../.git', join(repository, 'requests', 'inner'));
    symlinkSync('../data.csv', join(repository, 'requests', 'good.csv'));
    const files = new NamedFiles(join(repository, 'requests', 'a.maho.json'));
    assert.equal(files.read('../data.csv').toString(), 'email\na\n');
    assert.equal(files.read('good.csv').toString(), 'email\na\n');
    for (const name of [
      'linked.csv',
      'up/secret.csv',
      '../../secret.csv',
      join(path, 'secret.csv'),
      '/etc/passwd',
      '../.git/config',
      '../.GIT/config',
      'inner/config',
      '../../does-not-exist',
      '/does/not/exist',
    ])
      assert.throws(() => files.read(name), { code: 'file-outside' }, name);
    assert.throws(() => files.read('missing.csv'), { code: 'file' });
    assert.throws(() => files.read('.'), { code: 'file' });
  });

  test('are refused in a run before anything is sent', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'secret.csv': 'id\n1\n' });
    mkdirSync(join(path, 'inner'));
    const request = { name: 'A', method: 'customer.info', args: ['{{row.id}}'], each: '../secret.csv' };
    writeFileSync(join(path, 'inner', 'a.maho.json'), JSON.stringify({ requests: [request] }));
    const { code, out } = await cli(['run', join(path, 'inner'), ...target(store.urls.v2)]);
    assert.equal(code, 2);
    assert.match(out, /is not in the repository/);
    assert.ok(store.requests.every(({ method }) => method !== 'customer.info'));
  });
});

suite('Variables of a run', () => {
  const show = (name: string): object => ({
    requests: [
      { name: 'A', method: 'customer.info', args: [`{{${name}}}`], expect: { result: { $partial: { customer_id: `{{${name}}}` } } } },
    ],
  });

  test('come from --var, then from several files, the last first, each between shared and private values', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': { variables: { id: 999999 }, ...show('id') },
      'base.env.json': { id: 2, other: 'x' },
      'staging.env.json': { id: 3 },
      'more.env': '# more\nexport id="4"\nother=y\n',
    });
    const sent = async (...args: readonly string[]): Promise<unknown> => {
      const { code, out, err } = await cli(['run', join(path, 'a.maho.json'), ...target(store.urls.v1), ...args]);
      assert.equal(code, 0, out + err);
      return store.requests.findLast(({ method }) => method === 'customer.info')?.args;
    };
    assert.match(String(await sent('--env', join(path, 'staging.env.json'))), /\b3\b/);
    assert.match(String(await sent('--env', join(path, 'base.env.json'))), /\b2\b/);
    assert.match(String(await sent('--env', join(path, 'staging.env.json'), '--env', join(path, 'more.env'))), /\b4\b/);
    assert.match(String(await sent('--env', join(path, 'more.env'), '--env', join(path, 'staging.env.json'))), /\b3\b/);
    writeFileSync(join(path, 'local.env.json'), '{ "id": 5 }');
    assert.match(String(await sent('--env', join(path, 'staging.env.json'))), /\b5\b/);
    assert.match(String(await sent('--env', join(path, 'staging.env.json'), '--var', 'id=6')), /\b6\b/);
  });

  test('contain no key, and unknown values are not silently omitted', async (context) => {
    const path = await folder(context, {
      'a.maho.json': show('id'),
      'key.env': 'MAHO_SOAP_KEY=geheim\nid=1\n',
      'wrong.env': 'id=1\nsomething else\n',
      'open.env': 'id="1\n',
      'more.env': 'id="1\n2"\nb=\'x\'\n',
    });
    const store = await demo(context);
    const run = async (...args: readonly string[]): Promise<string> => {
      const { out, err } = await cli(['run', path, ...target(store.urls.v1), ...args]);
      return out + err;
    };
    const said = await run('--env', join(path, 'key.env'));
    assert.match(said, /Note: MAHO_SOAP_KEY in .*key\.env is not read/);
    assert.doesNotMatch(said, /geheim/);
    assert.match(await run('--env', join(path, 'wrong.env')), /Line 2 is not NAME=value/);
    assert.match(await run('--env', join(path, 'open.env')), /does not end/);
    assert.match(await run('--env', join(path, 'more.env')), /Fault|fault|failed/);
    assert.match(await run('--var', 'MAHO_SOAP_KEY=x'), /is reserved for an API key/);
    assert.match(await run('--var', 'x'), /is not a variable/);
    assert.match(await run('--var', 'idd=1'), /"idd" from --var is not used\. Did you mean "id"/);
  });

  test('in private files are reported when git tracks the files', async (context) => {
    const path = await folder(context, { 'a.maho.json': { requests: [{ ...groups, name: 'A' }] }, 'x.env.json': {}, 'local.env.json': {} });
    const git = (...args: readonly string[]): unknown => execFileSync('git', [...args], { cwd: path, stdio: 'ignore' });
    const note = async (): Promise<string> => (await cli(['run', path, '--list', '--env', join(path, 'x.env.json')])).err;
    assert.equal(await note(), '');
    git('init');
    git('add', 'x.env.json');
    assert.equal(await note(), '');
    git('add', 'local.env.json');
    assert.match(await note(), /local\.env\.json is tracked by git/);
  });
});

suite('The choice of requests', () => {
  test('is by name and by tag, can be repeated, and is listed without a store', async (context) => {
    const path = await folder(context, {
      'a.maho.json': {
        requests: [
          { ...groups, name: 'First', tags: ['smoke', 'Fast'] },
          { ...groups, name: 'Second', tags: ['smokeless'] },
          { ...groups, name: 'Third smoke' },
        ],
      },
    });
    const names = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { out, code } = await cli(['run', path, '--list', '--reporter', 'json', ...args.flatMap((each) => ['--only', each])], {});
      assert.equal(code, 0, out);
      return (JSON.parse(out) as { files: { requests: { name: string }[] }[] }).files.flatMap(({ requests }) =>
        requests.map(({ name }) => name),
      );
    };
    assert.deepEqual(await names(), ['First', 'Second', 'Third smoke']);
    assert.deepEqual(await names('smoke'), ['Third smoke']);
    assert.deepEqual(await names('tag:smoke'), ['First']);
    assert.deepEqual(await names('tag:smoke*'), ['First', 'Second']);
    assert.deepEqual(await names('tag:fast', 'third*'), ['First', 'Third smoke']);
    const { out } = await cli(['run', path, '--list'], {});
    assert.match(out, / {5}\d+ {2}First +customer_group\.list +tag:smoke {2}tag:Fast\n/);
    writeFileSync(join(path, 'b.maho.json'), '{');
    assert.equal((await cli(['run', path, '--list'], {})).code, 2);
  });

  test('is from files, folders, patterns that no shell has expanded, and standard input', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': { requests: [{ ...groups, name: 'A' }] }, 'c.json': '{' });
    mkdirSync(join(path, 'deep', 'node_modules'), { recursive: true });
    const text = JSON.stringify({ requests: [{ ...groups, name: 'B' }] });
    for (const name of ['deep/b.maho.json', 'deep/node_modules/n.maho.json', 'deep/[odd].maho.json']) writeFileSync(join(path, name), text);
    const listed = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { out } = await cli(['run', '--list', '--reporter', 'json', ...args], {});
      return (JSON.parse(out) as { files: { path: string }[] }).files.map((file) => file.path.replace(`${path}/`, ''));
    };
    assert.deepEqual(await listed(`${path}/**/*.maho.json`), ['a.maho.json', 'deep/[odd].maho.json', 'deep/b.maho.json']);
    assert.deepEqual(await listed(`${path}/*.json`), ['a.maho.json']);
    assert.deepEqual(await listed(`${path}/{a,z}.maho.json`, `${path}/a.maho.json`), ['a.maho.json']);
    assert.deepEqual(await listed(`${path}/d?ep/[a-b].maho.json`, `${path}/**/[!b]*.maho.json`), [
      'deep/b.maho.json',
      'a.maho.json',
      'deep/[odd].maho.json',
    ]);
    assert.deepEqual(await listed(join(path, 'deep', '[odd].maho.json')), ['deep/[odd].maho.json']);
    const { code, err } = await cli(['run', `${path}/x*.maho.json`], {});
    assert.deepEqual([code, /No \*\.maho\.json file matches/.test(err)], [2, true]);
    const stdin = await cli(['run', '-', ...target(store.urls.v2)], undefined, undefined, text);
    assert.match(stdin.out, /^\(standard input\) on [^]*passed +B/);
  });
});
