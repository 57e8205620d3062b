import * as vscode from 'vscode';
import type { ErrorReporter } from '../errors/error-reporter';
import type { ActiveStore } from '../stores/active-store';
import { Analyses } from './analyses';
import { CodeDiagnostics } from './diagnostics';
import { CodeFixProvider } from './fixes';
import { codeSelector } from './languages';
import { RunLensProvider } from './run-lenses';

const SETTING = 'mahoSoap.code.help';

/**
 * Lenses, problems and fixes in PHP, TypeScript and JavaScript, as long as the setting `mahoSoap.code.help` wants them. Words and hovers
 * come from the gate (`code-gate.ts`), which is there before any of this is loaded.
 */
export class CodeHelp implements vscode.Disposable {
  #help: readonly vscode.Disposable[] = [];
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly active: ActiveStore,
    private readonly errors: ErrorReporter,
  ) {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) this.#follow();
    });
    this.#follow();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#stop();
  }

  #follow(): void {
    const wanted = vscode.workspace.getConfiguration().get(SETTING) !== false;
    if (wanted && this.#help.length === 0) this.#start();
    if (!wanted) this.#stop();
  }

  #start(): void {
    const { languages } = vscode;
    const analyses = new Analyses();
    const lenses = new RunLensProvider(this.active, analyses);
    this.#help = [
      languages.registerCodeActionsProvider(codeSelector, new CodeFixProvider(analyses), CodeFixProvider.metadata),
      languages.registerCodeLensProvider(codeSelector, lenses),
      lenses,
      new CodeDiagnostics(analyses, this.errors),
    ];
  }

  #stop(): void {
    for (const part of this.#help) part.dispose();
    this.#help = [];
  }
}
