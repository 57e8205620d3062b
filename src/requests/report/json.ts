import { Positions } from '../file/positions';
import { countRuns, exitCode, type FileRun, type RequestRun, type RunReport } from '../run/model';

/** A run as data, for other programs. Nothing in it is a result or a secret. */
export function jsonReport(report: RunReport): object {
  return {
    startedAt: new Date(report.startedAt).toISOString(),
    ms: Math.round(report.ms),
    exitCode: exitCode(report),
    counts: countRuns(report.files.flatMap(({ runs }) => runs)),
    files: report.files.map(fileData),
  };
}

function fileData({ path, file, store, runs, error, ms }: FileRun): object {
  const positions = new Positions(file.text);
  return {
    path,
    store,
    ms: Math.round(ms),
    error: error === undefined ? undefined : errorData(error),
    requests: runs.map((run) => requestData(run, positions)),
  };
}

function requestData({ request, status, dialect, ms, rows, bytes, error, mismatches, findings }: RequestRun, positions: Positions): object {
  const { line, column } = positions.at(request.nameRange.offset);
  return {
    name: request.name,
    method: request.method,
    line,
    column,
    status,
    dialect,
    ms: ms === undefined ? undefined : Math.round(ms),
    rows,
    bytes,
    error: error === undefined ? undefined : errorData(error),
    mismatches: mismatches.length === 0 ? undefined : mismatches.map(({ path, expected, actual }) => ({ path, expected, actual })),
    traps: findings.length === 0 ? undefined : findings.map(({ code, severity, message, path }) => ({ code, severity, message, path })),
  };
}

function errorData({ kind, words }: NonNullable<FileRun['error']>): object {
  return { kind, ...words };
}
