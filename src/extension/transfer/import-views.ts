import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { importMemory, type ImportPlace } from '../../pages/import-messages';
import { importMapping, type ImportMapping } from '../../store/transfer';
import { t } from '../../l10n/texts';
import { names } from '../names';
import { withoutIcons } from '../text';
import { webviewHtml, webviewOptions } from '../webview-html';
import type { ImportPorts, ImportView } from './import-view';
import { baseName } from './save-place';

/** The dependencies of all import views. */
export interface ImportViewsPorts extends Omit<ImportPorts, 'open'> {
  readonly extension: vscode.Uri;
}

/** The open imports, one for each file and store. */
export class ImportViews implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #open = new Set<ImportView>();
  readonly #ports: ImportPorts;

  constructor(private readonly ports: ImportViewsPorts) {
    this.#ports = {
      ...ports,
      open: async (place) => {
        await this.open(place);
      },
    };
  }

  /**
   * Shows the import of a file. If it is already open, compares the file again, unless rows are being written.
   * @param mapping the meaning of the columns, if it is known
   */
  async open(place: ImportPlace, mapping?: ImportMapping): Promise<void> {
    const file = await realPlace(place.file);
    const known = [...this.#open].find((view) => view.place.store === place.store && view.place.file === file);
    if (known !== undefined && mapping === undefined) {
      known.panel.reveal();
      known.open(true);
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      names.importPanel,
      titleOf(file),
      vscode.ViewColumn.Active,
      webviewOptions(this.ports.extension),
    );
    (await this.#add(panel, { ...place, file }, mapping)).open(true);
  }

  /** Called by VS Code for imports that were open when the window was reloaded. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const memory = importMemory.safeParse(kept);
    if (!memory.success) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.ports.extension);
    const given = importMapping.safeParse(memory.data.given);
    // VS Code restored the import, and the user did not open it. So no key is asked for.
    (await this.#add(panel, memory.data.place, given.success ? given.data : undefined)).open(false);
  }

  dispose(): void {
    for (const { panel } of [...this.#open]) panel.dispose();
  }

  async #add(panel: vscode.WebviewPanel, place: ImportPlace, mapping?: ImportMapping): Promise<ImportView> {
    panel.title = titleOf(place.file);
    panel.webview.html = webviewHtml(panel.webview, this.ports.extension, {
      title: t('Import'),
      script: 'import.js',
      styles: ['grid.css', 'import.css'],
    });
    const { ImportView } = await import('./import-view');
    const view = new ImportView(panel, place, this.#ports, mapping);
    this.#open.add(view);
    panel.onDidDispose(() => {
      this.#open.delete(view);
    });
    return view;
  }
}

function titleOf(file: string): string {
  return withoutIcons(t('Import {file}', { file: baseName(file) }));
}

/** The real path of a file, so that a file has one view under all its names. The view itself reports problems with the file. */
async function realPlace(file: string): Promise<string> {
  return await realpath(file).catch(() => file);
}
