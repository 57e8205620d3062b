import type { ServerResponse } from 'node:http';
import { t } from '../l10n/texts';
import { maskXml } from '../store/masking/mask';
import type { HttpMethod } from '../store/http/method';
import type { HttpHead } from '../store/http/request';
import { Exchange, type Headers } from '../store/wire/exchange';
import { TransportError } from '../store/wire/failure';
import type { Transport } from '../store/wire/transport';
import { isWritable, ofConnection, passedHeaders, withAddress } from './as-passed';
import { keptBody } from './kept-body';
import { answerPlainText, type Arrived } from './loopback-server';
import { hidingSecrets, type RecordedCall } from './meaning';
import { namedArguments } from './named-arguments';
import type { RecorderOptions } from './options';
import type { ByteBudget } from './byte-budget';
import { charsetIn } from './soap-traffic';
import type { AnswerContent, Traffic } from './traffic';

/** How much of an answer is kept, in bytes. Longer answers are passed on completely and reported as incomplete. */
const KEEP_BYTES = 32 * 1024 * 1024;

/** A request that is being passed on. */
export interface RequestUnderWay extends Arrived {
  readonly traffic: Traffic;
  readonly verb: HttpMethod;
  /** The body without its compression. */
  readonly readable: Buffer;
  /** Reads the call when it is first called. */
  readonly asked: () => RecordedCall;
  readonly place: string;
  readonly isWsdl: boolean;
}

/** One exchange that is being passed on. */
export class Passage {
  readonly #kept: Uint8Array[] = [];
  #bytes = 0;
  #keptBytes = 0;
  #head: HttpHead | undefined;

  constructor(
    private readonly options: RecorderOptions,
    private readonly shop: string,
    private readonly own: string,
    private readonly secrets: () => readonly string[],
    private readonly hide: (secrets: readonly string[]) => void,
    private readonly signal: AbortSignal,
    private readonly budget: ByteBudget,
  ) {}

  /** Number of bytes of the answer that are kept and for which room was taken. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** Keeps a piece of the answer if everything before it was kept and there is room. A WSDL is always kept, since all of it is needed. */
  #keep(chunk: Uint8Array, needed: boolean): void {
    const { length } = chunk;
    const fits = this.#keptBytes === this.#bytes && (needed || this.#bytes < KEEP_BYTES) && this.budget.take(length, needed);
    this.#bytes += length;
    if (!fits) return;
    this.#kept.push(chunk);
    this.#keptBytes += length;
  }

  /** Passes a request on, and its answer back. The returned function reports the exchange, which takes some time. */
  async run(passing: RequestUnderWay): Promise<() => void | Promise<void>> {
    const { request, response, body, isWsdl, verb } = passing;
    const startedAt = Date.now();
    const begun = performance.now();
    const url = `${this.shop}${(request.url ?? '/').replace(/^\/(?:index\.php\/)?(?=api)/, '')}`;
    const headers = passedHeaders(request);
    let failure: TransportError | undefined;
    let answer: Awaited<ReturnType<Transport['request']>> | undefined;
    try {
      answer = await this.options.transport.request({
        method: verb,
        url,
        headers,
        signal: this.signal,
        // As the program asked. Otherwise it would spend time on compression that it does not need without the recorder.
        compressed: /gzip|deflate|br/i.test(String(request.headers['accept-encoding'] ?? '')),
        // A request without content has no body, except for POST.
        ...(verb === 'POST' || body.length > 0 ? { body } : {}),
        onHead: (head) => {
          this.#head = head;
          if (!isWsdl) this.#begin(response, head);
        },
        onData: (chunk) => {
          this.#keep(chunk, isWsdl);
          if (!isWsdl) response.write(chunk);
        },
      });
      if (isWsdl) this.#sendWsdl(passing);
      else response.end();
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      failure = error;
      // If the answer was cut off, it is cut off for the program too. If the store could not be reached, the program gets the reason.
      if (response.headersSent || error.detail.sent) response.destroy();
      else answerPlainText(response, 502, error.message);
    }
    const total = answer?.timings ?? { total: performance.now() - begun };
    return () => this.#tell(passing, { url, headers, startedAt, timings: total, failure, wireBytes: answer?.wireBytes });
  }

  #begin(response: ServerResponse, { status, statusText, headers }: HttpHead): void {
    response.writeHead(status, statusText.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, '?'), this.#answerHeaders(headers));
  }

  #sendWsdl({ request, response }: RequestUnderWay): void {
    const head = this.#head;
    if (head === undefined) throw new Error('An answer has a head.');
    const path = (request.url ?? '/').replace(/[?&]wsdl(?:=[^&]*)?(?=&|$)/, '').replace(/\?$/, '');
    const bytes = Buffer.concat(this.#kept);
    const text = withAddress(bytes.toString('latin1'), `${this.own}${path}`);
    this.#begin(response, head);
    response.end(Buffer.from(text, 'latin1'));
  }

  /** Headers of an answer for the program, without those that concern the connection to the store. */
  #answerHeaders(headers: Headers): string[] {
    return headers.flatMap(([name, value]) => {
      const lower = name.toLowerCase();
      if (ofConnection.has(lower) || lower === 'content-encoding' || !isWritable(name, value)) return [];
      return [name, lower === 'location' ? this.#ownAddress(value) : value];
    });
  }

  /** Changes a redirect within the store to the recorder's own address, so that the next request passes through it too. */
  #ownAddress(location: string): string {
    const shop = new URL(this.shop);
    try {
      const target = new URL(location, this.shop);
      const inside = target.host === shop.host && target.pathname.startsWith(shop.pathname);
      return inside ? `${this.own}/${target.pathname.slice(shop.pathname.length)}${target.search}` : location;
    } catch {
      // A text that is not an address is passed on unchanged.
      return location;
    }
  }

  /** Reads the answer. @param failure the reason why it is incomplete: an error, or `cut` if there was no room for all of it */
  #contentOf({ traffic }: RequestUnderWay, asked: RecordedCall, bytes: Buffer, failure: TransportError | 'cut' | undefined): AnswerContent {
    const mask = (text: string): string => maskXml(text, this.secrets());
    const { registry, keepsValues } = this.options;
    if (failure === undefined)
      return traffic.readAnswer({ bytes, head: this.#head, registry, keepsRows: keepsValues !== false }, asked, mask);
    const outcome =
      failure === 'cut'
        ? ({ kind: 'error', code: 'not-kept', what: t('The response was passed on, but was too long to be kept completely.') } as const)
        : ({ kind: 'error', code: failure.code, what: mask(failure.words.what) } as const);
    return { outcome, value: undefined, charset: charsetIn(this.#head), junk: [], secrets: [] };
  }

  #tell(passing: RequestUnderWay, told: Told): void | Promise<void> {
    const { place, isWsdl, readable, traffic, verb } = passing;
    const asked = hidingSecrets(passing.asked(), this.secrets());
    const head = this.#head;
    const bytes = Buffer.concat(this.#kept);
    const complete = told.failure === undefined && this.#bytes <= bytes.length;
    const content = this.#contentOf(passing, asked, bytes, complete ? undefined : (told.failure ?? 'cut'));
    this.hide(content.secrets);
    const shown = isWsdl ? Buffer.from(withAddress(bytes.toString('latin1'), '{{address}}'), 'latin1') : bytes;
    const charset = content.charset ?? 'utf-8';
    const exchange = new Exchange({
      store: this.options.config.name,
      dialect: traffic.dialectOf(passing),
      ...callForExchange(asked, readable),
      startedAt: told.startedAt,
      request: { method: verb, url: told.url, headers: Object.entries(told.headers), body: readable },
      response:
        head === undefined ? undefined : { ...head, body: shown, bytes: this.#bytes, wireBytes: told.wireBytes ?? this.#bytes, charset },
      timings: told.timings,
      outcome: content.outcome,
      junk: content.junk,
      secrets: this.secrets(),
    });
    return this.options.onPassed({
      exchange,
      place,
      isWsdl,
      asked,
      value: content.value,
      status: head?.status,
      broken: !complete,
      headers: (exchange.responseHeaders ?? []).map(([name, value]) => [
        name,
        name.toLowerCase() === 'location' ? this.#ownAddress(value).replace(this.own, '{{address}}') : value,
      ]),
      body: () => keptBody(shown, charset, (text) => exchange.mask(text), this.secrets()),
    });
  }
}

/** Largest unreadable request that is shown as an envelope, in bytes. */
const MAX_RAW_BYTES = 256 * 1024;

/** Method and arguments as people write them. A request that cannot be read is marked as an envelope. */
export function callForExchange(
  asked: RecordedCall,
  body: Buffer,
): Pick<ConstructorParameters<typeof Exchange>[0], 'method' | 'args' | 'raw'> {
  const raw = asked.method === 'envelope' && body.length > 0 && body.length <= MAX_RAW_BYTES;
  return { method: asked.method, args: namedArguments(asked), ...(raw ? { raw } : {}) };
}

interface Told {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly startedAt: number;
  readonly timings: Exchange['timings'];
  readonly failure: TransportError | undefined;
  readonly wireBytes: number | undefined;
}
