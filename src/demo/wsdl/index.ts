import type { Dialect } from '../../api/dialect';
import type { Product } from '../products';
import { wsdlWsi } from './literal';
import { wsdlV1, wsdlV2 } from './rpc';

const writers = { v1: wsdlV1, v2: wsdlV2, wsi: wsdlWsi } as const satisfies Record<Dialect, (product: Product, address: string) => string>;

/** The WSDL of a dialect, written from the catalogue. `address` is the URL the client asked with (facts §1). */
export function wsdl(dialect: Dialect, product: Product, address: string): string {
  return writers[dialect](product, address);
}
