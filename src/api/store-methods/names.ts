/**
 * Prefixes of operations in V2 and WS-I that do not follow from the name of the V1 resource: `cart_product.add` is
 * `shoppingCartProductAdd`. Checked against every recorded WSDL and list of resources in `test/unit/store-methods/names.test.ts`.
 */
const IRREGULAR_PREFIXES: Readonly<Record<string, string>> = {
  core_store: 'store',
  core_maho: 'maho',
  core_magento: 'magento',
  customer: 'customerCustomer',
  cataloginventory_stock_item: 'catalogInventoryStockItem',
  cart: 'shoppingCart',
  cart_product: 'shoppingCartProduct',
  cart_customer: 'shoppingCartCustomer',
  cart_shipping: 'shoppingCartShipping',
  cart_payment: 'shoppingCartPayment',
  cart_coupon: 'shoppingCartCoupon',
  giftmessage: 'giftMessage',
};

/** Resources of Maho, OpenMage and Magento 1 whose operations begin with their name: `sales_order.list` is `salesOrderList`. */
const REGULAR_RESOURCES: readonly string[] = [
  'blog_post',
  'catalog_category',
  'catalog_category_attribute',
  'catalog_product',
  'catalog_product_attribute',
  'catalog_product_attribute_media',
  'catalog_product_attribute_set',
  'catalog_product_attribute_tier_price',
  'catalog_product_custom_option',
  'catalog_product_custom_option_value',
  'catalog_product_downloadable_link',
  'catalog_product_link',
  'catalog_product_tag',
  'catalog_product_type',
  'customer_address',
  'customer_group',
  'directory_country',
  'directory_region',
  'sales_order',
  'sales_order_creditmemo',
  'sales_order_invoice',
  'sales_order_shipment',
];

/** Aliases of resources in every recorded store: `product.list` is `catalog_product.list`. */
const ALIASES: Readonly<Record<string, string>> = {
  store: 'core_store',
  maho: 'core_maho',
  magento: 'core_magento',
  country: 'directory_country',
  region: 'directory_region',
  category: 'catalog_category',
  category_attribute: 'catalog_category_attribute',
  product: 'catalog_product',
  product_attribute: 'catalog_product_attribute',
  product_attribute_set: 'catalog_product_attribute_set',
  product_type: 'catalog_product_type',
  product_attribute_media: 'catalog_product_attribute_media',
  product_media: 'catalog_product_attribute_media',
  product_attribute_tier_price: 'catalog_product_attribute_tier_price',
  product_tier_price: 'catalog_product_attribute_tier_price',
  product_link: 'catalog_product_link',
  product_custom_option: 'catalog_product_custom_option',
  product_custom_option_value: 'catalog_product_custom_option_value',
  product_stock: 'cataloginventory_stock_item',
  product_tag: 'catalog_product_tag',
  product_downloadable_link: 'catalog_product_downloadable_link',
  order: 'sales_order',
  order_shipment: 'sales_order_shipment',
  order_invoice: 'sales_order_invoice',
  order_creditmemo: 'sales_order_creditmemo',
  cart_customer_address: 'cart_customer',
};

/** Resources of the products, by the prefix of their operations. */
const RESOURCES_BY_PREFIX: ReadonlyMap<string, string> = new Map([
  ...Object.entries(IRREGULAR_PREFIXES).map(([resource, prefix]) => [prefix, resource] as const),
  ...REGULAR_RESOURCES.map((resource) => [camelCase(resource), resource] as const),
]);

/** Names and prefixes of the products' resources that other APIs are unlikely to have, for a quick check whether code may call them. */
export const productWords: readonly string[] = [...RESOURCES_BY_PREFIX].flatMap(([prefix, resource]) => [
  ...(/[A-Z]/.test(prefix) ? [prefix] : []),
  ...(resource.includes('_') ? [`${resource}.`] : []),
]);

/** The prefix of a resource's operations: `salesOrder` for `sales_order`, `shoppingCart` for `cart`. */
export function operationPrefix(resource: string): string {
  return Object.hasOwn(IRREGULAR_PREFIXES, resource) ? (IRREGULAR_PREFIXES[resource] ?? '') : camelCase(resource);
}

/** The V2 and WS-I operation of a V1 path: `customerCustomerList` for `customer.list`. */
export function operationOfPath(path: string): string {
  const point = path.indexOf('.');
  return point < 0 ? operationPrefix(path) : `${operationPrefix(path.slice(0, point))}${capital(path.slice(point + 1))}`;
}

/** Possible operations of a path, the most likely first: for its own name, then for the resource that it is an alias of. */
export function operationsOfPath(path: string): readonly string[] {
  const [resource = '', verb = ''] = path.split('.', 2);
  const alias = Object.hasOwn(ALIASES, resource) ? ALIASES[resource] : undefined;
  return [operationOfPath(path), ...(alias === undefined || verb === '' ? [] : [operationOfPath(`${alias}.${verb}`)])];
}

/**
 * Resource and method of an operation, for the resources of the products: `cart_product` and `add` for `shoppingCartProductAdd`. The
 * longest prefix counts.
 * @returns `undefined` for operations of other resources, whose paths only the store knows
 */
export function pathOfOperation(operation: string): { readonly resource: string; readonly verb: string } | undefined {
  for (let end = operation.length - 1; end > 0; end--) {
    if (!/[A-Z]/.test(operation.charAt(end))) continue;
    const resource = RESOURCES_BY_PREFIX.get(operation.slice(0, end));
    if (resource !== undefined) return { resource, verb: small(operation.slice(end)) };
  }
  return undefined;
}

/** The resource of a method, given by its path, by a path with an alias, or by its operation. */
export function resourceOfMethod(name: string): string | undefined {
  const point = name.indexOf('.');
  if (point < 0) return pathOfOperation(name)?.resource;
  const resource = name.slice(0, point);
  return Object.hasOwn(ALIASES, resource) ? ALIASES[resource] : resource;
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function small(word: string): string {
  return `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`;
}
