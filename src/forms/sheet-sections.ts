import { later, translated, t } from '../l10n/texts';
import { customerEntity } from '../api/entities';
import { dialectLabels, type Dialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import { isSecretValue } from '../api/secrets';
import type { Field, FieldRole } from '../api/types';
import type { SoapRecord, SoapValue } from '../api/value';

/** One attribute on the customer sheet. */
export interface SheetField {
  /** Attribute code. */
  readonly code: string;
  /** In words that a shop owner knows; the code itself for attributes that the catalogue does not have. */
  readonly title: string;
  readonly doc: string;
  readonly role: FieldRole | undefined;
  /** The text that the store sent; `undefined` when there is none, or for a secret that was not asked for. */
  readonly value: string | undefined;
  /** Why there is no value: `unset` in the store, `unread` because this dialect cannot return it, `masked` because it is a secret. */
  readonly missing: 'unset' | 'unread' | 'masked' | undefined;
}

/** A group of attributes under one heading. */
export interface SheetSection {
  readonly title: string;
  readonly fields: readonly SheetField[];
}

const sections: readonly (readonly [title: string, codes: readonly string[]])[] = [
  [
    later('Account'),
    [
      'email',
      'group_id',
      'website_id',
      'store_id',
      'created_in',
      'created_at',
      'updated_at',
      'increment_id',
      'confirmation',
      'disable_auto_group_change',
    ],
  ],
  [later('Personal'), ['prefix', 'firstname', 'middlename', 'lastname', 'suffix', 'dob', 'gender', 'taxvat']],
  [later('Default addresses'), ['default_billing', 'default_shipping']],
  [later('Secrets'), ['password_hash', 'password_created_at', 'rp_token', 'rp_token_created_at', 'rp_customer_id']],
];

/**
 * All attributes of a customer, grouped: those of the catalogue, and under "Other" those that only the store sent. Secrets are left out
 * unless `revealed` names them, so that a view cannot show a secret that it never received.
 * @param row the customer as `customer.info` returned it
 * @param masked the same row with secrets masked. Some secrets may be nested, or have names that the catalogue does not know.
 */
export function sheetSections(
  row: SoapRecord,
  dialect: Dialect,
  revealed: ReadonlySet<string> = new Set(),
  masked: SoapRecord = row,
): readonly SheetSection[] {
  const hidden = (code: string): boolean =>
    !revealed.has(code) && (isSecretValue(code, row[code]) || shown(row[code]) !== shown(masked[code]));
  const fields = new Map(customerEntity.fields.map((field) => [field.name, field]));
  const grouped = sections.map(([title, codes]): SheetSection => ({
    title,
    fields: codes.flatMap((code) => {
      const field = fields.get(code);
      return field === undefined ? [] : [sheetField(field, row[code], dialect, hidden(code))];
    }),
  }));
  const others = Object.keys(row).filter((code) => !fields.has(code));
  const unknown = others.map((code): SheetField => {
    const value = shown(row[code]);
    const secret = hidden(code);
    return {
      code,
      title: code,
      doc: t('An attribute of this store that is not in the catalogue.'),
      role: roleOfValue(row[code]),
      value: secret ? undefined : value,
      missing: secret ? 'masked' : value === undefined ? 'unset' : undefined,
    };
  });
  // A secret that the catalogue does not know, such as one of a newer store, is listed with the other secrets.
  const secret = unknown.filter(({ code }) => isSecretValue(code, row[code]));
  const other = unknown.filter((field) => !secret.includes(field));
  const all = grouped.map((section) => (section.title === 'Secrets' ? { ...section, fields: [...section.fields, ...secret] } : section));
  const spoken = all.map((section) => ({ ...section, title: translated(section.title) }));
  return other.length === 0 ? spoken : [...spoken, { title: t('Other'), fields: other }];
}

/** Why a dialect does not return an attribute, in a sentence. */
export function unreadReason(dialect: Dialect): string {
  return t('not returned over {dialect}', { dialect: dialectLabels[dialect] });
}

function sheetField(field: Field, sent: SoapValue | undefined, dialect: Dialect, masked: boolean): SheetField {
  const { name: code, title, doc, role } = field;
  const value = shown(sent);
  const unread = value === undefined && field.v1Only === true && !facets[dialect].allAttributes;
  return {
    code,
    title: translated(title),
    doc: translated(doc),
    role,
    value: masked ? undefined : value,
    missing: masked ? 'masked' : unread ? 'unread' : value === undefined ? 'unset' : undefined,
  };
}

/** The role of an attribute that the catalogue does not have, as far as its value shows it. */
export function roleOfValue(sent: SoapValue | undefined): FieldRole | undefined {
  return typeof sent === 'boolean' ? 'flag' : undefined;
}

/** A value as text; `undefined` for null and the empty text, which the store treats as no value (facts §4). */
function shown(value: SoapValue | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
