// The documents can be followed: their links have targets, their commands exist, and the first ones run.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { promisify } from 'node:util';
import * as z from 'zod/mini';
import { failures, soapFaults } from '../../src/api/faults/faults';
import { traps } from '../../src/api/traps';
import { commands } from '../../src/cli/commands';
import { parse } from '../../src/cli/options';
import { startDemoStore } from '../../src/demo';
import { sections } from '../../src/extension/topics';
import { requestCodes } from '../../src/requests/codes';
import { cliProgram } from '../support/built-cli';

const root = path.resolve(import.meta.dirname, '../..');
const markdown = (folder: string, recursive: boolean): readonly string[] =>
  readdirSync(path.join(root, folder), { recursive, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
const pages = [
  ...markdown('.', false),
  ...markdown('docs', true),
  ...markdown('.github', true),
  'test/README.md',
  'test/workbench/README.md',
];
const read = (page: string): string => readFileSync(path.join(root, page), 'utf8');

/** Number of code characters in a line that the preview of the editor and a page of a repository show. */
const WIDEST_CODE = 100;

/** The text without code blocks and inline code. */
function prose(text: string): string {
  return text.replace(/^```[^]*?^```/gm, '').replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()#]/g, ' '));
}

/** The anchors of a page's headings, as GitHub and VS Code create them. */
function anchors(text: string): ReadonlySet<string> {
  const taken = new Map<string, number>();
  const found = new Set<string>();
  for (const [, heading = ''] of text.replace(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    const times = taken.get(slug) ?? 0;
    taken.set(slug, times + 1);
    found.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return found;
}

/** The lines of a page's shell blocks. Continued lines are joined. */
function shellLines(page: string): readonly string[] {
  const blocks = [...read(page).matchAll(/^```(?:sh|bash|shell)\n([^]*?)^```/gm)].map(([, block]) => block ?? '');
  return blocks
    .flatMap((block) => block.replace(/\\\n\s*/g, ' ').split('\n'))
    .map((line) => line.replace(/\s+#.*$/, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

suite('The documents', () => {
  test('link to existing files, pictures and headings', () => {
    const broken: string[] = [];
    let links = 0;
    for (const page of pages) {
      for (const [, target = ''] of prose(read(page)).matchAll(/!?\[[^\]]*\]\(([^)\s]+)\)/g)) {
        if (/^(?:https?|mailto|command|vscode):/.test(target)) continue;
        links++;
        const [file = '', anchor] = target.split('#');
        const place = file === '' ? page : path.posix.join(path.posix.dirname(page), decodeURIComponent(file));
        if (!existsSync(path.join(root, place))) broken.push(`${page}: ${target}`);
        else if (anchor !== undefined && !anchors(read(place)).has(anchor)) broken.push(`${page}: ${target} (no such heading)`);
      }
    }
    assert.ok(links > 100, `${links} links are looked at`);
    assert.deepEqual(broken, []);
  });

  test('that are packed with the extension link only to packed files', () => {
    // The rules of .vscodeignore. The marketplaces show README.md, and link its relative targets to the repository. It and CHANGELOG.md
    // have lower-case names in the package, so a link to them is broken on Linux.
    const packed = /^(?:docs\/(?!screens\/[\w-]+\.gif$)|media\/walkthrough\/|SECURITY\.md$)/;
    const outside = [...markdown('docs', true), ...markdown('media/walkthrough', false), 'SECURITY.md'].flatMap((page) =>
      [...prose(read(page)).matchAll(/!?\[[^\]]*\]\(([^)\s#]+)[^)]*\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^\w+:/.test(target) && !packed.test(path.posix.join(path.posix.dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    assert.deepEqual(outside, []);
  });

  test('have their pictures beside them, because the preview of VS Code loads none from other folders of the extension', () => {
    const pictures = markdown('docs', true).flatMap((page) =>
      [...prose(read(page)).matchAll(/!\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target })),
    );
    assert.ok(pictures.length > 3, String(pictures.length));
    assert.deepEqual(
      pictures.filter(({ target }) => /^(?:\.\.\/|\/|\w+:)/.test(target)),
      [],
    );
  });

  test('name commands and buttons as the product does', () => {
    const guides = ['getting-started', 'stores', 'customers', 'methods', 'code', 'record', 'troubleshooting'].map(
      (name) => `docs/${name}.md`,
    );
    const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const product = [read('package.nls.json'), ...sources.map((name) => read(path.posix.join('src', name)))].join('\n');
    const named = [...guides, ...markdown('media/walkthrough', false)].flatMap((page) =>
      [
        ...prose(read(page))
          .replace(/\n/g, ' ')
          .matchAll(/\*\*([^*]+)\*\*/g),
      ].map(([, name = '']) => ({ page, name })),
    );
    // A text with a full stop is a sentence, and a menu belongs to the shop.
    const ours = named.filter(({ name }) => !/\.$|^System >|^- /.test(name));
    assert.ok(ours.length > 60, String(ours.length));
    assert.deepEqual(
      ours.filter(({ name }) => !product.includes(name.replace('Maho SOAP: ', ''))),
      [],
    );
  });

  test('have no line of code that a page cuts off', () => {
    const wide = [...pages, ...markdown('media/walkthrough', false)].flatMap((page) =>
      [...read(page).matchAll(/^```\w*\n([^]*?)^```/gm)].flatMap(([, block = '']) =>
        block
          .split('\n')
          .filter((line) => line.length > WIDEST_CODE)
          .map((line) => `${page}: ${line}`),
      ),
    );
    assert.deepEqual(wide, []);
  });

  test('can all be reached from docs/README.md', () => {
    const found = new Set(['docs/README.md']);
    // The set grows during the loop.
    for (const page of found)
      for (const [, target = ''] of prose(read(page)).matchAll(/\[[^\]]*\]\(([^)\s#]+\.md)(?:#[^)]*)?\)/g))
        found.add(path.posix.join(path.posix.dirname(page), target));
    assert.deepEqual(
      markdown('docs', true).filter((page) => !found.has(page)),
      [],
    );
  });

  test('have a heading for each trap, fault, failure and problem that the editor links to', () => {
    const missing = (page: string, topics: readonly string[]): readonly string[] =>
      topics.filter((topic) => !anchors(read(page)).has(topic));
    assert.deepEqual(
      missing(
        'docs/traps.md',
        traps.map(({ code }) => code),
      ),
      [],
    );
    assert.deepEqual(missing('docs/faults.md', [...soapFaults.map(({ id }) => id), ...Object.keys(failures)]), []);
    assert.deepEqual(missing('docs/requests.md', requestCodes), []);
    for (const [page, topic] of Object.values(sections)) assert.deepEqual(missing(`docs/${page}.md`, [topic]), []);
  });
});

suite('The commands in the documents', () => {
  const lines = pages.filter((page) => page !== 'CHANGELOG.md').flatMap((page) => shellLines(page).map((line) => ({ page, line })));
  const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

  test('of maho-soap use existing options', () => {
    const own = lines.filter(({ line }) => /^(?:\w+=\S+ )*(?:npx )?maho-soap /.test(line));
    assert.ok(own.length > 30);
    for (const { page, line } of own) {
      const [name = '', ...args] = words(line.replace(/^.*?maho-soap /, '').replace(/ [|&>].*$/, ''));
      if (name.startsWith('--')) continue;
      const command = Object.entries(commands).find(([each]) => each === name)?.[1] ?? assert.fail(`${page}: ${line}`);
      assert.doesNotThrow(() => parse(args, command.options), `${page}: ${line}`);
    }
  });

  test('of npm and node run existing scripts and files', () => {
    const others = lines.filter(({ line }) => /^(?:npm|node) /.test(line));
    assert.ok(others.length > 8, `${others.length} lines`);
    for (const { page, line } of others) {
      const [, script] = /^npm (?:run )?([\w:]+)/.exec(line) ?? [];
      if (script !== undefined) assert.ok(scripts[script] !== undefined || ['ci', 'install', 'exec'].includes(script), `${page}: ${line}`);
      for (const file of line.match(/(?:scripts|test|src)\/[\w./-]+\.(?:m?ts|mjs)/g) ?? [])
        assert.ok(existsSync(path.join(root, file)), `${page}: ${line}`);
    }
  });

  test('for the first steps run unchanged', { timeout: 600_000 }, async (t) => {
    const store = await startDemoStore({ customers: 20, port: 0, wsiPort: 0 });
    const folder = mkdtempSync(path.join(tmpdir(), 'maho-soap-begin-'));
    t.after(async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const { origin } = new URL(store.urls.v2);
    const env = { ...process.env, MAHO_SOAP_KEY: store.users[0]?.key };
    let cwd = folder;
    let ran = 0;
    for (const line of [...shellLines('README.md'), ...shellLines('docs/getting-started.md')]) {
      if (line.startsWith('cd ')) cwd = path.join(folder, line.slice(3));
      const [, command] = /^maho-soap (.*)$/.exec(line) ?? [];
      // The demo store is already running, on another port.
      if (command === undefined || command.startsWith('demo-store')) continue;
      const args = words(command).map((word) => word.replace(/^http:\/\/127\.0\.0\.1:8190$|^https:\/\/shop\.example\.com$/, origin));
      // Rejects with the output when the exit code is not 0.
      await promisify(execFile)(process.execPath, [...cliProgram(), ...args], { cwd, env, timeout: 240_000 });
      ran++;
    }
    assert.equal(ran, 4);
  });
});

/** The words of a command line, with the shell's quotation marks. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
}
