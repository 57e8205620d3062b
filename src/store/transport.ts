import * as tls from 'node:tls';
import type { Timeouts } from './config';
import type { Headers, Timings } from './exchange';
import { TransportError } from './failure';
import { Agents } from './http/agents';
import { Attempt } from './http/attempt';
import type { Oddity } from './http/oddity';

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
  readonly proxy?: ((url: URL) => URL | undefined) | undefined;
}

/** One request, and the listeners to its progress. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
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

/** TLS options that trust further authorities besides those that Node knows; `ca` by itself would replace them. */
export function trusting(ca: string | undefined): { readonly secureContext?: tls.SecureContext } {
  return ca === undefined ? {} : { secureContext: tls.createSecureContext({ ca: [...tls.rootCertificates, ca] }) };
}

/** User and password as they travel in Basic authentication (RFC 7617). */
export function basic(user: string, password: string): string {
  return Buffer.from(`${user}:${password}`).toString('base64');
}

/**
 * HTTP to one store: keep-alive, compression, time limits, a size limit, cancelling. It follows no redirect and knows
 * nothing of SOAP. Node's own http and https, so that VS Code's proxy and certificate support applies.
 */
export class Transport {
  #agents: Agents | undefined;

  constructor(private readonly options: TransportOptions) {}

  /**
   * Sends one request and reads its answer to the end.
   * @throws {TransportError}
   */
  async request(request: HttpRequest): Promise<HttpAnswer> {
    if (request.signal?.aborted === true) throw cancelled(false);
    const agents = (this.#agents ??= new Agents(trusting(this.options.ca)));
    return await new Promise((resolve, reject) => new Attempt(request, this.options, agents, resolve, reject).start());
  }

  /**
   * Closes idle connections. One that is in use ends with its answer: cutting it off would leave a write in doubt. The transport may be
   * used again, over new connections.
   */
  close(): void {
    const agents = this.#agents;
    this.#agents = undefined;
    agents?.close();
  }
}
