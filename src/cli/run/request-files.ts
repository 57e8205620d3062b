import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../../api/errors';
import { usage } from '../io';

/** The request files that names of files and folders stand for, in order; each once, however often and however it is named. */
export async function requestFiles(names: readonly string[]): Promise<readonly string[]> {
  const found = new Map<string, string>();
  for (const name of names) {
    const folder = await isFolder(name);
    const files = folder ? await filesIn(name) : [name];
    if (files.length === 0) throw usage(`There are no *.maho.json files in ${name}.`);
    for (const file of files) {
      const real = await realpath(file);
      if (!found.has(real)) found.set(real, file);
    }
  }
  return [...found.values()];
}

async function isFolder(name: string): Promise<boolean> {
  try {
    return (await stat(name)).isDirectory();
  } catch (error) {
    throw new ToolkitError(
      'input',
      { code: 'file', what: `There is no file ${name}.`, why: error instanceof Error ? error.message : undefined },
      { cause: error },
    );
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry) =>
        entry.isDirectory() ? await filesIn(join(folder, entry.name)) : entry.name.endsWith('.maho.json') ? [join(folder, entry.name)] : [],
      ),
  );
  return nested.flat();
}
