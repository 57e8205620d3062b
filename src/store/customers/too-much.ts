import { FaultError } from '../../api/errors';
import { explainFault, type FailureCode } from '../../api/faults/faults';
import { TransportError } from '../wire/failure';

/** Faults with which PHP stops over an answer that is too large. */
const faults: ReadonlySet<string> = new Set(['memory', 'time-limit']);

/** An answer that is too large for us. */
const tooLarge: ReadonlySet<FailureCode> = new Set(['too-large']);

/** What comes instead of an answer that is too large, and for other reasons as well. */
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
 * Whether a list could not be answered for its size, so that asking for less may help: PHP ran out of memory or time, the answer
 * is over our own limit, or a store that answered before ends a request in one of the ways in which such a request ends (a server
 * error, a gateway that did not wait, a connection that was cut).
 * @param answered whether the store answered a smaller question of this kind before
 */
export function isTooMuch(error: unknown, answered: boolean): error is FaultError | TransportError {
  if (error instanceof FaultError) {
    const { entry } = explainFault(error.fault, { phase: 'call' });
    return entry !== undefined && (faults.has(entry.id) || (answered && entry.id === 'server-silent'));
  }
  return error instanceof TransportError && (tooLarge.has(error.failure) || (answered && perhaps.has(error.failure)));
}
