import { randomUUID } from 'node:crypto';
import type { Dialect } from '../../api/dialect';
import type { Fault } from '../../api/errors';
import { isSecretValue } from '../../api/secrets';
import type { SoapValue } from '../../api/value';
import type { Junk } from '../../soap/decoding/decode';
import type { HttpMethod } from '../http/method';
import type { Oddity } from '../http/oddity';
import { MASK, maskText, maskXml } from '../masking/mask';
import { charsetOf } from '../soap/raw-envelope';

/** Milliseconds of each phase. A phase that did not take place (open connection, plain http) is missing. */
export interface Timings {
  readonly lookup?: number | undefined;
  readonly connect?: number | undefined;
  readonly tls?: number | undefined;
  /** From the end of the request to the first byte of the answer: the store's work. */
  readonly firstByte?: number | undefined;
  /** From the first byte to the last. Decoding takes place at the same time. */
  readonly download?: number | undefined;
  /** Time for decoding, within `download`. */
  readonly decode?: number | undefined;
  readonly total: number;
}

/** HTTP headers in their order, including duplicates (facts §2). */
export type Headers = readonly (readonly [name: string, value: string])[];

/** The result of an exchange. */
export type ExchangeEnd =
  | { readonly kind: 'result'; readonly rows: number }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'error'; readonly code: string; readonly what: string };

/** The request exactly as it was sent, including secrets. */
export interface ExchangeRequest {
  readonly method: HttpMethod;
  readonly url: string;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** A response as it was received. Only {@link Exchange.reveal} returns its secrets. */
export interface ExchangeResponse {
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly headers: Headers;
  /** Decompressed. If {@link bytes} is larger, only the first part. */
  readonly body: Uint8Array;
  /** Size after decompression. */
  readonly bytes: number;
  /** Size on the wire. */
  readonly wireBytes: number;
  /** Charset with which the body was read, in lower case. */
  readonly charset: string;
}

interface ExchangeParts {
  readonly store: string;
  /** `undefined` while the WSDL is being read. */
  readonly dialect: Dialect | undefined;
  /** Path of the method, or `login`, `endSession`, `multiCall`, `wsdl`. */
  readonly method: string;
  /** Masked arguments, as the caller gave them. */
  readonly args: SoapValue;
  /** The envelope was written by hand. It contains its own method, and there are no arguments. */
  readonly raw?: boolean | undefined;
  readonly startedAt: number;
  readonly request: ExchangeRequest;
  readonly response: ExchangeResponse | undefined;
  readonly timings: Timings;
  /** Masked. */
  readonly outcome: ExchangeEnd;
  readonly junk: readonly Junk[];
  /** Mistakes in the HTTP of the answer that did not prevent reading it. */
  readonly oddities?: readonly Oddity[] | undefined;
  /** Secrets that are hidden besides those that names show: key, session, web password. */
  readonly secrets: readonly string[];
}

/**
 * One request with its response. All its public properties are masked. It also has the exact bytes, but only
 * {@link reveal} returns them, and neither `JSON.stringify` nor an inspector shows them.
 */
export class Exchange {
  readonly id = randomUUID();
  readonly store: string;
  readonly dialect: Dialect | undefined;
  readonly method: string;
  readonly args: SoapValue;
  /** Whether the envelope was written by hand. There are then no arguments. */
  readonly raw: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly url: string;
  readonly timings: Timings;
  readonly outcome: ExchangeEnd;
  readonly junk: readonly Junk[];
  /** Mistakes in the HTTP of the answer that did not prevent reading it. */
  readonly oddities: readonly Oddity[];
  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
    const { secrets } = parts;
    this.store = parts.store;
    this.dialect = parts.dialect;
    this.method = parts.method;
    this.args = parts.args;
    this.raw = parts.raw ?? false;
    this.startedAt = parts.startedAt;
    this.url = maskText(maskQuery(parts.request.url), secrets);
    this.timings = parts.timings;
    this.outcome = parts.outcome;
    this.junk = parts.junk.map((junk) => ({ ...junk, text: maskXml(junk.text, secrets) }));
    this.oddities = (parts.oddities ?? []).map(({ code, text }) => ({ code, text: maskText(text, secrets) }));
  }

  /** The request, with its body as masked text. */
  get request(): { readonly method: HttpMethod; readonly headers: Headers; readonly body: string; readonly bytes: number } {
    const { request, secrets } = this.#parts;
    return {
      method: request.method,
      headers: maskHeaders(request.headers, secrets),
      body: maskXml(text(request.body, charsetOf(request.body)), secrets),
      bytes: request.body.length,
    };
  }

  /** The response, with its body as masked text; `undefined` when there is none. `complete` is false when only its beginning was kept. */
  get response(): (Omit<ExchangeResponse, 'body'> & { readonly body: string; readonly complete: boolean }) | undefined {
    const { response, secrets } = this.#parts;
    if (response === undefined) return undefined;
    return {
      ...response,
      statusText: maskText(response.statusText, secrets),
      headers: maskHeaders(response.headers, secrets),
      body: maskXml(text(response.body, response.charset), secrets),
      complete: response.body.length >= response.bytes,
    };
  }

  /** Headers of the response, secrets masked; `undefined` when there is none. */
  get responseHeaders(): Headers | undefined {
    const { response, secrets } = this.#parts;
    return response === undefined ? undefined : maskHeaders(response.headers, secrets);
  }

  /** Headers of the request, secrets masked. */
  get requestHeaders(): Headers {
    return maskHeaders(this.#parts.request.headers, this.#parts.secrets);
  }

  /**
   * The beginning of a body as masked text, without the cost of masking all of it; `undefined` when there is no response.
   * @param most maximum number of characters
   */
  beginning(part: 'request' | 'response', most: number): string | undefined {
    const { request, response, secrets } = this.#parts;
    const body = part === 'request' ? request.body : response?.body;
    if (body === undefined) return undefined;
    // Mask more than is returned, so that no half of a secret remains at the end.
    const head = text(body.subarray(0, 4 * (most + 1024)), part === 'request' ? charsetOf(body) : (response?.charset ?? 'utf-8')).slice(
      0,
      most + 1024,
    );
    return maskXml(head, secrets).slice(0, most);
  }

  /** Any text of the answer, masked like everything here. */
  mask(text: string): string {
    return maskXml(text, this.#parts.secrets);
  }

  /** The exact bytes, including secrets. Only for a user who asked for them explicitly. */
  reveal(): { readonly request: ExchangeRequest; readonly response: ExchangeResponse | undefined } {
    return { request: this.#parts.request, response: this.#parts.response };
  }

  /** Masked, for logs and history files. */
  toJSON(): object {
    const { id, store, dialect, method, args, startedAt, url, timings, outcome, junk, oddities, request, response } = this;
    return { id, store, dialect, method, args, startedAt, url, timings, outcome, junk, oddities, request, response };
  }
}

const secretHeaders = new Set(['authorization', 'proxy-authorization', 'cookie', 'set-cookie']);

function maskHeaders(headers: Headers, secrets: readonly string[]): Headers {
  return headers.map(([name, value]) => [name, isSecretHeader(name, value) ? MASK : maskText(value, secrets)] as const);
}

/** Whether a header is a secret. Other programs whose calls are recorded send keys in headers with their own names, such as `X-Api-Key`. */
function isSecretHeader(name: string, value: string): boolean {
  return secretHeaders.has(name.toLowerCase()) || isSecretValue(name, value);
}

/** An address without the values in its query that have the name of a secret. */
function maskQuery(url: string): string {
  return url.replace(/([?&])([^=&#]{1,256})=([^&#]*)/g, (whole, before: string, name: string, value: string) => {
    // In `user[password]`, the last part is the name.
    const last = decoded(name).replace(/\]$/, '').split('[').at(-1) ?? '';
    return isSecretValue(last, value) ? `${before}${name}=${MASK}` : whole;
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Some percent signs do not begin an escape.
    return text;
  }
}

function text(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch (error) {
    if (error instanceof RangeError) return new TextDecoder('latin1').decode(bytes);
    throw error;
  }
}
