import * as vscode from 'vscode';
import type { ErrorReporter } from '../errors/error-reporter';

/** What a command does. VS Code passes whatever the caller gave: each handler checks for itself what it got. */
export type Handler = (...args: readonly unknown[]) => unknown;

/** Registers commands, all with the same error path: what a handler throws is shown and logged, never lost. */
export class Commands implements vscode.Disposable {
  readonly #registered: vscode.Disposable[] = [];

  constructor(private readonly errors: ErrorReporter) {}

  /** @param handlers by command ID without the prefix `mahoSoap.` */
  register(handlers: Readonly<Record<string, Handler>>): void {
    for (const [id, handler] of Object.entries(handlers)) this.#registered.push(vscode.commands.registerCommand(`mahoSoap.${id}`, this.#guarded(handler)));
  }

  dispose(): void {
    for (const command of this.#registered) command.dispose();
  }

  #guarded(handler: Handler): (...args: unknown[]) => Promise<void> {
    return async (...args) => {
      try {
        await handler(...args);
      } catch (error) {
        this.errors.report(error);
      }
    };
  }
}
