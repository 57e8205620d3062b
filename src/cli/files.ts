import { readFile } from 'node:fs/promises';
import { ToolkitError } from '../api/errors';

/**
 * The bytes of a file that the user named.
 * @throws {ToolkitError} of kind `input`, `file`, with the reason why the file cannot be read
 */
export async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw unreadableFile(file, error);
  }
}

/** The error for a file that cannot be read. */
export function unreadableFile(file: string, cause: unknown): ToolkitError {
  const why = cause instanceof Error ? cause.message : undefined;
  return new ToolkitError('input', { code: 'file', what: `The file ${file} cannot be read.`, why }, { cause });
}
