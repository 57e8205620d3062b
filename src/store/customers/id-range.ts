import { conditionsOf, isV2Filters, toV1Filters } from '../../api/filters';
import type { FilterableResource } from '../../api/resources';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';

/** The highest ID a row can have: an unsigned 32-bit column (facts §6). */
export const MAX_ID = 4_294_967_295;

/** A range of IDs, both ends included. */
export interface IdRange {
  readonly from: number;
  readonly to: number;
}

/** Filters split into a range of IDs and the rest. */
export interface RangedFilters {
  /** `undefined` if the condition on the ID cannot be written as a range, such as a list of IDs. */
  readonly range: IdRange | undefined;
  /** Conditions on all other fields. */
  readonly rest: SoapRecord;
}

/**
 * Removes the condition on the ID of a resource from filters, so that windows can replace it: a key can have only one range.
 * All names of the ID refer to the same column in the store, and its own name wins (facts §5, wire v1/41).
 * @throws {ToolkitError} of kind `input` when filters in V2's structure are invalid
 */
export function takeRange(filters: SoapRecord, { idField, filtered }: FilterableResource): RangedFilters {
  const aliases = Object.entries(filtered.aliases).filter(([, meant]) => meant === idField);
  const idNames = [...aliases.map(([alias]) => alias), idField];
  const plain = isV2Filters(filters) ? toV1Filters(filters) : filters;
  const map = isRecord(plain) ? plain : {};
  const rest = Object.fromEntries(Object.entries(map).filter(([key]) => !idNames.includes(key)));
  const condition = idNames.map((name) => (Object.hasOwn(map, name) ? map[name] : undefined)).findLast((value) => value !== undefined);
  return { range: condition === undefined ? { from: 1, to: MAX_ID } : rangeOf(condition), rest };
}

function rangeOf(condition: SoapValue): IdRange | undefined {
  if (isList(condition)) return undefined;
  const conditions = conditionsOf({ id: condition });
  const value = (operator: string): SoapValue | undefined => conditions.find((each) => each.operator === operator)?.value;
  const operators = conditions.map(({ operator }) => operator ?? 'eq');
  // from and to override every other operator on their key. Of the others, the first one wins (facts §5).
  if (operators.includes('from') || operators.includes('to')) return range(value('from') ?? 1, value('to') ?? MAX_ID);
  const [first] = conditions;
  if (first === undefined) return undefined;
  switch (first.operator) {
    case undefined:
    case 'eq':
    // Recorded stores read it as plain equality, despite its name (wire v1/30).
    case 'moreq':
      return range(first.value, first.value);
    case 'gteq':
      return range(first.value, MAX_ID);
    case 'gt':
      return range(first.value, MAX_ID, 1);
    case 'lteq':
      return range(1, first.value);
    case 'lt':
      return range(1, first.value, 0, -1);
    default:
      return undefined;
  }
}

function range(from: SoapValue, to: SoapValue, addFrom = 0, addTo = 0): IdRange | undefined {
  const low = idOf(from);
  const high = idOf(to);
  return low === undefined || high === undefined ? undefined : { from: Math.max(1, low + addFrom), to: Math.min(MAX_ID, high + addTo) };
}

/** A value as an ID. Texts that the database would read differently are left to the database. */
export function idOf(value: SoapValue | undefined): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\d{1,10}$/.test(value)) return undefined;
  return Number(value);
}
