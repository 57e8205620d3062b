import type { Method } from '../../api/method';
import type { ProtocolOperation } from '../../api/protocol';

/** Name of the element of a WS-I request by its operation. The store's names are inconsistent; `startSession` has no element. */
export function requestElement(operation: ProtocolOperation | Method): string {
  if ('operation' in operation) return `${operation.operation}RequestParam`;
  return operation.id === 'resources' ? 'resourcesRequestParam' : `${operation.id}Param`;
}
