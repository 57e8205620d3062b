import { build, type Metafile, type Plugin } from 'esbuild';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompiledTest } from './fast-tests';
import { out, root } from './project';
import { withoutUnused } from './left-out.mjs';

/**
 * Compiles test files for Node, one entry each and what they share apart: half of what a test file costs would otherwise be
 * compiling the same sources again in its own process. Packages stay outside.
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
    packages: 'external',
    sourcemap: true,
    plugins: [sourcePlaces(outdir)],
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

/** The sources of a compiled file and of the chunks that it imports. @param output as esbuild names it: relative to the project */
function sourcesOf(metafile: Metafile, output: string): ReadonlySet<string> {
  const outputs = new Set([output]);
  // A set hands out what is added while it is walked.
  for (const each of outputs)
    for (const { path: imported, external } of metafile.outputs[each]?.imports ?? []) if (external !== true) outputs.add(imported);
  return new Set([...outputs].flatMap((each) => Object.keys(metafile.outputs[each]?.inputs ?? {})));
}

function slashed(file: string): string {
  return file.split(path.sep).join('/');
}

/**
 * The thread that reads WSDLs starts anew for each of them, in tests hundreds of times. In one file with its packages, as it is delivered,
 * it starts in half of the time that it takes to find and load these one by one.
 */
async function bundleWsdlReader(outdir: string): Promise<void> {
  await build({
    entryPoints: { 'wsdl-reader': path.join(root, 'src/store/soap/wsdl-reader.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    mainFields: ['module', 'main'],
    // Packages in CommonJS ask for what Node brings.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    plugins: [withoutUnused],
    logLevel: 'silent',
  });
}

/**
 * `import.meta` keeps meaning the source: tests find recordings, examples and programs beside it. What starts the thread that reads WSDLs
 * looks for it among the compiled files.
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
