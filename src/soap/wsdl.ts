import type { Dialect } from '../api/dialect';
import { ns } from './namespaces';
import { readTree } from './tree';

/** The product behind a store, told by its target namespace (facts §9). */
export type Product = 'Maho' | 'OpenMage' | 'Magento' | 'unknown';

/** What a store's WSDL says about how to talk to it. */
export interface WsdlSummary {
  readonly dialect: Dialect;
  /** Target namespace, such as `urn:Maho`; requests must use it in WS-I (facts §1). */
  readonly namespace: string;
  readonly product: Product;
  /** Service name, such as `MahoService`. */
  readonly service: string | undefined;
  /** Address it advertises; behind proxies it may be wrong, so it is shown, not used. */
  readonly address: string | undefined;
  /** Addresses of schemas it wants fetched from elsewhere. */
  readonly imports: readonly string[];
  /** Names of its operations. */
  readonly operations: readonly string[];
}

/**
 * Reads what is needed to talk to a store from its WSDL: quick, for a first answer. The whole description, with the
 * types of methods beyond the catalogue, is a matter of the `soap` package (design decision 4).
 * @returns `undefined` when the document is no WSDL of this family
 * @throws {DecodeError} when it is not readable XML
 */
export function summarizeWsdl(body: Uint8Array | string): WsdlSummary | undefined {
  const root = readTree(body);
  if (root.local !== 'definitions' || root.namespace !== ns.wsdl) return undefined;
  const binding = root.child('binding');
  const style = binding?.children.find((child) => child.local === 'binding' && child.namespace === ns.wsdlSoap)?.attribute('style');
  const operations = binding?.childrenNamed('operation').map((operation) => operation.attribute('name') ?? '') ?? [];
  const namespace = root.attribute('targetNamespace');
  if (namespace === undefined || !operations.includes('login')) return undefined;
  const service = root.child('service');
  const imports = [...root.descendants('import')].map((element) => element.attribute('schemaLocation') ?? element.attribute('location')).filter((location) => location !== undefined);
  return {
    // WS-I is a switch of the shop on V2's URL, so only the binding tells (facts §1); V1 is the one with `call`.
    dialect: style === 'document' ? 'wsi' : operations.includes('call') ? 'v1' : 'v2',
    namespace,
    product: productOf(namespace),
    service: service?.attribute('name'),
    address: service?.child('port')?.children.find((child) => child.local === 'address')?.attribute('location'),
    imports,
    operations,
  };
}

function productOf(namespace: string): Product {
  const known: readonly Product[] = ['Maho', 'OpenMage', 'Magento'];
  return known.find((product) => namespace.toLowerCase() === `urn:${product.toLowerCase()}`) ?? 'unknown';
}
