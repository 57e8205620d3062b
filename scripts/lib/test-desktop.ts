// `npm run test:desktop`: runs the suite of test/host in a VS Code that @vscode/test-electron downloads.
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { removeFolder } from '../../test/workbench/host-suite';
import { bundleHostSuite } from './host-bundle';
import { packageExtension } from './package';
import { root } from './project';

/** The oldest VS Code that package.json supports, such as `1.100.0`. */
export function oldestVscode(): string {
  const { engines } = z
    .object({ engines: z.object({ vscode: z.string() }) })
    .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
  return engines.vscode.replace(/^\^/, '');
}

/**
 * @param wanted version of VS Code, `stable`, or `oldest` for the one of package.json
 * @throws {Error} when it cannot be downloaded, or a test fails
 */
export async function testOnDesktop(wanted: string): Promise<void> {
  const version = wanted === 'oldest' ? oldestVscode() : wanted;
  await packageExtension();
  const { extension, tests } = await bundleHostSuite();
  const vscodeExecutablePath = await downloaded(version);
  const home = await mkdtemp(path.join(os.tmpdir(), 'maho-soap-desktop-'));
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      launchArgs: [path.join(home), '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', path.join(home, '.user')],
    });
  } finally {
    await removeFolder(home);
  }
}

async function downloaded(version: string): Promise<string> {
  try {
    return await downloadAndUnzipVSCode(version);
  } catch (error) {
    throw new Error(
      `VS Code ${version} could not be downloaded, so the desktop tests did not run. \`npm test\` runs the same suite ` +
        `in the VS Code from npm packages.\n${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
}
