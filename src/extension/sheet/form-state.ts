import { later, translated, t } from '../../l10n/texts';
import type { SheetForm, SheetPhase, SheetResult, SheetReview } from '../../pages/sheet-messages';
import { readOnlyWords } from '../stores/read-only';
import type { Draft, DraftBase } from './draft';
import { sheetForm, sheetReview } from './sheet-state';

/** Shown when the user sends changes while a save is under way. */
export const SAVE_UNDER_WAY = later('A save is in progress. Your change is kept. Review it when the save has finished.');

/**
 * The state of one form, of a customer or of an address: the draft, the phase, and the result. An `Order` holds everything that is sent, as
 * it was at the review.
 */
export class FormState<Order> {
  draft: Draft | undefined;
  phase: SheetPhase = 'reading';
  result: SheetResult | undefined;
  /** Why the last request was not carried out. */
  message: string | undefined;
  #focus: string | undefined;
  #revision = 0;
  #sent: Order | undefined;

  /** @param readOnly tells whether the store is read-only now */
  constructor(private readonly readOnly: () => boolean) {}

  /** Whether there are unsaved changes. */
  get dirty(): boolean {
    return (this.draft?.size ?? 0) > 0;
  }
  /** The form for the page. `undefined` when something else is shown. */
  get shownForm(): SheetForm | undefined {
    return this.draft === undefined || (this.phase !== 'editing' && this.phase !== 'saving') ? undefined : sheetForm(this.draft);
  }
  /** Everything that would be written. `undefined` when something else is shown. */
  get review(): SheetReview | undefined {
    return this.draft === undefined || this.phase !== 'reviewing' ? undefined : sheetReview(this.draft, this.#revision);
  }

  /** Starts again for another customer or address. */
  reset(): void {
    this.draft = undefined;
    this.phase = 'reading';
    this.result = this.message = this.#focus = undefined;
  }

  /** The field to focus. Given once, so that the page does not move with every drawing. */
  takeFocus(): string | undefined {
    const focus = this.#focus;
    this.#focus = undefined;
    return focus;
  }

  /** Continues the work of an earlier form on top of newly read values. A review has to be repeated. */
  adopt(before: FormState<Order>): void {
    this.#revision = before.#revision + 1;
    this.phase = before.phase === 'saving' ? 'editing' : before.phase;
    this.message = before.message;
    this.result = before.result;
  }

  /** Makes the revision that the page has shown invalid. */
  renew(): void {
    this.#revision++;
  }

  /** Takes the values that were read again. */
  rebase(base: DraftBase): void {
    this.draft?.rebase(base);
    this.renew();
  }

  /** Takes a typed value. It is kept whatever the form is doing. */
  type(code: string, value: string): void {
    const { draft } = this;
    if (draft === undefined || !draft.codes.includes(code)) return;
    // If the store is made read-only while a form is open, the form keeps its changes but cannot send them.
    if (this.readOnly() && this.phase === 'reading') return;
    draft.set(code, value);
    this.renew();
    this.message = this.#focus = undefined;
    // The value was typed before the page knew that a save had ended or that the review had begun.
    if (this.phase === 'reading' || this.phase === 'reviewing') this.phase = 'editing';
  }

  /** Discards the changes. @returns whether they were discarded. False while a save is under way */
  discard(): boolean {
    this.message = undefined;
    if (this.phase === 'saving') {
      this.message = t('A save is in progress. Wait for it, or cancel it first.');
      return false;
    }
    this.draft?.clear();
    this.renew();
    this.result = undefined;
    this.phase = this.draft?.mode === 'new' ? 'editing' : 'reading';
    return true;
  }

  /** Shows the review of what would be written. */
  startReview(): void {
    const { draft } = this;
    this.message = this.#focus = undefined;
    if (draft === undefined || draft.size === 0) return;
    if (this.phase === 'saving') {
      this.message = translated(SAVE_UNDER_WAY);
      return;
    }
    draft.sending = true;
    const { wrong } = draft;
    if (wrong !== undefined) {
      this.phase = 'editing';
      this.#focus = wrong;
      this.message = t('A field has a value that cannot be sent.');
      return;
    }
    this.result = undefined;
    this.phase = 'reviewing';
  }

  /** Goes back from the review to the form. */
  back(): void {
    if (this.phase !== 'reviewing') return;
    this.draft?.theirs.clear();
    this.result = this.message = undefined;
    this.phase = 'editing';
  }

  /** Decides a conflict. @returns whether nothing is left to send, so that the store is to be asked again */
  decide(code: string, keep: 'mine' | 'theirs'): boolean {
    const { draft } = this;
    if (draft === undefined || this.phase !== 'reviewing') return false;
    if (keep === 'mine') draft.keepMine(code);
    else draft.takeTheirs(code);
    this.renew();
    if (draft.size > 0) return false;
    this.discard();
    return true;
  }

  /**
   * Sends the reviewed changes.
   * @param revision the revision that the page showed
   * @param order makes the order from the draft
   * @returns `undefined` when nothing is to be sent. The page shows why
   */
  send(revision: number, order: (draft: Draft) => Order): Order | undefined {
    const { draft } = this;
    this.message = undefined;
    if (draft === undefined || draft.size === 0) return undefined;
    if (this.phase === 'saving') this.message = translated(SAVE_UNDER_WAY);
    else if (this.readOnly()) this.message = readOnlyWords();
    else if (this.phase !== 'reviewing' || revision !== this.#revision || draft.theirs.size > 0)
      this.message = t('The changes to send have changed in the meantime. Nothing was sent. Review them again.');
    else {
      this.#sent = order(draft);
      this.result = undefined;
      this.phase = 'saving';
      return this.#sent;
    }
    return undefined;
  }

  /** Ends a save, whatever its result. @returns the order that was sent. `undefined` when no save was under way */
  endSave(): Order | undefined {
    const order = this.#sent;
    this.#sent = undefined;
    this.renew();
    return order;
  }

  /** Takes the conflicts with values that somebody else wrote. */
  conflict(conflicts: readonly { readonly code: string; readonly theirs: string }[]): void {
    const { draft } = this;
    if (draft === undefined) return;
    for (const { code, theirs } of conflicts) if (draft.isChanged(code)) draft.theirs.set(code, theirs);
    this.phase = draft.theirs.size > 0 ? 'reviewing' : draft.size > 0 ? 'editing' : 'reading';
  }
}
