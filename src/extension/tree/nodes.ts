import { t } from '../../l10n/texts';
import type { RunningDemo } from '../stores/demo-host';
import type { Store } from '../stores/store';
import { CustomerNode, CustomersNode, FilterNode, GroupNode, MoreNode, RememberedNode, type TreeRow } from './customer-nodes';
import { ApiNode, MethodNode, ResourceNode } from './api-nodes';
import { AddressNode } from './address-node';
import { NoteNode } from './note-node';
import { ProblemNode } from './problem-node';
import type { RowAbove } from './row-above';
import type { TreePorts } from './tree-ports';

export { ApiNode, CustomerNode, CustomersNode, FilterNode, GroupNode, MethodNode, MoreNode, ProblemNode, ResourceNode, RememberedNode };

/** A row of the tree. A row keeps its object as long as it exists, because VS Code identifies rows by their object. */
export type TreeNode = StoreNode | DemoNode | CustomersNode | FilterNode | RememberedNode | ApiNode | ResourceNode | MethodNode | TreeRow;

/** A store. Its children are its lists and its API, or the reason why there are none. */
export class StoreNode {
  readonly kind = 'store';
  readonly id: string;
  readonly customers: CustomersNode;
  readonly remembered: RememberedNode;
  readonly api: ApiNode;
  #filters = new Map<string, FilterNode>();
  /** Whether VS Code shows a problem below this row. */
  #saysProblem = false;
  /** Whether VS Code shows the row of pinned and recent customers below this row. `undefined` before it read the rows. */
  #showsRemembered: boolean | undefined;

  constructor(
    readonly store: Store,
    readonly parent: DemoNode | undefined,
    private readonly ports: TreePorts,
  ) {
    this.id = store.id;
    this.customers = new CustomersNode(this, ports);
    this.remembered = new RememberedNode(this, this.customers, ports);
    this.api = new ApiNode(this, ports);
  }

  /** Whether another store has the same name. */
  get ambiguous(): boolean {
    return this.ports.ambiguous(this.store);
  }

  /** The rows of the saved filters. A filter that did not change keeps its loaded customers. */
  get filters(): readonly FilterNode[] {
    const known = this.#filters;
    const nodes = this.ports.filters(this.store).map((filter) => {
      const key = JSON.stringify(filter);
      return [key, known.get(key) ?? new FilterNode(filter, this, this.ports)] as const;
    });
    this.#filters = new Map(nodes);
    return nodes.map(([, node]) => node);
  }

  /** The rows that list customers. */
  get lists(): readonly (CustomersNode | FilterNode | GroupNode)[] {
    return [...this.filters, this.customers, ...this.customers.groups];
  }

  /**
   * Connects if that needs no question. Without a key, returns a row that says so, because VS Code also reads the rows of a tree when
   * nobody clicked. Loads the first customers, too, so that their row can show a count.
   */
  async children(): Promise<readonly TreeNode[]> {
    const { store, customers } = this;
    if (store.problem !== undefined) return this.#said([new ProblemNode(store.problem, this)]);
    if (store.connection === undefined && store.failure === undefined) {
      const connecting = this.#connect();
      // VS Code redraws a row only after it has the rows below it. Until then this row would show a problem that is over, such as a missing
      // key. The children may be read several times meanwhile.
      if (this.#saysProblem) return [new NoteNode(t('Connecting'), this)];
      await connecting;
    }
    if (store.failure === undefined && customers.grouping === undefined) await customers.list.loadFirst();
    if (store.failure === undefined) {
      this.#showsRemembered = this.#remembersAny;
      return this.#said([this.api, ...(this.#showsRemembered ? [this.remembered] : []), ...this.filters, customers]);
    }
    // Customers that were loaded stay below the reason why they cannot be read again. Each row says how old it is.
    const seen = store.failure.code === 'disconnected' ? [] : [...this.filters, customers].filter(({ list }) => list.rows.length > 0);
    return this.#said([new ProblemNode(store.failure, this), ...seen]);
  }

  /**
   * The rows to draw again after customers were changed, opened or pinned. Only those that look different, so that VS Code keeps the other
   * rows. This row when other rows than customers changed: when VS Code reads rows below several rows at once, it can leave one of them
   * empty, because `getChildren` of its tree views then takes the rows of another batch.
   */
  changes(): readonly TreeNode[] {
    if (this.#showsRemembered !== this.#remembersAny) return [this];
    const changed = [...this.lists.flatMap((list) => list.changes()), ...(this.#remembersAny ? this.remembered.changes() : [])];
    const parents = changed.filter((row) => row.kind !== 'customer' || row.showsAddresses);
    return parents.every((row) => row === this.remembered) ? changed : [this];
  }

  get #remembersAny(): boolean {
    const { pinned, recent } = this.remembered;
    return pinned.length + recent.length > 0;
  }

  /** The result is reported to the listeners of the store. */
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

/** The demo store in this window: one shop, with a row for each SOAP dialect. */
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
  RememberedNode,
  CustomerNode,
  AddressNode,
  ApiNode,
  ResourceNode,
  MethodNode,
  NoteNode,
  MoreNode,
  ProblemNode,
] as const;

/** The row that was passed to a command. `undefined` for any other argument, since anybody can run a command with anything. */
export function asTreeNode(value: unknown): TreeNode | undefined {
  for (const kind of kinds) {
    if (value instanceof kind) return value;
  }
  return undefined;
}

/** The rows that a command is for. VS Code passes the clicked row and, if it is one of several selected rows, all of them. */
export function selectedNodes(clicked: unknown, selection: unknown): readonly TreeNode[] {
  const nodes = (Array.isArray(selection) && selection.length > 0 ? selection : [clicked]).map((value: unknown) => asTreeNode(value));
  return nodes.filter((node) => node !== undefined);
}

/** The row of the store that a row belongs to. `undefined` for the row of the demo store, which contains three stores. */
export function storeNodeOf(node: TreeNode): StoreNode | undefined {
  let row: RowAbove | undefined = node;
  while (row !== undefined && !(row instanceof StoreNode)) row = row.parent;
  return row;
}
