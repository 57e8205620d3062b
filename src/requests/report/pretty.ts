import { dialectLabels } from '../../api/dialect';
import { FaultError } from '../../api/errors';
import { printable } from '../../api/printable';
import type { SoapValue } from '../../api/value';
import { Positions } from '../file/positions';
import { countRuns, type FileRun, type RequestRun, type RunReport, type RunStatus } from '../run/model';

/** How the pretty report marks words; the identity where there are no colours. */
export interface Style {
  (kind: RunStatus | 'dim' | 'bold', text: string): string;
}

const widths = { status: 9, name: 34, method: 24 };

/** A file as people read it in a terminal. */
export function prettyFile(run: FileRun, styled: Style): string {
  // What stores and files say is cleaned before it is styled, so that no colour but ours gets through.
  const style: Style = (kind, text) => styled(kind, printable(text));
  const lines = [style('bold', `${run.path}${run.store === undefined ? '' : ` on ${run.store}`}`)];
  if (run.error !== undefined) lines.push(...errorLines(run.error, style));
  const positions = new Positions(run.file.text);
  for (const each of run.runs) lines.push(...requestLines(run.path, each, positions, style));
  return `${lines.join('\n')}\n`;
}

/** The last lines: how many ended how. */
export function prettySummary({ files, ms }: RunReport, style: Style): string {
  const counts = countRuns(files.flatMap(({ runs }) => runs));
  const words: Readonly<Record<RunStatus, string>> = {
    passed: 'passed',
    failed: 'failed',
    error: 'could not run',
    skipped: 'skipped',
    cancelled: 'cancelled',
  };
  const broken = files.filter(({ error }) => error !== undefined).length;
  const parts = (Object.keys(words) as RunStatus[])
    .filter((status) => status === 'passed' || counts[status] > 0)
    .map((status) => style(counts[status] > 0 ? status : 'dim', `${counts[status]} ${words[status]}`));
  if (broken > 0) parts.push(style('error', `${broken} ${broken === 1 ? 'file' : 'files'} could not run`));
  return `${parts.join(', ')} ${style('dim', `in ${duration(ms)}`)}\n`;
}

function requestLines(path: string, run: RequestRun, positions: Positions, style: Style): readonly string[] {
  const { request, status, ms, rows, dialect, mismatches, error, findings } = run;
  const about = [
    ms === undefined ? undefined : duration(ms),
    dialect === undefined ? undefined : dialectLabels[dialect],
    rows === undefined ? undefined : `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`,
  ];
  const head = `  ${style(status, status.padEnd(widths.status))} ${printable(request.name === '' ? `request ${request.index + 1}` : request.name).padEnd(widths.name)} ${printable(request.method ?? 'envelope').padEnd(widths.method)} ${style('dim', about.filter((part) => part !== undefined).join('  '))}`;
  const lines = [head.trimEnd()];
  if (status === 'failed') {
    const { line, column } = positions.at((request.expectRange ?? request.nameRange).offset);
    lines.push(style('dim', `            ${path}:${line}:${column}`));
    for (const { path: place, expected, actual } of mismatches)
      lines.push(printable(`            ${place}: expected ${expected}, got ${shown(actual)}`));
  }
  if (error !== undefined && status !== 'passed') lines.push(...errorLines(error, style));
  for (const { severity, message, code } of findings)
    if (status !== 'passed' && (severity === 'error' || severity === 'warning'))
      lines.push(style('dim', `            trap: ${message} (${code})`));
  return lines;
}

function errorLines(error: NonNullable<RequestRun['error']>, style: Style): readonly string[] {
  const { what, why, next, said, code } = error.words;
  const label = error instanceof FaultError ? `Fault ${code}: ` : '';
  return [
    `            ${style('error', `${label}${what}`)}`,
    ...(said === undefined ? [] : [printable(`            The store said: ${said}`)]),
    ...[why, next].flatMap((text) => (text === undefined ? [] : [style('dim', `            ${text}`)])),
  ];
}

/** Milliseconds as people read them. */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A value on one line, cut. */
export function shown(value: SoapValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 297)}…` : text;
}
