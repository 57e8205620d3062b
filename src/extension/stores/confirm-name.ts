import * as vscode from 'vscode';

/** Whether the name of a production store is typed once in a window, or at each write. The scope of the setting leaves that to the user. */
export function nameTypedOnce(): boolean {
  return vscode.workspace.getConfiguration().get<unknown>('mahoSoap.production.confirm') === 'oncePerSession';
}
