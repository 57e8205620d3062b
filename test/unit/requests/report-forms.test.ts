import assert from 'node:assert/strict';
import { readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { suite, test } from 'node:test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { validateXML } from 'xmllint-wasm';
import { cliProgram } from '../../support/built-cli';
import { serve } from '../../support/loopback';
import { cli, demo, folder } from './support';

const root = resolve(import.meta.dirname, '../../..');
const groups = { name: 'Groups', method: 'customer_group.list' };
const schemas = ['xunit', 'ant'].map((name) => ({
  fileName: `${name}.xsd`,
  contents: readFileSync(join(root, `test/fixtures/junit/${name}.xsd`), 'utf8'),
}));

suite('Reports as JUnit', () => {
  test('are valid by the schemas of Jenkins’ xUnit plugin and of Ant for every outcome, with time, file and line', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': {
        requests: [
          groups,
          { ...groups, name: 'Wrong\n<name> \u0000 ##vso[x]', expect: { result: [] } },
          { ...groups, name: '' },
          { name: 'needs', method: 'customer.info', args: ['{{Fault.result}}'] },
          { name: 'Fault', method: 'customer.info', args: [99999] },
          { name: 'after', method: 'customer.info', args: ['{{Fault.result}}'] },
        ],
      },
      'broken.maho.json': '{ nope',
      'empty.maho.json': { requests: [] },
      'unknown.maho.json': { variabels: {}, requests: [groups] },
    });
    const stopped = new AbortController();
    stopped.abort();
    for (const more of [[], ['--user', 'nobody']]) {
      for (const stop of [new AbortController().signal, stopped.signal]) {
        const { out } = await cli(
          ['run', path, '--url', store.urls.v1, '--user', 'apiUser', '--reporter', 'junit', ...more],
          { MAHO_SOAP_KEY: 'apiKey12345' },
          stop,
        );
        for (const schema of schemas) {
          const { valid, errors } = await validateXML({ xml: { fileName: 'report.xml', contents: out }, schema });
          assert.ok(valid, `${schema.fileName}: ${errors.map(({ message }) => message).join('\n')}`);
        }
        assert.match(out, /<property name="line of Groups" value="\d+"\/>/);
        if (!stop.aborted && more.length === 0) assert.match(out, /a\.maho\.json:\d+:\d+\n/);
      }
    }
    const { valid } = await validateXML({ xml: { fileName: 'report.xml', contents: '<testsuites name="x"/>' }, schema: schemas[1] ?? '' });
    assert.equal(valid, false, 'the schemas refuse something');
  });
});

suite('Settings of the file are always respected', () => {
  for (const [name, text, says] of [
    [
      'an unknown dialect',
      '{\n "dialect": "v3",\n "requests": [{ "name": "a", "method": "customer_group.list" }] }',
      /Line 2, column \d+: dialect/,
    ],
    [
      'an unknown key',
      '{\n "variabels": {},\n "requests": [{ "name": "a", "method": "customer_group.list" }] }',
      /Line 2, column \d+: "variabels" is not supported here/,
    ],
    [
      'two requests of one name',
      '{ "requests": [{ "name": "a", "method": "customer_group.list" },\n { "name": "a", "method": "customer_group.list" }] }',
      /Line 2, column \d+: .*"a"/,
    ],
    ['no requests', '{ "requests": [] }', /no requests/],
    ['a list at the top', '[{ "name": "a", "method": "customer_group.list" }]', /cannot be run/],
    [
      'an unknown key of a request',
      '{ "requests": [{ "name": "a", "method": "customer_group.list",\n "expects": {} }] }',
      /Line 2, column \d+: "expects" is not supported here/,
    ],
  ] as const) {
    test(name, async (context) => {
      const store = await demo(context);
      const path = await folder(context, { 'a.maho.json': text });
      for (const reporter of ['pretty', 'json', 'junit']) {
        const { code, out } = await cli(['run', path, '--url', store.urls.v1, '--user', 'apiUser', '--reporter', reporter]);
        assert.equal(code, 2, out);
        assert.match(out.replaceAll('\\"', '"').replaceAll('&quot;', '"'), says, reporter);
      }
    });
  }
});

test('a file that is named twice in any form runs once', async (context) => {
  const store = await demo(context);
  const path = await folder(context, { 'a.maho.json': { requests: [groups] } });
  symlinkSync(join(path, 'a.maho.json'), join(path, 'b.maho.json'));
  const file = join(path, 'a.maho.json');
  const { code, out } = await cli([
    'run',
    file,
    `${path}/./a.maho.json`,
    path,
    `${path}/../${path.split('/').at(-1) ?? ''}/a.maho.json`,
    join(path, 'b.maho.json'),
    file,
    '--url',
    store.urls.v1,
    '--user',
    'apiUser',
  ]);
  assert.equal(code, 0);
  assert.match(out, /^1 passed in /m);
  assert.equal(store.requests.filter(({ method }) => method === 'customer_group.list').length, 1);
});

for (const [signal, exit] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`one ${signal} ends a run whose store does not respond, with ${exit}`, { timeout: 240_000 }, async (context) => {
    let asked: () => void = () => undefined;
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const silent = await serve(context, () => {
      asked();
    });
    const path = await folder(context, { 'a.maho.json': { requests: [groups] } });
    const child = spawn(process.execPath, [...cliProgram(), 'run', path, '--url', silent.url, '--user', 'u'], {
      cwd: root,
      env: { ...process.env, MAHO_SOAP_KEY: 'k' },
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    context.after(() => child.kill('SIGKILL'));
    await waiting;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, exit);
  });
}
