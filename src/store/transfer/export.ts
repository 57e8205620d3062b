import path from 'node:path';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { ColumnChoice } from './columns';
import { SafeFile } from '../../files/safe-file';
import { rowWriter, type ExportFormat } from './writers';

/** The content and the place of an export. */
export interface ExportTarget extends ColumnChoice {
  /** Absolute path. An existing file is replaced only when the export is complete. */
  readonly file: string;
  readonly format: ExportFormat;
}

/** Options of an export. */
export interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of customers in the file so far. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/** The result of an export. */
export interface ExportResult {
  /** `cancelled` and `failed` leave the rows so far in a separate file, which ends after a complete customer. */
  readonly end: 'complete' | 'cancelled' | 'failed';
  readonly rows: number;
  /** The file that was written; `undefined` when there is none. */
  readonly file: string | undefined;
  /** The reason why it failed. */
  readonly error: ToolkitError | undefined;
  /** Attributes of later customers that had no column (CSV only). */
  readonly leftOut: readonly string[];
}

/**
 * Writes customers to a file in pieces. The next piece is requested only when the one before is written,
 * so that the memory stays small whatever the size of the store.
 * @param pieces for example from `customersMatching`
 * @throws {ToolkitError} of kind `input` when the file cannot be written
 */
export async function exportCustomers(
  pieces: AsyncIterable<readonly SoapRecord[]>,
  target: ExportTarget,
  { signal, onProgress }: ExportOptions = {},
): Promise<ExportResult> {
  const writer = rowWriter(target.format, target);
  const file = await SafeFile.create(target.file);
  let rows = 0;
  let failure: unknown;
  try {
    for await (const piece of pieces) {
      await file.write(writer.text(piece));
      rows += piece.length;
      onProgress?.(rows);
      if (signal?.aborted === true) break;
    }
    if (rows === 0 && signal?.aborted !== true) await file.write(writer.text([]));
  } catch (error) {
    failure = error;
  }
  const { leftOut } = writer;
  if (failure === undefined && signal?.aborted !== true) {
    await file.keepAs(target.file);
    return { end: 'complete', rows, file: target.file, error: undefined, leftOut };
  }
  const kept = await keepIncomplete(file, rows === 0 ? undefined : incomplete(target.file));
  if (signal?.aborted === true) return { end: 'cancelled', rows, file: kept, error: undefined, leftOut };
  return { end: 'failed', rows, file: kept, error: toToolkitError(failure), leftOut };
}

/** Keeps the incomplete file if possible. On a full disk that may fail, and must not hide the first error. */
async function keepIncomplete(file: SafeFile, name: string | undefined): Promise<string | undefined> {
  if (name === undefined) {
    await file.discard();
    return undefined;
  }
  try {
    await file.keepAs(name);
    return name;
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}

/** Name of an incomplete file, so that nobody mistakes it for the whole. */
function incomplete(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name} (incomplete)${ext}`);
}
