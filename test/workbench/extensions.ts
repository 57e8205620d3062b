import { mkdir, readdir, symlink } from 'node:fs/promises';
import path from 'node:path';

/**
 * VS Code's own extensions that take time to load in every window and have nothing to do with the end-to-end tests. `test/host` and
 * `npm start` run with all of them. The list has only extensions that run in Node alone: the page knows the others itself, and would start
 * them if the server did not have them.
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
 * Creates a folder with links to VS Code's other extensions, for `--builtin-extensions-dir`.
 * @param all the folder of VS Code's extensions
 * @param place path of the new folder
 */
export async function linkExtensions(all: string, place: string): Promise<void> {
  await mkdir(place, { recursive: true });
  for (const { name } of await readdir(all, { withFileTypes: true })) {
    if (!LEFT_OUT.has(name)) await symlink(path.join(all, name), path.join(place, name), 'junction');
  }
}
