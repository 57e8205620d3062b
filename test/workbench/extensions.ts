import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * What comes with VS Code, costs every window time to load, and has nothing to do with what the end-to-end tests look at. `test/host` and
 * `npm start` run beside all of them. Only extensions that run in Node alone: the page knows the others by itself, and would start them
 * where the server has none.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'copilot',
  'debug-auto-launch',
  'debug-server-ready',
  'git',
  'github',
  'grunt',
  'gulp',
  'jake',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'notebook-renderers',
  'prompt-basics',
  'terminal-suggest',
  'tunnel-forwarding',
]);

/**
 * A folder with links to the other extensions that come with VS Code, for `--builtin-extensions-dir`.
 * @param all   the folder in which VS Code has them
 * @param place where to make the folder
 */
export async function linkExtensions(all: string, place: string): Promise<void> {
  await mkdir(place, { recursive: true });
  for (const { name } of await readdir(all, { withFileTypes: true })) {
    if (!LEFT_OUT.has(name)) await symlink(path.join(all, name), path.join(place, name), 'junction');
  }
}
