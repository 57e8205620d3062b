import { at, type AddressRow, type Row, type Values } from './attributes';
import { fold } from '../../api/collation';

/** Called before a row is read or changed, so that a store can create rows that it does not have yet; see {@link Stock}. */
export type Ensure = (id: number) => void;

/**
 * The customers, sorted by ID, so that the cost of a window of IDs depends on its rows and not on the whole store. Rows are never changed
 * in place: a change creates a new row, so that a list that is being written still sees the old state of the store.
 */
export class CustomerTable {
  #rows = new Map<number, Row>();
  #ids: number[] = [];
  #nextId = 1;
  /** Created on first use: most stores are only read, and a large store starts faster without it. */
  #byEmail: Map<string, number> | undefined;
  #version = 0;

  constructor(private readonly ensure: Ensure) {}

  /** Changes with every change of the table, so that cached results can be recognized as outdated. */
  get version(): number {
    return this.#version;
  }

  /** Number of customers, including those not created yet. */
  get size(): number {
    return this.#ids.length;
  }

  /** ID of the next customer without a given ID. IDs are never used twice. */
  get nextId(): number {
    return this.#nextId;
  }

  /** A row, created now if it was not yet. */
  get(id: number): Row | undefined {
    this.ensure(id);
    return this.#rows.get(id);
  }

  /** Announces rows with the IDs from 1 to `count`, which {@link fill} adds later. The table must be empty. */
  expect(count: number): void {
    for (let id = 1; id <= count; id++) this.#ids.push(id);
    this.reserve(count);
  }

  /** Adds a row that was announced. */
  fill(row: Row): void {
    this.#rows.set(row.id, row);
    if (this.#byEmail !== undefined) rememberEmail(this.#byEmail, row);
  }

  /** Takes the next ID. Failed inserts use one up too (wire v1/97-98). */
  takeId(): number {
    return this.#nextId++;
  }

  /** Ensures that IDs up to this one are not used again. */
  reserve(id: number): void {
    if (id >= this.#nextId) this.#nextId = id + 1;
  }

  /** Adds a row, or replaces the row with its ID. */
  put(row: Row): void {
    this.#version++;
    const before = this.get(row.id);
    if (before === undefined) this.#addId(row.id);
    else this.#forgetEmail(before);
    this.#rows.set(row.id, row);
    if (this.#byEmail !== undefined) rememberEmail(this.#byEmail, row);
    this.reserve(row.id);
  }

  /** Deletes a row. @returns whether it existed */
  delete(id: number): boolean {
    const row = this.get(id);
    if (row === undefined) return false;
    this.#version++;
    this.#forgetEmail(row);
    this.#rows.delete(id);
    const place = lowerBound(this.#ids, id);
    this.#ids.splice(place, 1);
    return true;
  }

  /** ID of the customer of a website with this e-mail, as the store's uniqueness check finds it. */
  byEmail(email: string, websiteId: string): number | undefined {
    if (this.#byEmail === undefined) {
      const index = new Map<string, number>();
      for (const row of this.all()) rememberEmail(index, row);
      this.#byEmail = index;
    }
    return this.#byEmail.get(`${websiteId} ${fold(email)}`);
  }

  /** Rows with IDs from `from` to `to`, both included, in order of their IDs. */
  *between(from: number, to: number): Generator<Row> {
    for (let place = lowerBound(this.#ids, from); place < this.#ids.length; place++) {
      const id = this.#ids[place];
      if (id === undefined || id > to) return;
      const row = this.get(id);
      if (row !== undefined) yield row;
    }
  }

  /** All rows, in order of their IDs. */
  all(): Generator<Row> {
    return this.between(0, Number.MAX_SAFE_INTEGER);
  }

  /**
   * Rows with the highest IDs, highest first. The cost depends on the number of rows that are returned.
   * @param from how many rows are skipped
   */
  newest(from: number, count: number): readonly Row[] {
    const end = Math.max(0, this.#ids.length - from);
    const ids = this.#ids.slice(Math.max(0, end - count), end).reverse();
    return ids.map((id) => this.get(id)).filter((row) => row !== undefined);
  }

  /** Removes all rows and restarts the IDs. */
  empty(): void {
    this.#version++;
    this.#rows = new Map();
    this.#ids = [];
    this.#nextId = 1;
    this.#byEmail = undefined;
  }

  /** Takes a snapshot, which shares its rows with the table. @returns a function that restores it, any number of times */
  snapshot(): () => void {
    const [rows, ids, nextId] = [new Map(this.#rows), [...this.#ids], this.#nextId];
    return () => {
      this.#version++;
      this.#rows = new Map(rows);
      this.#ids = [...ids];
      this.#nextId = nextId;
      this.#byEmail = undefined;
    };
  }

  #addId(id: number): void {
    const last = this.#ids.at(-1);
    if (last === undefined || id > last) this.#ids.push(id);
    else this.#ids.splice(lowerBound(this.#ids, id), 0, id);
  }

  #forgetEmail(row: Row): void {
    const key = this.#byEmail === undefined ? undefined : emailKey(row.values);
    if (key !== undefined && this.#byEmail?.get(key) === row.id) this.#byEmail.delete(key);
  }
}

/** The first customer with an e-mail keeps it: a seed may contain the same e-mail twice. */
function rememberEmail(index: Map<string, number>, row: Row): void {
  const key = emailKey(row.values);
  if (key !== undefined && !index.has(key)) index.set(key, row.id);
}

function emailKey(values: Values): string | undefined {
  const email = values[at.email];
  return email === null || email === undefined ? undefined : `${values[at.websiteId] ?? '0'} ${fold(email)}`;
}

/** Index of the first ID that is not less than `id`. */
function lowerBound(ids: readonly number[], id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The addresses. */
export class AddressTable {
  #rows = new Map<number, AddressRow>();
  /** IDs by customer: a number for one address, the usual case, or a list. */
  #ofCustomer = new Map<number, number | readonly number[]>();
  #nextId = 1;
  #version = 0;

  constructor(private readonly ensure: Ensure) {}

  /** See {@link CustomerTable.version}. */
  get version(): number {
    return this.#version;
  }

  /** ID of the next address. IDs are never used twice. */
  get nextId(): number {
    return this.#nextId;
  }

  /** A row, created now if it was not yet. */
  get(id: number): AddressRow | undefined {
    this.ensure(id);
    return this.#rows.get(id);
  }

  /** Takes the next ID. */
  takeId(): number {
    return this.#nextId++;
  }

  /** Ensures that IDs up to this one are not used again. */
  reserve(id: number): void {
    if (id >= this.#nextId) this.#nextId = id + 1;
  }

  /** Adds a row, or replaces the row with its ID. */
  put(row: AddressRow): void {
    this.#version++;
    this.ensure(row.id);
    this.ensure(row.customerId);
    this.fill(row);
  }

  /** Adds a row that was announced. */
  fill(row: AddressRow): void {
    if (!this.#rows.has(row.id)) {
      const ids = this.#ofCustomer.get(row.customerId);
      this.#ofCustomer.set(row.customerId, ids === undefined ? row.id : typeof ids === 'number' ? [ids, row.id] : [...ids, row.id]);
    }
    this.#rows.set(row.id, row);
    this.reserve(row.id);
  }

  /** Deletes a row. @returns whether it existed */
  delete(id: number): boolean {
    const row = this.get(id);
    if (row === undefined) return false;
    this.#version++;
    this.#rows.delete(id);
    const left = this.#idsOf(row.customerId).filter((other) => other !== id);
    if (left.length === 0) this.#ofCustomer.delete(row.customerId);
    else this.#ofCustomer.set(row.customerId, left);
    return true;
  }

  /** Addresses of a customer, newest first, which is the store's order (wire address/v1/07). */
  ofCustomer(customerId: number): readonly AddressRow[] {
    this.ensure(customerId);
    return [...this.#idsOf(customerId)]
      .sort((a, b) => b - a)
      .map((id) => this.#rows.get(id))
      .filter((row) => row !== undefined);
  }

  /** All rows. Every announced row must have been added before. */
  *all(): Generator<AddressRow> {
    yield* this.#rows.values();
  }

  /** Removes all rows and restarts the IDs. */
  empty(): void {
    this.#version++;
    this.#rows = new Map();
    this.#ofCustomer = new Map();
    this.#nextId = 1;
  }

  /** See {@link CustomerTable.keep}. */
  snapshot(): () => void {
    const [rows, ofCustomer, nextId] = [new Map(this.#rows), new Map(this.#ofCustomer), this.#nextId];
    return () => {
      this.#version++;
      this.#rows = new Map(rows);
      this.#ofCustomer = new Map(ofCustomer);
      this.#nextId = nextId;
    };
  }

  #idsOf(customerId: number): readonly number[] {
    const ids = this.#ofCustomer.get(customerId);
    return ids === undefined ? [] : typeof ids === 'number' ? [ids] : ids;
  }
}
