import { any, type EntityType, type Field, type ListType, type ScalarKind, type WireType } from './types';

/** A named argument, field or result, as a WSDL describes it. */
export interface DescribedPart {
  readonly name: string;
  /** A scalar, `any`, or the name of a type. */
  readonly type: string;
  readonly optional?: boolean | undefined;
}

/** A complex type of a WSDL: an entity with its fields in order, or a list of one type. */
export type DescribedType =
  | { readonly kind: 'entity'; readonly fields: readonly DescribedPart[] }
  | { readonly kind: 'list'; readonly of: string };

const scalars: readonly ScalarKind[] = ['string', 'int', 'boolean', 'double'];

/** Name of the type for a list of anything in SOAP's encoding. */
const SOAP_ARRAY = 'Array';

const anyList: ListType = { kind: 'list', name: SOAP_ARRAY, of: any };

/** How many levels of types inside of types are followed. Real stores have about ten. */
const MAX_LEVELS = 400;

/** Resolves the names of types to types. Types that contain themselves, such as category trees, become cyclic. */
export class TypeTable {
  readonly #known = new Map<string, WireType>();
  #depth = 0;

  /** @param described finds the description of a name; `undefined` for a name without one */
  constructor(private readonly described: (name: string) => DescribedType | undefined) {}

  /** The type of a name; `any` if it is not described. */
  of(name: string): WireType {
    const kind = scalars.find((candidate) => candidate === name);
    if (kind !== undefined) return { kind };
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const type = this.#depth < MAX_LEVELS ? this.described(name) : undefined;
    // SOAP's array type needs no description: any list matches it.
    if (type === undefined) return name === SOAP_ARRAY ? anyList : any;
    this.#depth++;
    try {
      return this.#made(name, type);
    } finally {
      this.#depth--;
    }
  }

  #made(name: string, type: DescribedType): WireType {
    if (type.kind === 'list') {
      const made: { kind: 'list'; name: string; of: WireType } = { kind: 'list', name, of: any };
      this.#known.set(name, made satisfies ListType);
      if (!this.#isEndless(name)) made.of = this.of(type.of);
      return made;
    }
    const fields: Field[] = [];
    const made: EntityType = { kind: 'entity', name, fields };
    this.#known.set(name, made);
    for (const field of type.fields)
      fields.push({
        name: field.name,
        type: this.of(field.type),
        title: field.name,
        doc: '',
        ...(field.optional === true ? {} : { required: true }),
      });
    return made;
  }

  /** Whether lists contain each other in a cycle without an entity between them. Such a value cannot exist. */
  #isEndless(name: string): boolean {
    const seen = new Set<string>();
    for (let next = name; !seen.has(next);) {
      seen.add(next);
      const type = this.described(next);
      if (type?.kind !== 'list') return false;
      next = type.of;
    }
    return true;
  }
}
