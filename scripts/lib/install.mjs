// Installs missing packages with nothing but Node and npm, because it runs before any dependency is installed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const workbenchFolder = path.join(root, 'test/workbench');

/** Throws an error when this Node is older than package.json allows. */
export function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`Node 20.19 or later is required. This is Node ${process.versions.node}.`);
}

/**
 * Runs `npm ci` in a folder unless its node_modules matches its package-lock.json.
 * @param {string} folder absolute path of a folder with package.json and package-lock.json
 * @param {string} what what is being installed, for the message
 * @param {string[]} [options] further options for npm
 * @returns {boolean} true when something was installed
 */
export function installMissing(folder, what, options = []) {
  if (isInstalled(folder)) return false;
  console.log(`Installing ${what} …`);
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...options];
  // Under `npm run`, use the same npm again; otherwise the one on the PATH.
  const npmCli = process.env.npm_execpath;
  const result = npmCli?.endsWith('.js')
    ? spawnSync(process.execPath, [npmCli, ...args], { cwd: folder, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) throw new Error(`npm cannot be started: ${result.error.message}`);
  if (result.status !== 0)
    throw new Error(`npm ci failed in ${path.relative(root, folder) || 'the project folder'} (exit code ${result.status}).`);
  return true;
}

/** Installs the packages that `npm test`, `npm start` and similar commands need first. */
export function installProject() {
  checkNodeVersion();
  return installMissing(root, 'the packages of the project');
}

/** Installs VS Code and a browser. Their install scripts would compile native modules that are not needed here. */
export function installWorkbench() {
  return installMissing(workbenchFolder, 'VS Code and a browser for it (about 550 MB, once)', ['--ignore-scripts']);
}

/**
 * npm writes a copy of the lockfile into node_modules at the end of an installation. Every package of package-lock.json must be in this
 * copy with the same version. Optional packages may be missing (they are for other platforms).
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
