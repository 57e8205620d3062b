import { knownResources, type ResourceRegistry } from '../api/resources';
import type { WireType } from '../api/types';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../api/value';

/**
 * Arguments as a store with a WSDL reads them. If it expects a list, the elements inside are its items, whatever their names, even
 * if a client does not mark them as an array. Arguments of V1 have no types.
 */
export function typedArguments(method: string, args: SoapValue, registry: ResourceRegistry = knownResources): SoapValue {
  const known = registry.find(method)?.args;
  if (known === undefined || !isRecord(args)) return args;
  const types = new Map(known.map(({ name, type }) => [name, type]));
  return mapped(args, (name) => types.get(name));
}

function mapped(record: SoapRecord, typeOf: (name: string) => WireType | undefined): SoapRecord {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, typed(typeOf(name), value)]));
}

function typed(type: WireType | undefined, value: SoapValue): SoapValue {
  if (type?.kind === 'list') {
    const items = isRecord(value) ? Object.values(value).flatMap((item) => (isList(item) ? item : [item])) : value;
    return isList(items) ? items.map((item) => typed(type.of, item)) : items;
  }
  if (type?.kind !== 'entity' || !isRecord(value)) return value;
  const types = new Map(type.fields.map((field) => [field.name, field.type]));
  return mapped(value, (name) => types.get(name));
}
