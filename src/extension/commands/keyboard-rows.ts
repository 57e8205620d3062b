import * as vscode from 'vscode';

/**
 * The rows that a key of a tree means: the one that has the keyboard, and with it the rest of the selection when it is part of that.
 *
 * VS Code gives commands that are run by a key no row, and tells extensions what is selected but not where the keyboard is. The arrow keys
 * move only the latter, so the selection alone would let Delete hit another row than the marked one. The list's own command changes the
 * selection at the row with the keyboard, which shows where that is, and run once more it changes it back.
 * @returns the row with the keyboard first; nothing when no row has it
 */
export async function keyboardRows<T>(view: vscode.TreeView<T>): Promise<readonly T[]> {
  const before = view.selection;
  await toggle();
  const after = view.selection;
  await toggle();
  const row = after.find((each) => !before.includes(each)) ?? before.find((each) => !after.includes(each));
  if (row === undefined) return [];
  return before.includes(row) ? [row, ...before.filter((each) => each !== row)] : [row];
}

async function toggle(): Promise<void> {
  await vscode.commands.executeCommand('list.toggleSelection');
}
