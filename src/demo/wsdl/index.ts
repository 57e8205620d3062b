import type { SoapDialect } from '../../api/dialect';
import type { Generation } from '../../api/generations';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { wsdlWsi } from './literal';
import { wsdlV1, wsdlV2 } from './rpc';

const writers = { v1: wsdlV1, v2: wsdlV2, wsi: wsdlWsi } as const satisfies Record<SoapDialect, WsdlWriter>;

/** Writes the WSDL of one dialect. */
type WsdlWriter = (generation: Generation, address: string, registry: ResourceRegistry) => string;

/** The WSDL of a dialect, written from the resources. `address` is the URL of the client's request (facts §1). */
export function wsdl(dialect: SoapDialect, generation: Generation, address: string, registry: ResourceRegistry = knownResources): string {
  return writers[dialect](generation, address, registry);
}
