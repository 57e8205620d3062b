import { distinct, isIdentifier } from './model';
import type { EntityType, WireType } from '../../api/types';
import { phpString } from '../literals/php';

/** The class names of entities, by the WSDL's names. */
export type ClassNames = ReadonlyMap<string, string>;

/** How lists stand in a value: as a list, or over WS-I as an object around it. */
export type Lists = 'list' | 'complexObjectArray';

/** A type as PHP itself writes it. What may be anything has none, and what no class is written for is an object. */
export function nativeType(type: WireType, names: ClassNames): string {
  switch (type.kind) {
    case 'boolean':
      return 'bool';
    case 'double':
      return 'float';
    case 'list':
      return 'array';
    case 'entity':
      return names.get(type.name) ?? 'object';
    case 'any':
      return 'mixed';
    default:
      return type.kind;
  }
}

/** A type that may be null. `mixed` may be null already, and PHP refuses `?mixed`. */
export function nullable(type: string): string {
  return type === 'mixed' ? type : `?${type}`;
}

/** A result as doc comments write it: with the classmap, entities are objects of their classes. */
export function resultType(type: WireType, names: ClassNames, lists: Lists): string {
  return new Shapes(names, lists).result(type, []);
}

/** An argument as doc comments write it: an array with its keys. Numbers may be texts, too, as stores take them. */
export function argumentType(type: WireType, names: ClassNames, lists: Lists): string {
  return new Shapes(names, lists).argument(type, []);
}

/** How many fields a comment about one value names; the longest of a real store names 205. */
const MAX_FIELDS = 400;

/** What is written of one value. Types that hold each other have no end, so what is too much is named without its fields. */
class Shapes {
  #left = MAX_FIELDS;

  constructor(
    private readonly names: ClassNames,
    private readonly lists: Lists,
  ) {}

  result(type: WireType, outer: readonly string[]): string {
    if (type.kind === 'list') {
      const list = `list<${this.result(type.of, outer)}>`;
      return this.lists === 'list' ? list : `object{complexObjectArray?: ${list}}`;
    }
    if (type.kind !== 'entity' || this.names.has(type.name)) return nativeType(type, this.names);
    const fields = this.#fields(type, outer, (inner, within) => this.result(inner, within));
    return fields === undefined ? 'object' : `object{${fields}}`;
  }

  argument(type: WireType, outer: readonly string[]): string {
    switch (type.kind) {
      case 'list': {
        const list = `list<${this.argument(type.of, outer)}>`;
        return this.lists === 'list' ? list : `array{complexObjectArray: ${list}}`;
      }
      case 'entity': {
        const fields = this.#fields(type, outer, (inner, within) => this.argument(inner, within));
        return fields === undefined ? 'array' : `array{${fields}}`;
      }
      case 'int':
        return 'int|string';
      case 'double':
        return 'float|int|string';
      default:
        return nativeType(type, this.names);
    }
  }

  /** The fields of an entity; `undefined` within itself and where they would be too many. */
  #fields(
    { name, fields }: EntityType,
    outer: readonly string[],
    write: (type: WireType, outer: readonly string[]) => string,
  ): string | undefined {
    const own = distinct(fields, (field) => field.name).filter(({ v1Only }) => v1Only !== true);
    if (outer.includes(name) || own.length > this.#left) return undefined;
    this.#left -= own.length;
    const within = [...outer, name];
    return own.map((field) => `${shapeKey(field.name)}?: ${write(field.type, within)}`).join(', ');
  }
}

/** A key of a shape. Nothing of it may end the comment. */
export function shapeKey(name: string): string {
  return isIdentifier(name) ? name : phpString(name).replaceAll('*/', '* /').replaceAll('?>', '? >').replace(/\s+/g, ' ');
}

/** Names for the properties and parameters of a class: valid, none twice, none that PHP has for itself. */
export function propertyNames(type: EntityType): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>(superglobals);
  for (const { name } of type.fields) {
    if (names.has(name)) continue;
    const clean = name.replace(/\W+/g, '_');
    const base = /^[A-Za-z_]/.test(clean) ? clean : `_${clean}`;
    let unique = base;
    for (let number = 2; taken.has(unique) || unique === 'this'; number++) unique = `${base}_${number}`;
    taken.add(unique);
    names.set(name, unique);
  }
  return names;
}

const superglobals = ['GLOBALS', '_SERVER', '_GET', '_POST', '_FILES', '_COOKIE', '_SESSION', '_REQUEST', '_ENV'] as const;
