import * as vscode from 'vscode';

const SETTING = 'mahoSoap.code.help';

/** Makes something when the setting `mahoSoap.code.help` is switched on, and disposes of it when it is switched off. */
export class WhileWanted implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #made: vscode.Disposable | undefined;

  constructor(private readonly make: () => vscode.Disposable) {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(SETTING)) this.#follow();
    });
    this.#follow();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#end();
  }

  #follow(): void {
    const wanted = vscode.workspace.getConfiguration().get(SETTING) !== false;
    if (wanted) this.#made ??= this.make();
    else this.#end();
  }

  #end(): void {
    this.#made?.dispose();
    this.#made = undefined;
  }
}
