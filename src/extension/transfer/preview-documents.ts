import * as vscode from 'vscode';

const SCHEME = 'maho-soap-import';

/** Previews of imports and reports of what was done: read-only Markdown, shown rendered. They live as long as they are open. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscriptions = [vscode.workspace.registerTextDocumentContentProvider(SCHEME, this), vscode.workspace.onDidCloseTextDocument(({ uri }) => { this.#texts.delete(uri.toString()); })];
  }

  /** @param name title of the tab, without an extension */
  async show(name: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name.replaceAll('/', '∕')}.md` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '# Over\n\nThis page is not kept. Preview an import again to see what it does now.\n';
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }
}
