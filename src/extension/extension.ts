import * as vscode from 'vscode';
import { speak } from '../l10n/texts';
import { register } from './features/registration';
import type { Services } from './features/services';

/** How long the end of a window may wait for what is still to be done, in ms. VS Code itself waits a few seconds for all extensions. */
const END_LIMIT_MS = 2000;

let services: Services | undefined;

/** Writes the history and ends the sessions, before VS Code goes. A store that does not answer is not waited for. */
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
 * Registers what VS Code must know, and reads nothing else: every window with a PHP, TypeScript or JavaScript file comes here. What is
 * behind it is loaded by the feature that needs it (`features/services.ts`).
 */
export function activate(context: vscode.ExtensionContext): void {
  // VS Code has read the bundle of its language, where there is one, before it came here.
  const { bundle, uri } = vscode.l10n;
  speak(bundle === undefined || uri === undefined ? undefined : { language: vscode.env.language, bundle });
  services = register(context);
}
