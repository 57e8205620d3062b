import { codesOf, type FieldChange, type FormKnowledge, type FormMode, type FormRules, type FormValues } from '../../forms/form-rules';
import type { Dialect } from '../../api/dialect';
import { isSecretValue } from '../../api/secrets';
import type { Finding } from '../../api/traps';

/** What a form stands on: what the store said. */
export interface DraftBase {
  readonly rules: FormRules;
  readonly mode: FormMode;
  readonly values: FormValues;
  /** Codes of attributes that could not be read. */
  readonly unreadable: readonly string[];
  /** Dialect that writes go over. */
  readonly dialect: Dialect;
  readonly knowledge: FormKnowledge;
}

/** What was typed into a form and is not saved, on top of what the store said. */
export class Draft {
  readonly #changes = new Map<string, FieldChange>();
  /** What somebody else wrote meanwhile, by code, until it is decided which of both is right. */
  readonly theirs = new Map<string, string>();
  /** Whether somebody wanted to send it: what is missing is said from then on. */
  sending = false;

  constructor(private base: DraftBase) {}

  get mode(): FormMode {
    return this.base.mode;
  }
  get rules(): FormRules {
    return this.base.rules;
  }
  /** How many attributes were changed. */
  get size(): number {
    return this.#changes.size;
  }
  /** Codes of the attributes that the form can change, in its order. */
  get codes(): readonly string[] {
    return codesOf(this.rules, this.mode);
  }

  /** In the order of the form. */
  get changes(): readonly FieldChange[] {
    return this.codes.flatMap((code) => this.#changes.get(code) ?? []);
  }

  /** The changes that may be written down. */
  get keepable(): readonly FieldChange[] {
    return this.changes.filter(({ code, to }) => !isSecretField(code, to));
  }

  /** What was typed since changes were sent; everything that is sent in a create is looked over as a whole, so nothing of it. */
  changesBeyond(sent: readonly FieldChange[] | undefined): readonly FieldChange[] {
    if (sent === undefined) return [];
    const values = new Map(sent.map(({ code, to }) => [code, to]));
    return this.changes
      .filter(({ code, to }) => values.get(code) !== to)
      .map(({ code, from, to }) => ({ code, from: values.get(code) ?? from, to }));
  }

  /** Everything that a create sends. */
  get values(): FormValues {
    return Object.fromEntries(this.codes.map((code) => [code, this.value(code)]));
  }

  /** The value that a field shows. */
  value(code: string): string {
    return this.#changes.get(code)?.to ?? this.#read(code) ?? '';
  }

  isChanged(code: string): boolean {
    return this.#changes.has(code);
  }

  /** Whether the value of a field could not be read. */
  isUnread(code: string): boolean {
    return this.#read(code) === undefined;
  }

  /** Takes what was typed; a value that the store has already does not count as a change. */
  set(code: string, to: string): void {
    const from = this.#changes.get(code)?.from ?? this.#read(code);
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
    this.sending = false;
  }

  /** Takes up what was typed earlier, measured against what the form showed then. */
  restore(changes: readonly FieldChange[]): void {
    for (const change of changes) if (this.codes.includes(change.code)) this.#changes.set(change.code, change);
  }

  /** The store was asked anew: what it already has is not a change any more. */
  rebase(base: DraftBase): void {
    this.base = base;
    for (const { code, to } of this.#changes.values()) {
      if (!this.codes.includes(code) || (this.mode === 'edit' && this.#read(code) === to)) this.#changes.delete(code);
    }
  }

  /**
   * The store took these values: what was typed over them since stays, measured against what the store holds now.
   * @param base what the store said afterwards; where it could not be asked, what was sent counts as what it holds
   */
  saved(sent: FormValues, base: DraftBase | undefined): void {
    this.theirs.clear();
    // What stands in the form now: a field that was set back to what it was before the save is a change since.
    const shown = new Map(Object.keys(sent).map((code) => [code, this.value(code)]));
    if (base !== undefined) this.base = base;
    for (const [code, value] of Object.entries(sent)) {
      const to = shown.get(code) ?? value;
      const held = base === undefined ? value : this.#read(code);
      if (to === value || to === held) this.#changes.delete(code);
      else this.#changes.set(code, { code, from: held, to });
    }
    for (const code of [...this.#changes.keys()]) if (!this.codes.includes(code)) this.#changes.delete(code);
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
    if (!this.isChanged(code) && this.mode !== 'new') return undefined;
    const { mode, sending } = this;
    return this.rules.problem({ code, text: this.value(code), from: this.#read(code), mode, dialect: this.base.dialect, sending });
  }

  /** The first field with something that cannot be sent. */
  get wrong(): string | undefined {
    return this.codes.find((code) => this.problem(code) !== undefined);
  }

  /** Traps by the field they are about. A form that was not typed into yet has none. */
  hints(): ReadonlyMap<string, readonly Finding[]> {
    if (this.size === 0) return new Map();
    const values = this.mode === 'new' ? this.values : Object.fromEntries(this.changes.map(({ code, to }) => [code, to]));
    return this.rules.hints(this.mode, values, this.base.dialect, this.base.knowledge);
  }

  #read(code: string): string | undefined {
    return this.base.unreadable.includes(code) ? undefined : (this.base.values[code] ?? '');
  }
}

/** Whether what stands in a field of the form is a secret: it is never written down, and not given back to the page. */
export function isSecretField(code: string, value: string): boolean {
  return isSecretValue(code, value === '' ? 'x' : value);
}
