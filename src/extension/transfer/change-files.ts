import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { fileNamePart } from './file-name';

/** The folder for the files of changes. @param storage of the extension, absolute */
export function changesFolder(storage: string): string {
  return path.join(storage, 'changes');
}

/** Number of changes whose files are kept, each with its results and the file that undoes it. */
const MAX_CHANGES = 50;

/**
 * Writes a change of customers as a file for an import. Its results and the replaced values will be written beside it, so that it can be
 * undone. The oldest changes are deleted.
 * @param folder where the files of changes are
 * @param name of the file, without its extension
 * @param text content of the file, as text or bytes
 * @returns the path of the file
 */
export async function writeChange(folder: string, name: string, text: string | Uint8Array, now: Date = new Date()): Promise<string> {
  const own = path.join(folder, now.toISOString().replaceAll(':', '-'));
  await mkdir(own, { recursive: true, mode: 0o700 });
  const file = path.join(own, `${fileNamePart(name)}.csv`);
  await writeFile(file, text, { mode: 0o600 });
  const all = (await readdir(folder)).toSorted();
  for (const old of all.slice(0, Math.max(0, all.length - MAX_CHANGES))) await rm(path.join(folder, old), { recursive: true, force: true });
  return file;
}
