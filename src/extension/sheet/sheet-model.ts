import { said, t } from '../../l10n/texts';
import type { Dialect } from '../../api/dialect';
import type { SheetChange, SheetMemory, SheetPhase, SheetPlace, SheetState, SheetUndo, SheetUpdate } from '../../pages/sheet-messages';
import type { AddressResult } from '../../store/customers/address-save';
import type { AddressOrder, KeptAddress } from '../../store/customers/address-undo';
import type { SoapRecord } from '../../api/value';
import type { SaveResult } from '../../store/customers/customer-save';
import type { KeptSave } from '../../store/customers/customer-undo';
import { summarize, text } from '../customer/customer-summary';
import { readOnlyWords } from '../stores/read-only';
import { AddressDesk, type AddressRequest, UNSAVED } from './address-desk';
import { Draft } from './draft';
import { FormDesk } from './form-desk';
import { orderOf, valuesOf, type SaveOrder } from './save-order';
import { SheetReading, type Ticket } from './sheet-reading';
import { sheetState, titleOf, type SheetStore } from './sheet-drawing';
import { draftBase, refusal, sheetForm, sheetResult, undoOf, type ReadCustomer } from './sheet-state';

/** What was typed into a sheet and not saved, without passwords. */
export type Typed = Pick<SheetMemory, 'changes' | 'address'>;

/**
 * The state of one customer sheet: what was read, what was typed, what is being done and what came of it. Takes what the page and the
 * store say, in whatever order they say it, and gives the page what to draw. Knows neither VS Code nor the network.
 */
export class SheetModel {
  #place: SheetPlace;
  #store: SheetStore;
  #known: { readonly name: string; readonly email: string } = { name: '', email: '' };
  #version = 0;
  #heard = 0;
  readonly #reading = new SheetReading();
  readonly #desk = new FormDesk<SaveOrder>(() => this.#store.readOnly);
  readonly #addresses: AddressDesk;
  /** What was typed earlier, until the customer is there. */
  #pending: readonly SheetChange[];
  #wants: { edit: boolean; review: boolean } = { edit: false, review: false };
  #exchange = false;

  /** @param typed what was typed into the sheet of this customer before, and is kept */
  constructor(place: SheetPlace, store: SheetStore, typed: Typed = { changes: [] }) {
    this.#place = place;
    this.#store = store;
    this.#pending = typed.changes;
    const owner = { reading: this.#reading, desk: this.#desk, readOnly: (): boolean => this.#store.readOnly };
    this.#addresses = new AddressDesk(owner, typed.address);
  }

  get place(): SheetPlace {
    return this.#place;
  }
  get phase(): SheetPhase {
    return this.#front.phase;
  }
  /** What is in front: the work at an address, or at the customer. */
  get #front(): FormDesk<SaveOrder> | FormDesk<AddressOrder> {
    return this.#addresses.desk ?? this.#desk;
  }
  get #draft(): Draft | undefined {
    return this.#desk.draft;
  }
  /** Whether the customer, or the form of a new one, was ever there. */
  get loaded(): boolean {
    return this.read !== undefined;
  }
  get read(): ReadCustomer | undefined {
    return this.#reading.there;
  }
  get row(): SoapRecord | undefined {
    return this.read?.row;
  }
  /** Whether an answer is awaited, and the dialects, other than the store's own, to ask over and to read a save back over. */
  get reading(): Pick<SheetReading, 'asking' | 'over' | 'cameOver'> {
    return this.#reading;
  }
  /** Whether something was typed that is not saved. */
  get dirty(): boolean {
    return this.#ownDirty || this.#addresses.dirty;
  }
  get #ownDirty(): boolean {
    return this.#draft === undefined ? this.#pending.length > 0 : this.#draft.size > 0;
  }
  /** What was typed and is not saved, without passwords. */
  get unsaved(): Typed {
    const address = this.#addresses.unsaved;
    return { changes: [...(this.#draft?.keepable ?? this.#pending)], ...(address === undefined ? {} : { address }) };
  }
  /** Whether a password was typed, which is not kept anywhere else. */
  get hasPassword(): boolean {
    return this.#draft !== undefined && this.#draft.size > this.#draft.keepable.length;
  }
  /** The customer, in words. */
  get title(): string {
    return titleOf(this.#place, this.row === undefined ? this.#known : summarize(this.row));
  }

  /** Another customer takes the place of this one. */
  change(place: SheetPlace, store: SheetStore, typed: Typed): void {
    this.#place = place;
    this.#store = store;
    this.#pending = typed.changes;
    this.#addresses.reset(typed.address);
    this.#known = { name: '', email: '' };
    this.#reading.begin();
    this.#desk.reset();
    this.#wants = { edit: false, review: false };
    this.#exchange = false;
  }

  /** A value as the sheet shows it, for copying; `undefined` for a secret that was not revealed. */
  shownValue(code: string): string | undefined {
    return this.#reading
      .sections()
      .flatMap(({ fields }) => fields)
      .find((field) => field.code === code)?.value;
  }

  /**
   * What a list says about the customer: what to show before the store answers, and when the customer registered, in UTC.
   * @param read dialect that the list was read over; only the name is shown where it is not known
   */
  know(row: SoapRecord, read?: Dialect): void {
    this.#known = summarize(row);
    if (read !== undefined) this.#reading.inList({ row, read });
    this.#reading.listedAs(text(row['created_at']));
  }

  /** The store is being asked for the customer. @param over dialect that somebody chose to read over */
  ask(store: SheetStore = this.#store, over?: Dialect): Ticket {
    this.#store = store;
    return this.#reading.ask(over);
  }

  /** Whether an answer to this question is still wanted. */
  wants(ticket: Ticket): boolean {
    return this.#reading.wants(ticket);
  }

  /** The customer is there. What was typed stays. */
  came(ticket: Ticket, read: ReadCustomer, now = Date.now()): void {
    if (!this.#reading.came(ticket, read, now)) return;
    this.#redraft(draftBase(read));
    const { edit, review } = this.#wants;
    this.#wants = { edit: false, review: false };
    if (
      this.#desk.phase === 'reading' &&
      !this.#store.readOnly &&
      (edit || this.#draft?.mode === 'new' || (this.#pending.length > 0 && this.#ownDirty))
    )
      this.#desk.phase = 'editing';
    this.#pending = [];
    if (this.#desk.phase === 'reviewing' && !this.#desk.dirty) this.#desk.phase = 'editing';
    if (review && this.#desk.phase === 'editing') this.#desk.lookOver();
  }

  /** The store did not give the customer. What was there before stays. */
  failed(ticket: Ticket, error: unknown): void {
    if (this.#reading.failed(ticket, error) === 'extra') this.#desk.result = refusal(error, 'customer.info');
  }

  /** The addresses are there, or are not. */
  addressesCame(ticket: Ticket, addresses: readonly SoapRecord[] | { readonly error: unknown }): void {
    this.#reading.addressesCame(ticket, addresses);
    this.#addresses.came();
  }

  /** Something is to be done with an address, or a new one is wanted. */
  address(request: AddressRequest): void {
    this.#addresses.start(request);
  }

  /** What the list says of when the customer registered, in UTC. */
  listedAs(ticket: Ticket, createdAt: string): void {
    this.#reading.listedAs(createdAt, ticket);
  }

  /** There is an exchange to show. */
  hasExchange(): void {
    this.#exchange = true;
  }
  /** What is known of the store changed, such as that its settings allow no writes any more. What was typed stays. */
  storeIs(facts: Partial<SheetStore>): void {
    this.#store = { ...this.#store, ...facts };
    if (this.#store.readOnly && this.#front.phase !== 'reading') this.#front.message = readOnlyWords();
  }
  /** A secret is to be shown. */
  reveal(code: string): void {
    this.#reading.reveal(code);
  }

  /** A new page is there: it counts what is typed anew. */
  pageBegins(): void {
    this.#heard = 0;
  }

  /** Something was typed. It stays whatever the sheet is doing. @param sequence how many such messages the page has sent */
  typed(sequence: number, code: string, value: string): void {
    this.#heard = sequence;
    this.#front.type(code, value);
  }

  /** The form is wanted, now or as soon as the customer is there. */
  edit(): void {
    this.#desk.message = undefined;
    if (!this.loaded || this.#draft === undefined) this.#wants.edit = true;
    else if (this.#store.readOnly) this.#desk.message = readOnlyWords();
    else if (this.#front.phase === 'reading') {
      this.#desk.result = undefined;
      this.#desk.phase = 'editing';
    }
  }

  /** What was typed is given up. */
  discard(): void {
    if (this.#front.discard()) this.#addresses.close();
  }

  /** What would be written is to be looked over. */
  review(): void {
    if (!this.#addresses.removes) this.#front.lookOver();
  }

  /** Back to the form. */
  back(): void {
    if (this.#addresses.removes) this.discard();
    else this.#front.back();
  }

  /** A conflict is decided. @returns whether nothing is left to send, so that the customer is to be read anew */
  decide(code: string, keep: 'mine' | 'theirs'): boolean {
    const over = this.#front.decide(code, keep);
    if (over) this.#addresses.close();
    return over;
  }

  /** Shows what takes the last save back, of the customer or of an address, whichever was later. */
  undoLast(): void {
    const kept = this.#addresses.last;
    if (kept === undefined) {
      const save = this.read?.save;
      if (save !== undefined) this.undo(save);
      return;
    }
    this.#desk.message = this.#desk.result = undefined;
    if (this.dirty || this.#front.phase !== 'reading') this.#desk.message = said(UNSAVED);
    else if (this.#store.readOnly) this.#desk.message = readOnlyWords();
    else this.#addresses.undo(kept);
  }

  /** Shows what takes the last write to an address back, now or as soon as the addresses are there. */
  undoAddress(): void {
    this.#addresses.undoOnceThere();
  }

  /** Puts earlier values into the form and shows what would be written, now or once the customer is there. What was typed stays. */
  undo(save: SheetUndo): void {
    const desk = this.#desk;
    desk.message = undefined;
    if (this.dirty || this.#front.phase === 'saving') {
      desk.message = said(UNSAVED);
      return;
    }
    const there = this.read;
    if (this.#store.readOnly) desk.message = readOnlyWords();
    else if (there?.row === undefined || desk.draft === undefined) {
      this.#pending = save.changes;
      this.#wants = { edit: true, review: true };
    } else if (undoOf(save, there.row) === undefined) desk.message = t('The customer already has its earlier values.');
    else {
      this.#addresses.close();
      desk.draft.restore(save.changes);
      desk.rebase(draftBase(there));
      desk.phase = 'editing';
      desk.lookOver();
    }
  }

  /**
   * What was looked over is to be sent.
   * @param revision what the page looked over
   * @returns `undefined` when it is not to be sent; the page says why
   */
  send(revision: number): SaveOrder | undefined {
    if (this.#addresses.desk !== undefined) return undefined;
    return this.#desk.send(revision, (draft) => orderOf(this.#place.customer, draft));
  }

  /** As {@link send}, where an address is in front. */
  sendAddress(revision: number): AddressOrder | undefined {
    return this.#addresses.send(revision);
  }

  /** A write to an address ended. */
  addressSaved(outcome: AddressResult): void {
    this.#addresses.saved(outcome);
  }

  /** Keeps what a write to an address replaced, so that it can be undone. */
  keepsAddress(kept: KeptAddress): void {
    this.#reading.keepsAddress(kept);
  }

  /** A save ended. What was typed meanwhile stays, measured against what the store holds now. @param now ms since 1970 */
  saved(outcome: SaveResult, now = Date.now()): void {
    const desk = this.#desk;
    const sent = desk.endSave();
    const { draft } = desk;
    if (sent === undefined || draft === undefined) return;
    const creating = sent.kind === 'create';
    this.#take(outcome, creating, now);
    const base = this.read === undefined ? undefined : draftBase(this.read);
    if (outcome.kind === 'conflict') {
      if (base !== undefined) draft.rebase(base);
      desk.conflict(outcome.conflicts);
      return;
    }
    desk.result = sheetResult(outcome, creating);
    if (outcome.kind === 'saved' || outcome.held === true) {
      draft.saved(valuesOf(sent), outcome.row === undefined ? undefined : base);
      // Without an answer of the store the form of the new customer cannot go on as that of an old one.
      if (creating && !this.loaded) {
        this.#pending = draft.keepable;
        desk.draft = undefined;
      }
      desk.phase = this.#ownDirty ? 'editing' : 'reading';
    } else {
      if (base !== undefined && !creating) draft.rebase(base);
      desk.phase = 'editing';
    }
  }

  /** A save came to nothing: the form is as it was. */
  refused(error: unknown, method: string): void {
    const desk = this.#front;
    if (desk.endSave() === undefined) return;
    desk.result = refusal(error, method);
    desk.phase = this.#addresses.removes ? 'reviewing' : 'editing';
  }

  /** Keeps what the last save wrote over, so that it can be undone. */
  keeps(save: KeptSave): void {
    this.#reading.keeps(save);
  }

  /** Everything, for a page that knows nothing or much of which changed. */
  draw(): SheetUpdate {
    return { type: 'state', state: this.#state() };
  }

  /** What typing changes, for a page that has everything else; everything where the form is not what is shown. */
  drawTyped(): SheetUpdate {
    const { draft, phase } = this.#front;
    if (draft === undefined || (phase !== 'editing' && phase !== 'saving')) return this.draw();
    return { type: 'form', version: ++this.#version, heard: this.#heard, form: sheetForm(draft), memory: this.#memory() };
  }

  #state(): SheetState {
    const { last } = this.#addresses;
    return sheetState({
      version: ++this.#version,
      heard: this.#heard,
      place: this.#place,
      store: this.#store,
      known: this.#known,
      title: this.title,
      reading: this.#reading,
      mode: this.#draft?.mode ?? (this.#place.customer === undefined ? 'new' : 'edit'),
      desk: this.#front,
      work: this.#addresses.about,
      // The review says what is not restored.
      undo: last === undefined ? undefined : { unknown: [] },
      exchange: this.#exchange,
      memory: this.#memory(),
    });
  }

  #memory(): SheetState['memory'] {
    return { place: this.#place, editing: this.#desk.phase !== 'reading', ...this.unsaved };
  }

  #redraft(base: ReturnType<typeof draftBase>): void {
    this.#desk.draft ??= new Draft(base);
    if (this.#desk.draft.size === 0) this.#desk.draft.restore(this.#pending);
    this.#desk.rebase(base);
  }

  /** Takes what the store held at the end of a save. @param now ms since 1970 */
  #take(outcome: SaveResult, creating: boolean, now: number): void {
    const { row } = outcome;
    const found = outcome.kind === 'unclear' && outcome.held === true ? text(row?.['customer_id']) : '';
    const created = !creating ? '' : outcome.kind === 'saved' ? outcome.customerId : found;
    if (created !== '') {
      this.#place = { ...this.#place, customer: created };
      // Without an answer of the store nothing is known of the new customer yet.
      this.#reading.begin(row === undefined ? undefined : this.read);
    }
    if (row !== undefined && (!creating || created !== '')) this.#reading.take(row, now);
  }
}
