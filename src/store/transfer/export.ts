import path from 'node:path';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { ColumnChoice } from './columns';
import { SafeFile } from '../../files/safe-file';
import { rowWriter, type ExportFormat } from './writers';

/** What to write, and where. */
export interface ExportTarget extends ColumnChoice {
  /** Absolute. Replaced when it exists, but only by an export that came to its end. */
  readonly file: string;
  readonly format: ExportFormat;
}

/** How an export goes on. */
export interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told how many customers are in the file by now. */
  readonly onProgress?: ((rows: number) => void) | undefined;
}

/** What an export came to. */
export interface ExportResult {
  /** `cancelled` and `failed` leave what was written so far in a separate file, which ends after a whole customer. */
  readonly end: 'complete' | 'cancelled' | 'failed';
  readonly rows: number;
  /** The file there is now; `undefined` when nothing was written. */
  readonly file: string | undefined;
  /** Why it failed. */
  readonly error: ToolkitError | undefined;
  /** Attributes that later customers brought and that had no column (CSV only). */
  readonly leftOut: readonly string[];
}

/**
 * Writes customers into a file, piece by piece as they come: the next piece is asked for when the one before is written,
 * so that a store of any size passes through the same small memory.
 * @param pieces such as `customersMatching` gives
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

/** Keeps what there is, where it can be kept: on a full disk that is nothing, which must not hide what happened. */
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

/** Name of a file that is not complete, so that it cannot be taken for the whole. */
function incomplete(file: string): string {
  const { dir, name, ext } = path.parse(file);
  return path.join(dir, `${name} (incomplete)${ext}`);
}
