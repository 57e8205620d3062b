import type { ImportResult } from '../../store/transfer';
import { count, oneLine } from '../text';
import type { RowCounts } from './import-rows';
import { basename } from 'node:path';

/** The words of the button: `Create 12 and update 5 customers`. */
export function actionOf({ create, update }: Pick<RowCounts, 'create' | 'update'>): string {
  const parts = [create > 0 ? `create ${count(create)}` : undefined, update > 0 ? `update ${count(update)}` : undefined]
    .filter((part) => part !== undefined)
    .join(' and ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)} ${create + update === 1 ? 'customer' : 'customers'}`;
}

/** How the updates are taken back, and what stays. */
export function wayBack({ create }: Pick<RowCounts, 'create'>, lost: readonly string[]): string {
  const kept = 'Values that are replaced are kept in a file, and Take Back restores them.';
  const left =
    lost.length === 0 ? undefined : `Not kept, because it is secret or the store does not show it: ${lost.map(oneLine).join(', ')}.`;
  return [kept, left, create > 0 ? 'New customers stay until somebody deletes them.' : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** The counts in one line, such as `12 new, 5 changed, 3 unchanged, 2 refused`. */
export function summaryOf(counts: RowCounts): string {
  const parts = [
    `${count(counts.create)} new`,
    `${count(counts.update)} changed`,
    `${count(counts.unchanged)} unchanged`,
    `${count(counts.reject)} refused`,
    ...(counts.leftOut > 0 ? [`${count(counts.leftOut)} left out`] : []),
  ];
  return parts.join(', ');
}

/** `1 row`, `1,200 rows`. */
export function rowsWords(number: number): string {
  return `${count(number)} ${number === 1 ? 'row' : 'rows'}`;
}

/** What was written, such as `2 created, 1 updated`. */
export function doneWords({ created, updated }: ImportResult['counts']): string {
  const parts = [created > 0 ? `${count(created)} created` : undefined, updated > 0 ? `${count(updated)} updated` : undefined].filter(
    (part) => part !== undefined,
  );
  return parts.length === 0 ? 'nothing written' : parts.join(', ');
}

/** What somebody has to look at. */
export function problemsOf(counts: ImportResult['counts']): readonly string[] {
  return [
    counts.failed > 0 ? `${count(counts.failed)} failed` : undefined,
    counts.unknown > 0 ? `${count(counts.unknown)} in doubt, because the answer was lost` : undefined,
    counts.changed > 0 ? `${count(counts.changed)} not written, because the store changed since the preview` : undefined,
  ].filter((part) => part !== undefined);
}

/** What came of the rows, in one line. */
export function countsOf({ end, counts }: Pick<ImportResult, 'end' | 'counts'>): string {
  const left = counts['left-out'] > 0 ? [`${count(counts['left-out'])} left out`] : [];
  const refused = counts.rejected > 0 ? [`${count(counts.rejected)} refused`] : [];
  return [doneWords(counts), ...refused, ...left, ...problemsOf(counts), ...(end === 'cancelled' ? ['cancelled'] : [])].join(', ');
}

const endWords: Readonly<Record<ImportResult['end'], string>> = {
  complete: 'Import finished',
  cancelled: 'Import cancelled',
  failed: 'Import stopped',
};

/** What the import came to, such as `Import finished: 2 created, 1 updated, 1 failed.` */
export function outcomeOf(result: Pick<ImportResult, 'end' | 'counts'>): string {
  const { end, counts } = result;
  return `${endWords[end]}: ${countsOf({ end: end === 'cancelled' ? 'complete' : end, counts })}.`;
}

/** The words of the button that compares the file again. */
export function againWords(end: ImportResult['end']): string {
  return end === 'complete' ? 'Try Again' : 'Go On';
}

/** What it left behind and how to go on, one sentence each. */
export function outcomeNotes({ end, error, resultFile, beforeFile, counts, journal }: ImportResult): readonly string[] {
  const files =
    resultFile === undefined
      ? ''
      : `The result of each row is in ${basename(resultFile)}${beforeFile === undefined ? '' : `, the values that were replaced are in ${basename(beforeFile)}`}.`;
  return [
    end === 'failed' ? (error?.message ?? '') : '',
    files,
    counts.created > 0 && beforeFile !== undefined ? 'Take Back restores these; new customers stay until somebody deletes them.' : '',
    journal === undefined ? '' : `${againWords(end)} compares the file again. What is done is not sent again.`,
  ]
    .filter((part) => part !== '')
    .map(oneLine);
}
