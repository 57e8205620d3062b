import { t } from '../../l10n/texts';
import type { RunningDemo } from '../stores/demo-host';
import type { Store } from '../stores/store';
import {
  AddressNode,
  CustomerNode,
  CustomersNode,
  FilterNode,
  GroupNode,
  MoreNode,
  NoteNode,
  ShelfNode,
  type TreePorts,
  type TreeRow,
} from './customer-nodes';
import { ApiNode, MethodNode, ResourceNode } from './api-nodes';
import { ProblemNode } from './problem-node';
import type { RowAbove } from './row-above';

export { ApiNode, CustomerNode, CustomersNode, FilterNode, GroupNode, MethodNode, MoreNode, ProblemNode, ResourceNode, ShelfNode };

/** A row of the tree. The same object stands for the same row as long as the row lives: VS Code knows rows by it. */
export type TreeNode = StoreNode | DemoNode | CustomersNode | FilterNode | ShelfNode | ApiNode | ResourceNode | MethodNode | TreeRow;

/** A store: its children are what it offers, or the reason why it cannot. */
export class StoreNode {
  readonly kind = 'store';
  readonly id: string;
  readonly customers: CustomersNode;
  readonly shelf: ShelfNode;
  readonly api: ApiNode;
  #filters = new Map<string, FilterNode>();
  /** Whether a problem is what VS Code shows below this row. */
  #saysProblem = false;

  constructor(
    readonly store: Store,
    readonly parent: DemoNode | undefined,
    private readonly ports: TreePorts,
  ) {
    this.id = store.id;
    this.customers = new CustomersNode(this, ports);
    this.shelf = new ShelfNode(this, this.customers, ports);
    this.api = new ApiNode(this, ports);
  }

  /** Whether the name of the store means another one as well. */
  get ambiguous(): boolean {
    return this.ports.ambiguous(this.store);
  }

  /** The rows of the saved filters. One that did not change keeps what it has found. */
  get filters(): readonly FilterNode[] {
    const known = this.#filters;
    const nodes = this.ports.filters(this.store).map((filter) => {
      const key = JSON.stringify(filter);
      return [key, known.get(key) ?? new FilterNode(filter, this, this.ports)] as const;
    });
    this.#filters = new Map(nodes);
    return nodes.map(([, node]) => node);
  }

  /** The rows that hold customers. */
  get lists(): readonly (CustomersNode | FilterNode | GroupNode)[] {
    return [...this.filters, this.customers, ...this.customers.groups];
  }

  /**
   * Connects where nobody needs to be asked: without a key it says so instead, since VS Code also reads the rows of a tree when
   * nobody clicked. The first customers come along, so that their row can say how many there are.
   */
  async children(): Promise<readonly TreeNode[]> {
    const { store, customers } = this;
    if (store.problem !== undefined) return this.#said([new ProblemNode(store.problem, this)]);
    if (store.connection === undefined && store.failure === undefined) {
      const connecting = this.#connect();
      // VS Code draws a row anew only when it has the rows below it: until then this one would say what is over, such as that a key is
      // missing. It may be read several times meanwhile.
      if (this.#saysProblem) return [new NoteNode(t('Connecting'), this)];
      await connecting;
    }
    if (store.failure === undefined && customers.grouping === undefined) await customers.list.loadFirst();
    if (store.failure === undefined) return this.#said([this.api, ...this.#shelf, ...this.filters, customers]);
    // What was seen stays below the reason why nothing newer is there: each row says how old it is.
    const seen = store.failure.code === 'disconnected' ? [] : [...this.filters, customers].filter(({ list }) => list.rows.length > 0);
    return this.#said([new ProblemNode(store.failure, this), ...seen]);
  }

  /** The row of pinned and recent customers, once there are any. */
  get #shelf(): readonly ShelfNode[] {
    const { shelf } = this;
    return shelf.pinned.length + shelf.recent.length === 0 ? [] : [shelf];
  }

  /** The listeners of the store learn how it ends. */
  async #connect(): Promise<void> {
    const { store } = this;
    await this.ports.wait(t('Connecting to {name}', { name: store.config?.name ?? store.name }))(async (_, stop) => {
      stop.addEventListener('abort', () => {
        void store.disconnect();
      });
      await store.connect();
    });
  }

  #said(rows: readonly TreeNode[]): readonly TreeNode[] {
    this.#saysProblem = rows[0]?.kind === 'problem';
    return rows;
  }
}

/** The demo store in this window: one shop, spoken to in three dialects. */
export class DemoNode {
  readonly kind = 'demo';
  readonly id = 'demo';
  readonly parent = undefined;
  readonly #stores: readonly StoreNode[];

  constructor(
    readonly demo: RunningDemo,
    ports: TreePorts,
  ) {
    this.#stores = demo.stores.map((store) => new StoreNode(store, this, ports));
  }

  children(): readonly StoreNode[] {
    return this.#stores;
  }
}

const kinds = [
  StoreNode,
  DemoNode,
  CustomersNode,
  FilterNode,
  GroupNode,
  ShelfNode,
  CustomerNode,
  AddressNode,
  ApiNode,
  ResourceNode,
  MethodNode,
  NoteNode,
  MoreNode,
  ProblemNode,
] as const;

/** What VS Code passes to a command is whatever somebody called it with: this tells whether it is one of our rows. */
export function asTreeNode(value: unknown): TreeNode | undefined {
  for (const kind of kinds) {
    if (value instanceof kind) return value;
  }
  return undefined;
}

/** The rows a command is meant for: VS Code passes the one that was clicked and, when it is one of several selected, all of those. */
export function selectedNodes(clicked: unknown, selection: unknown): readonly TreeNode[] {
  const nodes = (Array.isArray(selection) && selection.length > 0 ? selection : [clicked]).map((value: unknown) => asTreeNode(value));
  return nodes.filter((node) => node !== undefined);
}

/** The row of the store to which a row belongs; `undefined` for the demo store's row, which holds three of them. */
export function storeNodeOf(node: TreeNode): StoreNode | undefined {
  let row: RowAbove | undefined = node;
  while (row !== undefined && !(row instanceof StoreNode)) row = row.parent;
  return row;
}
