import { printable } from '../api/printable';
import { plural, translated, t } from '../l10n/texts';
import { gravestFirst, noteLabels, verdictLabels, type Note } from '../rest-equivalent';
import type { MovedCall } from './calls';
import { needsSentence, requestLine, summaryOf, type MigrationReport } from './report';

/** A report as Markdown that can also be read well in a terminal. */
export function markdownReport(report: MigrationReport): string {
  const needs = needsSentence(report);
  return [
    `# ${t('From SOAP to REST v2')}`,
    `${summaryOf(report)}.`,
    ...(needs === undefined ? [] : [needs]),
    ...(report.methods.length === 0 ? [] : [`## ${t('Methods')}`, methodTable(report), ...report.methods.flatMap(aboutMethod)]),
    ...(report.files.length === 0 ? [] : [`## ${t('Calls')}`]),
    ...report.files.flatMap(({ path, calls }) => [`### ${text(path)}`, calls.map(callItem).join('\n')]),
    ...(report.unlisted > 0
      ? [plural(report.unlisted, '{count} more call is counted and not listed.', '{count} more calls are counted and not listed.')]
      : []),
    ...skippedPart(report),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function methodTable({ methods }: MigrationReport): string {
  const rows = methods.map(({ equivalent: { method, verdict, request }, calls }) => {
    const form = request === undefined ? '' : code(`${request.http} ${request.path}`);
    return `| ${code(method)} | ${calls} | ${translated(verdictLabels[verdict])} | ${form} |`;
  });
  return [`| ${t('method')} | ${t('calls')} | | REST v2 |`, '|---|---|---|---|', ...rows].join('\n');
}

function aboutMethod({ equivalent: { method, summary, notes } }: MigrationReport['methods'][number]): readonly string[] {
  return [
    `### ${code(method)}`,
    translated(summary),
    gravestFirst(notes)
      .map((note) => `- ${noteText(note)}`)
      .join('\n'),
  ];
}

function callItem({ line, name, translation: { equivalent, verdict, request, reasons } }: MovedCall): string {
  const called = name === undefined || name === '' ? '' : ` (${text(name)})`;
  const form = request === undefined ? '' : `: ${code(requestLine(request))}`;
  return [
    `- ${t('Line {line}: {call} {verdict}', { line, call: `${code(equivalent.method)}${called}`, verdict: translated(verdictLabels[verdict]) })}${form}`,
    ...reasons.map((note) => `  - ${noteText(note)}`),
  ].join('\n');
}

function noteText(note: Note): string {
  return t('{kind}: {text}', { kind: translated(noteLabels[note.kind]), text: text(translated(note.text)) });
}

function skippedPart({ skipped, moreSkipped }: MigrationReport): readonly string[] {
  if (skipped.length === 0) return [];
  const more = moreSkipped > 0 ? [`- ${plural(moreSkipped, 'and {count} more', 'and {count} more')}`] : [];
  return [`## ${t('Not read')}`, [...skipped.map(({ path, why }) => `- ${text(path)}: ${text(why)}`), ...more].join('\n')];
}

/** Text that Markdown shows unchanged, on one line. Only characters that could begin markup within a line are escaped. */
function text(value: string): string {
  return printable(value).replace(/[\\`*<>[\]|&~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, String.raw`\$&`);
}

/** A text as code, whatever characters it contains. */
function code(value: string): string {
  const shown = printable(value);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${shown}${fence}` : `${fence} ${shown} ${fence}`;
}
