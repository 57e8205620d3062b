import * as vscode from 'vscode';
import type { DemoHost } from '../demo/demo-host';
import type { ApiKeys } from '../stores/api-keys';
import type { Store } from '../stores/store';
import { apiUser, type Stores } from '../stores/stores';
import type { TreeNode } from './nodes';
import type { StoresTree } from './stores-tree';

/** The view "Stores": what is expanded, and what its menus may offer. */
export class StoresView implements vscode.Disposable {
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly tree: StoresTree,
    private readonly stores: Stores,
    private readonly demo: DemoHost,
    private readonly keys: ApiKeys,
  ) {
    this.#view = vscode.window.createTreeView('mahoSoap.stores', { treeDataProvider: tree, showCollapseAll: true, canSelectMany: true });
    this.#subscriptions = [
      this.#view,
      this.#view.onDidExpandElement(({ element }) => { void this.#expanded(element); }),
      stores.onDidChange(() => { this.#tellMenus(); }),
      demo.onDidChange(() => { this.#tellMenus(); }),
    ];
    this.#tellMenus();
  }

  /** Shows the row of a store, expanded. */
  async reveal(store: Store): Promise<void> {
    const node = this.tree.storeNodes().find((candidate) => candidate.store === store);
    if (node !== undefined) await this.#view.reveal(node, { expand: true });
  }

  /** Opens a row that is shown, without taking the keyboard from where it is. */
  async expand(node: TreeNode): Promise<void> {
    await this.#view.reveal(node, { expand: true, select: false });
  }

  /** Shows the demo store with its customers over V2. */
  async revealDemo(): Promise<void> {
    const demo = this.tree.demoNode();
    if (demo === undefined) return;
    const usual = demo.children().find(({ store }) => store.config?.dialect === 'v2');
    await this.#view.reveal(usual ?? demo, { expand: true });
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Who expands a store by hand and has given no key yet is asked for it. Rows that are only read again ask nobody. */
  async #expanded(node: TreeNode): Promise<void> {
    if (node.kind !== 'store') return;
    const { store } = node;
    await store.connect();
    if (store.failure?.code !== 'key-missing' || store.listed === undefined) return;
    if (await this.keys.ask('api', apiUser(store.listed))) await store.reset();
  }

  /** `ready` keeps the welcome text from flashing up before it is known whether there are stores. */
  #tellMenus(): void {
    const listed = this.stores.all.length > 0;
    const running = this.demo.running !== undefined;
    const writable = running || this.stores.all.some(({ readOnly }) => !readOnly);
    for (const [key, value] of Object.entries({ ready: true, hasWritableStores: writable, hasListedStores: listed, hasStores: listed || running, demoRunning: running })) {
      void vscode.commands.executeCommand('setContext', `mahoSoap.${key}`, value);
    }
  }
}
