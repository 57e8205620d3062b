import type { Change, ImportPreview, PlannedRow } from '../../store/transfer';
import type { ImportReview, ReviewCounts } from './import-review';
import { isSecretValue } from '../../api/secrets';
import { MASK } from '../../store/masking/mask';
import { count, markdownText, oneLine } from '../text';

/** Rows of one kind that a page shows as a table; a longer one opens slowly. A document of plain text has all of them. */
export const PAGE_ROWS = 1000;

/** What an import would do, or what came of it, as a Markdown document. Everything from the file and the store is text in it. */
export function previewText(preview: ImportPreview, review: ImportReview, file: string, store: string, end?: ImportEnd): string {
  const { samples, done, unsure, way } = preview;
  const { counts } = review;
  return [
    `# Import of ${markdownText(file)} into ${markdownText(store)}`,
    '',
    end === undefined ? summary(counts) : `**${markdownText(end.summary)}**`,
    '',
    ...(end === undefined ? ahead() : end.notes.flatMap((text) => [markdownText(text), ''])),
    ...table('Refused', 'reject', ['Why'], (row) => [row.action === 'reject' ? row.reasons.map(markdownText).join('<br>') : '']),
    ...table('Updates', 'update', ['Changes'], (row) => [row.action === 'update' ? row.changes.map(change).join('<br>') : '']),
    ...table('New customers', 'create', ['Data'], (row) => [row.action === 'create' ? data(row.data) : '']),
    ...table('Unchanged', 'unchanged', [], () => []),
  ].join('\n');

  /** What is said before anything is written. */
  function ahead(): readonly string[] {
    const sentences = [
      done > 0
        ? `${rows(done)} ${done === 1 ? 'was' : 'were'} done by an earlier run and ${done === 1 ? 'is' : 'are'} not sent again.`
        : undefined,
      unsure > 0
        ? `${rows(unsure)} ${unsure === 1 ? 'was' : 'were'} sent earlier without an answer. The store was asked: what follows is what is left to do.`
        : undefined,
      counts.warned > 0
        ? `${rows(counts.warned)} that ${counts.warned === 1 ? 'is' : 'are'} to be written ${counts.warned === 1 ? 'comes' : 'come'} with a warning.`
        : undefined,
      `Nothing of this was written yet. ${way.batched ? 'The rows travel in batches over V1.' : 'The rows travel one by one, because the store does not answer over V1.'}`,
      counts.update > 0 ? wayBack({ lost: preview.lost, counts }) : undefined,
    ];
    return sentences.flatMap((text) => (text === undefined ? [] : [text, '']));
  }

  function table(
    title: string,
    action: PlannedRow['action'],
    more: readonly string[],
    cells: (row: PlannedRow) => readonly string[],
  ): readonly string[] {
    const total = preview.counts[action];
    if (total === 0) return [];
    const left = review.leftOutOf(action);
    const shown = samples[action];
    const fate = (row: PlannedRow): string | undefined =>
      review.outcomeOf(row.number) ?? (review.isLeftOut(row.number) ? 'left out' : undefined);
    const fates = shown.some((row) => fate(row) !== undefined);
    const warned = shown.some(({ warnings }) => warnings.length > 0);
    const columns = [
      'Row',
      'Customer',
      ...more,
      ...(warned ? ['Warnings'] : []),
      ...(fates ? [end === undefined ? 'Left out' : 'Result'] : []),
    ];
    return [
      `## ${title} (${count(total)}${left === 0 ? '' : `, ${count(left)} left out`})`,
      '',
      tableRow(columns),
      tableRow(columns.map(() => '---')),
      ...shown.map((row) =>
        tableRow([
          String(row.number),
          `${markdownText(row.who)}${row.action === 'update' ? ` \\#${markdownText(row.id)}` : ''}`,
          ...cells(row),
          ...(warned ? [row.warnings.map(markdownText).join('<br>')] : []),
          ...(fates ? [markdownText(fate(row) ?? '')] : []),
        ]),
      ),
      '',
      ...(total > shown.length ? [`${count(total - shown.length)} more of these rows stand in the document with all rows.`, ''] : []),
    ];
  }
}

/** How an import ended, as it is told. */
export interface ImportEnd {
  /** What was done, in one line. */
  readonly summary: string;
  /** The files that were written and how to go on, one sentence each. */
  readonly notes: readonly string[];
}

/** How the updates are taken back, and what stays. */
export function wayBack({ counts, lost }: { readonly counts: Pick<ReviewCounts, 'create'>; readonly lost: readonly string[] }): string {
  const kept = 'What updates write over is kept in a CSV file beside the result: importing that file takes them back.';
  const left =
    lost.length === 0 ? undefined : `Not kept, because it is secret or the store does not show it: ${lost.map(markdownText).join(', ')}.`;
  return [kept, left, counts.create > 0 ? 'New customers stay until somebody deletes them.' : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** The counts in one line, such as `12 new, 5 updates, 3 unchanged, 2 refused`. */
export function summary(counts: ReviewCounts): string {
  const parts = [
    `${count(counts.create)} new`,
    `${count(counts.update)} ${counts.update === 1 ? 'update' : 'updates'}`,
    `${count(counts.unchanged)} unchanged`,
    `${count(counts.reject)} refused`,
    ...(counts.leftOut > 0 ? [`${count(counts.leftOut)} left out`] : []),
  ];
  return parts.join(', ');
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
