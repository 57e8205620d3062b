import { lstat, opendir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../api/errors';
import { decodeText } from '../api/text-input';
import { t } from '../l10n/texts';
import { callsIn, kindOf } from './calls';
import type { ReportBuilder } from './report';

/** Greatest size of a file that is read, in bytes. Larger files were not written by hand. */
export const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** Greatest depth of folders that are searched. */
const MAX_FOLDER_LEVELS = 64;

/** Folders that contain third-party code. Hidden folders are left out too. */
const LEFT_OUT: ReadonlySet<string> = new Set(['node_modules', 'vendor', 'bower_components']);

/** Options for reading files. */
export interface WalkOptions {
  readonly stop?: AbortSignal | undefined;
  /** Called for each file that is read. */
  readonly onFile?: ((path: string) => void) | undefined;
}

/**
 * Reads files and folders, one file at a time, and adds the calls to a report. Links are not followed, so that each file is read once
 * and none outside the named folders. Once `stop` is aborted, no more files are read.
 * @throws {ToolkitError} of kind `input` for a name that does not exist
 */
export async function readPaths(paths: readonly string[], report: ReportBuilder, options: WalkOptions = {}): Promise<void> {
  for (const path of paths) {
    const found = await lstat(path).catch((cause: unknown) => {
      throw new ToolkitError(
        'input',
        { code: 'file', what: t('There is no file or folder {path}.', { path }), next: t('Check its name.') },
        { cause },
      );
    });
    if (found.isDirectory()) await readFolder(path, report, options, 0);
    else if (found.isFile()) await readOne(path, found.size, report, options);
    else report.skip(path, found.isSymbolicLink() ? t('It is a link. Name its target instead.') : t('It is not a file.'));
  }
}

async function readFolder(folder: string, report: ReportBuilder, options: WalkOptions, depth: number): Promise<void> {
  const names: { readonly name: string; readonly folder: boolean }[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      const { name } = entry;
      if (entry.isDirectory() ? !LEFT_OUT.has(name) && !name.startsWith('.') : entry.isFile() && kindOf(name) !== undefined)
        names.push({ name, folder: entry.isDirectory() });
    }
  } catch (error) {
    report.skip(folder, reason(error));
    return;
  }
  for (const entry of names.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (!entry.folder) await readOne(path, undefined, report, options);
    else if (depth < MAX_FOLDER_LEVELS) await readFolder(path, report, options, depth + 1);
    else report.skip(path, t('It is more than {levels} folders deep.', { levels: MAX_FOLDER_LEVELS }));
  }
}

async function readOne(path: string, knownSize: number | undefined, report: ReportBuilder, options: WalkOptions): Promise<void> {
  if (options.stop?.aborted === true) return;
  const kind = kindOf(path);
  if (kind === undefined) {
    report.skip(path, t('It is not a PHP, TypeScript or JavaScript file or a request file (*.maho.json).'));
    return;
  }
  options.onFile?.(path);
  try {
    const size = knownSize ?? (await lstat(path)).size;
    if (size > MAX_FILE_BYTES) report.skip(path, t('It is larger than {mebibytes} MiB.', { mebibytes: MAX_FILE_BYTES / 1024 / 1024 }));
    else report.add(path, callsIn(decodeText(await readFile(path), path), kind));
  } catch (error) {
    if (error instanceof ToolkitError || isOfSystem(error)) report.skip(path, reason(error));
    else throw error;
  }
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function reason(error: unknown): string {
  if (error instanceof ToolkitError) return error.words.what;
  if (isOfSystem(error)) return t('It cannot be read: {message}', { message: error.message });
  throw error;
}
