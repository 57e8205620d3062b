import * as vscode from 'vscode';

/** Provides the text of read-only documents, and may report changes. */
export interface Documents {
  readonly onDidChange?: vscode.Event<vscode.Uri>;
  provideTextDocumentContent(uri: vscode.Uri): string | Promise<string>;
}

/** Registers a scheme of documents, and loads their provider when the first one is opened. */
export class LazyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;
  #following: vscode.Disposable | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(
    scheme: string,
    private readonly load: () => Promise<Documents>,
  ) {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  }

  /** Passes on the changes that the loaded provider reports. */
  follow(documents: Documents): void {
    this.#following = documents.onDidChange?.((uri) => {
      this.#changed.fire(uri);
    });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    return await (await this.load()).provideTextDocumentContent(uri);
  }

  dispose(): void {
    this.#following?.dispose();
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
