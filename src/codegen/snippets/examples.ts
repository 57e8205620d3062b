import { isFiltersType } from '../../api/filters';
import type { ExampleValue, Method } from '../../api/method';
import { listPath, type FilterableResource, type Resource, type ResourceRegistry } from '../../api/resources';
import type { SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { WireType } from '../../api/types';
import type { ResolvedCall } from '../call';
import { stop } from '../code';
import type { StoreAndUser } from '../php/pieces';
import { Change, Expression, SESSION, type Template } from '../template';

/**
 * A call of a catalogue method with its required arguments. Each example value is a tab stop.
 * @param filters the argument for the filters of a list
 */
export function exampleCall(
  method: Method,
  dialect: SoapDialect,
  filters: Template,
): Pick<ResolvedCall, 'dialect' | 'operation' | 'parts' | 'result' | 'list'> {
  let stops = 0;
  const next = (value: string | number): Template => new Change(++stops, value);
  const args = method.args.flatMap(({ name, type, optional }) => {
    if (isFiltersType(type)) return [{ name, value: filters }];
    if (optional === true) return [];
    return [{ name, value: example(method.example?.[name], type, next) }];
  });
  if (facets[dialect].positional) {
    const values = args.map(({ value }) => value);
    const parts = [
      { name: 'sessionId', value: SESSION },
      { name: 'resourcePath', value: method.id },
    ];
    if (values.length > 0)
      return { dialect, operation: 'call', parts: [...parts, { name: 'args', value: values }], result: 'callReturn', list: undefined };
    return { dialect, operation: 'call', parts, result: 'callReturn', list: undefined };
  }
  const result = facets[dialect].resultPart ?? method.result.part;
  return {
    dialect,
    operation: method.operation,
    parts: [{ name: 'sessionId', value: SESSION }, ...args],
    result,
    list: method.result.type.kind === 'list',
  };
}

function example(value: ExampleValue | undefined, type: WireType, next: (value: string | number) => Template): Template {
  if (value === undefined) return type.kind === 'entity' ? {} : next(type.kind === 'string' ? 'text' : 1);
  if (typeof value !== 'object') return next(value);
  if (isLines(value)) return value.map((line) => next(line));
  return Object.fromEntries<Template>(Object.entries(value).map(([name, inner]) => [name, example(inner, type, next)]));
}

function isLines(value: ExampleValue): value is readonly string[] {
  return Array.isArray(value);
}

/** One condition of the example filters. */
export interface ExampleCondition {
  readonly attribute: string;
  readonly operator: string;
  readonly value: Template;
}

/** Conditions for a window of IDs, both limits included. The limits are expressions of the language. */
export function exampleWindow({ idField }: FilterableResource, from: string, to: string): readonly ExampleCondition[] {
  return [
    { attribute: idField, operator: 'from', value: new Expression(from) },
    { attribute: idField, operator: 'to', value: new Expression(to) },
  ];
}

/** Conditions in the form of the dialect. */
export function exampleFilters(dialect: SoapDialect, conditions: readonly ExampleCondition[]): Template {
  if (facets[dialect].filters === 'pairs') {
    return { complex_filter: conditions.map(({ attribute, operator, value }) => ({ key: attribute, value: { key: operator, value } })) };
  }
  const filters: Record<string, Record<string, Template>> = {};
  for (const { attribute, operator, value } of conditions) filters[attribute] = { ...filters[attribute], [operator]: value };
  return filters;
}

/** The conditions of a resource's filter snippet. */
function filterConditions(dialect: SoapDialect, { filtered }: FilterableResource): readonly ExampleCondition[] {
  let stops = 0;
  return filtered.example.map(({ attribute, operator, value }): ExampleCondition => {
    if (typeof value === 'string') return { attribute, operator, value: new Change(++stops, value) };
    const items = value.map((item) => new Change(++stops, item));
    // V2 and WS-I take a list as one text, so it is one tab stop.
    return {
      attribute,
      operator,
      value: facets[dialect].filters === 'map' ? items : new Change(stops - items.length + 1, value.join(',')),
    };
  });
}

/** Name of the variable for the result of a method. */
export function resultName(method: Method, { name, words }: Resource): string {
  switch (method.id.slice(name.length + 1)) {
    case 'list':
      return words.many;
    case 'create':
      return `${words.one}Id`;
    case 'update':
      return 'updated';
    case 'delete':
      return 'deleted';
    default:
      return words.one;
  }
}

/** A call of the method with a path, see {@link exampleCall}. @throws {Error} when there is no such method */
export function exampleOf(registry: ResourceRegistry, id: string, dialect: SoapDialect, filters: Template): ReturnType<typeof exampleCall> {
  const method = registry.find(id);
  if (method === undefined) throw new Error(`No resource has ${id}.`);
  return exampleCall(method, dialect, filters);
}

/** A call that lists the rows of a resource, see {@link exampleCall}. */
export function exampleList(
  registry: ResourceRegistry,
  resource: FilterableResource,
  dialect: SoapDialect,
  filters: Template,
): ReturnType<typeof exampleCall> {
  return exampleOf(registry, listPath(resource), dialect, filters);
}

/** The filters of a resource's filter snippet. */
export function exampleFilter(dialect: SoapDialect, resource: FilterableResource): Template {
  return exampleFilters(dialect, filterConditions(dialect, resource));
}

/** The store's address and the API user, as the first two tab stops of a snippet. */
export function exampleStoreAndUser(dialect: SoapDialect): StoreAndUser {
  return {
    url: ["'", stop(1, `https://shop.example${facets[dialect].path}/`), "'"],
    user: ["'", stop(2, 'apiUser'), "'"],
  };
}
