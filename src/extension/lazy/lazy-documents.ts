import * as vscode from 'vscode';

/** Gives the text of read-only documents, and may say that one changed. */
export interface Documents {
  readonly onDidChange?: vscode.Event<vscode.Uri>;
  provideTextDocumentContent(uri: vscode.Uri): string | Promise<string>;
}

/** Stands in for what makes the documents of a scheme until one of them is opened. */
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

  /** Tells VS Code what changes in the documents, from the moment on that they are made. */
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
