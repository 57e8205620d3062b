import type { Dialect } from '../../api/dialect';
import type { StoreMethods } from '../../api/store-methods/store-methods';
import type { TypedMethod } from './model';

/**
 * The methods to generate types for: those of the catalogue, with its documentation, and then those known from a description only.
 * @param family methods of the catalogue, as the store has them
 * @param patterns names such as `sales_order.info`, resources such as `sales_order`, or patterns such as `catalog_*`
 * @param dialect dialect for the argument names of described methods
 */
export function typedMethods(
  family: readonly TypedMethod[],
  described: StoreMethods,
  patterns: readonly string[],
  dialect: Dialect,
): readonly TypedMethod[] {
  const wanted = described.fitting(patterns);
  const names = new Set(wanted.flatMap(({ path, operation }) => [path, operation]));
  const known = family.filter(({ id, operation }) => names.has(id) || names.has(operation));
  const ids = new Set(known.flatMap(({ id, operation }) => [id, operation]));
  const others = wanted.filter(({ path, operation }) => !ids.has(path ?? '') && !ids.has(operation ?? ''));
  return [...known, ...others.map((method) => described.asMethod(method, dialect))];
}
