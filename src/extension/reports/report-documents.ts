import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { names } from '../names';
import type { Documents } from '../lazy/lazy-documents';

/** A text with its title. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * Read-only documents such as the findings of a check and reports of what was done. VS Code never asks to save them. They are kept as long
 * as they are open.
 */
export class ReportDocuments implements Documents, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #subscription: vscode.Disposable;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      this.#texts.delete(uri.toString());
    });
  }

  /** Shows rendered Markdown. @param name title of the tab, without an extension */
  async show(name: string, text: string): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', this.#keep(`${name}.md`, text));
  }

  /** Shows plain text. @param name title of the tab */
  async showPlain(name: string, text: string): Promise<void> {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.#keep(name, text)), { preview: true });
  }

  /** Shows two plain texts side by side in the diff editor. @param title of the tab */
  async showBeside(title: string, left: NamedText, right: NamedText): Promise<void> {
    const [before, after] = [left, right].map(({ name, text }) => this.#keep(name, text));
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  }

  #keep(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: names.reportScheme, path: `/${name.replaceAll('/', '∕')}` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? `${t('This page was not kept. Run the command again to see the current state.')}\n`;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}
