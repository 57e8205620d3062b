import { isFiltersType, toV1Filters } from '../api/filters';
import { facets, writtenIn } from '../api/dialect-facets';
import type { Dialect } from '../api/dialect';
import { isSecretName } from '../api/secrets';
import { isWrite } from '../api/access';
import { dialectOfCall, isRestRequest } from '../api/rest-request';
import { findMethod } from '../api/catalogue';
import type { StoreArgument, StoreMethod, StoreMethods } from '../api/store-methods/store-methods';
import { templateText, templateValue } from '../api/store-methods/template';
import { any } from '../api/types';
import { formType } from './form-type';
import { isList, isRecord, setKey, type MutableRecord, type SoapList, type SoapRecord, type SoapValue } from '../api/value';

/** Values of a method's arguments in their order; `undefined` for an argument that is left out. */
export type ArgumentValues = readonly (SoapValue | undefined)[];

/** A call as the client takes it: the name and the arguments in the dialect that the call uses. */
export interface MethodCall {
  readonly method: string;
  readonly args: SoapRecord | SoapList;
  /** Set only where the store's own dialect does not have the method. */
  readonly dialect?: Dialect;
}

/** The only argument of a method without a description: all of its arguments, as a list or by name. */
const ALL_ARGUMENTS: StoreArgument = { name: 'arguments', names: { v2: undefined, wsi: undefined }, type: any, optional: true };

/** The arguments that the form of a method asks for, with types that a form can show. */
export function formArguments({ args = [ALL_ARGUMENTS] }: StoreMethod): readonly StoreArgument[] {
  return args.map((argument) => ({ ...argument, type: formType(argument.type) }));
}

/** A method that a store did not list, built from the name that somebody typed. */
export function unlistedMethod(name: string, dialect: Dialect): StoreMethod {
  const isRequest = isRestRequest(name);
  const path = name.includes('.') && !isRequest ? name : undefined;
  return {
    path,
    operation: path === undefined && !isRequest ? name : undefined,
    id: name,
    resource: path?.split('.')[0] ?? name,
    name: path?.split('.').at(-1) ?? name,
    aliases: [],
    title: undefined,
    description: undefined,
    callable: undefined,
    dialects: [dialectOfCall(name, dialect) ?? dialect],
    access: isWrite(name) ? 'write' : 'read',
    args: undefined,
    result: any,
  };
}

/** Names of required arguments without a value. Nothing is missing where the description does not say which arguments are optional. */
export function missingArguments({ args = [] }: StoreMethod, values: ArgumentValues): readonly string[] {
  return args.flatMap(({ name, optional, type }, index) =>
    optional === false && values[index] === undefined && !isFiltersType(type) ? [name] : [],
  );
}

/**
 * The call with these values: by position over V1, by name elsewhere. A method that the dialect lacks is called over a dialect that has it.
 */
export function methodCall(method: StoreMethod, values: ArgumentValues, dialect: Dialect): MethodCall {
  const over = method.dialects.includes(dialect) ? dialect : (method.dialects[0] ?? dialect);
  const [all] = values;
  // Arguments without a description are sent as they were written.
  if (method.args === undefined && (isRecord(all) || isList(all))) return { method: method.path ?? method.id, args: all };
  const elsewhere = over === dialect ? {} : { dialect: over };
  const known = method.path === undefined ? undefined : findMethod(method.path);
  const { positional, filters } = facets[over];
  const { style } = facets[writtenIn(over)];
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
  // A method of the catalogue is named by its path in every dialect, so that it is checked and explained.
  const own = known?.args.length === args.length ? known : undefined;
  const named: MutableRecord = {};
  args.forEach(({ name, names }, index) => {
    const value = values[index];
    if (value !== undefined) setKey(named, own?.args[index]?.name ?? (style === 'document' ? names.wsi : names.v2) ?? name, value);
  });
  return { method: own?.id ?? method.operation ?? method.id, args: named, ...elsewhere };
}

/** A request of a request file, with the method's path and the argument names of the store's dialect. */
export function methodRequest(method: StoreMethod, values: ArgumentValues, dialect: Dialect): SoapRecord {
  const { args, ...call } = methodCall(method, values, dialect);
  const empty = isList(args) ? args.length === 0 : Object.keys(args).length === 0;
  return { name: method.title ?? method.id, ...call, ...(empty ? {} : { args }) };
}

/** Initial values for arguments that are required, or that the description does not call optional. */
export function startingValues({ args = [] }: StoreMethod): ArgumentValues {
  return args.map(({ type, optional }) => (optional === true || isFiltersType(type) ? undefined : templateValue(type)));
}

/**
 * A request file with a request whose arguments are a template: the required ones first, the rest as comments. Arguments are given by name,
 * also where the store speaks V1: the description has their order.
 * @param store name of the store in the settings
 */
export function templateFile(store: string, methods: StoreMethods, method: StoreMethod, dialect: Dialect): string {
  const { args: _, ...request } = methodRequest(method, [], dialect);
  const { args } = methods.asMethod(method, methodCall(method, [], dialect).dialect ?? dialect);
  const fields = Object.entries(request).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  if (args.length > 0) fields.push(`"args": ${templateText({ args }, '      ')}`);
  const body = fields.map((field) => `      ${field}`).join(',\n');
  return `{\n  "store": ${JSON.stringify(store)},\n  "requests": [\n    {\n${body}\n    }\n  ]\n}\n`;
}

/** The value without the entries whose names are those of secrets, so that it may be kept. */
export function withoutSecrets(value: SoapValue): SoapValue {
  if (isList(value)) return value.map(withoutSecrets);
  if (!isRecord(value)) return value;
  // A filter has the name of its attribute in the value of `key`.
  if (typeof value['key'] === 'string' && isSecretName(value['key'])) return { key: value['key'], value: '' };
  const kept: MutableRecord = {};
  for (const [name, inner] of Object.entries(value)) if (!isSecretName(name)) setKey(kept, name, withoutSecrets(inner));
  return kept;
}
