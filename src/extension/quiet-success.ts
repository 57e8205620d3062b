import * as vscode from 'vscode';
import { t } from '../l10n/texts';
import { withoutIcons } from './text';

/** How long a success stands in the status bar, in ms: long enough to open what came of it. */
const SHOWN_MS = 20_000;

/**
 * Says in the status bar that something long went well. A click opens the file that came of it: messages of the status bar take no
 * click, items do.
 */
export function quietSuccess(words: string, file: string): void {
  const item = vscode.window.createStatusBarItem('mahoSoap.success', vscode.StatusBarAlignment.Left);
  item.name = t('Maho SOAP: what was done');
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
