import { build, type Metafile, type Plugin } from 'esbuild';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompiledTest } from './fast-tests';
import { out, root } from './project';
import { withoutUnused } from './left-out.mjs';

/**
 * Packages that are bundled: those that the product uses. Finding and loading the files of zod alone takes as long as the start of Node.
 * Others are loaded from their folders, because some find files of their own there, as does the whole of `soap`, which only tests use.
 */
const bundledPackages = [
  'zod',
  'jsonc-parser',
  're2js',
  'saxes',
  'csv-parse',
  'csv-stringify',
  'soap/lib',
  'http-proxy-agent',
  'https-proxy-agent',
  'proxy-from-env',
];

/** CommonJS packages need `require` for Node's built-in modules. The name is one that no source imports. */
const banner = {
  js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
};

/**
 * Compiles test files for Node, one entry each, with shared chunks. Otherwise half of a test file's time would be compiling the same
 * sources again in its process.
 * @param files absolute paths under `test/`
 * @returns the compiled files, in the same order
 */
export async function bundleTests(kind: string, files: readonly string[]): Promise<CompiledTest[]> {
  const outdir = path.join(out, 'tests', kind);
  await rm(outdir, { recursive: true, force: true });
  const names = files.map((file) => path.relative(path.join(root, 'test', kind), file).replace(/\.ts$/, ''));
  const { metafile } = await build({
    entryPoints: Object.fromEntries(files.map((file, index) => [names[index] ?? file, file])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner,
    sourcemap: true,
    // Each process reads the maps of its chunks. Without the sources, which are in their files, they have half of the size.
    sourcesContent: false,
    plugins: [otherPackages, withoutUnused, sourcePlaces(outdir)],
    metafile: true,
    absWorkingDir: root,
    logLevel: 'silent',
  });
  await bundleWsdlReader(outdir);
  return names.map((name) => {
    const file = path.join(outdir, `${name}.mjs`);
    return { file, name: `${slashed(name)}.ts`, sources: sourcesOf(metafile, slashed(path.relative(root, file))) };
  });
}

/** The sources of a compiled file and of the chunks that it imports. @param output path relative to the project, as in the metafile */
function sourcesOf(metafile: Metafile, output: string): ReadonlySet<string> {
  const outputs = new Set([output]);
  // Iterating over a set also visits the items that are added meanwhile.
  for (const each of outputs)
    for (const { path: imported, external } of metafile.outputs[each]?.imports ?? []) if (external !== true) outputs.add(imported);
  return new Set([...outputs].flatMap((each) => Object.keys(metafile.outputs[each]?.inputs ?? {})));
}

function slashed(file: string): string {
  return file.split(path.sep).join('/');
}

/**
 * Bundles the thread that reads WSDLs into one file with its packages, as in production. It is started again for each WSDL, hundreds of
 * times in tests. One file starts in half of the time that finding and loading its packages one by one takes.
 */
async function bundleWsdlReader(outdir: string): Promise<void> {
  await build({
    entryPoints: { 'wsdl-reader': path.join(root, 'src/store/soap/wsdl-reader.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    banner,
    plugins: [withoutUnused],
    logLevel: 'silent',
  });
}

/**
 * Keeps `import.meta` referring to the source file, because tests find recordings, examples and programs beside it. Only the module that
 * starts the thread that reads WSDLs finds it among the compiled files.
 */
function sourcePlaces(outdir: string): Plugin {
  return {
    name: 'where the source is',
    setup(bundler) {
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        const place = file === path.join(root, 'src/store/soap/describe.ts') ? path.join(outdir, 'describe.mjs') : file;
        const places: Readonly<Record<string, string>> = { dirname: path.dirname(place), filename: place, url: pathToFileURL(place).href };
        return {
          loader: 'ts',
          contents: source.replace(/\bimport\.meta\.(dirname|filename|url)\b/g, (_, what: string) => JSON.stringify(places[what])),
        };
      });
    },
  };
}

/** Leaves the packages out that are not in {@link bundledPackages}. */
const otherPackages: Plugin = {
  name: 'other packages',
  setup(bundler) {
    // Starts with the name of a package: no relative or absolute path, on Windows either.
    bundler.onResolve({ filter: /^[^./]/ }, ({ path: wanted, importer, kind }) => {
      const bundled = bundledPackages.some((name) => wanted === name || wanted.startsWith(`${name}/`));
      // A bundled package brings its own packages with it.
      if (bundled || kind === 'entry-point' || path.isAbsolute(wanted) || importer.includes(`${path.sep}node_modules${path.sep}`))
        return undefined;
      return { path: wanted, external: true };
    });
  },
};
