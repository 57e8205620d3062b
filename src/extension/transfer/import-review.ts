import type { PlannedRow, RowResult } from '../../store/transfer';
import { plainRow, outcomeWords } from './row-words';

/** Rows that would be written. */
const WRITES: ReadonlySet<PlannedRow['action']> = new Set(['create', 'update']);

/** How many rows there are of each kind, those that were left out apart. */
export interface ReviewCounts {
  readonly create: number;
  readonly update: number;
  readonly unchanged: number;
  readonly reject: number;
  readonly leftOut: number;
  /** Rows that are to be written and come with a warning. */
  readonly warned: number;
}

/** A row that can be left out, as it is listed. */
export interface ReviewedRow {
  readonly number: number;
  readonly action: PlannedRow['action'];
  readonly warned: boolean;
  /** One line, without secrets. */
  readonly text: string;
}

/** A list of row numbers as a person types it, or what is wrong with it. */
export type TypedRows = { readonly ranges: readonly (readonly [from: number, to: number])[] } | { readonly problem: string };

/**
 * The rows of an import before and after it: what each is to be, which of them are left out, and what came of them. Holds one line of
 * text for a row, whatever is in it.
 */
export class ImportReview {
  readonly #rows: ReviewedRow[] = [];
  readonly #leftOut = new Set<number>();
  readonly #outcomes = new Map<number, RowResult>();
  #over = false;

  /** Takes the next row of the file. */
  add(row: PlannedRow): void {
    this.#rows.push({ number: row.number, action: row.action, warned: row.warnings.length > 0, text: plainRow(row) });
  }

  get counts(): ReviewCounts {
    const counts = { create: 0, update: 0, unchanged: 0, reject: 0, leftOut: 0, warned: 0 };
    for (const row of this.#rows) {
      if (this.isLeftOut(row.number)) counts.leftOut++;
      else {
        counts[row.action]++;
        if (row.warned && WRITES.has(row.action)) counts.warned++;
      }
    }
    return counts;
  }

  /** Rows that would be written, those that are left out among them. */
  get writable(): readonly ReviewedRow[] {
    return this.#rows.filter(({ action }) => WRITES.has(action));
  }

  /** How many rows of a kind are left out. */
  leftOutOf(action: PlannedRow['action']): number {
    return this.#rows.filter((row) => row.action === action && this.isLeftOut(row.number)).length;
  }

  /** Whether a row is left out, by its number. */
  isLeftOut(number: number): boolean {
    return this.#leftOut.has(number);
  }

  /**
   * Leaves rows out, or takes them back in. Rows that are not to be written anyway stay as they are.
   * @returns how many rows that changed
   */
  leaveOut(which: (row: ReviewedRow) => boolean, out = true): number {
    let changed = 0;
    for (const row of this.writable) {
      if (!which(row) || this.isLeftOut(row.number) === out) continue;
      if (out) this.#leftOut.add(row.number);
      else this.#leftOut.delete(row.number);
      changed++;
    }
    return changed;
  }

  /** Notes what came of a row. */
  note(outcome: RowResult): void {
    this.#outcomes.set(outcome.row, outcome);
  }

  /** Says that the import is over: rows without an outcome were not reached. */
  end(): void {
    this.#over = true;
  }

  /** What came of a row, in words; `undefined` while the import is not over. */
  outcomeOf(number: number): string | undefined {
    return this.#over ? outcomeWords(this.#outcomes.get(number)) : undefined;
  }

  /** Every row as one line, in the order of the file. */
  *lines(): Generator<string, void> {
    for (const { number, action, text } of this.#rows) {
      // Rows that were never to be written say in their text what is to be said of them.
      const outcome = WRITES.has(action) ? (this.outcomeOf(number) ?? (this.isLeftOut(number) ? 'left out' : undefined)) : undefined;
      yield outcome === undefined ? `Row ${number}: ${text}` : `Row ${number}: ${outcome}. Planned: ${text}`;
    }
  }
}

/** Reads row numbers such as `3, 10-20`. Rows are counted as spreadsheets do, the header is row 1. */
export function typedRows(text: string): TypedRows {
  const ranges: (readonly [number, number])[] = [];
  const parts = text.replace(/\s*[-–]\s*/g, '-').split(/[,;\s]+/);
  for (const part of parts.filter((each) => each !== '')) {
    const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? [];
    if (first === undefined || last === undefined) return { problem: `"${part}" is not a row number. Write rows such as 3, 10-20.` };
    if (Number(first) > Number(last)) return { problem: `${part} ends before it begins. Write it as ${last}-${first}.` };
    ranges.push([Number(first), Number(last)]);
  }
  return ranges.length === 0 ? { problem: 'Write the rows to leave out, such as 3, 10-20.' } : { ranges };
}

/** Whether a row stands in one of the ranges. */
export function isWithin(ranges: readonly (readonly [from: number, to: number])[], number: number): boolean {
  return ranges.some(([from, to]) => number >= from && number <= to);
}
