import { products, type BundledProduct } from '../product-names';
import { StoreMethods } from '../store-methods';

export { isProduct, productLabels, products, type BundledProduct } from '../product-names';

const read = new Map<BundledProduct, Promise<StoreMethods>>();

/** The methods of a product, loaded when first needed. */
export async function productMethods(product: BundledProduct): Promise<StoreMethods> {
  let methods = read.get(product);
  if (methods === undefined) read.set(product, (methods = load(product)));
  return await methods;
}

async function load(product: BundledProduct): Promise<StoreMethods> {
  const { default: kept } = product === 'maho' ? await import('./maho.json') : await import('./openmage.json');
  return valid(kept, product);
}

function valid(kept: unknown, name: string): StoreMethods {
  const methods = StoreMethods.read(kept);
  if (methods === undefined) throw new Error(`The bundled description of ${name} cannot be read. Run npm run generate.`);
  return methods;
}

let rest: Promise<StoreMethods> | undefined;

/** The REST requests of a current Maho, loaded when first needed. No other product has any. */
export async function productRequests(): Promise<StoreMethods> {
  rest ??= import('./maho-rest.json').then(({ default: kept }) => valid(kept, 'REST v2'));
  return await rest;
}

/** Positions of an operation's arguments, by their names in V2 and WS-I. Empty for operations of no bundled product. */
export async function positionsOf(operation: string): Promise<ReadonlyMap<string, number>> {
  for (const product of products) {
    const args = (await productMethods(product)).find(operation)?.args;
    if (args !== undefined)
      return new Map(
        args.flatMap(({ names }, index) => [names.v2, names.wsi].flatMap((name) => (name === undefined ? [] : [[name, index] as const]))),
      );
  }
  return new Map();
}
