import type { ServiceDescription } from '../../soap/wsdl/description';
import type { Endpoint } from './endpoints';
import { Shared } from '../calls/shared';

/** Keeps service descriptions between runs, by the hash of their WSDL, since reading a WSDL takes a third of a second. */
export interface DescriptionCache {
  /** The kept description, unchecked; `undefined` when there is none. */
  readonly read: (hash: string) => Promise<unknown>;
  readonly write: (hash: string, description: ServiceDescription) => Promise<void>;
}

/** Service descriptions of the endpoints of one store, each read once. A WSDL is read only if its description was not kept. */
export class Services {
  readonly #known = new Map<string, ServiceDescription>();
  readonly #reading = new Map<string, Shared<ServiceDescription>>();

  constructor(private readonly cache: DescriptionCache | undefined) {}

  /**
   * The description of an endpoint's methods.
   * @throws {ToolkitError} of kind `decode`, `wsdl-unreadable`; also the errors of the cache
   * @throws {TransportError} `cancelled`
   */
  async of(endpoint: Endpoint, signal?: AbortSignal): Promise<ServiceDescription> {
    const { wsdlHash } = await import('../../soap/wsdl/description');
    const hash = await wsdlHash(endpoint.body);
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    let reading = this.#reading.get(hash);
    if (reading === undefined) {
      reading = new Shared(async (stop) => await this.#read(hash, endpoint.body, stop));
      this.#reading.set(hash, reading);
    }
    return await reading.join(signal);
  }

  async #read(hash: string, body: Uint8Array, signal: AbortSignal): Promise<ServiceDescription> {
    const { serviceDescription } = await import('../../soap/wsdl/description');
    const kept = serviceDescription.safeParse(await this.cache?.read(hash));
    const description = kept.success && kept.data.hash === hash ? kept.data : await this.#describe(hash, body, signal);
    this.#known.set(hash, description);
    return description;
  }

  async #describe(hash: string, body: Uint8Array, signal: AbortSignal): Promise<ServiceDescription> {
    const { describeService } = await import('./describe');
    const description = await describeService(body, { signal });
    try {
      await this.cache?.write(hash, description);
    } catch (error) {
      // If the disk is full or locked, the WSDL has to be read again next time. The description is still returned. Other errors are bugs.
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
    return description;
  }
}
