import { dialectLabels } from '../../api/dialect';
import { FaultError, type ToolkitError } from '../../api/errors';
import { duration } from '../expect/shown';
import { countRuns, type FileRun, type RequestRun, type RunReport, type RunStatus } from '../run/model';
import { answerTitle, actualText, isSaidElsewhere, nameOf, Places, placeText, statusWords } from './about';
import { htmlPage } from './html-page';
import { html, type HtmlElement } from './html-writer';

/** Columns of the table of requests. */
const COLUMNS = ['Outcome', 'Request', 'Method', 'Dialect', 'Time', 'Rows'] as const;

/** A run as one HTML file for people, see {@link htmlPage}. */
export function htmlReport(report: RunReport): string {
  const counts = countRuns(report.files.flatMap(({ runs }) => runs));
  const broken = report.files.filter(({ error }) => error !== undefined).length;
  const title = counts.failed + counts.error + counts.cancelled + broken === 0 ? 'All requests passed' : 'Not all requests passed';
  return htmlPage(title, header(report, title, broken), html('main', {}, ...report.files.map(fileSection)));
}

function header({ files, startedAt, ms }: RunReport, title: string, broken: number): HtmlElement {
  const counts = countRuns(files.flatMap(({ runs }) => runs));
  const chips = (Object.keys(statusWords) as RunStatus[])
    .filter((status) => status === 'passed' || counts[status] > 0)
    .map((status) => html('li', { class: counts[status] > 0 ? status : 'dim' }, `${counts[status]} ${statusWords[status]}`));
  const brokenChip = broken === 0 ? [] : [html('li', { class: 'error' }, `${broken} ${broken === 1 ? 'file' : 'files'} could not run`)];
  const when = new Date(startedAt).toISOString().replace('T', ' ').slice(0, 19);
  return html(
    'header',
    {},
    html('h1', {}, title),
    html('p', { class: 'dim' }, `${when} UTC, ${duration(ms)}`),
    html('ul', { class: 'counts' }, ...chips, ...brokenChip),
  );
}

function fileSection(file: FileRun): HtmlElement {
  const { path, store, error, runs } = file;
  const places = new Places(file);
  return html(
    'section',
    {},
    html('h2', {}, path),
    store === undefined ? undefined : html('p', { class: 'dim' }, `on ${store}`),
    ...(error === undefined ? [] : errorParts(error)),
    runs.length === 0
      ? undefined
      : html(
          'table',
          {},
          html('thead', {}, html('tr', {}, ...COLUMNS.map((name) => html('th', { scope: 'col' }, name)))),
          html('tbody', {}, ...runs.flatMap((run) => requestRows(run, places))),
        ),
  );
}

function requestRows(run: RequestRun, places: Places): readonly HtmlElement[] {
  const { status, request, dialect, ms } = run;
  const row = html(
    'tr',
    {},
    html('td', { class: `status ${status}` }, statusWords[status]),
    html('td', {}, html('strong', {}, nameOf(run)), remark(run)),
    html('td', {}, html('code', {}, request.method ?? 'envelope')),
    html('td', { class: 'dialect' }, dialect === undefined ? '' : dialectLabels[dialect]),
    html('td', { class: 'number' }, ms === undefined ? '' : duration(ms)),
    html('td', { class: 'number' }, (run.rows ?? run.part?.rows)?.toLocaleString('en') ?? ''),
  );
  const parts = aboutParts(run, places);
  if (parts.length === 0) return [row];
  return [row, html('tr', { class: 'about' }, html('td', { colspan: String(COLUMNS.length) }, ...parts))];
}

/** Unusual facts about a request. */
function remark({ request: { list }, tries }: RequestRun): HtmlElement | undefined {
  const parts = [list === 'requests' ? undefined : list, tries > 1 ? `${tries} tries` : undefined].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : html('p', { class: 'dim' }, parts.join(', '));
}

function aboutParts(run: RequestRun, places: Places): readonly HtmlElement[] {
  const { status, error, mismatches, findings, answer, shown: exchange } = run;
  const parts: HtmlElement[] = [];
  if (status !== 'passed') {
    if (status === 'failed' || (status === 'error' && !isSaidElsewhere(run)))
      parts.push(html('p', {}, html('code', { class: 'dim' }, placeText(places.of(run)))));
    if (mismatches.length > 0) parts.push(differenceTable(run));
    if (error !== undefined) parts.push(...errorParts(error));
    for (const { severity, message, code } of findings)
      if (severity === 'error' || severity === 'warning') parts.push(html('p', { class: 'dim' }, `Trap: ${message} (${code})`));
    if (answer !== undefined)
      parts.push(html('details', { open: '' }, html('summary', {}, answerTitle(run)), html('pre', {}, answer.join('\n'))));
  }
  if (exchange !== undefined) {
    parts.push(html('details', {}, html('summary', {}, 'What was sent'), html('pre', {}, exchange.request)));
    parts.push(html('details', {}, html('summary', {}, 'What came'), html('pre', {}, exchange.response ?? 'No answer came.')));
  }
  return parts;
}

function differenceTable({ mismatches, answer, rows }: RequestRun): HtmlElement {
  return html(
    'table',
    { class: 'differences' },
    html('thead', {}, html('tr', {}, ...['Where', 'Expected', 'Got'].map((name) => html('th', { scope: 'col' }, name)))),
    html(
      'tbody',
      {},
      ...mismatches.map((mismatch) =>
        html(
          'tr',
          {},
          ...[mismatch.path, mismatch.expected, actualText(mismatch, answer !== undefined, rows)].map((text) =>
            html('td', {}, html('code', {}, text)),
          ),
        ),
      ),
    ),
  );
}

function errorParts(error: ToolkitError): readonly HtmlElement[] {
  const { what, said, why, next, code } = error.words;
  const label = error instanceof FaultError ? `Fault ${code}: ` : '';
  return [
    html('p', { class: 'error' }, `${label}${what}`),
    ...(said === undefined ? [] : [html('p', {}, `The store said: ${said}`)]),
    ...[why, next].flatMap((text) => (text === undefined ? [] : [html('p', { class: 'dim' }, text)])),
  ];
}
