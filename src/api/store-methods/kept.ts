import * as z from 'zod/mini';
import type { DescribedPart, DescribedType } from '../described-types';

/** Version of the kept form. A description of another version is read from the store again. */
export const DESCRIPTION_VERSION = 1;

/** Bounds of a description: those of real stores have 40 resources, 160 methods, 200 types and 90 kB. */
export const descriptionLimits = { resources: 2_000, methods: 20_000, types: 20_000, textCharacters: 20_000, bytes: 8 * 1024 * 1024 };

const text = z.string().check(z.maxLength(descriptionLimits.textCharacters));
const names = z.optional(z.array(text).check(z.maxLength(100)));

const keptMethod = z.object({
  /** What its path ends with, such as `list`. */
  name: text,
  /** Operation over V2 and WS-I; missing where no WSDL has it. */
  operation: z.optional(text),
  /** Whether `resources` listed it for the API user; missing where `resources` was not asked. */
  callable: z.optional(z.boolean()),
  title: z.optional(text),
  description: z.optional(text),
  /** Other paths of it, such as `product.list`. */
  aliases: names,
  /** Arguments without the session, see {@link parseParts}; missing where no WSDL describes it. */
  args: z.optional(text),
  /** Result as name and type, in the same form. */
  result: z.optional(text),
  /** Element that carries the call over WS-I, where it is not the operation with `RequestParam` behind it. */
  wrapper: z.optional(text),
  /** Which WSDLs have the operation, where not all that were read do. */
  only: z.optional(z.enum(['v2', 'wsi'])),
});

const keptResource = z.object({
  /** What paths begin with. Operations whose resource nobody knows stand under their own name, with `pathless`. */
  name: text,
  pathless: z.optional(z.boolean()),
  title: z.optional(text),
  description: z.optional(text),
  aliases: names,
  methods: z.array(keptMethod).check(z.maxLength(descriptionLimits.methods)),
  /** Faults as `resourceFaults` lists them; missing where it was not asked. */
  faults: z.optional(z.array(z.object({ code: text, message: text })).check(z.maxLength(1000))),
});

const keptTypes = z.record(text, text);

/**
 * The methods of a store in the form that is kept: JSON, compact, quick to load. Arguments and fields are text and are taken apart when
 * a method is looked at.
 */
export const keptDescription = z.object({
  version: z.literal(DESCRIPTION_VERSION),
  /** Target namespace, such as `urn:Maho`. */
  namespace: z.string().check(z.maxLength(500)),
  /** What it was made of: `v1` stands for the answer to `resources`, `rest` for an OpenAPI document, the others for WSDLs. */
  from: z.array(z.enum(['v1', 'v2', 'wsi', 'rest'])).check(z.maxLength(3)),
  /** Whether what its WSDL cannot say was taken from the description of a current product. */
  filled: z.optional(z.boolean()),
  /** Whether a WSDL that it was made of ended early, so that the store has more methods. */
  cutOff: z.optional(z.boolean()),
  resources: z.array(keptResource).check(z.maxLength(descriptionLimits.resources)),
  /** Types by name, see {@link parseType}. */
  types: keptTypes,
  /** Types of WS-I's WSDL that differ from V2's of the same name, or that V2 lacks. */
  wsiTypes: z.optional(keptTypes),
});

/** See {@link keptDescription}. */
export type KeptDescription = z.infer<typeof keptDescription>;
/** A resource within {@link KeptDescription}. */
export type KeptResource = z.infer<typeof keptResource>;
/** A method within {@link KeptDescription}. */
export type KeptMethod = z.infer<typeof keptMethod>;

/** One argument, field or result. Names and types may differ between V2 and WS-I; where only one of the two has it, the other is empty. */
export interface KeptPart {
  readonly v2: { readonly name: string; readonly type: string } | undefined;
  readonly wsi: { readonly name: string; readonly type: string } | undefined;
  /** `true`: may be left out, `false`: must be there, `undefined`: nothing that was read says it. */
  readonly optional: boolean | undefined;
}

/**
 * Arguments as text, in their order: `productId:string store:string? data:map`. `product/productId` is a name over V2 and another over
 * WS-I, `/store` is there over WS-I only and `store/` over V2 only; types differ in the same way. An argument that may be left out ends
 * with `?`, one of which nothing says it with `*`. No name of an XML element holds one of these characters.
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

/** Takes apart what {@link partsText} wrote; what makes no sense is left out. */
export function parseParts(text: string): readonly KeptPart[] {
  const parts: KeptPart[] = [];
  for (const part of text.split(' ')) {
    const parsed = parsePart(part);
    if (parsed !== undefined) parts.push(parsed);
  }
  return parts;
}

/** Taken apart by hand: a store has thousands of fields, and an expression takes ten times as long. */
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

/** What no name of a type holds; in a part it shows that something else was written. */
const NOT_IN_TYPES = /[\s:?*]/;

/** A type as text: fields as {@link partsText} writes them, or `[item]` for a list. */
export function typeText(type: DescribedType): string {
  if (type.kind === 'list') return `[${type.of}]`;
  return type.fields.map(({ name, type: of, optional }) => `${name}:${of}${optional === true ? '?' : ''}`).join(' ');
}

/** Takes apart what {@link typeText} wrote. */
export function parseType(text: string): DescribedType {
  if (text.startsWith('[') && text.indexOf(']') === text.length - 1) return { kind: 'list', of: text.slice(1, -1) };
  const fields: DescribedPart[] = [];
  for (const { v2, optional } of parseParts(text)) if (v2 !== undefined) fields.push(optional === true ? { ...v2, optional } : v2);
  return { kind: 'entity', fields };
}
