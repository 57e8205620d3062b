import * as vscode from 'vscode';
import type { Span } from '../../codegen';

/** A span of offsets as a range of a document. */
export function rangeOf(document: vscode.TextDocument, { start, end }: Span): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
