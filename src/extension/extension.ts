import * as vscode from 'vscode';
import { speak } from '../l10n/texts';
import { register } from './features/registration';
import type { Services } from './features/services';

/** Longest time that closing a window may take, in ms. VS Code itself waits a few seconds for all extensions. */
const END_LIMIT_MS = 2000;

let services: Services | undefined;

/** Writes the history and ends the sessions before VS Code closes. Does not wait for a store that does not answer. */
export async function deactivate(): Promise<void> {
  const ending = services;
  services = undefined;
  if (ending === undefined) return;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, END_LIMIT_MS);
  });
  await Promise.race([ending.end(), late]);
  clearTimeout(timer);
}

/**
 * Registers what VS Code must know, and loads nothing else, because every window with a PHP, TypeScript or JavaScript file activates the
 * extension. Features load the code that they need (`features/services.ts`).
 */
export function activate(context: vscode.ExtensionContext): void {
  // VS Code has already read the bundle of its language, if there is one.
  const { bundle, uri } = vscode.l10n;
  speak(bundle === undefined || uri === undefined ? undefined : { language: vscode.env.language, bundle });
  services = register(context);
}
