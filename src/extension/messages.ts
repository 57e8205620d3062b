import * as vscode from 'vscode';
import { STAYS } from './picks';
import { messageText, oneLine } from './text';

/**
 * Notifications, progress, and what an input box says. VS Code makes links of `[label](command:…)` in all of them, and runs
 * the command when somebody clicks: so everything that is said goes through `messageText` here, and a lint rule keeps
 * others from asking VS Code themselves.
 */

/** Says something that needs an answer. @returns the chosen action */
export async function inform(message: string, ...actions: readonly string[]): Promise<string | undefined> {
  return await vscode.window.showInformationMessage(messageText(message), ...actions);
}

/** Says that something is not as it should be. @returns the chosen action */
export async function warn(message: string, ...actions: readonly string[]): Promise<string | undefined> {
  return await vscode.window.showWarningMessage(messageText(message), ...actions);
}

/** Says that something went wrong. @returns the chosen action */
export async function complain(message: string, ...actions: readonly string[]): Promise<string | undefined> {
  return await vscode.window.showErrorMessage(messageText(message), ...actions);
}

/** Asks in a dialog, with one button besides Cancel. @returns whether it was pressed */
export async function confirmed(question: string, detail: string, action: string): Promise<boolean> {
  const button = oneLine(action);
  return (await vscode.window.showWarningMessage(messageText(question), { modal: true, detail: messageText(detail) }, button)) === button;
}

/** How far something is: `increment` in percent. */
export type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** Runs something with a notification that says how far it is and can be cancelled. */
export async function withProgress<T>(
  title: string,
  task: (progress: Progress, token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: messageText(title), cancellable: true },
    async (progress, token) => {
      const report: Progress['report'] = ({ message, ...how }) => {
        progress.report({ ...how, ...(message === undefined ? {} : { message: messageText(message) }) });
      };
      return await task({ report }, token);
    },
  );
}

export interface InputQuestion extends Omit<vscode.InputBoxOptions, 'validateInput' | 'ignoreFocusOut'> {
  /** Why a value cannot be taken. */
  readonly validateInput?: (value: string) => string | undefined;
}

/** Asks for one text. @returns `undefined` when it was dismissed */
export async function askInput({ prompt, validateInput, ...question }: InputQuestion): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    ...question,
    ...STAYS,
    ...(prompt === undefined ? {} : { prompt: messageText(prompt) }),
    ...(validateInput === undefined ? {} : { validateInput: (value) => said(validateInput(value)) }),
  });
}

/** Says below an input box what is asked for. */
export function describe(box: vscode.InputBox, prompt: string): void {
  box.prompt = messageText(prompt);
}

/** Says below an input box what is wrong with its value, or nothing. */
export function object(box: vscode.InputBox, problem: string | undefined, severity = vscode.InputBoxValidationSeverity.Error): void {
  box.validationMessage = problem === undefined ? undefined : { message: messageText(problem), severity };
}

function said(problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : messageText(problem);
}
