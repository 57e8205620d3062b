// Builds everything that runs in Node (extension, command line, demo store as a library, the thread that reads WSDLs) as one set of
// chunks that share their modules, and the pages of the webviews as another.
// `--watch` keeps building, `--production` minifies.
// `--out DIR` writes elsewhere than into dist, `--only NAMES` (entry points, with commas) builds these alone: for tests of what is built.
import { build, context } from 'esbuild';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureChunks, tooLarge } from './lib/chunk-sizes.mjs';
import { commonJsChunks } from './lib/commonjs-chunks.mjs';

const { values: options } = parseArgs({
  options: { production: { type: 'boolean' }, watch: { type: 'boolean' }, out: { type: 'string', default: 'dist' }, only: { type: 'string' } },
});
const { production = false, watch = false, out } = options;
const only = options.only?.split(',');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: production,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/**
 * VS Code's API as one ES module. Imported directly, esbuild copies its two hundred names once for every file that imports it,
 * a third of the time that activation took once.
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

/** By the name of the file in `dist`. The reader of WSDLs holds `soap`: 400 kB that most days nobody needs. */
const nodeEntries = {
  extension: 'src/extension/extension.ts',
  'maho-soap': 'src/cli/main.ts',
  'demo-store': 'src/demo/index.ts',
  'wsdl-reader': 'src/store/wsdl-reader.ts',
};

/** @param {Record<string, string>} entries */
function chosen(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => only === undefined || only.includes(name)));
}

/** @type {import('esbuild').BuildOptions[]} */
const all = [
  {
    ...common,
    entryPoints: chosen(nodeEntries),
    outdir: out,
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    keepNames: true,
    define: { 'import.meta.filename': '__filename' },
    sourcemap: production ? false : 'inline',
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [vscodeOnce, commonJsChunks({ minify: production, sourceMaps: !production, banners: { 'maho-soap': '#!/usr/bin/env node' } })],
  },
  {
    ...common,
    entryPoints: chosen({ sheet: 'src/webview/sheet.ts', response: 'src/webview/response.ts' }),
    outdir: `${out}/webview`,
    platform: 'browser',
    target: 'chrome120',
    chunkNames: '[name]-[hash]',
    sourcemap: production ? false : 'linked',
  },
];

const builds = all.filter(({ entryPoints }) => Object.keys(entryPoints ?? {}).length > 0);

if (!watch && only === undefined) rmSync(out, { recursive: true, force: true });
if (watch) {
  for (const options of builds) await (await context(options)).watch();
} else {
  const built = await Promise.all(builds.map((options) => build(options)));
  if (production && only === undefined) checkSizes(measureChunks(built.map(({ metafile }) => metafile ?? { inputs: {}, outputs: {} })));
}
// Icons of webviews; localResourceRoots lets them read nothing but this folder and media.
if (only === undefined) {
  for (const file of ['codicon.css', 'codicon.ttf']) cpSync(`node_modules/@vscode/codicons/dist/${file}`, `${out}/webview/${file}`);
}

/**
 * Keeps the sizes beside the chunks, for the benchmark, and fails when something is larger than it may be.
 * @param {ReturnType<typeof measureChunks>} chunks
 */
function checkSizes(chunks) {
  writeFileSync(`${out}/meta.json`, JSON.stringify(chunks));
  const problems = tooLarge(chunks);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
