import { translated, t } from '../../l10n/texts';
import type { Dialect } from '../../api/dialect';
import type { SheetChange, SheetMemory, SheetPhase, SheetPlace, SheetState, SheetUndo, SheetUpdate } from '../../pages/sheet-messages';
import type { AddressResult } from '../../store/customers/address-save';
import type { AddressOrder, KeptAddress } from '../../store/customers/address-undo';
import type { SoapRecord } from '../../api/value';
import type { SaveResult } from '../../store/customers/customer-save';
import type { KeptSave } from '../../store/customers/customer-undo';
import { summarize, text } from '../customer/customer-summary';
import { readOnlyWords } from '../stores/read-only';
import { AddressEditor, type AddressRequest, UNSAVED_CHANGES } from './address-editor';
import { Draft } from './draft';
import { FormState } from './form-state';
import { orderOf, valuesOf, type SaveOrder } from './save-order';
import { SheetReading, type QuestionId } from './sheet-reading';
import { sheetState, titleOf, type SheetStore } from './sheet-drawing';
import { draftBase, refusal, sheetForm, sheetResult, undoOf, type ReadCustomer } from './sheet-state';

/** The unsaved changes of a sheet, without passwords. */
export type UnsavedChanges = Pick<SheetMemory, 'changes' | 'address'>;

/**
 * The state of one customer sheet: what was read, what was typed, what is being done, and the result. Takes the messages of the page and of
 * the store in any order, and tells the page what to draw. Knows neither VS Code nor the network.
 */
export class SheetModel {
  #place: SheetPlace;
  #store: SheetStore;
  #known: { readonly name: string; readonly email: string } = { name: '', email: '' };
  #version = 0;
  #heard = 0;
  readonly #reading = new SheetReading();
  readonly #form = new FormState<SaveOrder>(() => this.#store.readOnly);
  readonly #addresses: AddressEditor;
  /** Changes from an earlier sheet, until the customer is read. */
  #pending: readonly SheetChange[];
  #wants: { edit: boolean; review: boolean } = { edit: false, review: false };
  #hasExchange = false;

  /** @param typed kept changes from an earlier sheet of this customer */
  constructor(place: SheetPlace, store: SheetStore, typed: UnsavedChanges = { changes: [] }) {
    this.#place = place;
    this.#store = store;
    this.#pending = typed.changes;
    const owner = { reading: this.#reading, form: this.#form, readOnly: (): boolean => this.#store.readOnly };
    this.#addresses = new AddressEditor(owner, typed.address);
  }

  get place(): SheetPlace {
    return this.#place;
  }
  get phase(): SheetPhase {
    return this.#frontForm.phase;
  }
  /** The form in front: that of an address, or that of the customer. */
  get #frontForm(): FormState<SaveOrder> | FormState<AddressOrder> {
    return this.#addresses.form ?? this.#form;
  }
  get #draft(): Draft | undefined {
    return this.#form.draft;
  }
  /** Whether the customer, or the form of a new one, has been loaded. */
  get loaded(): boolean {
    return this.read !== undefined;
  }
  get read(): ReadCustomer | undefined {
    return this.#reading.customer;
  }
  get row(): SoapRecord | undefined {
    return this.read?.row;
  }
  /** Whether the store is being asked, the dialect to read over, and the dialect to read a save back over. */
  get reading(): Pick<SheetReading, 'asking' | 'chosenDialect' | 'shownDialect'> {
    return this.#reading;
  }
  /** Whether there are unsaved changes. */
  get dirty(): boolean {
    return this.#ownDirty || this.#addresses.dirty;
  }
  get #ownDirty(): boolean {
    return this.#draft === undefined ? this.#pending.length > 0 : this.#draft.size > 0;
  }
  /** The unsaved changes, without passwords. */
  get unsaved(): UnsavedChanges {
    const address = this.#addresses.unsaved;
    return { changes: [...(this.#draft?.keepable ?? this.#pending)], ...(address === undefined ? {} : { address }) };
  }
  /** Whether a password was typed. It is not kept anywhere else. */
  get hasPassword(): boolean {
    return this.#draft !== undefined && this.#draft.size > this.#draft.keepable.length;
  }
  get title(): string {
    return titleOf(this.#place, this.row === undefined ? this.#known : summarize(this.row));
  }

  /** Starts with another customer. */
  change(place: SheetPlace, store: SheetStore, typed: UnsavedChanges): void {
    this.#place = place;
    this.#store = store;
    this.#pending = typed.changes;
    this.#addresses.reset(typed.address);
    this.#known = { name: '', email: '' };
    this.#reading.begin();
    this.#form.reset();
    this.#wants = { edit: false, review: false };
    this.#hasExchange = false;
  }

  /** A value as the sheet shows it, for copying. `undefined` for a secret that was not revealed. */
  shownValue(code: string): string | undefined {
    return this.#reading
      .sections()
      .flatMap(({ fields }) => fields)
      .find((field) => field.code === code)?.value;
  }

  /**
   * Takes the customer's row from a list: the name to show before the store answers, and the registration date in UTC.
   * @param read the dialect that the list was read over. If it is not known, only the name is shown
   */
  takeListRow(row: SoapRecord, read?: Dialect): void {
    this.#known = summarize(row);
    if (read !== undefined) this.#reading.setListRow({ row, read });
    this.#reading.setCreatedAt(text(row['created_at']));
  }

  /** Begins a question to the store for the customer. @param over the dialect that the user chose to read over */
  ask(store: SheetStore = this.#store, over?: Dialect): QuestionId {
    this.#store = store;
    return this.#reading.ask(over);
  }

  /** Whether an answer to this question is still wanted. */
  wants(ticket: QuestionId): boolean {
    return this.#reading.wants(ticket);
  }

  /** Takes the customer that was read. Unsaved changes stay. */
  customerRead(ticket: QuestionId, read: ReadCustomer, now = Date.now()): void {
    if (!this.#reading.customerRead(ticket, read, now)) return;
    this.#redraft(draftBase(read));
    const { edit, review } = this.#wants;
    this.#wants = { edit: false, review: false };
    if (
      this.#form.phase === 'reading' &&
      !this.#store.readOnly &&
      (edit || this.#draft?.mode === 'new' || (this.#pending.length > 0 && this.#ownDirty))
    )
      this.#form.phase = 'editing';
    this.#pending = [];
    if (this.#form.phase === 'reviewing' && !this.#form.dirty) this.#form.phase = 'editing';
    if (review && this.#form.phase === 'editing') this.#form.startReview();
  }

  /** Takes an error of the store. The customer that was read before stays. */
  failed(ticket: QuestionId, error: unknown): void {
    if (this.#reading.failed(ticket, error) === 'extra') this.#form.result = refusal(error, 'customer.info');
  }

  /** Takes the addresses, or the error of reading them. */
  addressesRead(ticket: QuestionId, addresses: readonly SoapRecord[] | { readonly error: unknown }): void {
    this.#reading.addressesRead(ticket, addresses);
    this.#addresses.addressesRead();
  }

  /** Begins the work at an address. */
  address(request: AddressRequest): void {
    this.#addresses.start(request);
  }

  /** Takes the registration date from the list, in UTC. */
  setCreatedAt(ticket: QuestionId, createdAt: string): void {
    this.#reading.setCreatedAt(createdAt, ticket);
  }

  /** Notes that there is an exchange to show. */
  noteExchange(): void {
    this.#hasExchange = true;
  }
  /** Takes changed facts about the store, for example that it is now read-only. Unsaved changes stay. */
  updateStore(facts: Partial<SheetStore>): void {
    this.#store = { ...this.#store, ...facts };
    if (this.#store.readOnly && this.#frontForm.phase !== 'reading') this.#frontForm.message = readOnlyWords();
  }
  /** Shows a secret. */
  reveal(code: string): void {
    this.#reading.reveal(code);
  }

  /** Called for a new page, which counts its messages about typing from the start. */
  pageStarted(): void {
    this.#heard = 0;
  }

  /** Takes a typed value, whatever the sheet is doing. @param sequence number of such messages that the page has sent */
  typed(sequence: number, code: string, value: string): void {
    this.#heard = sequence;
    this.#frontForm.type(code, value);
  }

  /** Opens the form, now or as soon as the customer is read. */
  edit(): void {
    this.#form.message = undefined;
    if (!this.loaded || this.#draft === undefined) this.#wants.edit = true;
    else if (this.#store.readOnly) this.#form.message = readOnlyWords();
    else if (this.#frontForm.phase === 'reading') {
      this.#form.result = undefined;
      this.#form.phase = 'editing';
    }
  }

  /** Discards the changes. */
  discard(): void {
    if (this.#frontForm.discard()) this.#addresses.close();
  }

  /** Shows the review of what would be written. */
  review(): void {
    if (!this.#addresses.removes) this.#frontForm.startReview();
  }

  /** Goes back from the review to the form. */
  back(): void {
    if (this.#addresses.removes) this.discard();
    else this.#frontForm.back();
  }

  /** Decides a conflict. @returns whether nothing is left to send, so that the customer is to be read again */
  decide(code: string, keep: 'mine' | 'theirs'): boolean {
    const over = this.#frontForm.decide(code, keep);
    if (over) this.#addresses.close();
    return over;
  }

  /** Shows the undo of the last save of the customer or of an address, whichever was later. */
  undoLast(): void {
    const kept = this.#addresses.last;
    if (kept === undefined) {
      const save = this.read?.save;
      if (save !== undefined) this.undo(save);
      return;
    }
    this.#form.message = this.#form.result = undefined;
    if (this.dirty || this.#frontForm.phase !== 'reading') this.#form.message = translated(UNSAVED_CHANGES);
    else if (this.#store.readOnly) this.#form.message = readOnlyWords();
    else this.#addresses.undo(kept);
  }

  /** Shows the undo of the last write to an address, now or as soon as the addresses are read. */
  undoAddress(): void {
    this.#addresses.undoOnceRead();
  }

  /**
   * Puts earlier values into the form and shows the review, now or as soon as the customer is read. Refuses if there are unsaved changes.
   */
  undo(save: SheetUndo): void {
    const form = this.#form;
    form.message = undefined;
    if (this.dirty || this.#frontForm.phase === 'saving') {
      form.message = translated(UNSAVED_CHANGES);
      return;
    }
    const there = this.read;
    if (this.#store.readOnly) form.message = readOnlyWords();
    else if (there?.row === undefined || form.draft === undefined) {
      this.#pending = save.changes;
      this.#wants = { edit: true, review: true };
    } else if (undoOf(save, there.row) === undefined) form.message = t('The customer already has its earlier values.');
    else {
      this.#addresses.close();
      form.draft.restore(save.changes);
      form.rebase(draftBase(there));
      form.phase = 'editing';
      form.startReview();
    }
  }

  /**
   * Sends the reviewed changes of the customer.
   * @param revision the revision that the page showed
   * @returns `undefined` when nothing is to be sent. The page shows why
   */
  send(revision: number): SaveOrder | undefined {
    if (this.#addresses.form !== undefined) return undefined;
    return this.#form.send(revision, (draft) => orderOf(this.#place.customer, draft));
  }

  /** As {@link send}, for an address. */
  sendAddress(revision: number): AddressOrder | undefined {
    return this.#addresses.send(revision);
  }

  /** Takes the result of a write to an address. */
  addressSaved(outcome: AddressResult): void {
    this.#addresses.saved(outcome);
  }

  /** Notes the kept values that a write to an address replaced, so that it can be undone. */
  noteKeptAddress(kept: KeptAddress): void {
    this.#reading.noteKeptAddress(kept);
  }

  /** Takes the result of a save. Values that were typed meanwhile stay, compared with what the store holds now. @param now ms since 1970 */
  saved(outcome: SaveResult, now = Date.now()): void {
    const form = this.#form;
    const sent = form.endSave();
    const { draft } = form;
    if (sent === undefined || draft === undefined) return;
    const creating = sent.kind === 'create';
    this.#take(outcome, creating, now);
    const base = this.read === undefined ? undefined : draftBase(this.read);
    if (outcome.kind === 'conflict') {
      if (base !== undefined) draft.rebase(base);
      form.conflict(outcome.conflicts);
      return;
    }
    form.result = sheetResult(outcome, creating);
    if (outcome.kind === 'saved' || outcome.held === true) {
      draft.saved(valuesOf(sent), outcome.row === undefined ? undefined : base);
      // If the store did not answer, the form of the new customer cannot continue as the form of an existing one.
      if (creating && !this.loaded) {
        this.#pending = draft.keepable;
        form.draft = undefined;
      }
      form.phase = this.#ownDirty ? 'editing' : 'reading';
    } else {
      if (base !== undefined && !creating) draft.rebase(base);
      form.phase = 'editing';
    }
  }

  /** Takes the error of a save that was not carried out. The form stays as it was. */
  refused(error: unknown, method: string): void {
    const form = this.#frontForm;
    if (form.endSave() === undefined) return;
    form.result = refusal(error, method);
    form.phase = this.#addresses.removes ? 'reviewing' : 'editing';
  }

  /** Notes the kept values that the last save replaced, so that it can be undone. */
  noteKeptSave(save: KeptSave): void {
    this.#reading.noteKeptSave(save);
  }

  /** The whole state, for a new page or after a large change. */
  draw(): SheetUpdate {
    return { type: 'state', state: this.#state() };
  }

  /** The part of the state that typing changes. The whole state when the form is not shown. */
  drawTyped(): SheetUpdate {
    const { draft, phase } = this.#frontForm;
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
      form: this.#frontForm,
      work: this.#addresses.about,
      // The review says what is not restored.
      undo: last === undefined ? undefined : { unknown: [] },
      exchange: this.#hasExchange,
      memory: this.#memory(),
    });
  }

  #memory(): SheetState['memory'] {
    return { place: this.#place, editing: this.#form.phase !== 'reading', ...this.unsaved };
  }

  #redraft(base: ReturnType<typeof draftBase>): void {
    this.#form.draft ??= new Draft(base);
    if (this.#form.draft.size === 0) this.#form.draft.restore(this.#pending);
    this.#form.rebase(base);
  }

  /** Takes the customer that the store held at the end of a save. @param now ms since 1970 */
  #take(outcome: SaveResult, creating: boolean, now: number): void {
    const { row } = outcome;
    const found = outcome.kind === 'unclear' && outcome.held === true ? text(row?.['customer_id']) : '';
    const created = !creating ? '' : outcome.kind === 'saved' ? outcome.customerId : found;
    if (created !== '') {
      this.#place = { ...this.#place, customer: created };
      // If the store did not answer, nothing is known of the new customer yet.
      this.#reading.begin(row === undefined ? undefined : this.read);
    }
    if (row !== undefined && (!creating || created !== '')) this.#reading.take(row, now);
  }
}
