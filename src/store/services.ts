import type { ServiceDescription } from '../soap/description';
import type { Endpoint } from './endpoints';

/** Keeps service descriptions between runs, by the hash of their WSDL: reading one takes a third of a second. */
export interface DescriptionCache {
  /** What was kept, unchecked; `undefined` when there is none. */
  readonly read: (hash: string) => Promise<unknown>;
  readonly write: (hash: string, description: ServiceDescription) => Promise<void>;
}

/** Service descriptions of the endpoints of one store, each read once. `soap` is loaded only when none was kept. */
export class Services {
  readonly #known = new Map<string, Promise<ServiceDescription>>();

  constructor(private readonly cache: DescriptionCache | undefined) {}

  /**
   * The description of what an endpoint offers.
   * @throws {ToolkitError} of kind `decode`, `wsdl-unreadable`; and what reading the cache throws
   */
  async of(endpoint: Endpoint): Promise<ServiceDescription> {
    const { wsdlHash } = await import('../soap/description');
    const hash = await wsdlHash(endpoint.body);
    let known = this.#known.get(hash);
    if (known === undefined) {
      known = this.#read(hash, endpoint.body);
      this.#known.set(hash, known);
      known.catch(() => this.#known.delete(hash));
    }
    return await known;
  }

  async #read(hash: string, body: Uint8Array): Promise<ServiceDescription> {
    const { describeService, serviceDescription } = await import('../soap/description');
    const kept = serviceDescription.safeParse(await this.cache?.read(hash));
    if (kept.success && kept.data.hash === hash) return kept.data;
    const description = await describeService(body);
    try {
      await this.cache?.write(hash, description);
    } catch (error) {
      // A full or locked disk only costs reading the WSDL again next time; what was asked for is here. A mistake of ours surfaces.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
    return description;
  }
}
