import { FaultError, type ToolkitError } from '../../api/errors';
import { mayHaveRun, type FailureCode } from '../../api/faults/faults';
import { TransportError } from '../wire/failure';
import { noteOf } from '../wire/note';

/** Answers that say by themselves that nothing was executed. */
const decided: ReadonlySet<string> = new Set<FailureCode>([
  'redirect',
  'web-login',
  'forbidden',
  'soap-switched-off',
  'soap-library-missing',
  'not-found',
  'rest-instead',
  'method-not-allowed',
  'maintenance',
  'proxy-login',
  'request-too-large',
  'too-many-requests',
  'wsdl-instead',
  'https-port',
]);

/** Failures of a write after which the store may or may not have executed it. */
export function leavesDoubt(error: ToolkitError, method: string): boolean {
  const { exchange } = noteOf(error);
  // Failures of the login or the WSDL come before the write went out.
  if (exchange !== undefined && exchange.method !== method) return false;
  if (error instanceof TransportError) {
    return error.detail.sent && !decided.has(error.failure);
  }
  if (error instanceof FaultError) return mayHaveRun(error.fault, method);
  return error.kind === 'decode';
}
