import { isFiltersType, isV2Filters, toV1Filters, toV2Filters } from '../api/filters';
import { ToolkitError } from '../api/errors';
import { knownResources, type ResourceRegistry } from '../api/resources';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../api/value';
import { comparableValue, type RecordedCall } from './meaning';
import { typedArguments } from './typed-arguments';

/**
 * Arguments of a recorded call in the form in which people write them: by name, filters as a map of attributes. Arguments without a name,
 * and those that would lose something in this form, stay as they were sent.
 */
export function namedArguments(
  { method, args }: Pick<RecordedCall, 'method' | 'args'>,
  registry: ResourceRegistry = knownResources,
): SoapValue {
  const known = registry.find(method);
  if (known === undefined) return isRecord(args) ? withReadableFilters(args, ['filters']) : args;
  const filters = known.args.filter(({ type }) => isFiltersType(type)).map(({ name }) => name);
  const named = isRecord(args)
    ? typedArguments(method, args, registry)
    : byPosition(
        isList(args) ? args : [args],
        known.args.map(({ name }) => name),
      );
  return isRecord(named) ? withReadableFilters(named, filters) : named;
}

/** V1's list as arguments by name. It is returned unchanged if it has more values than the method has arguments. */
function byPosition(args: SoapList, names: readonly string[]): SoapRecord | SoapList {
  if (args.length > names.length) return args;
  return Object.fromEntries(args.map((value, index) => [names[index] ?? '', value]));
}

function withReadableFilters(args: SoapRecord, names: readonly string[]): SoapRecord {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, names.includes(name) ? readableFilters(value) : value]));
}

/**
 * V2's structure as a map, if both have the same meaning. They do not if an attribute has two conditions with one operator, for instance.
 */
function readableFilters(filters: SoapValue): SoapValue {
  if (!isV2Filters(filters)) return filters;
  try {
    const map = toV1Filters(filters);
    return sameConditions(toV2Filters(map), filters) ? map : filters;
  } catch (error) {
    if (error instanceof ToolkitError) return filters;
    throw error;
  }
}

function sameConditions(one: SoapRecord | undefined, other: SoapRecord): boolean {
  const conditions = (filters: SoapRecord | undefined): string =>
    JSON.stringify(
      ['filter', 'complex_filter'].map((element) => {
        const list = filters?.[element];
        return isList(list) ? list.map((condition) => JSON.stringify(comparableValue(condition))).sort() : [];
      }),
    );
  return conditions(one) === conditions(other);
}
