import * as vscode from 'vscode';

/**
 * Lists and boxes at the top of the window. They stay until they are answered or Escape is pressed: a page may take the keyboard a moment
 * after it was opened, and VS Code would close a question that had only just appeared, with what was typed in it. That is decided here
 * for all of them, and a lint rule keeps others from asking VS Code themselves.
 */
export const STAYS = { ignoreFocusOut: true } as const;

/** How a list is shown, without what is decided here. */
export type PickOptions = Omit<vscode.QuickPickOptions, 'ignoreFocusOut' | 'canPickMany'>;

/** Asks to choose one entry. @returns `undefined` when it was dismissed */
export async function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[] | Thenable<readonly T[]>,
  options: PickOptions,
): Promise<T | undefined> {
  return await vscode.window.showQuickPick(items, { ...options, ...STAYS });
}

/** Asks to check any number of entries. @returns those that are checked; `undefined` when it was dismissed */
export async function pickSeveral<T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: PickOptions,
): Promise<readonly T[] | undefined> {
  return await vscode.window.showQuickPick(items, { ...options, ...STAYS, canPickMany: true });
}

/** A list whose entries change while it is open. Whoever opens it disposes of it. */
export function openList<T extends vscode.QuickPickItem>(): vscode.QuickPick<T> {
  return Object.assign(vscode.window.createQuickPick<T>(), STAYS);
}

/** A box for a text that does more than ask once. Whoever opens it disposes of it. */
export function openBox(): vscode.InputBox {
  return Object.assign(vscode.window.createInputBox(), STAYS);
}
