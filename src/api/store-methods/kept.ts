import * as z from 'zod/mini';
import type { DescribedPart, DescribedType } from '../described-types';

/** Version of the saved form. A description in another version is read from the store again. */
export const DESCRIPTION_VERSION = 1;

/** Limits of a description. Real stores have 40 resources, 160 methods, 200 types and 90 kB. */
export const descriptionLimits = { resources: 2_000, methods: 20_000, types: 20_000, textCharacters: 20_000, bytes: 8 * 1024 * 1024 };

const text = z.string().check(z.maxLength(descriptionLimits.textCharacters));
const names = z.optional(z.array(text).check(z.maxLength(100)));

const keptMethod = z.object({
  /** Last part of its path, such as `list`. */
  name: text,
  /** Operation in V2 and WS-I; missing if no WSDL has it. */
  operation: z.optional(text),
  /** Whether `resources` listed it for the API user; missing if `resources` was not called. */
  callable: z.optional(z.boolean()),
  title: z.optional(text),
  description: z.optional(text),
  /** Other paths of the method, such as `product.list`. */
  aliases: names,
  /** Arguments without the session, see {@link parseParts}; missing if no WSDL describes them. */
  args: z.optional(text),
  /** Result as name and type, in the same form. */
  result: z.optional(text),
  /** Element of the call over WS-I, if it is not the operation with `RequestParam` appended. */
  wrapper: z.optional(text),
  /** The only WSDL with the operation, if several were read. */
  only: z.optional(z.enum(['v2', 'wsi'])),
});

const keptResource = z.object({
  /** Prefix of its paths. An operation whose resource is unknown becomes a resource with its own name and `pathless`. */
  name: text,
  pathless: z.optional(z.boolean()),
  title: z.optional(text),
  description: z.optional(text),
  aliases: names,
  methods: z.array(keptMethod).check(z.maxLength(descriptionLimits.methods)),
  /** Faults from `resourceFaults`; missing if it was not called. */
  faults: z.optional(z.array(z.object({ code: text, message: text })).check(z.maxLength(1000))),
});

const keptTypes = z.record(text, text);

/**
 * The methods of a store in the saved form: compact JSON that loads quickly. Arguments and fields are text, which is parsed when a method
 * is used.
 */
export const keptDescription = z.object({
  version: z.literal(DESCRIPTION_VERSION),
  /** Target namespace, such as `urn:Maho`. */
  namespace: z.string().check(z.maxLength(500)),
  /** Its sources: `v1` is the answer to `resources`, `rest` an OpenAPI document, the others are WSDLs. */
  from: z.array(z.enum(['v1', 'v2', 'wsi', 'rest'])).check(z.maxLength(3)),
  /** Whether it was completed from the description of a current product. */
  filled: z.optional(z.boolean()),
  /** Whether one of its WSDLs was cut off, so that the store has more methods. */
  cutOff: z.optional(z.boolean()),
  resources: z.array(keptResource).check(z.maxLength(descriptionLimits.resources)),
  /** Types by name, see {@link parseType}. */
  types: keptTypes,
  /** Types of WS-I's WSDL that V2's WSDL lacks, or has with other fields. */
  wsiTypes: z.optional(keptTypes),
});

/** See {@link keptDescription}. */
export type KeptDescription = z.infer<typeof keptDescription>;
/** A resource within {@link KeptDescription}. */
export type KeptResource = z.infer<typeof keptResource>;
/** A method within {@link KeptDescription}. */
export type KeptMethod = z.infer<typeof keptMethod>;

/** One argument, field or result. Its name and type may differ between V2 and WS-I. A dialect without it is `undefined`. */
export interface KeptPart {
  readonly v2: { readonly name: string; readonly type: string } | undefined;
  readonly wsi: { readonly name: string; readonly type: string } | undefined;
  /** `true`: optional, `false`: required, `undefined`: not known from the sources. */
  readonly optional: boolean | undefined;
}

/**
 * Arguments as text, in order: `productId:string store:string? data:map`. `product/productId` is the name in V2 and that in WS-I. `/store`
 * is in WS-I only, and `store/` in V2 only. Different types are written in the same way. An optional argument ends with `?`, and one of
 * which it is not known with `*`. Names of XML elements cannot have any of these characters.
 */
export function partsText(parts: readonly KeptPart[]): string {
  return parts
    .map(({ v2, wsi, optional }) => {
      const name = v2?.name === wsi?.name ? (v2?.name ?? '') : `${v2?.name ?? ''}/${wsi?.name ?? ''}`;
      const type = v2 === undefined || wsi === undefined || v2.type === wsi.type ? (v2 ?? wsi)?.type : `${v2.type}/${wsi.type}`;
      return `${name}:${type ?? 'any'}${optional === true ? '?' : optional === undefined ? '*' : ''}`;
    })
    .join(' ');
}

/** Parses the text of {@link partsText}. Invalid parts are left out. */
export function parseParts(text: string): readonly KeptPart[] {
  const parts: KeptPart[] = [];
  for (const part of text.split(' ')) {
    const parsed = parsePart(part);
    if (parsed !== undefined) parts.push(parsed);
  }
  return parts;
}

/** Parsed without a regular expression, which would take ten times as long: a store has thousands of fields. */
function parsePart(part: string): KeptPart | undefined {
  const colon = part.indexOf(':');
  const last = part.charAt(part.length - 1);
  const marked = last === '?' || last === '*';
  const name = part.slice(0, colon);
  const type = part.slice(colon + 1, marked ? -1 : undefined);
  if (colon <= 0 || name === '/' || type === '' || NOT_IN_TYPES.test(type)) return undefined;
  const optional = last === '?' ? true : last === '*' ? undefined : false;
  if (!name.includes('/') && !type.includes('/')) return { v2: { name, type }, wsi: { name, type }, optional };
  const [v2Name = '', wsiName = v2Name] = name.split('/');
  const [v2Type = '', wsiType = v2Type] = type.split('/');
  return {
    v2: v2Name === '' ? undefined : { name: v2Name, type: v2Type },
    wsi: wsiName === '' ? undefined : { name: wsiName, type: wsiType },
    optional,
  };
}

/** Characters that names of types cannot have. A part with one of them is invalid. */
const NOT_IN_TYPES = /[\s:?*]/;

/** A type as text: fields in the form of {@link partsText}, or `[item]` for a list. */
export function typeText(type: DescribedType): string {
  if (type.kind === 'list') return `[${type.of}]`;
  return type.fields.map(({ name, type: of, optional }) => `${name}:${of}${optional === true ? '?' : ''}`).join(' ');
}

/** Parses the text of {@link typeText}. */
export function parseType(text: string): DescribedType {
  if (text.startsWith('[') && text.indexOf(']') === text.length - 1) return { kind: 'list', of: text.slice(1, -1) };
  const fields: DescribedPart[] = [];
  for (const { v2, optional } of parseParts(text)) if (v2 !== undefined) fields.push(optional === true ? { ...v2, optional } : v2);
  return { kind: 'entity', fields };
}
