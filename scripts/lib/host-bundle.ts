import { build } from 'esbuild';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { HostSuite } from '../../test/workbench/url';
import { out, root } from './project';

/**
 * Bundles the entry point and every test file of `test/host`, because the extension host supports neither TypeScript nor tsx. mocha and the
 * extension's API are not bundled: both exist at run time.
 */
export async function bundleHostSuite(): Promise<HostSuite> {
  const folder = path.join(root, 'test/host');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file === 'index.ts' || file.endsWith('.test.ts'));
  const outdir = path.join(out, 'host');
  await build({
    entryPoints: Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, '').replaceAll(path.sep, '-'), path.join(folder, file)])),
    outdir,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    // As in the extension's own bundle: jsonc-parser's version for `require` loads its parts at run time.
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  });
  return { extension: root, tests: path.join(outdir, 'index.cjs') };
}
