import type { StoreMethod, StoreMethods } from './store-methods';

/** The methods that two stores, or a store and a product, do not share. */
export interface MethodsDifference {
  /** Methods that only the first has, in its order. */
  readonly onlyFirst: readonly StoreMethod[];
  /** Methods that only the second has, in its order. */
  readonly onlySecond: readonly StoreMethod[];
  /** Methods of both whose arguments differ in name, order or type. */
  readonly otherArguments: readonly { readonly first: StoreMethod; readonly second: StoreMethod }[];
}

/**
 * Compares the methods of two stores by any of their names. Rights are ignored, because a method that a user may not call still exists.
 * Arguments are compared only if both descriptions have them.
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
