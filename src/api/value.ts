import { t } from '../l10n/texts';

/** Whatever one value of a SOAP message can be once decoded: PHP's scalars, lists and maps. `null` is `xsi:nil`. */
export type SoapValue = string | number | boolean | null | SoapList | SoapRecord;

/** A list as decoded from `SOAP-ENC:Array`, from repeated `complexObjectArray`, or as given by a caller. */
export type SoapList = readonly SoapValue[];

/** A map or structure as decoded from an Apache Map, a typed entity or a WS-I element. */
export interface SoapRecord {
  readonly [key: string]: SoapValue;
}

/** A list while it is being built. */
export type MutableList = SoapValue[];

/** A record while it is being built. */
export type MutableRecord = Record<string, SoapValue>;

/** Narrows a value to a list. */
export function isList(value: SoapValue | undefined): value is SoapList {
  return Array.isArray(value);
}

/** Narrows a value to a map or structure. */
export function isRecord(value: SoapValue | undefined): value is SoapRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value is, in words that say nothing of what it holds: for what may be a secret, or is too much for a sentence. */
export function kindOf(value: SoapValue | undefined): string {
  if (value === undefined || value === null) return t('nothing');
  if (isList(value)) return t('a list');
  if (isRecord(value)) return t('a map');
  return typeof value === 'string' ? t('a text') : typeof value === 'number' ? t('a number') : t('yes or no');
}

/**
 * Sets a key that came from a store. Plain assignment would lose `__proto__`, which a hostile or careless
 * store may well send as an attribute name; this keeps it as ordinary data.
 */
export function setKey(record: MutableRecord, key: string, value: SoapValue): void {
  if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}
