import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npmProgram, packageCli } from './cli-package';
import { runNode } from './command';
import { out, root } from './project';

/** The oldest Node that the package supports, and the latest version of each later line. */
export const nodeVersions = ['20.19.0', '22.23.5', '24.22.3'] as const;

/** Time limit for installing Node or a package, in ms. */
const LIMIT_MS = 180_000;

export interface VersionTried {
  readonly version: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly text: string;
}

/** Installs the package of the command line in an empty folder and runs it with each Node. */
export async function* testVersions(): AsyncGenerator<VersionTried> {
  const folder = await mkdtemp(path.join(tmpdir(), 'maho-soap-versions-'));
  try {
    await installPackage(folder, (await packageCli(path.join(folder, 'made'))).file);
    for (const version of nodeVersions) {
      const node = await nodeOf(version);
      if (typeof node !== 'string') {
        yield { version, state: 'skipped', text: node.reason };
        continue;
      }
      const tried = useWith(node, folder);
      yield { version, state: tried === undefined ? 'passed' : 'failed', text: tried ?? '' };
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs the tarball in a folder, offline. */
export async function installPackage(folder: string, tarball: string): Promise<void> {
  await writeFile(path.join(folder, 'package.json'), '{ "private": true }');
  const installed = await runNode([await npmProgram(), 'install', '--offline', '--no-audit', '--no-fund', tarball], {
    limit: LIMIT_MS,
    cwd: folder,
  });
  if (installed.code !== 0) throw new Error(`The package cannot be installed.\n${installed.output}`);
}

/** Uses the package that is installed in a folder. @returns the error; `undefined` if everything works */
export function useWith(node: string, folder: string): string | undefined {
  const used = spawnSync(node, [path.join(root, 'test/support/use-package.mjs'), folder], {
    encoding: 'utf8',
    timeout: LIMIT_MS,
    cwd: folder,
  });
  return used.status === 0 ? undefined : used.stdout + used.stderr;
}

/** The program of a Node version, installed from npm. */
async function nodeOf(version: string): Promise<string | { readonly reason: string }> {
  const system = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const place = path.join(out, 'node', version);
  const name = `node-${system}`;
  const program = path.join(place, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(program)) return program;
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, 'package.json'), '{ "private": true }');
  const brought = await runNode([await npmProgram(), 'install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`], {
    limit: LIMIT_MS,
    cwd: place,
  });
  if (brought.code === 0 && existsSync(program)) return program;
  return { reason: `${name}@${version} could not be installed.` };
}
