import * as vscode from 'vscode';
import type { TreeNode } from './nodes';

/** The actions of Enter, F2 and Delete in the view "Stores". */
type RowKey = 'open' | 'edit' | 'delete';

/** A command and its row, which decides the kind of the rows that the command gets. */
interface RowCommand {
  readonly command: string;
  readonly row: TreeNode;
}

/**
 * Runs the menu command that a key is bound to. If a row has no command for the key, Enter does what it does in every tree, and other keys
 * do nothing.
 * @param rows the focused row first, then the other selected rows
 */
export async function pressRowKey(key: RowKey, rows: readonly TreeNode[]): Promise<void> {
  const [row] = rows;
  const found = row === undefined ? undefined : commandOf(key, row);
  if (found !== undefined) {
    const sameKind = rows.filter(({ kind }) => kind === found.row.kind);
    await vscode.commands.executeCommand(found.command, found.row, key === 'delete' ? sameKind : undefined);
  } else if (key === 'open') await vscode.commands.executeCommand('list.select');
}

function commandOf(key: RowKey, row: TreeNode): RowCommand | undefined {
  switch (row.kind) {
    case 'customer':
      return { command: { open: 'mahoSoap.customer.open', edit: 'mahoSoap.customer.edit', delete: 'mahoSoap.customer.delete' }[key], row };
    case 'filter':
      return key === 'open' ? undefined : { command: key === 'edit' ? 'mahoSoap.filter.rename' : 'mahoSoap.filter.delete', row };
    case 'store':
      if (key === 'open' || row.store.listed === undefined) return undefined;
      return { command: key === 'edit' ? 'mahoSoap.store.edit' : 'mahoSoap.store.remove', row };
    default:
      return undefined;
  }
}
