import * as vscode from 'vscode';
import { maskValue } from '../../store/mask';
import { withoutIcons } from '../text';
import { webviewHtml, webviewRoots } from '../webview-html';
import type { CallOutcome, OutcomePresenter } from './outcome';

/** Shows outcomes beside the editor, one view that is used again. */
export class ResponseViews implements OutcomePresenter, vscode.Disposable {
  #panel: vscode.WebviewPanel | undefined;
  #outcome: CallOutcome | undefined;

  constructor(private readonly extension: vscode.Uri) {}

  show(outcome: CallOutcome): void {
    this.#outcome = outcome;
    if (this.#panel === undefined) {
      const panel = vscode.window.createWebviewPanel('mahoSoap.response', 'Response', { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, localResourceRoots: webviewRoots(this.extension) });
      this.#panel = panel;
      panel.onDidDispose(() => { this.#panel = undefined; });
      panel.webview.onDidReceiveMessage(() => { this.#post(); });
      panel.webview.html = webviewHtml(panel.webview, this.extension, { title: 'Response', script: 'response.js', styles: ['sheet.css'] });
    } else {
      this.#post();
      this.#panel.reveal(undefined, true);
    }
  }

  dispose(): void {
    this.#panel?.dispose();
  }

  #post(): void {
    if (this.#panel === undefined || this.#outcome === undefined) return;
    const { title, value, error } = this.#outcome;
    this.#panel.title = withoutIcons(title);
    void this.#panel.webview.postMessage({ type: 'show', title, text: error === undefined ? JSON.stringify(maskValue(value ?? null), null, 2) : error.message });
  }
}
