import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { readdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { commonJsChunks } from '../../../scripts/lib/commonjs-chunks.mjs';
import { readableStack } from '../../../scripts/lib/stack';
import { inNewFolder } from '../../support/folder';

const sources = {
  'entry.ts': `export const lazy = async (): Promise<unknown> => await import('./fails');\n`,
  'other.ts': `export const lazy = async (): Promise<unknown> => await import('./fails');\n`,
  'fails.ts': `// A comment that the build leaves out.\n\nexport function fails(): never {\n  throw new Error('This fails.');\n}\n`,
};

/** Builds as a release is built. The maps are written or not; the names of the chunks must not depend on that. */
async function release(folder: string, out: string, maps: boolean): Promise<void> {
  await build({
    entryPoints: ['entry.ts', 'other.ts'].map((name) => path.join(folder, name)),
    outdir: path.join(folder, out),
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    minify: true,
    metafile: true,
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [commonJsChunks({ minify: true, sourceMaps: maps, banners: {} })],
  });
}

test('a stack of minified code names lines of the sources, once the same code is built with maps', async () => {
  await inNewFolder('maho-soap-stack-', async (folder) => {
    for (const [name, text] of Object.entries(sources)) await writeFile(path.join(folder, name), text);
    await release(folder, 'shipped', false);
    await release(folder, 'maps', true);
    const names = await readdir(path.join(folder, 'shipped'));
    assert.deepEqual(
      names.sort(),
      (await readdir(path.join(folder, 'maps'))).filter((name) => !name.endsWith('.map')).sort(),
      'chunks have the same names with maps and without',
    );
    // Where somebody installed it.
    await rename(path.join(folder, 'shipped'), path.join(folder, 'installed'));
    const { lazy } = createRequire(import.meta.url)(path.join(folder, 'installed/entry.cjs')) as {
      lazy: () => Promise<{ fails: () => never }>;
    };
    const { fails } = await lazy();
    let stack = '';
    assert.throws(fails, (error) => error instanceof Error && (stack = error.stack ?? '') !== '');
    const place = path.relative(process.cwd(), path.join(folder, 'fails.ts'));
    const readable = readableStack(stack, path.join(folder, 'maps'));
    assert.ok(readable.includes(`${place}:4:9`), `${stack}\n\n${readable}`);
    assert.ok(readable.includes('node:internal') || readable.includes('node:assert'), readable);
    assert.equal(readableStack('at x (/a/chunk-GONE2345.cjs:1:2)', path.join(folder, 'maps')), 'at x (/a/chunk-GONE2345.cjs:1:2)');
  });
});
