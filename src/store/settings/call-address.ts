import type { SoapDialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import { StoreClient, type ClientPorts } from '../calls/client';
import { normalizeStoreUrl, type StoreConfig } from './config';

/** The address to which a program posts its calls. */
export interface CallAddress {
  /** Address of the API, such as `https://shop.example.com/api/v2_soap/`, whatever address of the store is in the settings. */
  readonly url: string;
  /** Target namespace of the store; `undefined` when it could not be asked. */
  readonly namespace: string | undefined;
  /** The error if the store could not be asked. {@link url} is then the likeliest address. */
  readonly problem: ToolkitError | undefined;
}

/**
 * The address at which a store was found to answer. Reads its WSDL, which needs neither key nor session.
 * @param dialect the dialect of the program; it decides which address is likely if the store does not answer
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
