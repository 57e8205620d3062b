import { copyFile, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { runNode } from './command';
import { out, root } from './project';

/** File with the licences of the bundled packages, which the build writes. */
const NOTICES = 'THIRD-PARTY-NOTICES.txt';

/** Time limit for building and packing on a busy machine, in ms. */
const LIMIT_MS = 600_000;

/** Limit for the size of the packed package, in bytes. */
const MAX_BYTES = 1_000_000;

const manifest = z.looseObject({
  version: z.string(),
  license: z.string(),
  keywords: z.array(z.string()),
  engines: z.looseObject({ node: z.string() }),
  repository: z.optional(z.unknown()),
  bugs: z.optional(z.unknown()),
});

/** The packed package `maho-soap`. */
export interface CliPackage {
  /** Path of the `.tgz`, absolute. */
  readonly file: string;
  readonly bytes: number;
  /** Notes for the person who publishes it. */
  readonly notes: readonly string[];
}

/**
 * Creates the npm package of the command line and the demo store from the build of the extension, and packs it.
 * @param folder where the package is created, replacing what was there
 * @throws {Error} when the build fails or the package exceeds its size limit
 */
export async function packageCli(folder = path.join(out, 'maho-soap')): Promise<CliPackage> {
  const own = manifest.parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
  await rm(folder, { recursive: true, force: true });
  await mkdir(path.join(folder, 'types'), { recursive: true });
  await succeed('The build', [
    path.join(root, 'scripts/build.mjs'),
    '--production',
    '--only',
    'maho-soap,demo-store,wsdl-reader',
    '--out',
    path.join(folder, 'dist'),
  ]);
  await copyFile(path.join(root, 'LICENSE'), path.join(folder, 'LICENSE'));
  await rename(path.join(folder, 'dist', NOTICES), path.join(folder, NOTICES));
  await cp(path.join(root, 'docs/cli'), path.join(folder, 'docs/cli'), { recursive: true });
  await mkdir(path.join(folder, 'schemas'));
  await copyFile(path.join(root, 'schemas/maho-requests.schema.json'), path.join(folder, 'schemas/maho-requests.schema.json'));
  const types = await readFile(path.join(root, 'types/demo-store.d.cts'), 'utf8');
  await writeFile(path.join(folder, 'types/demo-store.d.cts'), types.replace('maho-soap-toolkit/demo-store', 'maho-soap/demo-store'));
  await writeFile(path.join(folder, 'README.md'), readme);
  await writeFile(
    path.join(folder, 'package.json'),
    `${JSON.stringify(
      {
        name: 'maho-soap',
        version: own.version,
        description:
          'The SOAP customer API of Maho, OpenMage and Magento 1 stores on the command line and in CI, with a demo store to test against.',
        keywords: [...own.keywords, 'cli', 'testing'],
        license: own.license,
        ...(own.repository === undefined ? {} : { repository: own.repository }),
        ...(own.bugs === undefined ? {} : { bugs: own.bugs }),
        type: 'commonjs',
        engines: { node: own.engines.node },
        bin: { 'maho-soap': 'dist/maho-soap.cjs' },
        exports: {
          './demo-store': { types: './types/demo-store.d.cts', default: './dist/demo-store.cjs' },
          './schemas/maho-requests.schema.json': './schemas/maho-requests.schema.json',
          './package.json': './package.json',
        },
        files: ['dist', 'docs', 'schemas', 'types', NOTICES],
      },
      undefined,
      2,
    )}\n`,
  );
  const packed = await succeed('Packing', [await npmProgram(), 'pack', '--offline', '--silent', '--ignore-scripts'], folder);
  const file = path.join(folder, packed.trim().split('\n').at(-1) ?? '');
  const { size } = await stat(file);
  if (size > MAX_BYTES) throw new Error(`The package has ${size} bytes, more than ${MAX_BYTES}.`);
  const notes = own.repository === undefined ? ['package.json names no repository, so the package names none either.'] : [];
  return { file, bytes: size, notes };
}

/** The script of the npm that belongs to this Node, for programs that must not depend on a shell. @throws {Error} if it is not found */
export async function npmProgram(name: 'npm' | 'npx' = 'npm'): Promise<string> {
  const places = ['../lib/node_modules/npm/bin', 'node_modules/npm/bin'].map((place) => path.join(path.dirname(process.execPath), place));
  const called = process.env['npm_execpath'];
  if (called !== undefined && /npm-cli\.c?js$/.test(called)) places.unshift(path.dirname(called));
  for (const place of places) {
    const file = path.join(place, `${name}-cli.js`);
    if (await isFile(file)) return file;
  }
  throw new Error('npm was not found beside Node.');
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return false;
    throw error;
  }
}

async function succeed(what: string, args: readonly string[], cwd = root): Promise<string> {
  const result = await runNode(args, { limit: LIMIT_MS, cwd });
  if (result.code !== 0) throw new Error(`${what} failed.\n${result.output.trim()}`);
  return result.output;
}

const readme = `# maho-soap

The SOAP customer API of Maho, OpenMage and Magento 1 stores on the command line and in CI, with a demo store to test against.
Nothing else is installed with it. Node 20.19 or later.

\`\`\`sh
npx maho-soap init
npx maho-soap demo-store
npx maho-soap run requests/ --url http://127.0.0.1:8190 --user apiUser
\`\`\`

The commands are described in [docs/cli](docs/cli/README.md) and by \`maho-soap COMMAND --help\`.

A test starts a store of its own:

\`\`\`js
import { startDemoStore } from 'maho-soap/demo-store';

const store = await startDemoStore({ customers: 10 });
// store.urls.v2, store.users[0].user, store.users[0].key
await store.close();
\`\`\`
`;
