import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workbench } from './workbench';

/** The content of a file that the extension stores outside of the workspace, such as `history.json`; empty if the file does not exist. */
export async function keptFile({ folder }: Workbench, name: string): Promise<string> {
  const user = path.join(folder, '../data/user');
  const found = (await readdir(user, { recursive: true })).find((file) => path.basename(file) === name);
  return found === undefined ? '' : await readFile(path.join(user, found), 'utf8');
}
