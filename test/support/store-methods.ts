import type { SoapDialect } from '../../src/api/dialect';
import type { KeptDescription } from '../../src/api/store-methods/kept';
import { isList, type SoapValue } from '../../src/api/value';
import { decodeResponse } from '../../src/soap/decoding/decode';
import type { ServiceDescription } from '../../src/soap/wsdl/description';
import { readService } from '../../src/soap/wsdl/read-service';
import { describeMethods } from '../../src/soap/wsdl/store-methods';
import { recording, wireFile, type RecordedStore } from './wire';

/** The recorded stores with known methods. */
export const describedStores = ['maho@26.7', 'maho@25', 'openmage@20.18'] as const satisfies readonly RecordedStore[];

const services = new Map<string, Promise<ServiceDescription>>();

/** The description of a recorded WSDL. Reading it takes most of the time of a test, so each is read once. */
export async function recordedService(store: RecordedStore, dialect: 'v2' | 'wsi'): Promise<ServiceDescription> {
  const file = wsdlFile(store, dialect);
  const key = `${store}/${file}`;
  let service = services.get(key);
  if (service === undefined) services.set(key, (service = readService(new TextEncoder().encode(wireFile(file, store)), 'recorded')));
  return await service;
}

/** File name of a recorded WSDL. */
export function wsdlFile(store: RecordedStore, dialect: SoapDialect): string {
  return dialect === 'wsi' && store === 'maho@25' ? 'wsdl-v2-wsi.xml' : `wsdl-${dialect}.xml`;
}

/** The response of a recorded store to `resources`, for a user who may call all methods. */
export function recordedResources(store: RecordedStore): SoapValue {
  const bytes =
    store === 'openmage@20.18'
      ? Buffer.from(wireFile('01-resources.response.xml', store))
      : recording('v1', '152-resources', store).response();
  const decoded = decodeResponse(bytes);
  if (decoded.kind !== 'result' || !isList(decoded.value)) throw new Error(`No resources of ${store} were recorded.`);
  return decoded.value;
}

/** The methods of a recorded store, from both WSDLs and its resources. */
export async function recordedMethods(store: RecordedStore): Promise<KeptDescription> {
  const [v2, wsi] = [await recordedService(store, 'v2'), await recordedService(store, 'wsi')];
  return describeMethods({ v2, wsi, resources: recordedResources(store) });
}
