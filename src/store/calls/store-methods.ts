import { facets, fullDialect } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { filledFrom } from '../../api/store-methods/filled';
import type { KeptDescription } from '../../api/store-methods/kept';
import type { BundledProduct } from '../../api/store-methods/product-names';
import type { StoreResource } from '../../api/store-methods/store-methods';
import { isSoap, type Dialect } from '../../api/dialect';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import type { ServiceDescription } from '../../soap/wsdl/description';
import type { Product } from '../../soap/wsdl/wsdl';
import { describeMethods } from '../../soap/wsdl/store-methods';
import type { StoreClient } from './client';
import { readDescription } from './describing';
import { noteOf } from '../wire/note';

/** The methods of a store, as read from it. */
export interface ReadMethods {
  readonly description: KeptDescription;
  /**
   * The errors of the parts that could not be read, in order: the WSDL that names methods, or the list of methods that the user may call.
   */
  readonly missing: readonly ToolkitError[];
}

/**
 * Reads the methods of a store: the WSDL of V2 or WS-I for names and types, `resources` for paths, words and rights. One of them is enough,
 * but its result lacks the content of the other. A store that is used over REST has an OpenAPI document instead.
 * @throws {TransportError} when no address of the store answers with a WSDL, or when it was cancelled
 */
export async function readMethods(
  client: Pick<StoreClient, 'wsdl' | 'beside' | 'serviceOf' | 'call' | 'config' | 'requests'>,
  signal?: AbortSignal,
): Promise<ReadMethods> {
  const { dialect: spoken } = client.config;
  if (spoken !== undefined && !isSoap(spoken)) return { description: await requestsOf(client, signal), missing: [] };
  const missing: ToolkitError[] = [];
  /** The content of a part. The error of a part that cannot be read is added to `missing`. */
  const part = async <T>(read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
      missing.push(error);
      return undefined;
    }
  };
  const own = await client.wsdl(signal);
  const { dialect } = own.summary;
  const service = await part(async () => await readDescription(client, own, signal));
  if (service?.cutOff === true)
    missing.push(
      new ToolkitError('decode', {
        code: 'wsdl-cut-off',
        what: t('The WSDL of the store ends early, so methods of the store are missing.'),
        why: t('Usually a PHP error or a time limit causes this.'),
        next: t('Check the logs of PHP and the web server, then read the methods again.'),
      }),
    );
  const resources = client.config.user === '' ? undefined : await part(async () => await listed(client, dialect, 'resources', {}, signal));
  if (service === undefined && resources === undefined && missing[0] !== undefined) throw missing[0];
  const description = describeMethods({
    ...(service === undefined || !facets[service.dialect].describesMethods ? {} : { [styleOf(service)]: service }),
    ...(resources === undefined ? {} : { resources }),
  });
  const product = bundledFor[own.summary.product];
  if (product === undefined) return { description, missing };
  const { productMethods } = await import('../../api/store-methods/products');
  return { description: filledFrom(description, (await productMethods(product)).description), missing };
}

/**
 * The requests that a store offers over REST, according to its OpenAPI document.
 * @throws {ToolkitError} of kind `decode`, `rest-document`, for a document that describes no request
 */
async function requestsOf(client: Pick<StoreClient, 'requests'>, signal: AbortSignal | undefined): Promise<KeptDescription> {
  const [document, { describeRest }] = await Promise.all([client.requests(signal), import('../../api/store-methods/openapi')]);
  const description = describeRest(document);
  if (description !== undefined) return description;
  throw new ToolkitError('decode', {
    code: 'rest-document',
    what: t('The OpenAPI document of the store describes no REST v2 request.'),
    next: t('REST requests can be sent without it. Open /api/docs.json of the shop in a browser.'),
  });
}

/**
 * The product whose bundled description fills the gaps of a store's own. OpenMage continues Magento 1, so its description is used for both.
 */
const bundledFor: Readonly<Record<Product, BundledProduct | undefined>> = {
  Maho: 'maho',
  OpenMage: 'openmage',
  Magento: 'openmage',
  unknown: undefined,
};

function styleOf({ dialect }: ServiceDescription): 'v2' | 'wsi' {
  return facets[dialect].style === 'document' ? 'wsi' : 'v2';
}

/**
 * The faults of a resource as the store lists them. Call it only when a user wants to see them.
 * @param resource name such as `catalog_product`
 * @throws {ToolkitError} when the store does not list them, or when it was cancelled
 */
export async function readFaults(
  client: Pick<StoreClient, 'describe' | 'call'>,
  resource: string,
  signal?: AbortSignal,
): Promise<NonNullable<StoreResource['faults']>> {
  const { dialect } = await client.describe(signal);
  const value = await listed(client, dialect, 'resourceFaults', { resourceName: resource }, signal);
  return (isList(value) ? value : []).flatMap((fault) =>
    isRecord(fault) ? [{ code: plain(fault['code']), message: plain(fault['message']) }] : [],
  );
}

/**
 * The store's answer about itself, over its own dialect, and over V1 if that fails. WS-I answers such a question with a
 * fault (facts §3), so V1 is asked first there. A refused login is not tried again, since the key would be the same.
 * @throws {ToolkitError} of the first dialect that was tried
 */
async function listed(
  client: Pick<StoreClient, 'call'>,
  own: Dialect,
  method: 'resources' | 'resourceFaults',
  args: SoapRecord,
  signal: AbortSignal | undefined,
): Promise<SoapValue> {
  const ask = async (dialect: Dialect): Promise<SoapValue> =>
    (await client.call(method, args, { signal, ...(dialect === own ? {} : { dialect }) })).value;
  const order = new Set(facets[own].listsResources ? [own, fullDialect] : [fullDialect, own]);
  const refused: ToolkitError[] = [];
  for (const dialect of order)
    try {
      return await ask(dialect);
    } catch (error) {
      if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
      refused.push(error);
      if (noteOf(error).unreached === 'login') break;
    }
  throw refused[0] ?? new TypeError(`${method} was asked of no dialect`);
}

function plain(value: SoapValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}
