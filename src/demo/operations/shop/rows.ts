import { facets } from '../../../api/dialect-facets';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../../api/value';
import type { NaturalValue } from '../../../soap/decoding/request';
import type { Resource } from '../../../api/resources';
import type { Attribute } from '../../data/attributes';
import { text } from '../../data/conditions';
import type { CallContext } from '../answer';
import { attributeTests, filterMap } from '../filtered';

/**
 * A row with the columns that a text names (`demo/data/shop-rows/columns.ts`), in their order, and the given values.
 * @throws {Error} for a value without a column, which is a bug in this program
 */
export function rowOf(columns: string, values: SoapRecord): SoapRecord {
  const row = Object.fromEntries(
    columns
      .trim()
      .split(/\s+/)
      .map((word): [string, SoapValue] => {
        const [, name = '', sign = '', value = ''] = /^(\w+)(?:([:=])(.*))?$/.exec(word) ?? [];
        return [name, sign === '' ? null : sign === ':' ? Number(value) : value];
      }),
  );
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(row, name));
  if (unknown !== undefined) throw new Error(`No column ${unknown}.`);
  return { ...row, ...values };
}

/** An amount in the database's form, with four digits after the decimal point. */
export function money(amount: number): string {
  return amount.toFixed(4);
}

/** A value in the form of the dialect and generation: V1 of some generations writes every number as text, also in lists and maps. */
export function valueInDialect(value: SoapValue, { dialect, generation }: CallContext): SoapValue {
  if (!facets[dialect].positional || generation.v1Numbers === 'int') return value;
  return asText(value);
}

function asText(value: SoapValue): SoapValue {
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map(asText);
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asText(inner)]));
  return value;
}

/**
 * The rows that match the filters. The columns are those of the rows themselves.
 * @throws {StoreFault} for a column that they do not have
 */
export function filteredRows(
  rows: readonly SoapRecord[],
  filters: NaturalValue | undefined,
  resource: Resource,
  { dialect, generation }: CallContext,
): readonly SoapRecord[] {
  const map = filterMap(filters, dialect, resource);
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const find = (name: string): Attribute | undefined => {
    const code = name === 'entity_id' ? resource.idField : name;
    if (!names.has(code)) return undefined;
    const column = rows.some((row) => typeof row[code] === 'number') ? 'int' : /_at$|_date$/.test(code) ? 'datetime' : 'text';
    return { code, index: -1, column, own: true };
  };
  // Without rows, the columns are not known.
  const tests = rows.length === 0 ? [] : attributeTests(map, resource, generation, find);
  return rows.filter((row) => tests.every(({ attribute, test }) => test(stored(row[attribute.code]))));
}

function stored(value: SoapValue | undefined): string | null {
  return value === undefined || value === null || isList(value) || isRecord(value) ? null : text(value);
}
