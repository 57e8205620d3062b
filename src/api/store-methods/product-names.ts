/** Products whose methods are bundled: names and types of a current version, without titles and descriptions from a store. */
export const products = ['maho', 'openmage'] as const;

/** See {@link products}. */
export type BundledProduct = (typeof products)[number];

/** Whether a text names a product whose methods are bundled. */
export function isProduct(text: string): text is BundledProduct {
  return products.some((product) => product === text);
}

/** Names of the products for people. */
export const productLabels: Readonly<Record<BundledProduct, string>> = { maho: 'Maho', openmage: 'OpenMage' };
