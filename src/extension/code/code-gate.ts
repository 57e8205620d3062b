import * as vscode from 'vscode';
import { once, type Once } from '../lazy/once';
import type { Report } from '../lazy/report';
import { codeOf, codeSelector, isCode } from './languages';
import { completionTriggers, snippetFirstSelector, TYPED_SNIPPET } from './triggers';

const SETTING = 'mahoSoap.code.help';

/** How long typing pauses before a document is checked, in ms. */
const TYPING_PAUSE_MS = 300;

/**
 * Watches documents in PHP, TypeScript and JavaScript. One that does not speak of this API costs a search for a few words and no more; the
 * first that does loads the help.
 */
export class CodeGate implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  readonly #waiting = new Map<vscode.TextDocument, NodeJS.Timeout>();
  #watching: vscode.Disposable | undefined;

  /** @param help lenses, problems and fixes, which register themselves once they are made */
  constructor(
    private readonly help: Once<unknown>,
    private readonly report: Report,
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
    if (wanted && this.#watching === undefined) this.#start();
    if (!wanted) this.#stop();
  }

  #start(): void {
    const { languages, workspace } = vscode;
    this.#watching = vscode.Disposable.from(
      languages.registerCompletionItemProvider(
        codeSelector,
        {
          provideCompletionItems: async (document, position) =>
            codeOf(document) === undefined ? undefined : await (await words()).provideCompletionItems(document, position),
        },
        ...completionTriggers,
      ),
      languages.registerCompletionItemProvider(snippetFirstSelector, {
        provideCompletionItems: async (document, position) => {
          if (!TYPED_SNIPPET.test(document.lineAt(position).text.slice(0, position.character))) return undefined;
          return await (await snippets()).provideCompletionItems(document, position);
        },
      }),
      languages.registerHoverProvider(codeSelector, {
        provideHover: async (document, position) =>
          codeOf(document) === undefined ? undefined : await (await hovers()).provideHover(document, position),
      }),
      workspace.onDidOpenTextDocument((document) => {
        this.#later(document, 0);
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#later(document, TYPING_PAUSE_MS);
      }),
      workspace.onDidCloseTextDocument((document) => {
        this.#forget(document);
      }),
    );
    for (const document of workspace.textDocuments) this.#later(document, 0);
  }

  #stop(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    this.#watching?.dispose();
    this.#watching = undefined;
  }

  /** Once the help is there, it looks for itself. */
  #later(document: vscode.TextDocument, pause: number): void {
    if (this.help.made !== undefined || !isCode(document)) return;
    clearTimeout(this.#waiting.get(document));
    this.#waiting.set(
      document,
      setTimeout(() => {
        this.#waiting.delete(document);
        if (!document.isClosed && codeOf(document) !== undefined) this.help().catch(this.report);
      }, pause),
    );
  }

  #forget(document: vscode.TextDocument): void {
    clearTimeout(this.#waiting.get(document));
    this.#waiting.delete(document);
  }
}

const words = once(async () => new (await import('./completions')).CodeCompletionProvider());
const snippets = once(async () => new (await import('./snippet-first')).SnippetFirstProvider());
const hovers = once(async () => new (await import('./hovers')).CodeHoverProvider());
