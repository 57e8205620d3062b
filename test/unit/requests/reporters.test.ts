// Every report shows failures. Each report is read by the programs or people that it is for.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { tinyStore } from '../../support/tiny-store';
import { cli, demo, folder } from './support';

const groups = { name: 'Groups', method: 'customer_group.list' };
const target = (url: string): readonly string[] => ['--url', url, '--user', 'apiUser'];

/** A file with one request for each kind of failure. */
const troubled = {
  requests: [
    groups,
    { ...groups, name: 'Wrong', expect: { result: { $contains: { customer_group_code: 'Nobody' } } } },
    {
      name: 'Name',
      method: 'customer.info',
      args: [1],
      expect: { result: { $partial: { firstname: 'Somebody', password_hash: 'x' } } },
    },
    { name: 'Fault', method: 'customer.info', args: [999999] },
    { name: 'Unsent', method: 'customer.info', args: ['{{nobody}}'] },
    { name: 'Skipped', method: 'customer.info', args: ['{{Unsent.result}}'] },
  ],
};

suite('A failed request', () => {
  test('is shown with the expected and the actual value, and the beginning of the response, without its secrets', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': troubled });
    for (const reporter of ['pretty', 'json', 'junit', 'html']) {
      const { out } = await cli(['run', path, ...target(store.urls.v1), '--reporter', reporter]);
      const text = out.replaceAll('&quot;', '"').replaceAll('\\"', '"');
      assert.match(text, /a list that contains \{"customer_group_code":"Nobody"\}/, reporter);
      assert.match(text, /"customer_group_code":"NOT LOGGED IN"/, reporter);
      assert.match(text, /Customer not exists\./, reporter);
      assert.match(text, /"password_hash": "••••••"/, reporter);
      assert.doesNotMatch(text, /[0-9a-f]{32}|apiKey12345/, reporter);
    }
  });

  test('suggests how to compare a part of a map if the response has additional fields, and only then', async (context) => {
    const store = await demo(context);
    const hint = /To compare only the fields that you name, write \{ "\$partial"/;
    for (const [result, wanted] of [
      [{ firstname: 'Nobody' }, true],
      [{ $partial: { firstname: 'Nobody' } }, false],
      [{ $length: 3 }, false],
    ] as const) {
      const file = { requests: [{ name: 'A', method: 'customer.info', args: [1], expect: { result } }] };
      const { out } = await cli(['run', await folder(context, { 'a.maho.json': file }), ...target(store.urls.v2)]);
      assert.match(out, /A .*customer\.info/);
      assert.equal(hint.test(out), wanted, out);
    }
  });

  test('describes an outcome that is not a value in words, and shows the response once', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': {
        requests: [
          { name: 'Result', method: 'customer.info', args: [1], expect: { fault: 102 } },
          { ...groups, name: 'Results', expect: { fault: true } },
          { name: 'Fault', method: 'customer.info', args: [999999] },
        ],
      },
    });
    const { out } = await cli(['run', path, ...target(store.urls.v2)]);
    assert.match(out, /fault: expected fault 102, got a result\n/);
    assert.match(out, /fault: expected a fault, got a list of \d+\n/);
    assert.match(out, /fault: expected a result, got fault "102: Customer not exists\."\n/);
    assert.equal(out.match(/NOT LOGGED IN/g)?.length, 1);
  });

  test('is named again at the end with its place, after a long output', async (context) => {
    const store = await demo(context);
    const long = { name: 'Long', method: 'customer.list', expect: { result: { $length: 1 } } };
    const path = await folder(context, {
      'a.maho.json': { requests: [long, { ...long, name: 'Longer' }, groups] },
      'b.maho.json': { requests: [{ ...groups, name: 'Short', expect: { result: { $length: 1 } } }] },
    });
    const { out } = await cli(['run', path, ...target(store.urls.v2)]);
    const end = out.slice(out.lastIndexOf('on 127.0.0.1'));
    assert.match(end, /\n\n {2}failed +Long: result\.length: expected 1, got 20 \S+a\.maho\.json:\d+:\d+\n {2}failed +Longer: /);
    assert.match(end, /1 passed, 3 failed in [^\n]+\n$/);
    const { out: short } = await cli(['run', join(path, 'b.maho.json'), ...target(store.urls.v2)]);
    assert.equal(short.match(/Short/g)?.length, 1);
  });

  test('shows only the beginning of a long response, in every report', async (context) => {
    const rows = Array.from({ length: 1000 }, (_, id) => ({ customer_id: id, note: `${'n'.repeat(600)}end` }));
    const store = await tinyStore(context, 'v2', () => ({ value: rows }));
    const path = await folder(context, {
      'a.maho.json': { requests: [{ name: 'All', method: 'customer.list', expect: { result: { $length: 1 } } }] },
    });
    for (const reporter of ['pretty', 'json', 'junit', 'html']) {
      const { out } = await cli(['run', path, ...target(store.url), '--reporter', reporter, '--verbose']);
      assert.ok(out.length < 60_000, `${reporter}: ${out.length}`);
      assert.match(out, /customer_id/);
      assert.match(out, /… \d+ more/);
    }
  });

  test('shows its exchange with --verbose, like successful ones, but never the key or the session', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': troubled });
    const { out } = await cli(['run', path, ...target(store.urls.v1), '--verbose']);
    assert.match(out, /sent:\n +POST http:[^]*?customer_group\.list[^]*?answered:\n +HTTP\/1\.1 200/);
    assert.doesNotMatch(out, /apiKey12345|[0-9a-f]{32}/);
    const quiet = await cli(['run', path, ...target(store.urls.v1)]);
    assert.doesNotMatch(quiet.out, /POST http/);
  });
});

suite('The advice for a failure', () => {
  test('is in every report: the trap of a filter, the advice for a fault, and no customer where a fault was expected', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': {
        requests: [
          {
            name: 'Trap',
            method: 'customer.list',
            args: { filters: { customer_id: { gteq: 1, lteq: 3 } } },
            expect: { result: { $length: 3 } },
          },
          { name: 'Gone', method: 'customer.info', args: [99999] },
          { name: 'No fault', method: 'customer.info', args: [1], expect: { fault: 102 } },
        ],
      },
    });
    const run = async (reporter: string): Promise<string> => {
      const { out } = await cli(['run', join(path, 'a.maho.json'), '--url', store.urls.v2, '--user', 'apiUser', '--reporter', reporter]);
      return out;
    };
    for (const reporter of ['pretty', 'github', 'junit', 'html']) {
      const out = await run(reporter);
      assert.match(out, /Only gteq counts on customer_id/, reporter);
      assert.match(out, /Check the ID, or find the customer by e-mail/, reporter);
    }
    assert.match(await run('github'), /No fault \(customer\.info\)::fault: expected fault 102, got a result$/m);
    assert.match(await run('junit'), /message="fault: expected fault 102, got a result"/);
  });
});

suite('Several reports', () => {
  test('are written to their files while the log is for people, the summary last', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': troubled });
    const files = { junit: join(path, 'r.xml'), json: join(path, 'r.json'), html: join(path, 'r.html') };
    const { out, code } = await cli([
      'run',
      path,
      ...target(store.urls.v2),
      ...Object.entries(files).flatMap(([name, file]) => ['--reporter', `${name}=${file}`]),
      '--reporter',
      'github',
      '--reporter',
      'pretty',
    ]);
    assert.equal(code, 2);
    assert.match(out, /^.*a\.maho\.json on /);
    assert.match(out, /\n1 passed, 3 failed, 1 could not run, 1 skipped in [^\n]+\n$/);
    assert.match(readFileSync(files.junit, 'utf8'), /^<\?xml/);
    assert.match(readFileSync(files.html, 'utf8'), /^<!doctype html>/);
    assert.equal((JSON.parse(readFileSync(files.json, 'utf8')) as { exitCode: number }).exitCode, 2);
  });

  test('are refused before anything is sent if they would be mixed or lost', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': troubled });
    const before = store.requests.length;
    for (const [args, says] of [
      [['--reporter', 'json', '--reporter', 'pretty'], /cannot be printed on standard output together/],
      [['--reporter', 'json', '--reporter', 'junit'], /cannot be printed on standard output together/],
      [['--reporter', 'json=a', '--reporter', 'html=./a'], /same place/],
      [['--reporter', 'pretty', '--reporter', 'pretty'], /same place/],
      [['--reporter', 'json', '--reporter', 'junit', '--out', 'x'], /--out can be used for one report/],
      [['--reporter', 'json=x', '--out', 'y'], /--out can be used for one report/],
      [['--reporter', 'github=x'], /cannot be written to a file/],
      [['--reporter', 'json='], /has no file name/],
      [['--reporter', 'xml=x'], /"xml" is not a reporter/],
    ] as const) {
      const { code, err } = await cli(['run', path, ...target(store.urls.v2), ...args]);
      assert.deepEqual([code, says.test(err)], [2, true], `${args.join(' ')}: ${err}`);
    }
    assert.equal(store.requests.length, before);
  });
});

suite('The report for GitHub', () => {
  test('marks each failure at its file and line, relative to the root of the checkout', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a,b: c.maho.json': troubled, 'broken.maho.json': '{' });
    const env = { MAHO_SOAP_KEY: 'apiKey12345', GITHUB_WORKSPACE: join(path, '..') };
    const { out } = await cli(['run', path, ...target(store.urls.v1), '--reporter', 'github'], env);
    const root = path.slice(path.lastIndexOf('/') + 1);
    const lines = out.trimEnd().split('\n');
    const text = readFileSync(join(path, 'a,b: c.maho.json'), 'utf8').split('\n');
    const failure = lines.find((line) => line.includes('title=Wrong (customer_group.list)::')) ?? '';
    const place = /^::error file=([^,]+),line=(\d+),col=(\d+),/.exec(failure);
    assert.equal(place?.[1], `${root}/a%2Cb%3A c.maho.json`);
    assert.match(text[Number(place?.[2]) - 1] ?? '', /"expect"/);
    assert.match(failure, /::result: expected a list that contains [^\n]*, got \[/);
    assert.ok(lines.some((line) => line.startsWith(`::error file=${root}/broken.maho.json,line=1,col=1,`)));
    assert.match(lines.at(-1) ?? '', /^1 passed, 3 failed, 1 could not run, 1 skipped, 1 file could not run in /);
  });
});

suite('A store that is down', () => {
  test('is reported once for all requests and files that cannot be sent', async (context) => {
    const store = await demo(context);
    const url = store.urls.v1;
    await store.close();
    const many = { requests: Array.from({ length: 30 }, (_, index) => ({ ...groups, name: `Groups ${index}` })) };
    const path = await folder(context, { 'a.maho.json': many, 'b.maho.json': many });
    const said = async (reporter: string): Promise<string> => (await cli(['run', path, ...target(url), '--reporter', reporter])).out;
    const pretty = await said('pretty');
    assert.equal(pretty.match(/refused the connection/g)?.length, 1, pretty);
    assert.ok(pretty.split('\n').length < 25, pretty);
    assert.match(pretty, /29 requests, from Groups 1 on\n +Not sent: 127\.0\.0\.1:\d+ could not be used\./);
    assert.equal((await said('github')).match(/::error/g)?.length, 1);
    assert.match(pretty, /0 passed, 60 could not run in /);
  });
});

suite('The report as HTML', () => {
  test('contains nothing that a browser would load or run, and has text of stores and files only as text', async (context) => {
    const nasty = `</pre></style><script>alert(1)</script><img src=x onerror="alert(2)"> ' " & ]]>`;
    const store = await tinyStore(context, 'v2', () => ({ value: [{ firstname: nasty }] }));
    const path = await folder(context, {
      'a.maho.json': {
        requests: [
          { name: nasty, method: 'customer.list', expect: { result: [{ firstname: `no ${nasty}` }] } },
          { name: 'method', method: nasty },
          { name: 'argument', method: 'customer.info', args: [`{{${nasty.slice(0, 30)}}}`] },
        ],
      },
    });
    const { out } = await cli(['run', path, ...target(store.url), '--reporter', 'html', '--verbose']);
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(out)?.[1] ?? '';
    const style = /<style>([^<]*)<\/style>/.exec(out)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    assert.equal(policy, `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    const known =
      'html head meta title style body header main section h1 h2 p ul li details summary table thead tbody tr th td pre code strong';
    const tags = new Set([...out.matchAll(/<\/?([a-z][a-z0-9-]*)/gi)].map(([, name]) => name ?? ''));
    assert.deepEqual(
      [...tags].filter((name) => !known.split(' ').includes(name)),
      [],
    );
    assert.doesNotMatch(out.replace(/<pre>[^<]*<\/pre>/g, ''), /<[^>]*\s(?:on\w+|src|href|style)\s*=/i);
    assert.match(out, /&lt;script&gt;alert\(1\)/);
  });
});
