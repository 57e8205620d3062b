import { t } from '../../l10n/texts';
import { customer } from '../../api/resources/customer';
import { toToolkitError, type ToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import { selectionOf, type SavedFilter } from '../customer/saved-filter';
import type { Store } from '../stores/store';
import { readAddresses } from '../../store/customers/addresses';
import { RowList } from '../customer/row-list';
import { firstWebsite, summarize } from '../customer/customer-summary';
import type { CustomerGroup, Grouping } from '../customer/grouping';
import { AddressNode } from './address-node';
import { NoteNode } from './note-node';
import { ProblemNode } from './problem-node';
import { DrawnRows } from './drawn-rows';
import type { StoreRow } from './row-above';
import { stoppable, waitingFor, type TreePorts } from './tree-ports';

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

  changes(): readonly (CustomerNode | CustomerParent)[] {
    return this.#grouping === undefined ? this.#rows.changes() : [];
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

  /** The rows to draw again after the list changed. See {@link CustomerRows.changes}. */
  changes(): readonly (CustomerNode | CustomerParent)[] {
    return this.#rows.changes();
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

  /** The rows to draw again after the list changed. See {@link CustomerRows.changes}. */
  changes(): readonly (CustomerNode | CustomerParent)[] {
    return this.#rows.changes();
  }
}

/** The customers that the user works with: pinned ones, then those used recently. The store is not asked for them. */
export class RememberedNode {
  readonly kind = 'remembered';
  readonly id: string;
  #nodes = new Map<string, CustomerNode>();
  #drawn: DrawnRows<CustomerNode> | undefined;

  constructor(
    readonly parent: StoreRow,
    private readonly customers: CustomersNode,
    readonly ports: TreePorts,
  ) {
    this.id = `${parent.id}/remembered`;
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

  /** A customer keeps its row object. The row of a list has more attributes than the remembered one. */
  children(): readonly CustomerNode[] {
    const listed = new Map(this.list.rows.map((row) => [summarize(row).id, row]));
    const nodes = [...this.pinned, ...this.recent].map((remembered, index) => {
      const { id } = summarize(remembered);
      return nodeFor(this.#nodes.get(id), listed.get(id) ?? remembered, this, index);
    });
    this.#nodes = new Map(nodes.map((node) => [summarize(node.row).id, node]));
    const context = [firstWebsite(this.list.rows), this.list.staleSince, this.pinned.length, this.recent.length];
    this.#drawn = new DrawnRows(nodes, this.pinned, JSON.stringify(context));
    return nodes;
  }

  /** The rows to draw again after customers changed. This row, when customers were added, removed or moved. */
  changes(): readonly (CustomerNode | CustomerParent)[] {
    const before = this.#drawn;
    if (before === undefined) return [this];
    this.children();
    return this.#drawn?.since(before) ?? [this];
  }
}

/** One customer as the list returned it last. Shows its addresses below it once the user asked for them. */
export class CustomerNode {
  readonly kind = 'customer';
  readonly id: string;
  #row: SoapRecord;
  #showsAddresses = false;
  #addresses: Promise<readonly (AddressNode | NoteNode | ProblemNode)[]> | undefined;

  constructor(
    row: SoapRecord,
    readonly parent: CustomerParent,
    index: number,
    ambiguous = false,
  ) {
    this.#row = row;
    this.id = customerRowId(row, parent, index, ambiguous);
  }

  get row(): SoapRecord {
    return this.#row;
  }
  get store(): Store {
    return this.parent.store;
  }
  /** Whether the user asked for the addresses. */
  get showsAddresses(): boolean {
    return this.#showsAddresses;
  }

  /** Shows what the store returned for the same customer later. Its addresses may have changed too, so they are read again. */
  update(row: SoapRecord): void {
    if (row === this.#row) return;
    this.#row = row;
    this.#addresses = undefined;
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

/** The ID of a customer's row. @param ambiguous whether a row above it has the same customer */
function customerRowId(row: SoapRecord, parent: CustomerParent, index: number, ambiguous: boolean): string {
  const { id } = summarize(row);
  return `${parent.id}/${id === '' || ambiguous ? `row-${index}` : id}`;
}

/** The row object that a customer had before, with its new content, or a new one. */
function nodeFor(known: CustomerNode | undefined, row: SoapRecord, parent: CustomerParent, index: number, ambiguous = false): CustomerNode {
  if (known === undefined) return new CustomerNode(row, parent, index, ambiguous);
  known.update(row);
  return known;
}

/** Makes rows for the customers of a list. A customer keeps its row object as long as the list holds it. */
class CustomerRows {
  #nodes = new Map<string, CustomerNode>();
  #drawn: DrawnRows<CustomerNode> | undefined;

  constructor(private readonly parent: ListNode) {}

  show(): readonly TreeRow[] {
    const { parent } = this;
    const { problem, more, reloadFailed } = parent.list;
    const nodes = this.#customers();
    // The problem is shown above old rows that could not be read again, or in the place of rows that could not be loaded.
    if (problem !== undefined)
      return reloadFailed && nodes.length > 0 ? [new ProblemNode(problem, parent), ...nodes] : [...nodes, new ProblemNode(problem, parent)];
    if (more && !parent.list.cutOff) return [...nodes, new MoreNode(parent)];
    // The row of all customers already says that there are none.
    return nodes.length === 0 && parent.kind !== 'customers' ? [new NoteNode(t('No customers found'), parent)] : nodes;
  }

  /**
   * The rows to draw again after the list changed: only the customers that look different, so that VS Code keeps the other rows.
   * @returns the row above them when customers were added, removed or moved, or when it looks different itself
   */
  changes(): readonly (CustomerNode | CustomerParent)[] {
    const before = this.#drawn;
    if (before === undefined) return this.parent.list.started ? [this.parent] : [];
    this.#customers();
    return this.#drawn?.since(before) ?? [this.parent];
  }

  #customers(): readonly CustomerNode[] {
    const { list, ports, store } = this.parent;
    const ids = new Set<string>();
    const nodes = list.rows.map((row, index) => {
      const id = customerRowId(row, this.parent, index, false);
      // VS Code refuses a tree in which an ID occurs twice, and a store may send duplicates.
      const ambiguous = ids.has(id);
      const distinct = ambiguous ? customerRowId(row, this.parent, index, true) : id;
      ids.add(distinct);
      return nodeFor(this.#nodes.get(distinct), row, this.parent, index, ambiguous);
    });
    this.#nodes = new Map(nodes.map((node) => [node.id, node]));
    this.#drawn = new DrawnRows(nodes, ports.pinned(store), this.#context());
    return nodes;
  }

  /** The state of the list that its rows and the row above them show. */
  #context(): string {
    const { rows, more, stopped, checked, staleSince, outdated, problem, cutOff } = this.parent.list;
    return JSON.stringify([firstWebsite(rows), more, stopped, checked, staleSince, outdated, problem?.message, cutOff]);
  }
}
