import type { Dialect } from '../../api/dialect';
import type { SheetAddresses, SheetState, SheetWords } from '../../pages/sheet-messages';
import type { SoapRecord } from '../../api/value';
import type { KeptAddress } from '../../store/customers/address-undo';
import type { KeptSave } from '../../store/customers/customer-undo';
import { text } from '../customer/customer-summary';
import { sheetAddresses, sheetWords, shownSections, type ReadCustomer } from './sheet-state';

/** Identifies one question to the store. The response to a question that is not the latest one is ignored. */
export type QuestionId = symbol;

/** A customer as a list of the store gave it. */
export interface ListRow {
  readonly row: SoapRecord;
  /** The dialect that the list was read over. */
  readonly read: Dialect;
}

/** The data that was read of a customer, and the questions whose responses are still wanted. */
export class SheetReading {
  #customer: ReadCustomer | undefined;
  #readAt: number | undefined;
  /** The question that has no response yet. */
  #open: QuestionId | undefined;
  /** The question whose response is shown. Later responses about the same customer, such as its addresses, belong to it. */
  #answered: QuestionId | undefined;
  #problem: SheetWords | undefined;
  #addressRows: readonly SoapRecord[] | undefined;
  #addresses: SheetAddresses = { kind: 'asking' };
  #createdAt: string | undefined;
  #listRow: ListRow | undefined;
  /** The dialect that the user chose to read over, once the customer was read over it. */
  #shownDialect: Dialect | undefined;
  /** The dialect of the open question. */
  #askedDialect: Dialect | undefined;
  readonly #revealed = new Set<string>();

  /** The customer, or the facts about the store for a new one. `undefined` until it was read. */
  get customer(): ReadCustomer | undefined {
    return this.#customer;
  }
  /** The time of that reading, in ms since 1970. */
  get readAt(): number | undefined {
    return this.#readAt;
  }
  /** The addresses. `undefined` until they were read. */
  get addressRows(): readonly SoapRecord[] | undefined {
    return this.#addressRows;
  }
  get asking(): boolean {
    return this.#open !== undefined;
  }
  /** Why the latest question failed. */
  get problem(): SheetWords | undefined {
    return this.#problem;
  }
  /** The source of the customer's times. */
  get times(): SheetState['times'] {
    return this.#customer === undefined ? { by: 'list' } : { by: 'info', listed: this.#createdAt };
  }
  /** The row that the sheet shows: the customer, or the row from a list while the store is asked for the first time. */
  get shown(): { readonly row?: SoapRecord | undefined; readonly read?: Dialect | undefined } {
    return this.#customer ?? (this.asking ? (this.#listRow ?? {}) : {});
  }

  /** The dialect to read the customer over. `undefined` for the store's own. */
  get chosenDialect(): Dialect | undefined {
    return this.#open === undefined ? this.#shownDialect : this.#askedDialect;
  }
  /** The chosen dialect that the shown customer was read over. `undefined` for the store's own. */
  get shownDialect(): Dialect | undefined {
    return this.#shownDialect;
  }

  /**
   * Begins a question to the store. The responses to earlier questions are no longer wanted.
   * @param over the dialect that the user chose to read over. Defaults to the dialect that was chosen before
   */
  ask(over = this.chosenDialect): QuestionId {
    this.#askedDialect = over;
    this.#open = Symbol('load');
    return this.#open;
  }

  /** Whether an answer to this question is still wanted. */
  wants(ticket: QuestionId): boolean {
    return this.#open === ticket || this.#answered === ticket;
  }

  /** Takes the customer that was read. @param now ms since 1970 @returns whether the response was wanted */
  customerRead(ticket: QuestionId, read: ReadCustomer, now: number): boolean {
    if (this.#open !== ticket) return false;
    this.#open = undefined;
    this.#answered = ticket;
    this.#problem = undefined;
    this.#shownDialect = this.#askedDialect;
    this.#customer = read;
    this.#readAt = now;
    return true;
  }

  /**
   * Takes an error of the store. The customer that was read before stays. Reading it over another dialect is an extra, so a failure of that
   * does not change how it is read.
   * @returns whether the error was wanted, and whether only the extra failed
   */
  failed(ticket: QuestionId, error: unknown): 'unwanted' | 'failed' | 'extra' {
    if (this.#open !== ticket) return 'unwanted';
    const extra = this.#customer !== undefined && this.#askedDialect !== this.#shownDialect;
    this.#open = undefined;
    if (!extra) this.#problem = sheetWords(error);
    return extra ? 'extra' : 'failed';
  }

  /** Takes the addresses, or the error of reading them. */
  addressesRead(ticket: QuestionId, addresses: readonly SoapRecord[] | { readonly error: unknown }): void {
    if (this.#answered !== ticket) return;
    const failed = 'error' in addresses;
    this.#addressRows = failed ? undefined : addresses;
    if (failed) this.#addresses = { kind: 'failed', problem: sheetWords(addresses.error) };
  }

  /**
   * Takes the registration date from the list, in UTC.
   * @param ticket the question it belongs to. `undefined` for what was known before any question
   */
  setCreatedAt(createdAt: string, ticket = this.#answered): void {
    if (createdAt !== '' && this.#answered === ticket) this.#createdAt = createdAt;
  }

  /** Takes the row from a list, to be shown until the store has answered. */
  setListRow(listed: ListRow): void {
    this.#listRow = listed;
  }

  /** Takes a row that is newer than the response to any open question. @param now ms since 1970 */
  take(row: SoapRecord, now: number): void {
    if (this.#customer === undefined) return;
    this.#customer = { ...this.#customer, row };
    this.#readAt = now;
    this.#open = undefined;
    this.#problem = undefined;
  }

  /** Takes the addresses that the store holds now. */
  takeAddresses(rows: readonly SoapRecord[]): void {
    this.#addressRows = rows;
  }

  /** Notes the kept values that the last write to an address replaced. */
  noteKeptAddress(address: KeptAddress): void {
    if (this.#customer !== undefined) this.#customer = { ...this.#customer, address };
  }

  /** Notes the kept values that the last save replaced. */
  noteKeptSave(save: KeptSave): void {
    if (this.#customer !== undefined) this.#customer = { ...this.#customer, save };
  }

  /** Shows a secret. */
  reveal(code: string): void {
    this.#revealed.add(code);
  }

  /** Starts with another customer and drops all that was read or is being read. @param known data that is already known of it */
  begin(known?: ReadCustomer): void {
    this.#customer = known;
    this.#readAt = known === undefined ? undefined : this.#readAt;
    this.#open = this.#answered = undefined;
    this.#problem = undefined;
    this.#addressRows = undefined;
    this.#addresses = { kind: 'asking' };
    this.#createdAt = undefined;
    this.#listRow = undefined;
    this.#shownDialect = undefined;
    this.#revealed.clear();
  }

  /** The customer as the sheet shows it, without secrets that were not revealed. */
  sections(): SheetState['sections'] {
    const { row, read } = this.shown;
    if (row === undefined || read === undefined) return [];
    const addresses = this.addresses();
    return shownSections(row, read, this.#revealed, addresses.kind === 'there' ? addresses.addresses : undefined);
  }

  addresses(): SheetAddresses {
    if (this.#addressRows === undefined) return this.#addresses;
    return { kind: 'there', addresses: sheetAddresses(this.#addressRows, this.#customer?.row) };
  }

  /** Name of the customer's group. Empty if it is not known. */
  group(): string {
    const { row, groups } = this.#customer ?? {};
    return row === undefined ? '' : (groups?.get(Number(text(row['group_id']))) ?? '');
  }
}
