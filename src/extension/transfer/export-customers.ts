import * as vscode from 'vscode';
import type { ExportResult } from '../../store/transfer';
import { plural, t } from '../../l10n/texts';
import { showError, showInformation, withProgress } from '../messages';
import { connectionFor } from '../stores/wait-with-notice';
import { quietSuccess } from '../quiet-success';
import { oneLine } from '../text';
import { askForExport, type WhichFile } from './export-questions';
import { baseName, localPath } from './save-place';
import type { Selection } from './selection';
import { timeLeft } from './time-left';

/**
 * Exports customers of a store: asks how and where, then streams them into the file with progress and cancel.
 * @param which the number of the file among several, from 1, for the title of the questions
 * @returns whether the questions were answered
 * @throws {ToolkitError} when the store cannot be reached or the file cannot be written
 */
export async function exportSelection(selection: Selection, which?: WhichFile): Promise<boolean> {
  const { store, ids, filters, matches, what } = selection;
  const { client, dialect: spoken } = await connectionFor(store);
  const needed = selection.dialect ?? spoken;
  const wish = await askForExport(selection, needed, which);
  if (wish === undefined) return false;
  const file = localPath(wish.place);
  const dialect = wish.overV1 ? 'v1' : needed;
  const { customersMatching, customersWithIds, exportCustomers } = await import('../../store/transfer');
  const result = await withProgress(
    t('Exporting {what} to {file}', { what: oneLine(what), file: oneLine(baseName(file)) }),
    async (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      const signal = AbortSignal.any([stop.signal, store.signal]);
      const options = { dialect: dialect === spoken ? undefined : dialect, signal, matches };
      const begun = Date.now();
      let before = 0;
      const onProgress = (rows: number): void => {
        // The API does not tell the number of customers, so the remaining time is only known for a selection.
        const left = ids === undefined ? undefined : timeLeft(rows, ids.length, Date.now() - begun);
        progress.report({
          message: left === undefined ? customers(rows) : `${customers(rows)}, ${left}`,
          ...(ids === undefined ? {} : { increment: (100 * (rows - before)) / ids.length }),
        });
        before = rows;
      };
      const pieces = ids === undefined ? customersMatching(client, filters, options) : customersWithIds(client, ids, options);
      progress.report({ message: t('Waiting for the store') });
      return await exportCustomers(pieces, { file, format: wish.format, dialect, secrets: wish.secrets }, { signal, onProgress });
    },
  );
  await tell(result, ids);
  return true;
}

/** Reports the result: quietly if all went well, otherwise with the reason and the file. */
async function tell({ end, rows, file, error, leftOut }: ExportResult, ids: readonly string[] | undefined): Promise<void> {
  const open = t('Open File');
  const place = file === undefined ? undefined : oneLine(baseName(file));
  const kept =
    place === undefined
      ? t('Nothing was written.')
      : plural(rows, '{count} customer is in {file}, complete.', '{count} customers are in {file}, each of them complete.', {
          file: place,
        });
  let chosen: string | undefined;
  if (end === 'failed') {
    chosen = await showError(
      [t('The export stopped.'), oneLine(error?.message ?? ''), kept].join(' '),
      ...(place === undefined ? [] : [open]),
    );
  } else if (end === 'cancelled') {
    chosen = await showInformation(`${t('Export cancelled.')} ${kept}`, ...(place === undefined ? [] : [open]));
  } else {
    const missing = (ids?.length ?? rows) - rows;
    const notes = [
      missing > 0
        ? plural(missing, '{count} customer is no longer in the store.', '{count} customers are no longer in the store.')
        : undefined,
      leftOut.length > 0
        ? t('Left out, because only later customers have them: {attributes}. JSON Lines keep everything.', {
            attributes: oneLine(leftOut.join(', ')),
          })
        : undefined,
    ].filter((note) => note !== undefined);
    if (notes.length === 0 && file !== undefined) {
      quietSuccess(exported(rows, baseName(file)), file);
      return;
    }
    chosen = await showInformation([exported(rows, place ?? ''), ...notes].join(' '), open);
  }
  if (chosen === open && file !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

function customers(rows: number): string {
  return plural(rows, '{count} customer', '{count} customers');
}

function exported(rows: number, file: string): string {
  return plural(rows, 'Exported {count} customer to {file}.', 'Exported {count} customers to {file}.', { file });
}
