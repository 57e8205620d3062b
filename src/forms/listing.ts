import { isFiltersType } from '../api/filters';
import type { StoreMethod, StoreResource } from '../api/store-methods/store-methods';

/** Whether a method may be called and returns rows that a table can show. */
export function listsRows({ result, access, callable }: StoreMethod): boolean {
  return access === 'read' && callable !== false && result.kind === 'list' && result.of.kind === 'entity';
}

/**
 * The method that lists the rows of a resource: one that takes filters or no arguments, otherwise the first that returns rows; `undefined`
 * where there is none.
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
