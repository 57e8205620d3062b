import * as vscode from 'vscode';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Analyses } from './analyses';
import { TypingPauses } from './typing-pauses';

/** Lists the open documents that contain a call in a context key. Menus of the editor offer to run and copy calls only there. */
export class FilesWithCalls implements vscode.Disposable {
  readonly #uris = new Set<string>();
  readonly #pauses: TypingPauses;

  constructor(
    private readonly analyses: Analyses,
    errors: ErrorReporter,
  ) {
    this.#pauses = new TypingPauses(
      (document) => {
        this.#update(document).catch((error: unknown) => {
          errors.report(error);
        });
      },
      ({ uri }) => {
        if (this.#uris.delete(uri.toString())) this.#tell();
      },
    );
  }

  dispose(): void {
    this.#pauses.dispose();
    this.#uris.clear();
    this.#tell();
  }

  async #update(document: vscode.TextDocument): Promise<void> {
    const { calls } = await this.analyses.of(document);
    const uri = document.uri.toString();
    if (document.isClosed || calls.length > 0 === this.#uris.has(uri)) return;
    if (calls.length > 0) this.#uris.add(uri);
    else this.#uris.delete(uri);
    this.#tell();
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', 'mahoSoap.filesWithCalls', [...this.#uris]);
  }
}
