import { isNaturalList, readNatural, readRequest, type NaturalValue, type SoapRequest } from '../../soap/decoding/request';
import type { DemoMethods } from '../operations/methods';
import { partNamed, stringPart } from './parts';

/**
 * The methods and protocol operations that a request calls, for fault rules. A multiCall counts as `multiCall` and as each of its calls.
 * @returns an empty list for a request that cannot be read
 */
export function methodsIn(body: Buffer, methods: DemoMethods): readonly string[] {
  const request = readRequest(body);
  if (typeof request === 'string') return [];
  const named = (name: string): string => methods.find(name)?.method.id ?? name;
  switch (request.operation) {
    case 'call':
      return ['call', pathOf(stringPart(request, 'resourcePath'))].map(named);
    case 'multiCall':
      return ['multiCall', ...pathsIn(request).map(named)];
    default:
      return [named(methods.operationOf(request.operation) ?? request.operation)];
  }
}

/** The store ignores everything after the second dot (wire v1/160). */
function pathOf(path: NaturalValue | undefined): string {
  return typeof path === 'string' ? path.split('.').slice(0, 2).join('.') : '';
}

function pathsIn(request: SoapRequest): readonly string[] {
  const part = partNamed(request, 'calls');
  const calls = part === undefined ? null : readNatural(part, 'array');
  return isNaturalList(calls) ? calls.map((call) => pathOf(isNaturalList(call) ? call[0] : call)) : [];
}
