import * as vscode from 'vscode';
import type { Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { customerEntity } from '../../api/entities';
import type { ExportFormat } from '../../store/transfer';
import { later, translated, t } from '../../l10n/texts';
import { withoutIcons } from '../text';
import { fileNamePart } from './file-name';
import { usualFolder } from './save-place';
import type { Selection } from './selection';
import { pickOne, pickSeveral } from '../picks';

/** The answers to the questions of an export. */
export interface ExportWish {
  readonly format: ExportFormat;
  readonly secrets: boolean;
  /** Read over V1, which returns more, although the store speaks another dialect. */
  readonly overV1: boolean;
  readonly place: vscode.Uri;
}

interface FormatItem extends vscode.QuickPickItem {
  readonly description: string;
  readonly format: ExportFormat;
}

const formats: readonly FormatItem[] = [
  { label: 'CSV', description: later('for spreadsheets, and for Import Customers'), format: 'csv' },
  { label: later('CSV with Semicolons'), description: later('for spreadsheets with a decimal comma'), format: 'csv-semicolon' },
  { label: 'JSON Lines', description: later('for programs: one customer per line, exactly as the store sent it'), format: 'jsonl' },
];

interface ExtraItem extends vscode.QuickPickItem {
  readonly extra: 'secrets' | 'v1';
}

const v1Only = customerEntity.fields.filter(({ v1Only: only, role }) => only === true && role !== 'secret').map(({ name }) => name);

/** The number of a file among several that are asked for one after the other, from 1. */
export interface WhichFile {
  readonly number: number;
  readonly of: number;
}

/** Asks for format, extras and place, one question at a time. @returns `undefined` when a question was left with Escape */
export async function askForExport({ store, what }: Selection, dialect: Dialect, which?: WhichFile): Promise<ExportWish | undefined> {
  const title = withoutIcons(titleOf(what, store.config?.name ?? store.name, which));
  const format = await pickOne(
    formats.map((each) => ({ ...each, label: translated(each.label), description: translated(each.description) })),
    { title, placeHolder: t('Select the format of the file') },
  );
  if (format === undefined) return undefined;
  const offered = extrasFor(dialect);
  const extras =
    offered.length === 0
      ? []
      : await pickSeveral(offered, {
          title,
          placeHolder: t('Select what else to export. Press Enter for the usual attributes.'),
        });
  if (extras === undefined) return undefined;
  const extension = format.format === 'jsonl' ? 'jsonl' : 'csv';
  const place = await vscode.window.showSaveDialog({
    title,
    saveLabel: t('Export'),
    defaultUri: vscode.Uri.joinPath(usualFolder(), `${fileNamePart(store.config?.name ?? store.name)} ${fileNamePart(what)}.${extension}`),
    filters: extension === 'jsonl' ? { 'JSON Lines': ['jsonl'] } : { CSV: ['csv'] },
  });
  if (place === undefined) return undefined;
  const wanted = new Set(extras.map(({ extra }) => extra));
  return { format: format.format, secrets: wanted.has('secrets'), overV1: wanted.has('v1'), place };
}

function extrasFor(dialect: Dialect): readonly ExtraItem[] {
  const more: ExtraItem = {
    label: t('Attributes That Only V1 Returns'),
    description: v1Only.join(', '),
    detail: t('The customers are then read over V1, if the store supports it.'),
    extra: 'v1',
  };
  const secrets: ExtraItem = {
    label: t('Password Hashes and Reset Tokens'),
    description: t('secret'),
    detail: t('Anyone who has the file can try to crack them. Use this only to move customers to another shop.'),
    extra: 'secrets',
  };
  if (facets[dialect].cannot['password-hash'] !== undefined) return [];
  return facets[dialect].fuller === undefined ? [secrets] : [more, secrets];
}

function titleOf(what: string, store: string, which: WhichFile | undefined): string {
  return which === undefined
    ? t('Export {what} of {store}', { what, store })
    : t('Export {what} of {store} (file {number} of {count})', { what, store, number: which.number, count: which.of });
}
