import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { constants, copyFile, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import { ToolkitError } from '../../api/errors';
import { later, translated, t } from '../../l10n/texts';
import type { StoreConfig } from '../settings/config';
import type { ImportMapping, Readings } from './mapping';
import { hasErrorCode, notWritableCodes } from '../../files/codes';
import { writingFile } from '../../files/safe-file';

/**
 * The result of a row. `left-out`: the user left it out of the import. `changed`: the store changed after the preview, so the row was
 * left alone. `unknown`: sent, and no answer came.
 */
export const rowStatuses = ['created', 'updated', 'unchanged', 'rejected', 'left-out', 'failed', 'changed', 'unknown'] as const;

/** See {@link rowStatuses}. */
export type RowStatus = (typeof rowStatuses)[number];

const outcome = z.object({
  row: z.int(),
  action: z.enum(['create', 'update', 'unchanged', 'reject']),
  status: z.enum(rowStatuses),
  id: z.optional(z.string()),
  /** Fault code, or the code of another error. */
  code: z.optional(z.string()),
  message: z.optional(z.string()),
});

/** One row of the result. It contains no data of the file, since passwords must not get here. */
export type RowResult = z.infer<typeof outcome>;

const opening = z.object({ import: z.literal(1), key: z.string(), /** Time of its beginning, ISO 8601. */ at: z.optional(z.string()) });
const before = z.object({ row: z.int(), id: z.string(), values: z.record(z.string(), z.string()) });
const sent = z.object({
  sent: z.array(z.tuple([z.int(), z.enum(['create', 'update'])])),
  /** The values that the updates among them will overwrite. */ before: z.optional(z.array(before)),
});
const unsent = z.object({ unsent: z.array(z.int()) });
const line = z.union([outcome, sent, unsent, opening]);
type Line = z.infer<typeof line>;

/** The values that an update overwrote: the customer, and its earlier values by attribute. */
export type WrittenOver = z.infer<typeof before>;

/** The earlier result of a row, as far as it matters for continuing. */
export interface Earlier {
  readonly status: RowStatus;
  readonly action: RowResult['action'];
}

/** The key of an import: the bytes of the file, the meaning of its columns, and the store. */
export function importKey(hash: string, mapping: ImportMapping, { url, user }: Pick<StoreConfig, 'url' | 'user'>): string {
  const decided = readingsKey(mapping.readings);
  return createHash('sha256')
    .update(
      JSON.stringify([hash, mapping.columns, mapping.key, mapping.emptyCells, url, user, ...(decided === undefined ? [] : [decided])]),
    )
    .digest('hex');
}

/**
 * A text for the readings that does not depend on their order. `undefined` without readings, so that keys of earlier versions stay valid.
 */
function readingsKey({ dates, shortYears = false, countedDays = false, words = [] }: Readings = {}): string | undefined {
  if (dates === undefined && !shortYears && !countedDays && words.length === 0) return undefined;
  const inOrder = words.map(({ attribute, text, value }) => JSON.stringify([attribute, text, value])).toSorted();
  return JSON.stringify([dates ?? null, shortYears, countedDays, inOrder]);
}

/** Path of the journal of an import: beside the file that is imported. */
export function journalFile(file: string, key: string): string {
  const { dir, name } = path.parse(file);
  return path.join(dir, `${name}.import-${key.slice(0, 8)}.jsonl`);
}

/**
 * Moves the journals of a file that was named through a link to the folder of the file itself. Version 0.1.0 wrote them beside the link,
 * where an unfinished import would not find them and would start over.
 * @param named the path through the link
 * @param real the path without links
 * @throws {ToolkitError} of kind `input`, `file-write`
 */
export async function adoptJournals(named: string, real: string): Promise<void> {
  const [link, file] = [path.parse(path.resolve(named)), path.parse(real)];
  const ours = `${link.name}.import-`;
  const found = (await namesIn(link.dir)).filter((name) => name.startsWith(ours) && /^[0-9a-f]{8}\.jsonl$/.test(name.slice(ours.length)));
  for (const name of found) {
    const [from, to] = [path.join(link.dir, name), path.join(file.dir, `${file.name}.import-${name.slice(ours.length)}`)];
    if (from === to || (await exists(to))) continue;
    await writingFile(to, async () => {
      // Copied instead of renamed, since a link may lead to another disk.
      await copyFile(from, to, constants.COPYFILE_EXCL);
      await rm(from);
    });
  }
}

/** The names in a folder. Empty if it may not be listed, since no import could have started there. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasErrorCode(error, ...notWritableCodes)) return [];
    throw error;
  }
}

/**
 * The progress of an import, in a file that is only appended to and is on the disk before the next request is
 * sent. An import that continues after a kill therefore knows which rows are done and which were under way.
 */
export class ImportJournal {
  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    private readonly rows: Map<number, Earlier>,
  ) {}

  /**
   * The journal of an import, by row number, without opening it for writing. Empty when there is none.
   * @throws {ToolkitError} of kind `input`, `journal`, when it is damaged or belongs to another import
   */
  static async read(file: string, key: string): Promise<ReadonlyMap<number, Earlier>> {
    return (await load(file, key)).rows;
  }

  /**
   * Opens the journal of an import, or begins one.
   * @throws {ToolkitError} of kind `input`: `journal`, as {@link read} does, or `file-write`
   */
  static async open(file: string, key: string): Promise<ImportJournal> {
    const { rows, size } = await load(file, key);
    return await writingFile(file, async () => {
      const handle = await open(file, 'a');
      try {
        // A kill may have cut off the last line. A line that is appended to it would be lost with it.
        await handle.truncate(size);
        const journal = new ImportJournal(file, handle, rows);
        if (size === 0) await journal.#append([{ import: 1, key, at: new Date().toISOString() }]);
        return journal;
      } catch (error) {
        await handle.close();
        throw error;
      }
    });
  }

  /** The earlier result of a row; `undefined` when nothing was sent for it. */
  earlier(row: number): Earlier | undefined {
    return this.rows.get(row);
  }

  /**
   * Notes that these rows are about to be sent, and the values that they will overwrite. The note is on the disk once the promise resolves.
   */
  async sending(rows: readonly (readonly [row: number, action: 'create' | 'update'])[], before: readonly WrittenOver[]): Promise<void> {
    for (const [row, action] of rows) this.rows.set(row, { status: 'unknown', action });
    await this.#append([{ sent: rows, ...(before.length > 0 ? { before } : {}) }]);
  }

  /** Notes the results of rows. */
  async done(outcomes: readonly RowResult[]): Promise<void> {
    if (outcomes.length === 0) return;
    for (const { row, status, action } of outcomes) this.rows.set(row, { status, action });
    await this.#append(outcomes);
  }

  /** Notes that rows which were about to be sent were not sent. */
  async unsent(rows: readonly number[]): Promise<void> {
    if (rows.length === 0) return;
    for (const row of rows) this.rows.delete(row);
    await this.#append([{ unsent: rows }]);
  }

  /** Closes the file, which stays for the next run. */
  async close(): Promise<void> {
    await this.handle.close();
  }

  async #append(lines: readonly object[]): Promise<void> {
    await writingFile(this.file, async () => {
      await this.handle.appendFile(lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
      await this.handle.sync();
    });
  }
}

/** Removes the journal of an import that is to start over. */
export async function removeJournal(file: string): Promise<void> {
  await rm(file, { force: true });
}

/**
 * The last result of every row of a journal, in the order in which they were written. Rows without an answer are `unknown`.
 * @throws {ToolkitError} of kind `input`, `journal`, when it is damaged
 */
export async function* outcomesIn(file: string): AsyncGenerator<RowResult, void> {
  const last = new Map<number, number>();
  let place = 0;
  for await (const { value } of lines(file)) for (const { row } of entriesOf(value)) last.set(row, place++);
  place = 0;
  for await (const { value } of lines(file)) {
    for (const { row, outcome: result } of entriesOf(value)) if (last.get(row) === place++ && result !== undefined) yield result;
  }
}

/**
 * The values that the updates of a journal overwrote, including those in doubt. For a row that was sent twice, those before the last time.
 */
export async function* writtenOverIn(file: string): AsyncGenerator<WrittenOver, void> {
  const done = new Map<number, RowStatus>();
  const last = new Map<number, number>();
  let place = 0;
  for await (const { value } of lines(file)) {
    for (const { row, outcome: result } of entriesOf(value)) done.set(row, result?.status ?? 'failed');
    if ('sent' in value) for (const { row } of value.before ?? []) last.set(row, place++);
  }
  place = 0;
  for await (const { value } of lines(file)) {
    if (!('sent' in value)) continue;
    for (const each of value.before ?? [])
      if (last.get(each.row) === place++ && ['updated', 'unknown'].includes(done.get(each.row) ?? '')) yield each;
  }
}

/** The time at which the import of a journal began, ISO 8601. */
export async function beginOf(file: string): Promise<string> {
  for await (const { value } of lines(file)) return ('key' in value ? value.at : undefined) ?? new Date().toISOString();
  return new Date().toISOString();
}

/** The results in a line. Rows that were never sent have none. */
function entriesOf(value: Line): readonly { readonly row: number; readonly outcome: RowResult | undefined }[] {
  if ('unsent' in value) return value.unsent.map((row) => ({ row, outcome: undefined }));
  if ('row' in value) return [{ row: value.row, outcome: value }];
  return 'sent' in value
    ? value.sent.map(([row, action]) => ({ row, outcome: { row, action, status: 'unknown', message: translated(LOST) } }))
    : [];
}

const LOST = later(
  'The response was lost, so it is not known whether the store executed it. Import the file again: the row is checked first.',
);

async function load(file: string, key: string): Promise<{ readonly rows: Map<number, Earlier>; readonly size: number }> {
  const rows = new Map<number, Earlier>();
  let size = 0;
  if (!(await exists(file))) return { rows, size };
  for await (const { value, end } of lines(file)) {
    if ('key' in value && value.key !== key)
      throw new ToolkitError('input', {
        code: 'journal',
        what: t('{file} is the journal of another import.', { file }),
        next: t('Move it elsewhere and import again.'),
      });
    for (const { row, outcome: result } of entriesOf(value)) {
      if (result === undefined) rows.delete(row);
      else rows.set(row, { status: result.status, action: result.action });
    }
    size = end;
  }
  return { rows, size };
}

/**
 * The complete lines of a journal, without a last line that a kill cut off.
 * @throws {ToolkitError} of kind `input`, `journal`, for a damaged line with others after it, and for a complete line that is unknown
 */
async function* lines(file: string): AsyncGenerator<{ readonly value: Line; readonly end: number }, void> {
  let end = 0;
  let broken = false;
  const { size } = await stat(file);
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    end += Buffer.byteLength(text) + 1;
    if (broken) throw unusable(t('{file} is damaged.', { file }), t('A line in the middle cannot be read.'));
    const value = end <= size ? json(text) : undefined;
    if (value === undefined) {
      broken = true;
      continue;
    }
    const known = line.safeParse(value);
    // The line is complete, so it is not damage. If it were skipped, rows that were sent would be sent again.
    if (!known.success) throw unusable(t('{file} has a line that this version cannot read.', { file }), t('A newer version wrote it.'));
    yield { value: known.data, end };
  }
}

function unusable(what: string, why: string): ToolkitError {
  const next = t('Move it elsewhere. The import then starts over, and compares every row with the store first.');
  return new ToolkitError('input', { code: 'journal', what, why, next });
}

/** A line as data; `undefined` if it was not written completely. */
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
