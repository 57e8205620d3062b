import * as vscode from 'vscode';
import type { ResourceRegistry } from '../../api/resources';
import { codeOf } from './languages';
import { rangeOf } from './ranges';

/** Explains methods with their arguments, results and pitfalls, and attributes and operators. */
export class CodeHoverProvider implements vscode.HoverProvider {
  /** @param registry gives the methods that are known at the time */
  constructor(private readonly registry: () => Promise<ResourceRegistry>) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const code = codeOf(document);
    if (code === undefined) return undefined;
    const { hoverAt } = await import('../../codegen');
    const found = hoverAt(code.text, document.offsetAt(position), code.language, await this.registry());
    // The Markdown is our own: text from the description of a store is escaped, and no text of the file is in it.
    return found === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeOf(document, found.span));
  }
}
