import { t } from '../../l10n/texts';
import { customer } from '../../api/resources/customer';
import { ToolkitError, toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { selectionOf, type SavedFilter } from '../customer/saved-filter';
import type { Store } from '../stores/store';
import type { KnownMethods } from '../stores/store-methods';
import { readAddresses } from '../../store/customers/addresses';
import { RowList, type LongTask } from '../customer/row-list';
import type { Order } from '../customer/row-walk';
import { summarize, text } from '../customer/customer-summary';
import type { CustomerGroup, Grouping } from '../customer/grouping';
import { ProblemNode } from './problem-node';
import type { RowAbove, StoreRow } from './row-above';

/** The parts of the editor that rows need. */
export interface TreePorts {
  readonly order: () => Order;
  /** The saved filters of a store, in their order. */
  readonly filters: (store: Store) => readonly SavedFilter[];
  /** Whether another store has the same name. */
  readonly ambiguous: (store: Store) => boolean;
  /** The pinned customers of a store, and those that were used recently. */
  readonly pinned: (store: Store) => readonly SoapRecord[];
  readonly recent: (store: Store) => readonly SoapRecord[];
  /** Runs a search through a store with progress and a way to stop it. */
  readonly search: (title: string) => LongTask;
  /** Runs a task that a store should complete quickly. If it takes long, shows a notification that offers to stop waiting. */
  readonly wait: (title: string) => LongTask;
  /** The methods of stores. */
  readonly methods: () => Promise<KnownMethods>;
}

/** A row that lists customers. */
export type ListNode = CustomersNode | FilterNode | GroupNode;

/** A row that can contain customers. */
export type CustomerParent = ListNode | RememberedNode;

/** The loaded customers of a store, as a list or grouped. */
export class CustomersNode {
  readonly kind = 'customers';
  readonly id: string;
  readonly list: RowList;
  readonly #rows = new CustomerRows(this);
  #grouping: Grouping | undefined;
  #groups: readonly GroupNode[] | undefined;
  #problem: ToolkitError | undefined;
  /** Identifies the latest question for groups. Only its response counts. */
  #asked: symbol | undefined;

  constructor(
    readonly parent: StoreRow,
    readonly ports: TreePorts,
  ) {
    this.id = `${parent.id}/customers`;
    this.list = new RowList(parent.store, customer, ports.order, {}, ports.wait(waitingFor(t('customers'), parent.store)));
  }

  get store(): Store {
    return this.parent.store;
  }
  /** The attribute that the customers are grouped by. `undefined` when they are not grouped. */
  get grouping(): Grouping | undefined {
    return this.#grouping;
  }
  /** The groups that were read so far. */
  get groups(): readonly GroupNode[] {
    return this.#groups ?? [];
  }

  /** Groups the customers, or shows them as a list again. The store is only asked when the row is shown. */
  groupBy(grouping: Grouping | undefined): void {
    this.#grouping = grouping;
    this.#asked = undefined;
    this.#groups = undefined;
    this.#problem = undefined;
  }

  async children(): Promise<readonly TreeRow[]> {
    if (this.#grouping !== undefined) return await this.#grouped(this.#grouping);
    await this.list.loadFirst();
    return this.#rows.show();
  }

  /** Reads the shown customers or groups again. */
  async reload(): Promise<void> {
    if (this.#grouping === undefined) {
      await this.list.reload();
      return;
    }
    await this.#readGroups(this.#grouping);
    await Promise.all(this.groups.map(({ list }) => list.reload()));
  }

  async #grouped(grouping: Grouping): Promise<readonly TreeRow[]> {
    if (this.#groups === undefined && this.#problem === undefined) await this.#readGroups(grouping);
    return this.#problem === undefined ? this.groups : [new ProblemNode(this.#problem, this), ...this.groups];
  }

  async #readGroups(grouping: Grouping): Promise<void> {
    const asked = (this.#asked = Symbol(grouping));
    const known = new Map(this.groups.map((node) => [node.id, node]));
    try {
      const { client } = await this.store.connected();
      const { groupsOf } = await import('../customer/grouping');
      let groups: readonly CustomerGroup[] = [];
      await this.ports.wait(waitingFor(t('groups'), this.store))(async (_, stop) => {
        groups = await stoppable(
          stop,
          async () => await groupsOf(client, grouping, this.list.rows, AbortSignal.any([this.store.signal, stop])),
        );
      });
      // Meanwhile the grouping was changed, or the groups were read again.
      if (this.#asked !== asked) return;
      this.#groups = groups.map((group) => {
        const node = new GroupNode(group, this, this.ports);
        // A group that did not change keeps its loaded customers.
        return known.get(node.id)?.sameAs(group) === true ? (known.get(node.id) ?? node) : node;
      });
      this.#problem = undefined;
    } catch (error) {
      if (this.#asked === asked && !(await this.store.lost(error))) this.#problem = toToolkitError(error);
    }
  }

  /** Forgets why the groups could not be read, so that they are read again. */
  forgetProblem(): void {
    this.#problem = undefined;
  }
}

/** The customers of one group or website. */
export class GroupNode {
  readonly kind = 'group';
  readonly id: string;
  readonly list: RowList;
  readonly #rows = new CustomerRows(this);

  constructor(
    readonly group: CustomerGroup,
    readonly parent: CustomersNode,
    readonly ports: TreePorts,
  ) {
    this.id = `${parent.id}/by-${group.key}`;
    this.list = new RowList(
      parent.store,
      customer,
      ports.order,
      { filters: group.filters },
      ports.wait(waitingFor(group.label, parent.store)),
    );
  }

  get store(): Store {
    return this.parent.store;
  }

  /** Whether a group that was read again is this one, unchanged. */
  sameAs(group: CustomerGroup): boolean {
    return JSON.stringify(group) === JSON.stringify(this.group);
  }

  async children(): Promise<readonly TreeRow[]> {
    await this.list.loadFirst();
    return this.#rows.show();
  }
}

/** The customers that match a saved filter. */
export class FilterNode {
  readonly kind = 'filter';
  readonly id: string;
  readonly list: RowList;
  readonly #rows = new CustomerRows(this);

  constructor(
    readonly filter: SavedFilter,
    readonly parent: StoreRow,
    readonly ports: TreePorts,
  ) {
    this.id = `${parent.id}/filter:${filter.name}`;
    this.list = new RowList(
      parent.store,
      customer,
      ports.order,
      selectionOf(filter),
      selectionOf(filter).matches !== undefined ? ports.search(filter.name) : ports.wait(waitingFor(filter.name, parent.store)),
    );
  }

  get store(): Store {
    return this.parent.store;
  }

  async children(): Promise<readonly TreeRow[]> {
    await this.list.loadFirst();
    return this.#rows.show();
  }
}

/** The customers that the user works with: pinned ones, then those used recently. The store is not asked for them. */
export class RememberedNode {
  readonly kind = 'shelf';
  readonly id: string;
  #nodes = new Map<string, CustomerNode>();

  constructor(
    readonly parent: StoreRow,
    private readonly customers: CustomersNode,
    readonly ports: TreePorts,
  ) {
    this.id = `${parent.id}/shelf`;
  }

  get store(): Store {
    return this.parent.store;
  }
  /** The customers of the store, which tell how old the shown rows are. */
  get list(): RowList {
    return this.customers.list;
  }
  get pinned(): readonly SoapRecord[] {
    return this.ports.pinned(this.store);
  }
  /** The recent customers that are not pinned. */
  get recent(): readonly SoapRecord[] {
    const pinned = new Set(this.pinned.map((row) => summarize(row).id));
    return this.ports.recent(this.store).filter((row) => !pinned.has(summarize(row).id));
  }

  /** A row object is kept as long as its content is the same. A row of a list has more attributes than the remembered one. */
  children(): readonly CustomerNode[] {
    const listed = new Map(this.list.rows.map((row) => [summarize(row).id, row]));
    const before = this.#nodes;
    const nodes = [...this.pinned, ...this.recent].map((remembered, index) => {
      const { id } = summarize(remembered);
      const row = listed.get(id) ?? remembered;
      const known = before.get(id);
      if (known !== undefined && JSON.stringify(known.row) === JSON.stringify(row)) return known;
      const node = new CustomerNode(row, this, index);
      if (known?.showsAddresses === true) node.showAddresses();
      return node;
    });
    this.#nodes = new Map(nodes.map((node) => [summarize(node.row).id, node]));
    return nodes;
  }
}

/** One customer as the list returned it. Shows its addresses below it once the user asked for them. */
export class CustomerNode {
  readonly kind = 'customer';
  readonly id: string;
  #showsAddresses = false;
  #addresses: Promise<readonly (AddressNode | NoteNode | ProblemNode)[]> | undefined;

  constructor(
    readonly row: SoapRecord,
    readonly parent: CustomerParent,
    index: number,
    ambiguous = false,
  ) {
    const { id } = summarize(row);
    this.id = `${parent.id}/${id === '' || ambiguous ? `row-${index}` : id}`;
  }

  get store(): Store {
    return this.parent.store;
  }
  /** Whether the user asked for the addresses. */
  get showsAddresses(): boolean {
    return this.#showsAddresses;
  }

  /** Shows the addresses. They are read again when the row is next shown. */
  showAddresses(): void {
    this.#showsAddresses = true;
    this.#addresses = undefined;
  }

  async children(): Promise<readonly TreeRow[]> {
    if (!this.#showsAddresses) return [];
    // `showAddresses` may have started another reading meanwhile. The latest one counts.
    this.#addresses ??= this.#readAddresses(this.parent.ports);
    return await this.#addresses;
  }

  async #readAddresses({ wait }: TreePorts): Promise<readonly (AddressNode | NoteNode | ProblemNode)[]> {
    try {
      const { client } = await this.store.connected();
      let addresses: readonly SoapRecord[] = [];
      await wait(waitingFor(t('addresses'), this.store))(async (_, stop) => {
        addresses = await stoppable(
          stop,
          async () => await readAddresses(client, summarize(this.row).id, AbortSignal.any([this.store.signal, stop])),
        );
      });
      return addresses.length === 0
        ? [new NoteNode(t('No addresses'), this)]
        : addresses.map((row, index) => new AddressNode(row, this, index));
    } catch (error) {
      return [new ProblemNode(toToolkitError(error), this)];
    }
  }
}

/** The title of a notification while a store is being waited for. */
function waitingFor(what: string, store: Store): string {
  return t('Reading {what} of {name}', { name: store.config?.name ?? store.name, what });
}

/** Turns the error of a wait that was stopped into one that says so. */
async function stoppable<T>(stop: AbortSignal, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!stop.aborted) throw error;
    throw new ToolkitError('input', { code: 'stopped', what: t('Stopped waiting for the store.'), next: t('Retry to read again.') });
  }
}

/** One address of a customer. */
export class AddressNode {
  readonly kind = 'address';
  readonly id: string;

  constructor(
    readonly row: SoapRecord,
    readonly parent: CustomerNode,
    index: number,
  ) {
    const id = text(row['customer_address_id']);
    this.id = `${parent.id}/address-${id === '' ? `row-${index}` : id}`;
  }
}

/** A text in the place of missing rows. */
export class NoteNode {
  readonly kind = 'note';
  readonly id: string;

  constructor(
    readonly words: string,
    readonly parent: RowAbove,
  ) {
    this.id = `${parent.id}/note`;
  }
}

/** The row that loads the next customers. */
export class MoreNode {
  readonly kind = 'more';
  readonly id: string;

  constructor(readonly parent: ListNode) {
    this.id = `${parent.id}/more`;
  }
}

/** The rows below a row that contains customers. */
export type TreeRow = CustomerNode | GroupNode | MoreNode | NoteNode | AddressNode | ProblemNode;

/** Makes rows for the customers of a list. A customer keeps its row object as long as the list holds it. */
class CustomerRows {
  #nodes = new Map<SoapRecord, CustomerNode>();
  /** Rows from before the last reading by ID, for customers that were read again. */
  #byId = new Map<string, CustomerNode>();

  constructor(private readonly parent: ListNode) {}

  show(): readonly TreeRow[] {
    const { parent } = this;
    const { rows, problem, more, reloadFailed } = parent.list;
    const ids = new Set<string>();
    const nodes = rows.map((row, index) => {
      const node = this.#nodes.get(row) ?? this.#fresh(row, index);
      // VS Code refuses a tree in which an ID occurs twice, and a store may send duplicates.
      const distinct = ids.has(node.id) ? new CustomerNode(row, parent, index, true) : node;
      ids.add(distinct.id);
      return distinct;
    });
    this.#nodes = new Map(nodes.map((node) => [node.row, node]));
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
    // The problem is shown above old rows that could not be read again, or in the place of rows that could not be loaded.
    if (problem !== undefined)
      return reloadFailed && nodes.length > 0 ? [new ProblemNode(problem, parent), ...nodes] : [...nodes, new ProblemNode(problem, parent)];
    if (more && !parent.list.cutOff) return [...nodes, new MoreNode(parent)];
    // The row of all customers already says that there are none.
    return nodes.length === 0 && parent.kind !== 'customers' ? [new NoteNode(t('No customers found'), parent)] : nodes;
  }

  #fresh(row: SoapRecord, index: number): CustomerNode {
    const node = new CustomerNode(row, this.parent, index);
    if (this.#byId.get(node.id)?.showsAddresses === true) node.showAddresses();
    return node;
  }
}
