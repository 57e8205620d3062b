import { at, type AddressRow, type Row, type Values } from './attributes';
import { fold } from '../../api/collation';

/**
 * Called before a row is looked at or changed, so that a store which was stocked with the promise of rows can make them
 * now; see {@link Stock}.
 */
export type Ensure = (id: number) => void;

/**
 * The customers, sorted by ID so that a window of IDs costs what it holds and not what the store holds. Rows are never
 * changed in place: a change is a new row, so that a list being written out sees the store as it was.
 */
export class CustomerTable {
  #rows = new Map<number, Row>();
  #ids: number[] = [];
  #nextId = 1;
  /** Made when it is first asked for: most stores are only read, and a large one starts faster without it. */
  #byEmail: Map<string, number> | undefined;
  #version = 0;

  constructor(private readonly ensure: Ensure) {}

  /** Another number after each change, so that what was found before can be told from what holds. */
  get version(): number {
    return this.#version;
  }

  /** Customers there are, those that are only promised too. */
  get size(): number {
    return this.#ids.length;
  }

  /** What the next customer without an ID of its own gets. IDs are never given twice. */
  get nextId(): number {
    return this.#nextId;
  }

  /** A row, made now where it was only promised. */
  get(id: number): Row | undefined {
    this.ensure(id);
    return this.#rows.get(id);
  }

  /** Promises rows with the IDs from 1 to `count`; the table must be empty. They come by {@link fill}. */
  expect(count: number): void {
    for (let id = 1; id <= count; id++) this.#ids.push(id);
    this.reserve(count);
  }

  /** Brings a row that was promised. */
  fill(row: Row): void {
    this.#rows.set(row.id, row);
    if (this.#byEmail !== undefined) rememberEmail(this.#byEmail, row);
  }

  /** Takes an ID out of the sequence; also failed inserts use one up (wire v1/97-98). */
  takeId(): number {
    return this.#nextId++;
  }

  /** Makes sure that IDs up to this one are not given again. */
  reserve(id: number): void {
    if (id >= this.#nextId) this.#nextId = id + 1;
  }

  /** Adds a row, or takes it in the place of the one with its ID. */
  put(row: Row): void {
    this.#version++;
    const before = this.get(row.id);
    if (before === undefined) this.#addId(row.id);
    else this.#forgetEmail(before);
    this.#rows.set(row.id, row);
    if (this.#byEmail !== undefined) rememberEmail(this.#byEmail, row);
    this.reserve(row.id);
  }

  /** Takes a row out. @returns whether there was one */
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

  /** The customer of a website with this e-mail, as the store's uniqueness check finds it. */
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
   * Rows with the highest IDs, highest first: a page costs what it holds.
   * @param from how many are left out
   */
  newest(from: number, count: number): readonly Row[] {
    const end = Math.max(0, this.#ids.length - from);
    const ids = this.#ids.slice(Math.max(0, end - count), end).reverse();
    return ids.map((id) => this.get(id)).filter((row) => row !== undefined);
  }

  /** Takes all rows out and begins to number anew. */
  empty(): void {
    this.#version++;
    this.#rows = new Map();
    this.#ids = [];
    this.#nextId = 1;
    this.#byEmail = undefined;
  }

  /** Remembers the rows as they are, which share memory with the table. @returns what puts them back, as often as it is called */
  keep(): () => void {
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

/** The first customer with an e-mail keeps it; a seed may have brought it twice. */
function rememberEmail(index: Map<string, number>, row: Row): void {
  const key = emailKey(row.values);
  if (key !== undefined && !index.has(key)) index.set(key, row.id);
}

function emailKey(values: Values): string | undefined {
  const email = values[at.email];
  return email === null || email === undefined ? undefined : `${values[at.websiteId] ?? '0'} ${fold(email)}`;
}

/** Place of the first ID that is not below `id`. */
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
  /** IDs by customer: one, as nearly everybody has, or several. */
  #ofCustomer = new Map<number, number | readonly number[]>();
  #nextId = 1;
  #version = 0;

  constructor(private readonly ensure: Ensure) {}

  /** As {@link CustomerTable.version}. */
  get version(): number {
    return this.#version;
  }

  /** What the next address gets. IDs are never given twice. */
  get nextId(): number {
    return this.#nextId;
  }

  /** A row, made now where it was only promised. */
  get(id: number): AddressRow | undefined {
    this.ensure(id);
    return this.#rows.get(id);
  }

  /** Takes an ID out of the sequence. */
  takeId(): number {
    return this.#nextId++;
  }

  /** Makes sure that IDs up to this one are not given again. */
  reserve(id: number): void {
    if (id >= this.#nextId) this.#nextId = id + 1;
  }

  /** Adds a row, or takes it in the place of the one with its ID. */
  put(row: AddressRow): void {
    this.#version++;
    this.ensure(row.id);
    this.ensure(row.customerId);
    this.fill(row);
  }

  /** Brings a row that was promised. */
  fill(row: AddressRow): void {
    if (!this.#rows.has(row.id)) {
      const ids = this.#ofCustomer.get(row.customerId);
      this.#ofCustomer.set(row.customerId, ids === undefined ? row.id : typeof ids === 'number' ? [ids, row.id] : [...ids, row.id]);
    }
    this.#rows.set(row.id, row);
    this.reserve(row.id);
  }

  /** Takes a row out. @returns whether there was one */
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

  /** Addresses of a customer, newest first as the store lists them (wire address/v1/07). */
  ofCustomer(customerId: number): readonly AddressRow[] {
    this.ensure(customerId);
    return [...this.#idsOf(customerId)]
      .sort((a, b) => b - a)
      .map((id) => this.#rows.get(id))
      .filter((row) => row !== undefined);
  }

  /** All rows; those that were only promised must have been brought. */
  *all(): Generator<AddressRow> {
    yield* this.#rows.values();
  }

  /** Takes all rows out and begins to number anew. */
  empty(): void {
    this.#version++;
    this.#rows = new Map();
    this.#ofCustomer = new Map();
    this.#nextId = 1;
  }

  /** As {@link CustomerTable.keep}. */
  keep(): () => void {
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
