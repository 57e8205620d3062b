import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ToolkitError } from '../api/errors';

/** A file that a command writes. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Writes all files, or none of them when one exists with other content and must not be replaced.
 * @param next advice for the error about existing files
 * @returns the paths, and whether each file already had this content
 * @throws {ToolkitError} of kind `input`: `file-exists`, or `file` for a file that cannot be read or written
 */
export async function writeNew(
  files: readonly NewFile[],
  { force, next }: { readonly force: boolean; readonly next: string },
): Promise<readonly { readonly path: string; readonly unchanged: boolean }[]> {
  const now = await Promise.all(files.map(async ({ path }) => await textOf(path)));
  const taken = files.filter(({ text }, index) => now[index] !== undefined && now[index] !== text);
  if (taken.length > 0 && !force)
    throw new ToolkitError('input', {
      code: 'file-exists',
      what:
        `${taken.map(({ path }) => path).join(' and ')} already ${taken.length === 1 ? 'exists' : 'exist'} with other content. ` +
        'Nothing was written.',
      next,
    });
  const written = files.map(({ path, text }, index) => ({ path, text, unchanged: now[index] === text }));
  for (const { path, text, unchanged } of written) {
    if (unchanged) continue;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    } catch (error) {
      throw unusable(path, error);
    }
  }
  return written;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw unusable(path, error);
  }
}

function unusable(path: string, error: unknown): ToolkitError {
  return new ToolkitError(
    'input',
    {
      code: 'file',
      what: `${path} cannot be written.`,
      why: error instanceof Error ? error.message : undefined,
      next: 'Use another folder.',
    },
    { cause: error },
  );
}
