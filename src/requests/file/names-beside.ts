import { readdirSync, type Dirent } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ToolkitError } from '../../api/errors';
import { NamedFiles } from './named-files';

/** The most names to offer; more do not help a person who is typing. */
const MAX_NAMES = 500;

/** A file or folder that a request file may name. */
export interface NameBeside {
  /** Path as the request file would write it; a folder ends with a slash. */
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * JSON files and folders that a request file may include, in the folder that was typed so far. Paths that it must not name are left out.
 * @param requestFile path of the request file on disk
 * @param typed the beginning of the path that was typed
 */
export function namesBeside(requestFile: string, typed: string): readonly NameBeside[] {
  const prefix = typed.slice(0, typed.lastIndexOf('/') + 1);
  const folder = join(dirname(resolve(requestFile)), prefix);
  const files = new NamedFiles(requestFile);
  const names: NameBeside[] = [];
  for (const entry of entriesOf(folder)) {
    if (names.length >= MAX_NAMES) break;
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory() && files.isWithin(join(folder, entry.name))) names.push({ name: `${name}/`, isFolder: true });
    else if (/\.json$/i.test(entry.name) && name !== basename(requestFile) && isNameable(files, name))
      names.push({ name, isFolder: false });
  }
  return names.sort((one, other) => Number(other.isFolder) - Number(one.isFolder) || (one.name < other.name ? -1 : 1));
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // The folder does not exist yet, or cannot be read.
    return [];
  }
}

function isNameable(files: NamedFiles, name: string): boolean {
  try {
    files.pathOf(name);
    return true;
  } catch (error) {
    if (error instanceof ToolkitError) return false;
    throw error;
  }
}
