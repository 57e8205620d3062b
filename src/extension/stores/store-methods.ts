import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { StoreMethods } from '../../api/store-methods/store-methods';
import { isList, isRecord, type SoapValue } from '../../api/value';
import type { ServiceDescription } from '../../soap/wsdl/description';
import { describeMethods } from '../../soap/wsdl/store-methods';
import type { StoreClient } from '../../store/calls/client';
import type { Connection } from './store';

/** Methods of connected stores, each read once for a connection. */
const known = new WeakMap<Connection, Promise<StoreMethods>>();

/**
 * Every method that a store offers: by its WSDL and, where the store tells it, by what its API user may call.
 * @throws {ToolkitError} when neither can be read; then it is asked again the next time
 */
export async function methodsOf(connection: Connection, signal?: AbortSignal): Promise<StoreMethods> {
  let reading = known.get(connection);
  if (reading === undefined) {
    reading = readMethods(connection, signal);
    known.set(connection, reading);
    const forget = (): void => {
      forgetMethods(connection);
    };
    reading.catch(forget);
  }
  return await reading;
}

/** Lets the methods of a store be read anew. */
export function forgetMethods(connection: Connection): void {
  known.delete(connection);
}

async function readMethods({ client, dialect }: Connection, signal: AbortSignal | undefined): Promise<StoreMethods> {
  const { describesMethods, style } = facets[dialect];
  const [service, resources] = await Promise.all([
    tolerant(() => serviceOf(client, describesMethods, signal)),
    tolerant(() => resourcesOf(client, signal)),
  ]);
  if ('value' in service || 'value' in resources) {
    const description = 'value' in service ? service.value : undefined;
    const place = style === 'document' || (description !== undefined && facets[description.dialect].style === 'document') ? 'wsi' : 'v2';
    return new StoreMethods(
      describeMethods({
        ...(description === undefined ? {} : { [place]: description }),
        ...('value' in resources ? { resources: resources.value } : {}),
      }),
    );
  }
  throw resources.error;
}

/** The description that names methods: of the store's own WSDL, else of the one beside it. */
async function serviceOf(client: StoreClient, own: boolean, signal: AbortSignal | undefined): Promise<ServiceDescription | undefined> {
  if (own) return await client.service(signal);
  const beside = await client.beside(signal);
  return beside === undefined ? undefined : await client.serviceOf(beside, signal);
}

/** What the user may call. WS-I cannot say it (facts §3), so V1 is asked, and V2 where V1 does not answer. */
async function resourcesOf(client: StoreClient, signal: AbortSignal | undefined): Promise<SoapValue> {
  try {
    return (await client.call('resources', {}, { dialect: 'v1', signal })).value;
  } catch (error) {
    if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
    return (await client.call('resources', {}, { signal })).value;
  }
}

/** The faults of a resource as the store lists them; none where it does not. */
export async function faultsOf({ client }: Connection, resource: string): Promise<readonly { code: string; message: string }[]> {
  try {
    const { value } = await client.call('resourceFaults', { resourceName: resource }, { dialect: 'v1' });
    return (isList(value) ? value : []).flatMap((fault) =>
      isRecord(fault) ? [{ code: plain(fault['code']), message: plain(fault['message']) }] : [],
    );
  } catch (error) {
    if (error instanceof ToolkitError) return [];
    throw error;
  }
}

function plain(value: SoapValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

async function tolerant<T>(read: () => Promise<T>): Promise<{ readonly value: T } | { readonly error: ToolkitError }> {
  try {
    return { value: await read() };
  } catch (error) {
    if (error instanceof ToolkitError) return { error };
    throw error;
  }
}
