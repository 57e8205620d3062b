import type { RequestFile, SavedRequest } from '../file/model';
import { Positions, type Position } from '../file/positions';
import type { FileRun, RequestRun, RunStatus } from '../run/model';
import type { Mismatch } from '../expect/match';
import { t } from '../../l10n/texts';
import { shortValueText } from '../expect/shown';

/** Name of a request in reports: its name, or its number if it has none, and its row. */
export function nameOf({ request: { name, index }, row }: Pick<RequestRun, 'request' | 'row'>): string {
  const called = name === '' ? `request ${index + 1}` : name;
  return row === undefined ? called : `${called} (${row.label})`;
}

/** Words for the outcomes of requests. */
export const statusWords: Readonly<Record<RunStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  error: 'could not run',
  skipped: 'skipped',
  cancelled: 'cancelled',
};

/** The number of rows, also of a list that was stopped or cut off; `undefined` for a result that is not a list. */
export function rowsText({ rows, part }: Pick<RequestRun, 'rows' | 'part'>): string | undefined {
  const count = rows ?? part?.rows;
  if (count === undefined) return undefined;
  const counted = `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
  return part === undefined ? counted : `${counted} came`;
}

/** Heading of the answer in a report. */
export function answerTitle({ part }: Pick<RequestRun, 'part'>): string {
  return part === undefined ? 'The answer' : 'The rows that came';
}

/** A place in a file. Line and column count from 1. */
export interface PlaceInFile extends Position {
  readonly path: string;
}

/** Finds the places of the requests of a run. For a failed request this is its expectation, for any other its name. */
export class Places {
  readonly #path: string;
  readonly #file: RequestFile;
  readonly #positions = new Map<RequestFile, Positions>();

  constructor({ path, file }: Pick<FileRun, 'path' | 'file'>) {
    this.#path = path;
    this.#file = file;
  }

  /** The place to look at for the outcome of a request. */
  of({ request, status }: Pick<RequestRun, 'request' | 'status'>): PlaceInFile {
    const { offset } = status === 'failed' ? (request.expectRange ?? request.nameRange) : request.nameRange;
    return this.#at(request, offset);
  }

  /** The place of the name of a request, with any outcome. */
  ofName({ request }: Pick<RequestRun, 'request'>): PlaceInFile {
    return this.#at(request, request.nameRange.offset);
  }

  #at({ origin }: SavedRequest, offset: number): PlaceInFile {
    const file = origin?.file ?? this.#file;
    const positions = this.#positions.get(file) ?? new Positions(file.text);
    this.#positions.set(file, positions);
    return { path: origin?.path ?? this.#path, ...positions.at(offset) };
  }
}

/** A place in the form that terminals and editors turn into a link. */
export function placeText({ path, line, column }: PlaceInFile): string {
  return `${path}:${line}:${column}`;
}

/**
 * Each mismatch on one line.
 * @param answered whether the answer is shown too, so that a whole list need not be repeated
 */
export function differences({ mismatches, answer, rows }: RequestRun, answered = false): readonly string[] {
  const told = answered && answer !== undefined;
  return mismatches.map((mismatch) => `${mismatch.path}: expected ${mismatch.expected}, got ${actualText(mismatch, told, rows)}`);
}

/** A hint for a map with fields that the file does not name: it can be compared in part. `undefined` when that would not help. */
export function partialHint({ mismatches }: Pick<RequestRun, 'mismatches'>): string | undefined {
  const isUnnamed = ({ path, expected, actual }: Mismatch): boolean =>
    expected === t('nothing') && actual !== undefined && !path.endsWith(']');
  return mismatches.some(isUnnamed)
    ? 'To compare only the fields that you name, write { "$partial": { … } } in place of the map.'
    : undefined;
}

/**
 * The actual value of a mismatch, in words if it is not a value of the answer.
 * @param told whether the answer is shown below
 * @param rows number of rows if the answer is a list
 */
export function actualText({ path, expected, actual }: Mismatch, told: boolean, rows: number | undefined): string {
  if (typeof actual === 'string' && path === 'until') return actual;
  if (typeof actual === 'string' && expected === t('a result')) return `${path} ${shortValueText(actual)}`;
  // If a fault was expected, the full result is not shown: it does not help, and may be personal data.
  if (path === 'fault' && typeof actual === 'object') return rows === undefined ? 'a result' : `a list of ${rows}`;
  return told && path === 'result' && rows !== undefined ? `a list of ${rows}` : shortValueText(actual);
}

/** The traps in a request that did not pass, one line each. They often say what to correct. */
export function trapLines({ status, findings }: Pick<RequestRun, 'status' | 'findings'>): readonly string[] {
  if (status === 'passed') return [];
  return findings.flatMap(({ severity, message, code }) =>
    severity === 'error' || severity === 'warning' ? [`trap: ${message} (${code})`] : [],
  );
}

/** Requests that failed or could not run, in running order, with their files. */
export function failedRuns(files: readonly FileRun[]): readonly { readonly file: FileRun; readonly run: RequestRun }[] {
  return files.flatMap((file) => file.runs.flatMap((run) => (run.status === 'failed' || run.status === 'error' ? [{ file, run }] : [])));
}

/** Whether a request was not sent because of an earlier one, whose error gives the reason. */
export function isSaidElsewhere({ error }: Pick<RequestRun, 'error'>): boolean {
  return error?.code === 'not-sent';
}
