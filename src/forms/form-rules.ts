import type { Dialect } from '../api/dialect';
import type { Generation } from '../api/generations';
import type { Finding, StoreKnowledge } from '../api/traps';
import type { Field } from '../api/types';

/** What a form is for: something that is there, or something that is to be. */
export type FormMode = 'edit' | 'new';

/** What a form changes. */
export const formKinds = ['customer', 'address'] as const;

/** See {@link formKinds}. */
export type FormKind = (typeof formKinds)[number];

/** One change, as the form holds it. The empty text stands for "no value", as it does in the store (facts §4). */
export interface FieldChange {
  /** Attribute code. */
  readonly code: string;
  /** What the form showed before; missing where this dialect could not read it. */
  readonly from?: string | undefined;
  readonly to: string;
}

/** Values by attribute code, as a form holds them. */
export type FormValues = Readonly<Record<string, string>>;

/** Fields of a form under one heading. */
export interface FormSection {
  readonly title: string;
  readonly fields: readonly Field[];
}

/** What is known about the store that a form writes to. */
export interface FormKnowledge extends StoreKnowledge {
  /** Which generation of its product the store is, where that is known. */
  readonly generation?: Generation | undefined;
}

/** What is asked about the text of one field. */
export interface FieldQuestion {
  readonly code: string;
  readonly text: string;
  /** What the store holds; `undefined` where it could not be read. */
  readonly from: string | undefined;
  readonly mode: FormMode;
  /** Dialect that writes go over. */
  readonly dialect: Dialect;
  /** Whether somebody wants to send: only then is an empty field of a new form a mistake. */
  readonly sending: boolean;
}

/** What a form of one kind may hold. */
export interface FormRules {
  readonly kind: FormKind;
  /** The fields, under their headings and in their order. */
  readonly sections: (mode: FormMode) => readonly FormSection[];
  /** Why a text cannot be sent; `undefined` when it can. */
  readonly problem: (question: FieldQuestion) => string | undefined;
  /** What is worth knowing about values, by the field it belongs to; the rest under the empty text. */
  readonly hints: (
    mode: FormMode,
    values: FormValues,
    dialect: Dialect,
    knowledge: FormKnowledge,
  ) => ReadonlyMap<string, readonly Finding[]>;
}

/** Codes of the fields of a form. */
export function codesOf(rules: FormRules, mode: FormMode): readonly string[] {
  return rules.sections(mode).flatMap(({ fields }) => fields.map(({ name }) => name));
}
