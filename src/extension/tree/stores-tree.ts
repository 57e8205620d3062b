import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import type { DemoHost } from '../stores/demo-host';
import { readOnlyWords } from '../stores/read-only';
import { calledSo } from '../stores/same-name';
import type { Store } from '../stores/store';
import type { Stores } from '../stores/stores';
import { versionOf } from '../stores/told-version';
import type { FilterSettings } from '../customer/filter-settings';
import { summarize } from '../customer/customer-summary';
import type { RememberedCustomers } from '../customer/remembered-customers';
import type { Order } from '../customer/row-walk';
import type { KnownMethods } from '../stores/store-methods';
import { CustomerNode, type TreePorts } from './customer-nodes';
import { storeTooltip, treeItem } from './items';
import { customerTooltip } from './tooltips';
import { methodTooltip } from './api-items';
import { asTreeNode, DemoNode, StoreNode, type MethodNode, type TreeNode } from './nodes';
import { losesRows, OverlappingQuestions } from './overlapping';
import { customerGroups } from '../customer/customer-groups';
import { websiteNamesIn, type WebsiteNames } from '../customer/websites';
import { searching, waiting } from './searching';

/** Customers that are not as they were. */
export interface ChangedCustomers {
  /** The stores that they are in: those of the demo store are one shop. */
  readonly stores: readonly Store[];
  /** `undefined` where it may be any of them. */
  readonly ids: readonly string[] | undefined;
}

/** What is known of stores besides what they answer. */
export interface TreeKnowledge {
  readonly filters: FilterSettings;
  readonly remembered: RememberedCustomers;
  readonly methods: () => Promise<KnownMethods>;
}

/** Gives VS Code the rows of the view "Stores" and says when one changed. What the rows hold is decided by the model (nodes.ts). */
export class StoresTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TreeNode | undefined>();
  readonly #customersChanged = new vscode.EventEmitter<ChangedCustomers>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #nodes = new WeakMap<Store, StoreNode>();
  readonly #ports: TreePorts;
  readonly #remembered: RememberedCustomers;
  /** Only where VS Code needs it. */
  readonly #overlapping = losesRows(vscode.version) ? new OverlappingQuestions() : undefined;
  #demo: DemoNode | undefined;

  readonly onDidChangeTreeData = this.#changed.event;
  /** Customers of stores changed, or somebody asked for them anew: for what shows them besides the tree. */
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
      ambiguous: (store) => calledSo(store.name, stores.all).length > 1,
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
        for (const node of this.storeNodes()) if (node.id === id) this.refresh(node);
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
   * Tooltips of customers and connected stores, made when somebody points at them: only then are names of groups and versions worth a
   * request.
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
    // VS Code shows no rows now, so it has to ask again.
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
    // The row itself says how many were found, and was drawn before anybody knew.
    if (unread && 'list' in node && node.list.started)
      setImmediate(() => {
        this.refresh(node);
      });
    return rows;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return asTreeNode(node.parent);
  }

  /** The rows of all stores, the three of the demo store among them. */
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

  /** Shows a row, or all of them, as they are now. Expanded rows stay expanded. */
  refresh(node?: TreeNode): void {
    if (node !== undefined) this.#overlapping?.outdate(node);
    this.#changed.fire(node);
  }

  /** Waits until a row can be shown to VS Code: see {@link OverlappingQuestions.settled}. */
  async settled(node: TreeNode): Promise<void> {
    await this.#overlapping?.settled(node);
  }

  /**
   * Shows quietly what became of customers of a store. A search through the whole store is not repeated for that: the customers that
   * changed are taken in or out. The three rows of the demo store are one shop.
   */
  async customersChanged(store: Store, ids: readonly string[]): Promise<void> {
    const nodes = this.storeNodes().filter((node) => node.store === store || (node.parent !== undefined && store.listed === undefined));
    this.#customersChanged.fire({ stores: nodes.map((node) => node.store), ids });
    await Promise.all(
      nodes
        .flatMap(({ lists }) => lists)
        .map(async ({ list }) => {
          await (list.isSearch ? list.look(ids) : list.reload());
        }),
    );
    for (const node of nodes) {
      this.refresh(node);
      await this.#rememberedChanged(node, ids);
    }
  }

  /** Asks for remembered customers that changed, where no list has them: their rows would say what was. */
  async #rememberedChanged({ store }: StoreNode, ids: readonly string[]): Promise<void> {
    const remembered = this.#remembered;
    const shelf = new Set([...remembered.pinned(store.id), ...remembered.recent(store.id)].map((row) => summarize(row).id));
    const wanted = ids.filter((id) => shelf.has(id));
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
      // What is remembered stays as it was: opening the customer tells what became of it.
      if (!(error instanceof ToolkitError)) throw error;
    }
  }

  /** Somebody asked for all customers of a store anew. */
  customersAsked(store: Store): void {
    this.#customersChanged.fire({ stores: [store], ids: undefined });
  }

  /** Websites and store views of the customers that were seen in a store: no method lists them. */
  websiteNamesOf(store: Store): WebsiteNames {
    return websiteNamesIn((this.storeNodes().find((node) => node.store === store)?.lists ?? []).flatMap(({ list }) => list.rows));
  }

  /** A row for a customer that need not stand in the tree. @param known what is known of it, where no list has it */
  customerNode({ store, customers }: StoreNode, customer: string, known: SoapRecord | undefined): CustomerNode {
    return new CustomerNode(this.listedCustomer(store, customer) ?? known ?? { customer_id: customer }, customers, 0);
  }

  /** A customer as a list of the store shows it, if one does. */
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

  /** Ends with the store, which disposes of its listeners. */
  #follow(node: StoreNode): void {
    node.store.onDidChange(() => {
      this.refresh(node);
    });
  }
}

/** Names of the customer groups; none where they cannot be read, since their numbers say enough. */
async function groupNames({ connection }: Store): Promise<ReadonlyMap<number, string>> {
  if (connection === undefined) return new Map();
  try {
    return await customerGroups(connection);
  } catch (error) {
    if (error instanceof ToolkitError) return new Map();
    throw error;
  }
}

/** Faults of a method's resource, as the store lists them; asked when somebody points at one of its methods. */
async function methodFaults({ store, parent: { resource } }: MethodNode): Promise<readonly { code: string; message: string }[]> {
  if (resource.faults !== undefined) return resource.faults;
  const { connection } = store;
  return connection === undefined ? [] : await (await import('../stores/store-methods')).faultsOf(connection, resource.name);
}

/** Which customers lists begin with, by the setting. */
export function customersOrder(): Order {
  return vscode.workspace.getConfiguration().get('mahoSoap.customers.order') === 'oldest' ? 'oldest' : 'newest';
}

/** What is not offered on the row of a customer, and why. */
function notesOn(store: Store): readonly string[] {
  if (store.readOnly) return [readOnlyWords()];
  const undeletable = store.cannot('delete');
  return undeletable === undefined ? [] : [undeletable];
}
