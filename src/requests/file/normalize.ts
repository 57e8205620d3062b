import { findProtocolOperation } from '../../api/protocol';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { isFiltersType } from '../../api/filters';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';

/** A call in the form that a client takes. */
export interface ReadyCall {
  readonly method: string;
  readonly args: SoapRecord | SoapList;
}

/**
 * Converts arguments of any documented form to the form that a client takes. They may be named, in V1's order, or one bare value as in the
 * documentation (`call($session, 'customer.info', '2')`). Filters may be a map, V2's structure, or in WS-I's wrapper.
 * @throws {ToolkitError} of kind `input`
 */
export function readyCall(name: string, args: SoapValue | undefined, registry: ResourceRegistry = knownResources): ReadyCall {
  const method = registry.find(name);
  if (method === undefined) return { method: name, args: foreign(name, args) };
  const named: SoapRecord = isRecord(args)
    ? args
    : // oxlint-disable-next-line house/spoken-texts -- the key of an argument that the method does not have
      Object.fromEntries(positional(args).map((value, index) => [method.args[index]?.name ?? `argument ${index + 1}`, value]));
  const argument = method.args.find(({ type }) => isFiltersType(type))?.name;
  const filters = argument === undefined ? undefined : named[argument];
  if (argument === undefined || filters === undefined) return { method: method.id, args: named };
  return { method: method.id, args: { ...named, [argument]: unwrapped(filters) } };
}

/**
 * The calls of a `multiCall`. Each is a pair as in V1, a map of method and args, or a bare path.
 * @throws {ToolkitError} of kind `input`, `argument-type`, for anything else
 */
export function readyCalls(args: SoapValue | undefined): { readonly calls: readonly ReadyCall[]; readonly stopAtFault: boolean } {
  const { calls, options } = isRecord(args) ? args : { calls: args, options: undefined };
  if (!isList(calls)) throw malformed(t('multiCall needs a list of calls.'));
  return { calls: calls.map(readyInner), stopAtFault: isRecord(options) && Boolean(Number(options['break'] ?? 0)) };
}

function readyInner(call: SoapValue): ReadyCall {
  if (typeof call === 'string') return readyCall(call, undefined);
  if (isRecord(call) && typeof call['method'] === 'string') return readyCall(call['method'], call['args']);
  if (isList(call) && typeof call[0] === 'string') return readyCall(call[0], call[1]);
  throw malformed(t('A call within multiCall is {pair} or {map}.', { pair: '["customer.info", [1]]', map: '{ "method", "args" }' }));
}

function foreign(name: string, args: SoapValue | undefined): SoapRecord | SoapList {
  if (isRecord(args)) return args;
  // Operations of the protocol are known by name. For any other method a bare value is the first argument.
  return findProtocolOperation(name) !== undefined && args === undefined ? {} : positional(args);
}

function positional(args: SoapValue | undefined): SoapList {
  return args === undefined || args === null ? [] : isList(args) ? args : [args];
}

/** Removes WS-I's item wrapper from the lists in V2's filters. */
function unwrapped(filters: SoapValue): SoapValue {
  if (!isRecord(filters)) return filters;
  const off = (value: SoapValue | undefined): SoapValue | undefined => {
    const wrapped = isRecord(value) && Object.keys(value).length === 1 ? value['complexObjectArray'] : undefined;
    return wrapped === undefined ? value : isList(wrapped) ? wrapped : [wrapped];
  };
  return Object.fromEntries(
    Object.entries(filters).map(([key, value]) => [key, key === 'filter' || key === 'complex_filter' ? (off(value) ?? null) : value]),
  );
}

function malformed(what: string): ToolkitError {
  return new ToolkitError('input', { code: 'argument-type', what });
}
