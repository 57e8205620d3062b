import { distinct, isIdentifier } from './model';
import type { EntityType, WireType } from '../../api/types';
import { phpString } from '../literals/php';

/** Class names of entities, by their names in the WSDL. */
export type ClassNames = ReadonlyMap<string, string>;

/** The form of lists in a value: a list, or for WS-I an object around it. */
export type Lists = 'list' | 'complexObjectArray';

/** A type in PHP syntax: `mixed` for any value, `object` for an entity without a class. */
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

/** The nullable form of a type. `mixed` includes null, and PHP does not allow `?mixed`. */
export function nullable(type: string): string {
  return type === 'mixed' ? type : `?${type}`;
}

/** The type of a result for doc comments. With the classmap, entities are objects of their classes. */
export function resultType(type: WireType, names: ClassNames, lists: Lists): string {
  return new Shapes(names, lists).result(type, []);
}

/** The type of an argument for doc comments: an array with its keys. Numbers may be texts, which stores accept too. */
export function argumentType(type: WireType, names: ClassNames, lists: Lists): string {
  return new Shapes(names, lists).argument(type, []);
}

/** The most fields that a comment lists for one value. The longest list of a real store has 205. */
const MAX_FIELDS = 400;

/** Writes the type of one value. Types may contain each other without end, so too large ones are named without their fields. */
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

  /** The fields of an entity; `undefined` inside of the same entity, and when there would be too many. */
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

/** A key of an array shape. It cannot end the comment. */
export function shapeKey(name: string): string {
  return isIdentifier(name) ? name : phpString(name).replaceAll('*/', '* /').replaceAll('?>', '? >').replace(/\s+/g, ' ');
}

/** Names for the properties and parameters of a class: valid, unique, and not reserved in PHP. */
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
