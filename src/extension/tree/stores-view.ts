import { usualDialect } from '../../api/dialect-facets';
import type * as vscode from 'vscode';
import { keyboardRows } from '../commands/keyboard-rows';
import type { ApiKeys } from '../stores/api-keys';
import type { Store } from '../stores/store';
import { apiUser } from '../stores/stores';
import { summarize } from '../customer/customer-summary';
import { CustomerNode } from './customer-nodes';
import { storeNodeOf, type StoreNode, type TreeNode } from './nodes';
import type { StoresTree } from './stores-tree';

/** The view "Stores": expands and selects its rows. */
export class StoresView implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;

  /** @param view shows the rows of the tree */
  constructor(
    private readonly view: vscode.TreeView<TreeNode>,
    private readonly tree: StoresTree,
    private readonly keys: ApiKeys,
  ) {
    this.#subscription = view.onDidExpandElement(({ element }) => {
      void this.#expanded(element);
    });
  }

  /** Reveals the row of a store and expands it. */
  async reveal(store: Store): Promise<void> {
    const node = this.tree.storeNodes().find((candidate) => candidate.store === store);
    if (node !== undefined) await this.#reveal(node, { expand: true });
  }

  /** Expands a shown row. The keyboard focus stays where it is. */
  async expand(node: TreeNode): Promise<void> {
    await this.#reveal(node, { expand: true, select: false });
  }

  /**
   * Selects the row of a customer if the view is visible: below Customers, or below the recent customers if it is not loaded there. The
   * keyboard focus stays where it is.
   * @param id of the customer
   */
  async select({ customers, remembered }: StoreNode, id: string): Promise<void> {
    if (!this.view.visible) return;
    const { list, grouping } = customers;
    const loaded = grouping === undefined && list.rows.some((row) => summarize(row).id === id);
    const rows = loaded ? await customers.children() : remembered.children();
    const row = rows.find((child) => child.kind === 'customer' && summarize(child.row).id === id);
    if (row instanceof CustomerNode) await this.#reveal(row, { select: true, focus: false });
  }

  /** Reveals the demo store with its customers over V2. */
  async revealDemo(): Promise<void> {
    const demo = this.tree.demoNode();
    if (demo !== undefined) await this.#reveal(this.#usualDemoNode ?? demo, { expand: true });
  }

  /** The demo store over V2. `undefined` when it is not running. */
  get usualDemoStore(): Store | undefined {
    return this.#usualDemoNode?.store;
  }

  /** The store of the selected row. `undefined` when the view is not visible. */
  get selectedStore(): Store | undefined {
    const [row] = this.view.visible ? this.view.selection : [];
    return row === undefined ? undefined : storeNodeOf(row)?.store;
  }

  /** The selected customer. `undefined` when the view is not visible or another row is selected. */
  get selectedCustomer(): CustomerNode | undefined {
    const [row] = this.view.visible ? this.view.selection : [];
    return row?.kind === 'customer' ? row : undefined;
  }

  get #usualDemoNode(): StoreNode | undefined {
    return this.tree
      .demoNode()
      ?.children()
      .find(({ store }) => store.config?.dialect === usualDialect);
  }

  /** The rows that a key applies to, the focused row first. */
  async keyboardRows(): Promise<readonly TreeNode[]> {
    return await keyboardRows(this.view);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  async #reveal(node: TreeNode, options: Parameters<vscode.TreeView<TreeNode>['reveal']>[1]): Promise<void> {
    await this.tree.settled(node);
    await this.view.reveal(node, options);
  }

  /** Expanding a store by hand asks for a missing key. When VS Code reads rows without a click, nothing is asked. */
  async #expanded(node: TreeNode): Promise<void> {
    if (node.kind !== 'store') return;
    const { store } = node;
    await store.connect();
    if (store.failure?.code !== 'key-missing' || store.listed === undefined) return;
    if (await this.keys.ask('api', apiUser(store.listed))) await store.reset();
  }
}
