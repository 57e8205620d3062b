// Builds the bundles: extension, webview, CLI, the demo store as a library, and the thread that reads WSDLs.
// `--watch` keeps building, `--production` minifies.
// `--out DIR` writes elsewhere than into dist, `--only NAMES` (entry points, with commas) builds these alone: for tests of what is built.
import { build, context } from 'esbuild';
import { cpSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({
  options: { production: { type: 'boolean' }, watch: { type: 'boolean' }, out: { type: 'string', default: 'dist' }, only: { type: 'string' } },
});
const { production = false, watch = false, out } = options;
const only = options.only?.split(',');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** @type {import('esbuild').BuildOptions} */
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs', outExtension: { '.js': '.cjs' }, mainFields: ['module', 'main'], define: { 'import.meta.filename': '__filename' } };

/**
 * What is imported only when it is needed stands in bundles of its own, which several others share.
 * @type {import('esbuild').Plugin}
 */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    const external = (/** @type {string} */ path) => (/** @type {import('esbuild').OnResolveArgs} */ { kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined);
    onResolve({ filter: /\/demo$/ }, external('./demo-store.cjs'));
  },
};

/**
 * VS Code's API as one ES module. Imported directly, esbuild copies its two hundred names once for every file that imports it,
 * a third of the time that activation takes (docs/benchmarks.md).
 * @type {import('esbuild').Plugin}
 */
const vscodeOnce = {
  name: 'vscode once',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) => (namespace === 'vscode-api' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode-api' }));
    onLoad({ filter: /.*/, namespace: 'vscode-api' }, () => {
      const types = readFileSync('node_modules/@types/vscode/index.d.ts', 'utf8');
      const names = Array.from(types.matchAll(/^\texport (?:abstract )?(?:class|enum|namespace|const|let|function) (\w+)/gm), ([, name]) => name);
      return { contents: `const api = require('vscode');\n${names.map((name) => `export const ${name} = api.${name};`).join('\n')}` };
    });
  },
};

/** @type {import('esbuild').BuildOptions[]} */
const all = [
  { ...node, entryPoints: { extension: 'src/extension/extension.ts' }, outdir: out, plugins: [apart, vscodeOnce], logOverride: { 'import-is-undefined': 'error' } },
  { ...node, entryPoints: { 'maho-soap': 'src/cli/main.ts' }, outdir: out, plugins: [apart], banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: { 'demo-store': 'src/demo/index.ts' }, outdir: out },
  // It holds `soap`, which reads whole WSDLs: 450 kB that most days nobody needs.
  { ...node, entryPoints: { 'wsdl-reader': 'src/store/wsdl-reader.ts' }, outdir: out },
  { ...common, platform: 'browser', target: 'chrome120', format: 'esm', entryPoints: { sheet: 'src/webview/sheet.ts', response: 'src/webview/response.ts' }, outdir: `${out}/webview` },
];

const bundles = all.filter(({ entryPoints }) => only === undefined || Object.keys(entryPoints ?? {}).some((name) => only.includes(name)));

if (!watch && only === undefined) rmSync(out, { recursive: true, force: true });
if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  await Promise.all(bundles.map((bundle) => build(bundle)));
}
// Icons of webviews; localResourceRoots lets them read nothing but this folder and media.
if (only === undefined) {
  for (const file of ['codicon.css', 'codicon.ttf']) cpSync(`node_modules/@vscode/codicons/dist/${file}`, `${out}/webview/${file}`);
}
