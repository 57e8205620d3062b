import { randomBytes } from 'node:crypto';
import { type AddressRow, type Row } from './attributes';
import { utcText } from './dates';
import { GroupTable, type Groups } from './groups';
import { AddressTable, CustomerTable } from './tables';

/** A store view: what a customer is opened in. */
export interface StoreView {
  readonly id: string;
  readonly name: string;
  readonly websiteId: string;
}

/** Everything about the shop that does not change. */
export interface ShopConfig {
  readonly storeViews: readonly StoreView[];
  readonly timeZone: string;
}

/** The shop that the recorded store was: two websites, three views. */
export const recordedShop: Omit<ShopConfig, 'timeZone'> = {
  storeViews: [
    { id: '0', name: 'Admin', websiteId: '0' },
    { id: '1', name: 'Default Store View', websiteId: '1' },
    { id: '2', name: 'Second English', websiteId: '2' },
    { id: '3', name: 'German', websiteId: '1' },
  ],
};

/** One change to the data, complete in itself: applying it twice does no harm. */
export type Change =
  | { readonly type: 'customer'; readonly row: Row }
  | { readonly type: 'customer-gone'; readonly id: number }
  | { readonly type: 'address'; readonly row: AddressRow }
  | { readonly type: 'address-gone'; readonly id: number }
  | ({ readonly type: 'groups' } & Groups)
  | { readonly type: 'sequence'; readonly customer: number; readonly address: number };

/** Keeps changes somewhere safe. */
export interface ChangeKeeper {
  /** Resolves once the changes would survive a kill. */
  keep(changes: readonly Change[]): Promise<void>;
  /** Resolves once the whole shop, as it is then, would survive a kill, and nothing that was kept before. */
  keepAnew(): Promise<void>;
}

/**
 * Customers that are made when they are first looked at, so that a large store is ready at once. IDs go from 1 to
 * `customers`; an address of a customer has the customer's ID.
 */
export interface Stock {
  readonly customers: number;
  /** Customers that are made together. */
  readonly blockSize: number;
  /** The rows of a block, counted from 0. The same each time. */
  block(index: number): Iterable<Extract<Change, { readonly type: 'customer' | 'address' }>>;
}

/** The shop's data: the only place where it changes. */
export class Shop {
  readonly customers = new CustomerTable((id) => this.#ensure(id));
  readonly addresses = new AddressTable((id) => this.#ensure(id));
  readonly groups = new GroupTable();
  #stock: Stock | undefined;
  /** Blocks that were not made yet, by a 1 in their place. */
  #promised = new Uint8Array(0);
  #keeper: ChangeKeeper | undefined;
  #pending: Promise<void> | undefined;

  constructor(
    readonly config: ShopConfig,
    private readonly clock: () => Date,
  ) {}

  /** Now, as the database writes it. */
  now(): string {
    return utcText(this.clock());
  }

  /** Stocks an empty shop with the promise of customers. */
  stock(stock: Stock): void {
    this.#stock = stock;
    this.#promised = new Uint8Array(Math.ceil(stock.customers / stock.blockSize)).fill(1);
    this.customers.expect(stock.customers);
    this.addresses.reserve(stock.customers);
  }

  /**
   * Makes the next block that is still only promised. Called again and again while there is nothing else to do, it
   * spares the first search through the whole store the wait.
   * @returns whether there was one
   */
  makeBlock(): boolean {
    const index = this.#promised.indexOf(1);
    if (index >= 0) this.#make(index);
    return index >= 0;
  }

  #ensure(id: number): void {
    if (this.#stock === undefined) return;
    const index = Math.floor((id - 1) / this.#stock.blockSize);
    if (this.#promised[index] === 1) this.#make(index);
  }

  #make(index: number): void {
    if (this.#stock === undefined) return;
    this.#promised[index] = 0;
    for (const { type, row } of this.#stock.block(index)) {
      if (type === 'customer') this.customers.fill(row);
      else this.addresses.fill(row);
    }
  }

  /** Hands every later change to a keeper. */
  keepWith(keeper: ChangeKeeper): void {
    this.#keeper = keeper;
  }

  /** Remembers all rows as they are, and those that are only promised. @returns what puts them back, as often as it is called */
  keep(): () => void {
    const [customers, addresses] = [this.customers.keep(), this.addresses.keep()];
    const [stock, promised, groups] = [this.#stock, this.#promised.slice(), this.groups.now];
    return () => {
      customers();
      addresses();
      this.groups.set(groups);
      this.#stock = stock;
      this.#promised = promised.slice();
    };
  }

  /** Takes all customers out, promised ones too, and begins to number anew; groups stay. Called while the shop is replaced. */
  empty(): void {
    this.customers.empty();
    this.addresses.empty();
    this.#stock = undefined;
    this.#promised = new Uint8Array(0);
  }

  /**
   * Makes another shop of this one. It is seen at once.
   * @returns once it is safe that the shop is another one
   */
  async replace(make: () => void): Promise<void> {
    make();
    await this.#keeper?.keepAnew();
  }

  /** Makes changes. They are seen at once; {@link settled} tells when they are safe. */
  change(...changes: readonly Change[]): void {
    for (const change of changes) this.apply(change);
    if (this.#keeper === undefined) return;
    const kept = this.#keeper.keep(changes);
    const before = this.#pending;
    this.#pending = before === undefined ? kept : Promise.all([before, kept]).then(() => undefined);
  }

  /** The promise that everything changed since the last call is safe, or `undefined` when there is nothing to wait for. */
  settled(): Promise<void> | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }

  /** Makes a change without keeping it: what comes from the keeper or from a seed. */
  apply(change: Change): void {
    switch (change.type) {
      case 'customer':
        this.customers.put(change.row);
        return;
      case 'customer-gone':
        this.customers.delete(change.id);
        for (const address of this.addresses.ofCustomer(change.id)) this.addresses.delete(address.id);
        return;
      case 'address':
        this.addresses.put(change.row);
        return;
      case 'address-gone':
        this.addresses.delete(change.id);
        return;
      case 'groups':
        this.groups.set({ groups: change.groups, nextId: change.nextId });
        return;
      case 'sequence':
        this.customers.reserve(change.customer - 1);
        this.addresses.reserve(change.address - 1);
    }
  }

  /** Every row as a change, then where the numbering stands: all that a copy of the shop needs. */
  *everything(): Generator<Change> {
    // Walking the customers makes what was only promised, their addresses too.
    for (const row of this.customers.all()) yield { type: 'customer', row };
    for (const row of this.addresses.all()) yield { type: 'address', row };
    // Older versions read a file as long as nobody changed a group.
    if (!this.groups.isUntouched) yield { type: 'groups', ...this.groups.now };
    yield this.sequence();
  }

  /** Where the numbering stands. Gaps from failed inserts and deleted rows must outlive a restart. */
  sequence(): Change {
    return { type: 'sequence', customer: this.customers.nextId, address: this.addresses.nextId };
  }

  /** The store view with this ID, a number as text; `undefined` when there is none. */
  storeView(id: string): StoreView | undefined {
    return this.config.storeViews.find((view) => view.id === id);
  }

  hasWebsite(id: string): boolean {
    return this.config.storeViews.some((view) => view.websiteId === id);
  }
}

/** 32 hex characters, as sessions and confirmation keys are. */
export function randomKey(): string {
  return randomBytes(16).toString('hex');
}

/** A copy of a row with some values changed. */
export function changed(row: Row, values: Readonly<Record<number, string | null>>): Row {
  const copy = [...row.values];
  for (const [index, value] of Object.entries(values)) copy[Number(index)] = value;
  return { id: row.id, values: copy };
}
