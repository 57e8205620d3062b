import type { StoreMethod, StoreMethods } from './store-methods';

/** What two stores, or a store and a product, do not have in common. */
export interface MethodsDifference {
  /** Methods that only the first has, in its order. */
  readonly onlyFirst: readonly StoreMethod[];
  /** Methods that only the second has, in its order. */
  readonly onlySecond: readonly StoreMethod[];
  /** Methods that both have and whose arguments have other names, another order or other types. */
  readonly otherArguments: readonly { readonly first: StoreMethod; readonly second: StoreMethod }[];
}

/**
 * Compares the methods of two stores by any of their names. Rights do not count: a method that a user may not call is still there.
 * Arguments that only one of the two descriptions knows are not compared.
 */
export function differenceOf(first: StoreMethods, second: StoreMethods): MethodsDifference {
  const counterpart = (method: StoreMethod, other: StoreMethods): StoreMethod | undefined =>
    [method.path, method.operation].map((name) => (name === undefined ? undefined : other.find(name))).find((found) => found !== undefined);
  const otherArguments = first.methods.flatMap((method) => {
    const found = counterpart(method, second);
    return found === undefined || sameArguments(method, found) ? [] : [{ first: method, second: found }];
  });
  return {
    onlyFirst: first.methods.filter((method) => counterpart(method, second) === undefined),
    onlySecond: second.methods.filter((method) => counterpart(method, first) === undefined),
    otherArguments,
  };
}

function sameArguments({ args: first }: StoreMethod, { args: second }: StoreMethod): boolean {
  if (first === undefined || second === undefined) return true;
  return (
    first.length === second.length &&
    first.every((argument, index) => {
      const other = second[index];
      return (
        other !== undefined &&
        (['v2', 'wsi'] as const).every((dialect) => {
          const [a, b] = [argument.names[dialect], other.names[dialect]];
          return a === undefined || b === undefined || a === b;
        }) &&
        nameOfType(argument.type) === nameOfType(other.type)
      );
    })
  );
}

function nameOfType(type: StoreMethod['result']): string {
  return 'name' in type ? type.name : type.kind;
}
