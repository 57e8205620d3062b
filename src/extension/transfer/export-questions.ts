import * as vscode from 'vscode';
import type { Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { customerEntity } from '../../api/entities';
import type { ExportFormat } from '../../store/transfer';
import { withoutIcons } from '../text';
import { fileNamePart } from './file-name';
import { usualFolder } from './save-place';
import type { Selection } from './selection';
import { pickOne, pickSeveral } from '../picks';

/** What somebody wants of an export. */
export interface ExportWish {
  readonly format: ExportFormat;
  readonly secrets: boolean;
  /** Read over V1, which returns more, although the store speaks another dialect. */
  readonly overV1: boolean;
  readonly place: vscode.Uri;
}

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

const formats: readonly FormatItem[] = [
  { label: 'CSV', description: 'for spreadsheets, and for Import Customers', format: 'csv' },
  { label: 'CSV with Semicolons', description: 'for spreadsheets in languages that write 1,5', format: 'csv-semicolon' },
  { label: 'JSON Lines', description: 'for programs: one customer a line, exactly as the store sent it', format: 'jsonl' },
];

interface ExtraItem extends vscode.QuickPickItem {
  readonly extra: 'secrets' | 'v1';
}

const v1Only = customerEntity.fields.filter(({ v1Only: only, role }) => only === true && role !== 'secret').map(({ name }) => name);

/** Asks how, what and where, one question at a time. @returns `undefined` when a question was left with Escape */
export async function askForExport({ store, what }: Selection, dialect: Dialect, which = ''): Promise<ExportWish | undefined> {
  const title = withoutIcons(`Export ${what} of ${store.config?.name ?? store.name}${which}`);
  const format = await pickOne(formats, { title, placeHolder: 'How is it to be written?' });
  if (format === undefined) return undefined;
  const offered = extrasFor(dialect);
  const extras =
    offered.length === 0
      ? []
      : await pickSeveral(offered, {
          title,
          placeHolder: 'What else goes into the file? Enter leaves it at the usual attributes.',
        });
  if (extras === undefined) return undefined;
  const extension = format.format === 'jsonl' ? 'jsonl' : 'csv';
  const place = await vscode.window.showSaveDialog({
    title,
    saveLabel: 'Export',
    defaultUri: vscode.Uri.joinPath(usualFolder(), `${fileNamePart(store.config?.name ?? store.name)} ${fileNamePart(what)}.${extension}`),
    filters: extension === 'jsonl' ? { 'JSON Lines': ['jsonl'] } : { CSV: ['csv'] },
  });
  if (place === undefined) return undefined;
  const wanted = new Set(extras.map(({ extra }) => extra));
  return { format: format.format, secrets: wanted.has('secrets'), overV1: wanted.has('v1'), place };
}

function extrasFor(dialect: Dialect): readonly ExtraItem[] {
  const more: ExtraItem = {
    label: 'Attributes That Only V1 Returns',
    description: v1Only.join(', '),
    detail: 'The customers are then read over V1, where the store has it.',
    extra: 'v1',
  };
  const secrets: ExtraItem = {
    label: 'Password Hashes and Reset Tokens',
    description: 'secret',
    detail: 'Whoever gets the file can try to break them. Only to move customers to another shop.',
    extra: 'secrets',
  };
  if (facets[dialect].cannot['password-hash'] !== undefined) return [];
  return facets[dialect].fuller === undefined ? [secrets] : [more, secrets];
}
