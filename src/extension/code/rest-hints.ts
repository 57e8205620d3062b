import * as vscode from 'vscode';
import { translated, t } from '../../l10n/texts';
import type { FoundCall } from '../../codegen';
import type { ErrorReporter } from '../errors/error-reporter';
import type { ActiveStore } from '../stores/active-store';
import { hasRest } from '../stores/maho-stores';
import type { Analyses } from './analyses';
import { isCodeDocument } from './languages';
import { rangeOf } from './ranges';
import { TypingPauses } from './typing-pauses';

const SETTING = 'mahoSoap.code.restHints';

/** The code that identifies our hints among all diagnostics. */
const CODE = 'rest-equivalent';

/**
 * Hints at calls in code while the active store has REST v2 beside SOAP: three dots, a hover, and a light bulb that shows the equivalent.
 * They are not problems, so the list of problems does not contain them.
 */
export class RestHints implements vscode.Disposable, vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

  readonly #shown = vscode.languages.createDiagnosticCollection('mahoSoap.rest');
  readonly #subscriptions: readonly vscode.Disposable[];
  #following: vscode.Disposable | undefined;

  constructor(
    private readonly active: ActiveStore,
    private readonly analyses: Analyses,
    private readonly errors: ErrorReporter,
  ) {
    this.#subscriptions = [
      new TypingPauses(
        (document) => {
          this.#update(document);
        },
        ({ uri }) => {
          this.#shown.delete(uri);
        },
      ),
      active.onDidChange(() => {
        this.#follow();
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(SETTING)) this.#updateAll();
      }),
    ];
    this.#follow();
  }

  provideCodeActions(document: vscode.TextDocument, _range: vscode.Range, { diagnostics }: vscode.CodeActionContext): vscode.CodeAction[] {
    return diagnostics
      .filter(({ code }) => code === CODE)
      .map((diagnostic) => {
        const action = new vscode.CodeAction(t('Show REST Equivalent'), vscode.CodeActionKind.QuickFix);
        const place = { uri: document.uri.toString(), offset: document.offsetAt(diagnostic.range.start) };
        action.command = { command: 'mahoSoap.rest.show', title: action.title, arguments: [place] };
        action.diagnostics = [diagnostic];
        return action;
      });
  }

  dispose(): void {
    this.#following?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#shown.dispose();
  }

  /** Follows the connection of the active store, which tells whether it has REST. */
  #follow(): void {
    this.#following?.dispose();
    this.#following = this.active.current?.onDidChange(() => {
      this.#updateAll();
    });
    this.#updateAll();
  }

  #updateAll(): void {
    for (const document of vscode.workspace.textDocuments) if (isCodeDocument(document)) this.#update(document);
  }

  #update(document: vscode.TextDocument): void {
    this.#show(document).catch((error: unknown) => {
      this.errors.report(error);
    });
  }

  async #show(document: vscode.TextDocument): Promise<void> {
    if (!hasRest(this.active.current) || vscode.workspace.getConfiguration().get(SETTING) === false) {
      this.#shown.delete(document.uri);
      return;
    }
    const { version } = document;
    const { calls } = await this.analyses.of(document);
    if (calls.length === 0 && !this.#shown.has(document.uri)) return;
    const hints = calls.length === 0 ? [] : await hintsOf(document, calls);
    if (!document.isClosed && document.version === version) this.#shown.set(document.uri, hints);
  }
}

async function hintsOf(document: vscode.TextDocument, calls: readonly FoundCall[]): Promise<vscode.Diagnostic[]> {
  const [{ isUnknownValue, partialArguments }, { translate, verdictLabels }] = await Promise.all([
    import('../../codegen'),
    import('../../rest-equivalent'),
  ]);
  return calls.flatMap((call) => {
    const method = call.known?.id;
    const found = method === undefined ? undefined : translate({ method, args: partialArguments(call), isUnknown: isUnknownValue });
    if (found === undefined) return [];
    const { equivalent, verdict, reasons } = found;
    const words = t('REST v2: {method} {verdict}. {reason}', {
      method: equivalent.method,
      verdict: translated(verdictLabels[verdict]),
      reason: translated(reasons[0]?.text ?? equivalent.summary),
    });
    const hint = new vscode.Diagnostic(rangeOf(document, call.methodSpan), words, vscode.DiagnosticSeverity.Hint);
    hint.source = 'Maho SOAP';
    hint.code = CODE;
    return [hint];
  });
}
