import { later, translated, t } from '../l10n/texts';
import { dialectLabels, type Dialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import { customerEntityToCreate } from '../api/entities';
import { findTraps, type Finding, type StoreKnowledge } from '../api/traps';
import { schemaOf, type Field } from '../api/types';
import type { MutableRecord, SoapRecord, SoapValue } from '../api/value';
import { clearingProblem } from './clearing';
import type { FormMode, FormRules, FormSection, FormValues } from './form-rules';

const sections: readonly (readonly [title: string, codes: readonly string[]])[] = [
  [later('Account'), ['email', 'password', 'group_id', 'website_id', 'store_id']],
  [later('Personal'), ['prefix', 'firstname', 'middlename', 'lastname', 'suffix', 'dob', 'gender', 'taxvat']],
];

const fields: ReadonlyMap<string, Field> = new Map(customerEntityToCreate.fields.map((field) => [field.name, field]));

/**
 * The fields of a form, under their headings. Fields that must not be written by hand are left out: the ID, the password hash, and in an
 * update the password, which stores ignore (wire v1/135).
 */
export function formSections(mode: FormMode): readonly FormSection[] {
  return sections.map(([title, codes]) => ({
    title,
    fields: codes.flatMap((code) => {
      const field = fields.get(code);
      return field === undefined || (code === 'password' && mode === 'edit') ? [] : [field];
    }),
  }));
}

/** Codes of the fields that a form can change. */
export function formCodes(mode: FormMode): readonly string[] {
  return formSections(mode).flatMap((section) => section.fields.map(({ name }) => name));
}

/** A value from the store as a form shows it: a date of birth without its midnight, a missing value as the empty text. */
export function formValue(code: string, value: SoapValue | undefined): string {
  if (value === undefined || value === null) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return fields.get(code)?.role === 'date' ? text.replace(/^(\d{4}-\d{2}-\d{2})[ T]00:00:00$/, '$1') : text;
}

/** The values of a customer that a form can change. */
export function formValues(row: SoapRecord): FormValues {
  return Object.fromEntries(formCodes('edit').map((code) => [code, formValue(code, row[code])]));
}

/** Why a text cannot be sent as the value of a field; `undefined` when it can. Uses the same schema that checks requests. */
export function fieldProblem(code: string, text: string, mode: FormMode, dialect: Dialect): string | undefined {
  const field = fields.get(code);
  if (field === undefined) return undefined;
  if (text === '') return mode === 'new' ? undefined : clearingProblem(field, dialect);
  const checked = schemaOf(field.type).safeParse(text);
  if (checked.success) return undefined;
  return field.type.kind === 'int'
    ? t('This is not a whole number.')
    : (checked.error.issues[0]?.message ?? t('This value cannot be sent.'));
}

/** The data of a create or an update. Numbers are sent as numbers, because V2 and WS-I refuse other types there (facts §2). */
export function customerData(values: FormValues): SoapRecord {
  const data: MutableRecord = {};
  for (const [code, text] of Object.entries(values))
    data[code] = fields.get(code)?.type.kind === 'int' && /^-?\d+$/.test(text) ? Number(text) : text;
  return data;
}

/** The known traps for the values of a form, by the code of the field that they concern. Findings about no field have the key `''`. */
export function formHints(
  mode: FormMode,
  values: FormValues,
  dialect: Dialect,
  knowledge: StoreKnowledge,
): ReadonlyMap<string, readonly Finding[]> {
  const hints = new Map<string, Finding[]>();
  if (mode === 'edit' && Object.keys(values).length === 0) return hints;
  const data = customerData(Object.fromEntries(Object.entries(values).filter(([, text]) => mode === 'edit' || text !== '')));
  const found = findTraps(
    mode === 'edit'
      ? { method: 'customer.update', args: { customerId: 1, customerData: data }, dialect, knowledge }
      : { method: 'customer.create', args: { customerData: data }, dialect, knowledge },
  );
  for (const finding of found) {
    const code = fieldOf(finding);
    hints.set(code, [...(hints.get(code) ?? []), inForm(finding, code)]);
  }
  return hints;
}

/** A missing value is found in the data as a whole. This table says at which field the finding is shown. */
const missingFields: Readonly<Record<string, string>> = {
  'create-no-email': 'email',
  'create-no-website': 'website_id',
  'create-no-password': 'password',
};

function fieldOf({ code, path, message }: Finding): string {
  const named = path[1];
  if (typeof named === 'string') return named;
  if (code === 'data-name-empty') return message.includes('firstname') ? 'firstname' : 'lastname';
  return missingFields[code] ?? '';
}

/** A finding in the words of the form, which shows titles of attributes instead of their codes. */
function inForm(finding: Finding, code: string): Finding {
  const field = fields.get(code);
  if (field === undefined) return finding;
  const title = translated(field.title);
  if (finding.code === 'data-name-empty') return { ...finding, message: t('{attribute} is empty.', { attribute: title }) };
  const words = new RegExp(String.raw`(?<![\w-])${code}(?![\w-])`, 'g');
  // A code such as `password` is a word like any other.
  return title.toLowerCase() === code ? finding : { ...finding, message: finding.message.replaceAll(words, () => title) };
}

/** The form of a customer. */
export const customerRules: FormRules = {
  kind: 'customer',
  sections: formSections,
  problem: ({ code, text, mode, dialect }) => fieldProblem(code, text, mode, dialect),
  hints: formHints,
};

/** The customer form over a dialect, without the fields that cannot be written over it. */
export function customerRulesOver(dialect: Dialect): FormRules {
  const { unwritten, required } = facets[dialect];
  const offered = (mode: FormMode): readonly FormSection[] =>
    formSections(mode).map(({ title, fields: all }) => ({ title, fields: all.filter(({ name }) => !unwritten[mode].includes(name)) }));
  return {
    ...customerRules,
    sections: offered,
    problem: (question) => {
      const { mode, code, text, sending } = question;
      const missing = mode === 'new' && sending && text === '' && code !== 'email' && required.includes(code);
      return missing ? t('A new customer needs it over {dialect}.', { dialect: dialectLabels[dialect] }) : customerRules.problem(question);
    },
  };
}
