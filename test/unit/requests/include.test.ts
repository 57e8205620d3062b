// Request files that include others: the order of requests, the places in reports, and refused files.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { lint, namesBeside, parseRequestFile, withIncluded, type RequestFile } from '../../../src/requests';
import { cli, demo, folder } from './support';

const groups = (name: string, more: object = {}): object => ({ name, method: 'customer_group.list', ...more });

/** A folder with files in folders. The first folder is a repository. */
async function files(context: TestContext, written: Readonly<Record<string, string | object>>): Promise<string> {
  const path = await folder(context, {});
  for (const [name, content] of Object.entries(written)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

async function wholeOf(
  context: TestContext,
  written: Readonly<Record<string, string | object>>,
  name = 'a.maho.json',
): Promise<{ readonly whole: RequestFile; readonly path: string }> {
  const path = await files(context, written);
  const content = written[name] ?? '';
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return { path, whole: withIncluded(parseRequestFile(text), { path: name, place: join(path, name) }) };
}

const told = ({ problems }: RequestFile): readonly string[] => problems.map(({ code }) => code);

suite('A request file that includes others', () => {
  test('runs their requests first, cleans up in turn, and its own variables take precedence', async (context) => {
    const { whole } = await wholeOf(context, {
      'a.maho.json': {
        include: ['common/b.json', 'c.json'],
        variables: { who: 'a' },
        before: [groups('a before')],
        requests: [groups('a')],
        after: [groups('a after')],
      },
      'common/b.json': {
        include: 'd.json',
        variables: { who: 'b', what: 'b' },
        before: [groups('b before')],
        requests: [groups('b')],
        after: [groups('b after')],
      },
      'common/d.json': { variables: { what: 'd', where: 'd' }, requests: [groups('d')], after: [groups('d after')] },
      'c.json': { include: 'common/d.json', variables: { what: 'c' }, requests: [] },
    });
    assert.deepEqual(told(whole), []);
    assert.deepEqual(
      whole.all.map(({ name }) => name),
      ['b before', 'a before', 'd', 'b', 'a', 'a after', 'b after', 'd after'],
    );
    assert.deepEqual(
      whole.all.map(({ index }) => index),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.deepEqual(
      whole.all.map(({ origin }) => origin?.path),
      [
        join('common', 'b.json'),
        undefined,
        join('common', 'd.json'),
        join('common', 'b.json'),
        undefined,
        undefined,
        join('common', 'b.json'),
        join('common', 'd.json'),
      ],
    );
    assert.deepEqual(Object.fromEntries(whole.variables.map(({ name, value }) => [name, value])), { who: 'a', what: 'c', where: 'd' });
  });

  test('without includes is unchanged', () => {
    const file = parseRequestFile('{ "requests": [] }');
    assert.equal(withIncluded(file, { path: 'a', place: '/a' }), file);
    assert.deepEqual(told(file), ['no-requests']);
  });

  test('uses the texts of an editor, saved or not', async (context) => {
    const path = await files(context, { 'b.json': { requests: [groups('saved')] } });
    const whole = withIncluded(parseRequestFile('{ "include": "b.json", "requests": [] }'), {
      path: 'a',
      place: join(path, 'a.maho.json'),
      open: (place) => (place.endsWith('b.json') ? JSON.stringify({ requests: [groups('typed')] }) : undefined),
    });
    assert.deepEqual(
      whole.all.map(({ name }) => name),
      ['typed'],
    );
  });

  test('is refused with the reason when something cannot be included', async (context) => {
    const outside = await files(context, { 'secret.json': { requests: [] } });
    const path = await files(context, {
      '.git/config.json': { requests: [] },
      'folder/x.json': { requests: [] },
      'itself.json': { include: 'itself.json', requests: [] },
      'one.json': { include: 'two.json', requests: [] },
      'two.json': { include: './one.json', requests: [] },
      'broken.json': '{ "requests": [',
      'key.json': { requests: [groups('x')], requsts: [] },
      'latin.json': Buffer.from('{ "requests": [], "variables": { "n": "\xe9" } }', 'latin1').toString('latin1'),
      'double.json': { requests: [groups('Mine')] },
      'store.json': { store: 'Other', requests: [] },
      'nested.json': { include: 'missing.json', requests: [] },
      'far.json': { include: '../../elsewhere.json', requests: [] },
    });
    await writeFile(join(path, 'latin.json'), Buffer.from('{ "variables": { "n": "\xe9" }, "requests": [] }', 'latin1'));
    await symlink(join(outside, 'secret.json'), join(path, 'link.json'));
    await symlink(outside, join(path, 'linked'));
    const cases: readonly (readonly [name: string, code: string, message: RegExp])[] = [
      ['missing.json', 'file', /missing\.json cannot be read/],
      ['folder', 'file', /cannot be read/],
      ['../secret.json', 'file-outside', /is not in the repository/],
      [join(outside, 'secret.json'), 'file-outside', /is not in the repository/],
      ['link.json', 'file-outside', /is not in the repository/],
      ['linked/secret.json', 'file-outside', /is not in the repository/],
      ['.git/config.json', 'file-outside', /is not in the repository/],
      ['a.maho.json', 'include-cycle', /a\.maho\.json includes a\.maho\.json, which includes it again/],
      ['itself.json', 'include-cycle', /itself\.json cannot be included: itself\.json includes itself\.json/],
      ['one.json', 'include-cycle', /one\.json cannot be included: two\.json cannot be included: two\.json includes \.\/one\.json/],
      ['broken.json', 'json-syntax', /broken\.json cannot be included/],
      ['key.json', 'file-key', /key\.json cannot be included/],
      ['latin.json', 'encoding', /latin\.json/],
      ['double.json', 'include-name', /Two requests are named "Mine": one in a\.maho\.json, one in double\.json/],
      ['store.json', 'include-store', /store\.json is for the store "Other", and this file names no store/],
      ['nested.json', 'file', /nested\.json cannot be included: The file missing\.json cannot be read/],
      ['far.json', 'file-outside', /far\.json cannot be included/],
    ];
    for (const [name, code, message] of cases) {
      const text = JSON.stringify({ include: ['folder/x.json', name], requests: [groups('Mine')] });
      await writeFile(join(path, 'a.maho.json'), text);
      const { problems } = withIncluded(parseRequestFile(text), { path: 'a.maho.json', place: join(path, 'a.maho.json') });
      const [problem] = problems;
      assert.ok(problem !== undefined && problems.length === 1, `${name}: ${JSON.stringify(problems)}`);
      assert.equal(problem.code, code, `${name}: ${problem.message} ${problem.why ?? ''}`);
      assert.match(problem.message, message);
      assert.equal(text.slice(problem.range.offset, problem.range.offset + problem.range.length), JSON.stringify(name));
    }
    assert.match(
      withIncluded(parseRequestFile('{ "include": "x.json", "requests": [] }'), { path: 'a', place: undefined }).problems[0]?.message ?? '',
      /is not saved on a disk/,
    );
    await rm(join(path, 'link.json'));
  });

  test('may include files from anywhere in its repository, and from nowhere else', async (context) => {
    const { whole } = await wholeOf(
      context,
      {
        '.git/HEAD': 'ref: refs/heads/main',
        'tests/shop/a.maho.json': { include: '../../shared/b.json', requests: [] },
        'shared/b.json': { include: '../deep/c.json', requests: [groups('b')] },
        'deep/c.json': { requests: [groups('c')] },
      },
      'tests/shop/a.maho.json',
    );
    assert.deepEqual(told(whole), []);
    assert.deepEqual(
      whole.all.map(({ origin }) => origin?.path.replaceAll('\\', '/')),
      ['deep/c.json', 'shared/b.json'],
    );
  });

  test('has a limited size', async (context) => {
    const chain = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`f${index}.json`, { include: `f${index + 1}.json`, requests: [] }]),
    );
    const { whole } = await wholeOf(context, {
      ...chain,
      'f300.json': { requests: [groups('last')] },
      'a.maho.json': { include: 'f0.json', requests: [] },
    });
    assert.deepEqual(told(whole), ['include-too-many']);
    // Each file doubles the number of paths to the last file, which is still read only once.
    const wide = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `g${index}.json`,
        { include: [`g${index + 1}.json`, `./g${index + 1}.json`], requests: [] },
      ]),
    );
    const { whole: once } = await wholeOf(context, {
      ...wide,
      'g60.json': { requests: [groups('last')] },
      'a.maho.json': { include: 'g0.json', requests: [] },
    });
    assert.deepEqual(told(once), []);
    assert.equal(once.all.length, 1);
  });
});

suite('An editor', () => {
  test('knows variables and requests of included files, and marks files that cannot be included', async (context) => {
    const path = await files(context, {
      'b.json': { variables: { id: 1 }, before: [groups('First')], requests: [], after: [groups('Last')] },
    });
    const file = (include: string): RequestFile =>
      parseRequestFile(
        JSON.stringify({
          include,
          requests: [
            { name: 'A', method: 'customer.info', args: ['{{id}}', ['{{First.result}}']] },
            { name: 'B', method: 'customer.info', args: ['{{Last.result}}'] },
          ],
        }),
      );
    const found = (include: string): readonly string[] => {
      const own = file(include);
      const whole = withIncluded(own, { path: 'a', place: join(path, 'a.maho.json') });
      const included = {
        variables: whole.variables.map(({ name }) => name),
        requests: whole.all.flatMap(({ name, list, origin }) => (origin === undefined || list === 'after' ? [] : [name])),
        problems: whole.problems,
      };
      return lint(own, { included }).map(({ code }) => code);
    };
    assert.deepEqual(found('b.json'), ['variable-request']);
    assert.deepEqual(found('missing.json'), ['file', 'variable-unknown', 'variable-request', 'variable-request']);
  });

  test('completes paths that may be included, and none outside of the repository', async (context) => {
    const path = await files(context, {
      '.git/HEAD': '',
      'tests/a.maho.json': '{}',
      'tests/b.maho.json': '{}',
      'tests/rows.csv': '',
      'tests/common/c.json': '{}',
      'parts/d.json': '{}',
      'node_modules/x/package.json': '{}',
    });
    await symlink('/etc', join(path, 'tests/linked'));
    await symlink('/etc/passwd', join(path, 'tests/passwd.json'));
    const offered = (typed: string): readonly string[] => namesBeside(join(path, 'tests/a.maho.json'), typed).map(({ name }) => name);
    assert.deepEqual(offered(''), ['common/', 'b.maho.json']);
    assert.deepEqual(offered('com'), ['common/', 'b.maho.json']);
    assert.deepEqual(offered('common/'), ['common/c.json']);
    assert.deepEqual(offered('../'), ['../parts/', '../tests/']);
    assert.deepEqual(offered('../parts/'), ['../parts/d.json']);
    assert.deepEqual(offered('../../'), []);
    assert.deepEqual(offered('/etc/'), []);
    assert.deepEqual(offered('nowhere/'), []);
  });
});

suite('maho-soap run with included files', () => {
  const written = {
    'a.maho.json': {
      include: 'common/b.json',
      requests: [
        groups('Uses', { expect: { result: { $length: [1, null] } } }),
        { name: 'Reads', method: 'customer.info', args: ['{{Prepared.result.customer_id}}'] },
      ],
    },
    'common/b.json': `{
  "variables": { "note": "{{$file note.txt}}" },
  "requests": [
    { "name": "Prepared", "method": "customer.info", "args": [1] },
    { "name": "Rows", "method": "customer.info", "each": "rows.csv", "args": ["{{row.id}}"] },
    { "name": "Note", "method": "customer.list", "args": { "filters": { "lastname": "{{note}}", "firstname": "{{$file note.txt}}" } },
      "expect": { "result": { "$length": 5 } } }
  ]
}`,
    'common/note.txt': 'Nobody',
    'common/rows.csv': 'id\n1\n2\n',
  };

  test('sends all of them, reads the files that they name, and reports places in the file of each request', async (context) => {
    const store = await demo(context);
    const path = await files(context, written);
    const reports = ['json', 'junit', 'html'].map((name) => ['--reporter', `${name}=${join(path, name)}`]).flat();
    const { code, out, err } = await cli([
      'run',
      join(path, 'a.maho.json'),
      '--url',
      store.urls.v2,
      '--user',
      'apiUser',
      '--reporter',
      'pretty',
      ...reports,
    ]);
    assert.equal(code, 1, out + err);
    assert.match(out, /5 passed, 1 failed/);
    assert.match(out, /common[/\\]b\.json:7:\d+/);
    assert.match(out, /passed +Rows \(row 2: 2\)/);
    const { out: annotated } = await cli([
      'run',
      join(path, 'a.maho.json'),
      '--url',
      store.urls.v2,
      '--user',
      'apiUser',
      '--reporter',
      'github',
    ]);
    const report = async (name: string): Promise<string> => await readFile(join(path, name), 'utf8');
    assert.match(annotated, /::error file=[^,]*common\/b\.json,line=7/);
    assert.match(await report('junit'), /common[/\\]b\.json:7/);
    assert.match(await report('html'), /common[/\\]b\.json:7/);
  });

  test('lists them with their places, and chooses among them by name', async (context) => {
    const store = await demo(context);
    const path = await files(context, written);
    const list = await cli(['run', join(path, 'a.maho.json'), '--list']);
    assert.match(list.out, /^ +4 +Prepared +customer\.info +of .*common[/\\]b\.json$/m);
    assert.doesNotMatch(list.out, /Uses.* of /);
    const { out, code } = await cli(['run', join(path, 'a.maho.json'), '--only', 'Reads', '--url', store.urls.v1, '--user', 'apiUser']);
    assert.equal(code, 0, out);
    assert.match(out, /2 passed/);
  });

  test('sends nothing when a file cannot be included, and reports the place of its name', async (context) => {
    const store = await demo(context);
    const path = await files(context, {
      'a.maho.json': '{\n  "include": "../../etc/passwd",\n  "requests": [{ "name": "A", "method": "customer_group.list" }]\n}',
    });
    const before = store.requests.length;
    const { out, code } = await cli(['run', join(path, 'a.maho.json'), '--url', store.urls.v1, '--user', 'apiUser']);
    assert.equal(code, 2);
    assert.match(out, /Line 2, column 14: The file \.\.\/\.\.\/etc\/passwd is not read/);
    assert.equal(store.requests.length, before);
  });

  test('reports an invalid request of an included file with its own line', async (context) => {
    const store = await demo(context);
    const path = await files(context, {
      'a.maho.json': { include: 'b.json', requests: [groups('Mine')] },
      'b.json': '{\n "requests": [\n  { "name": "Odd", "method": 5 } ]\n}',
    });
    const { out, code } = await cli(['run', join(path, 'a.maho.json'), '--url', store.urls.v1, '--user', 'apiUser']);
    assert.equal(code, 2);
    assert.match(out, /b\.json:3:\d+/);
    assert.match(out, /Line 3, column \d+/);
    assert.match(out, /1 passed/);
  });

  test('works from standard input too', async (context) => {
    const store = await demo(context);
    const path = await files(context, { 'b.json': { requests: [groups('Included')] } });
    const before = process.cwd();
    process.chdir(path);
    try {
      const input = JSON.stringify({ include: 'b.json', requests: [] });
      const { out, code } = await cli(['run', '-', '--url', store.urls.v1, '--user', 'apiUser'], undefined, undefined, input);
      assert.equal(code, 0, out);
      assert.match(out, /passed +Included/);
    } finally {
      process.chdir(before);
    }
  });
});
