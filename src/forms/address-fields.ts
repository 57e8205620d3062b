import { later } from '../l10n/texts';
import { addressEntityCreate } from '../api/entities';
import type { Field } from '../api/types';
import type { FormSection } from './form-rules';

/** The fields of an address, by their attribute codes. */
export const addressFields: ReadonlyMap<string, Field> = new Map(addressEntityCreate.fields.map((field) => [field.name, field]));

const sections: readonly (readonly [title: string, codes: readonly string[]])[] = [
  [later('Recipient'), ['prefix', 'firstname', 'middlename', 'lastname', 'suffix', 'company']],
  [later('Address'), ['street', 'postcode', 'city', 'region', 'region_id', 'country_id', 'telephone', 'fax']],
  [later('Use'), ['is_default_billing', 'is_default_shipping']],
];

/** The flags that make an address a default of its customer. */
export const defaultFlags = ['is_default_billing', 'is_default_shipping'] as const;

/** See {@link defaultFlags}. */
export type DefaultFlag = (typeof defaultFlags)[number];

/** The text that a form shows for a flag that is set. */
export const FLAG_SET = 'true';

/** The fields of the address form, under their headings. */
export function addressSections(): readonly FormSection[] {
  return sections.map(([title, codes]) => ({ title, fields: codes.flatMap((code) => addressFields.get(code) ?? []) }));
}

/** Codes of all fields of the address form. */
export const addressCodes: readonly string[] = sections.flatMap(([, codes]) => codes);

/** Whether an attribute of an address is one of the flags in {@link defaultFlags}. */
export function isDefaultFlag(code: string): code is DefaultFlag {
  return code === 'is_default_billing' || code === 'is_default_shipping';
}
