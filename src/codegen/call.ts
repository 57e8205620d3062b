import { translated, t } from '../l10n/texts';
import type { Method } from '../api/method';
import { findProtocolOperation, type ProtocolOperation } from '../api/protocol';
import { knownResources, type ResourceRegistry } from '../api/resources';
import { dialectLabels, type SoapDialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import { ToolkitError } from '../api/errors';
import { isFiltersType, toV1Filters, toV2Filters } from '../api/filters';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../api/value';
import { endpointFor } from './endpoint';
import { requireElementNames } from './names';
import { SESSION, type Template } from './template';

/** A call to generate code for. */
export interface CodeCall {
  /**
   * Path such as `customer.list`, or operation such as `customerCustomerList`, in the catalogue or beyond it; or `resources`, `multiCall`.
   */
  readonly method: string;
  /**
   * Arguments by documented name or in order, without the session. For methods beyond the catalogue they must be in order for V1, and by
   * name for `soap` and curl.
   */
  readonly args?: SoapRecord | SoapList | undefined;
  /** Address of the store's API, with or without `?wsdl`. Its path is adapted to the dialect. */
  readonly url: string;
  /** API user. */
  readonly user: string;
  readonly dialect: SoapDialect;
  /** Target namespace of the store (facts §1), by default `urn:Maho`. Only curl needs it, since PHP and `soap` read the WSDL. */
  readonly namespace?: string | undefined;
  /** The known resources; those of the customer family by default. */
  readonly registry?: ResourceRegistry | undefined;
  /** Attributes that the listed rows must lack. The API has no such filter (facts §5), so the program filters the rows itself. */
  readonly empty?: readonly string[] | undefined;
}

/** One argument of the SOAP operation itself. */
export interface ResolvedPart {
  readonly name: string;
  readonly value: Template;
  /** An omitted argument that keeps the position of a later one, in calls that pass arguments in order. */
  readonly gap?: true;
}

/** A call in the form of its dialect, independent of the language. */
export interface ResolvedCall {
  readonly dialect: SoapDialect;
  readonly endpoint: string;
  readonly user: string;
  readonly namespace: string;
  /** SOAP operation: `call` for every V1 method. */
  readonly operation: string;
  /** Path, for V1. */
  readonly path: string | undefined;
  /** What the program does, in one line without text of the caller. */
  readonly title: string;
  /** In the order of the WSDL; the session is {@link SESSION}. Names are `undefined` when only the order is known. */
  readonly parts: readonly (ResolvedPart | { readonly name: undefined; readonly value: Template })[];
  /** Element of the call over WS-I, if it is not the operation with `RequestParam` appended. */
  readonly wrapper?: string | undefined;
  /** Element of the answer with the result; `undefined` when it is not known. */
  readonly result: string | undefined;
  /** Whether the result is a list, which WS-I wraps; `undefined` when it is not known. */
  readonly list: boolean | undefined;
  /** See {@link CodeCall.empty}. */
  readonly empty: readonly string[];
}

/**
 * Converts a call to the form of its dialect.
 * @throws {ToolkitError} of kind `input` when the method or its arguments are not valid in that dialect
 */
export function resolveCall(call: CodeCall): ResolvedCall {
  const shape = shapeOf(call);
  // V1 passes arguments as values without names, and their keys as text.
  if (!facets[call.dialect].positional) requireElementNames(shape.parts);
  const { dialect, url, user, namespace = 'urn:Maho', empty = [] } = call;
  return { dialect, endpoint: endpointFor(url, dialect), user, namespace, empty, ...shape };
}

function shapeOf(call: CodeCall): Shape {
  const registry = registryOf(call).over(call.dialect, true);
  const method = registry.find(call.method);
  if (method !== undefined) {
    const described = registry.isDescribed(method);
    if (described && !method.id.includes('.') && facets[call.dialect].positional)
      throw notThere(call, t('The path of this operation is unknown, and V1 calls methods by their path.'));
    return catalogued(method, named(method, call.args), call.dialect, described);
  }
  const operation = findProtocolOperation(call.method);
  return operation === undefined ? unknown(call) : protocol(operation, call);
}

function registryOf({ registry }: CodeCall): ResourceRegistry {
  return registry ?? knownResources;
}

type Shape = Pick<ResolvedCall, 'operation' | 'path' | 'title' | 'parts' | 'wrapper' | 'result' | 'list'>;

/** @param described whether the method is known from a store's description only; its words must not appear in a program */
function catalogued(method: Method, args: ReadonlyMap<string, SoapValue>, dialect: SoapDialect, described: boolean): Shape {
  const title = described ? titleOf(method.id, dialect) : `${method.title} (${method.id}, SOAP ${dialectLabels[dialect]}).`;
  if (facets[dialect].positional) {
    return { ...v1(method.id, v1Arguments(method, args)), title };
  }
  const document = facets[dialect].style === 'document';
  const parts: ResolvedPart[] = [{ name: 'sessionId', value: SESSION }];
  for (const { name, type, emptyElement } of method.args) {
    const filters = isFiltersType(type);
    const value = filters ? toV2Filters(args.get(name)) : args.get(name);
    if (value !== undefined && value !== null) parts.push({ name, value });
    // WS-I's WSDL requires filters and some other elements, even if empty (wire v2-wsi/09).
    else if (document && (filters || emptyElement === true)) parts.push({ name, value: {} });
    else if (!document) parts.push({ name, value: null, gap: true });
  }
  while (parts.at(-1)?.gap === true) parts.pop();
  return {
    operation: method.operation,
    path: undefined,
    title,
    parts,
    wrapper: method.wrapper,
    result: facets[dialect].resultPart ?? method.result.part,
    list: method.result.type.kind === 'list',
  };
}

/**
 * Arguments in V1's order. An empty list is a fault if the method has arguments (facts §5), so filters are always passed, even if empty.
 */
function v1Arguments(method: Method, args: ReadonlyMap<string, SoapValue>): SoapList {
  const values = method.args.map(({ name, type }) => (isFiltersType(type) ? toV1Filters(args.get(name)) : args.get(name)));
  while (values.length > 0 && values.at(-1) === undefined) values.pop();
  return values.map((value) => value ?? null);
}

function v1(path: string, args: SoapList): Omit<Shape, 'title'> {
  return {
    operation: 'call',
    path,
    parts: [
      { name: 'sessionId', value: SESSION },
      { name: 'resourcePath', value: path },
      ...(args.length > 0 ? [{ name: 'args', value: args }] : []),
    ],
    result: 'callReturn',
    list: undefined,
  };
}

function protocol(operation: ProtocolOperation, call: CodeCall): Shape {
  if (operation.v1Only === true && !facets[call.dialect].batches)
    throw notThere(call, t('{name} exists in V1 only.', { name: operation.id }));
  if (operation.id === 'login' || operation.id === 'startSession' || operation.id === 'endSession') {
    throw new ToolkitError('input', {
      code: 'no-program',
      what: t('{name} needs no program.', { name: operation.id }),
      next: t('Every generated program logs in and ends its session. Select another call.'),
    });
  }
  const free = operation.args.filter(({ name }) => name !== 'sessionId');
  const given = call.args ?? [];
  const parts = operation.args.flatMap(({ name }): ResolvedPart[] => {
    if (name === 'sessionId') return [{ name, value: SESSION }];
    const value = isList(given) ? given[free.findIndex((arg) => arg.name === name)] : own(given, name);
    return value === undefined
      ? []
      : [{ name, value: name === 'calls' && isList(value) ? value.map((inner) => innerCall(inner, registryOf(call))) : value }];
  });
  // The WSDLs have the names of the two arguments swapped: the store takes the first for the session (wire v1/154, v2/133).
  const [first, second] = parts;
  if (operation.id === 'resourceFaults' && facets[call.dialect].swapsResourceFaults && first !== undefined && second !== undefined) {
    parts.splice(0, 2, { ...first, value: second.value }, { ...second, value: first.value });
  }
  const part = facets[call.dialect].resultPart ?? `${operation.id}Return`;
  return {
    operation: operation.id,
    path: undefined,
    title: `${operation.doc} (${operation.id}, SOAP ${dialectLabels[call.dialect]}).`,
    parts,
    result: part,
    list: undefined,
  };
}

/** A call within `multiCall` as V1 takes it, `[path, args]`. The given call may also be a map of method and args, or a bare path. */
function innerCall(call: SoapValue, registry: ResourceRegistry): SoapValue {
  const [name, args] = isList(call) ? call : isRecord(call) ? [call['method'], call['args']] : [call, undefined];
  if (typeof name !== 'string')
    throw new ToolkitError('input', {
      code: 'argument-type',
      what: t('A call within multiCall is {short} or {long}.', { short: '["customer.info", [1]]', long: '{ "method", "args" }' }),
    });
  const method = registry.find(name);
  const given = args === undefined || args === null ? [] : isList(args) || isRecord(args) ? args : [args];
  const values = method === undefined ? (isList(given) ? given : Object.values(given)) : v1Arguments(method, named(method, given));
  return values.length === 0 ? [method?.id ?? name] : [method?.id ?? name, values];
}

function unknown(call: CodeCall): Shape {
  const { method, dialect } = call;
  const args = call.args ?? [];
  if (facets[dialect].positional) {
    // PHP 8 would treat a map as named arguments (facts §5), so only the order is kept.
    return {
      ...v1(method, isList(args) ? args : Object.values(args)),
      title: titleOf(method, dialect),
    };
  }
  if (!/^[A-Za-z_]\w*$/.test(method))
    throw notThere(call, t('{dialect} calls methods by an operation such as customerCustomerList.', { dialect: dialectLabels[dialect] }));
  if (isRecord(args) && Object.hasOwn(args, 'sessionId')) {
    throw new ToolkitError('input', {
      code: 'argument-session',
      what: t('The arguments contain a sessionId.'),
      why: t('A generated program logs in and passes its own session.'),
      next: t('Remove sessionId from the arguments.'),
    });
  }
  const parts = isList(args)
    ? args.map((value) => ({ name: undefined, value }))
    : Object.entries(args).map(([name, value]) => ({ name, value }));
  return {
    operation: method,
    path: undefined,
    title: `${method} (SOAP ${dialectLabels[dialect]}).`,
    parts: [{ name: 'sessionId', value: SESSION }, ...parts],
    result: facets[dialect].resultPart,
    list: undefined,
  };
}

/** A title for a method of which only the name is known. */
function titleOf(name: string, dialect: SoapDialect): string {
  const over = `SOAP ${dialectLabels[dialect]}`;
  return /^[\w.]+$/.test(name) ? `${name} (${over}).` : `A call over ${over}.`;
}

/** The arguments by name. They may be given by name or in order. */
function named(method: Method, args: CodeCall['args']): ReadonlyMap<string, SoapValue> {
  const known = method.args.map(({ name }) => name);
  const ownName = (given: string): string => method.args.find(({ otherNames }) => otherNames?.includes(given) === true)?.name ?? given;
  const entries = isRecord(args)
    ? Object.entries(args).map(([name, value]) => [known.includes(name) ? name : ownName(name), value] as const)
    : (args ?? []).map((value, index) => [known[index] ?? `#${index + 1}`, value] as const);
  const stray = entries.find(([name]) => !known.includes(name));
  if (stray !== undefined) {
    throw new ToolkitError('input', {
      code: 'argument-unknown',
      what: t('{method} has no argument "{name}".', { method: method.id, name: stray[0] }),
      next: known.length === 0 ? t('It takes none.') : t('It takes {names}.', { names: known.join(', ') }),
    });
  }
  const map = new Map(entries);
  const missing = method.args.find((arg) => arg.optional !== true && !map.has(arg.name));
  if (missing !== undefined)
    throw new ToolkitError('input', {
      code: 'argument-missing',
      what: t('{method} needs the argument "{name}".', { method: method.id, name: missing.name }),
      why: missing.doc === '' ? undefined : translated(missing.doc),
    });
  return map;
}

function own(record: SoapRecord, name: string): SoapValue | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function notThere(call: CodeCall, why: string): ToolkitError {
  const known = registryOf(call)
    .methods.map((method) => (facets[call.dialect].positional ? method.id : method.operation))
    .join(', ');
  return new ToolkitError('input', {
    code: 'method-unknown',
    what: t('"{name}" cannot be called over {dialect}.', { name: call.method.slice(0, 80), dialect: dialectLabels[call.dialect] }),
    why,
    next: t('Known names: {names}.', { names: known }),
  });
}

/**
 * The arguments by name.
 * @throws {ToolkitError} of kind `input` for a method beyond the catalogue with unnamed arguments
 */
export function namedParts(call: Pick<ResolvedCall, 'operation' | 'parts'>): readonly ResolvedPart[] {
  const given = call.parts.filter((part) => part.name === undefined || part.gap !== true);
  return given.map(({ name, value }) => {
    if (name !== undefined) return { name, value };
    throw new ToolkitError('input', {
      code: 'argument-names',
      what: t('Pass the arguments of {name} by name.', { name: call.operation }),
      why: t('Only PHP can pass arguments by position.'),
      next: t('Write them as {form}.', { form: '{ "name": value }' }),
    });
  });
}
