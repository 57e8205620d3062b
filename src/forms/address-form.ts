import { translated, t } from '../l10n/texts';
import type { Dialect } from '../api/dialect';
import { findTraps, type Finding } from '../api/traps';
import { schemaOf } from '../api/types';
import { isList, type MutableRecord, type SoapRecord, type SoapValue } from '../api/value';
import { addressCodes, addressFields, addressSections, isDefaultFlag, FLAG_SET } from './address-fields';
import { clearingProblem } from './clearing';
import type { FieldQuestion, FormKnowledge, FormMode, FormRules, FormValues } from './form-rules';

/** The store refuses an address without these fields (wire address/v1/08). */
const required: ReadonlySet<string> = new Set(['firstname', 'lastname', 'street', 'city', 'telephone', 'postcode', 'country_id']);

/** The form for an address of a customer. */
export const addressRules: FormRules = {
  kind: 'address',
  sections: addressSections,
  problem: addressProblem,
  hints: addressHints,
};

/** A value from the store as the address form shows it: a flag as {@link FLAG_SET} or empty, the street as one text. */
export function addressValue(code: string, value: SoapValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (isDefaultFlag(code)) return value === true || value === 1 || value === '1' || value === 'true' ? FLAG_SET : '';
  if (isList(value)) return value.map((line) => addressValue('', line)).join('\n');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The values of an address that its form can change. */
export function addressValues(row: SoapRecord): FormValues {
  return Object.fromEntries(addressCodes.map((code) => [code, addressValue(code, row[code])]));
}

/** The data of a create or an update: the street as a list of lines, numbers as numbers and flags as booleans (facts §4). */
export function addressData(values: FormValues): SoapRecord {
  const data: MutableRecord = {};
  for (const [code, text] of Object.entries(values)) {
    const kind = addressFields.get(code)?.type.kind;
    if (kind === 'list') data[code] = text.split(/\r?\n/);
    else if (kind === 'boolean') data[code] = text === FLAG_SET;
    else data[code] = kind === 'int' && /^-?\d+$/.test(text) ? Number(text) : text;
  }
  return data;
}

function addressProblem({ code, text, from, mode, dialect, sending }: FieldQuestion): string | undefined {
  const field = addressFields.get(code);
  if (field === undefined) return undefined;
  if (isDefaultFlag(code))
    return text === '' && from === FLAG_SET ? t('The API cannot remove a default. Make another address the default.') : undefined;
  if (text.trim() === '' && required.has(code))
    return mode === 'edit' || sending
      ? t('{attribute} is empty. The store refuses an address without it.', { attribute: translated(field.title) })
      : undefined;
  if (text === '') return mode === 'new' ? undefined : clearingProblem(field, dialect);
  if (field.type.kind === 'int' && !schemaOf(field.type).safeParse(text).success) return t('This is not a whole number.');
  return undefined;
}

function addressHints(
  mode: FormMode,
  values: FormValues,
  dialect: Dialect,
  knowledge: FormKnowledge,
): ReadonlyMap<string, readonly Finding[]> {
  const hints = new Map<string, Finding[]>();
  const given = Object.fromEntries(Object.entries(values).filter(([, text]) => mode === 'edit' || text !== ''));
  if (Object.keys(given).length === 0) return hints;
  const data = addressData(given);
  const found = findTraps(
    mode === 'edit'
      ? { method: 'customer_address.update', args: { addressId: 1, addressData: data }, dialect, knowledge }
      : { method: 'customer_address.create', args: { customerId: 1, addressData: data }, dialect, knowledge },
  );
  const add = (code: string, finding: Finding): void => {
    hints.set(code, [...(hints.get(code) ?? []), finding]);
  };
  for (const finding of found) {
    const named = finding.path[1];
    // Each required field has its own check for a missing value.
    if (finding.code !== 'address-required') add(typeof named === 'string' ? named : '', finding);
  }
  const dropped = droppedFax(given, knowledge);
  if (dropped !== undefined) add('fax', dropped);
  return hints;
}

/** Addresses of Maho 26.7 have no fax number. Its WSDLs still name it, but the store drops the value (wire maho-26.7 address/v1/04). */
function droppedFax(given: FormValues, { generation }: FormKnowledge): Finding | undefined {
  if (generation === undefined || generation.addressFax || (given['fax'] ?? '') === '') return undefined;
  return {
    code: 'address-fax',
    severity: 'warning',
    message: t('{product} does not save a fax number. Your input is lost.', { product: generation.label }),
    why: t('Addresses of this store have no fax attribute, although its WSDLs name it.'),
    source: 'wire maho-26.7 address/v1/04',
    path: ['addressData', 'fax'],
    at: 'value',
    fixes: [{ title: t('Leave it empty'), edits: [{ kind: 'set', path: ['addressData', 'fax'], value: '' }], certain: true }],
  };
}
