import { readdir, realpath, stat } from 'node:fs/promises';
import { join, normalize, resolve, sep } from 'node:path';
import { ToolkitError } from '../../api/errors';
import { parseRequestFile, readRequestFile, withIncluded, type RequestFile } from '../../requests';
import { bytesOf } from '../files';
import { usage, type Io } from '../io';
import { folderOf, isPattern, pathPattern } from './pattern';

/** Name of standard input in reports. */
const STDIN = '(standard input)';

/** Files of installed packages are not searched. */
const MODULES = 'node_modules';

/** A request file that the user named. */
export interface NamedFile {
  /** Path for reports. */
  readonly path: string;
  /** Path on disk. Paths inside the file are relative to its folder. Standard input gets a made-up path in the working folder. */
  readonly place: string;
  readonly file: RequestFile;
}

/**
 * Reads the request files that the names give, in order. A name is a file, a folder, a pattern or `-`. Each file is read once, even if
 * several names lead to it. Patterns are expanded here because PowerShell and cmd do not expand them, and no shell does so in quotation
 * marks.
 * @throws {ToolkitError} of kind `input` for files that are not found
 */
export async function requestFiles(names: readonly string[], io: Io): Promise<readonly NamedFile[]> {
  const found = new Map<string, string>();
  const read: NamedFile[] = [];
  for (const name of names) {
    if (name === '-') {
      if (found.has(name)) continue;
      found.set(name, name);
      read.push({
        path: STDIN,
        place: resolve('standard-input.maho.json'),
        file: withIncluded(parseRequestFile(await io.input()), { path: STDIN, place: resolve('standard-input.maho.json') }),
      });
      continue;
    }
    for (const path of await pathsOf(name)) {
      const real = await realpath(path);
      if (found.has(real)) continue;
      found.set(real, path);
      read.push({ path, place: path, file: withIncluded(readRequestFile(await bytesOf(path), path), { path, place: path }) });
    }
  }
  return read;
}

async function pathsOf(name: string): Promise<readonly string[]> {
  const kind = await kindOf(name);
  if (kind === 'file') return [name];
  if (kind === 'folder') {
    const files = await filesIn(name);
    if (files.length === 0) throw usage(`There are no *.maho.json files in ${name}.`);
    return files;
  }
  // On Windows a backslash separates folders; elsewhere it escapes a character.
  const pattern = process.platform === 'win32' ? name.replaceAll('\\', '/') : name;
  const folder = folderOf(pattern);
  if (!isPattern(pattern)) throw noFile(name);
  if ((await kindOf(folder)) !== 'folder') throw usage(`No *.maho.json file matches ${name}: The folder ${folder} does not exist.`);
  const fits = pathPattern(normalize(pattern).split(sep).join('/'));
  const files = (await filesIn(folder)).filter((path) => fits(path.split(sep).join('/')));
  if (files.length === 0) throw usage(`No *.maho.json file matches ${name}.`);
  return files;
}

function noFile(name: string, cause?: unknown): ToolkitError {
  const why = cause instanceof Error ? cause.message : undefined;
  return new ToolkitError('input', { code: 'file', what: `The file ${name} does not exist.`, why, next: 'Check its name.' }, { cause });
}

async function kindOf(name: string): Promise<'file' | 'folder' | undefined> {
  try {
    return (await stat(name)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    // Some systems do not allow the characters of a pattern in file names.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EINVAL' || code === 'ENAMETOOLONG') return undefined;
    throw noFile(name, error);
  }
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries
      .filter(({ name }) => name !== MODULES && !name.startsWith('.'))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry) =>
        entry.isDirectory() ? await filesIn(join(folder, entry.name)) : entry.name.endsWith('.maho.json') ? [join(folder, entry.name)] : [],
      ),
  );
  return nested.flat();
}
