// Writes the chunks of a split build as CommonJS.
import { build, transform } from 'esbuild';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Converts the chunks to CommonJS, because esbuild splits only ES modules. The extension host loads CommonJS fastest. It also supports
 * `require('vscode')`, and the `http` and `https` to which VS Code adds proxies and certificates, however they are imported. Chunks import
 * each other without circles (a chunk contains the modules that the same entry points reach), so the order of evaluation is kept. Imported
 * names are read where they are used, so changes of their values are seen.
 * @param {{ minify: boolean, sourceMaps: boolean, banners: Readonly<Record<string, string>>, alone?: readonly string[] }} options
 * `banners`: first lines of entry points; `alone`: entry points that are written as one file each, with copies of the chunks that they
 * import statically. Such a chunk must not contain modules of the project, because their state and classes would exist twice.
 * @returns {import('esbuild').Plugin}
 */
export function commonJsChunks({ minify, sourceMaps, banners, alone = [] }) {
  return {
    name: 'chunks as CommonJS',
    setup({ initialOptions, onEnd }) {
      initialOptions.write = false;
      const entries = entryNames(initialOptions.entryPoints);
      /** @type {(file: string, chunk: string, all: readonly import('esbuild').OutputFile[], of: import('esbuild').Metafile | undefined) => Promise<string>} */
      const rewritten = async (file, chunk, all, of) => {
        const name = path.basename(file, '.cjs');
        if (alone.includes(name)) return await withImports(file, all, of);
        // Node finds the names that an entry point exports by the form in which esbuild writes them.
        if (entries.includes(name)) return chunk;
        const [, output] = Object.entries(of?.outputs ?? {}).find(([each]) => path.resolve(each) === file) ?? [];
        return withGetters(chunk, output?.exports ?? []);
      };
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
          outputFiles.map(async ({ path: file, text: chunk }) => {
            const name = path.basename(file, '.cjs');
            const text = await rewritten(file, chunk, outputFiles, metafile);
            const { code, map } = await transform(text, {
              loader: 'js',
              format: 'cjs',
              platform: 'node',
              target: 'node20',
              minify,
              legalComments: 'none',
              // Becomes an asynchronous `require`: no module loader is needed, and names are kept.
              supported: { 'dynamic-import': false },
              sourcefile: file,
              sourcemap: sourceMaps ? 'external' : false,
              sourcesContent: false,
              banner: banners[name] ?? '',
              // `import.meta` has no meaning in CommonJS.
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
        // In watch mode, chunks get new names. Delete the old files.
        const now = new Set(written.map(({ file }) => file));
        for (const file of before) if (!now.has(file)) for (const gone of [file, `${file}.map`]) rmSync(gone, { force: true });
        before = now;
      });
    },
  };
}

/**
 * A chunk whose exports are the getters of an object. esbuild would write helpers for them into each chunk, which were a tenth of all code
 * as it is packed.
 * @param {string} chunk ends with its only export statement, apart from its map
 * @param {readonly string[]} names that it exports
 * @returns {string}
 */
function withGetters(chunk, names) {
  if (names.length === 0) return chunk;
  const end = /\bexport\s*\{([^{}]*)\};?\s*(?=\/\/# sourceMappingURL=[^\n]*\s*$|$)/.exec(chunk);
  const exported = (end?.[1] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => each.split(/\s+as\s+/))
    .map(([local = '', name = local]) => ({ local, name }));
  if (end === null || exported.length !== names.length || exported.some(({ name }) => !names.includes(name)))
    throw new Error(`A chunk does not end with its exports, ${names.join(', ')}: ${chunk.slice(-200)}`);
  const getters = exported.map(({ local, name }) => `get ${name}(){return ${local}}`);
  // The mark of an ES module, which imports ask for, is not one of its names.
  const object = `module.exports={__proto__:{__esModule:true},${getters.join(',')}};\n`;
  return chunk.slice(0, end.index) + object + chunk.slice(end.index + end[0].length);
}

/** @param {import('esbuild').BuildOptions['entryPoints']} entries */
function entryNames(entries = {}) {
  const files = (Array.isArray(entries) ? entries : []).map((entry) => (typeof entry === 'string' ? path.parse(entry).name : entry.out));
  return Array.isArray(entries) ? files : Object.keys(entries);
}

/**
 * The text of a chunk together with the chunks that it imports statically, as one ES module.
 * @param {string} file
 * @param {readonly import('esbuild').OutputFile[]} outputFiles
 * @param {import('esbuild').Metafile | undefined} metafile from which the chunk's imports are removed, because nothing reads them any more
 * @returns {Promise<string>}
 */
async function withImports(file, outputFiles, metafile) {
  const outputs = new Map(Object.entries(metafile?.outputs ?? {}).map(([output, of]) => [path.resolve(output), of]));
  const { outputFiles: [whole] = [] } = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    outfile: file,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [
      {
        name: 'chunks in memory',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /.*/ }, ({ path: to, kind, resolveDir }) =>
            kind === 'entry-point'
              ? { path: to, namespace: 'chunk' }
              : kind === 'import-statement' && to.startsWith('./')
                ? { path: path.join(resolveDir, to), namespace: 'chunk' }
                : { path: to, external: true },
          );
          onLoad({ filter: /.*/, namespace: 'chunk' }, ({ path: chunk }) => {
            // Modules that esbuild or a plugin generates have no file path.
            const module = chunk === file ? undefined : Object.keys(outputs.get(chunk)?.inputs ?? {}).find((input) => !/[:<]/.test(input));
            if (module !== undefined)
              return { errors: [{ text: `${path.basename(file)} is read as one file, but shares ${module} with other entry points.` }] };
            return {
              contents: outputFiles.find((output) => output.path === chunk)?.text,
              loader: 'js',
              resolveDir: path.dirname(chunk),
            };
          });
        },
      },
    ],
  });
  const entry = outputs.get(file);
  if (entry !== undefined) entry.imports = entry.imports.filter(({ kind, external }) => kind !== 'import-statement' || external === true);
  return whole?.text ?? '';
}

/**
 * The path of a CommonJS module that is loaded with import(); `undefined` if there is none.
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
 * A circle of static imports among chunks; `undefined` if there is none.
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
