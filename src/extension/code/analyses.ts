import type * as vscode from 'vscode';
import type { CodeDiagnostic, FoundCall } from '../../codegen';
import { codeOf } from './languages';

/** What was found in one version of a document. */
export interface Analysis {
  readonly calls: readonly FoundCall[];
  readonly diagnostics: readonly CodeDiagnostic[];
}

const NOTHING: Analysis = { calls: [], diagnostics: [] };

/** Calls and their diagnostics: a version of a document is read once, whoever asks. */
export class Analyses {
  readonly #known = new WeakMap<vscode.TextDocument, { readonly version: number; readonly analysis: Promise<Analysis> }>();

  /** The analysis of the document as it stands now. */
  async of(document: vscode.TextDocument): Promise<Analysis> {
    const { version } = document;
    const known = this.#known.get(document);
    if (known?.version === version) return await known.analysis;
    const analysis = analyse(document);
    this.#known.set(document, { version, analysis });
    return await analysis;
  }
}

async function analyse(document: vscode.TextDocument): Promise<Analysis> {
  const code = codeOf(document);
  if (code === undefined) return NOTHING;
  const { diagnoseCall, findCalls } = await import('../../codegen');
  const calls = findCalls(code.text, code.language);
  const diagnostics = calls.flatMap((call) => diagnoseCall(code.text, call));
  return { calls, diagnostics };
}
