import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { npmProgram } from './cli-package';
import { runNode } from './command';
import type { VersionTried } from './node-versions';
import { out, root } from './project';
import { oldestVscode } from './test-desktop';

/** Version of the package with the oldest VS Code of package.json: the last one of VS Code 1.100. */
export const OLDEST_PACKAGE = '4.100.3';

/** The end-to-end test that runs besides the tests in the extension host: from the first store to a request. */
const END_TO_END = 'test/e2e/first-steps.test.ts';

/** Time limit for the installation and the tests, in ms. */
const LIMIT_MS = 20 * 60_000;

const workbenchFolder = path.join(root, 'test/workbench');

const product = z.object({ version: z.string() });

/** Native modules that are not compiled here, with their replacements. */
const standIns = { '@vscode/spdlog': 'spdlog-shim', 'native-watchdog': 'native-watchdog-shim' } as const;

/** Runs the tests in the extension host and one end-to-end file in the oldest and the newest VS Code that packages provide. */
export async function* testVscodeVersions(): AsyncGenerator<VersionTried> {
  const oldest = await installOldest();
  if (typeof oldest !== 'string') yield { version: oldestVscode(), state: 'skipped', text: oldest.reason };
  else yield await tried(oldest);
  yield await tried(path.join(workbenchFolder, 'node_modules/code-server/lib/vscode'));
}

/** @param vscode folder of a built VS Code */
async function tried(vscode: string): Promise<VersionTried> {
  const { version } = product.parse(JSON.parse(await readFile(path.join(vscode, 'product.json'), 'utf8')));
  const { code, output } = await runNode(['scripts/test.mjs', '--only', 'host,e2e', END_TO_END], {
    limit: LIMIT_MS,
    logFile: path.join(out, `vscode-${version}.log`),
    env: { WORKBENCH_VSCODE: vscode },
  });
  return code === 0
    ? { version, state: 'passed', text: output.trim().split('\n').at(-1) ?? '' }
    : { version, state: 'failed', text: output };
}

/** The folder of the oldest VS Code, which is installed if it is missing. */
async function installOldest(): Promise<string | { readonly reason: string }> {
  const place = path.join(out, 'vscode', OLDEST_PACKAGE);
  const vscode = path.join(place, 'node_modules/code-server/lib/vscode');
  const ready = path.join(place, 'ready-with-search');
  if (existsSync(ready)) return vscode;
  await rm(place, { recursive: true, force: true });
  await mkdir(place, { recursive: true });
  await writeFile(path.join(place, 'package.json'), '{ "private": true }');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const brought =
    (await npm(place, ['install', `code-server@${OLDEST_PACKAGE}`, ...options])) ??
    (await npm(vscode, ['install', '--omit=dev', ...options]));
  if (brought !== undefined) return { reason: `code-server@${OLDEST_PACKAGE} could not be installed: ${brought}` };
  for (const [name, standIn] of Object.entries(standIns)) {
    const module = path.join(vscode, 'node_modules', name);
    await rm(module, { recursive: true, force: true });
    await cp(path.join(workbenchFolder, standIn), module, { recursive: true });
  }
  await bringRipgrep(path.join(vscode, 'node_modules/@vscode/ripgrep/bin'));
  await writeFile(ready, '');
  return vscode;
}

/** Copies the program that searches files from the newest VS Code, because no install script downloads it here. */
async function bringRipgrep(folder: string): Promise<void> {
  const [name, system] = process.platform === 'win32' ? ['rg.exe', 'win32'] : ['rg', process.platform];
  const from = path.join(workbenchFolder, 'node_modules/@vscode/ripgrep-universal/bin', `${system}-${process.arch}`, name);
  await mkdir(folder, { recursive: true });
  await cp(from, path.join(folder, name));
}

/** @returns npm's output if it failed */
async function npm(cwd: string, args: readonly string[]): Promise<string | undefined> {
  const { code, output } = await runNode([await npmProgram(), ...args], { limit: LIMIT_MS, cwd });
  return code === 0 ? undefined : output.trim();
}
