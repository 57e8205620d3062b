// Installs what is missing, with nothing but Node and npm: the one part of the scripts that must run before any dependency is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const workbenchFolder = path.join(root, 'test/workbench');

/** Stops with a sentence when this Node is older than package.json allows. */
export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node 20.19 or later is needed; this is ${process.versions.node}.`);
}

/**
 * Runs `npm ci` in a folder unless its node_modules holds what its package-lock.json asks for.
 * @param {string} folder absolute path of a folder with package.json and package-lock.json
 * @param {string} what   what is being installed, for the reader
 * @param {string[]} [options] further options for npm
 * @returns {boolean} true when something was installed
 */
export function installMissing(folder, what, options = []) {
  if (isInstalled(folder)) return false;
  console.log(`Installing ${what} …`);
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...options];
  // Under `npm run` the very same npm is used again; otherwise the one on the PATH.
  const npmCli = process.env.npm_execpath;
  const result = npmCli?.endsWith('.js')
    ? spawnSync(process.execPath, [npmCli, ...args], { cwd: folder, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) throw new Error(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(`npm ci failed in ${path.relative(root, folder) || 'the project folder'} (exit code ${result.status}).`);
  return true;
}

/** What `npm test`, `npm start` and the like need before they can load anything else. */
export function installProject() {
  checkNodeVersion();
  return installMissing(root, 'the packages of the project');
}

/** VS Code and a browser. Their install scripts would compile native modules that are not needed here. */
export function installWorkbench() {
  return installMissing(workbenchFolder, 'VS Code and a browser for it (about 550 MB, once)', ['--ignore-scripts']);
}

/**
 * npm leaves a copy of the lockfile in node_modules as its last act. Every package of package-lock.json has to
 * stand there with the same version; optional ones may be missing (they are for other platforms).
 * @param {string} folder
 */
function isInstalled(folder) {
  const installed = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return false;
  const there = readLock(installed);
  return Object.entries(readLock(path.join(folder, 'package-lock.json'))).every(([place, wanted]) => {
    if (!place.startsWith('node_modules/')) return true;
    const found = there[place];
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function readLock(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
