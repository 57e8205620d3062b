import type { Generation } from '../../api/generations';
import { versionMethods } from '../operations/version';
import { catalogue, protocolOperations, type Method, type ProtocolOperation } from '../../api/catalogue';

/** Element of a WS-I request by its operation. The store is not of one mind about how to name them; `startSession` has none. */
export function requestElement(operation: ProtocolOperation | Method): string {
  if ('operation' in operation) return `${operation.operation}RequestParam`;
  return operation.id === 'resources' ? 'resourcesRequestParam' : `${operation.id}Param`;
}

const byElement: ReadonlyMap<string, string> = new Map([
  ...protocolOperations.filter(({ id, v1Only }) => v1Only !== true && id !== 'startSession').map((operation) => [requestElement(operation), operation.id] as const),
  ...catalogue.map((method) => [requestElement(method), method.operation] as const),
]);

/** Operation of a WS-I request by the element in its body. */
export function wsdlOperation(element: string, generation: Generation): string | undefined {
  const known = byElement.get(element);
  return known ?? versionMethods(generation).find((method) => requestElement(method) === element)?.operation;
}
