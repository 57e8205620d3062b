import { stringify } from 'csv-stringify/sync';
import type { SoapRecord } from '../../api/value';
import { harmlessCell, textOfValue } from './cells';
import { columnsOf, withoutSecrets, type ColumnChoice } from './columns';

/**
 * The format of an export. `csv` separates cells with commas. `csv-semicolon` is for spreadsheets in languages that write
 * decimals with a comma and expect semicolons. `jsonl` is one JSON object a line, as the store sent it.
 */
export type ExportFormat = 'csv' | 'csv-semicolon' | 'jsonl';

/** Turns customers into the text of a file, some at a time. */
export interface RowWriter {
  /** The text for these rows. The first call also returns the header of the file. */
  text(rows: readonly SoapRecord[]): string;
  /** Attributes that have no column in the file. */
  readonly leftOut: readonly string[];
}

/** A writer for a format. */
export function rowWriter(format: ExportFormat, choice: ColumnChoice): RowWriter {
  return format === 'jsonl' ? new JsonLines(choice) : new CsvRows(format === 'csv' ? ',' : ';', choice);
}

class JsonLines implements RowWriter {
  readonly leftOut: readonly string[] = [];

  constructor(private readonly choice: ColumnChoice) {}

  text(rows: readonly SoapRecord[]): string {
    return rows.map((row) => `${JSON.stringify(this.choice.secrets ? row : withoutSecrets(row))}\n`).join('');
  }
}

/** Marks the file as UTF-8 for spreadsheets. */
const BYTE_ORDER_MARK = '\ufeff';

/** RFC 4180 with a byte order mark. See `cells.ts` for the treatment of formulas. */
class CsvRows implements RowWriter {
  #columns: readonly string[] | undefined;
  readonly #leftOut = new Set<string>();

  constructor(
    private readonly separator: ',' | ';',
    private readonly choice: ColumnChoice,
  ) {}

  get leftOut(): readonly string[] {
    return [...this.#leftOut];
  }

  text(rows: readonly SoapRecord[]): string {
    let columns = this.#columns;
    const head = columns === undefined;
    columns ??= this.#columns = columnsOf(rows, this.choice);
    const known = new Set(columns);
    const shown = this.choice.secrets ? rows : rows.map(withoutSecrets);
    for (const name of shown.flatMap((row) => Object.keys(row))) if (!known.has(name)) this.#leftOut.add(name);
    const records = shown.map((row) => columns.map((name) => harmlessCell(Object.hasOwn(row, name) ? textOfValue(row[name]) : '')));
    return (head ? BYTE_ORDER_MARK + csvText([columns.map(harmlessCell)], this.separator) : '') + csvText(records, this.separator);
  }
}

/** Records as lines of CSV, each ended by CR LF. Cells that contain the separator of any spreadsheet are quoted, whichever is used. */
export function csvText(records: readonly (readonly string[])[], separator: ',' | ';' | '\t' = ','): string {
  return stringify(
    records.map((record) => [...record]),
    { delimiter: separator, record_delimiter: 'windows', quoted_match: /[,;\t\r\n]|^\s|\s$/ },
  );
}
