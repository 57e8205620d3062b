import * as vscode from 'vscode';
import type { ResourceRegistry } from '../../api/resources';
import { once, type Once } from '../lazy/once';
import type { Report } from '../lazy/report';
import { codeOf, codeSelector } from './languages';
import { completionTriggers, snippetFirstSelector, TYPED_SNIPPET } from './triggers';
import { TypingPauses } from './typing-pauses';
import { WhileWanted } from './while-wanted';

/**
 * Watches documents in PHP, TypeScript and JavaScript. A document without calls of this API only costs a search for a few words. The first
 * one with such calls loads the code help.
 */
export class CodeGate implements vscode.Disposable {
  readonly #watching: WhileWanted;

  /**
   * @param help lenses, problems and fixes, which register themselves once they are made
   * @param registry the methods that code may call
   */
  constructor(
    private readonly help: Once<unknown>,
    private readonly report: Report,
    registry: () => Promise<ResourceRegistry>,
  ) {
    this.#watching = new WhileWanted(() =>
      vscode.Disposable.from(...providers(registry), new TypingPauses((document) => this.#loadHelpFor(document))),
    );
  }

  dispose(): void {
    this.#watching.dispose();
  }

  /** Once the help is loaded, it checks documents itself. */
  #loadHelpFor(document: vscode.TextDocument): void {
    if (this.help.made === undefined && !document.isClosed && codeOf(document) !== undefined) this.help().catch(this.report);
  }
}

/** Completion and hovers, each loaded when a document that uses this API needs it. */
function providers(registry: () => Promise<ResourceRegistry>): readonly vscode.Disposable[] {
  const { languages } = vscode;
  const words = once(async () => new (await import('./completions')).CodeCompletionProvider(registry));
  const hovers = once(async () => new (await import('./hovers')).CodeHoverProvider(registry));
  return [
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
  ];
}

const snippets = once(async () => new (await import('./snippet-first')).SnippetFirstProvider());
