import * as vscode from 'vscode';
import type { CodeDiagnostic } from '../../codegen';
import type { Severity } from '../../api/traps';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Analyses } from './analyses';
import { linkedCode } from '../trap-link';
import { rangeOf } from './ranges';
import { TypingPauses } from './typing-pauses';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Reports traps in calls of open documents, when typing pauses. */
export class CodeDiagnostics implements vscode.Disposable {
  readonly #shown = vscode.languages.createDiagnosticCollection('mahoSoap.code');
  readonly #pauses: TypingPauses;
  readonly #subscription: vscode.Disposable;

  constructor(
    private readonly analyses: Analyses,
    errors: ErrorReporter,
  ) {
    this.#pauses = new TypingPauses(
      (document) => {
        this.#show(document).catch((error: unknown) => {
          errors.report(error);
        });
      },
      (document) => {
        this.#shown.delete(document.uri);
      },
    );
    this.#subscription = analyses.onDidChange(() => {
      this.#pauses.again();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#pauses.dispose();
    this.#shown.dispose();
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    const { version } = document;
    const { diagnostics } = await this.analyses.of(document);
    // If it was changed meanwhile, the next check has been started. If it was closed, none is needed.
    if (document.isClosed || document.version !== version) return;
    if (diagnostics.length > 0 || this.#shown.has(document.uri))
      this.#shown.set(
        document.uri,
        diagnostics.map((diagnostic) => shownAs(document, diagnostic)),
      );
  }
}

function shownAs(document: vscode.TextDocument, { span, code, severity, message, why }: CodeDiagnostic): vscode.Diagnostic {
  const shown = new vscode.Diagnostic(rangeOf(document, span), `${message}\n${why}`, severities[severity]);
  shown.source = 'Maho SOAP';
  shown.code = linkedCode(code);
  return shown;
}
