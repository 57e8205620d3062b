import { FaultError, ToolkitError } from '../../api/errors';
import { mayHaveRun, type FailureCode } from '../../api/faults/faults';
import { t } from '../../l10n/texts';
import { TransportError } from '../wire/failure';
import { note, noteOf } from '../wire/note';

/** Failures which show that nothing was executed. */
const decided: ReadonlySet<string> = new Set<FailureCode>([
  'redirect',
  'web-login',
  'web-login-rest',
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

/** Whether the store may have executed a write that failed with this error. */
export function leavesDoubt(error: ToolkitError, method: string): boolean {
  const { exchange } = noteOf(error);
  // A failed login or WSDL comes before the write is sent.
  if (exchange !== undefined && exchange.method !== method) return false;
  if (error instanceof TransportError) {
    return error.detail.sent && !decided.has(error.failure);
  }
  if (error instanceof FaultError) return mayHaveRun(error.fault, method);
  return error.kind === 'decode';
}

/**
 * Runs a write once. If its answer is lost, the error says that it is not known whether the write was executed.
 * @throws the attempt's error; if it leaves doubt, the same kind of error, noted as `execution: 'unknown'`
 */
export async function uncertain<T>(method: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof ToolkitError) || !leavesDoubt(error, method)) throw error;
    const words = {
      ...error.words,
      why: [error.words.why, t('It is not known whether the store executed {method} before.', { method })]
        .filter((part) => part !== undefined)
        .join(' '),
      next: t('Check the data in the store before you send it again.'),
    };
    const doubt = error instanceof FaultError ? new FaultError(error.fault, words) : new ToolkitError(error.kind, words, { cause: error });
    throw note(doubt, { ...noteOf(error), execution: 'unknown' });
  }
}
