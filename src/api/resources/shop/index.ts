import { knownResources, ResourceRegistry } from '../registry';
import { catalogProduct } from './catalog-product';
import { coreStore } from './core-store';
import { directoryCountry, directoryRegion } from './directory';
import { salesOrder } from './sales-order';

/**
 * What the demo store serves: the customer family with a small shop around it, in the order in which stores list their resources.
 * The toolkit itself knows the family alone by heart, and the shop as it knows any store's: by its WSDL.
 */
export const shopResources = new ResourceRegistry([
  coreStore,
  directoryCountry,
  directoryRegion,
  ...knownResources.resources,
  catalogProduct,
  salesOrder,
]);
