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
