import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Settings by their names. */
type Settings = Readonly<Record<string, unknown>>;

/** Changes some settings of the workspace. @param folder the workspace */
export async function changeSettings(folder: string, changes: Settings): Promise<void> {
  const file = settingsFile(folder);
  const settings: unknown = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  await replaceSettings(folder, Object.assign({}, settings, changes));
}

/**
 * Replaces all settings of the workspace in one step: VS Code may read the file at any moment, and while it is empty there are no stores.
 * @param folder the workspace
 */
export async function replaceSettings(folder: string, settings: Settings): Promise<void> {
  const file = settingsFile(folder);
  await mkdir(path.dirname(file), { recursive: true });
  // Beside the workspace, so that VS Code does not see this file.
  const written = path.join(path.dirname(folder), 'new-settings.json');
  await writeFile(written, JSON.stringify(settings, null, 2));
  await rename(written, file);
}

function settingsFile(folder: string): string {
  return path.join(folder, '.vscode/settings.json');
}
