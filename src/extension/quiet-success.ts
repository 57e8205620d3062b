import * as vscode from 'vscode';
import { t } from '../l10n/texts';
import { withoutIcons } from './text';

/** How long a success is shown in the status bar, in ms. Long enough to open its file. */
const SHOWN_MS = 20_000;

/**
 * Shows the success of a long task in the status bar. A click opens its file. It is an item, because messages of the status bar cannot be
 * clicked.
 */
export function quietSuccess(words: string, file: string): void {
  const item = vscode.window.createStatusBarItem('mahoSoap.success', vscode.StatusBarAlignment.Left);
  item.name = t('Maho SOAP: last action');
  item.text = `$(check) ${withoutIcons(words)}`;
  const action = t('Open the file');
  item.tooltip = action;
  item.accessibilityInformation = { label: `${words} ${action}`, role: 'button' };
  item.command = { command: 'vscode.open', title: t('Open'), arguments: [vscode.Uri.file(file)] };
  item.show();
  setTimeout(() => {
    item.dispose();
  }, SHOWN_MS);
}
