// Builds everything that runs in Node (extension, command line, demo store as a library, the thread that reads WSDLs) as one set of chunks
// that share their modules, and the pages of the webviews as another set.
// `--watch` keeps building, `--production` minifies, `--maps` writes source maps then too (`npm run stack`).
// `--out DIR` writes to DIR instead of dist. `--only NAMES` (entry points, separated by commas) builds only these, for tests of the build.
import { build, context } from 'esbuild';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureChunks, tooLarge } from './lib/chunk-sizes.mjs';
import { commonJsChunks } from './lib/commonjs-chunks.mjs';
import { bundledPackages, noticesOf } from './lib/notices.mjs';
import { withoutUnused } from './lib/left-out.mjs';

const { values: options } = parseArgs({
  options: {
    production: { type: 'boolean' },
    watch: { type: 'boolean' },
    maps: { type: 'boolean' },
    out: { type: 'string', default: 'dist' },
    only: { type: 'string' },
  },
});
const { production = false, watch = false, maps = false, out } = options;
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
 * Imports VS Code's API as one object. esbuild would copy its two hundred names for each file with a namespace import, which once took a
 * third of the loading time.
 * @type {import('esbuild').Plugin}
 */
const vscodeAsItIs = {
  name: 'vscode as it is',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^vscode$/ }, ({ namespace }) =>
      namespace === 'vscode-api' ? { path: 'vscode', external: true } : { path: 'vscode', namespace: 'vscode-api' },
    );
    onLoad({ filter: /.*/, namespace: 'vscode-api' }, () => ({ contents: `export default require('vscode');` }));
  },
};

/** Icons of webviews, which are copied unchanged. */
const ICONS = 'node_modules/@vscode/codicons';

/** Values of `pluginData`: the importing module belongs to the entry; the path is already being resolved. */
const ENTRY = 'entry';
const RESOLVED = 'resolved';

/**
 * Puts the entry into one file. Otherwise each module that it shares with a feature is in a separate chunk, which activation must find,
 * open and compile too. The entry gets its own copies of the modules that it imports statically. This is safe because they have no state
 * and no class that other code compares with `instanceof`. A class of errors among them would be another class than that of the features,
 * so the build refuses it.
 * @type {import('esbuild').Plugin}
 */
const entryInOnePiece = {
  name: 'entry in one piece',
  setup({ onResolve, onLoad, resolve }) {
    onResolve({ filter: /^\.\.?\// }, async ({ path: to, importer, resolveDir, kind, pluginData }) => {
      const fromEntry = pluginData === ENTRY || importer.endsWith('src/extension/extension.ts');
      if (!fromEntry || pluginData === RESOLVED || kind === 'dynamic-import') return undefined;
      const found = await resolve(to, { resolveDir, kind, importer, pluginData: RESOLVED });
      return found.errors.length > 0 ? found : { ...found, suffix: '?entry', pluginData: ENTRY };
    });
    onLoad({ filter: /\.ts$/ }, ({ path: file, suffix }) => {
      const contents = readFileSync(file, 'utf8').replace(/^import \* as vscode from 'vscode';$/m, `import vscode from 'vscode';`);
      if (suffix === '?entry' && /\bextends \w*Error\b/.test(contents))
        return { errors: [{ text: `${file} has a class of errors, so the entry must load it with import(), not import it statically.` }] };
      return { contents, loader: 'ts', ...(suffix === '?entry' ? { pluginData: ENTRY } : {}) };
    });
  },
};

/**
 * Plugins for builds that run side by side: print when the first one begins and when the last one ends. The editor's task "watch" waits for
 * these lines, because a window with the extension must not open before all of its files are there.
 * @param {number} count number of builds, which all begin at once
 * @returns {import('esbuild').Plugin[]}
 */
function announcements(count) {
  const names = Array.from({ length: count }, (_, index) => index);
  const running = new Set(names);
  let errors = 0;
  console.log('build started');
  return names.map((name) => ({
    name: 'announcement',
    setup({ onStart, onEnd }) {
      onStart(() => {
        if (running.size === 0) console.log('build started');
        running.add(name);
      });
      onEnd((result) => {
        errors += result.errors.length;
        running.delete(name);
        if (running.size > 0) return;
        console.log(`build finished, ${errors} ${errors === 1 ? 'error' : 'errors'}`);
        errors = 0;
      });
    },
  }));
}

/** By the name of the file in `dist`. The WSDL reader contains `soap`, which nothing else needs. */
const nodeEntries = {
  extension: 'src/extension/extension.ts',
  'maho-soap': 'src/cli/main.ts',
  'demo-store': 'src/demo/index.ts',
  'wsdl-reader': 'src/store/soap/wsdl-reader.ts',
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
    define: { 'import.meta.filename': '__filename' },
    // In a release too: then chunks have the same names whether their maps are written or not.
    sourcemap: 'inline',
    sourcesContent: false,
    logOverride: { 'import-is-undefined': 'error' },
    plugins: [
      vscodeAsItIs,
      entryInOnePiece,
      withoutUnused,
      commonJsChunks({
        minify: production,
        sourceMaps: !production || maps,
        banners: { 'maho-soap': '#!/usr/bin/env node' },
        alone: ['extension'],
      }),
    ],
  },
  {
    ...common,
    entryPoints: chosen({
      sheet: 'src/webview/sheet.ts',
      response: 'src/webview/response.ts',
      table: 'src/webview/table.ts',
      import: 'src/webview/import.ts',
      method: 'src/webview/method.ts',
    }),
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
  const announced = announcements(builds.length);
  const contexts = await Promise.all(
    builds.map((options, index) => context({ ...options, plugins: [...(options.plugins ?? []), ...announced.slice(index, index + 1)] })),
  );
  // The process of esbuild would go on watching after this one has ended.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.once(signal, async () => {
      await Promise.all(contexts.map((each) => each.dispose()));
      process.exit();
    });
  for (const each of contexts) await each.watch();
} else {
  const built = await Promise.all(builds.map((options) => build(options)));
  const metafiles = built.map(({ metafile }) => metafile ?? { inputs: {}, outputs: {} });
  if (production) writeNotices(metafiles);
  if (production && only === undefined) checkSizes(measureChunks(metafiles));
}
// Icons of webviews. Their localResourceRoots are only this folder and media.
if (only === undefined) {
  for (const file of ['codicon.css', 'codicon.ttf']) cpSync(`${ICONS}/dist/${file}`, `${out}/webview/${file}`);
}

/**
 * Writes the licences of the bundled packages beside the bundles.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 */
function writeNotices(metafiles) {
  writeFileSync(`${out}/THIRD-PARTY-NOTICES.txt`, noticesOf([...bundledPackages(metafiles), ...(only === undefined ? [ICONS] : [])]));
}

/**
 * Writes the sizes of the chunks beside them, for the benchmark, and fails the build when a chunk exceeds its limit.
 * @param {ReturnType<typeof measureChunks>} chunks
 */
function checkSizes(chunks) {
  writeFileSync(`${out}/meta.json`, JSON.stringify(chunks));
  const problems = tooLarge(chunks);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
