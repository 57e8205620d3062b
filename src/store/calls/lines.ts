import type { Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { RestPlace, RestPlaces } from '../rest/places';
import type { Endpoint, Endpoints } from '../soap/endpoints';
import { Line } from './line';
import { protocols } from './protocols';
import type { Wiring } from './wiring';

type SoapLine = Line<Endpoint, Endpoints>;
type RestLine = Line<RestPlace, RestPlaces>;

/** The conversations with one store: one for each protocol, since several may be used with one store. */
export class Lines {
  readonly soap: SoapLine;
  #rest: RestLine | undefined;
  #loading: Promise<RestLine> | undefined;

  constructor(private readonly wiring: Wiring) {
    this.soap = new Line(protocols.soap, wiring);
  }

  /** The line of the store's own dialect. `undefined` for REST until the first request over it. */
  get own(): SoapLine | RestLine | undefined {
    return this.#isRest(undefined) ? this.#rest : this.soap;
  }

  /** The line for a dialect. Without one, the line of the store's own dialect. */
  async over(dialect: Dialect | undefined): Promise<SoapLine | RestLine> {
    return this.#isRest(dialect) ? await this.rest() : this.soap;
  }

  /** The line of REST, whatever the store's own dialect is. */
  async rest(): Promise<RestLine> {
    this.#loading ??= protocols.rest().then((protocol) => (this.#rest = new Line(protocol, this.wiring)));
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
    const spoken = dialect ?? this.wiring.config.dialect;
    return spoken !== undefined && facets[spoken].protocol === 'rest';
  }
}
