import { isList, isRecord, type SoapRecord, type SoapValue } from '../value';
import { t } from '../../l10n/texts';
import type { ArgPath } from './types';

/** One condition of filters in any form, with the places of its parts. */
export interface FilterEntry {
  /** A map of attributes, or V2's lists. */
  readonly form: 'map' | 'v2';
  readonly attribute: string;
  readonly attributePath: ArgPath;
  readonly attributeAt: 'key' | 'value';
  readonly operator: string | undefined;
  readonly operatorPath: ArgPath;
  readonly operatorAt: 'key' | 'value';
  readonly value: SoapValue | undefined;
  readonly valuePath: ArgPath;
  /** Whether the value is V1's list of alternatives. */
  readonly alternatives: boolean;
}

/** The parts of filters. */
export interface ReadFilters {
  readonly entries: readonly FilterEntry[];
  /** Keys that resemble V2's elements. */
  readonly strays: readonly { readonly path: ArgPath; readonly key: string; readonly meant: string | undefined }[];
  readonly malformed: readonly { readonly path: ArgPath; readonly what: string }[];
  /** Attributes with an empty condition: `{ "email": {} }`. */
  readonly empty: readonly { readonly path: ArgPath; readonly attribute: string }[];
}

/** {@link ReadFilters} while they are being read. */
type Reading = { readonly [K in keyof ReadFilters]: ReadFilters[K][number][] };

const elements: Readonly<Record<string, string>> = {
  filter: 'filter',
  filters: 'filter',
  simplefilter: 'filter',
  complexfilter: 'complex_filter',
  complexfilters: 'complex_filter',
};

/** Reads filters in any form. Never throws. */
export function readFilters(filters: SoapValue | undefined, base: ArgPath): ReadFilters {
  const read: Reading = { entries: [], strays: [], malformed: [], empty: [] };
  if (filters === undefined || filters === null || (isList(filters) && filters.length === 0)) return read;
  if (!isRecord(filters)) {
    read.malformed.push({ path: base, what: t('Filters are a map of attributes.') });
    return read;
  }
  for (const [key, value] of Object.entries(filters)) {
    const path = [...base, key];
    if (key === 'filter' || key === 'complex_filter') readElement(read, key, value, path);
    else if (Object.hasOwn(elements, plain(key)) && (isList(value) || isRecord(value)))
      read.strays.push({ path, key, meant: meantElement(key, filters) });
    else if (isRecord(value) && Object.keys(value).length === 0) read.empty.push({ path, attribute: key });
    else readAttribute(read.entries, key, value, path);
  }
  return read;
}

function plain(key: string): string {
  return key.toLowerCase().replace(/[\s_-]/g, '');
}

/** The correct name of a misspelled element; `undefined` if the filters already have it. */
function meantElement(key: string, filters: SoapRecord): string | undefined {
  const meant = elements[plain(key)];
  return meant === undefined || Object.hasOwn(filters, meant) ? undefined : meant;
}

function readElement(read: Reading, element: 'filter' | 'complex_filter', value: SoapValue, path: ArgPath): void {
  if (value === null) return;
  // WS-I's wrapper around the items, as in its documentation.
  if (isRecord(value) && isList(value['complexObjectArray'])) {
    readElement(read, element, value['complexObjectArray'], [...path, 'complexObjectArray']);
    return;
  }
  if (!isList(value)) {
    read.malformed.push({ path, what: t('{element} is a list of {example}.', { element, example: '{ "key", "value" }' }) });
    return;
  }
  value.forEach((item, index) => {
    const at = [...path, index];
    if (!isRecord(item) || typeof item['key'] !== 'string') {
      read.malformed.push({ path: at, what: t('Each filter needs a key and a value.') });
      return;
    }
    const common = {
      form: 'v2',
      attribute: item['key'],
      attributePath: [...at, 'key'],
      attributeAt: 'value',
      alternatives: false,
    } as const;
    if (element === 'filter') {
      read.entries.push({
        ...common,
        operator: undefined,
        operatorPath: at,
        operatorAt: 'value',
        value: item['value'],
        valuePath: 'value' in item ? [...at, 'value'] : at,
      });
      return;
    }
    const condition = item['value'];
    if (condition === undefined || condition === null || (isRecord(condition) && Object.keys(condition).length === 0)) {
      read.empty.push({ path: 'value' in item ? [...at, 'value'] : at, attribute: item['key'] });
      return;
    }
    if (!isRecord(condition) || typeof condition['key'] !== 'string') {
      read.malformed.push({ path: at, what: t('The value of a complex filter needs a key, which is the operator, and a value.') });
      return;
    }
    const operatorPath = [...at, 'value', 'key'];
    read.entries.push({
      ...common,
      operator: condition['key'],
      operatorPath,
      operatorAt: 'value',
      value: condition['value'],
      valuePath: 'value' in condition ? [...at, 'value', 'value'] : [...at, 'value'],
    });
  });
}

function readAttribute(entries: FilterEntry[], attribute: string, condition: SoapValue, path: ArgPath): void {
  const common = { form: 'map', attribute, attributePath: path, attributeAt: 'key', operatorAt: 'key' } as const;
  if (!isRecord(condition)) {
    entries.push({
      ...common,
      operator: undefined,
      operatorPath: path,
      value: condition,
      valuePath: path,
      alternatives: isList(condition),
    });
    return;
  }
  for (const [operator, value] of Object.entries(condition)) {
    entries.push({ ...common, operator, operatorPath: [...path, operator], value, valuePath: [...path, operator], alternatives: false });
  }
}
