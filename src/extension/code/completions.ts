import * as vscode from 'vscode';
import { translated } from '../../l10n/texts';
import type { ResourceRegistry } from '../../api/resources';
import type { CodeCompletions, Word } from '../../codegen';
import { markdownText, oneLine } from '../text';
import { codeOf } from './languages';
import { rangeOf } from './ranges';

const { CompletionItemKind } = vscode;

const kinds: Readonly<Record<Word['kind'], vscode.CompletionItemKind>> = {
  method: CompletionItemKind.Method,
  argument: CompletionItemKind.Variable,
  attribute: CompletionItemKind.Field,
  operator: CompletionItemKind.Operator,
  element: CompletionItemKind.Property,
};

/** Completes methods, arguments, attributes and operators in calls of this API. */
export class CodeCompletionProvider implements vscode.CompletionItemProvider {
  /** @param registry gives the methods that are known at the time */
  constructor(private readonly registry: () => Promise<ResourceRegistry>) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionList | undefined> {
    const code = codeOf(document);
    if (code === undefined) return undefined;
    const { completionsAt } = await import('../../codegen');
    const found = completionsAt(code.text, document.offsetAt(position), code.language, await this.registry());
    // There is nothing to offer right after an arrow, but the next character may begin an operation, so VS Code has to ask again.
    if (found === undefined)
      return new vscode.CompletionList([], /(?:->|\.)\w?$/.test(document.lineAt(position).text.slice(0, position.character)));
    const range = rangeOf(document, found.span);
    return new vscode.CompletionList(range.isSingleLine ? found.words.map((word, index) => itemOf(word, index, found, range)) : []);
  }
}

function itemOf({ kind, name, detail, doc }: Word, index: number, { suffix }: CodeCompletions, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label: oneLine(`${name}${suffix}`), description: oneLine(translated(detail)) }, kinds[kind]);
  item.insertText = `${name}${suffix}`;
  item.documentation = new vscode.MarkdownString(markdownText(translated(doc)));
  item.range = range;
  // In the order of the catalogue, above the words that editors collect from the file.
  item.sortText = `\u0000${String(index).padStart(4, '0')}`;
  return item;
}
