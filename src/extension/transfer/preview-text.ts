import type { Change, ImportPreview, PlannedRow } from '../../store/transfer';
import { isSecretValue } from '../../api/secrets';
import { MASK } from '../../store/mask';
import { count, markdownText, oneLine } from '../text';

/** What an import would do, as a Markdown document. Everything from the file and the store is text in it. */
export function previewText(preview: ImportPreview, file: string, store: string): string {
  const { counts, samples, done, unsure, warnings, way } = preview;
  return [
    `# Import of ${markdownText(file)} into ${markdownText(store)}`,
    '',
    summary(preview),
    '',
    ...(done > 0 ? [`${rows(done)} ${done === 1 ? 'was' : 'were'} done by an earlier run and ${done === 1 ? 'is' : 'are'} not sent again.`, ''] : []),
    ...(unsure > 0 ? [`${rows(unsure)} ${unsure === 1 ? 'was' : 'were'} sent earlier without an answer. The store was asked: what follows is what is left to do.`, ''] : []),
    ...(warnings > 0 ? [`${rows(warnings)} ${warnings === 1 ? 'comes' : 'come'} with a warning. They are imported all the same.`, ''] : []),
    way.batched ? 'Nothing was written yet. The rows travel in batches over V1.' : 'Nothing was written yet. The rows travel one by one, because the store does not answer over V1.',
    '',
    ...(counts.update > 0 ? [wayBack(preview), ''] : []),
    ...section('Refused', counts.reject, samples.reject, ['Row', 'Customer', 'Why'], (row) => [row.action === 'reject' ? row.reasons.map(markdownText).join('<br>') : '']),
    ...section('Updates', counts.update, samples.update, ['Row', 'Customer', 'Changes'], (row) => [row.action === 'update' ? row.changes.map(change).join('<br>') : ''], (row) => (row.action === 'update' ? ` \\#${markdownText(row.id)}` : '')),
    ...section('New customers', counts.create, samples.create, ['Row', 'Customer', 'Data'], (row) => [row.action === 'create' ? data(row.data) : '']),
    ...section('Unchanged', counts.unchanged, samples.unchanged, ['Row', 'Customer'], () => []),
  ].join('\n');
}

/** How the updates are taken back, and what stays. */
export function wayBack({ counts, lost }: Pick<ImportPreview, 'counts' | 'lost'>): string {
  const kept = 'What updates write over is kept in a CSV file beside the result: importing that file takes them back.';
  const left = lost.length === 0 ? undefined : `Not kept, because it is secret or the store does not show it: ${lost.map(markdownText).join(', ')}.`;
  return [kept, left, counts.create > 0 ? 'New customers stay until somebody deletes them.' : undefined].filter((part) => part !== undefined).join(' ');
}

/** The counts in one line, such as `12 new, 5 updated, 3 unchanged, 2 refused`. */
export function summary({ counts }: ImportPreview): string {
  const parts = [`${count(counts.create)} new`, `${count(counts.update)} ${counts.update === 1 ? 'update' : 'updates'}`, `${count(counts.unchanged)} unchanged`, `${count(counts.reject)} refused`];
  return parts.join(', ');
}

function section(title: string, total: number, samples: readonly PlannedRow[], head: readonly string[], cells: (row: PlannedRow) => readonly string[], after: (row: PlannedRow) => string = () => ''): readonly string[] {
  if (total === 0) return [];
  const warned = samples.some(({ warnings }) => warnings.length > 0);
  const warnings = (row: PlannedRow): readonly string[] => (warned ? [row.warnings.map(markdownText).join('<br>')] : []);
  const columns = warned ? [...head, 'Warnings'] : head;
  return [
    `## ${title} (${count(total)})`,
    '',
    tableRow(columns),
    tableRow(columns.map(() => '---')),
    ...samples.map((row) => tableRow([String(row.number), `${markdownText(row.who)}${after(row)}`, ...cells(row), ...warnings(row)])),
    '',
    ...(total > samples.length ? [`…and ${count(total - samples.length)} more.`, ''] : []),
  ];
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function change({ attribute, before, after }: Change): string {
  const old = before === undefined ? '*unknown*' : value(attribute, before);
  return `${markdownText(attribute)}: ${old} → ${value(attribute, after)}`;
}

function data(record: Readonly<Record<string, unknown>>): string {
  return Object.entries(record)
    .filter(([name]) => name !== 'email')
    .map(([name, content]) => `${markdownText(name)}: ${value(name, String(content))}`)
    .join(', ');
}

function value(name: string, text: string): string {
  if (text === '') return '*empty*';
  return isSecretValue(name, text) ? MASK : `**${markdownText(text.length > 80 ? `${oneLine(text).slice(0, 79)}…` : text)}**`;
}

function rows(number: number): string {
  return `${count(number)} ${number === 1 ? 'row' : 'rows'}`;
}
