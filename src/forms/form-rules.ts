import type { Dialect } from '../api/dialect';
import type { Generation } from '../api/generations';
import type { Finding, StoreKnowledge } from '../api/traps';
import type { Field } from '../api/types';

/** Whether a form changes something that exists or creates something new. */
export type FormMode = 'edit' | 'new';

/** The things that a form can change. */
export const formKinds = ['customer', 'address'] as const;

/** See {@link formKinds}. */
export type FormKind = (typeof formKinds)[number];

/** One change in a form. An empty text means "no value", as it does in the store (facts §4). */
export interface FieldChange {
  /** Attribute code. */
  readonly code: string;
  /** The text that the form showed before; missing where this dialect could not read it. */
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

/** The knowledge about the store that a form writes to. */
export interface FormKnowledge extends StoreKnowledge {
  /** The generation of the store's product, where it is known. */
  readonly generation?: Generation | undefined;
}

/** The input for checking the text of one field. */
export interface FieldQuestion {
  readonly code: string;
  readonly text: string;
  /** The value in the store; `undefined` where it could not be read. */
  readonly from: string | undefined;
  readonly mode: FormMode;
  /** Dialect that writes use. */
  readonly dialect: Dialect;
  /** Whether the form is being sent: only then is an empty field of a new form a mistake. */
  readonly sending: boolean;
}

/** The fields and checks of one kind of form. */
export interface FormRules {
  readonly kind: FormKind;
  /** The fields in their order, under their headings. */
  readonly sections: (mode: FormMode) => readonly FormSection[];
  /** Why a text cannot be sent; `undefined` when it can. */
  readonly problem: (question: FieldQuestion) => string | undefined;
  /** Hints about values, by the code of the field that they concern. Hints about no field have the key `''`. */
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
