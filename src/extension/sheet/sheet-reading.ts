import type { Dialect } from '../../api/dialect';
import type { SheetAddresses, SheetState, SheetWords } from '../../pages/sheet-messages';
import type { SoapRecord } from '../../api/value';
import type { KeptAddress } from '../../store/customers/address-undo';
import type { KeptSave } from '../../store/customers/customer-undo';
import { text } from '../customer/customer-summary';
import { sheetAddresses, sheetWords, shownSections, type ReadCustomer } from './sheet-state';

/** Stands for one question to the store: an answer to another one than the latest changes nothing. */
export type Ticket = symbol;

/** A customer as a list of the store gave it. */
export interface ListedCustomer {
  readonly row: SoapRecord;
  /** Dialect that the list was read over. */
  readonly read: Dialect;
}

/** What was read of a customer, and which answers are still wanted. */
export class SheetReading {
  #there: ReadCustomer | undefined;
  #readAt: number | undefined;
  /** The question that is open. */
  #open: Ticket | undefined;
  /** The question whose answer is shown: what follows it, such as addresses, belongs to it. */
  #answered: Ticket | undefined;
  #problem: SheetWords | undefined;
  #addressRows: readonly SoapRecord[] | undefined;
  #addresses: SheetAddresses = { kind: 'asking' };
  #listed: string | undefined;
  #inList: ListedCustomer | undefined;
  /** Dialect that somebody chose to read over, once the customer came over it. */
  #over: Dialect | undefined;
  /** Dialect that the open question goes over. */
  #asked: Dialect | undefined;
  readonly #revealed = new Set<string>();

  /** The customer, or what is known of the store for a new one; `undefined` until it was read. */
  get there(): ReadCustomer | undefined {
    return this.#there;
  }
  /** When that was, in ms since 1970. */
  get readAt(): number | undefined {
    return this.#readAt;
  }
  /** The addresses, once they were read. */
  get addressRows(): readonly SoapRecord[] | undefined {
    return this.#addressRows;
  }
  get asking(): boolean {
    return this.#open !== undefined;
  }
  /** Why the latest question was not answered. */
  get problem(): SheetWords | undefined {
    return this.#problem;
  }
  /** Where the times of the customer were read. */
  get times(): SheetState['times'] {
    return this.#there === undefined ? { by: 'list' } : { by: 'info', listed: this.#listed };
  }
  /** What the sheet shows: the customer, or as long as the store is asked for the first time what a list says of it. */
  get shown(): { readonly row?: SoapRecord | undefined; readonly read?: Dialect | undefined } {
    return this.#there ?? (this.asking ? (this.#inList ?? {}) : {});
  }

  /** Dialect that the customer is to be read over; `undefined` for the store's own. */
  get over(): Dialect | undefined {
    return this.#open === undefined ? this.#over : this.#asked;
  }
  /** Dialect that what is shown was read over because somebody chose it; `undefined` for the store's own. */
  get cameOver(): Dialect | undefined {
    return this.#over;
  }

  /**
   * The store is being asked: earlier questions are of no interest any more.
   * @param over dialect that somebody chose to read over; otherwise the one that was chosen before
   */
  ask(over = this.over): Ticket {
    this.#asked = over;
    this.#open = Symbol('load');
    return this.#open;
  }

  /** Whether an answer to this question is still wanted. */
  wants(ticket: Ticket): boolean {
    return this.#open === ticket || this.#answered === ticket;
  }

  /** The customer is there. @param now ms since 1970 @returns whether that was wanted */
  came(ticket: Ticket, read: ReadCustomer, now: number): boolean {
    if (this.#open !== ticket) return false;
    this.#open = undefined;
    this.#answered = ticket;
    this.#problem = undefined;
    this.#over = this.#asked;
    this.#there = read;
    this.#readAt = now;
    return true;
  }

  /**
   * The store did not give the customer. What was there before stays, and is read as before: another dialect is an extra.
   * @returns whether that was wanted, and whether only the extra failed
   */
  failed(ticket: Ticket, error: unknown): 'unwanted' | 'failed' | 'extra' {
    if (this.#open !== ticket) return 'unwanted';
    const extra = this.#there !== undefined && this.#asked !== this.#over;
    this.#open = undefined;
    if (!extra) this.#problem = sheetWords(error);
    return extra ? 'extra' : 'failed';
  }

  /** The addresses are there, or are not. */
  addressesCame(ticket: Ticket, addresses: readonly SoapRecord[] | { readonly error: unknown }): void {
    if (this.#answered !== ticket) return;
    const failed = 'error' in addresses;
    this.#addressRows = failed ? undefined : addresses;
    if (failed) this.#addresses = { kind: 'failed', problem: sheetWords(addresses.error) };
  }

  /**
   * What the list says of when the customer registered, in UTC. @param ticket the question it belongs to; none for what was known before
   */
  listedAs(createdAt: string, ticket = this.#answered): void {
    if (createdAt !== '' && this.#answered === ticket) this.#listed = createdAt;
  }

  /** What a list says of the customer, to be shown until the store has answered. */
  inList(listed: ListedCustomer): void {
    this.#inList = listed;
  }

  /** What the store holds by now, newer than the answer to any question before it. @param now ms since 1970 */
  take(row: SoapRecord, now: number): void {
    if (this.#there === undefined) return;
    this.#there = { ...this.#there, row };
    this.#readAt = now;
    this.#open = undefined;
    this.#problem = undefined;
  }

  /** The addresses that the store holds by now. */
  takeAddresses(rows: readonly SoapRecord[]): void {
    this.#addressRows = rows;
  }

  /** Keeps what the last write to an address replaced. */
  keepsAddress(address: KeptAddress): void {
    if (this.#there !== undefined) this.#there = { ...this.#there, address };
  }

  /** Keeps what the last save wrote over. */
  keeps(save: KeptSave): void {
    if (this.#there !== undefined) this.#there = { ...this.#there, save };
  }

  /** A secret is to be shown. */
  reveal(code: string): void {
    this.#revealed.add(code);
  }

  /** It is another customer from here on: nothing that was read, or is being read, is of it. @param known what is known of it already */
  begin(known?: ReadCustomer): void {
    this.#there = known;
    this.#readAt = known === undefined ? undefined : this.#readAt;
    this.#open = this.#answered = undefined;
    this.#problem = undefined;
    this.#addressRows = undefined;
    this.#addresses = { kind: 'asking' };
    this.#listed = undefined;
    this.#inList = undefined;
    this.#over = undefined;
    this.#revealed.clear();
  }

  /** The customer as the sheet shows it; secrets that were not revealed are not in it. */
  sections(): SheetState['sections'] {
    const { row, read } = this.shown;
    if (row === undefined || read === undefined) return [];
    const addresses = this.addresses();
    return shownSections(row, read, this.#revealed, addresses.kind === 'there' ? addresses.addresses : undefined);
  }

  addresses(): SheetAddresses {
    if (this.#addressRows === undefined) return this.#addresses;
    return { kind: 'there', addresses: sheetAddresses(this.#addressRows, this.#there?.row) };
  }

  /** Name of the customer's group, where it is known. */
  group(): string {
    const { row, groups } = this.#there ?? {};
    return row === undefined ? '' : (groups?.get(Number(text(row['group_id']))) ?? '');
  }
}
