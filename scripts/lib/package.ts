import { statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packageCli } from './cli-package';
import { runNode } from './command';
import { readHome } from './home';
import { out, root, vsix } from './project';
import { stage } from './staged';
import { evenRights, zipEntries } from './zip';

/** Limit for the size of the .vsix in bytes. A larger one contains something by mistake. */
const LARGEST = 3_000_000;

/** Files that a package must contain. vsce renames the licence to LICENSE.txt. */
const NEEDED = [
  'LICENSE.txt',
  'readme.md',
  'changelog.md',
  'package.json',
  'package.nls.json',
  'dist/extension.cjs',
  'dist/THIRD-PARTY-NOTICES.txt',
];

/** Time limit for building and packaging on a busy machine, in ms. */
const LIMIT_MS = 600_000;

/** The time of all files in a package, so that the same files result in the same bytes: npm's, 26 October 1985. Seconds since 1970. */
const FILE_TIME = '499162500';

/** Folder with the files to package and the list of those that are shipped. */
const STAGED = path.join(out, 'staged');

/** Builds for production and packages the result as `out/maho-soap-toolkit.vsix`. */
export async function packageExtension(): Promise<string> {
  await mkdir(out, { recursive: true });
  await succeed('The build', ['scripts/build.mjs', '--production'], 'build.log');
  await stage(root, STAGED);
  const { repository } = await readHome();
  if (repository === undefined) {
    const readme = path.join(STAGED, 'README.md');
    await writeFile(readme, withoutPictures(await readFile(readme, 'utf8')));
  }
  await succeed(
    'Packaging',
    ['scripts/lib/vsix.mjs', STAGED, vsix, ...(repository === undefined ? [] : [repository])],
    'package.log',
    // A zip file contains local times.
    { SOURCE_DATE_EPOCH: FILE_TIME, TZ: 'UTC' },
  );
  const packed = evenRights(await readFile(vsix));
  await writeFile(vsix, packed);
  const names = zipEntries(packed).map(({ name }) => name);
  const missing = NEEDED.filter((name) => !names.includes(`extension/${name}`));
  if (missing.length > 0) throw new Error(`The .vsix lacks ${missing.join(', ')}; see .vscodeignore.`);
  const { size } = statSync(vsix);
  if (size > LARGEST) throw new Error(`The .vsix has ${size} bytes, more than ${LARGEST}; out/package.log lists what is in it.`);
  return vsix;
}

/**
 * A README without the pictures of the repository. The page of an extension in VS Code shows pictures from the internet only, and vsce
 * gives them addresses there once the address of the repository is known.
 */
export function withoutPictures(readme: string): string {
  return readme.replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\r?\n(?:\r?\n)?/gm, '');
}

/**
 * Creates both packages twice.
 * @returns the .vsix and the package for npm
 * @throws {Error} when the second one has different bytes; the message names the files of the .vsix that differ
 */
export async function packageTwice(): Promise<readonly [extension: string, commandLine: string]> {
  const first = await readFile(await packageExtension());
  const second = await readFile(await packageExtension());
  if (!first.equals(second)) throw new Error(`Packaging twice gave two .vsix that differ in ${differing(first, second).join(', ')}.`);
  const tarball = await readFile((await packageCli()).file);
  const { file } = await packageCli();
  if (!tarball.equals(await readFile(file))) throw new Error(`Packaging twice gave two packages for npm that differ: ${file}`);
  return [vsix, file];
}

/** The files that differ between two zip files. If all files are equal, the result names their order, times and rights. */
export function differing(one: Buffer, other: Buffer): readonly string[] {
  const [before, after] = [one, other].map(
    (zip) => new Map(zipEntries(zip).map(({ name, crc, bytes, packed }) => [name, `${crc} ${bytes} ${packed}`])),
  );
  const names = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort();
  const found = names.filter((name) => before?.get(name) !== after?.get(name));
  return found.length > 0 ? found : ['the order, the times or the rights of their files'];
}

async function succeed(what: string, args: readonly string[], log: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  const result = await runNode(args, { limit: LIMIT_MS, logFile: path.join(out, log), env });
  if (result.late) throw new Error(`${what} did not end within 10 minutes.`);
  if (result.code !== 0) throw new Error(`${what} failed.\n${result.output.trim()}`);
}
