import { isNaturalList, isNaturalMap, UntypedObject, type NaturalValue } from '../../soap/decoding/request';

/** Conditions by attribute, as the store has them after it has read the dialect's form. All of them must be true. */
export type FilterMap = ReadonlyMap<string, NaturalValue>;

/** The store's name for the ID of every resource. Other names of the ID in filters have the same meaning. */
export const STORE_ID = 'entity_id';

/** Reads filters of V2 and WS-I. The store drops what it does not understand, and then returns all customers (facts §5). */
export function fromV2(filters: NaturalValue | undefined, idField: string): FilterMap {
  const simple = new Map<string, NaturalValue>();
  if (!isNaturalMap(filters)) return simple;
  for (const [index, { key, value }] of items(filters.get('filter')).entries()) {
    // A simple filter without a value becomes a filter on an attribute named by its position, which then fails.
    if (typeof key === 'string' && isScalar(value)) simple.set(key, value);
    else simple.set(String(index), new UntypedObject(new Map()));
  }
  const complex = new Map<string, Map<string, NaturalValue>>();
  for (const { key, value } of items(filters.get('complex_filter'))) {
    if (typeof key !== 'string' || !isNaturalMap(value)) continue;
    const operator = value.get('key');
    const name = typeof operator === 'string' ? operator : '';
    const operand = value.get('value');
    const conditions = complex.get(key) ?? new Map<string, NaturalValue>();
    // A nil operand inside is an empty text. A nil condition was dropped above, without a fault (facts §5.7).
    if (!conditions.has(name)) conditions.set(name, isScalar(operand) ? split(name, operand) : '');
    complex.set(key, conditions);
  }
  for (const [key, conditions] of complex) if (!simple.has(key)) simple.set(key, conditions);
  return mapped(simple, idField);
}

/** Reads filters of V1: a map by attribute. Anything except a map has no effect. */
export function fromV1(filters: NaturalValue | undefined, idField: string): FilterMap {
  if (isNaturalMap(filters)) return mapped(filters, idField);
  if (isNaturalList(filters)) return new Map(filters.map((value, index) => [String(index), value]));
  return new Map();
}

interface Item {
  readonly key: NaturalValue | undefined;
  readonly value: NaturalValue | undefined;
}

function items(list: NaturalValue | undefined): readonly Item[] {
  return isNaturalList(list)
    ? list.map((item) => (isNaturalMap(item) ? { key: item.get('key'), value: item.get('value') } : { key: undefined, value: undefined }))
    : [];
}

function isScalar(value: NaturalValue | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** V2's form for lists: these operators split their value at every comma (facts §5). */
function split(operator: string, operand: string | number | boolean): NaturalValue {
  return ['in', 'nin', 'finset'].includes(operator) && typeof operand === 'string' && operand.includes(',') ? operand.split(',') : operand;
}

/** The store reads `customer_id` as `entity_id`. It replaces a condition on `entity_id`, before or after it (wire v1/41-42). */
function mapped(filters: ReadonlyMap<string, NaturalValue>, idField: string): FilterMap {
  const byId = filters.get(idField);
  if (byId === undefined) return filters;
  const result = new Map(filters);
  result.delete(idField);
  result.set(STORE_ID, byId);
  return result;
}
