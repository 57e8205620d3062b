import type { Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { RestPlace, RestPlaces } from '../rest/places';
import type { Endpoint, Endpoints } from '../soap/endpoints';
import { ProtocolClient } from './protocol-client';
import { protocols } from './protocols';
import type { StoreTransport } from './store-transport';

type SoapClient = ProtocolClient<Endpoint, Endpoints>;
type RestClient = ProtocolClient<RestPlace, RestPlaces>;

/** The conversations with one store: one for each protocol, since several may be used with one store. */
export class ProtocolClients {
  readonly soap: SoapClient;
  #rest: RestClient | undefined;
  #loading: Promise<RestClient> | undefined;

  constructor(private readonly transport: StoreTransport) {
    this.soap = new ProtocolClient(protocols.soap, transport);
  }

  /** The client of the store's own dialect. `undefined` for REST until the first request over it. */
  get own(): SoapClient | RestClient | undefined {
    return this.#isRest(undefined) ? this.#rest : this.soap;
  }

  /** The client for a dialect. Without one, the client of the store's own dialect. */
  async over(dialect: Dialect | undefined): Promise<SoapClient | RestClient> {
    return this.#isRest(dialect) ? await this.rest() : this.soap;
  }

  /** The client of REST, whatever the store's own dialect is. */
  async rest(): Promise<RestClient> {
    this.#loading ??= protocols.rest().then((protocol) => (this.#rest = new ProtocolClient(protocol, this.transport)));
    return await this.#loading;
  }

  /** Forgets the addresses at which the store answers. */
  forget(): void {
    this.soap.endpoints.forget();
    this.#rest?.endpoints.forget();
  }

  /** Ends every session at the store. */
  async close(): Promise<void> {
    await Promise.all([this.soap.close(), this.#rest?.close()]);
  }

  #isRest(dialect: Dialect | undefined): boolean {
    const spoken = dialect ?? this.transport.config.dialect;
    return spoken !== undefined && facets[spoken].protocol === 'rest';
  }
}
