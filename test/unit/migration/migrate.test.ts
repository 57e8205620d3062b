import assert from 'node:assert/strict';
import { cp, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { runCli, type Ran } from '../../support/cli';
import {
  callsIn,
  htmlMigrationReport,
  kindOf,
  markdownReport,
  migrationFormatOf,
  migrationText,
  readPaths,
  ReportBuilder,
  requestLine,
} from '../../../src/migration';
import { MAX_FILE_BYTES } from '../../../src/migration/walk';
import { MAX_REPORTED_CALLS } from '../../../src/migration/report';
import { inNewFolder } from '../../support/folder';

const fixtures = resolve(import.meta.dirname, '../../fixtures/migration');

const migrate = async (...args: readonly string[]): Promise<Ran> => await runCli(['migrate', ...args]);

/** A project with integration code, and with files that must not be read. */
async function inProject(use: (folder: string) => Promise<void>): Promise<void> {
  await inNewFolder('maho-migrate-', async (folder) => {
    const src = join(folder, 'src');
    await mkdir(src);
    for (const name of ['CustomerSync.php', 'legacy.php', 'checks.maho.json']) await cp(join(fixtures, name), join(src, name));
    for (const name of ['import.ts', 'other.ts']) await cp(join(fixtures, `${name}.txt`), join(src, name));
    for (const other of ['node_modules/x', 'vendor/y', '.hidden', 'src/vendor/z']) {
      await mkdir(join(folder, other), { recursive: true });
      await cp(join(fixtures, 'legacy.php'), join(folder, other, 'legacy.php'));
    }
    await use(folder);
  });
}

interface Data {
  readonly summary: Readonly<Record<string, number | string>>;
  readonly needs: { readonly maho: string; readonly permissions: readonly string[] };
  readonly files: readonly {
    readonly path: string;
    readonly calls: readonly { readonly line: number; readonly method: string; readonly verdict: string; readonly request?: string }[];
  }[];
  readonly notRead: readonly { readonly path: string; readonly why: string }[];
}

describe('Logins and ends of sessions in code', () => {
  const methods = (text: string, kind: 'php' | 'typescript'): string[] =>
    callsIn(text, kind).map(({ call, line }) => `${line} ${call.method}`);

  for (const [what, kind, text, wanted] of [
    [
      'on the client that makes calls, also a property or by its name',
      'php',
      [
        '<?php',
        '$this->soap->login($u, $k);',
        "$this->soap->call($session, 'customer.info', [1]);",
        "$this->soap->__soapCall('endSession', [$s]);",
      ].join('\n'),
      ['2 login', '3 customer.info', '4 endSession'],
    ],
    [
      'of a class that only connects',
      'php',
      "<?php\n$client = new \\SoapClient($base . '/api/v2_soap/?wsdl', ['trace' => 1]);\nreturn [$client, $client->login($u, $k)];",
      ['3 login'],
    ],
    [
      'over the package soap',
      'typescript',
      [
        "import * as soap from 'soap';",
        "const shop = await soap.createClientAsync('https://s.example.com/api/v2_soap/?wsdl');",
        'await shop.loginAsync({});',
        'await shop?.endSessionAsync({});',
      ].join('\n'),
      ['3 login', '4 endSession'],
    ],
    [
      'but not of anything else',
      'php',
      [
        '<?php',
        '$auth->login($u, $k);',
        "$ups = new SoapClient('https://ups.example.com/wsdl');",
        '$ups->login($u, $k);',
        '// $client->login()',
        '$client->customerCustomerInfo($session, 2);',
        "$x = '$client->login(1)';",
        'login($u);',
      ].join('\n'),
      ['6 customer.info'],
    ],
    [
      'nor of another client in the same file',
      'typescript',
      [
        "import * as soap from 'soap';",
        "const ups = await soap.createClientAsync('https://ups.example.com');",
        'await ups.loginAsync({});',
        'await shop.customerCustomerInfoAsync({ sessionId, customerId: 2 });',
        'this.router.login();',
      ].join('\n'),
      ['4 customer.info'],
    ],
  ] as const)
    test(what, () => {
      assert.deepEqual(methods(text, kind), wanted);
    });
});

describe('maho-soap migrate', () => {
  test('finds each call of a project, and assesses it by its arguments', async () => {
    await inProject(async (folder) => {
      const { code, out, err } = await migrate(folder, '--format', 'json');
      assert.deepEqual([code, err], [0, '']);
      const data = JSON.parse(out) as Data;
      assert.deepEqual(data.summary, {
        text: '24 calls in 4 files: 8 can move, 9 with a difference, 7 cannot move',
        calls: 24,
        files: 4,
        filesRead: 5,
        moves: 8,
        difference: 9,
        stays: 7,
      });
      assert.deepEqual(data.needs, {
        maho: '26.7.3',
        permissions: ['customer-groups/read', 'customers/create', 'customers/read', 'customers/write'],
      });
      const lines = data.files.flatMap(({ path, calls }) =>
        calls.map(
          ({ line, method, verdict, request }) => `${path.slice(folder.length + 1)}:${line} ${method} ${verdict} ${request ?? '-'}`,
        ),
      );
      assert.deepEqual(lines, [
        'src/CustomerSync.php:17 login difference -',
        'src/CustomerSync.php:23 customer.list difference GET /customers',
        'src/CustomerSync.php:32 customer.list difference GET /customers?email={email}',
        'src/CustomerSync.php:39 customer.info stays -',
        'src/CustomerSync.php:44 customer.update moves PUT /customers/{customerId}',
        'src/CustomerSync.php:49 customer.update moves PUT /customers/{customerId}',
        'src/CustomerSync.php:54 customer.delete stays -',
        'src/CustomerSync.php:59 customer_address.list difference GET /customers/{customerId}',
        'src/checks.maho.json:5 customer.info moves GET /customers/{customerId}',
        'src/checks.maho.json:6 customer.update stays -',
        'src/checks.maho.json:7 customer_address.info stays -',
        'src/checks.maho.json:8 multiCall difference -',
        'src/checks.maho.json:8 customer.info moves GET /customers/1',
        'src/checks.maho.json:8 customer_group.list moves GET /customer-groups',
        'src/import.ts:4 login difference -',
        'src/import.ts:8 customer.create difference POST /customers',
        'src/import.ts:14 customer.list difference GET /customers',
        'src/legacy.php:3 login difference -',
        'src/legacy.php:6 customer.list stays -',
        'src/legacy.php:7 customer_group.list moves GET /customer-groups',
        'src/legacy.php:9 customer.info moves GET /customers/{customerId}',
        'src/legacy.php:10 customer.delete stays -',
        'src/legacy.php:13 customer_address.create stays -',
        'src/legacy.php:14 endSession moves -',
      ]);
    });
  });

  test('writes the report as Markdown and HTML: a summary first, then each file with its lines', async () => {
    await inProject(async (folder) => {
      const { out: markdown } = await migrate(folder);
      assert.match(markdown, /^# From SOAP to REST v2\n\n24 calls in 4 files: 8 can move, 9 with a difference, 7 cannot move\.\n/);
      assert.match(markdown, /- Line 54: `customer.delete` cannot move\n/);
      const { out: html } = await migrate(folder, '--format', 'html');
      assert.match(html, /^<!doctype html>\n<html lang="en"><head>/);
      assert.match(html, /default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'/);
      assert.ok(html.includes('<p>24 calls in 4 files: 8 can move, 9 with a difference, 7 cannot move.</p>'));
      assert.doesNotMatch(html, /<script|<link|<img|href=|src=/);
    });
  });

  test('accepts files, and reports missing, linked or too large ones without reading them', async () => {
    await inProject(async (folder) => {
      const src = join(folder, 'src');
      await symlink(join(folder, 'vendor'), join(src, 'linked'), 'junction');
      await symlink('..', join(src, 'circle'), 'junction');
      const large = join(src, 'large.php');
      await writeFile(large, '<?php ');
      await truncate(large, MAX_FILE_BYTES + 1);
      await writeFile(join(src, 'latin.php'), Buffer.from('<?php // customerCustomerList \xe9', 'latin1'));
      const readme = join(folder, 'README.md');
      await writeFile(readme, 'customerCustomerList');
      const data = JSON.parse((await migrate(src, readme, join(src, 'linked'), '--format', 'json')).out) as Data;
      assert.equal(data.summary['calls'], 24);
      const why = Object.fromEntries(data.notRead.map(({ path, why: words }) => [path.slice(folder.length + 1), words]));
      assert.deepEqual(Object.keys(why).sort(), ['README.md', 'src/large.php', 'src/latin.php', 'src/linked']);
      assert.match(why['src/large.php'] ?? '', /larger than 4 MiB/);
      assert.match(why['src/latin.php'] ?? '', /UTF-8/);
      assert.match(why['src/linked'] ?? '', /link/);
    });
  });

  test('reports that nothing was found, a missing file, and an invalid format', async () => {
    await inNewFolder('maho-migrate-', async (folder) => {
      assert.match((await migrate(folder)).out, /^# From SOAP to REST v2\n\nNo calls of the SOAP customer API in 0 files\.\n$/);
      const missing = await migrate(join(folder, 'nowhere'));
      assert.deepEqual([missing.code, missing.out], [2, '']);
      assert.match(missing.err, /There is no file or folder/);
      const odd = await migrate(folder, '--format', 'pdf');
      assert.deepEqual([odd.code, odd.out], [2, '']);
      assert.match(odd.err, /"pdf" is not a format/);
    });
  });
});

test('no name of a file, a request or an attribute becomes markup or a command', () => {
  const hostile = '<img src=x>`|`[a](b)*_ ##vso[task] \u001b[2J\u202e';
  const report = new ReportBuilder();
  const text = JSON.stringify({
    requests: [{ name: hostile, method: 'customer.list', args: { filters: { [hostile]: 'x', email: hostile } } }],
  });
  report.add(`src/${hostile}.maho.json`, callsIn(text, 'requests'));
  report.skip(hostile, hostile);
  const html = htmlMigrationReport(report.report());
  assert.doesNotMatch(html, /<img/);
  const markdown = markdownReport(report.report());
  assert.doesNotMatch(markdown, /(?<!\\)<img|(?<!\\)\[a\]/);
  assert.doesNotMatch(markdown, /##vso/);
  for (const written of [html, markdown]) assert.doesNotMatch(written, /\u001b|\u202e/);
  // No call moves to REST, so there are no requirements.
  assert.doesNotMatch(markdown, /Calls that can move need/);
});

test('a report keeps calls up to a limit, and counts the others', () => {
  const report = new ReportBuilder();
  const calls = callsIn(`<?php $client = new SoapClient('x'); ${'$client->customerCustomerDelete($s, 1);'.repeat(300)}`, 'php');
  assert.equal(calls.length, 300);
  const files = Math.ceil(MAX_REPORTED_CALLS / 300) + 10;
  for (let file = 0; file < files; file++) report.add(`file${file}.php`, calls);
  const { files: listed, counts, unlisted } = report.report();
  assert.equal(
    listed.reduce((sum, { calls: some }) => sum + some.length, 0),
    MAX_REPORTED_CALLS,
  );
  assert.deepEqual([counts.stays, unlisted], [files * 300, files * 300 - MAX_REPORTED_CALLS]);
});

test('files are recognized by their names', () => {
  const rows = [
    ['a.php', 'php'],
    ['A.PHTML', 'php'],
    ['a.mts', 'typescript'],
    ['a.jsx', 'typescript'],
    ['a.maho.json', 'requests'],
    ['a.json', undefined],
    ['a.d.ts', undefined],
    ['a.min.js', undefined],
    ['constructor', undefined],
    ['a.constructor', undefined],
    ['php', undefined],
  ] as const;
  for (const [name, kind] of rows) assert.equal(kindOf(name), kind, name);
});

test('calls in every form of code are found with the known parts of their arguments', () => {
  const rows = [
    ['<?php $c = new SoapClient($w); $c->call($s, "customer.info", 7);', 'GET /customers/7'],
    ['<?php $c = new SoapClient($w); $c->call($s, "customer.info", [7, ["email"]]);', 'GET /customers/7'],
    ['<?php $c = new SoapClient($w); $args = [7]; $c->call($s, "customer.info", $args);', 'GET /customers/7'],
    ['<?php $c = new SoapClient($w); $c->customerCustomerInfo(["sessionId" => $s, "customerId" => 7]);', 'GET /customers/7'],
    ['<?php $c = new SoapClient($w); $c->customerCustomerList($s, ["filter" => [["key" => $k, "value" => 1]]]);', 'GET /customers'],
    ['<?php $c = new SoapClient($w); $c->customerCustomerList($s, "no filter");', 'GET /customers'],
    ['<?php $c = new SoapClient($w); $c->customerCustomerList($s, ...$more);', 'GET /customers'],
    ['<?php $c = new SoapClient($w); $c->customerCustomerInfo($s);', 'GET /customers/{customerId}'],
  ] as const;
  for (const [code, line] of rows) {
    const [call] = callsIn(code, 'php');
    assert.equal(call?.translation.request === undefined ? undefined : requestLine(call.translation.request), line, code);
  }
});

describe('A report that is saved under a name', () => {
  test('has the format of its ending, in capitals too, and is Markdown otherwise', () => {
    assert.deepEqual(
      ['a.html', 'A.HTML', 'a.json', 'a.Json', 'a.md', 'a.html.txt', 'json', 'html/a'].map((name) => migrationFormatOf(name)),
      ['html', 'html', 'json', 'json', 'md', 'md', 'md', 'md'],
    );
  });

  test('is what maho-soap migrate prints in that format', async () => {
    await inProject(async (folder) => {
      const report = new ReportBuilder();
      await readPaths([folder], report, { stop: new AbortController().signal });
      for (const format of ['md', 'json', 'html'] as const)
        assert.equal(migrationText(report.report(), format), (await migrate(folder, '--format', format)).out, format);
    });
  });
});
