// Chunks of a split build as CommonJS: what modules promise each other holds across chunks.
import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  'throws.ts': `throw new Error('evaluated badly');
export {};`,
};

interface Built {
  readonly thing: unknown;
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
      await build({
        entryPoints: ['first', 'second', 'broken'].map((name) => join(folder, `${name}.ts`)),
        outdir: join(folder, 'out'),
        outExtension: { '.js': '.cjs' },
        bundle: true,
        splitting: true,
        format: 'esm',
        platform: 'node',
        minify,
        metafile: true,
        sourcemap: 'inline',
        define: { [FILENAME]: '__filename' },
        plugins: [commonJsChunks({ minify, sourceMaps: true, banners: { first: '// the first line' } })],
      });
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

    test('what a chunk throws while it is evaluated comes to who asked for it', async () => {
      await assert.rejects(load('broken').lazy(), /evaluated badly/);
    });

    test('each chunk has a source map of its own', () => {
      const files = readdirSync(join(folder, 'out'));
      for (const file of files.filter((name) => name.endsWith('.cjs'))) assert.ok(files.includes(`${file}.map`), file);
    });
  });
}
