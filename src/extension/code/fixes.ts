import * as vscode from 'vscode';
import type { CodeFix } from '../../codegen';
import type { Analyses } from './analyses';
import { codeOf } from '../trap-link';
import { rangeOf } from './ranges';

/** Fixes for the traps that are shown. */
export class CodeFixProvider implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };

  constructor(private readonly analyses: Analyses) {}

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): Promise<vscode.CodeAction[]> {
    const found = await this.analyses.of(document);
    return found.diagnostics.flatMap(({ span, code, fixes }) => {
      const place = rangeOf(document, span);
      if (place.intersection(range) === undefined) return [];
      const shown = diagnostics.filter((diagnostic) => codeOf(diagnostic) === code && diagnostic.range.isEqual(place));
      return fixes.map((fix) => actionOf(document, fix, shown));
    });
  }
}

function actionOf(
  document: vscode.TextDocument,
  { title, edits, preferred }: CodeFix,
  diagnostics: vscode.Diagnostic[],
): vscode.CodeAction {
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const { span, text } of edits) action.edit.replace(document.uri, rangeOf(document, span), text);
  action.isPreferred = preferred;
  action.diagnostics = diagnostics;
  return action;
}
