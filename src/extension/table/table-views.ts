import * as vscode from 'vscode';
import { tableMemory, type TablePlace, type TableRequest } from '../../pages/table-messages';
import { t } from '../../l10n/texts';
import { ColumnMemory } from '../grid/column-memory';
import { names } from '../names';
import type { Store } from '../stores/store';
import { withoutIcons } from '../text';
import { webviewHtml, webviewOptions } from '../webview-html';
import type { TablePorts } from './table-ports';
import { tableTitle } from './table-state';
import type { TableView } from './table-view';

const COLUMNS_KEY = 'mahoSoap.tableColumns';
/** Number of lists whose columns are remembered. */
const MAX_LISTS = 50;

/** The dependencies of all tables. */
export interface TableViewsPorts extends Omit<TablePorts, 'columns' | 'open'> {
  readonly extension: vscode.Uri;
  /** Keeps the chosen columns of each store. */
  readonly memory: vscode.Memento;
}

/** The open tables, one for each list. */
export class TableViews implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #open = new Set<TableView>();
  readonly #ports: TablePorts;

  constructor(private readonly ports: TableViewsPorts) {
    this.#ports = {
      ...ports,
      columns: new ColumnMemory(ports.memory, COLUMNS_KEY, MAX_LISTS),
      open: async (place) => {
        await this.open(place);
      },
    };
  }

  /** Shows a table. Reuses it if it is already open. */
  async open(place: TablePlace): Promise<void> {
    const known = [...this.#open].find((view) => samePlace(view.place, place));
    if (known !== undefined) {
      known.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      names.tablePanel,
      withoutIcons(tableTitle(place)),
      vscode.ViewColumn.Active,
      webviewOptions(this.ports.extension),
    );
    (await this.#add(panel, place)).load(true);
  }

  /** The active table, or else a visible one, for commands. */
  get current(): TableView | undefined {
    return [...this.#open].find(({ panel }) => panel.active) ?? [...this.#open].find(({ panel }) => panel.visible);
  }

  /** Carries out a request in the active table, if there is one. */
  async do(request: TableRequest): Promise<void> {
    await this.current?.do(request);
  }

  /** Passes on that customers of stores changed. @param ids of these customers. `undefined` when any of them may have changed */
  customersChanged(stores: readonly Store[], ids: readonly string[] | undefined): void {
    for (const view of this.#open) if (view.store !== undefined && stores.includes(view.store)) view.customersChanged(ids);
  }

  /** Called by VS Code for tables that were open when the window was reloaded. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const memory = tableMemory.safeParse(kept);
    if (!memory.success) {
      panel.dispose();
      return;
    }
    panel.webview.options = webviewOptions(this.ports.extension);
    // VS Code restored the table, and the user did not open it. So no key is asked for.
    (await this.#add(panel, memory.data.place, memory.data.filter)).load(false);
  }

  dispose(): void {
    for (const { panel } of [...this.#open]) panel.dispose();
  }

  async #add(panel: vscode.WebviewPanel, place: TablePlace, typed = ''): Promise<TableView> {
    const { TableView } = await import('./table-view');
    const view = new TableView(panel, place, this.#ports, typed);
    this.#open.add(view);
    panel.onDidDispose(() => {
      this.#open.delete(view);
    });
    panel.webview.html = webviewHtml(panel.webview, this.ports.extension, {
      title: t('Table'),
      script: 'table.js',
      styles: ['grid.css', 'table.css'],
    });
    return view;
  }
}

function samePlace(one: TablePlace, other: TablePlace): boolean {
  return one.store === other.store && JSON.stringify(one.source) === JSON.stringify(other.source);
}
