import { FaultError } from '../../api/errors';
import { explainFault, type FailureCode } from '../../api/faults/faults';
import { TransportError } from '../wire/failure';

/** Faults with which PHP ends an answer that is too large. */
const faults: ReadonlySet<string> = new Set(['memory', 'time-limit']);

/** Failures of an answer that exceeds our own limit. */
const tooLarge: ReadonlySet<FailureCode> = new Set(['too-large']);

/** Failures that replace an answer that is too large, but also have other causes. */
const perhaps: ReadonlySet<FailureCode> = new Set([
  'store-error',
  'empty-answer',
  'gateway',
  'first-byte-timeout',
  'total-timeout',
  'cut-off',
  'connection-dropped',
]);

/**
 * Whether a list was too large to be answered, so that asking for less may help. PHP ran out of memory or time, or the answer
 * exceeds our own limit. Or a store that answered before ends a request in one of the ways that are typical of this: a server
 * error, a gateway timeout, a lost connection.
 * @param answered whether the store answered a smaller request of this kind before
 */
export function isTooMuch(error: unknown, answered: boolean): error is FaultError | TransportError {
  if (error instanceof FaultError) {
    const { entry } = explainFault(error.fault, { phase: 'call' });
    return entry !== undefined && (faults.has(entry.id) || (answered && entry.id === 'server-silent'));
  }
  return error instanceof TransportError && (tooLarge.has(error.failure) || (answered && perhaps.has(error.failure)));
}
