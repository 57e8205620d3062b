import { isFiltersType, toV1Filters } from '../api/filters';
import { facets } from '../api/dialect-facets';
import type { Dialect } from '../api/dialect';
import { isSecretName } from '../api/secrets';
import type { StoreMethod } from '../api/store-methods/store-methods';
import type { WireType } from '../api/types';
import { isList, isRecord, setKey, type MutableRecord, type SoapList, type SoapRecord, type SoapValue } from '../api/value';

/** Values of a method's arguments in their order; `undefined` for one that is left out. */
export type ArgumentValues = readonly (SoapValue | undefined)[];

/** A call as the client takes it: the name and the arguments of the dialect that it goes over. */
export interface MethodCall {
  readonly method: string;
  readonly args: SoapRecord | SoapList;
  /** Only where the store's own dialect does not have the method. */
  readonly dialect?: Dialect;
}

/** A type for people: `text`, `whole number`, `list of catalogProductEntity`. */
export function typeWords(type: WireType): string {
  switch (type.kind) {
    case 'string':
      return 'text';
    case 'int':
      return 'whole number';
    case 'double':
      return 'number';
    case 'boolean':
      return 'yes or no';
    case 'any':
      return 'anything';
    case 'list':
      return `list of ${type.of.kind === 'entity' || type.of.kind === 'list' ? type.of.name : `${typeWords(type.of)}s`}`;
    case 'entity':
      return isFiltersType(type) ? 'filters' : type.name;
  }
}

/** Names of arguments that must be given and are not. Where nothing says what may be left out, nothing is missing. */
export function missingArguments({ args = [] }: StoreMethod, values: ArgumentValues): readonly string[] {
  return args.flatMap(({ name, optional, type }, index) =>
    optional === false && values[index] === undefined && !isFiltersType(type) ? [name] : [],
  );
}

/** Values of a call: positions over V1, names elsewhere. Over a dialect that lacks the method, it goes over one that has it. */
export function methodCall(method: StoreMethod, values: ArgumentValues, dialect: Dialect): MethodCall {
  const over = method.dialects.includes(dialect) ? dialect : (method.dialects[0] ?? dialect);
  const elsewhere = over === dialect ? {} : { dialect: over };
  const { positional, style, filters } = facets[over];
  const args = method.args ?? [];
  if (positional) {
    const list = args.map(({ type }, index): SoapValue => {
      const value = values[index] ?? null;
      return filters === 'map' && isFiltersType(type) ? toV1Filters(value ?? {}) : value;
    });
    let length = list.length;
    while (length > 0 && values[length - 1] === undefined) length--;
    return { method: method.path ?? method.id, args: list.slice(0, length), ...elsewhere };
  }
  const named: MutableRecord = {};
  args.forEach(({ name, names }, index) => {
    const value = values[index];
    if (value !== undefined) setKey(named, (style === 'document' ? names.wsi : names.v2) ?? name, value);
  });
  return { method: method.operation ?? method.id, args: named, ...elsewhere };
}

/** A request of a request file, which goes by the method's path and the arguments' names in the dialect of its store. */
export function methodRequest(method: StoreMethod, values: ArgumentValues, dialect: Dialect): SoapRecord {
  const { args, ...call } = methodCall(method, values, dialect);
  const empty = isList(args) ? args.length === 0 : Object.keys(args).length === 0;
  return { name: method.title ?? method.id, ...call, ...(empty ? {} : { args }) };
}

/** Values to begin with: of what must be given, in the form of its type. */
export function templateValues({ args = [] }: StoreMethod): ArgumentValues {
  return args.map(({ type, optional }) => (optional === true || isFiltersType(type) ? undefined : template(type, 0)));
}

/** How deep a template goes; types may hold themselves. */
const MAX_TEMPLATE_DEPTH = 4;

function template(type: WireType, depth: number): SoapValue {
  switch (type.kind) {
    case 'int':
    case 'double':
      return 1;
    case 'boolean':
      return true;
    case 'list':
      return depth >= MAX_TEMPLATE_DEPTH ? [] : [template(type.of, depth + 1)];
    case 'entity': {
      if (depth >= MAX_TEMPLATE_DEPTH) return {};
      const required = type.fields.filter(({ required: must }) => must === true);
      return Object.fromEntries(required.map((field) => [field.name, template(field.type, depth + 1)]));
    }
    default:
      return '';
  }
}

/** What may be kept of what was typed: everything but what a secret's name stands before. */
export function withoutSecrets(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(withoutSecrets);
  if (!isRecord(value)) return value;
  // A filter names its attribute in a value.
  if (typeof value['key'] === 'string' && isSecretName(value['key'])) return { key: value['key'], value: '' };
  const kept: MutableRecord = {};
  for (const [name, inner] of Object.entries(value)) if (!isSecretName(name)) setKey(kept, name, withoutSecrets(inner));
  return kept;
}
