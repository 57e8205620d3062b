import type { ServerResponse } from 'node:http';
import { ToolkitError } from '../api/errors';
import { facets } from '../api/dialect-facets';
import { dialects, type Dialect } from '../api/dialect';
import { knownResources, type ResourceRegistry } from '../api/resources';
import type { SoapValue } from '../api/value';
import { decodeResponse, type Decoded } from '../soap/decoding/decode';
import { DecodeError } from '../soap/xml/errors';
import { maskXml } from '../store/masking/mask';
import { guard } from '../store/calls/policy';
import { header, type HttpHead } from '../store/http/request';
import { normalizeStoreUrl, type StoreConfig } from '../store/settings/config';
import { inspectEnvelope } from '../store/soap/envelope';
import { Exchange, type ExchangeEnd, type Headers } from '../store/wire/exchange';
import { TransportError } from '../store/wire/failure';
import type { Transport } from '../store/wire/transport';
import { isWritable, ofConnection, passedHeaders, unpacked, withAddress } from './as-passed';
import { answerFault } from './fault';
import { Later } from './later';
import { listenOnLoopback, plain, type Arrived } from './loopback-server';
import { askedIn, placeOf, type Asked } from './meaning';

/** How much of an answer is kept, in bytes. What is longer passes whole and is told as not complete. */
const KEEP_BYTES = 32 * 1024 * 1024;

/** How long a call that is under way may take to end when the recorder is closed, in milliseconds. */
const GRACE_MS = 2000;

/** Secrets that are remembered, so that they are hidden wherever a later answer quotes them. */
const MAX_SECRETS = 200;

/** One exchange that passed through. */
export interface Passed {
  /** Everything in it is masked. */
  readonly exchange: Exchange;
  readonly place: string;
  readonly isWsdl: boolean;
  readonly asked: Asked;
  /** What the store answered, decoded, not masked; `undefined` where it is no result. */
  readonly value: SoapValue | undefined;
  /** Status of the answer; `undefined` when none came. */
  readonly status: number | undefined;
  /** Whether the answer broke off. */
  readonly broken: boolean;
  /** The body of the answer, masked, with the address of the store as the program saw it. */
  readonly body: string;
}

/** What a recorder needs. */
export interface RecorderOptions {
  readonly config: StoreConfig;
  /** How the store is reached. It is closed with the recorder. */
  readonly transport: Transport;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether a person allowed writes for this recording although the store is read-only or production. */
  readonly allowWrites?: boolean | undefined;
  /** Told each exchange when nothing passes, in their order; the next one waits for what it returns. */
  readonly onPassed: (passed: Passed) => void | Promise<void>;
  /** Told each call that policy refused. */
  readonly onRefused?: ((method: string, error: ToolkitError) => void) | undefined;
  readonly registry?: ResourceRegistry | undefined;
}

/** A recorder that runs. */
export interface Recorder {
  /** What a program takes for the address of the store. */
  readonly url: string;
  /** Ends it, and waits until each exchange was told. */
  readonly close: () => Promise<void>;
}

/**
 * Stands between a program and its store: hands calls on, answers too while they arrive, and tells what passed.
 * @throws {ToolkitError} of kind `input` when it cannot listen, or for an address that is not a store's
 */
export async function startRecorder(options: RecorderOptions): Promise<Recorder> {
  const relay = new Relay(options);
  const server = await listenOnLoopback(options.port, (arrived) => relay.pass(arrived));
  relay.own = `http://127.0.0.1:${server.port}`;
  return {
    url: relay.own,
    close: async () => {
      await server.close();
      options.transport.close();
      await relay.end();
    },
  };
}

class Relay {
  own = '';
  /** Address of the shop, with a slash at its end. */
  readonly #shop: string;
  #secrets: readonly string[] = [];
  readonly #later = new Later();
  /** Requests whose secrets are not known yet: they are read when nothing passes. */
  readonly #unread: (() => Asked)[] = [];
  readonly #underWay = new Set<Promise<void>>();
  readonly #cutOff = new AbortController();

  constructor(private readonly options: RecorderOptions) {
    const [first = ''] = normalizeStoreUrl(options.config.url);
    this.#shop = first.replace(/api(?:\.php\?type=\w+|\/(?:v2_)?soap\/)$/, '');
  }

  async pass({ request, response, body }: Arrived): Promise<void> {
    const url = request.url ?? '/';
    const place = placeOf(url);
    if (place === undefined) {
      plain(response, 404, 'Only the SOAP addresses of the store are passed on, such as /api/soap/ and /api/v2_soap/.');
      return;
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      plain(response, 405, 'Only GET and POST are passed on.');
      return;
    }
    const isWsdl = new URL(url, 'http://127.0.0.1').searchParams.has('wsdl');
    const readable = unpacked(request, body);
    let read: Asked | undefined;
    const asked = (): Asked =>
      (read ??= request.method === 'GET' ? { ...askedIn(Buffer.alloc(0)), method: isWsdl ? 'wsdl' : 'envelope' } : askedIn(readable));
    const refusal = request.method === 'GET' ? undefined : this.#refusal(readable, asked);
    if (refusal !== undefined) {
      this.options.onRefused?.(asked().method, refusal);
      answerFault(response, 'Client', refusal.message, asked().version);
      return;
    }
    const passing = this.#passOn({ request, response, body, readable, asked, place, isWsdl });
    this.#underWay.add(passing);
    await passing.finally(() => this.#underWay.delete(passing));
  }

  /** Waits until everything that passed was told. A call that hangs is cut off, and told as such. */
  async end(): Promise<void> {
    const timer = setTimeout(() => this.#cutOff.abort(), GRACE_MS);
    await Promise.allSettled(this.#underWay);
    clearTimeout(timer);
    await this.#later.end();
  }

  async #passOn(passing: Passing): Promise<void> {
    const done = await this.#later.begin();
    try {
      this.#unread.push(passing.asked);
      const passage = new Passage(
        this.options,
        this.#shop,
        this.own,
        () => this.#secrets,
        (secrets) => this.#hide(secrets),
        this.#cutOff.signal,
      );
      const tell = await passage.run(passing);
      this.#later.add(passing.body.length + passage.keptBytes, async () => {
        // Secrets of calls that are under way too: this answer may quote them.
        for (const asked of this.#unread.splice(0)) this.#hide(asked().secrets);
        await tell();
      });
    } finally {
      done();
    }
  }

  /** Why the store's policy does not let a call pass. */
  #refusal(body: Uint8Array, asked: () => Asked): ToolkitError | undefined {
    const { config, allowWrites, registry = knownResources } = this.options;
    // Nothing is refused for such a store, so there is nothing to look for in the request.
    if (allowWrites === true || (config.readOnly !== true && config.environment !== 'production')) return undefined;
    try {
      const { methods, unclear } = inspectEnvelope(body, registry);
      if (unclear !== undefined || methods.length === 0) guard(config, 'envelope', false, unclear ?? 'It cannot be read.', registry);
      for (const each of methods) guard(config, each, false, undefined, registry);
      return undefined;
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      return new ToolkitError('policy', {
        code: error.code,
        what: `${config.name} is ${error.code === 'read-only' ? 'read-only' : 'a production store'}, so ${asked().method} was not passed on.`,
        why: error.words.why,
        next: 'Allow writes when the recording is started if the program may change this store.',
      });
    }
  }

  #hide(secrets: readonly string[]): void {
    const fresh = secrets.filter((secret) => secret.length >= 6 && !this.#secrets.includes(secret));
    if (fresh.length > 0) this.#secrets = [...this.#secrets, ...fresh].slice(-MAX_SECRETS);
  }
}

interface Passing extends Arrived {
  /** The body without its compression. */
  readonly readable: Buffer;
  /** Read when it is first asked for. */
  readonly asked: () => Asked;
  readonly place: string;
  readonly isWsdl: boolean;
}

/** One exchange on its way through. */
class Passage {
  readonly #kept: Uint8Array[] = [];
  #bytes = 0;
  #head: HttpHead | undefined;

  constructor(
    private readonly options: RecorderOptions,
    private readonly shop: string,
    private readonly own: string,
    private readonly secrets: () => readonly string[],
    private readonly hide: (secrets: readonly string[]) => void,
    private readonly signal: AbortSignal,
  ) {}

  /** Bytes of the answer that are kept. */
  get keptBytes(): number {
    return Math.min(this.#bytes, KEEP_BYTES);
  }

  /** Passes a request on and its answer back. What is returned tells of it, which takes its time. */
  async run(passing: Passing): Promise<() => void | Promise<void>> {
    const { request, response, body, isWsdl } = passing;
    const startedAt = Date.now();
    const begun = performance.now();
    const url = `${this.shop}${(request.url ?? '/').replace(/^\/(?:index\.php\/)?(?=api)/, '')}`;
    const headers = passedHeaders(request);
    let failure: TransportError | undefined;
    let answer: Awaited<ReturnType<Transport['request']>> | undefined;
    try {
      answer = await this.options.transport.request({
        method: request.method === 'GET' ? 'GET' : 'POST',
        url,
        headers,
        signal: this.signal,
        // As the program asked: packing and unpacking would cost it time that it does not spend without the recorder.
        compressed: /gzip|deflate|br/i.test(String(request.headers['accept-encoding'] ?? '')),
        ...(request.method === 'POST' ? { body } : {}),
        onHead: (head) => {
          this.#head = head;
          if (!isWsdl) this.#begin(response, head);
        },
        onData: (chunk) => {
          if (this.#bytes < KEEP_BYTES) this.#kept.push(chunk);
          this.#bytes += chunk.length;
          if (!isWsdl) response.write(chunk);
        },
      });
      if (isWsdl) this.#sendWsdl(passing);
      else response.end();
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      failure = error;
      // What broke off breaks off for the program too. One that could not be asked at all is told why.
      if (response.headersSent || error.detail.sent) response.destroy();
      else plain(response, 502, error.message);
    }
    const total = answer?.timings ?? { total: performance.now() - begun };
    return () => this.#tell(passing, { url, headers, startedAt, timings: total, failure, wireBytes: answer?.wireBytes });
  }

  #begin(response: ServerResponse, { status, statusText, headers }: HttpHead): void {
    response.writeHead(status, statusText.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?'), this.#answerHeaders(headers));
  }

  #sendWsdl({ request, response }: Passing): void {
    const head = this.#head;
    if (head === undefined) throw new Error('An answer has a head.');
    const path = (request.url ?? '/').replace(/[?&]wsdl(?:=[^&]*)?(?=&|$)/, '').replace(/\?$/, '');
    const bytes = Buffer.concat(this.#kept);
    const text = withAddress(bytes.toString('latin1'), `${this.own}${path}`);
    this.#begin(response, head);
    response.end(Buffer.from(text, 'latin1'));
  }

  /** Headers of an answer as the program gets them: without those that are about this connection to the store. */
  #answerHeaders(headers: Headers): string[] {
    return headers.flatMap(([name, value]) => {
      const lower = name.toLowerCase();
      if (ofConnection.has(lower) || lower === 'content-encoding' || !isWritable(name, value)) return [];
      return [name, lower === 'location' ? this.#ownAddress(value) : value];
    });
  }

  /** A redirect inside of the store leads back here, so that what follows passes through too. */
  #ownAddress(location: string): string {
    const shop = new URL(this.shop);
    try {
      const target = new URL(location, this.shop);
      const inside = target.host === shop.host && target.pathname.startsWith(shop.pathname);
      return inside ? `${this.own}/${target.pathname.slice(shop.pathname.length)}${target.search}` : location;
    } catch {
      // What is not an address goes on as it is.
      return location;
    }
  }

  #tell(passing: Passing, told: Told): void | Promise<void> {
    const { request, place, isWsdl, readable } = passing;
    const asked = passing.asked();
    const head = this.#head;
    const bytes = Buffer.concat(this.#kept);
    const complete = told.failure === undefined && this.#bytes <= bytes.length;
    const decoded = isWsdl || !complete ? undefined : decodedAnswer(bytes, head, this.options.registry);
    // A session that a login gave must not stand in what a later answer quotes.
    if (decoded?.kind === 'result' && (asked.method === 'login' || asked.method === 'startSession') && typeof decoded.value === 'string')
      this.hide([decoded.value]);
    const exchange = new Exchange({
      store: this.options.config.name,
      dialect: dialectAt(place, readable),
      method: asked.method,
      args: asked.args,
      startedAt: told.startedAt,
      request: { method: request.method === 'GET' ? 'GET' : 'POST', url: told.url, headers: Object.entries(told.headers), body: readable },
      response:
        head === undefined
          ? undefined
          : {
              ...head,
              body: isWsdl ? Buffer.from(withAddress(bytes.toString('latin1'), '{{address}}'), 'latin1') : bytes,
              bytes: this.#bytes,
              wireBytes: told.wireBytes ?? this.#bytes,
              charset: decoded?.charset ?? 'utf-8',
            },
      timings: told.timings,
      outcome: outcomeOf(decoded, told.failure, head, isWsdl, (text) => maskXml(text, this.secrets())),
      junk: decoded?.kind === 'not-soap' ? [] : (decoded?.junk ?? []),
      secrets: this.secrets(),
    });
    return this.options.onPassed({
      exchange,
      place,
      isWsdl,
      asked,
      value: decoded?.kind === 'result' ? decoded.value : undefined,
      status: head?.status,
      broken: !complete,
      body: exchange.response?.body ?? '',
    });
  }
}

interface Told {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly startedAt: number;
  readonly timings: Exchange['timings'];
  readonly failure: TransportError | undefined;
  readonly wireBytes: number | undefined;
}

function decodedAnswer(bytes: Buffer, head: HttpHead | undefined, registry: ResourceRegistry | undefined): Decoded | undefined {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(header(head?.headers ?? [], 'content-type') ?? '')?.[1];
  try {
    return decodeResponse(bytes, { charset, registry });
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function outcomeOf(
  decoded: Decoded | undefined,
  failure: TransportError | undefined,
  head: HttpHead | undefined,
  isWsdl: boolean,
  mask: (text: string) => string,
): ExchangeEnd {
  if (failure !== undefined) return { kind: 'error', code: failure.code, what: mask(failure.words.what) };
  if (isWsdl && head?.status === 200) return { kind: 'result', rows: 0 };
  if (decoded?.kind === 'result') return { kind: 'result', rows: decoded.rows };
  if (decoded?.kind === 'fault') {
    const { code, message } = decoded.fault;
    return { kind: 'fault', fault: { code: mask(code), message: mask(message) } };
  }
  return { kind: 'error', code: 'not-soap', what: `The store answered HTTP ${head?.status ?? 0} without SOAP that can be read.` };
}

/** The dialect of a call, by its address and by the form of its operation. */
function dialectAt(place: string, body: Buffer): Dialect | undefined {
  const style = /<(?:[\w.-]+:)?Body[^>]*>\s*<(?:[\w.-]+:)?\w+Param[\s/>]/.test(body.subarray(0, 4096).toString('latin1'))
    ? 'document'
    : 'rpc';
  return dialects.find((dialect) => facets[dialect].path === place && facets[dialect].style === style);
}
