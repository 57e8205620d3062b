import { knownResources, ResourceRegistry } from '../registry';
import { catalogProduct } from './catalog-product';
import { coreStore } from './core-store';
import { directoryCountry, directoryRegion } from './directory';
import { salesOrder } from './sales-order';

/**
 * The resources of the demo store: the customer family and a small shop, in the order in which stores list their resources. The toolkit
 * itself has only the family built in. It learns about the shop from the WSDL, as it does for any store.
 */
export const shopResources = new ResourceRegistry([
  coreStore,
  directoryCountry,
  directoryRegion,
  ...knownResources.resources,
  catalogProduct,
  salesOrder,
]);
