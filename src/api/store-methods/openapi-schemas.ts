import type { DescribedPart, DescribedType } from '../described-types';
import { descriptionLimits } from './kept';

/** Any JSON value, or a missing one. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonMap;

/** A JSON object. Only its own keys are read. */
export interface JsonMap {
  readonly [key: string]: Json;
}

/** How many references in a row are followed before they are taken for a cycle. */
const MAX_REFERENCES = 20;

/** How many levels of unnamed nested schemas are followed. */
const MAX_LEVELS = 30;

/** The most fields of a type; more are left out. Those of real shops have about 90. */
const MAX_FIELDS = 1_000;

/** The most characters of a type's fields in saved form, see {@link typeText}; more fields are left out. */
const MAX_TYPE_CHARS = descriptionLimits.textCharacters - 1_000;

/** The most schemas read in total, repetitions included. Later ones become `any`. A real document has 12,000. */
const MAX_SCHEMAS = 100_000;

/** Longest name of a field or a type, in characters. */
const MAX_NAME_CHARS = 150;

/** Names with another meaning among types. */
const reservedTypeNames: ReadonlySet<string> = new Set(['string', 'int', 'boolean', 'double', 'any', 'Array', 'filters']);

/** Whether to read a request or an answer: some fields of an object exist in answers only. */
export type Direction = 'sent' | 'answered';

/** Reads the schemas of an OpenAPI document as named types. Only own keys of the document are read. */
export class SchemaReader {
  /** The types read so far, by name. */
  readonly types = new Map<string, DescribedType>();
  /** Names of types, by direction and reference. */
  readonly #named = new Map<string, string>();
  #depth = 0;
  #steps = 0;

  constructor(private readonly document: Json) {}

  /**
   * Resolves a reference within the document and returns any other value unchanged. `undefined` for a reference to nothing, and for a
   * cycle.
   */
  followed(value: Json): Json {
    let at = value;
    for (let hop = 0; hop < MAX_REFERENCES && this.#steps < MAX_SCHEMAS; hop++) {
      this.#steps++;
      const reference = textAt(at, '$ref');
      if (reference === undefined) return at;
      at = this.#pointed(reference);
    }
    return undefined;
  }

  /** Name of the type for a schema: a scalar, `any`, or one of {@link types}. */
  typeOf(schema: Json, direction: Direction): string {
    if (this.#depth >= MAX_LEVELS || this.#steps >= MAX_SCHEMAS) return 'any';
    this.#steps++;
    this.#depth++;
    try {
      const reference = textAt(schema, '$ref');
      return reference === undefined ? this.#plain(schema, direction) : this.#referred(reference, schema, direction);
    } finally {
      this.#depth--;
    }
  }

  /** Name of the type with these fields. Equal fields give the same name. */
  structure(fields: readonly DescribedPart[]): string {
    const type: DescribedType = { kind: 'entity', fields };
    const names = fields.map(({ name }) => name).join(',');
    return this.#unique(names.length > MAX_NAME_CHARS ? `{${names.slice(0, MAX_NAME_CHARS)}…}` : `{${names}}`, type);
  }

  #referred(reference: string, schema: Json, direction: Direction): string {
    const target = this.followed(schema);
    if (!isMap(target)) return 'any';
    const key = `${direction} ${reference}`;
    const known = this.#named.get(key);
    if (known !== undefined) return known;
    // Only objects become named types, which may contain themselves.
    if (!isObject(target)) {
      this.#named.set(key, 'any');
      const type = this.#plain(target, direction);
      this.#named.set(key, type);
      return type;
    }
    if (this.types.size >= descriptionLimits.types) return 'any';
    const name = this.#free(nameOf(reference, direction));
    this.#named.set(key, name);
    // Registered first, so that references to it from inside find its name.
    this.types.set(name, { kind: 'entity', fields: [] });
    this.types.set(name, { kind: 'entity', fields: this.#fields(target, direction) });
    return name;
  }

  #plain(schema: Json, direction: Direction): string {
    if (!isMap(schema)) return 'any';
    const variants = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])].filter((each) => textAt(each, 'type') !== 'null');
    if (variants.length > 0) return variants.length === 1 ? this.typeOf(variants[0], direction) : 'any';
    const all = listOf(schema['allOf']);
    if (all.length === 1 && schema['properties'] === undefined) return this.typeOf(all[0], direction);
    const kinds = (isList(schema['type']) ? schema['type'] : [schema['type']]).filter((kind) => kind !== 'null');
    const [kind] = kinds.length === 1 ? kinds : [];
    if (kind === 'string' || kind === 'boolean') return kind;
    if (kind === 'integer') return 'int';
    if (kind === 'number') return 'double';
    if (kind === 'array') return this.#list(this.typeOf(schema['items'], direction));
    if (!isObject(schema)) return 'any';
    const fields = this.#fields(schema, direction);
    return fields.length === 0 ? 'any' : this.structure(fields);
  }

  #list(of: string): string {
    if (of === 'any' || of.length > MAX_NAME_CHARS) return 'Array';
    return this.#unique(`ListOf${of}`, { kind: 'list', of });
  }

  #fields(schema: JsonMap, direction: Direction): readonly DescribedPart[] {
    const fields = new Map<string, DescribedPart>();
    this.#collect(schema, direction, fields, 0);
    let characters = 0;
    return [...fields.values()].filter(({ name, type }) => (characters += name.length + type.length + 3) <= MAX_TYPE_CHARS);
  }

  #collect(schema: JsonMap, direction: Direction, into: Map<string, DescribedPart>, level: number): void {
    if (level > MAX_REFERENCES || ++this.#steps > MAX_SCHEMAS) return;
    for (const part of listOf(schema['allOf'])) {
      const target = this.followed(part);
      if (isMap(target)) this.#collect(target, direction, into, level + 1);
    }
    const properties = schema['properties'];
    if (!isMap(properties)) return;
    const required = new Set(listOf(schema['required']));
    for (const [name, property] of Object.entries(properties)) {
      if (into.size >= MAX_FIELDS) return;
      if (!typeable(name) || (isMap(property) && property[direction === 'sent' ? 'readOnly' : 'writeOnly'] === true)) continue;
      into.set(name, { name, type: this.typeOf(property, direction), ...(required.has(name) ? {} : { optional: true }) });
    }
  }

  /** The value that a reference points to. Only components of the document can be referenced. */
  #pointed(reference: string): Json {
    const steps = /^#\/components\/(\w+)\/([^/]+)$/.exec(reference);
    const group = schemaAt(schemaAt(this.document, 'components'), steps?.[1] ?? '');
    const name = (steps?.[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
    return group !== undefined && Object.hasOwn(group, name) ? group[name] : undefined;
  }

  /** The name of a type with this content: the wanted name, with a number if another type has it. */
  #unique(wanted: string, type: DescribedType): string {
    const text = JSON.stringify(type);
    for (let number = 1; number <= 100; number++) {
      const name = number === 1 ? wanted : `${wanted}${number}`;
      const there = this.types.get(name);
      if (there === undefined && this.types.size >= descriptionLimits.types) return 'any';
      if (there === undefined) this.types.set(name, type);
      if (there === undefined || JSON.stringify(there) === text) return name;
    }
    return 'any';
  }

  #free(wanted: string): string {
    let name = reservedTypeNames.has(wanted) ? `${wanted}_` : wanted;
    for (let number = 2; this.types.has(name); number++) name = `${wanted}${number}`;
    return name;
  }
}

/** Whether a name is valid for a field or an argument of a saved description, see {@link partsText}. */
export function typeable(name: string): boolean {
  return name.length > 0 && name.length <= MAX_NAME_CHARS && !/[\s:?*/\p{Cc}\p{Cf}]/u.test(name);
}

/** The map under a key of a map; `undefined` if there is none. */
export function schemaAt(value: Json, key: string): JsonMap | undefined {
  const inner = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isMap(inner) ? inner : undefined;
}

/** The text under a key of a map; `undefined` if there is none. */
export function textAt(value: Json, key: string): string | undefined {
  const inner = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}

/** The name of the referenced schema, without the suffixes that Maho's document adds for other formats. */
function nameOf(reference: string, direction: Direction): string {
  const name = reference
    .slice(reference.lastIndexOf('/') + 1)
    .replace(/_noid$/, '')
    .replace(/[^\w.-]/g, '')
    .slice(0, MAX_NAME_CHARS);
  const plain = name.replace(/-.*$/, '') || 'Type';
  return direction === 'sent' ? plain : `${plain}Answer`;
}

function isObject(schema: JsonMap): boolean {
  return isMap(schema['properties']) || listOf(schema['allOf']).length > 0;
}

/** A value as a list; empty if it is not one. */
export function listOf(value: Json): readonly Json[] {
  return isList(value) ? value : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether a value is a JSON object. */
export function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
