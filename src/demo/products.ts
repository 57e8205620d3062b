/** The products of the family. They differ in names and in how V1 types numbers (facts §9). */
export const productNames = ['maho', 'openmage', 'magento'] as const;

/** See {@link productNames}. */
export type ProductName = (typeof productNames)[number];

/** What differs between the products. */
export interface Product {
  readonly name: string;
  /** Target namespace of the WSDLs and of every answer. */
  readonly namespace: string;
  /** Service name in the WSDLs. */
  readonly service: string;
  /** Whether V1 sends numeric columns as `xsd:int`, not as text. */
  readonly numbersAsInt: boolean;
  /** Whether HTTP Basic credentials may stand in for a session in V1 and V2 (facts §3). */
  readonly basicLogin: boolean;
  /** Whether answers set a `PHPSESSID` cookie that nobody needs (facts §2). */
  readonly sessionCookie: boolean;
}

const products: Readonly<Record<ProductName, Product>> = {
  maho: { name: 'Maho', namespace: 'urn:Maho', service: 'MahoService', numbersAsInt: false, basicLogin: true, sessionCookie: false },
  openmage: { name: 'OpenMage', namespace: 'urn:OpenMage', service: 'OpenMageService', numbersAsInt: true, basicLogin: false, sessionCookie: true },
  // Not recorded; Magento 1 ran on PHP versions whose database driver gave numbers as text.
  magento: { name: 'Magento', namespace: 'urn:Magento', service: 'MagentoService', numbersAsInt: false, basicLogin: false, sessionCookie: true },
};

/** What differs in a product. */
export function productOf(name: ProductName): Product {
  return products[name];
}
