import { facets, fullDialect } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import type { KeptDescription } from '../../api/store-methods/kept';
import type { SoapValue } from '../../api/value';
import type { ServiceDescription } from '../../soap/wsdl/description';
import { describeMethods } from '../../soap/wsdl/store-methods';
import type { StoreClient } from './client';
import { describing } from './describing';

/** The methods of a store as they were read. */
export interface ReadMethods {
  readonly description: KeptDescription;
  /** Why a part could not be read, in order: the WSDL that names methods, or the list of what the user may call. */
  readonly missing: readonly ToolkitError[];
}

/**
 * Reads what a store offers: the WSDL of V2 or WS-I for names and types, `resources` for paths, words and rights. One of them is enough;
 * what the other would say is missing then.
 * @throws {TransportError} when no address of the store answers with a WSDL, or it was cancelled
 */
export async function readMethods(
  client: Pick<StoreClient, 'wsdl' | 'beside' | 'serviceOf' | 'call' | 'config'>,
  signal?: AbortSignal,
): Promise<ReadMethods> {
  const missing: ToolkitError[] = [];
  /** What a part brings; a part that cannot be read is noted. */
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
  const described = await part(async () => await describing(client, own, signal));
  // WS-I's `resources` gives a fault (facts §3); V1 stands beside it.
  const resources =
    client.config.user === ''
      ? undefined
      : await part<SoapValue>(
          async () =>
            (await client.call('resources', {}, { signal, ...(facets[dialect].listsResources ? {} : { dialect: fullDialect }) })).value,
        );
  if (described === undefined && resources === undefined && missing[0] !== undefined) throw missing[0];
  return {
    description: describeMethods({
      ...(described === undefined || !facets[described.dialect].describesMethods ? {} : { [styleOf(described)]: described }),
      ...(resources === undefined ? {} : { resources }),
    }),
    missing,
  };
}

function styleOf({ dialect }: ServiceDescription): 'v2' | 'wsi' {
  return facets[dialect].style === 'document' ? 'wsi' : 'v2';
}
