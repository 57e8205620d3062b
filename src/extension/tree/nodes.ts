import type { ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { RunningDemo } from '../demo/demo-host';
import type { Store } from '../stores/store';
import { summarize } from './customer-summary';
import { CustomerList, type Order } from './customer-list';

/** A row of the tree. The same object stands for the same row as long as the row lives: VS Code knows rows by it. */
export type TreeNode = StoreNode | DemoNode | CustomersNode | CustomerNode | MoreNode | ProblemNode;

/** A store: its children are what it offers, or the reason why it cannot. */
export class StoreNode {
  readonly kind = 'store';
  readonly id: string;
  readonly customers: CustomersNode;

  constructor(
    readonly store: Store,
    readonly parent: DemoNode | undefined,
    order: () => Order,
  ) {
    this.id = store.id;
    this.customers = new CustomersNode(this, order);
  }

  /**
   * Connects where nobody needs to be asked: without a key it says so instead, since VS Code also reads the rows of a tree when
   * nobody clicked. The first customers come along, so that their row can say how many there are.
   */
  async children(): Promise<readonly TreeNode[]> {
    const { store, customers } = this;
    if (store.problem !== undefined) return [new ProblemNode(store.problem, this)];
    await store.connect();
    if (store.failure === undefined) await customers.list.loadFirst();
    return store.failure === undefined ? [customers] : [new ProblemNode(store.failure, this)];
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
    order: () => Order,
  ) {
    this.#stores = demo.stores.map((store) => new StoreNode(store, this, order));
  }

  children(): readonly StoreNode[] {
    return this.#stores;
  }
}

/** The customers of a store as far as they were asked for. */
export class CustomersNode {
  readonly kind = 'customers';
  readonly id: string;
  readonly list: CustomerList;
  #nodes = new Map<SoapRecord, CustomerNode>();

  constructor(
    readonly parent: StoreNode,
    order: () => Order,
  ) {
    this.id = `${parent.id}/customers`;
    this.list = new CustomerList(parent.store, order);
  }

  async children(): Promise<readonly TreeNode[]> {
    await this.list.loadFirst();
    const { rows, problem, more } = this.list;
    const known = this.#nodes;
    const ids = new Set<string>();
    const nodes = rows.map((row, index) => {
      const node = known.get(row) ?? new CustomerNode(row, this, index);
      // VS Code refuses a tree in which an ID stands twice, and a store may send anything.
      const distinct = ids.has(node.id) ? new CustomerNode(row, this, index, true) : node;
      ids.add(distinct.id);
      return distinct;
    });
    this.#nodes = new Map(nodes.map((node) => [node.row, node]));
    if (problem !== undefined) return [...nodes, new ProblemNode(problem, this)];
    return more ? [...nodes, new MoreNode(this)] : nodes;
  }
}

/** One customer, as the list returned it. */
export class CustomerNode {
  readonly kind = 'customer';
  readonly id: string;

  constructor(
    readonly row: SoapRecord,
    readonly parent: CustomersNode,
    index: number,
    ambiguous = false,
  ) {
    const { id } = summarize(row);
    this.id = `${parent.id}/${id === '' || ambiguous ? `row-${index}` : id}`;
  }
}

/** What the next customers are loaded by. */
export class MoreNode {
  readonly kind = 'more';
  readonly id: string;

  constructor(readonly parent: CustomersNode) {
    this.id = `${parent.id}/more`;
  }
}

/** Why the rows that should stand here do not. */
export class ProblemNode {
  readonly kind = 'problem';
  readonly id: string;

  constructor(
    readonly problem: ToolkitError,
    readonly parent: StoreNode | CustomersNode,
  ) {
    this.id = `${parent.id}/problem`;
  }
}

const kinds = [StoreNode, DemoNode, CustomersNode, CustomerNode, MoreNode, ProblemNode] as const;

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

/** The store to which a row belongs. */
export function storeNodeOf(node: TreeNode): StoreNode | undefined {
  switch (node.kind) {
    case 'store':
      return node;
    case 'demo':
      return undefined;
    default:
      return storeNodeOf(node.parent);
  }
}
