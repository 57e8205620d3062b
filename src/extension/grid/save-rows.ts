import * as vscode from 'vscode';
import { t } from '../../l10n/texts';

/** Rows in the formats of files. */
export interface SavedRows {
  /** The suggested file name, without its extension. */
  readonly name: string;
  /** `undefined` where the value is not a table. */
  readonly csv: (() => string) | undefined;
  readonly json: () => string;
}

/** Asks for a file and writes rows to it, as CSV or JSON by the extension of its name. */
export async function saveRows({ name, csv, json }: SavedRows): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const file = `${name.replace(/[^\p{L}\p{N}_.-]+/gu, '_')}.${csv === undefined ? 'json' : 'csv'}`;
  const uri = await vscode.window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, file) }),
    filters: csv === undefined ? { JSON: ['json'] } : { CSV: ['csv'], JSON: ['json'] },
  });
  if (uri === undefined) return;
  const text = /\.csv$/i.test(uri.path) && csv !== undefined ? csv() : json();
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  vscode.window.setStatusBarMessage(t('Saved'), 3000);
}
