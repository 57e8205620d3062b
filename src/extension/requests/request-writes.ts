import type { SavedRequest } from '../../requests';
import { isWrite } from '../../store/calls/policy';

/** Whether a request changes something, as far as its method tells; what cannot be told does. */
export function writesByItself({ method, envelope }: Pick<SavedRequest, 'method' | 'envelope'>): boolean {
  return envelope !== undefined || method === undefined || method === 'multiCall' || isWrite(method);
}
