import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * The folder of the command line as it is delivered. `npm test` has built everything into `dist` before its tests. A file that runs alone
 * builds what it needs.
 * @param folder absolute path of the build
 */
export function builtCli(folder: string): string {
  const built = process.env['MAHO_SOAP_BUILT'];
  if (built !== undefined) return built;
  const args = ['scripts/build.mjs', '--production', '--only', 'maho-soap,demo-store,wsdl-reader', '--out', folder];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return folder;
}

/**
 * What Node starts the command line with, before its arguments: the program as it is delivered, when `npm test` has built it. A file that
 * runs alone starts it from its sources, which takes ten times as long.
 */
export function cliProgram(): readonly string[] {
  const built = process.env['MAHO_SOAP_BUILT'];
  return built === undefined
    ? ['--import', import.meta.resolve('tsx'), path.join(root, 'src/cli/main.ts')]
    : [path.join(built, 'maho-soap.cjs')];
}
