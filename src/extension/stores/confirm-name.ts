import * as vscode from 'vscode';

/**
 * Whether the name of a production store has to be typed once in a window, rather than at each write. Only the user's own settings decide
 * it.
 */
export function nameTypedOnce(): boolean {
  return vscode.workspace.getConfiguration().get<unknown>('mahoSoap.production.confirm') === 'oncePerSession';
}
