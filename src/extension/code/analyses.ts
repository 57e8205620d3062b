import type * as vscode from 'vscode';
import type { ResourceRegistry } from '../../api/resources';
import type { CodeDiagnostic, Diagnoser, FoundCall } from '../../codegen';
import type { CodeMethods } from '../calls/code-methods';
import { codeOf } from './languages';

/** The calls and diagnostics in one version of a document. */
export interface Analysis {
  readonly calls: readonly FoundCall[];
  readonly diagnostics: readonly CodeDiagnostic[];
}

const NO_ANALYSIS: Analysis = { calls: [], diagnostics: [] };

/** The latest analysis of a document that is being edited. */
interface Known {
  version: number;
  registry: ResourceRegistry;
  analysis: Promise<Analysis>;
  /** Remembers the diagnostics of calls that have not changed. */
  diagnoser: Diagnoser | undefined;
}

/** Calls and their diagnostics. Each version of a document is analysed once for all features. */
export class Analyses {
  readonly #known = new WeakMap<vscode.TextDocument, Known>();

  constructor(private readonly methods: CodeMethods) {}

  /** Fires when the known methods may have changed, which may change the diagnostics. */
  get onDidChange(): vscode.Event<void> {
    return this.methods.onDidChange;
  }

  /** The analysis of the current version of a document. */
  async of(document: vscode.TextDocument): Promise<Analysis> {
    if (codeOf(document) === undefined) return NO_ANALYSIS;
    const registry = await this.methods.registry();
    const { version } = document;
    let known = this.#known.get(document);
    if (known === undefined || known.version !== version || known.registry !== registry) {
      const diagnoser = known?.registry === registry ? known.diagnoser : undefined;
      known = { version, registry, analysis: Promise.resolve(NO_ANALYSIS), diagnoser };
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
  const calls = findCalls(code.text, code.language, known.registry);
  return { calls, diagnostics: known.diagnoser.diagnose(code.text, calls) };
}
