import * as vscode from 'vscode';
import { markedRows } from './marked-rows';

/** The rows of a view that a key means: see {@link markedRows}. */
export async function keyboardRows<T>(view: vscode.TreeView<T>): Promise<readonly T[]> {
  return await markedRows(view, () => vscode.commands.executeCommand('list.toggleSelection'));
}
