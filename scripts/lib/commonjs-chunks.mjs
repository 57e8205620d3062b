// Writes the chunks of a split build as CommonJS.
import { transform } from 'esbuild';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * esbuild splits ES modules only. CommonJS is what the extension host loads fastest and without a detour: `require('vscode')`, and the
 * `http` and `https` that VS Code gave proxies and certificates, however they are imported. So each chunk is written anew as CommonJS.
 * Chunks import each other without circles (a chunk holds the modules that the same entry points reach), so the order of evaluation stays
 * the same, and imported names are read where they are used, so a value that changes later is seen.
 * @param {{ minify: boolean, sourceMaps: boolean, banners: Readonly<Record<string, string>> }} options `banners`: the first line of an
 *   entry point
 * @returns {import('esbuild').Plugin}
 */
export function commonJsChunks({ minify, sourceMaps, banners }) {
  return {
    name: 'chunks as CommonJS',
    setup({ initialOptions, onEnd }) {
      initialOptions.write = false;
      /** @type {ReadonlySet<string>} */
      let before = new Set();
      onEnd(async ({ outputFiles = [], errors, metafile }) => {
        if (errors.length > 0) return;
        const circle = circleOf(metafile?.outputs ?? {});
        const bare = loadedCommonJs(metafile);
        if (bare !== undefined)
          throw new Error(
            `${bare} is CommonJS, and esbuild gives an import() of it no names but "default". Import it statically in a module that is loaded with import().`,
          );
        if (circle !== undefined)
          throw new Error(`Chunks import each other in a circle, which CommonJS would evaluate in another order: ${circle.join(', ')}.`);
        const written = await Promise.all(
          outputFiles.map(async ({ path: file, text }) => {
            const name = path.basename(file, '.cjs');
            const { code, map } = await transform(text, {
              loader: 'js',
              format: 'cjs',
              platform: 'node',
              target: 'node20',
              minify,
              legalComments: 'none',
              // Becomes `require` after a turn of the event loop: no loader of modules, and names stay what they are.
              supported: { 'dynamic-import': false },
              sourcefile: file,
              sourcemap: sourceMaps ? 'external' : false,
              sourcesContent: false,
              banner: banners[name] ?? '',
              // What means the module itself has no meaning any more.
              logOverride: { 'empty-import-meta': 'error' },
              logLevel: 'warning',
            });
            return { file, code, map };
          }),
        );
        mkdirSync(initialOptions.outdir ?? '.', { recursive: true });
        for (const { file, code, map } of written) {
          writeFileSync(file, sourceMaps ? `${code}//# sourceMappingURL=${path.basename(file)}.map\n` : code);
          if (sourceMaps) writeFileSync(`${file}.map`, map);
        }
        // While watching, chunks get new names.
        const now = new Set(written.map(({ file }) => file));
        for (const file of before) if (!now.has(file)) for (const gone of [file, `${file}.map`]) rmSync(gone, { force: true });
        before = now;
      });
    },
  };
}

/**
 * A CommonJS module that is loaded with import(), if there is one.
 * @param {import('esbuild').Metafile | undefined} metafile
 * @returns {string | undefined}
 */
function loadedCommonJs(metafile) {
  const loaded = Object.values(metafile?.inputs ?? {}).flatMap(({ imports }) =>
    imports.flatMap(({ kind, path: to }) => (kind === 'dynamic-import' ? [to] : [])),
  );
  return loaded.find((to) => metafile?.inputs[to]?.format === 'cjs');
}

/**
 * A circle of static imports among chunks, if there is one.
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {readonly string[] | undefined}
 */
function circleOf(outputs) {
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {(chunk: string, way: readonly string[]) => readonly string[] | undefined} */
  const look = (chunk, way) => {
    if (way.includes(chunk)) return [...way.slice(way.indexOf(chunk)), chunk];
    if (done.has(chunk)) return undefined;
    for (const { path: next, kind } of outputs[chunk]?.imports ?? []) {
      const found = kind === 'import-statement' ? look(next, [...way, chunk]) : undefined;
      if (found !== undefined) return found;
    }
    done.add(chunk);
    return undefined;
  };
  for (const chunk of Object.keys(outputs)) {
    const found = look(chunk, []);
    if (found !== undefined) return found;
  }
  return undefined;
}
