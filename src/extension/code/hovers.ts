import * as vscode from 'vscode';
import { codeOf } from './languages';
import { rangeOf } from './ranges';

/** What a method takes, returns and does wrong; what an attribute or operator means. */
export class CodeHoverProvider implements vscode.HoverProvider {
  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const code = codeOf(document);
    if (code === undefined) return undefined;
    const { hoverAt } = await import('../../codegen');
    const found = hoverAt(code.text, document.offsetAt(position), code.language);
    // The Markdown is made of the catalogue's own words: nothing in it comes from the file or a store.
    return found === undefined ? undefined : new vscode.Hover(new vscode.MarkdownString(found.markdown), rangeOf(document, found.span));
  }
}
