import { isFiltersType } from '../filters';
import type { WireType } from '../types';
import { setKey, type MutableRecord, type SoapRecord } from '../value';

/** Number of IDs in the window that is proposed at first. Every store answers it within a second. */
export const WINDOW_IDS = 1000;

/** A list that returns all rows of the store unless it has filters, and the attributes for these filters. */
export interface OpenList {
  /** Argument for the filters. */
  readonly argument: string;
  /** Position of that argument in V1's order. */
  readonly position: number;
  /** Attribute of a row with its ID, such as `order_id`. */
  readonly idField: string | undefined;
  /** Attribute with the day on which a row was created. */
  readonly dateField: string | undefined;
}

/** The parts of a method that {@link openList} needs, from any description. */
export interface ListLike {
  readonly args: readonly { readonly name: string; readonly type: WireType }[];
  readonly result: WireType;
}

/**
 * Whether a method is such a list: it takes filters and returns rows. The API has no paging, so only filters limit the result.
 * @param resource name of the method's resource. Its last word names the ID: rows of `sales_order` have an `order_id`
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

/** A part of a list, by IDs or by the days on which rows were created. A missing limit is open. */
export interface ListWindow {
  readonly by: 'id' | 'date';
  readonly from?: string | number | undefined;
  readonly to?: string | number | undefined;
}

/** Adds the conditions of a window to filters, in V1's form. They replace conditions on the same attribute. */
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
