import type { Dialect } from '../../api/dialect';
import type { SheetChange, SheetPhase, SheetPlace, SheetResult, SheetState, SheetUndo, SheetUpdate } from '../../pages/sheet-messages';
import type { SoapRecord } from '../../api/value';
import type { SaveResult } from '../../store/customers/customer-save';
import type { KeptSave } from '../../store/customers/customer-undo';
import { summarize, text } from '../customer/customer-summary';
import { READ_ONLY } from '../stores/read-only';
import { Draft } from './draft';
import { orderOf, UNDER_WAY, valuesOf, type SaveOrder } from './save-order';
import { SheetReading, type Ticket } from './sheet-reading';
import { sheetState, titleOf, type SheetStore } from './sheet-drawing';
import { draftBase, refusal, sheetForm, sheetResult, undoOf, type ReadCustomer } from './sheet-state';

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
  #revision = 0;
  #phase: SheetPhase = 'reading';
  readonly #reading = new SheetReading();
  #draft: Draft | undefined;
  /** What was typed earlier, until the customer is there. */
  #pending: readonly SheetChange[];
  #wants: { edit: boolean; review: boolean } = { edit: false, review: false };
  #sent: SaveOrder | undefined;
  #result: SheetResult | undefined;
  #message: string | undefined;
  #focus: string | undefined;
  #exchange = false;

  /** @param typed what was typed into the sheet of this customer before, and is kept */
  constructor(place: SheetPlace, store: SheetStore, typed: readonly SheetChange[] = []) {
    this.#place = place;
    this.#store = store;
    this.#pending = typed;
  }

  get place(): SheetPlace {
    return this.#place;
  }
  get phase(): SheetPhase {
    return this.#phase;
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
    return this.#draft === undefined ? this.#pending.length > 0 : this.#draft.size > 0;
  }
  /** What was typed and is not saved, without passwords. */
  get unsaved(): readonly SheetChange[] {
    return this.#draft?.keepable ?? this.#pending;
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
  change(place: SheetPlace, store: SheetStore, typed: readonly SheetChange[]): void {
    this.#place = place;
    this.#store = store;
    this.#pending = typed;
    this.#known = { name: '', email: '' };
    this.#reading.begin();
    this.#phase = 'reading';
    this.#draft = undefined;
    this.#result = this.#message = this.#focus = undefined;
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
      this.#phase === 'reading' &&
      !this.#store.readOnly &&
      (edit || this.#draft?.mode === 'new' || (this.#pending.length > 0 && this.dirty))
    )
      this.#phase = 'editing';
    this.#pending = [];
    if (this.#phase === 'reviewing' && !this.dirty) this.#phase = 'editing';
    if (review && this.#phase === 'editing') this.review();
  }

  /** The store did not give the customer. What was there before stays. */
  failed(ticket: Ticket, error: unknown): void {
    if (this.#reading.failed(ticket, error) === 'extra') this.#result = refusal(error, 'customer.info');
  }

  /** The addresses are there, or are not. */
  addressesCame(ticket: Ticket, addresses: readonly SoapRecord[] | { readonly error: unknown }): void {
    this.#reading.addressesCame(ticket, addresses);
  }

  /** What the list says of when the customer registered, in UTC. */
  listedAs(ticket: Ticket, createdAt: string): void {
    this.#reading.listedAs(createdAt, ticket);
  }

  /** There is an exchange to show. */
  hasExchange(): void {
    this.#exchange = true;
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
    const draft = this.#draft;
    if (draft === undefined || this.#store.readOnly || !draft.codes.includes(code)) return;
    draft.set(code, value);
    this.#revision++;
    this.#message = this.#focus = undefined;
    // It was typed before the page knew of the end of a save, or of the way to the review.
    if (this.#phase === 'reading' || this.#phase === 'reviewing') this.#phase = 'editing';
  }

  /** The form is wanted, now or as soon as the customer is there. */
  edit(): void {
    this.#message = undefined;
    if (!this.loaded || this.#draft === undefined) this.#wants.edit = true;
    else if (this.#store.readOnly) this.#message = READ_ONLY;
    else if (this.#phase === 'reading') {
      this.#result = undefined;
      this.#phase = 'editing';
    }
  }

  /** What was typed is given up. */
  discard(): void {
    this.#message = undefined;
    if (this.#phase === 'saving') {
      this.#message = 'A save is under way. Wait for it, or cancel it first.';
      return;
    }
    this.#draft?.clear();
    this.#revision++;
    this.#result = undefined;
    this.#phase = this.#draft?.mode === 'new' ? 'editing' : 'reading';
  }

  /** What would be written is to be looked over. */
  review(): void {
    const draft = this.#draft;
    this.#message = this.#focus = undefined;
    if (draft === undefined || draft.size === 0) return;
    if (this.#phase === 'saving') {
      this.#message = UNDER_WAY;
      return;
    }
    const { wrong } = draft;
    if (wrong !== undefined) {
      this.#phase = 'editing';
      this.#focus = wrong;
      this.#message = 'A field holds something that cannot be sent.';
      return;
    }
    this.#result = undefined;
    this.#phase = 'reviewing';
  }

  /** Back to the form. */
  back(): void {
    if (this.#phase !== 'reviewing') return;
    this.#draft?.theirs.clear();
    this.#result = this.#message = undefined;
    this.#phase = 'editing';
  }

  /** A conflict is decided. @returns whether nothing is left to send, so that the customer is to be read anew */
  decide(code: string, keep: 'mine' | 'theirs'): boolean {
    const draft = this.#draft;
    if (draft === undefined || this.#phase !== 'reviewing') return false;
    if (keep === 'mine') draft.keepMine(code);
    else draft.takeTheirs(code);
    this.#revision++;
    if (draft.size > 0) return false;
    this.discard();
    return true;
  }

  /**
   * Puts earlier values into the form and shows what would be written, now or as soon as the customer is there. What was typed is not
   * thrown away for it.
   */
  undo(save: SheetUndo): void {
    this.#message = undefined;
    if (this.dirty || this.#phase === 'saving') {
      this.#message = 'There are changes to this customer that are not saved. Save or discard them, then undo.';
      return;
    }
    const there = this.read;
    if (this.#store.readOnly) this.#message = READ_ONLY;
    else if (there?.row === undefined || this.#draft === undefined) {
      this.#pending = save.changes;
      this.#wants = { edit: true, review: true };
    } else if (undoOf(save, there.row) === undefined) this.#message = 'The customer has its earlier values already.';
    else {
      this.#draft.restore(save.changes);
      this.#draft.rebase(draftBase(there));
      this.#revision++;
      this.#phase = 'editing';
      this.review();
    }
  }

  /**
   * What was looked over is to be sent.
   * @param revision what the page looked over
   * @returns `undefined` when it is not to be sent; the page says why
   */
  send(revision: number): SaveOrder | undefined {
    const draft = this.#draft;
    this.#message = undefined;
    if (draft === undefined || draft.size === 0) return undefined;
    if (this.#phase === 'saving') this.#message = UNDER_WAY;
    else if (this.#store.readOnly) this.#message = READ_ONLY;
    else if (this.#phase !== 'reviewing' || revision !== this.#revision || draft.theirs.size > 0)
      this.#message = 'What would be sent changed meanwhile. Nothing was sent. Review it again.';
    else {
      this.#sent = orderOf(this.#place.customer, draft);
      this.#result = undefined;
      this.#phase = 'saving';
      return this.#sent;
    }
    return undefined;
  }

  /** A save ended. What was typed meanwhile stays, measured against what the store holds now. @param now ms since 1970 */
  saved(outcome: SaveResult, now = Date.now()): void {
    const sent = this.#endSave();
    const draft = this.#draft;
    if (sent === undefined || draft === undefined) return;
    const creating = sent.kind === 'create';
    this.#take(outcome, creating, now);
    const base = this.read === undefined ? undefined : draftBase(this.read);
    if (outcome.kind === 'conflict') {
      if (base !== undefined) draft.rebase(base);
      for (const { code, theirs } of outcome.conflicts) if (draft.isChanged(code)) draft.theirs.set(code, theirs);
      this.#phase = draft.theirs.size > 0 ? 'reviewing' : draft.size > 0 ? 'editing' : 'reading';
      return;
    }
    this.#result = sheetResult(outcome, creating);
    if (outcome.kind === 'saved' || outcome.held === true) {
      draft.saved(valuesOf(sent), outcome.row === undefined ? undefined : base);
      // Without an answer of the store the form of the new customer cannot go on as that of an old one.
      if (creating && !this.loaded) {
        this.#pending = draft.keepable;
        this.#draft = undefined;
      }
      this.#phase = this.dirty ? 'editing' : 'reading';
    } else {
      if (base !== undefined && !creating) draft.rebase(base);
      this.#phase = 'editing';
    }
  }

  /** A save came to nothing: the form is as it was. */
  refused(error: unknown, method: string): void {
    if (this.#endSave() === undefined) return;
    this.#result = refusal(error, method);
    this.#phase = 'editing';
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
    const draft = this.#draft;
    if (draft === undefined || (this.#phase !== 'editing' && this.#phase !== 'saving')) return this.draw();
    return { type: 'form', version: ++this.#version, heard: this.#heard, form: sheetForm(draft), memory: this.#memory() };
  }

  #state(): SheetState {
    const focus = this.#focus;
    // The page moves to a field once, not with every drawing.
    this.#focus = undefined;
    return sheetState({
      version: ++this.#version,
      heard: this.#heard,
      phase: this.#phase,
      place: this.#place,
      store: this.#store,
      known: this.#known,
      title: this.title,
      reading: this.#reading,
      draft: this.#draft,
      revision: this.#revision,
      exchange: this.#exchange,
      result: this.#result,
      message: this.#message,
      focus,
      memory: this.#memory(),
    });
  }

  #memory(): SheetState['memory'] {
    return { place: this.#place, editing: this.#phase !== 'reading', changes: [...this.unsaved] };
  }

  #redraft(base: ReturnType<typeof draftBase>): void {
    this.#draft ??= new Draft(base);
    if (this.#draft.size === 0) this.#draft.restore(this.#pending);
    this.#draft.rebase(base);
    this.#revision++;
  }

  /** Ends the save that is under way. @returns what was sent */
  #endSave(): SaveOrder | undefined {
    const order = this.#sent;
    this.#sent = undefined;
    this.#revision++;
    return order;
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
