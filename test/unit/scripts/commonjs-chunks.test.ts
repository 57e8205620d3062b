// Chunks of a split build as CommonJS: what modules promise each other holds across chunks.
import assert from 'node:assert/strict';
import { build, type Plugin } from 'esbuild';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { commonJsChunks } from '../../../scripts/lib/commonjs-chunks.mjs';

/** Put together, since the bundler of the tests replaces the words themselves. */
const FILENAME = ['import', 'meta', 'filename'].join('.');

const sources = {
  'shared.ts': `globalThis.evaluated = [...(globalThis.evaluated ?? []), 'shared'];
export let count = 0;
export function add() { count++; }
export default class Thing {}`,
  'first.ts': `import Thing, { add, count } from './shared';
globalThis.evaluated.push('first');
export const thing = new Thing();
export function more() { add(); return count; }
export async function lazy() { return await import('./later'); }`,
  'second.ts': `import Thing, { count } from './shared';
export function isThing(value: unknown) { return value instanceof Thing; }
export function seen() { return count; }`,
  'later.ts': `import { count } from './shared';
globalThis.evaluated.push('later');
export const place = ${FILENAME};
export function seen() { return count; }
export default 'the default';`,
  'broken.ts': `export async function lazy() { return await import('./throws'); }`,
  'single.ts': `import fs from 'virtual'; export function isFile(name: string) { return fs.existsSync(name); }
export async function lazy() { return await import('./later'); }`,
  'double.ts': `import fs from 'virtual'; export function isFolder(name: string) { return fs.statSync(name).isDirectory(); }`,
  'throws.ts': `throw new Error('evaluated badly');
export {};`,
};

/** A module that a plugin makes, as `vscode` is made: a chunk of its own as soon as two entry points import it. */
const virtual: Plugin = {
  name: 'virtual',
  setup(made) {
    made.onResolve({ filter: /^virtual$/ }, () => ({ path: 'virtual', namespace: 'made' }));
    made.onLoad({ filter: /.*/, namespace: 'made' }, () => ({ contents: `export default require('node:fs');` }));
  },
};

/** Builds entry points as the extension is built. */
async function buildChunks(folder: string, names: readonly string[], minify: boolean, alone: readonly string[]): Promise<void> {
  await build({
    entryPoints: names.map((name) => join(folder, `${name}.ts`)),
    outdir: join(folder, 'out'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    minify,
    metafile: true,
    sourcemap: 'inline',
    logLevel: 'silent',
    define: { [FILENAME]: '__filename' },
    plugins: [virtual, commonJsChunks({ minify, sourceMaps: true, banners: { first: '// the first line' }, alone })],
  });
}

interface Built {
  readonly thing: unknown;
  isFile(name: string): boolean;
  more(): number;
  lazy(): Promise<{ readonly place: string; readonly default: string; seen(): number }>;
  isThing(value: unknown): boolean;
  seen(): number;
}

for (const minify of [false, true]) {
  suite(`Chunks as CommonJS, ${minify ? 'minified' : 'as they are'}`, () => {
    let folder = '';
    const load = (name: string): Built => createRequire(import.meta.url)(join(folder, 'out', `${name}.cjs`)) as Built;

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'maho-soap-chunks-'));
      for (const [name, text] of Object.entries(sources)) writeFileSync(join(folder, name), text);
      await buildChunks(folder, ['first', 'second', 'broken', 'single', 'double'], minify, ['single']);
    });
    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    test('modules are evaluated once and in order, classes are one class, values that change are seen', async () => {
      Reflect.deleteProperty(globalThis, 'evaluated');
      const first = load('first');
      const second = load('second');
      assert.deepEqual(Reflect.get(globalThis, 'evaluated'), ['shared', 'first']);
      assert.equal(second.isThing(first.thing), true);
      assert.equal(first.more(), 1);
      assert.equal(second.seen(), 1);
      const later = await first.lazy();
      assert.deepEqual(Reflect.get(globalThis, 'evaluated'), ['shared', 'first', 'later']);
      assert.equal(first.more(), 2);
      assert.equal(later.seen(), 2);
      assert.equal(later.default, 'the default');
      assert.ok(later.place.startsWith(join(folder, 'out')), later.place);
      await first.lazy();
      assert.equal((Reflect.get(globalThis, 'evaluated') as unknown[]).length, 3);
    });

    test('an error while a chunk is evaluated reaches the code that asked for it', async () => {
      await assert.rejects(load('broken').lazy(), /evaluated badly/);
    });

    test('an entry that is to be read alone imports no chunk when it is loaded, and shares what it loads later', async () => {
      const requires = (name: string): readonly string[] =>
        readFileSync(join(folder, 'out', `${name}.cjs`), 'utf8').match(/require\("\.\/chunk-[^"]+"\)/g) ?? [];
      assert.notEqual(requires('double').length, 0, 'others import chunks');
      assert.deepEqual(requires('single'), []);
      const single = load('single');
      assert.equal(single.isFile(join(folder, 'single.ts')), true);
      load('first').more();
      assert.equal((await single.lazy()).seen(), load('second').seen());
    });

    test('an entry that is to be read alone may not share a module of the project, which would be there twice', async () => {
      await assert.rejects(
        buildChunks(folder, ['first', 'second'], minify, ['first']),
        /first\.cjs is read as one file, but shares .*shared\.ts with other entry points/,
      );
    });

    test('each chunk has a source map of its own', () => {
      const files = readdirSync(join(folder, 'out'));
      for (const file of files.filter((name) => name.endsWith('.cjs'))) assert.ok(files.includes(`${file}.map`), file);
    });
  });
}
