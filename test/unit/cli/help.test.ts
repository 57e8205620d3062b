// Help and the pages of docs/cli are generated from the same table of commands. Each of its examples runs in a shell, against a demo store.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { cliDocs } from '../../../scripts/lib/cli-docs';
import { commands } from '../../../src/cli/commands';
import { helpOf } from '../../../src/cli/help';
import { parse } from '../../../src/cli/options';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { builtCli } from '../../support/built-cli';
import { tinyResult } from '../../support/tiny-store';

const root = resolve(import.meta.dirname, '../../..');

/** Words of help without Markdown and line breaks. Pages break long commands in the shell's syntax. */
const words = (text: string): string =>
  text
    .replace(/\\\n/g, ' ')
    .replace(/\\(.)/g, '$1')
    .replace(/[`\s]+/g, ' ')
    .trim();

suite('Help and the pages of docs/cli', () => {
  test('there are pages for all commands, with the text of --help', async () => {
    for (const [path, text] of Object.entries(cliDocs()))
      assert.equal(await readFile(join(root, path), 'utf8'), text, `${path}: run npm run generate`);
    for (const [name, command] of Object.entries(commands)) {
      const page = words(await readFile(join(root, `docs/cli/${name}.md`), 'utf8'));
      const help = helpOf(name, command);
      for (const option of help.matchAll(/^ {2}(--[\w-]+(?: \S+)?)(?: |$)/gm)) assert.ok(page.includes(option[1] ?? ''), option[1]);
      for (const { line } of command.examples) assert.ok(page.includes(words(line)) && help.includes(line.split('\n')[0] ?? ''));
      const longest = help.split('\n').filter((line) => line.length > 118 && !line.startsWith('    maho-soap '));
      assert.deepEqual(longest, []);
    }
  });

  test('every command has an example, and help shows a description of each option', () => {
    for (const [name, { options, examples, exit }] of Object.entries(commands)) {
      assert.ok(examples.length > 0 && exit !== '', name);
      for (const [key, { doc, type, value }] of Object.entries(options)) {
        assert.ok(doc.length > 3 && doc.endsWith('.'), `${name} --${key}`);
        assert.equal(value === undefined, type === 'boolean', `${name} --${key}`);
      }
      assert.deepEqual(parse([], options).positionals, []);
    }
  });
});

suite('Each example of help', () => {
  let folder = '';
  let store: DemoStore;

  before(async () => {
    store = await startDemoStore({ customers: 5, port: 0, wsiPort: 0 });
    folder = await mkdtemp(join(tmpdir(), 'maho-soap-examples-'));
    await mkdir(join(folder, 'project', '.vscode'), { recursive: true });
    await mkdir(join(folder, 'project', 'requests'));
    await mkdir(join(folder, 'project', 'src'));
    const url = new URL(store.urls.v2).origin;
    const requests = {
      requests: [{ name: 'Groups', method: 'customer_group.list', tags: ['smoke'], expect: { result: { $type: 'list' } } }],
    };
    await writeFile(
      join(folder, 'project', '.vscode', 'settings.json'),
      JSON.stringify({ 'mahoSoap.stores': [{ name: 'Staging DE', url, user: store.users[0]?.user }] }),
    );
    await writeFile(join(folder, 'project', 'requests', 'groups.maho.json'), JSON.stringify(requests));
    await writeFile(join(folder, 'project', 'customers.maho.json'), JSON.stringify(requests));
    await writeFile(join(folder, 'project', 'response.xml'), tinyResult('call', 1));
    await mkdir(join(folder, 'project', 'cassette'));
    const login = { format: 1, at: '2026-11-28T08:00:00Z', method: 'login', arguments: {}, place: '/api/soap', version: '1.1' };
    await writeFile(
      join(folder, 'project', 'cassette', '0001-login.json'),
      JSON.stringify({ ...login, milliseconds: 1, outcome: 'result', headers: [], broken: true }),
    );
    const program = join(folder, 'maho-soap');
    const built = builtCli(join(folder, 'dist'));
    await writeFile(program, `#!/bin/sh\nexec "${process.execPath}" "${join(built, 'maho-soap.cjs')}" "$@"\n`);
    await chmod(program, 0o755);
  });
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const [name, { examples }] of Object.entries(commands)) {
    for (const { line } of examples) {
      test(line, { timeout: 240_000 }, async (t) => {
        const { origin, host } = new URL(store.urls.v2);
        const real = line
          .replaceAll('https://shop.example.com', origin)
          .replaceAll('staging.example.com', host)
          .replaceAll('--user api', `--user ${store.users[0]?.user ?? ''}`);
        const project = await mkdtemp(join(folder, 'project-'));
        await cp(join(folder, 'project'), project, { recursive: true });
        // A separate process group, so that a program that runs until it is stopped is stopped with its shell.
        const child = spawn('sh', ['-c', `trap : INT; ${real}`], {
          cwd: project,
          detached: true,
          env: {
            ...process.env,
            PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`,
            HOME: project,
            MAHO_SOAP_KEY: store.users[0]?.key ?? '',
          },
        });
        t.after(() => {
          if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        });
        let out = '';
        let err = '';
        let stopped = false;
        child.stderr.on('data', (chunk: Buffer) => (err += String(chunk)));
        child.stdout.on('data', (chunk: Buffer) => {
          out += String(chunk);
          if (stopped || !/Stop it with Ctrl\+C|^\{"urls"/.test(out) || child.pid === undefined) return;
          stopped = true;
          process.kill(-child.pid, 'SIGINT');
        });
        const [code] = (await once(child, 'close')) as [number | null];
        assert.equal(code, 0, `${name}: ${out}${err}`);
        assert.doesNotMatch(err, /What to do/);
      });
    }
  }
});
