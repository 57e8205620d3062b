import { countRuns, exitCode, type FileRun, type RequestRun, type RunReport } from '../run/model';
import { Places } from './about';

/** A run as data for other programs. It has the beginning of failed results, masked. */
export function jsonReport(report: RunReport): object {
  return {
    startedAt: new Date(report.startedAt).toISOString(),
    ms: Math.round(report.ms),
    exitCode: exitCode(report),
    counts: countRuns(report.files.flatMap(({ runs }) => runs)),
    files: report.files.map(fileData),
  };
}

function fileData(file: FileRun): object {
  const { path, store, runs, error, ms } = file;
  const places = new Places(file);
  return {
    path,
    store,
    ms: Math.round(ms),
    error: error === undefined ? undefined : errorData(error),
    requests: runs.map((run) => requestData(run, places)),
  };
}

function requestData(run: RequestRun, places: Places): object {
  const { request, status, dialect, ms, rows, bytes, error, mismatches, findings, answer, shown, tries } = run;
  const { line, column } = places.ofName(run);
  return {
    name: request.name,
    row: run.row === undefined ? undefined : run.row.index + 1,
    method: request.method,
    line,
    column,
    list: request.list === 'requests' ? undefined : request.list,
    status,
    tries: tries > 1 ? tries : undefined,
    dialect,
    ms: ms === undefined ? undefined : Math.round(ms),
    rows,
    came: run.part?.rows,
    bytes,
    error: error === undefined ? undefined : errorData(error),
    mismatches: mismatches.length === 0 ? undefined : mismatches.map(({ path, expected, actual }) => ({ path, expected, actual })),
    traps: findings.length === 0 ? undefined : findings.map(({ code, severity, message, path }) => ({ code, severity, message, path })),
    answer: answer?.join('\n'),
    exchange: shown,
  };
}

function errorData({ kind, words }: NonNullable<FileRun['error']>): object {
  return { kind, ...words };
}
