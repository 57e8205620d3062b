import type { SavedRequest } from '../../requests';
import { isWrite } from '../../store/calls/policy';

/** Whether a request writes, as far as its method tells. If that is not known, it counts as a write. */
export function writesByItself({ method, envelope }: Pick<SavedRequest, 'method' | 'envelope'>): boolean {
  return envelope !== undefined || method === undefined || method === 'multiCall' || isWrite(method);
}
