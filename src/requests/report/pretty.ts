import { append } from '../../api/lists';
import { dialectLabels } from '../../api/dialect';
import { FaultError, type ToolkitError } from '../../api/errors';
import { printable } from '../../api/printable';
import { duration } from '../expect/shown';
import { countRuns, type FileRun, type RequestRun, type RunReport, type RunStatus } from '../run/model';
import {
  answerTitle,
  differences,
  isSaidElsewhere,
  nameOf,
  partialHint,
  Places,
  placeText,
  rowsText,
  statusWords,
  trapLines,
  failedRuns,
} from './about';

/** Styles words of the pretty report. Returns the text unchanged where there are no colours. */
export interface Style {
  (kind: RunStatus | 'dim' | 'bold', text: string): string;
}

/** Widths of columns, in characters. */
const widths = { status: 9, name: 34, method: 24 };

/** Indentation of the lines about a request, below its name. */
const INDENT = ' '.repeat(12);

/** The most differences shown for one request. The reports for machines have all of them. */
const MAX_DIFFERENCES = 10;

/** From so many requests or lines on, the first failures have scrolled off the screen by the end of a run. */
const LONG_RUN_REQUESTS = 15;
const LONG_RUN_LINES = 40;

/** The most requests that the summary lists again. */
const MAX_LISTED_REQUESTS = 20;

/** The report of a file for the terminal. */
export function prettyFile(file: FileRun, styled: Style): string {
  const style = cleaned(styled);
  const lines = [style('bold', `${file.path}${file.store === undefined ? '' : ` on ${file.store}`}`)];
  if (file.error !== undefined) lines.push(...errorLines(file.error, style));
  const places = new Places(file);
  let unsent: RequestRun[] = [];
  const tellUnsent = (): void => {
    append(lines, unsentLines(unsent, style));
    unsent = [];
  };
  for (const run of file.runs) {
    if (isSaidElsewhere(run)) unsent.push(run);
    else {
      tellUnsent();
      append(lines, requestLines(run, places, style));
    }
  }
  tellUnsent();
  return `${lines.join('\n')}\n`;
}

/** The last lines of the report: the requests that did not pass with their places, and the number of requests by outcome. */
export function prettySummary(report: RunReport, styled: Style): string {
  const { files, ms } = report;
  const style = cleaned(styled);
  const counts = countRuns(files.flatMap(({ runs }) => runs));
  const broken = files.filter(({ error }) => error !== undefined).length;
  const parts = (Object.keys(statusWords) as RunStatus[])
    .filter((status) => status === 'passed' || counts[status] > 0)
    .map((status) => style(counts[status] > 0 ? status : 'dim', `${counts[status]} ${statusWords[status]}`));
  if (broken > 0) parts.push(style('error', `${broken} ${broken === 1 ? 'file' : 'files'} could not run`));
  return `${[...troubleLines(report, style), `${parts.join(', ')} ${style('dim', `in ${duration(ms)}`)}`].join('\n')}\n`;
}

/** Text of stores and files is cleaned before it is styled, so that only our own colours remain. */
function cleaned(styled: Style): Style {
  return (kind, text) => styled(kind, printable(text));
}

/** Lists the requests that did not pass again, but only after a long report. */
function troubleLines({ files }: RunReport, style: Style): readonly string[] {
  const all = failedRuns(files).filter(({ run }) => !isSaidElsewhere(run));
  const printed = files.flatMap(({ runs }) => runs.filter((run) => !isSaidElsewhere(run)));
  const lines = printed.reduce((sum, { answer, shown, mismatches }) => sum + linesAbout({ answer, shown, mismatches }), 0);
  if (all.length === 0 || (printed.length < LONG_RUN_REQUESTS && lines < LONG_RUN_LINES)) return [];
  const places = new Map(files.map((file) => [file, new Places(file)]));
  const named = all.slice(0, MAX_LISTED_REQUESTS).map(({ file, run }) => {
    const place = places.get(file)?.of(run);
    const first = differences(run)[0] ?? run.error?.words.what ?? '';
    return `  ${style(run.status, run.status.padEnd(widths.status))} ${printable(`${nameOf(run)}: ${first}`)} ${style('dim', place === undefined ? '' : placeText(place))}`;
  });
  return ['', ...named, ...(all.length > MAX_LISTED_REQUESTS ? [`  … ${all.length - MAX_LISTED_REQUESTS} more`] : []), ''];
}

/** Roughly the number of lines printed for a request. */
function linesAbout({ answer, shown, mismatches }: Pick<RequestRun, 'answer' | 'shown' | 'mismatches'>): number {
  const sent = shown === undefined ? 0 : `${shown.request}\n${shown.response ?? ''}`.split('\n').length;
  return 1 + mismatches.length + (answer?.length ?? 0) + sent;
}

function requestLines(run: RequestRun, places: Places, style: Style): readonly string[] {
  const { request, status, error, shown } = run;
  const columns = [
    style(status, status.padEnd(widths.status)),
    printable(nameOf(run)).padEnd(widths.name),
    printable(request.method ?? 'envelope').padEnd(widths.method),
    style('dim', about(run).join('  ')),
  ];
  const lines = [`  ${columns.join(' ')}`.trimEnd()];
  if (status === 'failed' || status === 'error') lines.push(style('dim', `${INDENT}${placeText(places.of(run))}`));
  if (status === 'failed') append(lines, differenceLines(run));
  const hint = status === 'failed' ? partialHint(run) : undefined;
  if (hint !== undefined) lines.push(style('dim', `${INDENT}${hint}`));
  if (error !== undefined && status !== 'passed') lines.push(...errorLines(error, style));
  for (const line of trapLines(run)) lines.push(style('dim', `${INDENT}${line}`));
  append(lines, block(`${answerTitle(run).toLowerCase()}:`, run.answer ?? [], style));
  if (shown !== undefined) {
    append(lines, block('sent:', shown.request.split('\n'), style));
    append(lines, block(shown.response === undefined ? 'no answer came' : 'answered:', shown.response?.split('\n') ?? [], style));
  }
  return lines;
}

function about(run: RequestRun): readonly string[] {
  const { ms, dialect, tries, request } = run;
  return [
    ms === undefined ? undefined : duration(ms),
    dialect === undefined ? undefined : dialectLabels[dialect],
    rowsText(run),
    tries > 1 ? `${tries} tries` : undefined,
    request.list === 'requests' ? undefined : request.list,
  ].filter((part) => part !== undefined);
}

function differenceLines(run: RequestRun): readonly string[] {
  const all = differences(run, true);
  const more = all.length > MAX_DIFFERENCES ? [`… ${all.length - MAX_DIFFERENCES} more differences`] : [];
  return [...all.slice(0, MAX_DIFFERENCES), ...more].map((line) => `${INDENT}${printable(line)}`);
}

/** Requests that were not sent because of an earlier one. They share one line. */
function unsentLines(runs: readonly RequestRun[], style: Style): readonly string[] {
  const [first] = runs;
  if (first?.error === undefined) return [];
  const count = runs.length === 1 ? nameOf(first) : `${runs.length} requests, from ${nameOf(first)} on`;
  return [`  ${style('error', 'error'.padEnd(widths.status))} ${printable(count)}`, ...errorLines(first.error, style)];
}

function block(title: string, lines: readonly string[], style: Style): readonly string[] {
  if (lines.length === 0 && title.endsWith(':')) return [];
  return [style('dim', `${INDENT}${title}`), ...lines.map((line) => style('dim', `${INDENT}  ${line}`))];
}

function errorLines(error: ToolkitError, style: Style): readonly string[] {
  const { what, why, next, said, code } = error.words;
  const label = error instanceof FaultError ? `Fault ${code}: ` : '';
  return [
    `${INDENT}${style('error', `${label}${what}`)}`,
    ...(said === undefined ? [] : [printable(`${INDENT}The store said: ${said}`)]),
    ...[why, next].flatMap((text) => (text === undefined ? [] : [style('dim', `${INDENT}${text}`)])),
  ];
}
