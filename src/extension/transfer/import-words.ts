import type { ImportResult } from '../../store/transfer';
import { count, oneLine } from '../text';
import type { RowCounts } from './import-rows';
import { basename } from 'node:path';
import { later, plural, translated, t } from '../../l10n/texts';

/** The label of the button: `Create 12, update 5`. */
export function actionOf({ create, update }: Pick<RowCounts, 'create' | 'update'>): string {
  if (create > 0 && update > 0) return t('Create {created}, update {updated}', { created: count(create), updated: count(update) });
  return create > 0
    ? plural(create, 'Create {count} customer', 'Create {count} customers')
    : plural(update, 'Update {count} customer', 'Update {count} customers');
}

/** How the updates can be undone, and what cannot be undone. */
export function undoWords({ create }: Pick<RowCounts, 'create'>, lost: readonly string[]): string {
  const kept = t('Values that are replaced are kept in a file. Use Undo Import to restore them.');
  const left =
    lost.length === 0
      ? undefined
      : t('Not kept, because it is secret or the store does not return it: {attributes}.', { attributes: lost.map(oneLine).join(', ') });
  return [kept, left, create > 0 ? t('New customers are kept until someone deletes them.') : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** The counts in one line, such as `12 new, 5 changed, 3 unchanged, 2 refused`. */
export function summaryOf(counts: RowCounts): string {
  const parts = [
    plural(counts.create, '{count} new', '{count} new'),
    plural(counts.update, '{count} changed', '{count} changed'),
    plural(counts.unchanged, '{count} unchanged', '{count} unchanged'),
    plural(counts.reject, '{count} refused', '{count} refused'),
    ...(counts.leftOut > 0 ? [plural(counts.leftOut, '{count} left out', '{count} left out')] : []),
  ];
  return parts.join(', ');
}

/** A number of rows, such as `1 row` or `1,200 rows`. */
export function rowsWords(number: number): string {
  return plural(number, '{count} row', '{count} rows');
}

/** The number of written rows, such as `2 created, 1 updated`. */
export function doneWords({ created, updated }: ImportResult['counts']): string {
  const parts = [
    created > 0 ? plural(created, '{count} created', '{count} created') : undefined,
    updated > 0 ? plural(updated, '{count} updated', '{count} updated') : undefined,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? t('nothing written') : parts.join(', ');
}

/** The results that need attention. */
export function problemsOf(counts: ImportResult['counts']): readonly string[] {
  return [
    counts.failed > 0 ? plural(counts.failed, '{count} failed', '{count} failed') : undefined,
    counts.unknown > 0
      ? plural(counts.unknown, '{count} in doubt, because the response was lost', '{count} in doubt, because the response was lost')
      : undefined,
    counts.changed > 0
      ? plural(
          counts.changed,
          '{count} not written, because the store changed since the preview',
          '{count} not written, because the store changed since the preview',
        )
      : undefined,
  ].filter((part) => part !== undefined);
}

/** The results of the rows, in one line. */
export function countsOf({ end, counts }: Pick<ImportResult, 'end' | 'counts'>): string {
  const left = counts['left-out'] > 0 ? [plural(counts['left-out'], '{count} left out', '{count} left out')] : [];
  const refused = counts.rejected > 0 ? [plural(counts.rejected, '{count} refused', '{count} refused')] : [];
  return [doneWords(counts), ...refused, ...left, ...problemsOf(counts), ...(end === 'cancelled' ? [t('cancelled')] : [])].join(', ');
}

const endWords: Readonly<Record<ImportResult['end'], string>> = {
  complete: later('Import finished: {counts}.'),
  cancelled: later('Import cancelled: {counts}.'),
  failed: later('Import stopped: {counts}.'),
};

/** The result of the import, such as `Import finished: 2 created, 1 updated, 1 failed.` */
export function outcomeOf(result: Pick<ImportResult, 'end' | 'counts'>): string {
  const { end, counts } = result;
  return translated(endWords[end], { counts: countsOf({ end: end === 'cancelled' ? 'complete' : end, counts }) });
}

/** The label of the button that compares the file again. */
export function againWords(end: ImportResult['end']): string {
  return end === 'complete' ? t('Try Again') : t('Continue');
}

/** The files that the import wrote and how to go on, one sentence each. */
export function outcomeNotes({ end, error, resultFile, beforeFile, counts, journal }: ImportResult): readonly string[] {
  const files =
    resultFile === undefined
      ? ''
      : beforeFile === undefined
        ? t('The result of each row is in {file}.', { file: basename(resultFile) })
        : t('The result of each row is in {file}, and the replaced values are in {before}.', {
            file: basename(resultFile),
            before: basename(beforeFile),
          });
  return [
    end === 'failed' ? (error?.message ?? '') : '',
    files,
    counts.created > 0 && beforeFile !== undefined
      ? t('Use Undo Import to restore these. New customers are kept until someone deletes them.')
      : '',
    journal === undefined ? '' : t('{action} compares the file again. Rows that are done are not sent again.', { action: againWords(end) }),
  ]
    .filter((part) => part !== '')
    .map(oneLine);
}
