import type { Fault } from '../../api/errors';
import { isRestRequest } from '../../api/rest-request';

/** An error in the store's form. */
export interface RestErrorBody {
  readonly error: string;
  readonly message: string;
}

/** Whether the store says that its REST API is switched off. */
export function isSwitchedOff(body: RestErrorBody | undefined): boolean {
  return body?.error === 'protocol_disabled';
}

/** Errors of tokens. No part of the request was executed. */
const tokenErrors: ReadonlySet<string> = new Set(['unauthorized', 'authentication_error']);

/**
 * The fault for an error. It has the number that SOAP uses for the same error, so that code for one handles both. Its detail has the
 * original status and error. A request that was written by hand may do anything. Its faults have the number of their HTTP status, except
 * for an expired token.
 * @param method the call: `login`, the path of a method, or a request such as `GET /products`
 * @returns `undefined` for a failure of the connection or the server that is not about the call
 */
export function faultOf(status: number, { error, message }: RestErrorBody, method: string): Fault | undefined {
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
      // A request that the store cannot read, or an answer format that it cannot write, is a mistake of ours.
      return '0';
  }
}
