import { facets } from '../dialect-facets';
import { parseParts, partsText, type KeptDescription, type KeptMethod, type KeptPart } from './kept';

/**
 * Completes a description of one dialect's WSDL with the knowledge of the other WSDL, taken from a current product: names in V2 or WS-I,
 * and which arguments are optional, which V2's WSDL cannot say. Only arguments with the same place and name are completed, and statements
 * of the store are kept.
 */
export function filledFrom(description: KeptDescription, product: KeptDescription): KeptDescription {
  const [own, ...others] = description.from.filter(isDescribed);
  // Nothing to complete if both WSDLs were read, or neither.
  if (own === undefined || others.length > 0) return description;
  const known = new Map(product.resources.flatMap(({ methods }) => methods.map((method) => [method.operation, method] as const)));
  return {
    ...description,
    filled: true,
    resources: description.resources.map((resource) => ({
      ...resource,
      methods: resource.methods.map((method) => filled(method, known.get(method.operation), own)),
    })),
  };
}

function filled(method: KeptMethod, same: KeptMethod | undefined, own: DescribedDialect): KeptMethod {
  if (method.operation === undefined || method.args === undefined || same?.args === undefined) return method;
  const known = parseParts(same.args);
  const args = parseParts(method.args).map((part, index) => filledPart(part, known[index], own));
  const wrapper = method.wrapper ?? (isRpc(own) ? same.wrapper : undefined);
  return { ...method, args: partsText(args), ...(wrapper === undefined ? {} : { wrapper }) };
}

function filledPart(part: KeptPart, known: KeptPart | undefined, own: DescribedDialect): KeptPart {
  const mine = part[own];
  if (mine === undefined || known?.[own]?.name !== mine.name) return part;
  const other = isRpc(own) ? known.wsi : known.v2;
  // The type is that of the store, because its entities may have more fields.
  const named = other === undefined ? undefined : { name: other.name, type: mine.type };
  const optional = part.optional ?? known.optional;
  return isRpc(own) ? { v2: mine, wsi: named ?? part.wsi, optional } : { v2: named ?? part.v2, wsi: mine, optional };
}

type DescribedDialect = 'v2' | 'wsi';

function isRpc(dialect: DescribedDialect): boolean {
  return facets[dialect].style === 'rpc';
}

function isDescribed(part: KeptDescription['from'][number]): part is DescribedDialect {
  return facets[part].describesMethods;
}
