import * as vscode from 'vscode';

/**
 * Lists and boxes at the top of the window. They stay open until they are answered or Escape is pressed. Otherwise a page that takes the
 * keyboard focus a moment after it was opened would close a new question, with the text that was typed in it. A lint rule prevents direct
 * calls of VS Code elsewhere.
 */
export const STAYS_OPEN = { ignoreFocusOut: true } as const;

/** The options of a list, without those that are set here. */
export type PickOptions = Omit<vscode.QuickPickOptions, 'ignoreFocusOut' | 'canPickMany'>;

/** Asks for one entry. @returns `undefined` when it was dismissed */
export async function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[] | Thenable<readonly T[]>,
  options: PickOptions,
): Promise<T | undefined> {
  return await vscode.window.showQuickPick(items, { ...options, ...STAYS_OPEN });
}

/** Asks for any number of entries. @returns the checked entries, `undefined` when it was dismissed */
export async function pickSeveral<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: PickOptions,
): Promise<readonly T[] | undefined> {
  return await vscode.window.showQuickPick(items, { ...options, ...STAYS_OPEN, canPickMany: true });
}

/** A list whose entries change while it is open. The caller must dispose of it. */
export function openList<T extends vscode.QuickPickItem>(): vscode.QuickPick<T> {
  return Object.assign(vscode.window.createQuickPick<T>(), STAYS_OPEN);
}

/** A text box that changes while it is open. The caller must dispose of it. */
export function openBox(): vscode.InputBox {
  return Object.assign(vscode.window.createInputBox(), STAYS_OPEN);
}
