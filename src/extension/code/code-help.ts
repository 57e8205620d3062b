import * as vscode from 'vscode';
import type { CodeMethods } from '../calls/code-methods';
import type { ErrorReporter } from '../errors/error-reporter';
import type { ActiveStore } from '../stores/active-store';
import { Analyses } from './analyses';
import { CodeDiagnostics } from './diagnostics';
import { FilesWithCalls } from './files-with-calls';
import { CodeFixProvider } from './fixes';
import { codeSelector } from './languages';
import { RestHints } from './rest-hints';
import { RunLensProvider } from './run-lenses';
import { WhileWanted } from './while-wanted';

/**
 * Lenses, problems and fixes in PHP, TypeScript and JavaScript, while the setting `mahoSoap.code.help` is on. Completion and hovers are
 * registered by the gate (`code-gate.ts`), before any of this is loaded.
 */
export class CodeHelp extends WhileWanted {
  constructor(active: ActiveStore, methods: CodeMethods, errors: ErrorReporter) {
    super(() => {
      const { languages } = vscode;
      const analyses = new Analyses(methods);
      const hints = new RestHints(active, analyses, errors);
      const lenses = new RunLensProvider(active, analyses);
      return vscode.Disposable.from(
        languages.registerCodeActionsProvider(codeSelector, new CodeFixProvider(analyses), CodeFixProvider.metadata),
        languages.registerCodeLensProvider(codeSelector, lenses),
        lenses,
        hints,
        languages.registerCodeActionsProvider(codeSelector, hints, RestHints.metadata),
        new CodeDiagnostics(analyses, errors),
        new FilesWithCalls(analyses, errors),
      );
    });
  }
}
