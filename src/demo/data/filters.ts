import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { UntypedObject, type NaturalValue } from '../../soap/request';

/** Conditions by attribute, as the store holds them after reading whatever the dialect sent. All of them must hold. */
export type FilterMap = ReadonlyMap<string, NaturalValue>;

/** Filters of V2 and WS-I. What the store does not understand it drops, and then returns everybody (facts §5). */
export function fromV2(filters: SoapValue | undefined): FilterMap {
  const simple = new Map<string, NaturalValue>();
  if (!isRecord(filters)) return simple;
  for (const [index, item] of items(filters, 'filter').entries()) {
    // A simple filter without a value is taken for a filter on an attribute named by its position, which then fails.
    if (typeof item.key === 'string' && isScalar(item.value)) simple.set(item.key, item.value);
    else simple.set(String(index), new UntypedObject(new Map()));
  }
  const complex = new Map<string, Map<string, NaturalValue>>();
  for (const { key, value } of items(filters, 'complex_filter')) {
    if (typeof key !== 'string' || !isRecord(value)) continue;
    const operator = typeof value['key'] === 'string' ? value['key'] : '';
    const operand = value['value'];
    const conditions = complex.get(key) ?? new Map<string, NaturalValue>();
    // A nil operand inside is an empty text; a nil condition was dropped above, without a word (facts §5).
    if (!conditions.has(operator)) conditions.set(operator, isScalar(operand) ? split(operator, operand) : '');
    complex.set(key, conditions);
  }
  for (const [key, conditions] of complex) if (!simple.has(key)) simple.set(key, conditions);
  return mapped(simple);
}

/** Filters of V1: a map of attributes. Anything that is no map filters nothing. */
export function fromV1(filters: NaturalValue | undefined): FilterMap {
  if (filters instanceof UntypedObject) return new Map();
  if (filters instanceof Map) return mapped(filters as ReadonlyMap<string, NaturalValue>);
  if (Array.isArray(filters)) return new Map((filters as readonly NaturalValue[]).map((value, index) => [String(index), value]));
  return new Map();
}

interface Item {
  readonly key: SoapValue | undefined;
  readonly value: SoapValue | undefined;
}

function items(filters: SoapRecord, name: string): readonly Item[] {
  const list = filters[name];
  return isList(list) ? list.map((item) => (isRecord(item) ? { key: item['key'], value: item['value'] } : { key: undefined, value: undefined })) : [];
}

function isScalar(value: SoapValue | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** V2's way to send lists: these operators split their value at every comma (facts §5). */
function split(operator: string, operand: string | number | boolean): NaturalValue {
  return ['in', 'nin', 'finset'].includes(operator) && typeof operand === 'string' && operand.includes(',') ? operand.split(',') : operand;
}

/** `customer_id` is `entity_id` to the store, and replaces a condition on it wherever that stands (wire v1/41-42). */
function mapped(filters: ReadonlyMap<string, NaturalValue>): FilterMap {
  const byId = filters.get('customer_id');
  if (byId === undefined) return filters;
  const result = new Map(filters);
  result.delete('customer_id');
  result.set('entity_id', byId);
  return result;
}
