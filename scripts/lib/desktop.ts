import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quietSettings } from '../../test/workbench/settings';

/** @throws when this machine has no `code` */
export function requireCode(): void {
  if (code(['--version'], 'ignore') !== 0) {
    throw new Error(
      'The command `code` is not in the PATH. In VS Code, run "Shell Command: Install \'code\' command in PATH", or leave out --desktop.',
    );
  }
}

/** Opens the workspace in the VS Code of this machine, with separate settings and extensions. */
export function openOnDesktop(home: string, workspace: string, vsix: string): void {
  const user = path.join(home, 'user');
  mkdirSync(path.join(user, 'User'), { recursive: true });
  writeFileSync(
    path.join(user, 'User/settings.json'),
    JSON.stringify({ ...quietSettings, 'security.workspace.trust.enabled': false }, null, 2),
  );
  const apart = ['--user-data-dir', user, '--extensions-dir', path.join(home, 'extensions')];
  for (const args of [
    ['--install-extension', vsix, '--force'],
    ['--new-window', workspace],
  ]) {
    const status = code([...apart, ...args], 'inherit');
    if (status !== 0) throw new Error(`\`code ${args.join(' ')}\` ended with exit code ${status}.`);
  }
}

/** @returns the exit code; `null` when it could not be started */
function code(args: readonly string[], stdio: 'inherit' | 'ignore'): number | null {
  return spawnSync('code', args, { stdio, shell: process.platform === 'win32' }).status;
}
