import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import type { ResourceRegistry } from '../../api/resources';
import { StoreMethods } from '../../api/store-methods/store-methods';
import type { SoapValue } from '../../api/value';
import { describeMethods } from '../../soap/wsdl/store-methods';
import type { StoreClient } from '../calls/client';
import { describing } from '../calls/describing';

/** Resources that one line names; the others are counted. */
const MOST_NAMED = 12;

/** What the API user may do with one resource. */
export interface ResourceRights {
  readonly resource: string;
  /** What paths end with, such as `list`. */
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/**
 * What a user may call, resource by resource, of those that the catalogue does not know itself. What is denied is told by the WSDL alone,
 * so it stays empty where that cannot be read.
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
    const service = await describing(client, await client.wsdl(signal), signal);
    const { describesMethods, style } = facets[service.dialect];
    return describesMethods ? { [style === 'document' ? 'wsi' : 'v2']: service } : {};
  } catch (error) {
    // The doctor has told that the WSDL cannot be read; what the user may call is known without it.
    if (error instanceof ToolkitError && signal?.aborted !== true) return {};
    throw error;
  }
}

/** In one line, such as `beyond customers: catalog_product 2 of 10, sales_order 6`; `undefined` where there are no others. */
export function resourceRightsText(rights: readonly ResourceRights[]): string | undefined {
  if (rights.length === 0) return undefined;
  const named = rights.slice(0, MOST_NAMED).map(({ resource, allowed, denied }) => {
    const all = allowed.length + denied.length;
    return `${resource} ${denied.length === 0 ? all : `${allowed.length} of ${all}`}`;
  });
  const more = rights.length > MOST_NAMED ? [`${rights.length - MOST_NAMED} more`] : [];
  return `beyond customers: ${[...named, ...more].join(', ')}`;
}
