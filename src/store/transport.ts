import * as http from 'node:http';
import * as https from 'node:https';
import type { Readable } from 'node:stream';
import * as tls from 'node:tls';
import * as zlib from 'node:zlib';
import type { Timeouts } from './config';
import type { Headers, Timings } from './exchange';
import { TransportError, type FailureDetail } from './failure';
import { networkFailure } from './network-failure';

/** How a store is reached; the same for its WSDL and its calls. */
export interface TransportOptions {
  readonly timeouts: Timeouts;
  /** Largest answer after decompression, in bytes. */
  readonly maxBytes: number;
  /** Further certificate authorities, PEM. */
  readonly ca?: string | undefined;
  /** Basic authentication of the web server. */
  readonly auth?: { readonly user: string; readonly password: string } | undefined;
}

/** One request, and who is told how it goes. */
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
}

/** Value of a header; the last one where it stands several times, since `php -S` sends two Content-Types (facts §2). */
export function header(headers: Headers, name: string): string | undefined {
  return headers.findLast(([key]) => key.toLowerCase() === name)?.[1];
}

/** What a caller gets who cancelled. */
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

/** Idle connections are given up before a server would do it, so that a write hardly ever meets one that is just closing. */
const IDLE_MS = 4000;

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
    const agents = (this.#agents ??= agentsFor(this.options));
    return await new Promise((resolve, reject) => new Attempt(request, this.options, agents, resolve, reject).start());
  }

  /**
   * Closes idle connections. One that is in use ends with its answer: cutting it off would leave a write in doubt. The transport may be
   * used again, over new connections.
   */
  close(): void {
    const agents = this.#agents;
    this.#agents = undefined;
    for (const agent of agents === undefined ? [] : [agents.http, agents.https]) {
      agent.maxFreeSockets = 0;
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    }
  }
}

interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

function agentsFor(options: TransportOptions): Agents {
  const shared = { keepAlive: true, timeout: IDLE_MS };
  return { http: new http.Agent(shared), https: new https.Agent({ ...shared, ...trusting(options.ca) }) };
}

/** One request on its way: the clockwork behind {@link Transport.request}. */
class Attempt {
  readonly #url: URL;
  readonly #begun = performance.now();
  readonly #marks: { lookup?: number; connect?: number; tls?: number; sent?: number; head?: number } = {};
  readonly #timers = new Set<NodeJS.Timeout>();
  #request: http.ClientRequest | undefined;
  #body: Readable | undefined;
  #sent = false;
  #settled = false;
  #bytes = 0;
  #wireBytes = 0;

  constructor(
    private readonly request: HttpRequest,
    private readonly options: TransportOptions,
    private readonly agents: Agents,
    private readonly resolve: (answer: HttpAnswer) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    this.#url = new URL(request.url);
  }

  start(): void {
    const { request, options } = this;
    const secure = this.#url.protocol === 'https:';
    const shared: http.RequestOptions = {
      method: request.method,
      headers: {
        ...request.headers,
        'Accept-Encoding': 'gzip, deflate, br',
        ...(request.body === undefined ? {} : { 'Content-Length': request.body.length }),
        ...(options.auth === undefined ? {} : { Authorization: `Basic ${basic(options.auth.user, options.auth.password)}` }),
      },
    };
    this.#limit('total-timeout', options.timeouts.total);
    this.#limit('connect-timeout', options.timeouts.connect);
    request.signal?.addEventListener('abort', this.#abort, { once: true });
    const sent = secure
      ? https.request(this.#url, { ...shared, agent: this.agents.https })
      : http.request(this.#url, { ...shared, agent: this.agents.http });
    this.#request = sent;
    request.onSent?.(sent.getRawHeaderNames().map((name) => [name, String(sent.getHeader(name))] as const));
    sent.on('socket', (socket) => this.#watch(socket, secure, sent.reusedSocket));
    sent.on('response', (response) => this.#receive(response));
    sent.on('error', (error) => this.#fail(networkFailure(error, this.#url, this.#detail(), this.#bytes)));
    sent.end(request.body);
  }

  /** Times name lookup, TCP and TLS; the time limit for them ends once the request can be sent. */
  #watch(socket: NodeJS.EventEmitter & { readonly connecting?: boolean }, secure: boolean, reused: boolean): void {
    const ready = (): void => {
      if (this.#settled) return;
      this.#sent = true;
      this.#marks.sent = performance.now();
      this.#clearTimers('connect-timeout');
      this.#limit('first-byte-timeout', this.options.timeouts.firstByte);
    };
    if (reused || socket.connecting !== true) {
      ready();
      return;
    }
    socket.once('lookup', () => (this.#marks.lookup = performance.now()));
    socket.once('connect', () => {
      this.#marks.connect = performance.now();
      if (!secure) ready();
    });
    socket.once('secureConnect', () => {
      this.#marks.tls = performance.now();
      ready();
    });
  }

  #receive(response: http.IncomingMessage): void {
    this.#marks.head = performance.now();
    this.#clearTimers('first-byte-timeout');
    const headers = pairs(response.rawHeaders);
    const head: HttpHead = { status: response.statusCode ?? 0, statusText: response.statusMessage ?? '', httpVersion: response.httpVersion, headers };
    response.on('data', (chunk: Buffer) => (this.#wireBytes += chunk.length));
    response.on('error', (error) => this.#fail(networkFailure(error, this.#url, this.#detail(), this.#bytes)));
    this.#guarded(() => this.request.onHead?.(head));
    const body = this.#decompress(response, header(headers, 'content-encoding'));
    this.#body = body;
    // Whoever was told the head may have ended it.
    if (this.#settled) this.#drop();
    body.on('data', (chunk: Buffer) => {
      if (this.#settled) return;
      this.#bytes += chunk.length;
      if (this.#bytes > this.options.maxBytes) {
        this.#fail(new TransportError('too-large', { size: megabytes(this.options.maxBytes) }, this.#detail()));
        return;
      }
      const more = this.#guarded(() => this.request.onData?.(chunk));
      if (more === false) this.#finish(head, false);
    });
    body.on('end', () => {
      if (response.complete) this.#finish(head, true);
      else this.#fail(networkFailure(undefined, this.#url, this.#detail(), this.#bytes));
    });
  }

  #decompress(response: http.IncomingMessage, encoding: string | undefined): Readable {
    const inflate = inflater(encoding?.trim().toLowerCase());
    if (inflate === undefined) return response;
    inflate.on('error', (error: NodeJS.ErrnoException) => {
      const cut = error.code === 'Z_BUF_ERROR' && !response.complete;
      this.#fail(cut ? networkFailure(undefined, this.#url, this.#detail(), this.#bytes) : new TransportError('compressed', { reason: error.message }, this.#detail(), { cause: error }));
    });
    return response.pipe(inflate);
  }

  /** Whoever listens may throw: that ends the exchange, not the process. */
  #guarded<T>(action: () => T): T | undefined {
    try {
      return action();
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  readonly #abort = (): void => this.#fail(cancelled(this.#sent));

  #limit(code: 'connect-timeout' | 'first-byte-timeout' | 'total-timeout', ms: number): void {
    const timer = setTimeout(() => {
      this.#fail(new TransportError(code, { host: this.#url.hostname, seconds: ms / 1000 }, this.#detail()));
    }, ms);
    this.#timers.add(timer);
    this.#timerOf.set(code, timer);
  }

  readonly #timerOf = new Map<string, NodeJS.Timeout>();

  #clearTimers(code?: string): void {
    if (code !== undefined) {
      clearTimeout(this.#timerOf.get(code));
      return;
    }
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #detail(): FailureDetail {
    return { sent: this.#sent };
  }

  #finish(head: HttpHead, complete: boolean): void {
    if (!this.#settle()) return;
    if (!complete) this.#drop();
    this.resolve({ head, bytes: this.#bytes, wireBytes: this.#wireBytes, timings: this.#timings(), complete });
  }

  #fail(error: unknown): void {
    if (!this.#settle()) return;
    this.#drop();
    this.reject(error);
  }

  /** Ends what is under way: the request, and the decompressor, which would go on with what it has already been given. */
  #drop(): void {
    this.#request?.destroy();
    this.#body?.destroy();
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    this.#clearTimers();
    this.request.signal?.removeEventListener('abort', this.#abort);
    return true;
  }

  #timings(): Timings {
    const end = performance.now();
    const { lookup, connect, tls, sent, head } = this.#marks;
    const between = (from: number | undefined, to: number | undefined): number | undefined => (from === undefined || to === undefined ? undefined : to - from);
    return {
      lookup: between(this.#begun, lookup),
      connect: between(lookup ?? this.#begun, connect),
      tls: between(connect, tls),
      firstByte: between(sent, head),
      download: between(head, end),
      total: end - this.#begun,
    };
  }
}

function inflater(encoding: string | undefined): zlib.Gunzip | zlib.Inflate | zlib.BrotliDecompress | undefined {
  switch (encoding) {
    case 'gzip':
    case 'x-gzip':
      return zlib.createGunzip({ chunkSize: 64 * 1024 });
    case 'deflate':
      return zlib.createInflate({ chunkSize: 64 * 1024 });
    case 'br':
      return zlib.createBrotliDecompress({ chunkSize: 64 * 1024 });
    default:
      return undefined;
  }
}

function pairs(raw: readonly string[]): Headers {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''] as const);
}

function megabytes(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${Math.round(bytes / 1000)} kB`;
}
