import { formCodes, formHints, fieldProblem, type FieldChange, type FormMode, type FormValues } from '../../api/customer-form';
import type { SheetState } from '../../api/messages';
import type { Finding } from '../../api/traps';

/** What was typed into a form and is not saved, on top of what the store said. */
export class Draft {
  readonly #changes = new Map<string, FieldChange>();
  /** What somebody else wrote meanwhile, by code, until it is decided which of both is right. */
  readonly theirs = new Map<string, string>();

  constructor(private state: SheetState) {}

  get mode(): FormMode { return this.state.mode; }
  /** How many attributes were changed. */
  get size(): number { return this.#changes.size; }
  /** Codes of the attributes that the form can change, in its order. */
  get codes(): readonly string[] { return formCodes(this.mode); }

  /** In the order of the form. */
  get changes(): readonly FieldChange[] {
    return this.codes.flatMap((code) => this.#changes.get(code) ?? []);
  }

  /** Everything that a create sends. */
  get values(): FormValues {
    return Object.fromEntries(this.codes.map((code) => [code, this.value(code)]));
  }

  /** The value that a field shows. */
  value(code: string): string {
    return this.#changes.get(code)?.to ?? this.#base(code) ?? '';
  }

  isChanged(code: string): boolean {
    return this.#changes.has(code);
  }

  /** Takes what was typed; what the store has already is no change. */
  set(code: string, to: string): void {
    const from = this.#changes.get(code)?.from ?? this.#base(code);
    if (to === (from ?? '')) {
      this.#changes.delete(code);
      this.theirs.delete(code);
    } else {
      this.#changes.set(code, { code, from, to });
    }
  }

  /** Forgets everything that was typed. */
  clear(): void {
    this.#changes.clear();
    this.theirs.clear();
  }

  /** Takes up what was typed before a reload, measured against what the form showed then. */
  restore(changes: readonly FieldChange[]): void {
    for (const change of changes) if (this.codes.includes(change.code)) this.#changes.set(change.code, change);
  }

  /** The store was asked anew: what it already has is no change any more. */
  rebase(state: SheetState): void {
    this.state = state;
    for (const { code, to } of this.changes) if (this.mode === 'edit' && this.#base(code) === to) this.#changes.delete(code);
  }

  /** Decides a conflict for what was typed here. */
  keepMine(code: string): void {
    const change = this.#changes.get(code);
    const theirs = this.theirs.get(code);
    if (change !== undefined && theirs !== undefined) this.#changes.set(code, { ...change, from: theirs });
    this.theirs.delete(code);
  }

  /** Decides a conflict for what somebody else wrote. */
  takeTheirs(code: string): void {
    this.#changes.delete(code);
    this.theirs.delete(code);
  }

  /** Why what stands in a field cannot be sent. */
  problem(code: string): string | undefined {
    return this.isChanged(code) || this.mode === 'new' ? fieldProblem(code, this.value(code), this.mode, this.state.dialect) : undefined;
  }

  /** Traps by the field they are about. A form that nobody has typed into yet has none. */
  hints(): ReadonlyMap<string, readonly Finding[]> {
    if (this.size === 0) return new Map();
    const values = this.mode === 'new' ? this.values : Object.fromEntries(this.changes.map(({ code, to }) => [code, to]));
    return formHints(this.mode, values, this.state.dialect, this.state.knowledge);
  }

  #base(code: string): string | undefined {
    return this.state.unreadable.includes(code) ? undefined : (this.state.values[code] ?? '');
  }
}
