import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { quietSettings } from '../../test/workbench/settings';

/** Opens the workspace in the VS Code of this machine, apart from its owner's settings and extensions. */
export function openOnDesktop(home: string, workspace: string, vsix: string): void {
  const user = path.join(home, 'user');
  mkdirSync(path.join(user, 'User'), { recursive: true });
  writeFileSync(path.join(user, 'User/settings.json'), JSON.stringify({ ...quietSettings, 'security.workspace.trust.enabled': false }, null, 2));
  const apart = ['--user-data-dir', user, '--extensions-dir', path.join(home, 'extensions')];
  code([...apart, '--install-extension', vsix, '--force']);
  code([...apart, '--new-window', workspace]);
}

function code(args: readonly string[]): void {
  const result = spawnSync('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.error) throw new Error('There is no `code` on the PATH. In VS Code run "Shell Command: Install \'code\' command in PATH", or leave out --desktop.');
  if (result.status !== 0) throw new Error(`\`code ${args.join(' ')}\` ended with exit code ${result.status}.`);
}
