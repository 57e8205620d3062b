// No text of a store or file is a command to a build server or a terminal. Every command and every report gets hostile text in each of its
// fields, and each printed line is read as the build servers read it.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { printable, printableJson, printableLines, printableXml, printed } from '../../../src/api/printable';
import { readTree } from '../../../src/soap/decoding/tree';
import { serve } from '../../support/loopback';
import { tinyFault, tinyResult, tinyStore, tinyWsdl } from '../../support/tiny-store';
import { cli, type CliResult } from '../requests/support';

/** Commands of build servers and terminals, each in a form that they would execute. */
const commands = [
  '##vso[task.setvariable variable=x;isOutput=true]y',
  '##[error]x',
  '##[add-path]/tmp',
  "##teamcity[publishArtifacts '/etc']",
  '::warning::x',
  '::set-output name=a::b',
  '::add-mask::x',
  '::stop-commands::t',
  'section_start:1:x',
  'section_end:1:x',
  'travis_fold:start:x',
  '+++ x',
  '--- x',
  '~~~ x',
  '^^^ +++',
];
const separators = [
  '\n',
  '\r',
  '\r\n',
  '\n  ',
  '\n\t',
  '\n\u00a0\u2003',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u000b',
  '\u000c',
  '\b\b\b\b',
  '\u001b[2K\u001b[1G',
  '\u001b[0m',
  '\u009b1G',
  ' ',
  '#',
  '',
];

/** Text as a store or a file would send it, with one command after each separator. */
const hostile = `x${separators.flatMap((separator) => commands.map((command) => `${separator}${command}`)).join('')}\n`;
/** The same text in a form that XML can contain. */
const inXml = hostile.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\n');
/** The same text in the name of a file. */
const inName = '::error::a ##vso[b] \n::warning::c \r##[d]\u2028::e \u001b[1Gf';

/** The commands that each of these servers would execute for a line. */
function obeyed(output: string): readonly string[] {
  const colourless = output.replace(/\u001b\[[\d;]*m/g, '');
  return colourless.split(/[\n\r\u000b\u000c\u0085\u2028\u2029]/).flatMap((line) => {
    const found: string[] = [];
    // GitHub (v2) checks the beginning, without blanks; GitHub (v1), Azure Pipelines and TeamCity check the whole line.
    if (/^\s*::/.test(line)) found.push(line);
    if (/##\w*\[/.test(line)) found.push(line);
    if (/^\s*(?:section_(?:start|end):|travis_fold:|(?:---|\+\+\+|~~~|\^\^\^) )/.test(line)) found.push(line);
    return found;
  });
}

const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

function assertHarmless({ out, err }: CliResult, about: string): void {
  for (const text of [out, err]) {
    assert.deepEqual(
      obeyed(text).map((line) => line.slice(0, 120)),
      [],
      about,
    );
    assert.doesNotMatch(text, control, about);
  }
}

function folderOf(t: TestContext, files: Readonly<Record<string, string | object>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'maho-soap-log-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, '.vscode'));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

const reporters = ['pretty', 'json', 'junit', 'html'] as const;

/** Parses a report, which fails if it is not valid. */
function assertReadable(reporter: (typeof reporters)[number], out: string): void {
  if (reporter === 'json') JSON.parse(out);
  if (reporter === 'junit') assert.equal(readTree(out, {}).local, 'testsuites');
  if (reporter === 'html') assert.match(out, /^<!doctype html>\n<html lang="en">/);
}

suite('No text is a command to a build log', () => {
  test('run, in each report: fault texts, values, names of files, requests, stores and variables', async (t) => {
    const store = await tinyStore(t, 'v2', ({ method }, count) =>
      method === 'customerCustomerInfo'
        ? { fault: [count % 2 === 0 ? '102' : inXml, inXml] }
        : { value: [{ firstname: inXml, [`x`]: inXml }] },
    );
    const request = (name: string, more: object): object => ({ name, method: 'customer.list', ...more });
    const folder = folderOf(t, {
      [`${inName}.maho.json`]: {
        store: hostile.trim(),
        variables: { [hostile]: hostile, v: hostile },
        requests: [
          request(hostile, { expect: { result: [] } }),
          request('kind', { expect: { result: { $regex: `^${'##vso[x]'.replace('[', '\\[')}$` } } }),
          request('value', { expect: { result: [{ firstname: hostile }] } }),
          request('key', { expect: { result: { $contains: { [hostile]: hostile } } } }),
          request('fault', { method: 'customer.info', args: [1] }),
          request('fault text', { method: 'customer.info', args: [1], expect: { fault: { code: 1, message: hostile } } }),
          request('unknown', { method: hostile }),
          request('argument', { args: { [hostile]: 1 } }),
          request('variable', { args: { filters: `{{${hostile.slice(0, 100).replace(/[{}\n]/g, '')}}}` } }),
          request('result', { args: [`{{${commands[4] ?? ''}.result}}`] }),
          request('environment', { args: ['{{$env ::warning}}'] }),
          request('error', { expect: { error: hostile } }),
          { [hostile]: hostile, name: 'key of a request' },
          { name: 'envelope', envelope: hostile },
        ],
      },
      'broken.maho.json': `{ "requests": [ ${hostile}`,
      'empty.maho.json': { requests: [], [hostile]: 1, dialect: hostile },
      '.vscode/settings.json': {
        'mahoSoap.stores': [
          { name: hostile.trim(), url: store.url, user: hostile },
          { name: '::error::b', url: hostile, user: 'u' },
          { name: hostile, url: 1 },
        ],
      },
      'other.maho.json': { store: hostile, requests: [request('a', {})] },
      'unnamed.maho.json': { store: '::error::b', requests: [request('a', {})] },
    });
    const file = `${inName}.maho.json`;
    const before = process.cwd();
    process.chdir(folder);
    t.after(() => process.chdir(before));
    const env = { MAHO_SOAP_KEY: 'the-key', MAHO_SOAP_HOSTS: `127.0.0.1:${store.port}` };
    for (const reporter of reporters) {
      for (const args of [
        [file],
        ['.'],
        [file, '--url', store.url, '--user', hostile],
        [file, '--store', hostile],
        [file, '--only', hostile],
        ['broken.maho.json'],
        ['empty.maho.json'],
        [file, '--env', inName],
        [file, '--settings', inName],
        [file, '--allow-host', hostile],
        [inName],
        [file, '--confirm', hostile],
      ]) {
        const ran = await cli(['run', ...args, '--reporter', reporter], env);
        assert.ok(ran.out + ran.err !== '');
        assertHarmless(ran, `${reporter} ${args.join(' ').slice(0, 80)}`);
        if (ran.out !== '') assertReadable(reporter, ran.out);
      }
      const ran = await cli(['run', '.', '--reporter', reporter, '--verbose'], { ...env, FORCE_COLOR: '1' });
      assert.deepEqual(obeyed(ran.out), []);
    }
    // The only report that contains commands to a build server: each command is ours, about a file of ours, and contains no other.
    const { out } = await cli(['run', '.', '--reporter', 'github', '--reporter', 'pretty', '--url', store.url, '--user', 'u'], env);
    const given = obeyed(out);
    assert.ok(given.length > 10);
    for (const line of given) {
      assert.match(line, /^::error file=[^,:\n]*\.maho\.json,line=\d+,col=\d+,title=[^,:\n]*::/, line.slice(0, 200));
      assert.doesNotMatch(line, control);
      assert.doesNotMatch(line, /##\w*\[/);
    }
    for (const text of given.map((line) => decodeURIComponent(line.replace(/%(?!25|0A|0D|3A|2C)/g, '%25'))))
      assert.deepEqual(obeyed(text.slice(2)), [], 'what GitHub prints of it');
    for (const reporter of [inName, '::x']) assertHarmless(await cli(['run', file, '--reporter', reporter], env), 'reporter');
    assertHarmless(await cli(['run', file, '--out', join(folder, 'no', inName)], env), 'out');
  });

  test('call, doctor and types: responses, faults, pages, headers, status lines and WSDLs', async (t) => {
    const stores = [
      (
        await tinyStore(t, 'v2', ({ method }) =>
          method === 'customerCustomerInfo' ? { fault: [inXml, inXml] } : { value: [{ firstname: inXml }] },
        )
      ).url,
      (await tinyStore(t, 'v2', () => ({ xml: `${hostile}${tinyResult('x', inXml)}` }))).url,
      (await tinyStore(t, 'v2', () => ({ xml: hostile }))).url,
      (
        await tinyStore(
          t,
          'v1',
          () => ({ value: true }),
          (dialect, address) => tinyWsdl(dialect, address, 'urn:##vso[x]&#10;::warning::y'),
        )
      ).url,
      (
        await tinyStore(
          t,
          'v2',
          () => ({ value: true }),
          (dialect, address) => tinyWsdl(dialect, address).replaceAll('customerCustomerList', '##vso[x]&#10;::warning::y'),
        )
      ).url,
      (
        await serve(
          t,
          (_, response) =>
            void response
              .writeHead(200, { 'Content-Type': 'text/html', Server: '##vso[x]', 'X-Powered-By': '::warning::y' })
              .end(`<html><head><title>${hostile}</title></head><body>${hostile}</body></html>`),
        )
      ).url,
      (await serve(t, (_, response) => void response.writeHead(500, '::error::x ##vso[y]', { Location: 'http://x/##vso[z]' }).end(hostile)))
        .url,
      (await serve(t, (_, response) => void response.writeHead(302, { Location: 'http://x/##vso[z]' }).end())).url,
      (await serve(t, (_, response) => void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="##vso[z]"' }).end(hostile))).url,
      (await serve(t, (_, response) => void response.end(tinyFault(inXml, inXml)))).url,
      'http://::warning::x',
      'http://127.0.0.1:1/##vso[x]',
      hostile,
    ];
    const folder = folderOf(t, { 'raw.xml': hostile, 'args.json': `{${hostile}` });
    const env = { MAHO_SOAP_KEY: 'the-key' };
    for (const url of stores) {
      const target = ['--url', url, '--user', 'u'];
      for (const args of [
        ['call', 'customer.list', ...target],
        ['call', 'customer.list', '--json', '--verbose', ...target],
        ['call', 'customer.info', '[1]', '--verbose', ...target],
        ['call', 'customer.info', '[1]', '--json', ...target],
        ['call', hostile, ...target],
        ['call', 'customer.list', JSON.stringify({ [hostile]: hostile }), ...target],
        ['call', 'customer.list', JSON.stringify({ filters: { [hostile]: hostile } }), '--verbose', ...target],
        ['call', '--raw', join(folder, 'raw.xml'), '--verbose', ...target],
        ['call', 'customer.list', `@${join(folder, 'args.json')}`, ...target],
        ['call', 'customer.list', `@${inName}`, ...target],
        ['doctor', ...target],
        ['doctor', '--json', ...target],
        ['types', '--url', url, '--language', 'php', '--out', '-'],
        ['call', 'customer.list', ...target, '--user', hostile],
        ['call', 'customer.list', ...target, '--ca', inName],
        ['call', 'customer.list', ...target, '--dialect', hostile],
      ]) {
        const ran = await cli(args, env);
        assert.ok(ran.out + ran.err !== '');
        assertHarmless(ran, args.join(' ').slice(0, 120));
        if (args.includes('--json') && ran.out !== '') JSON.parse(ran.out);
      }
    }
  });

  test('decode, demo-store, and mistakes in the options of every command', async (t) => {
    const folder = folderOf(t, {
      [inName]: `${hostile}${tinyResult('x', { a: inXml, [`b`]: inXml })}`,
      'fault.xml': tinyFault(inXml, inXml),
      'page.html': hostile,
      'cut.xml': tinyResult('x', inXml).slice(0, -20),
    });
    for (const args of [
      [join(folder, inName)],
      ['--mask', join(folder, inName)],
      ...['fault.xml', 'page.html', 'cut.xml', `no${inName}`].map((name) => [join(folder, name)]),
    ]) {
      const ran = await cli(['decode', ...args]);
      assertHarmless(ran, args.join(' '));
      for (const line of ran.out.trimEnd().split('\n')) JSON.parse(line);
    }
    for (const command of ['run', 'call', 'doctor', 'decode', 'types', 'demo-store']) {
      for (const args of [
        [hostile],
        [`--${hostile}`],
        ['--url', hostile, '--user', hostile],
        ['--fault', hostile],
        ['--product', hostile],
        ['--seed-file', inName],
        ['--data', `/no/${inName}`],
        ['--port', hostile],
        ['--host', hostile],
        ['--language', hostile],
        ['--out', inName, '--language', 'x'],
      ]) {
        const ran = await cli([command, ...args], {}, AbortSignal.timeout(1));
        assertHarmless(ran, `${command} ${args.join(' ').slice(0, 60)}`);
        assert.doesNotMatch(ran.err, /bug in the toolkit/, `${command} ${args.join(' ').slice(0, 60)}`);
      }
    }
    assertHarmless(await cli([hostile]), 'command');
  });

  test('the printed text contains the same data', () => {
    assert.deepEqual(JSON.parse(printableJson({ [hostile]: hostile }, 2)), { [hostile]: hostile });
    const xml = `<a>${inXml.replace(/\r/g, '\n').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</a>`;
    assert.equal(readTree(printableXml(xml), {}).text, readTree(xml, {}).text);
    for (const write of [printable, printableLines, printed, printableXml]) {
      assert.deepEqual(obeyed(write(inXml.replace(/[\u0085\u2028\u2029\r]/g, '\n'))), [], write.name);
      // Harmless text is unchanged.
      for (const plain of ['a::b', 'Shop::class', 'a # b ## c', '#[Attribute]', 'urn:Maho', '---', '- a', '-- b', 'section 1'])
        assert.equal(write(plain), plain);
    }
    assert.equal(printed('\u001b[31mred\u001b[0m\n\ttab\n'), '\u001b[31mred\u001b[0m\n\ttab\n');
    assert.equal(printed('\u001b[2Jx\u001b[1Gy'), String.raw`\x1b[2Jx\x1b[1Gy`);
  });
});
