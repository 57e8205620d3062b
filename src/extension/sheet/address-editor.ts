import { later, translated, t } from '../../l10n/texts';
import { reasonAgainst } from '../../api/dialect-facets';
import type { SheetMemory, SheetRequest, SheetWork } from '../../pages/sheet-messages';
import type { AddressResult } from '../../store/customers/address-save';
import type { AddressOrder, KeptAddress } from '../../store/customers/address-undo';
import { readOnlyWords } from '../stores/read-only';
import { addressId, AddressWork, type AddressStore, type AddressTask } from './address-work';
import type { FormState } from './form-state';
import type { SaveOrder } from './save-order';
import type { SheetReading } from './sheet-reading';
import { addressResult } from './sheet-state';

/** A request of the page to do something with an address. */
export type AddressRequest = Extract<SheetRequest, { type: `address-${string}` }>;

/** The customer that the addresses belong to, in its sheet. */
export interface AddressOwner {
  readonly reading: SheetReading;
  /** The form of the customer. Shows the result of the work at an address when that work has ended. */
  readonly form: FormState<SaveOrder>;
  /** Whether the store is read-only now. */
  readonly readOnly: () => boolean;
}

/** The reason why an undo is refused at the moment. */
export const UNSAVED_CHANGES = later('This customer has unsaved changes. Save or discard them, then undo.');

/** The addresses in a customer's sheet: the one that is being edited, and the changes to it that are not saved. */
export class AddressEditor {
  /** The work at an address. While there is some, it is in front of the customer's form. */
  #work: AddressWork | undefined;
  /** Whether the last write to an address is to be undone as soon as the addresses are read. */
  #undoOnceRead = false;

  /** @param pending unsaved changes to an address from an earlier sheet, kept until the addresses are read */
  constructor(
    private readonly owner: AddressOwner,
    private pending: SheetMemory['address'],
  ) {}

  /** The form of the address that is being edited. It is in front of the customer's form. */
  get form(): FormState<AddressOrder> | undefined {
    return this.#work?.form;
  }
  /** The heading and notes of the work for the page. `undefined` while no address is being edited. */
  get about(): SheetWork | undefined {
    return this.#work?.about;
  }
  /** Whether the work is to delete an address. */
  get removes(): boolean {
    return this.#work?.removes === true;
  }
  /** Whether there are unsaved changes to an address. */
  get dirty(): boolean {
    return this.#work?.dirty ?? this.pending !== undefined;
  }
  /** The unsaved changes to an address. */
  get unsaved(): SheetMemory['address'] {
    return this.#work === undefined ? this.pending : this.#work.unsaved;
  }
  /**
   * The kept values from before the last write to an address. `undefined` if they cannot be put back, or if the customer was saved later.
   */
  get last(): KeptAddress | undefined {
    const { save, address: kept } = this.owner.reading.customer ?? {};
    const rows = this.owner.reading.addressRows;
    if (kept === undefined || rows === undefined || (save !== undefined && save.at > kept.at)) return undefined;
    return AddressWork.undoing(kept.undo, rows, this.#store()) === undefined ? undefined : kept;
  }

  /** Starts with another customer. @param pending unsaved changes to one of its addresses from an earlier sheet */
  reset(pending: SheetMemory['address']): void {
    this.pending = pending;
    this.close();
  }

  /** Ends the work at an address. The customer is in front again. */
  close(): void {
    this.#work = undefined;
    this.#undoOnceRead = false;
  }

  /** Called when reading the addresses has ended, even if it failed. Continues the work, or restores the pending changes. */
  addressesRead(): void {
    const { reading, form, readOnly } = this.owner;
    const { addressRows: rows } = reading;
    if (rows === undefined) return;
    const { id, changes } = this.pending ?? {};
    if (this.#work !== undefined) {
      this.#work = this.#work.rebasedOn(rows);
      if (this.#work === undefined) form.message = t('The address is no longer in the store.');
    } else if (changes !== undefined && form.phase === 'reading' && !readOnly()) {
      this.#begin(id)?.restore({ changes });
    }
    this.pending = undefined;
    if (this.#undoOnceRead) this.undoOnceRead();
  }

  /** Shows the undo of the last write to an address, now or as soon as the addresses are read. */
  undoOnceRead(): void {
    const { reading, form, readOnly } = this.owner;
    this.#undoOnceRead = reading.addressRows === undefined;
    if (this.#undoOnceRead) return;
    const { last } = this;
    if (last === undefined) form.message = t('The address already has its earlier values, or is no longer in the store.');
    else if (readOnly()) form.message = readOnlyWords();
    else if (this.#work !== undefined || form.phase !== 'reading') form.message = translated(UNSAVED_CHANGES);
    else this.undo(last);
  }

  /** Begins a new address, an edit, a new default or a deletion. Each is reviewed before it is sent. */
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

  /** Shows the undo of an earlier write. */
  undo({ undo }: KeptAddress): void {
    this.#work = AddressWork.undoing(undo, this.owner.reading.addressRows ?? [], this.#store());
  }

  /** Sends the reviewed work. @param revision the revision that the page showed @returns `undefined` when nothing is to be sent */
  send(revision: number): AddressOrder | undefined {
    return this.#work?.form.send(revision, this.#work.order);
  }

  /** Takes the result of a write. */
  saved(outcome: AddressResult): void {
    const work = this.#work;
    const { reading, form } = this.owner;
    const order = work?.form.endSave();
    if (work === undefined || order === undefined) return;
    if (outcome.rows !== undefined) reading.takeAddresses(outcome.rows);
    if (outcome.kind === 'conflict') {
      this.#work = work.rebasedOn(outcome.rows);
      if (work.removes && this.#work !== undefined)
        this.#work.form.message = t('Someone else has changed this address in the meantime. Nothing was deleted. Check it again.');
      else this.#work?.form.conflict(outcome.conflicts);
      return;
    }
    const result = addressResult(outcome, order);
    if (outcome.kind === 'saved' || outcome.held === true) {
      // Values that were typed while the write was under way are kept.
      const later = work.form.draft?.changesBeyond(order.kind === 'update' ? order.changes : undefined) ?? [];
      this.#work = undefined;
      form.result = result;
      if (order.kind === 'update' && later.length > 0) {
        this.#begin(order.address)?.restore({ changes: [...later] });
        form.result = result;
      }
    } else {
      work.form.result = result;
      work.form.phase = work.removes ? 'reviewing' : 'editing';
    }
  }

  #begin(id: string | undefined, remove = false): AddressWork | undefined {
    const { reading, form, readOnly } = this.owner;
    const customer = reading.customer?.row;
    const there = reading.addressRows?.find((candidate) => addressId(candidate) === id);
    form.message = undefined;
    const refused = reasonAgainst(reading.customer?.dialect, 'write-addresses');
    if (readOnly()) form.message = readOnlyWords();
    else if (refused !== undefined) form.message = refused;
    else if (customer !== undefined && this.#work === undefined && form.phase === 'reading' && (id === undefined || there !== undefined)) {
      form.result = undefined;
      const task: AddressTask = there === undefined ? { kind: 'new', customer } : { kind: remove ? 'remove' : 'edit', row: there };
      this.#work = new AddressWork(task, this.#store());
      return this.#work;
    }
    return undefined;
  }

  #store(): AddressStore {
    const { customer: there } = this.owner.reading;
    return { dialect: there?.dialect ?? 'v1', generation: there?.generation, readOnly: this.owner.readOnly };
  }
}
