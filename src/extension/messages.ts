import * as vscode from 'vscode';
import { STAYS_OPEN } from './picks';
import { messageText, oneLine } from './text';

/**
 * Notifications, progress, and the texts of input boxes. In all of them, VS Code turns `[label](command:…)` into a link that runs the
 * command. So every text goes through `messageText` here, and a lint rule prevents direct calls of VS Code elsewhere.
 */

/** Shows information that may have actions. @returns the chosen action */
export async function showInformation(message: string, ...actions: readonly string[]): Promise<string | undefined> {
  return await vscode.window.showInformationMessage(messageText(message), ...actions);
}

/** Shows a warning. @returns the chosen action */
export async function showWarning(message: string, ...actions: readonly string[]): Promise<string | undefined> {
  return await vscode.window.showWarningMessage(messageText(message), ...actions);
}

/** Shows an error. @returns the chosen action */
export async function showError(message: string, ...actions: readonly string[]): Promise<string | undefined> {
  return await vscode.window.showErrorMessage(messageText(message), ...actions);
}

/** Asks in a dialog with one button besides Cancel. @returns whether the button was pressed */
export async function confirmed(question: string, detail: string, action: string): Promise<boolean> {
  const button = oneLine(action);
  return (await vscode.window.showWarningMessage(messageText(question), { modal: true, detail: messageText(detail) }, button)) === button;
}

/** The progress of a task. `increment` is in percent. */
export type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** Runs a task with a notification that shows its progress and can be cancelled. */
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
  /** Why a value is not accepted. */
  readonly validateInput?: (value: string) => string | undefined;
}

/** Asks for a text. @returns `undefined` when it was dismissed */
export async function askInput({ prompt, validateInput, ...question }: InputQuestion): Promise<string | undefined> {
  return await vscode.window.showInputBox({
    ...question,
    ...STAYS_OPEN,
    ...(prompt === undefined ? {} : { prompt: messageText(prompt) }),
    ...(validateInput === undefined ? {} : { validateInput: (value) => withoutLinks(validateInput(value)) }),
  });
}

/** Shows the prompt below an input box. */
export function showPrompt(box: vscode.InputBox, prompt: string): void {
  box.prompt = messageText(prompt);
}

/** Shows the problem with the value below an input box, or removes it. */
export function showProblem(box: vscode.InputBox, problem: string | undefined, severity = vscode.InputBoxValidationSeverity.Error): void {
  box.validationMessage = problem === undefined ? undefined : { message: messageText(problem), severity };
}

function withoutLinks(problem: string | undefined): string | undefined {
  return problem === undefined ? undefined : messageText(problem);
}
