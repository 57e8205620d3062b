import { isFiltersType } from '../api/filters';
import type { StoreMethod, StoreResource } from '../api/store-methods/store-methods';

/** Whether a method brings rows that a table can show, and may be called. */
export function listsRows({ result, access, callable }: StoreMethod): boolean {
  return access === 'read' && callable !== false && result.kind === 'list' && result.of.kind === 'entity';
}

/**
 * The method that lists the rows of a resource: the one that takes filters or nothing, otherwise the first that brings rows; `undefined`
 * where none does.
 */
export function listMethod({ methods }: Pick<StoreResource, 'methods'>): StoreMethod | undefined {
  const lists = methods.filter(listsRows);
  return (
    lists.find(({ args = [] }) => args.some(({ type }) => isFiltersType(type))) ??
    lists.find(({ args = [] }) => args.every(({ optional }) => optional === true)) ??
    lists.find(({ name }) => name === 'list') ??
    lists[0]
  );
}
