import { isFiltersType } from '../filters';
import type { WireType } from '../types';
import { setKey, type MutableRecord, type SoapRecord } from '../value';

/** How many IDs a window has that is offered to begin with: as many as every store answers in a second. */
export const WINDOW_IDS = 1000;

/** A list that returns everything the store has where nothing narrows it, and by what it can be narrowed. */
export interface OpenList {
  /** Argument that takes the filters. */
  readonly argument: string;
  /** Position of that argument in V1's order. */
  readonly position: number;
  /** Attribute of a row that holds its ID, such as `order_id`. */
  readonly idField: string | undefined;
  /** Attribute that holds the day on which a row was made. */
  readonly dateField: string | undefined;
}

/** What is needed of a method, however it is described. */
export interface ListLike {
  readonly args: readonly { readonly name: string; readonly type: WireType }[];
  readonly result: WireType;
}

/**
 * Whether a method is such a list: it takes filters and returns rows. The API knows no paging, so only filters bound what it returns.
 * @param resource name of the method's resource, by whose last word its IDs are called: rows of `sales_order` have an `order_id`
 */
export function openList(resource: string, { args, result }: ListLike): OpenList | undefined {
  const position = args.findIndex(({ type }) => isFiltersType(type));
  const argument = args[position]?.name;
  if (argument === undefined || result.kind !== 'list') return undefined;
  const fields = result.of.kind === 'entity' ? result.of.fields.map(({ name }) => name) : [];
  const id = `${resource.split('_').at(-1) ?? resource}_id`;
  return {
    argument,
    position,
    idField: fields.find((name) => name === id),
    dateField: fields.find((name) => name === 'created_at'),
  };
}

/** A part of a list: by IDs, or by the days on which rows were made. Ends that are left out are open. */
export interface ListWindow {
  readonly by: 'id' | 'date';
  readonly from?: string | number | undefined;
  readonly to?: string | number | undefined;
}

/** Filters with those of a window, in the form that every dialect is written from. Conditions on the same attribute give way. */
export function windowFilters({ idField, dateField }: OpenList, { by, from, to }: ListWindow, filters: SoapRecord = {}): SoapRecord {
  const attribute = by === 'id' ? idField : dateField;
  if (attribute === undefined) return filters;
  const window: MutableRecord = {};
  if (from !== undefined) setKey(window, 'from', from);
  if (to !== undefined) setKey(window, 'to', to);
  const narrowed: MutableRecord = { ...filters };
  setKey(narrowed, attribute, window);
  return narrowed;
}
