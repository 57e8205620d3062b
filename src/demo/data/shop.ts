import { randomBytes } from 'node:crypto';
import { type AddressRow, type Row } from './attributes';
import { utcText } from './dates';
import { GroupTable, type Groups } from './groups';
import { AddressTable, CustomerTable } from './tables';

/** A store view, in which customers are created. */
export interface StoreView {
  readonly id: string;
  readonly name: string;
  readonly websiteId: string;
}

/** The configuration of the shop, which does not change. */
export interface ShopConfig {
  readonly storeViews: readonly StoreView[];
  readonly timeZone: string;
}

/** The shop of the recorded store: two websites, three store views. */
export const recordedShop: Omit<ShopConfig, 'timeZone'> = {
  storeViews: [
    { id: '0', name: 'Admin', websiteId: '0' },
    { id: '1', name: 'Default Store View', websiteId: '1' },
    { id: '2', name: 'Second English', websiteId: '2' },
    { id: '3', name: 'German', websiteId: '1' },
  ],
};

/** One change to the data. It contains complete rows, so applying it twice has no further effect. */
export type Change =
  | { readonly type: 'customer'; readonly row: Row }
  | { readonly type: 'customer-gone'; readonly id: number }
  | { readonly type: 'address'; readonly row: AddressRow }
  | { readonly type: 'address-gone'; readonly id: number }
  | ({ readonly type: 'groups' } & Groups)
  | { readonly type: 'sequence'; readonly customer: number; readonly address: number };

/** Stores changes durably. */
export interface ChangeJournal {
  /** Resolves once the changes would survive a kill of the process. */
  append(changes: readonly Change[]): Promise<void>;
  /** Replaces everything that was kept before with the current shop. Resolves once that would survive a kill of the process. */
  rewrite(): Promise<void>;
}

/**
 * Customers that are created when they are first read, so that a large store starts at once. Their IDs go from 1 to `customers`; the
 * address of a customer has the customer's ID.
 */
export interface Stock {
  readonly customers: number;
  /** How many customers are created together. */
  readonly blockSize: number;
  /** The rows of a block; `index` counts from 0. The result is the same each time. */
  block(index: number): Iterable<Extract<Change, { readonly type: 'customer' | 'address' }>>;
}

/** The shop's data. All changes to it go through this class. */
export class Shop {
  readonly customers = new CustomerTable((id) => this.#ensure(id));
  readonly addresses = new AddressTable((id) => this.#ensure(id));
  readonly groups = new GroupTable();
  #stock: Stock | undefined;
  /** Has a 1 for each block that was not created yet. */
  #promised = new Uint8Array(0);
  #journal: ChangeJournal | undefined;
  #pending: Promise<void> | undefined;

  constructor(
    readonly config: ShopConfig,
    private readonly clock: () => Date,
  ) {}

  /** The current time in the database's form. */
  now(): string {
    return utcText(this.clock());
  }

  /** Fills an empty shop with customers that are created when they are first read. */
  stock(stock: Stock): void {
    this.#stock = stock;
    this.#promised = new Uint8Array(Math.ceil(stock.customers / stock.blockSize)).fill(1);
    this.customers.expect(stock.customers);
    this.addresses.reserve(stock.customers);
  }

  /**
   * Creates the next missing block. Called repeatedly while the store is idle, so that the first search through the whole store does not
   * have to wait for it.
   * @returns whether a block was missing
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

  /** Writes every later change to a journal. */
  recordIn(journal: ChangeJournal): void {
    this.#journal = journal;
  }

  /** Takes a snapshot of all rows, including those not created yet. @returns a function that restores it, any number of times */
  snapshot(): () => void {
    const [customers, addresses] = [this.customers.snapshot(), this.addresses.snapshot()];
    const [stock, promised, groups] = [this.#stock, this.#promised.slice(), this.groups.now];
    return () => {
      customers();
      addresses();
      this.groups.set(groups);
      this.#stock = stock;
      this.#promised = promised.slice();
    };
  }

  /** Removes all customers, including those not created yet, and restarts their IDs; groups stay. Called while the shop is replaced. */
  empty(): void {
    this.customers.empty();
    this.addresses.empty();
    this.#stock = undefined;
    this.#promised = new Uint8Array(0);
  }

  /**
   * Replaces the contents of the shop. The new contents are visible at once.
   * @returns a promise that resolves once the replacement is stored durably
   */
  async replace(make: () => void): Promise<void> {
    make();
    await this.#journal?.rewrite();
  }

  /** Applies changes. They are visible at once; {@link settled} tells when they are stored durably. */
  change(...changes: readonly Change[]): void {
    for (const change of changes) this.apply(change);
    if (this.#journal === undefined) return;
    const kept = this.#journal.append(changes);
    const before = this.#pending;
    this.#pending = before === undefined ? kept : Promise.all([before, kept]).then(() => undefined);
  }

  /** A promise that resolves once all changes since the last call are stored durably; `undefined` when there were none. */
  settled(): Promise<void> | undefined {
    const pending = this.#pending;
    this.#pending = undefined;
    return pending;
  }

  /** Applies a change without keeping it, for changes that come from the journal or from a seed. */
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

  /** Every row as a change, then the next IDs: everything that a copy of the shop needs. */
  *everything(): Generator<Change> {
    // Iterating over the customers creates the missing blocks, including their addresses.
    for (const row of this.customers.all()) yield { type: 'customer', row };
    for (const row of this.addresses.all()) yield { type: 'address', row };
    // Older versions cannot read a file with groups, so groups are written only if they were changed.
    if (!this.groups.isUntouched) yield { type: 'groups', ...this.groups.now };
    yield this.sequence();
  }

  /** The next IDs. Gaps from failed inserts and deleted rows must survive a restart. */
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

/** 32 hexadecimal characters, as in session IDs and confirmation keys. */
export function randomKey(): string {
  return randomBytes(16).toString('hex');
}

/** A copy of a row with some values changed. */
export function changed(row: Row, values: Readonly<Record<number, string | null>>): Row {
  const copy = [...row.values];
  for (const [index, value] of Object.entries(values)) copy[Number(index)] = value;
  return { id: row.id, values: copy };
}
