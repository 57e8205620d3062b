import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import type { ResourceRegistry } from '../../api/resources';
import { StoreMethods } from '../../api/store-methods/store-methods';
import type { SoapValue } from '../../api/value';
import { describeMethods } from '../../soap/wsdl/store-methods';
import type { StoreClient } from '../calls/client';
import { readDescription } from '../calls/describing';
import type { ResourceRights } from './resource-rights-text';

/**
 * The user's rights, resource by resource, for resources that the catalogue does not know. Only the WSDL shows which methods
 * are denied, so `denied` is empty if the WSDL cannot be read.
 * @param resources the store's answer to `resources`
 */
export async function rightsByResource(
  client: Pick<StoreClient, 'wsdl' | 'beside' | 'serviceOf'>,
  resources: SoapValue,
  registry: ResourceRegistry,
  signal: AbortSignal | undefined,
): Promise<readonly ResourceRights[]> {
  const methods = new StoreMethods(describeMethods({ ...(await wsdlOf(client, signal)), resources }));
  return methods.resources
    .filter(({ name }) => registry.resource(name) === undefined)
    .map((resource) => ({
      resource: resource.name,
      allowed: resource.methods.filter(({ callable }) => callable === true).map(({ name }) => name),
      denied: resource.methods.filter(({ callable }) => callable === false).map(({ name }) => name),
    }));
}

async function wsdlOf(
  client: Pick<StoreClient, 'wsdl' | 'beside' | 'serviceOf'>,
  signal: AbortSignal | undefined,
): Promise<Parameters<typeof describeMethods>[0]> {
  try {
    const service = await readDescription(client, await client.wsdl(signal), signal);
    const { describesMethods, style } = facets[service.dialect];
    return describesMethods ? { [style === 'document' ? 'wsi' : 'v2']: service } : {};
  } catch (error) {
    // The doctor has already reported that the WSDL cannot be read. The allowed methods are known without it.
    if (error instanceof ToolkitError && signal?.aborted !== true) return {};
    throw error;
  }
}
