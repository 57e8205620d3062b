import { facets } from '../../api/dialect-facets';
import type { ServiceDescription } from '../../soap/wsdl/description';
import type { Endpoint } from '../soap/endpoints';

/** The functions of a client that {@link readDescription} needs. */
export interface Describing {
  beside(signal?: AbortSignal): Promise<Endpoint | undefined>;
  serviceOf(endpoint: Endpoint, signal?: AbortSignal): Promise<ServiceDescription>;
}

/**
 * The description of an address's methods. V1's WSDL names no methods: for V1, the WSDL at the store's other address is used.
 * @throws {TransportError | ToolkitError} when it cannot be read
 */
export async function readDescription(
  client: Describing,
  endpoint: Endpoint,
  signal: AbortSignal | undefined,
): Promise<ServiceDescription> {
  const naming = facets[endpoint.summary.dialect].describesMethods ? endpoint : await client.beside(signal);
  return await client.serviceOf(naming ?? endpoint, signal);
}
