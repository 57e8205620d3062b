import { decodeText, EncodingError } from '../../api/text-input';
import type { RequestFile } from './model';
import { parseRequestFile } from './parse';

/**
 * Reads a request file from its bytes. Never throws: bytes that are not text are reported in `failure`, so that one such file does not stop
 * the other files of a run.
 * @param name name of the file, for errors
 */
export function readRequestFile(bytes: Uint8Array, name: string): RequestFile {
  try {
    return parseRequestFile(decodeText(bytes, name));
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    return { ...parseRequestFile(''), failure: error };
  }
}
