import * as vscode from 'vscode';
import type { DescribedProviders } from './described-providers';
import type { RequestCompletion } from './request-completion';
import { RequestDiagnostics } from './request-diagnostics';
import type { RequestLenses } from './request-lenses';
import { requestFileSelector } from './request-ref';

/** Registers our features for editors of request files. VS Code itself provides completion, hovers and checks from the schema. */
export function requestLanguage(
  lenses: RequestLenses,
  diagnostics: RequestDiagnostics,
  completion: RequestCompletion,
  described: DescribedProviders,
): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeLensProvider(requestFileSelector, lenses),
    vscode.languages.registerCodeActionsProvider(requestFileSelector, diagnostics, { providedCodeActionKinds: RequestDiagnostics.kinds }),
    vscode.languages.registerCompletionItemProvider(requestFileSelector, completion, '{', '$', '.', '"', '/'),
    vscode.languages.registerCompletionItemProvider(requestFileSelector, described, '"'),
    vscode.languages.registerHoverProvider(requestFileSelector, described),
  );
}
