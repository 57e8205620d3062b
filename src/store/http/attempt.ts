import * as http from 'node:http';
import * as https from 'node:https';
import { t } from '../../l10n/texts';
import type { Headers, Timings } from '../wire/exchange';
import { TransportError, type FailureDetail } from '../wire/failure';
import { networkFailure } from '../wire/network-failure';
import { basic, cancelled, type HttpAnswer, type HttpHead, type HttpRequest, type TransportOptions, type ProxyWay } from './request';
import type { Agents } from './agents';
import { AnswerSocket } from './answer-socket';
import { MAX_HEAD_BYTES } from './head';
import type { Oddity } from './oddity';
import { encodingsOf, Unpacker } from './unpack';

/** One request under way: the work behind `Transport.request`. */
export class Attempt {
  readonly #url: URL;
  readonly #begun = performance.now();
  readonly #marks: { lookup?: number; connect?: number; tls?: number; sent?: number; head?: number } = {};
  readonly #timers = new Set<NodeJS.Timeout>();
  #request: http.ClientRequest | undefined;
  #body: Unpacker | undefined;
  #proxy: ProxyWay | undefined;
  /** The oddities of the framing. The list grows while the body is read. */
  #framing: readonly Oddity[] = [];
  readonly #packing: Oddity[] = [];
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
      // For connections that an editor makes instead of ours: this makes its parser as lenient as Node's can be.
      insecureHTTPParser: true,
      maxHeaderSize: MAX_HEAD_BYTES,
      headers: {
        // A request with its own token keeps it. Without the token, the store would treat the sender as anonymous.
        ...(options.auth === undefined
          ? {}
          : { Authorization: t('Basic {user}', { user: basic(options.auth.user, options.auth.password) }) }),
        ...request.headers,
        'Accept-Encoding': request.compressed === false ? 'identity' : t('gzip, deflate, br'),
        ...(request.body === undefined ? {} : { 'Content-Length': request.body.length }),
      },
    };
    try {
      const proxy = options.proxy?.(this.#url);
      this.#proxy = proxy instanceof URL ? { url: proxy } : proxy;
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#limit('total-timeout', options.timeouts.total);
    this.#limit('connect-timeout', options.timeouts.connect);
    request.signal?.addEventListener('abort', this.#abort, { once: true });
    const sent = (secure ? https : http).request(this.#url, { ...shared, agent: this.agents.for(this.#url, this.#proxy) });
    this.#request = sent;
    request.onSent?.(sent.getRawHeaderNames().map((name) => [name, String(sent.getHeader(name))] as const));
    sent.on('socket', (socket) => this.#watch(socket, secure, sent.reusedSocket));
    sent.on('response', (response) => this.#receive(response));
    sent.on('error', (error) => this.#broken(error));
    sent.end(request.body);
  }

  /** Measures name lookup, TCP and TLS. Their time limit ends once the request can be sent. */
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
    const head = this.#headOf(response);
    const named = head.headers.filter(([name]) => name.toLowerCase() === 'content-encoding').map(([, value]) => value);
    const body = new Unpacker(encodingsOf(named), response, {
      data: (chunk) => this.#take(head, chunk),
      end: () => this.#finish(head, true),
      odd: (oddity) => void this.#packing.push(oddity),
      error: (error) => {
        // A compressed body that ends early means a lost connection, whatever length the headers gave.
        if (error.code === 'Z_BUF_ERROR') this.#broken(undefined);
        else this.#fail(new TransportError('compressed', { reason: error.message }, this.#detail(), { cause: error }));
      },
    });
    this.#body = body;
    response.on('error', (error) => this.#broken(error));
    this.#guarded(() => this.request.onHead?.(head));
    // The listener to the head may have ended the request.
    if (this.#settled) this.#drop();
    response.on('data', (chunk: Buffer) => {
      if (this.#settled) return;
      this.#wireBytes += chunk.length;
      body.write(chunk);
    });
    response.on('end', () => {
      if (this.#settled) return;
      if (response.complete) body.end();
      else this.#broken(undefined);
    });
  }

  /** The head as it was sent. Node's parser received another one. */
  #headOf({ socket, rawHeaders, statusCode, statusMessage, httpVersion }: http.IncomingMessage): HttpHead {
    const proxy = this.#proxy === undefined ? {} : { proxy: this.#proxy.url.host };
    if (socket instanceof AnswerSocket && socket.answer !== undefined) {
      this.#framing = socket.answer.oddities;
      return { ...socket.answer.head, ...proxy };
    }
    return { status: statusCode ?? 0, statusText: statusMessage ?? '', httpVersion, headers: pairs(rawHeaders), ...proxy };
  }

  #take(head: HttpHead, chunk: Buffer): void {
    if (this.#settled) return;
    this.#bytes += chunk.length;
    if (this.#bytes > this.options.maxBytes) {
      this.#fail(new TransportError('too-large', { size: megabytes(this.options.maxBytes) }, this.#detail()));
      return;
    }
    const more = this.#guarded(() => this.request.onData?.(chunk));
    if (more === false) this.#finish(head, false);
  }

  #broken(error: unknown): void {
    this.#fail(networkFailure(error, this.#url, this.#detail(), this.#bytes));
  }

  /** Runs a listener. If it throws, that ends the exchange, not the process. */
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
    this.resolve({
      head,
      bytes: this.#bytes,
      wireBytes: this.#wireBytes,
      timings: this.#timings(),
      complete,
      oddities: [...this.#framing, ...this.#packing],
    });
  }

  #fail(error: unknown): void {
    if (!this.#settle()) return;
    this.#drop();
    this.reject(error);
  }

  /** Ends the request, and the decompressor, which would otherwise continue with the data that it has. */
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
    const between = (from: number | undefined, to: number | undefined): number | undefined =>
      from === undefined || to === undefined ? undefined : to - from;
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

function pairs(raw: readonly string[]): Headers {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''] as const);
}

function megabytes(bytes: number): string {
  return bytes >= 1_000_000 ? `${Math.round(bytes / 1_000_000)} MB` : `${Math.round(bytes / 1000)} kB`;
}
