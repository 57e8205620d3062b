import { formatNumber, plural, translated, t } from '../l10n/texts';
import { html, type HtmlElement } from '../requests/report/html-writer';
import { htmlPage } from '../requests/report/html-page';
import { gravestFirst, noteLabels, verdictLabels, type Note, type Verdict } from '../rest-equivalent';
import type { MovedCall } from './calls';
import { needsSentence, requestLine, summaryOf, type FileMoves, type MigrationReport } from './report';

/** The appearance of verdicts: classes of the style that all reports share. */
const verdictClasses: Readonly<Record<Verdict, string>> = { moves: 'passed', difference: 'skipped', stays: 'failed' };

/** A report as one HTML file that loads no other files and has no scripts. */
export function htmlMigrationReport(report: MigrationReport): string {
  const title = t('From SOAP to REST v2');
  const needs = needsSentence(report);
  return htmlPage(
    title,
    html(
      'header',
      {},
      html('h1', {}, title),
      html('p', {}, `${summaryOf(report)}.`),
      needs === undefined ? undefined : html('p', { class: 'dim' }, needs),
      html('ul', { class: 'counts' }, ...(['moves', 'difference', 'stays'] as const).map((verdict) => chip(report, verdict))),
    ),
    html(
      'main',
      {},
      report.methods.length === 0 ? undefined : methodSection(report),
      ...report.files.map(fileSection),
      report.unlisted === 0
        ? undefined
        : html(
            'p',
            {},
            plural(report.unlisted, '{count} more call is counted and not listed.', '{count} more calls are counted and not listed.'),
          ),
      report.skipped.length === 0 ? undefined : skippedSection(report),
    ),
  );
}

function chip({ counts }: MigrationReport, verdict: Verdict): HtmlElement {
  return html(
    'li',
    { class: counts[verdict] > 0 ? verdictClasses[verdict] : 'dim' },
    `${formatNumber(counts[verdict])}: ${translated(verdictLabels[verdict])}`,
  );
}

function methodSection({ methods }: MigrationReport): HtmlElement {
  const rows = methods.flatMap(({ equivalent: { method, verdict, summary, request, notes }, calls }) => [
    html(
      'tr',
      {},
      html('td', {}, html('code', {}, method)),
      html('td', { class: 'number' }, String(calls)),
      html('td', { class: `status ${verdictClasses[verdict]}` }, translated(verdictLabels[verdict])),
      html('td', {}, request === undefined ? '' : html('code', {}, `${request.http} ${request.path}`)),
    ),
    html(
      'tr',
      { class: 'about' },
      html(
        'td',
        { colspan: '4' },
        html('p', {}, translated(summary)),
        html('details', {}, html('summary', {}, t('Good to Know')), noteList(gravestFirst(notes))),
      ),
    ),
  ]);
  return html('section', {}, html('h2', {}, t('Methods')), table([t('Method'), t('Calls'), t('Verdict'), 'REST v2'], rows));
}

function fileSection({ path, calls }: FileMoves): HtmlElement {
  return html('section', {}, html('h2', {}, path), table([t('Line'), t('Call'), t('Verdict'), 'REST v2'], calls.flatMap(callRows)));
}

function callRows({ line, name, translation: { equivalent, verdict, request, reasons } }: MovedCall): readonly HtmlElement[] {
  const row = html(
    'tr',
    {},
    html('td', { class: 'number' }, String(line)),
    html('td', {}, html('code', {}, equivalent.method), name === undefined || name === '' ? undefined : html('p', { class: 'dim' }, name)),
    html('td', { class: `status ${verdictClasses[verdict]}` }, translated(verdictLabels[verdict])),
    html('td', {}, request === undefined ? '' : html('code', {}, requestLine(request))),
  );
  if (reasons.length === 0) return [row];
  return [row, html('tr', { class: 'about' }, html('td', { colspan: '4' }, noteList(reasons)))];
}

function skippedSection({ skipped, moreSkipped }: MigrationReport): HtmlElement {
  const rows = skipped.map(({ path, why }) => html('tr', {}, html('td', {}, html('code', {}, path)), html('td', {}, why)));
  return html(
    'section',
    {},
    html('h2', {}, t('Not read')),
    table([t('File'), t('Why')], rows),
    moreSkipped === 0 ? undefined : html('p', {}, plural(moreSkipped, 'And {count} more.', 'And {count} more.')),
  );
}

function noteList(notes: readonly Note[]): HtmlElement {
  return html(
    'ul',
    {},
    ...notes.map((note) => html('li', {}, html('strong', {}, `${translated(noteLabels[note.kind])}: `), translated(note.text))),
  );
}

function table(columns: readonly string[], rows: readonly HtmlElement[]): HtmlElement {
  return html(
    'table',
    {},
    html('thead', {}, html('tr', {}, ...columns.map((name) => html('th', { scope: 'col' }, name)))),
    html('tbody', {}, ...rows),
  );
}
