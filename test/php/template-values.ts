// Values in every place of a template, and the arguments that a handler of a store gets for them.
import { isFiltersType, toV2Filters } from '../../src/api/filters';
import type { SoapDialect } from '../../src/api/dialect';
import type { Method } from '../../src/api/method';
import type { WireType } from '../../src/api/types';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../src/api/value';

/** A template with a different value in every place, and two items in each list. */
export function filled(value: SoapValue, type: WireType, next: () => number): SoapValue {
  if (isFiltersType(type)) return { created_at: { from: `2020-01-0${(next() % 9) + 1}` }, status: 'pending' };
  if (type.kind === 'list' && isList(value)) return [0, 1].flatMap(() => value.map((item) => filled(item, type.of, next)));
  if (type.kind === 'entity' && isRecord(value)) {
    const types = new Map(type.fields.map((field) => [field.name, field.type]));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, filled(inner, types.get(name) ?? { kind: 'any' }, next)]),
    );
  }
  if (type.kind === 'int') return next();
  if (type.kind === 'double') return next() + 0.5;
  if (type.kind === 'boolean') return next() % 2 === 0;
  return `text ${next()}`;
}

/** A value as PHP sees it: WS-I's lists are objects around their items. */
function asPhp(value: SoapValue | undefined, type: WireType, dialect: SoapDialect): unknown {
  if (isList(value) && type.kind === 'list') {
    const items = value.map((item) => asPhp(item, type.of, dialect));
    return dialect === 'wsi' ? (items.length === 0 ? {} : { complexObjectArray: items }) : items;
  }
  if (isRecord(value) && type.kind === 'entity') {
    const types = new Map(type.fields.map((field) => [field.name, field.type]));
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, asPhp(inner, types.get(name) ?? { kind: 'any' }, dialect)]),
    );
  }
  return value;
}

/** Values in V1's order: filters are always present, and a missing value before another one is null. */
function inOrder(method: Method, args: SoapRecord): readonly SoapValue[] {
  const values = method.args.map(({ name, type }) => (Object.hasOwn(args, name) ? args[name] : isFiltersType(type) ? [] : undefined));
  while (values.length > 0 && values.at(-1) === undefined) values.pop();
  return values.map((value) => value ?? null);
}

/** PHP has only one kind of array: an empty map and an empty list are the same to it. */
export function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return entries.length === 0 ? [] : Object.fromEntries(entries.map(([name, inner]) => [name, normal(inner)]));
}

/** The arguments that a handler of the store gets. */
export function expected(method: Method, args: SoapRecord, dialect: SoapDialect): unknown {
  if (dialect === 'v1') return ['call', ['S', method.id, inOrder(method, args)]];
  const named = method.args.flatMap(({ name, type, emptyElement }) => {
    const value = args[name];
    if (value !== undefined) return [[name, asPhp(isFiltersType(type) ? toV2Filters(value) : value, type, dialect)] as const];
    // PHP passes null for a part of the WSDL that is missing.
    if (dialect === 'v2') return [[name, null] as const];
    return isFiltersType(type) || emptyElement === true ? [[name, {}] as const] : [];
  });
  const operation = dialect === 'v2' ? ['S', ...named.map(([, value]) => value)] : [{ sessionId: 'S', ...Object.fromEntries(named) }];
  return [method.operation, operation];
}
