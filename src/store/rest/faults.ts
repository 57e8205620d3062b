import type { Fault } from '../../api/errors';
import { isRestRequest } from '../../api/rest-request';

/** An error as the store says it. */
interface Said {
  readonly error: string;
  readonly message: string;
}

/** Whether the store says that its REST API is switched off. */
export function isSwitchedOff(said: Said | undefined): boolean {
  return said?.error === 'protocol_disabled';
}

/** Errors of tokens: nothing of the request was carried out. */
const tokenErrors: ReadonlySet<string> = new Set(['unauthorized', 'authentication_error']);

/**
 * The fault that an error is. It has the number that SOAP has for the same, so that whoever asks for one of them finds both, and says in
 * its detail what came.
 * A request that somebody wrote by hand is about anything: its faults have the number of their HTTP status, but for a token that is over.
 * @param method what was being done: `login`, the path of a method, or a request such as `GET /products`
 * @returns `undefined` for what is a failure of the way, and not about the call
 */
export function faultOf(status: number, { error, message }: Said, method: string): Fault | undefined {
  const code = codeOf(status, error, message, method);
  return code === undefined ? undefined : { code, message, detail: `HTTP ${status} ${error}` };
}

function codeOf(status: number, error: string, message: string, method: string): string | undefined {
  if (error === 'too_many_requests' || status >= 500) return undefined;
  if (isRestRequest(method)) return status === 401 && tokenErrors.has(error) ? '5' : String(status);
  switch (status) {
    case 400:
      if (method === 'login') return '6';
      return '100';
    case 401:
      if (method === 'login') return '2';
      return tokenErrors.has(error) ? '5' : '2';
    case 403:
      return '2';
    case 404:
      return /^No route found/.test(message) ? '3' : '102';
    case 405:
      return '4';
    case 409:
    case 422:
      return '100';
    default:
      // A request that it cannot read, or an answer that it cannot write, is a mistake of ours.
      return '0';
  }
}
