import type { FailureCode } from '../../api/faults/faults';
import { TransportError, type FailureDetail } from './failure';
import { ProxyError } from '../http/proxy-error';

/** The failures for Node's error codes. */
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
  // Errors of our own reader of HTTP.
  NOT_HTTP: 'not-http',
  SPEAKS_TLS: 'https-port',
  HEAD_TOO_LARGE: 'headers-too-large',
  CHUNKS_BROKEN: 'chunks-broken',
  // Errors of Node's parser, which reads if an editor's proxy makes the connection.
  HPE_HEADER_OVERFLOW: 'headers-too-large',
  HPE_UNEXPECTED_CONTENT_LENGTH: 'length-unclear',
  HPE_INVALID_CONTENT_LENGTH: 'length-unclear',
  HPE_INVALID_CHUNK_SIZE: 'chunks-broken',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'chunks-broken',
  HPE_INVALID_TRANSFER_ENCODING: 'headers-unreadable',
  HPE_INVALID_HEADER_TOKEN: 'headers-unreadable',
  HPE_UNEXPECTED_SPACE: 'headers-unreadable',
  HPE_LF_EXPECTED: 'headers-unreadable',
  HPE_CR_EXPECTED: 'headers-unreadable',
  HPE_INVALID_STATUS: 'headers-unreadable',
  HPE_CLOSED_CONNECTION: 'length-wrong',
};

/** The failures for OpenSSL's messages, most specific first. */
const tlsWords: readonly (readonly [RegExp, FailureCode])[] = [
  [/wrong version number|packet length too long|http request|record layer failure/i, 'http-port'],
  [
    /certificate required|peer did not return a certificate|alert bad certificate|alert unknown ca|alert certificate unknown/i,
    'client-certificate',
  ],
  [/unsupported protocol|alert protocol version|no protocols available|version too low|no ciphers available/i, 'tls-old'],
  [/dh key too small|ee key too small|md too weak|unsafe legacy renegotiation|wrong signature type/i, 'tls-old'],
  [/handshake failure/i, 'tls-handshake'],
];

/**
 * The failure of name lookup, TCP, TLS or HTTP for an error of Node. Without an error, the connection ended too early.
 * @param timeout time limit to connect, in milliseconds, if there was one
 */
export function networkFailure(error: unknown, url: URL, detail: FailureDetail, bytes = 0, timeout?: number): TransportError {
  if (error instanceof TransportError) return error;
  if (error instanceof ProxyError) return proxyFailure(error, url);
  const { code, message } = describe(error);
  const port = url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80';
  const values = {
    host: url.hostname,
    port,
    reason: sentence(message),
    size: bytes > 0 ? `${bytes} bytes` : undefined,
    seconds: timeout === undefined ? undefined : timeout / 1000,
  };
  const failure = failureOf(code, message, bytes > 0);
  // A server that requires a certificate has not read the request.
  return new TransportError(failure, values, failure === 'client-certificate' ? { ...detail, sent: false } : detail, { cause: error });
}

/** The failure of a proxy. Its texts contain only the proxy's host, never its login. */
function proxyFailure(error: ProxyError, { hostname }: URL): TransportError {
  const values = { proxy: error.proxy, host: hostname, status: error.status, reason: sentence(error.message) };
  const failure = error.status === undefined ? 'proxy-unreachable' : error.status === 407 ? 'proxy-login' : 'proxy-refused';
  return new TransportError(failure, values, { status: error.status, sent: false }, { cause: error });
}

function failureOf(code: string | undefined, message: string, begun: boolean): FailureCode {
  if (code === undefined) return 'connection-dropped';
  const isTls = code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_');
  const told = isTls ? tlsWords.find(([words]) => words.test(message) || words.test(code.replaceAll('_', ' ')))?.[1] : undefined;
  const known = told ?? codes[code];
  if (known !== undefined) return known;
  // More bytes came after the end that the headers gave, and the parser reads them as another answer.
  if (code.startsWith('HPE_')) return begun ? 'length-wrong' : 'not-http';
  return isTls ? 'tls' : 'connection-dropped';
}

function describe(error: unknown): { readonly code: string | undefined; readonly message: string } {
  // If a name has several addresses, Node throws all their errors together (happy eyeballs).
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  if (!(first instanceof Error)) return { code: undefined, message: '' };
  return { code: 'code' in first && typeof first.code === 'string' ? first.code : undefined, message: first.message };
}

/** OpenSSL's messages contain file names and line numbers of its source. The useful part is near their end. */
function sentence(message: string): string {
  const parts = /error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):/.exec(message);
  const text = (parts?.[1] ?? message).trim();
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
