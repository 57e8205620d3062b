import type { SoapDialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import { StoreClient, type ClientPorts } from '../calls/client';
import { normalizeStoreUrl, type StoreConfig } from './config';

/** Where a program posts its calls. */
export interface CallAddress {
  /** Address of the API, such as `https://shop.example.com/api/v2_soap/`, whatever address of the store the settings have. */
  readonly url: string;
  /** Target namespace of the store; `undefined` when it could not be asked. */
  readonly namespace: string | undefined;
  /** Why the store could not be asked; {@link url} is then the likeliest address. */
  readonly problem: ToolkitError | undefined;
}

/**
 * The address at which a store was found to answer. Its WSDL is read for that, which needs neither key nor session.
 * @param dialect the one that a program is wanted for: where the store does not answer, it tells which address is likely
 * @throws {ToolkitError} of kind `input`, `url-invalid` or `url-secret`, for an address that cannot be one of a store
 */
export async function callAddress(config: StoreConfig, ports: ClientPorts, dialect: SoapDialect, stop?: AbortSignal): Promise<CallAddress> {
  const [likely = config.url] = normalizeStoreUrl(config.url, dialect);
  const client = new StoreClient(config, ports);
  try {
    const { url, summary } = await client.wsdl(stop);
    return { url, namespace: summary.namespace, problem: undefined };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return { url: likely, namespace: undefined, problem: error };
  } finally {
    await client.close();
  }
}
