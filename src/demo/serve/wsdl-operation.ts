import type { Method } from '../../api/method';
import type { ProtocolOperation } from '../../api/protocol';

/** Element of a WS-I request by its operation. The store is not of one mind about how to name them; `startSession` has none. */
export function requestElement(operation: ProtocolOperation | Method): string {
  if ('operation' in operation) return `${operation.operation}RequestParam`;
  return operation.id === 'resources' ? 'resourcesRequestParam' : `${operation.id}Param`;
}
