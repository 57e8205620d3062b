import type { FailureCode } from '../api/faults';
import { TransportError, type FailureDetail } from './failure';

/** What Node's error codes mean for people. */
const codes: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'host-not-found',
  EAI_AGAIN: 'lookup-failed',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  ECONNRESET: 'connection-dropped',
  ECONNABORTED: 'connection-dropped',
  EPIPE: 'connection-dropped',
  ERR_STREAM_PREMATURE_CLOSE: 'connection-dropped',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  CERT_REVOKED: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  EPROTO: 'tls',
};

/**
 * A failure of name lookup, TCP, TLS or HTTP, from what Node threw; without an error, a connection that ended too early.
 * @param timeout time limit to connect, in milliseconds, where there was one
 */
export function networkFailure(error: unknown, url: URL, detail: FailureDetail, bytes = 0, timeout?: number): TransportError {
  const { code, message } = describe(error);
  const port = url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80';
  const values = { host: url.hostname, port, reason: sentence(message), size: bytes > 0 ? `${bytes} bytes` : undefined, seconds: timeout === undefined ? undefined : timeout / 1000 };
  return new TransportError(failureOf(code), values, detail, { cause: error });
}

function failureOf(code: string | undefined): FailureCode {
  if (code === undefined) return 'connection-dropped';
  const known = codes[code];
  if (known !== undefined) return known;
  if (code.startsWith('HPE_')) return 'not-http';
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) return 'tls';
  return 'connection-dropped';
}

function describe(error: unknown): { readonly code: string | undefined; readonly message: string } {
  // When a name has several addresses, Node throws all their errors together (happy eyeballs).
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return { code: undefined, message: '' };
  return { code: 'code' in first && typeof first.code === 'string' ? first.code : undefined, message: first.message };
}

/** OpenSSL's messages hold file names and numbers of its source; the useful part is near their end. */
function sentence(message: string): string {
  const parts = /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec(message);
  const text = (parts?.[1] ?? message).trim();
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
