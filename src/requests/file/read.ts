import { decodeText, EncodingError } from '../../api/text-input';
import type { RequestFile } from './model';
import { parseRequestFile } from './parse';

/**
 * A request file from the bytes on a disk. Never throws: bytes that are not text are the file's `failure`, so that one such file of many
 * does not keep the others from running.
 * @param name of the file, for errors
 */
export function readRequestFile(bytes: Uint8Array, name: string): RequestFile {
  try {
    return parseRequestFile(decodeText(bytes, name));
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    return { ...parseRequestFile(''), failure: error };
  }
}
