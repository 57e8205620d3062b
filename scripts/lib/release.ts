import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { npmProgram } from './cli-package';
import { runNode } from './command';
import { homeOf, missingAddresses } from './home';
import { packageTwice } from './package';
import { out, root, vsix } from './project';

/** The folder in which a release is created. */
export const releaseFolder = path.join(out, 'release');

/** The program that publishes to the second marketplace. It is not a dependency, because nothing else needs it. */
const OVSX = 'ovsx@1.4.0';

/** Time limit for publishing, in ms. */
const LIMIT_MS = 600_000;

/** The places where a release is published. */
export const destinations = ['vscode', 'open-vsx', 'npm'] as const;

/** See {@link destinations}. */
export type Destination = (typeof destinations)[number];

/** The environment variables that publishing needs. npm trusts the workflow itself and needs no token. */
const tokens: Readonly<Record<Destination, string | undefined>> = { vscode: 'VSCE_PAT', 'open-vsx': 'OVSX_PAT', npm: undefined };

const manifestPart = z.looseObject({ version: z.string() });

/** Addresses of repositories for which vsce knows where files are. vsce refuses other addresses, because the README has relative links. */
const picturesFound = /^(?:git\+)?(?:https?|ssh|git):\/\/(?:[^/@]+@)?(?:github|gitlab)\.com\//;

/**
 * The problems that prevent a release of a tag, in sentences; empty if there are none.
 * @param tag such as `v1.2.3`
 * @param manifest the content of `package.json`
 * @param changelog the text of `CHANGELOG.md`
 */
export function releaseProblems(tag: string, manifest: unknown, changelog: string): readonly string[] {
  const { version } = manifestPart.parse(manifest);
  const home = homeOf(manifest);
  const missing = missingAddresses(home);
  return [
    ...(missing.length > 0 ? [`package.json does not contain ${missing.join(', ')}. Users of a release need a place to report bugs.`] : []),
    ...(missing.length === 0 && !picturesFound.test(home.repository ?? '')
      ? [`${home.repository ?? ''} is not at GitHub or GitLab, so vsce cannot create the URLs of the pictures and links in README.md.`]
      : []),
    ...(tag === `v${version}` ? [] : [`The tag is ${tag}, but the version in package.json is ${version}. Use the tag v${version}.`]),
    ...(releaseNotes(changelog, version) === undefined
      ? [
          `CHANGELOG.md has no entries under "## ${version}". Change the heading "Unreleased" to this version and a date, ` +
            'and add a new "Unreleased".',
        ]
      : []),
  ];
}

/** The section of a version in the changelog; `undefined` if it is missing or empty. */
export function releaseNotes(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`${version}\n`) || text.startsWith(`${version} `));
  const notes = section?.slice(section.indexOf('\n') + 1).trim();
  return notes === undefined || notes === '' ? undefined : `${notes}\n`;
}

/**
 * Creates everything that is published for a tag, in `out/release`: the .vsix, the npm package, the notes.
 * @returns the files
 * @throws {Error} when there are problems with the release, or packaging twice does not result in the same bytes
 */
export async function makeRelease(tag: string): Promise<readonly string[]> {
  const [manifest, changelog] = await Promise.all(['package.json', 'CHANGELOG.md'].map((file) => readFile(path.join(root, file), 'utf8')));
  const parsed: unknown = JSON.parse(manifest ?? '');
  const problems = releaseProblems(tag, parsed, changelog ?? '');
  if (problems.length > 0) throw new Error(`${tag} cannot be released:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
  const [, file] = await packageTwice();
  const { version } = manifestPart.parse(parsed);
  await rm(releaseFolder, { recursive: true, force: true });
  await mkdir(releaseFolder, { recursive: true });
  const files = [path.join(releaseFolder, `maho-soap-toolkit-${version}.vsix`), path.join(releaseFolder, path.basename(file))] as const;
  await copyFile(vsix, files[0]);
  await copyFile(file, files[1]);
  const notes = path.join(releaseFolder, 'NOTES.md');
  await writeFile(notes, releaseNotes(changelog ?? '', version) ?? '');
  return [...files, notes];
}

/**
 * The command that publishes a version, without a token.
 * @returns arguments of Node
 */
export async function publishCommand(destination: Destination, version: string): Promise<readonly string[]> {
  const extension = path.join(releaseFolder, `maho-soap-toolkit-${version}.vsix`);
  switch (destination) {
    case 'vscode':
      return [path.join(root, 'node_modules/@vscode/vsce/vsce'), 'publish', '--packagePath', extension];
    case 'open-vsx':
      return [await npmProgram('npx'), '--yes', OVSX, 'publish', extension];
    case 'npm':
      return [await npmProgram(), 'publish', path.join(releaseFolder, `maho-soap-${version}.tgz`), '--provenance', '--access', 'public'];
  }
}

/**
 * Publishes the release that {@link makeRelease} created.
 * @throws {Error} when the token of the destination is missing, or the destination refuses the release
 */
export async function publish(destination: Destination, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const token = tokens[destination];
  if (token !== undefined && (env[token] ?? '') === '')
    throw new Error(`Publishing to ${destination} needs the environment variable ${token}.`);
  const { version } = manifestPart.parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
  const { code, output } = await runNode(await publishCommand(destination, version), { limit: LIMIT_MS });
  if (code !== 0) throw new Error(`Publishing to ${destination} failed.\n${output.trim()}`);
}
