import { ToolkitError } from '../../api/errors';
import type { Dialect } from '../../api/dialect';
import type { FailureCode } from '../../api/faults/faults';
import { generationOf } from '../../api/generations';
import type { Finder, Found, Probe } from '../calls/protocol';
import { Shared } from '../calls/shared';
import { normalizeStoreUrl, type StoreConfig } from '../settings/config';

/** Path of the API below the shop's address. */
const BASE = '/api/rest/v2';

/** An address at which a store answers REST v2. */
export interface RestPlace extends Found {
  /** Address of the API, without a slash at its end. */
  readonly url: string;
}

/**
 * Where the API may stand, for any URL of a shop that a person may paste.
 * @throws {ToolkitError} of kind `input`, `url-invalid` or `url-secret`
 */
export function restBases(text: string): readonly string[] {
  const shops = normalizeStoreUrl(text).map((url) => url.replace(/\/api(?:\.php)?\/.*$|\/api\.php\?.*$/i, ''));
  return [...new Set(shops)].map((shop) => `${shop}${BASE}`);
}

/** Only Maho from 26.7 on has this API. */
const summary = { dialect: 'rest', namespace: '', product: 'Maho', operations: [] } as const;

/** Finds where a store answers REST v2, and remembers it. Nothing that is asked for needs a token. */
export class RestPlaces implements Finder<RestPlace> {
  #known: RestPlace | undefined;
  #probe = this.#newProbe();

  /**
   * @param probe asks an address
   */
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

  forget(): void {
    this.#known = undefined;
    this.#probe = this.#newProbe();
  }

  #newProbe(): Shared<RestPlace> {
    return new Shared(async (signal) => (this.#known = await this.#ask(signal)));
  }

  /** The address for tokens takes POST alone and says so, which costs the store next to nothing and counts for no limit. */
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

/** Answers of an address beside which the API may stand at another. */
const elsewhere: ReadonlySet<string> = new Set<FailureCode>(['rest-not-found', 'not-rest', 'redirect']);

function placeAt(url: string): RestPlace {
  return { url, summary, generation: { generation: generationOf('maho@26.7'), by: 'it answers REST v2' } };
}
