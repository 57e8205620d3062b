import { codesOf, type FieldChange, type FormKnowledge, type FormMode, type FormRules, type FormValues } from '../../forms/form-rules';
import type { Dialect } from '../../api/dialect';
import { isSecretValue } from '../../api/secrets';
import type { Finding } from '../../api/traps';

/** The basis of a form: the values that the store returned, and the rules. */
export interface DraftBase {
  readonly rules: FormRules;
  readonly mode: FormMode;
  readonly values: FormValues;
  /** Codes of attributes that could not be read. */
  readonly unreadable: readonly string[];
  /** The dialect that writes go over. */
  readonly dialect: Dialect;
  readonly knowledge: FormKnowledge;
}

/** The unsaved changes in a form, on top of the values that the store returned. */
export class Draft {
  readonly #changes = new Map<string, FieldChange>();
  /** Values that somebody else wrote meanwhile, by code, until the conflict is decided. */
  readonly theirs = new Map<string, string>();
  /** Whether the user tried to send the form. Missing values are reported from then on. */
  sending = false;

  constructor(private base: DraftBase) {}

  get mode(): FormMode {
    return this.base.mode;
  }
  get rules(): FormRules {
    return this.base.rules;
  }
  /** Number of changed attributes. */
  get size(): number {
    return this.#changes.size;
  }
  /** Codes of the attributes that the form can change, in the order of the form. */
  get codes(): readonly string[] {
    return codesOf(this.rules, this.mode);
  }

  /** The changes, in the order of the form. */
  get changes(): readonly FieldChange[] {
    return this.codes.flatMap((code) => this.#changes.get(code) ?? []);
  }

  /** The changes that may be stored, without secrets. */
  get keepable(): readonly FieldChange[] {
    return this.changes.filter(({ code, to }) => !isSecretField(code, to));
  }

  /** The changes that were typed since changes were sent. None for a create (`undefined`), which sends all values. */
  changesBeyond(sent: readonly FieldChange[] | undefined): readonly FieldChange[] {
    if (sent === undefined) return [];
    const values = new Map(sent.map(({ code, to }) => [code, to]));
    return this.changes
      .filter(({ code, to }) => values.get(code) !== to)
      .map(({ code, from, to }) => ({ code, from: values.get(code) ?? from, to }));
  }

  /** All values that a create sends. */
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

  /** Takes a typed value. The value that the store already has does not count as a change. */
  set(code: string, to: string): void {
    const from = this.#changes.get(code)?.from ?? this.#read(code);
    if (to === (from ?? '')) {
      this.#changes.delete(code);
      this.theirs.delete(code);
    } else {
      this.#changes.set(code, { code, from, to });
    }
  }

  /** Forgets all changes. */
  clear(): void {
    this.#changes.clear();
    this.theirs.clear();
    this.sending = false;
  }

  /** Restores changes from an earlier form, together with the values that it showed then. */
  restore(changes: readonly FieldChange[]): void {
    for (const change of changes) if (this.codes.includes(change.code)) this.#changes.set(change.code, change);
  }

  /** Takes the values that were read again. A value that the store now has is no longer a change. */
  rebase(base: DraftBase): void {
    this.base = base;
    for (const { code, to } of this.#changes.values()) {
      if (!this.codes.includes(code) || (this.mode === 'edit' && this.#read(code) === to)) this.#changes.delete(code);
    }
  }

  /**
   * Takes the end of a save. Values that were typed since then stay, compared with what the store holds now.
   * @param base the values that were read after the save. Without them, the sent values count as what the store holds
   */
  saved(sent: FormValues, base: DraftBase | undefined): void {
    this.theirs.clear();
    // The values that the form shows now: a field that was set back to its value from before the save is a new change.
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

  /** Decides a conflict in favour of the value that was typed here. */
  keepMine(code: string): void {
    const change = this.#changes.get(code);
    const theirs = this.theirs.get(code);
    if (change !== undefined && theirs !== undefined) this.#changes.set(code, { ...change, from: theirs });
    this.theirs.delete(code);
  }

  /** Decides a conflict in favour of the value that somebody else wrote. */
  takeTheirs(code: string): void {
    this.#changes.delete(code);
    this.theirs.delete(code);
  }

  /** Why the value of a field cannot be sent. */
  problem(code: string): string | undefined {
    if (!this.isChanged(code) && this.mode !== 'new') return undefined;
    const { mode, sending } = this;
    return this.rules.problem({ code, text: this.value(code), from: this.#read(code), mode, dialect: this.base.dialect, sending });
  }

  /** The first field whose value cannot be sent. */
  get wrong(): string | undefined {
    return this.codes.find((code) => this.problem(code) !== undefined);
  }

  /** Traps by the field they are about. A form without changes has none. */
  hints(): ReadonlyMap<string, readonly Finding[]> {
    if (this.size === 0) return new Map();
    const values = this.mode === 'new' ? this.values : Object.fromEntries(this.changes.map(({ code, to }) => [code, to]));
    return this.rules.hints(this.mode, values, this.base.dialect, this.base.knowledge);
  }

  #read(code: string): string | undefined {
    return this.base.unreadable.includes(code) ? undefined : (this.base.values[code] ?? '');
  }
}

/** Whether the value of a field is a secret. Secrets are never stored and never sent back to the page. */
export function isSecretField(code: string, value: string): boolean {
  return isSecretValue(code, value === '' ? 'x' : value);
}
