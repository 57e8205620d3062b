import * as vscode from 'vscode';
import { TYPED_SNIPPET } from './triggers';

/**
 * Puts the snippet with a hyphenated prefix first. In PHP files, Emmet takes `maho-login-v2` for the name of an HTML element and ranks
 * above the snippet of that name, so that Enter would insert tags. Only the first snippet that begins with the typed text is offered here.
 * VS Code lists the others.
 */
export class SnippetFirstProvider implements vscode.CompletionItemProvider {
  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionList | undefined> {
    const typed = TYPED_SNIPPET.exec(document.lineAt(position).text.slice(0, position.character))?.[1];
    if (typed === undefined) return undefined;
    const { snippetFiles } = await import('../../codegen');
    const snippets = Object.entries(snippetFiles().php).flatMap(([name, { prefix, body, description }]) =>
      prefix.map((word) => ({ name, word, body, description })),
    );
    const meant = snippets.find(({ word }) => word === typed) ?? snippets.find(({ word }) => word.startsWith(typed));
    if (meant === undefined) return undefined;
    const item = new vscode.CompletionItem({ label: meant.word, description: meant.name }, vscode.CompletionItemKind.Snippet);
    item.insertText = new vscode.SnippetString(meant.body.join('\n'));
    item.documentation = meant.description;
    item.range = new vscode.Range(position.translate(0, -typed.length), position);
    // Emmet's word is exactly the typed text, and VS Code ranks exact matches first, so our item has to match exactly, too.
    item.filterText = typed;
    item.sortText = '\u0000';
    item.preselect = true;
    return new vscode.CompletionList([item], true);
  }
}
