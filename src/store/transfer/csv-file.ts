import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import * as z from 'zod/mini';
import { ToolkitError } from '../../api/errors';
import { plural, t } from '../../l10n/texts';
import { trimmed } from './cell-meaning';
import { originalText } from './cells';
import { KIND_BYTES, refuseForeignQuotes, refuseOtherKind } from './file-kind';
import { adoptJournals } from './journal';
import { knownColumns } from './mapping';

/** The separator of the cells in a CSV file. */
export type Separator = ',' | ';' | '\t' | '|';

/** The facts about a CSV file that are needed before its rows are read. */
export interface CsvFile {
  /** Absolute path without links, so that its lock and its journal are in the same place, however the file was named. */
  readonly file: string;
  readonly separator: Separator;
  readonly header: readonly string[];
  /** SHA-256 of its bytes. Another file, or the same file after a change, is another import. */
  readonly hash: string;
}

/** One row of a CSV file. */
export interface CsvRow {
  /** Number of the row as in spreadsheets: the header is row 1. */
  readonly number: number;
  /** The texts of the cells, see `cells.ts`. */
  readonly cells: readonly string[];
}

/** Largest size of a single row, in bytes. Without a limit, an open quote would swallow the rest of the file. */
const MAX_ROW_BYTES = 1024 * 1024;
/** Part of the file that is read to find its separator, in characters. */
const HEAD_CHARS = 64 * 1024;

/**
 * Reads the header of a CSV file in UTF-8 or UTF-16 and detects its separator.
 * @throws {ToolkitError} of kind `input`
 */
export async function openCsv(file: string): Promise<CsvFile> {
  const hash = await hashOf(file);
  refuseOtherKind(file, (await beginningOf(file, KIND_BYTES)).toString('latin1'));
  let head = '';
  for await (const text of texts(file)) {
    head += text;
    if (head.length >= HEAD_CHARS) break;
  }
  const named = namedSeparator(head);
  if (named !== undefined && named.separator === undefined) throw unknownSeparator(file, named.text);
  const separator = named?.separator ?? separatorOf(head);
  const first: (readonly string[])[] = [];
  for await (const { cells } of records(file, separator)) if (first.push(cells) > MAX_TITLE_ROWS) break;
  const [header] = first;
  if (header === undefined)
    throw new ToolkitError('input', {
      code: 'csv-empty',
      what: t('{file} is empty.', { file }),
      next: t('The first row of the file must have the names of the columns.'),
    });
  refuseTitle(file, first);
  const names = withoutBlankTail(header);
  refuseForeignQuotes(file, names);
  if (names.length === 0) {
    const next = t('Delete the empty rows above the names of the columns, and save the file as CSV again.');
    throw new ToolkitError('input', {
      code: 'csv-title',
      what: t('Row 1 of {file} is empty.', { file }),
      why: t('The first row must have the names of the columns.'),
      next,
    });
  }
  const real = await realPlace(file);
  if (real !== path.resolve(file)) await adoptJournals(file, real);
  return { file: real, separator, header: names, hash };
}

async function realPlace(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** The error for a file that names a separator which is not supported. */
function unknownSeparator(file: string, text: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'csv-separator',
    what: t('{file} cannot be read as CSV.', { file }),
    why: t('Its first line declares the separator "{text}". Supported separators are commas, semicolons, tabs and pipes.', { text }),
    next: t('Save the file as CSV with one of these separators.'),
  });
}

/** Number of rows that are checked for the names of the columns if the first row does not have them. */
const MAX_TITLE_ROWS = 5;

/**
 * Refuses a file whose column names are below a title.
 * @throws {ToolkitError} of kind `input`, `csv-title`
 */
function refuseTitle(file: string, [first, ...below]: readonly (readonly string[])[]): void {
  if (first === undefined || knownColumns(first) > 0) return;
  const names = below.findIndex((row) => knownColumns(row) > 1);
  if (names < 0) return;
  throw new ToolkitError('input', {
    code: 'csv-title',
    what: t('The names of the columns are in row {row} of {file}, not in row 1.', { row: names + 2, file }),
    why: t('The rows above are empty or a title. The first row must have the names of the columns.'),
    next: plural(
      names + 1,
      'Delete row 1 and save the file as CSV again.',
      'Delete the first {count} rows and save the file as CSV again.',
    ),
  });
}

/** The header without empty names at its end. Spreadsheets also write columns whose content was deleted. */
function withoutBlankTail(header: readonly string[]): readonly string[] {
  return header.slice(0, header.findLastIndex((name) => name.trim() !== '') + 1);
}

/**
 * The rows below the header, read as the caller asks for them. Rows without any text are skipped.
 * @throws {ToolkitError} of kind `input`, `csv-malformed` or `csv-encoding`, at the row with the mistake
 */
export async function* csvRows({ file, separator }: Pick<CsvFile, 'file' | 'separator'>): AsyncGenerator<CsvRow, void> {
  for await (const row of records(file, separator)) if (row.number > 1 && row.cells.some((cell) => trimmed(cell) !== '')) yield row;
}

/** SHA-256 of a file, in hex. @throws {ToolkitError} of kind `input` when it cannot be read */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** The bytes of a file, read as the caller asks for them. @throws {ToolkitError} of kind `input`, `file` */
async function* chunks(file: string): AsyncGenerator<Buffer, void> {
  try {
    for await (const chunk of createReadStream(file)) if (chunk instanceof Buffer) yield chunk;
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): ToolkitError {
  return new ToolkitError(
    'input',
    {
      code: 'file',
      what: t('{file} cannot be read.', { file }),
      why: error instanceof Error ? error.message : undefined,
      next: t('Check its name and permissions.'),
    },
    { cause: error },
  );
}

const record = z.array(z.string());

/** Line ends of rows. A file that was joined from several files may have more than one kind. The longest is tried first. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

async function* records(file: string, separator: Separator): AsyncGenerator<CsvRow, void> {
  const parser = parse({ delimiter: separator, record_delimiter: LINE_ENDS, relax_column_count: true, max_record_size: MAX_ROW_BYTES });
  // The reader of the parser gets every error. This callback only keeps it from counting as unhandled.
  pipeline(Readable.from(withoutSeparatorLine(texts(file))), parser, () => undefined);
  let number = 0;
  try {
    for await (const cells of parser) {
      number += 1;
      yield { number, cells: record.parse(cells).map(originalText) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const open = error.code === 'CSV_MAX_RECORD_SIZE' || error.code === 'CSV_QUOTE_NOT_CLOSED';
    throw new ToolkitError(
      'input',
      {
        code: 'csv-malformed',
        what: t('Row {row} of {file} cannot be read.', { row: Number(error['records']) + 1, file }),
        why: open
          ? t('A quotation mark is opened in this row or a later one and never closed.')
          : t('A cell contains a quotation mark that is not doubled.'),
        next: t(
          'Save the file as CSV again in the spreadsheet. In a text editor, put the cell in quotation marks and double those inside it: "Anna ""Anni""".',
        ),
      },
      { cause: error },
    );
  } finally {
    parser.destroy();
  }
}

/** The text of a file in pieces, in the encoding that its first bytes show. */
async function* texts(file: string): AsyncGenerator<string, void> {
  const decoder = new TextDecoder(await encodingOf(file), { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      const text = bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
      if (text.includes('\0')) throw holdsNul(file);
      return text;
    } catch (error) {
      if (error instanceof ToolkitError) throw error;
      throw new ToolkitError(
        'input',
        {
          code: 'csv-encoding',
          what: t('{file} is not in UTF-8.', { file }),
          why: t('In another encoding, names with accents would be damaged.'),
          next: t('Save it as "CSV UTF-8" in the spreadsheet.'),
        },
        { cause: error },
      );
    }
  };
  for await (const chunk of chunks(file)) yield decode(chunk);
  yield decode();
}

/** The error for NUL characters. English text in UTF-16 without a byte order mark is valid UTF-8 with a NUL beside each letter. */
function holdsNul(file: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'csv-encoding',
    what: t('{file} is not in UTF-8.', { file }),
    why: t('It contains NUL characters, like UTF-16 without a byte order mark.'),
    next: t('Save it as "CSV UTF-8" in the spreadsheet.'),
  });
}

async function encodingOf(file: string): Promise<string> {
  const [first, second] = await beginningOf(file, 2);
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
}

/** The first bytes of a file, or all if it is shorter. @throws {ToolkitError} of kind `input`, `file` */
async function beginningOf(file: string, bytes: number): Promise<Buffer> {
  try {
    const handle = await open(file);
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unreadable(file, error);
  }
}

/**
 * A line at the beginning of the file that tells a spreadsheet the separator. Spreadsheets do not show it, so it is not a row.
 * Programs that write all cells in quotation marks do so here too, and some fill the line up with separators.
 */
const SEPARATOR_LINE = /^("?)sep= ?(\\t|[^\r\n"])\1[ ,;\t|]{0,100}(?:\r\n|\n|\r|$)/i;

const separators: readonly Separator[] = [',', ';', '\t', '|'];

/** The separator in a file's first line: its text, and the separator that is used, or `undefined` if it is not supported. */
function namedSeparator(
  head: string,
): { readonly text: string; readonly separator: Separator | undefined; readonly length: number } | undefined {
  const [line, , text] = SEPARATOR_LINE.exec(head) ?? [];
  if (line === undefined || text === undefined) return undefined;
  return { text, separator: separators.find((each) => each === (text === '\\t' ? '\t' : text)), length: line.length };
}

/** Greatest length of the line that names the separator, in characters. */
const MAX_SEPARATOR_LINE_CHARS = 128;

async function* withoutSeparatorLine(pieces: AsyncIterable<string>): AsyncGenerator<string, void> {
  let head: string | undefined = '';
  for await (const piece of pieces) {
    if (head === undefined) {
      yield piece;
      continue;
    }
    head += piece;
    if (head.length < MAX_SEPARATOR_LINE_CHARS) continue;
    yield head.slice(namedSeparator(head)?.length ?? 0);
    head = undefined;
  }
  if (head !== undefined) yield head.slice(namedSeparator(head)?.length ?? 0);
}

/**
 * The separator with which the first row that has any known column names has most of them. A title may be above that row. If no row has
 * known names, the separator that occurs most often in the first row that is not blank, outside quotation marks.
 */
function separatorOf(head: string): Separator {
  const lines = head.replace(/"(?:[^"]|"")*"/g, (cell) => cell.replace(/[,;\t|\r\n]/g, ' ')).split(/\r\n|\r|\n/, MAX_TITLE_ROWS + 1);
  const header =
    lines.find((line) => separators.some((separator) => knownColumns(line.split(separator)) > 0)) ??
    lines.find((line) => line.trim() !== '') ??
    '';
  const cells = separators.map((separator) => ({ separator, names: header.split(separator) }));
  const ranked = cells.map(({ separator, names }) => ({ separator, known: knownColumns(names), count: names.length }));
  return ranked.reduce((best, each) => (each.known > best.known || (each.known === best.known && each.count > best.count) ? each : best))
    .separator;
}
