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

/** What rows need from the editor around them. */
export interface TreePorts {
  readonly order: () => Order;
  /** The saved filters of a store, in their order. */
  readonly filters: (store: Store) => readonly SavedFilter[];
  /** Whether the name of a store means another one as well. */
  readonly ambiguous: (store: Store) => boolean;
  /** Customers of a store that were pinned, and those that were used last. */
  readonly pinned: (store: Store) => readonly SoapRecord[];
  readonly recent: (store: Store) => readonly SoapRecord[];
  /** Runs a search through a store with progress and a way to stop it. */
  readonly search: (title: string) => LongTask;
  /** Runs something that a store should be quick with; when it is not, says so and offers to stop waiting. */
  readonly wait: (title: string) => LongTask;
  /** The methods of stores. */
  readonly methods: () => Promise<KnownMethods>;
}

/** A row under which customers stand. */
export type ListNode = CustomersNode | FilterNode | GroupNode;

/** A row below which a customer stands. */
export type CustomerParent = ListNode | ShelfNode;

/** The customers of a store as far as they were asked for, one below the other or grouped. */
export class CustomersNode {
  readonly kind = 'customers';
  readonly id: string;
  readonly list: RowList;
  readonly #rows = new CustomerRows(this);
  #grouping: Grouping | undefined;
  #groups: readonly GroupNode[] | undefined;
  #problem: ToolkitError | undefined;
  /** Stands for the latest question for groups: only its answer counts. */
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
  /** What the customers are grouped by; `undefined` while they are not. */
  get grouping(): Grouping | undefined {
    return this.#grouping;
  }
  /** The groups as far as they are known. */
  get groups(): readonly GroupNode[] {
    return this.#groups ?? [];
  }

  /** Groups the customers, or shows them one below the other again. Nothing is asked of the store before the row is looked at. */
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

  /** Asks the store anew for what is shown. */
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
      // The grouping was changed meanwhile, or loaded again.
      if (this.#asked !== asked) return;
      this.#groups = groups.map((group) => {
        const node = new GroupNode(group, this, this.ports);
        // A group that stays keeps the customers it has seen.
        return known.get(node.id)?.sameAs(group) === true ? (known.get(node.id) ?? node) : node;
      });
      this.#problem = undefined;
    } catch (error) {
      if (this.#asked === asked && !(await this.store.lost(error))) this.#problem = toToolkitError(error);
    }
  }

  /** Forgets why the groups could not be read, so that they are asked for again. */
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

  /** Whether a group that was read anew is this one, unchanged. */
  sameAs(group: CustomerGroup): boolean {
    return JSON.stringify(group) === JSON.stringify(this.group);
  }

  async children(): Promise<readonly TreeRow[]> {
    await this.list.loadFirst();
    return this.#rows.show();
  }
}

/** The customers that a saved filter finds. */
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

/** The customers that somebody works with: pinned ones, then those used last. Nothing is asked of the store for them. */
export class ShelfNode {
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
  /** The customers of the store, which know how old what is shown is. */
  get list(): RowList {
    return this.customers.list;
  }
  get pinned(): readonly SoapRecord[] {
    return this.ports.pinned(this.store);
  }
  /** Those used last that are not pinned. */
  get recent(): readonly SoapRecord[] {
    const pinned = new Set(this.pinned.map((row) => summarize(row).id));
    return this.ports.recent(this.store).filter((row) => !pinned.has(summarize(row).id));
  }

  /** Rows stay the same ones as long as what they show does. A row that a list knows says more than what is remembered. */
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

/** One customer, as the list returned it; with its addresses below it once somebody asked for them. */
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
  /** Whether somebody asked for the addresses. */
  get showsAddresses(): boolean {
    return this.#showsAddresses;
  }

  /** Shows the addresses as they are now, at the next look. */
  showAddresses(): void {
    this.#showsAddresses = true;
    this.#addresses = undefined;
  }

  async children(): Promise<readonly TreeRow[]> {
    if (!this.#showsAddresses) return [];
    // `showAddresses` may have asked for them anew meanwhile: then the latest reading counts.
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

/** What is said while something of a store is waited for. */
function waitingFor(what: string, store: Store): string {
  return t('Asking {name} for {what}', { name: store.config?.name ?? store.name, what });
}

/** The words for a wait that was stopped. */
async function stoppable<T>(stop: AbortSignal, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!stop.aborted) throw error;
    throw new ToolkitError('input', { code: 'stopped', what: t('Stopped waiting for the store.'), next: t('Retry to ask again.') });
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

/** Words where rows would stand if there were any. */
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

/** What the next customers are loaded by. */
export class MoreNode {
  readonly kind = 'more';
  readonly id: string;

  constructor(readonly parent: ListNode) {
    this.id = `${parent.id}/more`;
  }
}

/** Rows below one that holds customers. */
export type TreeRow = CustomerNode | GroupNode | MoreNode | NoteNode | AddressNode | ProblemNode;

/** Makes rows of the customers of a list: the same customer stays the same row as long as the list holds it. */
class CustomerRows {
  #nodes = new Map<SoapRecord, CustomerNode>();
  /** Rows by ID from before the last look, for customers that were read anew. */
  #byId = new Map<string, CustomerNode>();

  constructor(private readonly parent: ListNode) {}

  show(): readonly TreeRow[] {
    const { parent } = this;
    const { rows, problem, more, reloadFailed } = parent.list;
    const ids = new Set<string>();
    const nodes = rows.map((row, index) => {
      const node = this.#nodes.get(row) ?? this.#fresh(row, index);
      // VS Code refuses a tree in which an ID stands twice, and a store may send anything.
      const distinct = ids.has(node.id) ? new CustomerNode(row, parent, index, true) : node;
      ids.add(distinct.id);
      return distinct;
    });
    this.#nodes = new Map(nodes.map((node) => [node.row, node]));
    this.#byId = new Map(nodes.map((node) => [node.id, node]));
    // Why nothing newer is shown is said above what is older; why nothing follows, where it would follow.
    if (problem !== undefined)
      return reloadFailed && nodes.length > 0 ? [new ProblemNode(problem, parent), ...nodes] : [...nodes, new ProblemNode(problem, parent)];
    if (more && !parent.list.cutOff) return [...nodes, new MoreNode(parent)];
    // The row of all customers says so itself.
    return nodes.length === 0 && parent.kind !== 'customers' ? [new NoteNode(t('No customers found'), parent)] : nodes;
  }

  #fresh(row: SoapRecord, index: number): CustomerNode {
    const node = new CustomerNode(row, this.parent, index);
    if (this.#byId.get(node.id)?.showsAddresses === true) node.showAddresses();
    return node;
  }
}
