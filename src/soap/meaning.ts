import type { EntityType, ScalarKind, WireType } from '../api/types';
import type { SoapValue } from '../api/value';
import { ns } from './namespaces';
import type { Scope } from './scope';
import type { Tag } from './xml/tag';

/** What kind of value an element says it holds. `untyped` says nothing: WS-I, faults, and what PHP calls stdClass. */
export type ValueKind = ScalarKind | 'map' | 'array' | 'struct' | 'untyped';

/** What the attributes of a tag say about its value, under one namespace scope. */
export interface Meaning {
  readonly scope: Scope;
  readonly kind: ValueKind;
  readonly nil: boolean;
  /** Kind of the items of an array that do not say themselves what they are. */
  readonly items: ValueKind;
  /** Name of the complex type, such as `customerCustomerEntity`. */
  readonly typeName: string | undefined;
  /** Target of a multi-reference, without `#`. */
  readonly href: string | undefined;
  /** Name under which other elements may refer to this one. */
  readonly id: string | undefined;
  /** What the catalogue says about this field of an untyped structure, remembered for the structure it was last seen in. */
  field: { readonly of: EntityType; readonly type: WireType | undefined } | undefined;
}

/** Reads what a tag means, and remembers it on the tag while the scope stays the same. */
export function meaningOf(tag: Tag, scope: Scope): Meaning {
  const known = tag.meaning;
  if (known?.scope === scope) return known;
  const meaning = read(tag, scope);
  tag.meaning = meaning;
  return meaning;
}

function read(tag: Tag, scope: Scope): Meaning {
  let kind: ValueKind = 'untyped';
  let items: ValueKind = 'untyped';
  let nil = false;
  let typeName: string | undefined;
  let href: string | undefined;
  let id: string | undefined;
  let isArray = false;
  for (const { name, value } of tag.attributes) {
    const colon = name.indexOf(':');
    if (colon < 0) {
      if (name === 'href') href = value.replace(/^#/, '');
      else if (name === 'id') id = value;
      continue;
    }
    const space = scope.namespace(name.slice(0, colon));
    const local = name.slice(colon + 1);
    if (space === ns.xsi && local === 'type') {
      const type = scope.resolve(value);
      typeName = type.local;
      kind = kindOf(type.namespace, type.local);
    } else if (space === ns.xsi && local === 'nil') nil = value === 'true' || value === '1';
    else if (space === ns.encoding && local === 'arrayType') {
      isArray = true;
      const type = scope.resolve(itemName(value));
      items = kindOf(type.namespace, type.local);
    } else if (space === ns.encoding12 && local === 'itemType') {
      isArray = true;
      const type = scope.resolve(value);
      items = kindOf(type.namespace, type.local);
    } else if (space === ns.encoding12 && local === 'ref') href = value;
    else if (space === ns.encoding12 && local === 'id') id = value;
  }
  return { scope, kind: isArray ? 'array' : kind, nil, items, typeName, href, id, field: undefined };
}

/** What PHP makes of a type name: scalars of XML Schema and of the SOAP encoding, Apache's Map, arrays; the rest are structures. */
/** Type of the items in a SOAP array's `arrayType`, such as `xsd:string` in `xsd:string[,][2]`. */
export function itemName(arrayType: string): string {
  const bracket = arrayType.indexOf('[');
  return bracket < 0 ? arrayType : arrayType.slice(0, bracket);
}

function kindOf(namespace: string | undefined, local: string): ValueKind {
  if (namespace === ns.apache) return local === 'Map' ? 'map' : 'struct';
  if (namespace === ns.encoding || namespace === ns.encoding12) {
    if (local === 'Array') return 'array';
    if (local === 'Struct') return 'struct';
    return SCALARS[local] ?? 'string';
  }
  if (namespace === ns.xsd) return local === 'anyType' || local === 'ur-type' ? 'untyped' : (SCALARS[local] ?? 'string');
  return 'struct';
}

const SCALARS: Readonly<Record<string, ScalarKind | undefined>> = {
  string: 'string',
  boolean: 'boolean',
  int: 'int',
  integer: 'int',
  long: 'int',
  short: 'int',
  byte: 'int',
  unsignedInt: 'int',
  unsignedShort: 'int',
  unsignedByte: 'int',
  nonNegativeInteger: 'int',
  positiveInteger: 'int',
  negativeInteger: 'int',
  nonPositiveInteger: 'int',
  float: 'double',
  double: 'double',
  decimal: 'double',
};

/** Reads text as a scalar. What the type cannot hold exactly stays text, so that nothing is lost. */
export function scalar(kind: ValueKind, text: string): SoapValue {
  switch (kind) {
    case 'int':
      return integer(text);
    case 'boolean':
      return text === 'true' || text === '1' || text.trim() === 'true' || text.trim() === '1';
    case 'double': {
      const number = Number(text);
      return text.trim() === '' || !Number.isFinite(number) ? text : number;
    }
    default:
      return text;
  }
}

function integer(text: string): number | string {
  const length = text.length;
  if (length > 0 && length < 16) {
    let pos = text.charCodeAt(0) === 0x2d && length > 1 ? 1 : 0;
    const negative = pos === 1;
    let value = 0;
    for (; pos < length; pos++) {
      const digit = text.charCodeAt(pos) - 0x30;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    if (pos === length) return negative && value !== 0 ? -value : value;
  }
  const trimmed = text.trim();
  const number = Number(trimmed);
  return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(number) ? number : text;
}
