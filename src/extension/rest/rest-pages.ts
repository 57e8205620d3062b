import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { RestCodeTarget } from '../../codegen/rest';
import { openProgram } from '../calls/program-editor';
import { names } from '../names';
import { withoutIcons } from '../text';
import type { Equivalence } from './equivalent';
import { pageHtml } from './page-html';

/** Pages about calls over REST. They have no scripts. Their links are commands with the number of the page. */
export class RestPages implements vscode.Disposable {
  readonly #open = new Map<number, { readonly panel: vscode.WebviewPanel; readonly about: Equivalence }>();
  #last = 0;

  constructor(private readonly extension: vscode.Uri) {}

  /** Shows a page beside the editor. */
  show(about: Equivalence): void {
    const id = ++this.#last;
    const media = vscode.Uri.joinPath(this.extension, 'media');
    const panel = vscode.window.createWebviewPanel(
      names.restPanel,
      withoutIcons(t('{method} over REST', { method: about.method })),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false },
      { enableScripts: false, enableCommandUris: ['mahoSoap.rest.copyCode', 'mahoSoap.rest.openCode'], localResourceRoots: [media] },
    );
    this.#open.set(id, { panel, about });
    panel.onDidDispose(() => this.#open.delete(id));
    const { webview } = panel;
    webview.html = pageHtml(about, {
      source: webview.cspSource,
      style: webview.asWebviewUri(vscode.Uri.joinPath(media, 'rest.css')).toString(),
      command: (action, target) => `command:mahoSoap.rest.${action}Code?${encodeURIComponent(JSON.stringify([id, target]))}`,
    });
  }

  /** Copies a program of a page to the clipboard. */
  async copy(id: unknown, target: unknown): Promise<void> {
    const program = this.#program(id, target);
    if (program === undefined) return;
    await vscode.env.clipboard.writeText(program.text);
    vscode.window.setStatusBarMessage(t('Copied the code for REST v2'), 3000);
  }

  /** Opens a program of a page as a new document. */
  async openCode(id: unknown, target: unknown): Promise<void> {
    const program = this.#program(id, target);
    if (program !== undefined) await openProgram(program.text, program.target);
  }

  dispose(): void {
    for (const { panel } of [...this.#open.values()]) panel.dispose();
  }

  #program(id: unknown, target: unknown): { readonly target: RestCodeTarget; readonly text: string } | undefined {
    return typeof id === 'number' ? this.#open.get(id)?.about.programs.find((program) => program.target === target) : undefined;
  }
}
