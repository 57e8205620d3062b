import { later, said, t } from '../../l10n/texts';
import { reasonAgainst } from '../../api/dialect-facets';
import type { SheetMemory, SheetRequest, SheetWork } from '../../pages/sheet-messages';
import type { AddressResult } from '../../store/customers/address-save';
import type { AddressOrder, KeptAddress } from '../../store/customers/address-undo';
import { readOnlyWords } from '../stores/read-only';
import { addressId, AddressWork, type AddressStore, type AddressTask } from './address-work';
import type { FormDesk } from './form-desk';
import type { SaveOrder } from './save-order';
import type { SheetReading } from './sheet-reading';
import { addressResult } from './sheet-state';

/** What can be done with the addresses in a sheet. */
export type AddressRequest = Extract<SheetRequest, { type: `address-${string}` }>;

/** The customer that the addresses belong to, in its sheet. */
export interface AddressOwner {
  readonly reading: SheetReading;
  /** The work at the customer: it says what came of the work at an address once that is over. */
  readonly desk: FormDesk<SaveOrder>;
  /** Whether the store takes no writes, as it is now. */
  readonly readOnly: () => boolean;
}

/** Why nothing is taken back at the moment. */
export const UNSAVED = later('There are changes to this customer that are not saved. Save or discard them, then undo.');

/** The addresses of a customer in its sheet: which is worked at, and what was typed into it and not saved. */
export class AddressDesk {
  /** The work at an address; it is in front while there is one. */
  #work: AddressWork | undefined;
  /** Whether the last write to an address is to be taken back once the addresses are there. */
  #undoes = false;

  /** @param pending what was typed into an address earlier, until the addresses are there */
  constructor(
    private readonly owner: AddressOwner,
    private pending: SheetMemory['address'],
  ) {}

  /** The form of the address that is worked at; it is in front of the customer's. */
  get desk(): FormDesk<AddressOrder> | undefined {
    return this.#work?.desk;
  }
  /** What the page says about the work; `undefined` while no address is worked at. */
  get about(): SheetWork | undefined {
    return this.#work?.about;
  }
  /** Whether an address is to be deleted. */
  get removes(): boolean {
    return this.#work?.removes === true;
  }
  /** Whether something was typed that is not saved. */
  get dirty(): boolean {
    return this.#work?.dirty ?? this.pending !== undefined;
  }
  /** What was typed and is not saved. */
  get unsaved(): SheetMemory['address'] {
    return this.#work === undefined ? this.pending : this.#work.unsaved;
  }
  /** What a write to an address replaced, where that can be put back and is the last that was saved. */
  get last(): KeptAddress | undefined {
    const { save, address: kept } = this.owner.reading.there ?? {};
    const rows = this.owner.reading.addressRows;
    if (kept === undefined || rows === undefined || (save !== undefined && save.at > kept.at)) return undefined;
    return AddressWork.undoing(kept.undo, rows, this.#store()) === undefined ? undefined : kept;
  }

  /** Another customer takes the place of this one. @param pending what was typed into an address of it earlier */
  reset(pending: SheetMemory['address']): void {
    this.pending = pending;
    this.close();
  }

  /** The work at an address is over: the customer is in front again. */
  close(): void {
    this.#work = undefined;
    this.#undoes = false;
  }

  /** The addresses were read, or not: the work goes on, or what was typed earlier is taken up. */
  came(): void {
    const { reading, desk, readOnly } = this.owner;
    const { addressRows: rows } = reading;
    if (rows === undefined) return;
    const { id, changes } = this.pending ?? {};
    if (this.#work !== undefined) {
      this.#work = this.#work.onTop(rows);
      if (this.#work === undefined) desk.message = t('The address is no longer in the store.');
    } else if (changes !== undefined && desk.phase === 'reading' && !readOnly()) {
      this.#begin(id)?.restore({ changes });
    }
    this.pending = undefined;
    if (this.#undoes) this.undoOnceThere();
  }

  /** Shows what takes the last write to an address back, now or as soon as the addresses are there. */
  undoOnceThere(): void {
    const { reading, desk, readOnly } = this.owner;
    this.#undoes = reading.addressRows === undefined;
    if (this.#undoes) return;
    const { last } = this;
    if (last === undefined) desk.message = t('The address already has its earlier values, or is no longer in the store.');
    else if (readOnly()) desk.message = readOnlyWords();
    else if (this.#work !== undefined || desk.phase !== 'reading') desk.message = said(UNSAVED);
    else this.undo(last);
  }

  /** A form is wanted, a default is to be set, or an address is to be deleted: each is looked over before it is sent. */
  start(request: AddressRequest): void {
    switch (request.type) {
      case 'address-new':
        this.#begin(undefined);
        return;
      case 'address-edit':
        this.#begin(request.id);
        return;
      case 'address-default':
        this.#begin(request.id)?.makeDefault(request.flag);
        return;
      case 'address-remove':
        this.#begin(request.id, true);
    }
  }

  /** Shows what takes an earlier write back. */
  undo({ undo }: KeptAddress): void {
    this.#work = AddressWork.undoing(undo, this.owner.reading.addressRows ?? [], this.#store());
  }

  /** What was looked over is to be sent. @param revision what the page looked over @returns `undefined` when it is not to be sent */
  send(revision: number): AddressOrder | undefined {
    return this.#work?.desk.send(revision, this.#work.order);
  }

  /** A write ended. */
  saved(outcome: AddressResult): void {
    const work = this.#work;
    const { reading, desk } = this.owner;
    const order = work?.desk.endSave();
    if (work === undefined || order === undefined) return;
    if (outcome.rows !== undefined) reading.takeAddresses(outcome.rows);
    if (outcome.kind === 'conflict') {
      this.#work = work.onTop(outcome.rows);
      if (work.removes && this.#work !== undefined)
        this.#work.desk.message = t('Somebody else changed this address meanwhile. Nothing was deleted. Look at it again.');
      else this.#work?.desk.conflict(outcome.conflicts);
      return;
    }
    const result = addressResult(outcome, order);
    if (outcome.kind === 'saved' || outcome.held === true) {
      // What was typed while it was sent is not thrown away.
      const later = work.desk.draft?.changesBeyond(order.kind === 'update' ? order.changes : undefined) ?? [];
      this.#work = undefined;
      desk.result = result;
      if (order.kind === 'update' && later.length > 0) {
        this.#begin(order.address)?.restore({ changes: [...later] });
        desk.result = result;
      }
    } else {
      work.desk.result = result;
      work.desk.phase = work.removes ? 'reviewing' : 'editing';
    }
  }

  #begin(id: string | undefined, remove = false): AddressWork | undefined {
    const { reading, desk, readOnly } = this.owner;
    const customer = reading.there?.row;
    const there = reading.addressRows?.find((candidate) => addressId(candidate) === id);
    desk.message = undefined;
    const refused = reasonAgainst(reading.there?.dialect, 'write-addresses');
    if (readOnly()) desk.message = readOnlyWords();
    else if (refused !== undefined) desk.message = refused;
    else if (customer !== undefined && this.#work === undefined && desk.phase === 'reading' && (id === undefined || there !== undefined)) {
      desk.result = undefined;
      const task: AddressTask = there === undefined ? { kind: 'new', customer } : { kind: remove ? 'remove' : 'edit', row: there };
      this.#work = new AddressWork(task, this.#store());
      return this.#work;
    }
    return undefined;
  }

  #store(): AddressStore {
    const { there } = this.owner.reading;
    return { dialect: there?.dialect ?? 'v1', generation: there?.generation, readOnly: this.owner.readOnly };
  }
}
