import { ToolkitError } from '../../api/errors';
import type { Dialect } from '../../api/dialect';
import type { FailureCode } from '../../api/faults/faults';
import { descriptionLimits } from '../../api/store-methods/kept';
import type { Json } from '../../api/store-methods/openapi-schemas';
import { REST_BASE_PATH, REST_DOCUMENT_PATH } from '../../api/rest-api';
import { generationOf } from '../../api/generations';
import { plural, t } from '../../l10n/texts';
import type { Finder, StoreAddress, Probe } from '../calls/protocol';
import { Shared } from '../calls/shared';
import { normalizeStoreUrl, type StoreConfig } from '../settings/config';

const BASE_END = /\/api\/rest\/v2$/;

/** An address at which a store answers REST v2. */
export interface RestPlace extends StoreAddress {
  /** Address of the API, without a slash at its end. */
  readonly url: string;
}

/**
 * The possible addresses of the API, for any URL of a shop that a user may paste.
 * @throws {ToolkitError} of kind `input`, `url-invalid` or `url-secret`
 */
export function restBases(text: string): readonly string[] {
  const shops = normalizeStoreUrl(text).map((url) => url.replace(/\/api(?:\.php)?\/.*$|\/api\.php\?.*$/i, ''));
  return [...new Set(shops)].map((shop) => `${shop}${REST_BASE_PATH}`);
}

/** Only Maho from 26.7 on has this API. */
const summary = { dialect: 'rest', namespace: '', product: 'Maho', operations: [] } as const;

/** Finds the address at which a store answers REST v2, and remembers it. Its requests need no token. */
export class RestPlaces implements Finder<RestPlace> {
  #known: RestPlace | undefined;
  #probe = this.#newProbe();

  /** @param probe sends the requests */
  constructor(
    private readonly config: StoreConfig,
    private readonly probe: Probe,
  ) {}

  get known(): RestPlace | undefined {
    return this.#known;
  }

  async find(_dialect: Dialect | undefined, signal?: AbortSignal): Promise<RestPlace> {
    return this.#known ?? (await this.#probe.join(signal));
  }

  /**
   * The store's description of its own API: its OpenAPI document, which needs no token.
   * @returns parsed JSON, whatever its content
   * @throws {TransportError | ToolkitError} with the reason why there is none
   */
  async document(signal?: AbortSignal): Promise<Json> {
    const { url } = await this.find(undefined, signal);
    const { body } = await this.#fetched(url.replace(BASE_END, REST_DOCUMENT_PATH), signal);
    if (body.length > descriptionLimits.bytes) throw unusable(plural(body.length, 'It has {count} byte.', 'It has {count} bytes.'));
    try {
      const document: unknown = JSON.parse(new TextDecoder().decode(body));
      return isJson(document) ? document : undefined;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw unusable(t('It is not JSON.'));
    }
  }

  async #fetched(url: string, signal: AbortSignal | undefined): Promise<{ readonly body: Uint8Array }> {
    try {
      return await this.probe.fetch(url, signal, 'application/json, */*');
    } catch (error) {
      // The texts of these errors are about a missing WSDL.
      if (error instanceof ToolkitError && missing.has(error.code))
        throw unusable(t('The store has no OpenAPI document at /api/docs.json (HTTP 404).'));
      throw error;
    }
  }

  forget(): void {
    this.#known = undefined;
    this.#probe = this.#newProbe();
  }

  #newProbe(): Shared<RestPlace> {
    return new Shared(async (signal) => (this.#known = await this.#ask(signal)));
  }

  /** The address for tokens accepts only POST and says so. That costs the store next to nothing and does not count toward any limit. */
  async #ask(signal: AbortSignal): Promise<RestPlace> {
    let failure: unknown;
    for (const url of restBases(this.config.url)) {
      try {
        const headers = { Accept: 'application/json' };
        await this.probe.ask({ http: 'GET', url: `${url}/auth/token`, headers, body: new Uint8Array() }, signal);
        return placeAt(url);
      } catch (error) {
        if (!(error instanceof ToolkitError)) throw error;
        failure ??= error;
        if (!elsewhere.has(error.code)) break;
      }
    }
    throw failure;
  }
}

/** Failures after which the API may be at another address. */
const elsewhere: ReadonlySet<string> = new Set<FailureCode>(['rest-not-found', 'not-rest', 'redirect']);

/** Failures which show that the document does not exist. */
const missing: ReadonlySet<string> = new Set<FailureCode>(['rest-instead', 'not-found', 'soap-switched-off']);

/** Every result of JSON.parse is JSON. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}

function unusable(why: string): ToolkitError {
  return new ToolkitError('decode', {
    code: 'rest-document',
    what: t('The OpenAPI document of the store cannot be read.'),
    why,
    next: t('REST requests can be sent without it. Open /api/docs.json of the shop in a browser.'),
  });
}

function placeAt(url: string): RestPlace {
  return { url, summary, generation: { generation: generationOf('maho@26.7'), by: t('it supports REST v2') } };
}
