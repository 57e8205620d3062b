import type { DescribedPart, DescribedType } from '../described-types';
import { descriptionLimits } from './kept';

/** Anything that JSON can be, or that is not there. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | JsonMap;

/** An object of JSON, by its own keys alone. */
export interface JsonMap {
  readonly [key: string]: Json;
}

/** How far references lead to references before they are taken for a circle. */
const MAX_HOPS = 20;

/** How deep schemas that have no name of their own are followed into each other. */
const MAX_DEPTH = 30;

/** Fields of a type; more are left out. Those of real shops have about 90. */
const MAX_FIELDS = 1_000;

/** Characters that the fields of a type take when they are kept, see {@link typeText}; more fields are left out. */
const MAX_TYPE_CHARS = descriptionLimits.textCharacters - 1_000;

/** Schemas that are looked at in all, repetitions included; what comes after is taken as it is. A real document has 12,000. */
const MAX_STEPS = 100_000;

/** Longest name of a field or a type, in characters. */
const MAX_NAME_CHARS = 150;

/** Names that mean something else where types are looked up. */
const meant: ReadonlySet<string> = new Set(['string', 'int', 'boolean', 'double', 'any', 'Array', 'filters']);

/** Whether what is sent or what is answered is read: an object has fields that only answers have. */
export type Direction = 'sent' | 'answered';

/** Reads the schemas of an OpenAPI document as named types. Nothing of the document is looked up beyond its own keys. */
export class SchemaReader {
  /** What was read, by name. */
  readonly types = new Map<string, DescribedType>();
  /** Names of schemas of the document, by the way they are read. */
  readonly #named = new Map<string, string>();
  #depth = 0;
  #steps = 0;

  constructor(private readonly document: Json) {}

  /** What a reference points to within the document, and anything else as it is; `undefined` for what leads nowhere or in a circle. */
  followed(value: Json): Json {
    let at = value;
    for (let hop = 0; hop < MAX_HOPS && this.#steps < MAX_STEPS; hop++) {
      this.#steps++;
      const reference = textAt(at, '$ref');
      if (reference === undefined) return at;
      at = this.#pointed(reference);
    }
    return undefined;
  }

  /** Name of the type that a schema is: a scalar, `any`, or one of {@link types}. */
  typeOf(schema: Json, direction: Direction): string {
    if (this.#depth >= MAX_DEPTH || this.#steps >= MAX_STEPS) return 'any';
    this.#steps++;
    this.#depth++;
    try {
      const reference = textAt(schema, '$ref');
      return reference === undefined ? this.#plain(schema, direction) : this.#referred(reference, schema, direction);
    } finally {
      this.#depth--;
    }
  }

  /** Name of the type with these fields; the same for the same fields. */
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
    // Only objects are types of their own, which may hold themselves.
    if (!isObject(target)) {
      this.#named.set(key, 'any');
      const type = this.#plain(target, direction);
      this.#named.set(key, type);
      return type;
    }
    if (this.types.size >= descriptionLimits.types) return 'any';
    const name = this.#free(nameOf(reference, direction));
    this.#named.set(key, name);
    // Whatever refers to it while it is read finds its name.
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
    if (level > MAX_HOPS || ++this.#steps > MAX_STEPS) return;
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

  /** What stands at a place of the document; only schemas and their like are looked up. */
  #pointed(reference: string): Json {
    const steps = /^#\/components\/(\w+)\/([^/]+)$/.exec(reference);
    const group = schemaAt(schemaAt(this.document, 'components'), steps?.[1] ?? '');
    const name = (steps?.[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');
    return group !== undefined && Object.hasOwn(group, name) ? group[name] : undefined;
  }

  /** The name of a type with this content: the wanted one, with a number where another one has it. */
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
    let name = meant.has(wanted) ? `${wanted}_` : wanted;
    for (let number = 2; this.types.has(name); number++) name = `${wanted}${number}`;
    return name;
  }
}

/** Whether a name can be that of a field or an argument of a kept description, see {@link partsText}. */
export function typeable(name: string): boolean {
  return name.length > 0 && name.length <= MAX_NAME_CHARS && !/[\s:?*/\p{Cc}\p{Cf}]/u.test(name);
}

/** A map under a key of a map. */
export function schemaAt(value: Json, key: string): JsonMap | undefined {
  const inner = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isMap(inner) ? inner : undefined;
}

/** A text under a key of a map. */
export function textAt(value: Json, key: string): string | undefined {
  const inner = isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}

/** What Maho's document adds to names for the formats of the same thing, taken away. */
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

/** A value as a list; empty for what is not one. */
export function listOf(value: Json): readonly Json[] {
  return isList(value) ? value : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Whether a value is an object of JSON. */
export function isMap(value: Json): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
