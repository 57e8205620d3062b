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
  if (type.kind === 'list') {
    const list = `list<${resultType(type.of, names, lists)}>`;
    return lists === 'list' ? list : `object{complexObjectArray?: ${list}}`;
  }
  if (type.kind === 'entity' && !names.has(type.name)) return `object{${fields(type, (inner) => resultType(inner, names, lists))}}`;
  return nativeType(type, names);
}

/** An argument as doc comments write it: an array with its keys. Numbers may be texts, too, as stores take them. */
export function argumentType(type: WireType, names: ClassNames, lists: Lists): string {
  return shape(type, names, lists, new Set());
}

function shape(type: WireType, names: ClassNames, lists: Lists, inside: ReadonlySet<string>): string {
  switch (type.kind) {
    case 'list': {
      const list = `list<${shape(type.of, names, lists, inside)}>`;
      return lists === 'list' ? list : `array{complexObjectArray: ${list}}`;
    }
    case 'entity':
      // A type that holds itself has no end.
      if (inside.has(type.name)) return 'array';
      return `array{${fields(type, (inner) => shape(inner, names, lists, new Set([...inside, type.name])))}}`;
    case 'int':
      return 'int|string';
    case 'double':
      return 'float|int|string';
    default:
      return nativeType(type, names);
  }
}

function fields(type: EntityType, write: (type: WireType) => string): string {
  return distinct(type.fields, ({ name }) => name)
    .filter(({ v1Only }) => v1Only !== true)
    .map((field) => `${shapeKey(field.name)}?: ${write(field.type)}`)
    .join(', ');
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
