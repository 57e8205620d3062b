import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { DemoHost } from '../stores/demo-host';
import { readOnlyWords } from '../stores/read-only';
import { storesNamed } from '../stores/same-name';
import type { Store } from '../stores/store';
import type { Stores } from '../stores/stores';
import { versionOf } from '../stores/store-version';
import type { FilterSettings } from '../customer/filter-settings';
import { summarize } from '../customer/customer-summary';
import type { RememberedCustomers } from '../customer/remembered-customers';
import type { Order } from '../customer/row-walk';
import type { KnownMethods } from '../stores/store-methods';
import { CustomerNode } from './customer-nodes';
import { storeTooltip, treeItem } from './items';
import { customerTooltip } from './tooltips';
import { methodTooltip } from './api-items';
import { asTreeNode, DemoNode, StoreNode, type MethodNode, type TreeNode } from './nodes';
import { losesRows, OverlappingQuestions } from './overlapping';
import { customerGroups } from '../customer/customer-groups';
import { websiteNamesIn, type WebsiteNames } from '../customer/websites';
import { searching, waiting } from './searching';
import type { TreePorts } from './tree-ports';

/** Customers that changed. */
export interface ChangedCustomers {
  /** The stores that contain them. The stores of the demo store are one shop. */
  readonly stores: readonly Store[];
  /** `undefined` when any of them may have changed. */
  readonly ids: readonly string[] | undefined;
}

/** Knowledge about stores from other sources than their responses. */
export interface TreeKnowledge {
  readonly filters: FilterSettings;
  readonly remembered: RememberedCustomers;
  readonly methods: () => Promise<KnownMethods>;
}

/** Gives VS Code the rows of the view "Stores", and reports changes. The model (nodes.ts) decides the content of the rows. */
export class StoresTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  readonly #customersChanged = new vscode.EventEmitter<ChangedCustomers>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #nodes = new WeakMap<Store, StoreNode>();
  readonly #ports: TreePorts;
  readonly #remembered: RememberedCustomers;
  /** Only for versions of VS Code that need it. */
  readonly #overlapping = losesRows(vscode.version) ? new OverlappingQuestions() : undefined;
  #demo: DemoNode | undefined;

  readonly onDidChangeTreeData = this.#changed.event;
  /** Fires when customers changed or were read again, for other views that show them. */
  readonly onDidChangeCustomers = this.#customersChanged.event;

  constructor(
    private readonly stores: Stores,
    private readonly demo: DemoHost,
    { filters, remembered, methods }: TreeKnowledge,
  ) {
    this.#remembered = remembered;
    this.#ports = {
      order: customersOrder,
      filters: (store) => filters.for(store),
      ambiguous: (store) => storesNamed(store.name, stores.all).length > 1,
      pinned: ({ id }) => remembered.pinned(id),
      recent: ({ id }) => remembered.recent(id),
      search: searching,
      wait: waiting,
      methods,
    };
    this.#subscriptions = [
      filters.onDidChange(() => {
        this.refresh();
      }),
      stores.onDidChange(() => {
        this.refresh();
      }),
      demo.onDidChange(() => {
        this.refresh();
      }),
      remembered.onDidChange((id) => {
        for (const node of this.storeNodes()) if (node.id === id) this.#draw(node.changes());
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('mahoSoap.customers.order')) void this.#reorder();
      }),
    ];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node);
  }

  /**
   * Makes the tooltips of customers and connected stores when the user points at them, because the names of groups and the version need
   * requests.
   */
  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'customer') item.tooltip = customerTooltip(node.row, await groupNames(node.store), notesOn(node.store));
    if (node.kind === 'store' && node.store.connection !== undefined) {
      item.tooltip = storeTooltip(node.store, node.ambiguous, await versionOf(node.store.connection.client));
    }
    if (node.kind === 'method') item.tooltip = methodTooltip(node.method, await methodFaults(node));
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (this.#overlapping === undefined) return await this.#rows(node);
    const rows = await this.#overlapping.ask(node, async () => await this.#rows(node));
    if (rows !== undefined) return rows;
    // VS Code now shows no rows, so it has to ask again.
    setImmediate(() => {
      this.refresh(node);
    });
    return [];
  }

  async #rows(node: TreeNode | undefined): Promise<TreeNode[]> {
    if (node === undefined) return this.#roots();
    if (!('children' in node)) return [];
    const unread = (node.kind === 'filter' || node.kind === 'group') && !node.list.started;
    const rows = [...(await node.children())];
    // The row shows the number of customers, but was drawn before it was known.
    if (unread && 'list' in node && node.list.started)
      setImmediate(() => {
        this.refresh(node);
      });
    return rows;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return asTreeNode(node.parent);
  }

  /** The rows of all stores, including the three of the demo store. */
  storeNodes(): readonly StoreNode[] {
    return [...this.stores.all.map((store) => this.#storeNode(store)), ...(this.demoNode()?.children() ?? [])];
  }

  /** The row of the demo store while it runs. */
  demoNode(): DemoNode | undefined {
    const { running } = this.demo;
    if (this.#demo?.demo !== running) {
      this.#demo = running === undefined ? undefined : new DemoNode(running, this.#ports);
      for (const node of this.#demo?.children() ?? []) this.#follow(node);
    }
    return this.#demo;
  }

  /** Redraws a row, or all rows. Expanded rows stay expanded. */
  refresh(node?: TreeNode): void {
    if (node !== undefined) this.#overlapping?.outdate(node);
    this.#changed.fire(node);
  }

  /** Draws rows again, each with the rows below it, and no others. */
  #draw(nodes: readonly TreeNode[]): void {
    if (nodes.length === 0) return;
    for (const node of nodes) this.#overlapping?.outdate(node);
    this.#changed.fire([...nodes]);
  }

  /** Waits until VS Code can reveal a row. See {@link OverlappingQuestions.settled}. */
  async settled(node: TreeNode): Promise<void> {
    await this.#overlapping?.settled(node);
  }

  /**
   * Updates the rows after customers of a store changed. A search through the whole store is not repeated for that: only the changed
   * customers are added or removed. The three rows of the demo store are one shop.
   */
  async customersChanged(store: Store, ids: readonly string[]): Promise<void> {
    const nodes = this.storeNodes().filter((node) => node.store === store || (node.parent !== undefined && store.listed === undefined));
    this.#customersChanged.fire({ stores: nodes.map((node) => node.store), ids });
    await Promise.all(
      nodes
        .flatMap(({ lists }) => lists)
        .map(async ({ list }) => {
          await (list.isSearch ? list.recheck(ids) : list.reload());
        }),
    );
    for (const node of nodes) {
      this.#draw(node.changes());
      await this.#rememberedChanged(node, ids);
    }
  }

  /** Reads remembered customers that changed and are in no list. Otherwise their rows would show old values. */
  async #rememberedChanged({ store }: StoreNode, ids: readonly string[]): Promise<void> {
    const remembered = this.#remembered;
    const rememberedIds = new Set([...remembered.pinned(store.id), ...remembered.recent(store.id)].map((row) => summarize(row).id));
    const wanted = ids.filter((id) => rememberedIds.has(id));
    const { connection } = store;
    if (wanted.length === 0 || connection === undefined) return;
    try {
      const filters = { customer_id: { in: wanted } };
      const { value } = await connection.client.call('customer.list', { filters }, { signal: store.signal });
      const rows = isList(value) ? value.filter(isRecord) : [];
      const there = new Set(rows.map((row) => summarize(row).id));
      await remembered.changed(
        store.id,
        rows,
        wanted.filter((id) => !there.has(id)),
      );
    } catch (error) {
      // The remembered row stays as it was. Opening the customer will show the current values.
      if (!(error instanceof ToolkitError)) throw error;
    }
  }

  /** Reports that the user read all customers of a store again. */
  customersAsked(store: Store): void {
    this.#customersChanged.fire({ stores: [store], ids: undefined });
  }

  /** The websites and store views of the customers that were read from a store, since no method lists them. */
  websiteNamesOf(store: Store): WebsiteNames {
    return websiteNamesIn((this.storeNodes().find((node) => node.store === store)?.lists ?? []).flatMap(({ list }) => list.rows));
  }

  /** A row for a customer that need not be in the tree. @param known the known row of a customer that is in no list */
  customerNode({ store, customers }: StoreNode, customer: string, known: SoapRecord | undefined): CustomerNode {
    return new CustomerNode(this.listedCustomer(store, customer) ?? known ?? { customer_id: customer }, customers, 0);
  }

  /** A customer as a list of the store shows it. `undefined` if no list does. */
  listedCustomer(store: Store, customer: string): SoapRecord | undefined {
    for (const { list } of this.storeNodes().find((node) => node.store === store)?.lists ?? []) {
      const found = list.rows.find((row) => summarize(row).id === customer);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
    this.#customersChanged.dispose();
  }

  /** The stores of the settings, then the demo store. */
  #roots(): TreeNode[] {
    const demo = this.demoNode();
    return [...this.stores.all.map((store) => this.#storeNode(store)), ...(demo === undefined ? [] : [demo])];
  }

  #storeNode(store: Store): StoreNode {
    const known = this.#nodes.get(store);
    if (known !== undefined) return known;
    const node = new StoreNode(store, undefined, this.#ports);
    this.#nodes.set(store, node);
    this.#follow(node);
    return node;
  }

  async #reorder(): Promise<void> {
    await Promise.all(
      this.storeNodes()
        .flatMap(({ lists }) => lists)
        .map(({ list }) => list.reload()),
    );
    this.refresh();
  }

  /** The listener ends with the store, which disposes of its listeners. */
  #follow(node: StoreNode): void {
    node.store.onDidChange(() => {
      this.refresh(node);
    });
  }
}

/** Names of the customer groups. Empty if they cannot be read, since their numbers are enough then. */
async function groupNames({ connection }: Store): Promise<ReadonlyMap<number, string>> {
  if (connection === undefined) return new Map();
  try {
    return await customerGroups(connection);
  } catch (error) {
    if (error instanceof ToolkitError) return new Map();
    throw error;
  }
}

/** The faults of a method's resource as the store lists them. Read when the user points at one of its methods. */
async function methodFaults({ store, parent: { resource } }: MethodNode): Promise<readonly { code: string; message: string }[]> {
  if (resource.faults !== undefined) return resource.faults;
  const { connection } = store;
  return connection === undefined ? [] : await (await import('../stores/store-methods')).faultsOf(connection, resource.name);
}

/** The order in which customers are listed, from the setting. */
export function customersOrder(): Order {
  return vscode.workspace.getConfiguration().get('mahoSoap.customers.order') === 'oldest' ? 'oldest' : 'newest';
}

/** The actions that the row of a customer does not offer, with the reasons. */
function notesOn(store: Store): readonly string[] {
  if (store.readOnly) return [readOnlyWords()];
  const undeletable = store.cannot('delete');
  return undeletable === undefined ? [] : [undeletable];
}
