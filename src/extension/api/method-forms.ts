import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import { methodMemory, type MethodPlace } from '../../pages/method-messages';
import { names } from '../names';
import type { Store } from '../stores/store';
import { withoutIcons } from '../text';
import { webviewHtml, webviewRoots } from '../webview-html';
import type { MethodFormPorts, MethodFormView } from './method-form-view';

/** The dependencies of all forms of methods. */
export interface MethodFormsPorts extends MethodFormPorts {
  readonly extension: vscode.Uri;
}

/** The open forms, one for each method of a store. */
export class MethodForms implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #open = new Set<MethodFormView>();

  constructor(private readonly ports: MethodFormsPorts) {}

  /** Shows the form of a method. Reuses it if it is already open. */
  async open(store: Store, method: StoreMethod): Promise<void> {
    const known = [...this.#open].find(({ place }) => place.store === store.id && place.method === method.id);
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(names.methodPanel, titleOf(method.id), vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: webviewRoots(this.ports.extension),
    });
    await this.#add(panel, { store: store.id, method: method.id }, method);
  }

  /** Called by VS Code for forms that were open when the window was reloaded. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const memory = methodMemory.safeParse(kept);
    if (!memory.success) {
      panel.dispose();
      return;
    }
    panel.webview.options = { enableScripts: true, localResourceRoots: webviewRoots(this.ports.extension) };
    (await this.#add(panel, memory.data.place)).load();
  }

  dispose(): void {
    for (const { panel } of [...this.#open]) panel.dispose();
  }

  async #add(panel: vscode.WebviewPanel, place: MethodPlace, method?: StoreMethod): Promise<MethodFormView> {
    panel.title = titleOf(place.method);
    panel.webview.html = webviewHtml(panel.webview, this.ports.extension, {
      title: t('Run Method'),
      script: 'method.js',
      styles: ['grid.css', 'method.css'],
    });
    const { MethodFormView } = await import('./method-form-view');
    const view = new MethodFormView(panel, place, this.ports, method);
    this.#open.add(view);
    panel.onDidDispose(() => {
      this.#open.delete(view);
    });
    return view;
  }
}

function titleOf(method: string): string {
  return withoutIcons(t('Run {method}', { method }));
}
