import { FaultError, ToolkitError, type Fault } from '../../api/errors';
import { explainFault } from '../../api/faults/faults';
import type { Generation } from '../../api/generations';
import type { Dialect } from '../../api/dialect';
import type { SoapValue } from '../../api/value';
import type { ResourceRegistry } from '../../api/resources';
import { decodeResponse, type Decoded } from '../../soap/decoding/decode';
import { DecodeError } from '../../soap/xml/errors';
import { exceptionFault, explainAnswer } from './answer';
import { Exchange, type ExchangeRequest, type Headers, type ExchangeEnd } from './exchange';
import { maskXml } from '../masking/mask';
import { note } from './note';
import { readingBug } from './unreadable';
import type { AnswerReader, ReaderOptions } from '../calls/protocol';
import { beginningOf } from '../soap/answer-reader';
import type { HttpHead, HttpMethod, Transport } from './transport';

/** A request that is ready to be sent. */
export interface Outgoing {
  readonly dialect: Dialect | undefined;
  readonly method: string;
  /** Masked arguments. */
  readonly args: SoapValue;
  /** The body was written by hand. */
  readonly raw?: boolean | undefined;
  readonly http: HttpMethod;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Secrets that are hidden wherever the exchange shows them. */
  readonly secrets: readonly string[];
  /**
   * Secrets among the arguments, such as a new password. They are hidden only in errors, since a short one may be in any answer by chance.
   */
  readonly sent?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onRow?: ((row: SoapValue, index: number) => void) | undefined;
  /** The generation of the store, for the advice in errors. */
  readonly generation?: Generation | undefined;
}

/** A SOAP answer, or the content of a document that was fetched unchanged. */
export type Incoming = { readonly exchange: Exchange } & (
  | { readonly decoded: Extract<Decoded, { kind: 'result' }>; readonly fault?: undefined }
  | { readonly fault: Fault; readonly decoded?: undefined }
);

/** Options of the wire for one store. */
export interface WireOptions {
  readonly store: string;
  /** Reads the answers. */
  readonly protocol: { reader(options: ReaderOptions): AnswerReader };
  /** Maximum number of bytes of an answer that its exchange keeps. */
  readonly keepBytes: number;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
  /** Resources whose types are used where an answer does not give its own. */
  readonly registry?: ResourceRegistry | undefined;
}

/** Sends requests over a transport, decodes answers while they arrive, and records each as an {@link Exchange}. */
export class Wire {
  constructor(
    private readonly transport: Transport,
    private readonly options: WireOptions,
  ) {}

  /**
   * Sends a call and decodes its answer. A SOAP fault is an answer here.
   * @throws {TransportError | DecodeError} with the exchange noted on it; every failure after the request was sent is one of them
   */
  async call(outgoing: Outgoing): Promise<Incoming> {
    const hide = concealer(outgoing);
    const recorder = new Recorder(outgoing, this.options);
    const reading = this.options.protocol.reader({ onRow: outgoing.onRow, registry: this.options.registry });
    try {
      await this.#send(outgoing, recorder, reading);
      const decoded = reading.finish(outgoing.url, { ...outgoing, hide });
      if (decoded.kind === 'fault') {
        const fault = concealed(decoded.fault, hide);
        return { fault, exchange: recorder.finish({ kind: 'fault', fault }, reading.milliseconds, decoded) };
      }
      return { decoded, exchange: recorder.finish({ kind: 'result', rows: decoded.rows }, reading.milliseconds, decoded) };
    } catch (error) {
      throw recorder.fail(recorder.sent === undefined ? error : readingBug(error, recorder.bytes), reading.milliseconds);
    }
  }

  /**
   * Fetches a document unchanged: a WSDL.
   * @throws {FaultError} when it is a SOAP fault
   * @throws {TransportError} for every status but 200; both with the exchange noted on them
   */
  async fetch(outgoing: Outgoing): Promise<{ readonly body: Uint8Array; readonly exchange: Exchange }> {
    const recorder = new Recorder(outgoing, this.options);
    try {
      const chunks: Uint8Array[] = [];
      const head = await this.#send(outgoing, recorder, { onHead: () => undefined, onData: (chunk) => void chunks.push(chunk) });
      const body = Buffer.concat(chunks);
      const fault = faultIn(body);
      if (fault !== undefined) throw wsdlFault(concealed(fault, concealer(outgoing)), outgoing);
      if (head.status !== 200) throw explainAnswer(head, outgoing.url, beginningOf(body), { ...outgoing, hide: concealer(outgoing) });
      return { body, exchange: recorder.finish({ kind: 'result', rows: 0 }, 0) };
    } catch (error) {
      throw recorder.fail(error, 0);
    }
  }

  async #send(
    outgoing: Outgoing,
    recorder: Recorder,
    reading: { onHead(head: HttpHead): void; onData(chunk: Uint8Array): boolean | void },
  ): Promise<HttpHead> {
    const answer = await this.transport.request({
      method: outgoing.http,
      url: outgoing.url,
      headers: outgoing.headers,
      body: outgoing.http === 'GET' ? undefined : outgoing.body,
      signal: outgoing.signal,
      onSent: (headers) => (recorder.sent = headers),
      onHead: (head) => {
        recorder.head = head;
        reading.onHead(head);
      },
      onData: (chunk) => {
        recorder.keep(chunk);
        const more = reading.onData(chunk);
        // An answer that cannot be decoded is still read as far as it is kept, since users want to see it.
        return more !== false || !recorder.full;
      },
    });
    recorder.answered(answer);
    return answer.head;
  }
}

/** Hides the secrets of a request in the texts of its answer: stores in developer mode and firewalls quote the data that they received. */
function concealer({ secrets, sent = [] }: Outgoing): (text: string) => string {
  return (text) => maskXml(text, [...secrets, ...sent]);
}

function concealed({ code, message, detail }: Fault, hide: (text: string) => string): Fault {
  return { code: hide(code), message: hide(message), ...(detail === undefined ? {} : { detail: hide(detail) }) };
}

/** The fault with which a store answered the request for its WSDL. */
function faultIn(body: Uint8Array): Fault | undefined {
  const start = new TextDecoder().decode(body.subarray(0, 4096));
  if (!/<(?:[\w.-]+:)?Envelope[\s>]/i.test(start)) return exceptionFault(start);
  try {
    const decoded = decodeResponse(body);
    return decoded.kind === 'fault' ? decoded.fault : undefined;
  } catch (error) {
    // An answer that cannot be read is reported as a page.
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function wsdlFault(fault: Fault, { url, generation }: Outgoing): FaultError {
  const { what, why, next, topic } = explainFault(fault, { phase: 'wsdl', method: 'wsdl', url, generation });
  return new FaultError(fault, { what, why, next, topic });
}

/** Collects the content of an exchange. */
class Recorder {
  readonly #startedAt = Date.now();
  readonly #begun = performance.now();
  readonly #kept: Uint8Array[] = [];
  #keptBytes = 0;
  bytes = 0;
  #answer: Awaited<ReturnType<Transport['request']>> | undefined;
  #exchange: Exchange | undefined;
  head: HttpHead | undefined;
  /** Headers as they were sent. */
  sent: Headers | undefined;

  constructor(
    private readonly outgoing: Outgoing,
    private readonly options: WireOptions,
  ) {}

  /** Whether nothing more is kept. */
  get full(): boolean {
    return this.#keptBytes >= this.options.keepBytes;
  }

  keep(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    if (this.full) return;
    const part = chunk.subarray(0, this.options.keepBytes - this.#keptBytes);
    this.#kept.push(part);
    this.#keptBytes += part.length;
  }

  answered(answer: Awaited<ReturnType<Transport['request']>>): void {
    this.#answer = answer;
  }

  finish(outcome: ExchangeEnd, decode: number, decoded?: Decoded): Exchange {
    const { outgoing, options, head } = this;
    const request: ExchangeRequest = {
      method: outgoing.http,
      url: outgoing.url,
      headers: this.sent ?? Object.entries(outgoing.headers),
      body: outgoing.body,
    };
    const timings = this.#answer?.timings ?? { total: performance.now() - this.#begun };
    const exchange = new Exchange({
      store: options.store,
      dialect: outgoing.dialect,
      method: outgoing.method,
      args: outgoing.args,
      raw: outgoing.raw,
      startedAt: this.#startedAt,
      request,
      response:
        head === undefined
          ? undefined
          : {
              ...head,
              body: Buffer.concat(this.#kept),
              bytes: this.bytes,
              wireBytes: this.#answer?.wireBytes ?? this.bytes,
              charset: decoded?.charset ?? 'utf-8',
            },
      timings: { ...timings, ...(decode > 0 ? { decode } : {}) },
      outcome,
      junk: decoded?.junk ?? [],
      oddities: this.#answer?.oddities,
      secrets: outgoing.secrets,
    });
    this.#exchange = exchange;
    options.onExchange?.(exchange);
    return exchange;
  }

  fail(error: unknown, decode: number): unknown {
    if (!(error instanceof ToolkitError)) return error;
    const { code, what } = error.conceal(concealer(this.outgoing)).words;
    const exchange = this.#exchange ?? this.finish({ kind: 'error', code, what }, decode);
    return note(error, { exchange });
  }
}
