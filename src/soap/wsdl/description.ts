import * as z from 'zod/mini';
import type { Method } from '../../api/method';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { soapDialects } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { operationsOfPath } from '../../api/store-methods/names';
import { TypeTable, type DescribedPart, type DescribedType } from '../../api/described-types';
import { any, type EntityType, type WireType } from '../../api/types';
import { isList, isRecord, setKey, type MutableRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import { scalar } from '../decoding/meaning';

const part: z.ZodMiniType<DescribedPart> = z.object({
  name: z.string(),
  type: z.string(),
  optional: z.optional(z.boolean()),
});

const described: z.ZodMiniType<DescribedType> = z.union([
  z.object({ kind: z.literal('entity'), fields: z.array(part) }),
  z.object({ kind: z.literal('list'), of: z.string() }),
]);

/** A record with names as keys. A store chooses the names, so the record has no prototype: a name must not find an inherited property. */
function byName<T extends z.ZodMiniType>(thing: T): z.ZodMiniType<Record<string, z.output<T>>> {
  return z.pipe(
    z.record(z.string(), thing),
    z.transform((record) => Object.setPrototypeOf({ ...record }, null) as typeof record),
  );
}

/**
 * The content of a store's WSDL, in a form that is small and quick to load. It can be kept as JSON under the WSDL's hash,
 * since reading a WSDL with `soap` takes a third of a second.
 */
export const serviceDescription = z.object({
  /** SHA-256 of the WSDL, in hex. */
  hash: z.string(),
  dialect: z.enum(soapDialects),
  namespace: z.string(),
  operations: byName(
    z.object({
      args: z.array(part),
      result: z.optional(part),
      doc: z.optional(z.string()),
      /** Element that carries the call over WS-I, if its name does not follow the usual pattern (`giftMessageForQuoteRequestParam`). */
      wrapper: z.optional(z.string()),
    }),
  ),
  types: byName(described),
  /** The mistakes in the WSDL and how they were handled, one sentence each. They contain the store's own names: show them as text only. */
  warnings: z.array(z.string()),
  /** Whether the WSDL ended early. The store then has more operations than these. */
  cutOff: z.optional(z.boolean()),
});

/** See {@link serviceDescription}. */
export type ServiceDescription = z.infer<typeof serviceDescription>;

/** The error for a WSDL that cannot be read: of kind `decode`, code `wsdl-unreadable`. */
export function wsdlUnreadable(why: string): ToolkitError {
  const next = t('An extension of the store may have broken its WSDL. Methods in the catalogue work without it.');
  return new ToolkitError('decode', { code: 'wsdl-unreadable', what: t('The WSDL of the store cannot be read.'), why, next });
}

/** SHA-256 of a WSDL in hex. Descriptions are kept under it. */
export async function wsdlHash(wsdl: Uint8Array): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(wsdl));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * A method of the store in the form that the codecs take, with its types from the store's own WSDL.
 * @param name operation such as `catalogProductInfo`, or path such as `catalog_product.info`
 */
export function describedMethod(description: ServiceDescription, name: string, access: Method['access']): Method | undefined {
  const operation = operationName(description, name);
  const found = operation === undefined ? undefined : description.operations[operation];
  if (operation === undefined || found === undefined) return undefined;
  const types = typesOf(description);
  return {
    id: operation,
    operation,
    ...(found.wrapper === undefined ? {} : { wrapper: found.wrapper }),
    access,
    right: '',
    title: operation,
    doc: found.doc ?? '',
    args: found.args
      .filter(({ name: argument }) => argument !== 'sessionId')
      // The WSDL of an RPC dialect cannot say which arguments are optional; the store decides.
      .map((argument) => {
        const type = types.of(argument.type);
        const optional = argument.optional === true || !facets[description.dialect].describesOptional;
        // In a read, an empty list or entity has no conditions, so it may be left out. A write without its data is a mistake.
        const emptyElement = !optional && access === 'read' && (type.kind === 'list' || type.kind === 'entity');
        return { name: argument.name, type, doc: '', ...(optional ? { optional } : emptyElement ? { optional: true, emptyElement } : {}) };
      }),
    result: { type: found.result === undefined ? any : types.of(found.result.type), part: found.result?.name ?? 'result', doc: '' },
    faults: [],
  };
}

/** The types of a description. */
function typesOf({ types }: ServiceDescription): TypeTable {
  return new TypeTable((name) => (Object.hasOwn(types, name) ? types[name] : undefined));
}

/** Operation of a path: `catalog_product.info` is `catalogProductInfo`, `cart.create` is `shoppingCartCreate`. */
function operationName({ operations }: ServiceDescription, name: string): string | undefined {
  return [name, ...operationsOfPath(name)].find((operation) => Object.hasOwn(operations, operation));
}

/** Differences between a store and the catalogue. */
export interface CatalogueDifferences {
  readonly operations: readonly string[];
  /** Fields of known entities that only this store has, by entity. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** Methods of the catalogue that this store lacks. */
  readonly missing: readonly string[];
}

/** Compares a store with the catalogue. V1's WSDL lists neither methods nor fields. */
export function beyondCatalogue(description: ServiceDescription, registry: ResourceRegistry = knownResources): CatalogueDifferences {
  if (!facets[description.dialect].describesMethods) return { operations: [], fields: {}, missing: [] };
  const known = new Set<string>(registry.methods.map(({ operation }) => operation));
  const fields: Record<string, readonly string[]> = {};
  for (const type of registry.entities) {
    const seen = description.types[type.name];
    if (seen?.kind !== 'entity') continue;
    const names = new Set(type.fields.map(({ name }) => name));
    const more = seen.fields.map(({ name }) => name).filter((name) => !names.has(name));
    if (more.length > 0) fields[type.name] = more;
  }
  return {
    operations: Object.keys(description.operations).filter((name) => !known.has(name)),
    fields,
    missing: registry.methods.filter(({ operation }) => !Object.hasOwn(description.operations, operation)).map(({ id }) => id),
  };
}

/**
 * Gives a value that came without types, as from WS-I, the types of the description: numbers, booleans, empty lists.
 * Values that have a type already stay unchanged.
 */
export function typedBy(value: SoapValue, type: WireType): SoapValue {
  switch (type.kind) {
    case 'any':
      return value;
    case 'list':
      if (value === '' || (isRecord(value) && Object.keys(value).length === 0)) return [];
      return isList(value) ? value.map((item) => typedBy(item, type.of)) : value;
    case 'entity': {
      if (value === '') return {};
      if (!isRecord(value)) return value;
      const fields = fieldTypes(type);
      const typed: MutableRecord = {};
      for (const [key, inner] of Object.entries(value)) setKey(typed, key, typedBy(inner, fields.get(key) ?? any));
      return typed;
    }
    default:
      return typeof value === 'string' ? scalar(type.kind, value) : value;
  }
}

const fieldTypesOf = new WeakMap<EntityType, Map<string, WireType>>();

function fieldTypes(type: EntityType): Map<string, WireType> {
  let types = fieldTypesOf.get(type);
  if (types === undefined) {
    types = new Map(type.fields.map((field) => [field.name, field.type]));
    fieldTypesOf.set(type, types);
  }
  return types;
}
