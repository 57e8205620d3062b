import type { Timeouts } from '../settings/config';
import type { Headers, Timings } from '../wire/exchange';
import { TransportError } from '../wire/failure';
import type { HttpMethod } from './method';
import type { Oddity } from './oddity';

/** A proxy, and how to connect to it. */
export interface ProxyWay {
  readonly url: URL;
  /** Value of `Proxy-Authorization`. A login in the proxy's address has priority. */
  readonly authorization?: string | undefined;
  /** Whether a proxy over https may have any certificate. The store's certificate is verified even so. */
  readonly anyCertificate?: boolean | undefined;
}

/** How to connect to a store. The same for its WSDL and its calls. */
export interface TransportOptions {
  readonly timeouts: Timeouts;
  /** Largest answer after decompression, in bytes. */
  readonly maxBytes: number;
  /** Further certificate authorities, PEM. */
  readonly ca?: string | undefined;
  /** Basic authentication of the web server. */
  readonly auth?: { readonly user: string; readonly password: string } | undefined;
  /**
   * The proxy for an address, `undefined` for none. Without this function no proxy is used here, but an editor may add one in Node's http.
   * @throws {ToolkitError} of kind `input` when the configured proxy cannot be used
   */
  readonly proxy?: ((url: URL) => URL | ProxyWay | undefined) | undefined;
}

/** One request, and the listeners to its progress. */
export interface HttpRequest {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /** `false` asks for an answer without compression. */
  readonly compressed?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Receives the headers as they are sent. */
  readonly onSent?: ((headers: Headers) => void) | undefined;
  /** Receives the head before the first byte of the body. */
  readonly onHead?: ((head: HttpHead) => void) | undefined;
  /** Receives each piece of the decompressed body; `false` stops reading. */
  readonly onData?: ((chunk: Uint8Array) => boolean | void) | undefined;
}

/** Status line and headers of an answer. */
export interface HttpHead {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly headers: Headers;
  /** Host and port of the proxy through which the answer came. */
  readonly proxy?: string | undefined;
}

/** The result of an exchange at the level of HTTP, whatever its status. */
export interface HttpAnswer {
  readonly head: HttpHead;
  /** Size after decompression. */
  readonly bytes: number;
  readonly wireBytes: number;
  readonly timings: Timings;
  /** `false` when `onData` stopped it. */
  readonly complete: boolean;
  /** Mistakes in its HTTP that did not prevent reading it. */
  readonly oddities: readonly Oddity[];
}

/** Value of a header. If it occurs several times, the last one counts, since `php -S` sends two Content-Types (facts §2). */
export function header(headers: Headers, name: string): string | undefined {
  return headers.findLast(([key]) => key.toLowerCase() === name)?.[1];
}

/** The error for a call that was cancelled. */
export function cancelled(sent: boolean): TransportError {
  return new TransportError('cancelled', {}, { sent });
}

/** User and password in the form of Basic authentication (RFC 7617). */
export function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}
