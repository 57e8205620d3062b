import * as vscode from 'vscode';
import type { RequestWord } from '../../requests';
import { requestsModule } from '../lazy/requests-module';
import { oneLine } from '../text';
import type { RequestDocuments } from './request-documents';
import type { RequestMethods } from './request-methods';

const { CompletionItemKind } = vscode;

const kinds: Readonly<Record<RequestWord['kind'], vscode.CompletionItemKind>> = {
  method: CompletionItemKind.Method,
  argument: CompletionItemKind.Property,
  field: CompletionItemKind.Field,
  attribute: CompletionItemKind.Field,
  operator: CompletionItemKind.Operator,
  element: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
};

/** Completes and explains methods, arguments and fields that only the description of the store contains. */
export class DescribedProviders implements vscode.CompletionItemProvider, vscode.HoverProvider {
  readonly #words = new WeakMap<vscode.CompletionItem, RequestWord>();

  constructor(
    private readonly documents: RequestDocuments,
    private readonly methods: RequestMethods,
  ) {}

  async provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionItem[]> {
    const { describedWords } = await requestsModule();
    const { file, rangeOf } = await this.documents.read(document);
    const registry = await this.methods.of(file);
    const found = registry === undefined ? undefined : describedWords(file, document.offsetAt(position), registry);
    if (found === undefined) return [];
    const range = rangeOf(found.range);
    // VS Code only replaces text within a line.
    if (!range.isSingleLine) return [];
    return found.words.map((word, index) => {
      const item = itemOf(word, index, range);
      this.#words.set(item, word);
      return item;
    });
  }

  /** Adds the documentation to an item, when VS Code shows it. */
  resolveCompletionItem(item: vscode.CompletionItem): vscode.CompletionItem {
    const doc = this.#words.get(item)?.doc ?? '';
    if (doc !== '') item.documentation = new vscode.MarkdownString(doc);
    return item;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const { describedHover } = await requestsModule();
    const { file, rangeOf } = await this.documents.read(document);
    const registry = await this.methods.of(file);
    const found = registry === undefined ? undefined : describedHover(file, document.offsetAt(position), registry);
    return found === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeOf(found.range));
  }
}

function itemOf({ kind, label, detail, text, filter }: RequestWord, index: number, range: vscode.Range): vscode.CompletionItem {
  const item = new vscode.CompletionItem({ label: oneLine(label), description: oneLine(detail) }, kinds[kind]);
  item.range = range;
  item.insertText = text;
  item.filterText = filter;
  // Below the entries from the catalogue, in the order of the description.
  item.sortText = `~${String(index).padStart(5, '0')}`;
  return item;
}
