import type { RequestFile, SavedRequest } from '../file/model';
import { Positions, type Position } from '../file/positions';
import type { FileRun, RequestRun, RunStatus } from '../run/model';
import type { Mismatch } from '../expect/match';
import { t } from '../../l10n/texts';
import { shown } from '../expect/shown';

/** What a report calls a request: its name, or its number where it has none, and its row. */
export function nameOf({ request: { name, index }, row }: Pick<RequestRun, 'request' | 'row'>): string {
  const called = name === '' ? `request ${index + 1}` : name;
  return row === undefined ? called : `${called} (${row.label})`;
}

/** How reports say what came of a request. */
export const statusWords: Readonly<Record<RunStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  error: 'could not run',
  skipped: 'skipped',
  cancelled: 'cancelled',
};

/** How many rows came, also of a list that was stopped or broke off; `undefined` for what is not a list. */
export function rowsText({ rows, part }: Pick<RequestRun, 'rows' | 'part'>): string | undefined {
  const count = rows ?? part?.rows;
  if (count === undefined) return undefined;
  const counted = `${count.toLocaleString('en')} ${count === 1 ? 'row' : 'rows'}`;
  return part === undefined ? counted : `${counted} came`;
}

/** What reports call the answer that they show. */
export function answerTitle({ part }: Pick<RequestRun, 'part'>): string {
  return part === undefined ? 'The answer' : 'The rows that came';
}

/** A place in a file, line and column from 1. */
export interface Place extends Position {
  readonly path: string;
}

/** Where the requests of a run stand: a failed one where its expectation does, any other where its name does. */
export class Places {
  readonly #path: string;
  readonly #file: RequestFile;
  readonly #positions = new Map<RequestFile, Positions>();

  constructor({ path, file }: Pick<FileRun, 'path' | 'file'>) {
    this.#path = path;
    this.#file = file;
  }

  /** Where to look for what came of a request. */
  of({ request, status }: Pick<RequestRun, 'request' | 'status'>): Place {
    const { offset } = status === 'failed' ? (request.expectRange ?? request.nameRange) : request.nameRange;
    return this.#at(request, offset);
  }

  /** Where the name of a request stands, whatever came of it. */
  ofName({ request }: Pick<RequestRun, 'request'>): Place {
    return this.#at(request, request.nameRange.offset);
  }

  #at({ origin }: SavedRequest, offset: number): Place {
    const file = origin?.file ?? this.#file;
    const positions = this.#positions.get(file) ?? new Positions(file.text);
    this.#positions.set(file, positions);
    return { path: origin?.path ?? this.#path, ...positions.at(offset) };
  }
}

/** A place as terminals and editors make links of it. */
export function placeText({ path, line, column }: Place): string {
  return `${path}:${line}:${column}`;
}

/**
 * Each difference between what was expected and what came, on one line.
 * @param answered whether the answer is shown beside it, so that a whole list need not be told twice
 */
export function differences({ mismatches, answer, rows }: RequestRun, answered = false): readonly string[] {
  const told = answered && answer !== undefined;
  return mismatches.map((mismatch) => `${mismatch.path}: expected ${mismatch.expected}, got ${cameOf(mismatch, told, rows)}`);
}

/** What helps where a map has fields that the file does not name: a part of it can be compared. `undefined` where it would not help. */
export function partialHint({ mismatches }: Pick<RequestRun, 'mismatches'>): string | undefined {
  const isUnnamed = ({ path, expected, actual }: Mismatch): boolean =>
    expected === t('nothing') && actual !== undefined && !path.endsWith(']');
  return mismatches.some(isUnnamed)
    ? 'To compare only the fields that you name, write { "$partial": { … } } in place of the map.'
    : undefined;
}

/**
 * What came instead, in words where it is not a value of the answer.
 * @param told whether the answer stands beneath
 * @param rows of the answer, where it is a list
 */
export function cameOf({ path, expected, actual }: Mismatch, told: boolean, rows: number | undefined): string {
  if (typeof actual === 'string' && path === 'until') return actual;
  if (typeof actual === 'string' && expected === t('a result')) return `${path} ${shown(actual)}`;
  // A fault was expected: what else came needs no telling in full, and may be somebody's data.
  if (path === 'fault' && typeof actual === 'object') return rows === undefined ? 'a result' : `a list of ${rows}`;
  return told && path === 'result' && rows !== undefined ? `a list of ${rows}` : shown(actual);
}

/** The traps into which a request fell that did not pass, one line each: often they say what to mend. */
export function trapLines({ status, findings }: Pick<RequestRun, 'status' | 'findings'>): readonly string[] {
  if (status === 'passed') return [];
  return findings.flatMap(({ severity, message, code }) =>
    severity === 'error' || severity === 'warning' ? [`trap: ${message} (${code})`] : [],
  );
}

/** Requests that did not bring what they should, in the order in which they ran, with their files. */
export function troubled(files: readonly FileRun[]): readonly { readonly file: FileRun; readonly run: RequestRun }[] {
  return files.flatMap((file) => file.runs.flatMap((run) => (run.status === 'failed' || run.status === 'error' ? [{ file, run }] : [])));
}

/** Whether a request was not sent for a reason that is given at another one, so that it need not be said again. */
export function isSaidElsewhere({ error }: Pick<RequestRun, 'error'>): boolean {
  return error?.code === 'not-sent';
}
