import { t } from '../l10n/texts';

/** A decoded value of a SOAP message: PHP's scalars, lists and maps. `null` is `xsi:nil`. */
export type SoapValue = string | number | boolean | null | SoapList | SoapRecord;

/** A list decoded from `SOAP-ENC:Array` or from repeated `complexObjectArray`, or given by a caller. */
export type SoapList = readonly SoapValue[];

/** A map or structure decoded from an Apache Map, a typed entity or a WS-I element. */
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

/** The kind of a value in words, without its content, which may be secret or too long for a sentence. */
export function kindOf(value: SoapValue | undefined): string {
  if (value === undefined || value === null) return t('nothing');
  if (isList(value)) return t('a list');
  if (isRecord(value)) return t('a map');
  return typeof value === 'string' ? t('a text') : typeof value === 'number' ? t('a number') : t('yes or no');
}

/**
 * Sets a key that came from a store. Plain assignment would lose `__proto__`, which a store may send as an attribute name. This keeps it as
 * ordinary data.
 */
export function setKey(record: MutableRecord, key: string, value: SoapValue): void {
  if (key === '__proto__') Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
  else record[key] = value;
}
