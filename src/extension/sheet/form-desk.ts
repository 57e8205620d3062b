import { later, said, t } from '../../l10n/texts';
import type { SheetForm, SheetPhase, SheetResult, SheetReview } from '../../pages/sheet-messages';
import { readOnlyWords } from '../stores/read-only';
import type { Draft, DraftBase } from './draft';
import { sheetForm, sheetReview } from './sheet-state';

/** What is said when something is to be sent while a save is under way. */
export const UNDER_WAY = later('A save is under way. Your change is kept: review it when the save is over.');

/**
 * The work at one form, of a customer or of an address: what was typed, what is being done with it, and what came of that. An order is what
 * is to be sent, everything as it stood when it was looked over.
 */
export class FormDesk<Order> {
  draft: Draft | undefined;
  phase: SheetPhase = 'reading';
  result: SheetResult | undefined;
  /** Why what was asked for last was not done. */
  message: string | undefined;
  #focus: string | undefined;
  #revision = 0;
  #sent: Order | undefined;

  /** @param readOnly whether the store takes no writes, as it is now */
  constructor(private readonly readOnly: () => boolean) {}

  /** Whether something was typed that is not saved. */
  get dirty(): boolean {
    return (this.draft?.size ?? 0) > 0;
  }
  /** The form as the page shows it, where it is what is shown. */
  get form(): SheetForm | undefined {
    return this.draft === undefined || (this.phase !== 'editing' && this.phase !== 'saving') ? undefined : sheetForm(this.draft);
  }
  /** Everything that would be written, where that is what is shown. */
  get review(): SheetReview | undefined {
    return this.draft === undefined || this.phase !== 'reviewing' ? undefined : sheetReview(this.draft, this.#revision);
  }

  /** It is about something else from here on. */
  reset(): void {
    this.draft = undefined;
    this.phase = 'reading';
    this.result = this.message = this.#focus = undefined;
  }

  /** The field to move to, once: the page does not move with every drawing. */
  takeFocus(): string | undefined {
    const focus = this.#focus;
    this.#focus = undefined;
    return focus;
  }

  /** Goes on where the work at the same thing stood, on top of what the store holds now: what was looked over is looked over again. */
  adopt(before: FormDesk<Order>): void {
    this.#revision = before.#revision + 1;
    this.phase = before.phase === 'saving' ? 'editing' : before.phase;
    this.message = before.message;
    this.result = before.result;
  }

  /** What was looked over before is not what would be sent now. */
  renew(): void {
    this.#revision++;
  }

  /** The store was asked anew. */
  rebase(base: DraftBase): void {
    this.draft?.rebase(base);
    this.renew();
  }

  /** Something was typed. It stays whatever is being done. */
  type(code: string, value: string): void {
    const { draft } = this;
    if (draft === undefined || !draft.codes.includes(code)) return;
    // A form that was open when the store was made read-only keeps what is typed; it cannot be sent.
    if (this.readOnly() && this.phase === 'reading') return;
    draft.set(code, value);
    this.renew();
    this.message = this.#focus = undefined;
    // It was typed before the page knew of the end of a save, or of the way to the review.
    if (this.phase === 'reading' || this.phase === 'reviewing') this.phase = 'editing';
  }

  /** What was typed is given up. @returns whether it was: a save under way is not */
  discard(): boolean {
    this.message = undefined;
    if (this.phase === 'saving') {
      this.message = t('A save is under way. Wait for it, or cancel it first.');
      return false;
    }
    this.draft?.clear();
    this.renew();
    this.result = undefined;
    this.phase = this.draft?.mode === 'new' ? 'editing' : 'reading';
    return true;
  }

  /** What would be written is to be looked over. */
  lookOver(): void {
    const { draft } = this;
    this.message = this.#focus = undefined;
    if (draft === undefined || draft.size === 0) return;
    if (this.phase === 'saving') {
      this.message = said(UNDER_WAY);
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

  /** Back to the form. */
  back(): void {
    if (this.phase !== 'reviewing') return;
    this.draft?.theirs.clear();
    this.result = this.message = undefined;
    this.phase = 'editing';
  }

  /** A conflict is decided. @returns whether nothing is left to send, so that the store is to be asked anew */
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
   * What was looked over is to be sent.
   * @param revision what the page looked over
   * @param order makes the order of what the draft holds
   * @returns `undefined` when it is not to be sent; the page says why
   */
  send(revision: number, order: (draft: Draft) => Order): Order | undefined {
    const { draft } = this;
    this.message = undefined;
    if (draft === undefined || draft.size === 0) return undefined;
    if (this.phase === 'saving') this.message = said(UNDER_WAY);
    else if (this.readOnly()) this.message = readOnlyWords();
    else if (this.phase !== 'reviewing' || revision !== this.#revision || draft.theirs.size > 0)
      this.message = t('What would be sent changed meanwhile. Nothing was sent. Review it again.');
    else {
      this.#sent = order(draft);
      this.result = undefined;
      this.phase = 'saving';
      return this.#sent;
    }
    return undefined;
  }

  /** A save ended, whatever came of it. @returns what was sent; `undefined` when none was under way */
  endSave(): Order | undefined {
    const order = this.#sent;
    this.#sent = undefined;
    this.renew();
    return order;
  }

  /** Somebody else changed what was to be written. */
  conflict(conflicts: readonly { readonly code: string; readonly theirs: string }[]): void {
    const { draft } = this;
    if (draft === undefined) return;
    for (const { code, theirs } of conflicts) if (draft.isChanged(code)) draft.theirs.set(code, theirs);
    this.phase = draft.theirs.size > 0 ? 'reviewing' : draft.size > 0 ? 'editing' : 'reading';
  }
}
