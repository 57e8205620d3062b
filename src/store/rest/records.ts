import { ToolkitError } from '../../api/errors';
import type { MutableRecord, SoapRecord, SoapValue } from '../../api/value';
import type { Match, Writing } from '../../api/rest-attributes';
import { t } from '../../l10n/texts';

/** An object of an answer. */
export type RestObject = Readonly<Record<string, unknown>>;

/**
 * An object of REST with the names and forms of SOAP's V1, as in a list: attributes without a value are left out.
 * @param matches the attributes of its kind
 * @throws {ToolkitError} of kind `decode` for a value whose type differs from the store's description
 */
export function soapRecord(object: RestObject, matches: readonly Match[]): SoapRecord {
  const record: MutableRecord = {};
  for (const { soap, rest, writing } of matches) {
    const value = object[rest];
    if (value === undefined || value === null) continue;
    const read = readers[writing](value);
    if (read === undefined) throw unreadable(rest, value);
    record[soap] = read;
  }
  return record;
}

const readers: Readonly<Record<Writing, (value: unknown) => SoapValue | undefined>> = {
  text: (value) => (typeof value === 'string' ? value : undefined),
  int: (value) => (typeof value === 'number' && Number.isInteger(value) ? value : undefined),
  flag: (value) => (typeof value === 'boolean' ? Number(value) : undefined),
  day: (value) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? `${value} 00:00:00` : undefined),
  lines: (value) => (Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('\n') : undefined),
  id: (value) => (typeof value === 'object' && value !== null && 'id' in value ? readers.int(value.id) : undefined),
};

function unreadable(name: string, value: unknown): ToolkitError {
  return new ToolkitError('decode', {
    code: 'rest-value',
    what: t('The store returned a value of another type in "{name}".', { name }),
    why: t('It is {value}.', { value: JSON.stringify(value).slice(0, 80) }),
    next: t('Check the response: another version of the store, or an extension of it, may write this differently.'),
  });
}
