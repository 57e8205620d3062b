import type * as vscode from 'vscode';
import type { CodeDiagnostic, Diagnoser, FoundCall } from '../../codegen';
import { codeOf } from './languages';

/** What was found in one version of a document. */
export interface Analysis {
  readonly calls: readonly FoundCall[];
  readonly diagnostics: readonly CodeDiagnostic[];
}

const NO_ANALYSIS: Analysis = { calls: [], diagnostics: [] };

/** What is known about a document that is being edited. */
interface Known {
  version: number;
  analysis: Promise<Analysis>;
  /** Remembers what calls came to that have not changed since. */
  diagnoser: Diagnoser | undefined;
}

/** Calls and their diagnostics: a version of a document is read once for all features. */
export class Analyses {
  readonly #known = new WeakMap<vscode.TextDocument, Known>();

  /** The analysis of the document as it stands now. */
  async of(document: vscode.TextDocument): Promise<Analysis> {
    const { version } = document;
    let known = this.#known.get(document);
    if (known === undefined || known.version !== version) {
      known = { version, analysis: Promise.resolve(NO_ANALYSIS), diagnoser: known?.diagnoser };
      known.analysis = analyse(document, known);
      this.#known.set(document, known);
    }
    return await known.analysis;
  }
}

async function analyse(document: vscode.TextDocument, known: Known): Promise<Analysis> {
  const code = codeOf(document);
  if (code === undefined) return NO_ANALYSIS;
  const { Diagnoser: OfCode, findCalls } = await import('../../codegen');
  known.diagnoser ??= new OfCode();
  const calls = findCalls(code.text, code.language);
  return { calls, diagnostics: known.diagnoser.diagnose(code.text, calls) };
}
