import * as vscode from 'vscode';
import type { CodeDiagnostic } from '../../codegen';
import type { Severity } from '../../api/traps';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Analyses } from './analyses';
import { isCode } from './languages';
import { rangeOf } from './places';

/** How long typing pauses before a document is checked, in ms. */
const TYPING_PAUSE_MS = 300;

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Traps that calls in open documents fall into, looked for when typing pauses. */
export class CodeDiagnostics implements vscode.Disposable {
  readonly #shown = vscode.languages.createDiagnosticCollection('mahoSoap.code');
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly analyses: Analyses,
    private readonly errors: ErrorReporter,
  ) {
    const { workspace } = vscode;
    this.#subscriptions = [
      workspace.onDidOpenTextDocument((document) => {
        this.#later(document, 0);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document, TYPING_PAUSE_MS);
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.#forget(document);
      }),
    ];
    for (const document of workspace.textDocuments) this.#later(document, 0);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#shown.dispose();
  }

  #later(document: vscode.TextDocument, pause: number): void {
    if (!isCode(document)) return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => {
        this.#waiting.delete(document);
        this.#show(document).catch((error: unknown) => {
          this.errors.report(error);
        });
      }, pause),
    );
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const { diagnostics } = await this.analyses.of(document);
    // If it was changed meanwhile, the next check has been started; if it was closed, none is needed.
    if (document.isClosed || document.version !== version) return;
    if (diagnostics.length > 0 || this.#shown.has(document.uri))
      this.#shown.set(
        document.uri,
        diagnostics.map((diagnostic) => shownAs(document, diagnostic)),
      );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
    this.#shown.delete(document.uri);
  }
}

function shownAs(document: vscode.TextDocument, { span, code, severity, message, why }: CodeDiagnostic): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(rangeOf(document, span), `${message}\n${why}`, severities[severity]);
  shown.source = 'Maho SOAP';
  shown.code = code;
  return shown;
}
