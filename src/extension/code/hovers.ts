import * as vscode from 'vscode';
import type { ResourceRegistry } from '../../api/resources';
import { codeOf } from './languages';
import { rangeOf } from './ranges';

/** What a method takes, returns and does wrong; what an attribute or operator means. */
export class CodeHoverProvider implements vscode.HoverProvider {
  /** @param registry what is known of methods when it is asked */
  constructor(private readonly registry: () => Promise<ResourceRegistry>) {}

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const code = codeOf(document);
    if (code === undefined) return undefined;
    const { hoverAt } = await import('../../codegen');
    const found = hoverAt(code.text, document.offsetAt(position), code.language, await this.registry());
    // The Markdown is ours: what the description of a store says in it is escaped, and nothing of the file stands in it.
    return found === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeOf(document, found.span));
  }
}
