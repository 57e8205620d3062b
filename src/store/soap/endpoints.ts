import { menusOf } from '../../api/faults/advice';
import { dialectLabels, isSoap, type Dialect, type SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import type { FailureCode } from '../../api/faults/faults';
import { t } from '../../l10n/texts';
import { pageTitle } from '../../soap/decoding/page';
import { summarizeWsdl, type WsdlSummary } from '../../soap/wsdl/wsdl';
import { wsdlError } from '../wire/answer';
import { normalizeStoreUrl, type StoreConfig } from '../settings/config';
import type { Exchange } from '../wire/exchange';
import { TransportError } from '../wire/failure';
import { generationOfWsdl, type KnownGeneration } from '../doctor/generation';
import { note, noteOf } from '../wire/note';
import type { Fetch, Finder, StoreAddress } from '../calls/protocol';
import { Shared } from '../calls/shared';

/** An address at which a store answers in a dialect. */
export interface Endpoint extends StoreAddress {
  /** Calls are posted here: the address that the user gave, never the one that the WSDL advertises. */
  readonly url: string;
  readonly summary: WsdlSummary;
  /** The WSDL itself. */
  readonly body: Uint8Array;
  readonly exchange: Exchange;
  /** The product and version that answers, if they can be told. */
  readonly generation?: KnownGeneration | undefined;
}

/** Finds the addresses and dialects of a store by requesting the WSDLs at the candidate addresses, and remembers them. */
export class Endpoints implements Finder<Endpoint> {
  #found = new Map<Dialect | undefined, Endpoint>();
  #probes = new Map<Dialect | undefined, Shared<Endpoint>>();

  /** @param fetch gets a WSDL */
  constructor(
    private readonly config: StoreConfig,
    private readonly fetch: Fetch,
  ) {}

  /** The store's own endpoint, once found. */
  get known(): Endpoint | undefined {
    return this.#found.get(undefined);
  }

  /** Forgets everything. The next search asks the store again. */
  forget(): void {
    this.#found = new Map();
    this.#probes = new Map();
  }

  /**
   * The endpoint for a dialect, or the store's own.
   * @throws {TransportError | ToolkitError} the most telling error of the candidates
   */
  async find(dialect: Dialect | undefined, signal?: AbortSignal): Promise<Endpoint> {
    const known = this.#found.get(dialect);
    if (known !== undefined) return known;
    const own = this.#found.get(undefined);
    if (dialect !== undefined && own?.summary.dialect === dialect) return own;
    let probe = this.#probes.get(dialect);
    if (probe === undefined) {
      const found = this.#found;
      probe = new Shared(async (stop) => {
        const endpoint = await this.#probe(dialect, stop);
        found.set(dialect, endpoint);
        return endpoint;
      });
      this.#probes.set(dialect, probe);
    }
    return await probe.join(signal);
  }

  /**
   * The endpoint at the other address of the same API: V1 beside V2 or WS-I, and the other way round. One request.
   * @returns `undefined` when both addresses have the same dialect
   * @throws {TransportError | ToolkitError} with the reason why there is none
   */
  async beside(signal?: AbortSignal): Promise<Endpoint | undefined> {
    const found = this.#found;
    const own = await this.find(undefined, signal);
    const wanted = facets[own.summary.dialect].beside;
    const [url] = normalizeStoreUrl(own.url, wanted);
    const endpoint = url === undefined ? undefined : await this.#askBeside(url, wanted, own, signal);
    if (endpoint === undefined || endpoint.summary.dialect === own.summary.dialect) return undefined;
    found.set(endpoint.summary.dialect, endpoint);
    return endpoint;
  }

  async #probe(dialect: Dialect | undefined, signal: AbortSignal | undefined): Promise<Endpoint> {
    const asked = dialect ?? this.config.dialect;
    const wanted = asked !== undefined && isSoap(asked) ? asked : undefined;
    let failure: unknown;
    for (const url of normalizeStoreUrl(this.config.url, wanted)) {
      try {
        return await this.#ask(url, wanted, signal);
      } catch (error) {
        if (!(error instanceof ToolkitError)) throw error;
        failure = weightier(failure, error);
        if (isFinal(error)) break;
      }
    }
    throw failure;
  }

  /** Like {@link #ask}. If only the other dialect is switched off, the error says so. */
  async #askBeside(url: string, other: 'v1' | 'v2', own: Endpoint, signal: AbortSignal | undefined): Promise<Endpoint> {
    try {
      return await this.#ask(url, undefined, signal);
    } catch (error) {
      if (!(error instanceof TransportError) || error.failure !== 'soap-switched-off') throw error;
      const generation = own.generation?.generation;
      throw note(
        new TransportError(`${other}-switched-off`, {}, error.detail, { cause: error }, { generation, dialect: other }),
        noteOf(error),
      );
    }
  }

  async #ask(url: string, wanted: SoapDialect | undefined, signal: AbortSignal | undefined): Promise<Endpoint> {
    const { body, exchange } = await this.fetch(`${url}${url.includes('?') ? '&' : '?'}wsdl=1`, signal);
    const summary = readable(body, url, exchange);
    const generation = generationOfWsdl(summary, body, exchange.responseHeaders);
    if (wanted !== undefined && summary.dialect !== wanted) {
      const labels = { wanted: dialectLabels[wanted], spoken: dialectLabels[summary.dialect] };
      throw note(
        new ToolkitError('input', {
          code: 'dialect-not-spoken',
          what: t('The store uses {spoken} at {url}, not {wanted}.', { spoken: labels.spoken, url, wanted: labels.wanted }),
          why: t('V2 and WS-I have the same URL. A setting of the shop decides which of them is used.'),
          next: t('Use {spoken}, or change the shop\'s setting "WS-I Compliance" under {settings}.', {
            spoken: labels.spoken,
            settings: menusOf(generation?.generation).settings,
          }),
        }),
        { exchange },
      );
    }
    return { url, summary, body, exchange, generation };
  }
}

function readable(body: Uint8Array, url: string, exchange: Exchange): WsdlSummary {
  try {
    const summary = summarizeWsdl(body);
    if (summary !== undefined) return summary;
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    const start = new TextDecoder().decode(body.subarray(0, 2048));
    if (/<(?:\w+:)?definitions[\s>]/.test(start))
      throw note(
        error.conceal((text) => exchange.mask(text)),
        { exchange },
      );
  }
  const start = exchange.mask(new TextDecoder().decode(body.subarray(0, 8192)));
  if (isMagento2(start))
    throw note(new TransportError('magento-2', { url: new URL(url).origin }, { status: 200, sent: true }), { exchange });
  const broken = wsdlError(start);
  if (broken !== undefined)
    throw note(new TransportError('store-error-wsdl', { status: 200, ...broken }, { status: 200, sent: true }), { exchange });
  const title = pageTitle(start);
  if (/<html[\s>]/i.test(start)) throw note(new TransportError('html-page', { title }, { status: 200, title, sent: true }), { exchange });
  throw note(
    new TransportError('not-wsdl', { url, excerpt: start.replace(/\s+/g, ' ').trim().slice(0, 80) }, { status: 200, sent: true }),
    { exchange },
  );
}

/** Whether this is a WSDL of Magento 2. Its namespace is the requested address, and the names of its services contain versions. */
function isMagento2(start: string): boolean {
  return (
    /<(?:\w+:)?definitions\b/.test(start) &&
    /targetNamespace="[^"]*\/soap\/[\w-]+\?[^"]*services=|name="\w+V\d+(?:Service|PortType|Binding)"/.test(start)
  );
}

/** Failures of one address after which another may answer. */
const otherAddresses: ReadonlySet<string> = new Set<FailureCode>([
  'not-found',
  'rest-instead',
  'method-not-allowed',
  'soap-switched-off',
  'html-page',
  'not-wsdl',
  'redirect',
  'http-status',
  'forbidden',
  'empty-answer',
  'store-error',
  'store-error-wsdl',
  'php-error',
  'not-soap',
]);

/** Whether this is a failure of the host itself, so that other paths on it fail too. */
function isFinal(error: ToolkitError): boolean {
  // A fault may concern this address alone. Another address may keep the query.
  if (!(error instanceof TransportError)) return false;
  return !otherAddresses.has(error.failure);
}

const nothingHere: ReadonlySet<string> = new Set<FailureCode>(['not-found', 'html-page', 'rest-instead', 'method-not-allowed']);

/** The error that says more. Any error is better than "nothing here". Otherwise the one of the earlier, likelier address counts. */
function weightier(before: unknown, next: ToolkitError): unknown {
  if (!(before instanceof ToolkitError)) return next;
  const weight = (error: ToolkitError): number => (nothingHere.has(error.code) ? 0 : error.code === 'not-wsdl' ? 1 : 2);
  return weight(next) > weight(before) ? next : before;
}
