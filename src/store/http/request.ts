import type { Timeouts } from '../settings/config';
import type { Headers, Timings } from '../wire/exchange';
import { TransportError } from '../wire/failure';
import type { HttpMethod } from './method';
import type { Oddity } from './oddity';

/** A proxy, and how it is spoken to. */
export interface ProxyWay {
  readonly url: URL;
  /** What it is sent as `Proxy-Authorization`; what stands in its address counts before it. */
  readonly authorization?: string | undefined;
  /** Whether a proxy that is reached over https may have any certificate. That of the store is verified nevertheless. */
  readonly anyCertificate?: boolean | undefined;
}

/** How a store is reached; the same for its WSDL and its calls. */
export interface TransportOptions {
  readonly timeouts: Timeouts;
  /** Largest answer after decompression, in bytes. */
  readonly maxBytes: number;
  /** Further certificate authorities, PEM. */
  readonly ca?: string | undefined;
  /** Basic authentication of the web server. */
  readonly auth?: { readonly user: string; readonly password: string } | undefined;
  /**
   * URL of the proxy for an address, `undefined` for none. Without this nothing is asked; an editor may put a proxy under Node's http.
   * @throws {ToolkitError} of kind `input` when the proxy that is set cannot be used
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
  /** Told the headers as they are sent. */
  readonly onSent?: ((headers: Headers) => void) | undefined;
  /** Told the head before the first byte of the body. */
  readonly onHead?: ((head: HttpHead) => void) | undefined;
  /** Told each piece of the decompressed body; `false` stops reading. */
  readonly onData?: ((chunk: Uint8Array) => boolean | void) | undefined;
}

/** Status line and headers of an answer. */
export interface HttpHead {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly headers: Headers;
  /** Host and port of the proxy that the answer came through. */
  readonly proxy?: string | undefined;
}

/** How an exchange went as far as HTTP is concerned, whatever its status. */
export interface HttpAnswer {
  readonly head: HttpHead;
  /** Size after decompression. */
  readonly bytes: number;
  readonly wireBytes: number;
  readonly timings: Timings;
  /** `false` when `onData` stopped it. */
  readonly complete: boolean;
  /** What was wrong with its HTTP and did not keep it from being read. */
  readonly oddities: readonly Oddity[];
}

/** Value of a header; the last one where it stands several times, since `php -S` sends two Content-Types (facts §2). */
export function header(headers: Headers, name: string): string | undefined {
  return headers.findLast(([key]) => key.toLowerCase() === name)?.[1];
}

/** The error for a call that was cancelled. */
export function cancelled(sent: boolean): TransportError {
  return new TransportError('cancelled', {}, { sent });
}

/** User and password as they travel in Basic authentication (RFC 7617). */
export function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}
