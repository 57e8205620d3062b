import type { SoapValue } from '../../api/value';
import { ns } from '../namespaces';
import type { Scope } from './scope';
import type { Meaning, ValueKind } from './value-kind';
import type { Tag } from '../xml/tag';

export type { Meaning, ValueKind } from './value-kind';

/** Reads the meaning of a tag, and remembers it on the tag while the scope stays the same. */
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
  let dimensions: readonly number[] = [];
  let offset: string | undefined;
  let position: string | undefined;
  for (const { name, value } of tag.attributes) {
    const colon = name.indexOf(':');
    if (colon < 0) {
      if (name === 'href') href = value.replace(/^#/, '');
      else if (name === 'id') id = value;
    }
    const space = colon < 0 ? undefined : scope.namespace(name.slice(0, colon));
    const local = name.slice(colon + 1);
    // PHP accepts the attributes of arrays, and `nil`, in any namespace and without one.
    if (space === ns.xsi && local === 'type') {
      const type = scope.resolve(value);
      typeName = type.local;
      kind = kindOf(type.namespace, type.local);
    }
    // PHP reads an element with this attribute as null whatever its value is, even "false".
    else if (local === 'nil') nil = true;
    else if (local === 'offset') offset = value;
    else if (local === 'position') position = value;
    else if (local === 'arrayType') {
      isArray = true;
      const bracket = value.lastIndexOf('[');
      dimensions = sizes(
        bracket < 0
          ? []
          : (value
              .slice(bracket + 1)
              .split(']', 1)[0]
              ?.split(',') ?? []),
      );
      const type = scope.resolve(itemName(value));
      // In a list of lists, the type is that of the items of the inner lists.
      items = value.indexOf('[') === value.lastIndexOf('[') ? kindOf(type.namespace, type.local) : 'untyped';
    } else if (local === 'arraySize') {
      isArray = true;
      dimensions = sizes(value.trim().split(/\s+/));
    } else if (local === 'itemType') {
      isArray = true;
      const type = scope.resolve(value);
      items = kindOf(type.namespace, type.local);
    } else if (space === ns.encoding12 && local === 'ref') href = value.replace(/^#/, '');
    else if (space === ns.encoding12 && local === 'id') id = value;
  }
  return { scope, kind: isArray ? 'array' : kind, nil, items, dimensions, offset, position, typeName, href, id, field: undefined };
}

/** Sizes of several dimensions, 0 for a size that is not known. Empty for a single dimension. */
function sizes(texts: readonly string[]): readonly number[] {
  return texts.length > 1 ? texts.map((text) => (/^\s*\d{1,7}\s*$/.test(text) ? Number(text) : 0)) : [];
}

/** Type of the items in a SOAP array's `arrayType`, such as `xsd:string` in `xsd:string[,][2]`. */
export function itemName(arrayType: string): string {
  const bracket = arrayType.indexOf('[');
  return bracket < 0 ? arrayType : arrayType.slice(0, bracket);
}

/** How PHP reads a type name: scalars of XML Schema and of the SOAP encoding, Apache's Map, arrays. All others are structures. */
function kindOf(namespace: string | undefined, local: string): ValueKind {
  if (namespace === ns.apache) return local === 'Map' ? 'map' : 'struct';
  if (namespace === ns.encoding || namespace === ns.encoding12) {
    if (local === 'Array') return 'array';
    if (local === 'Struct') return 'struct';
    return scalarKind(local);
  }
  if (namespace === ns.xsd || namespace === ns.xsd1999) return local === 'anyType' || local === 'ur-type' ? 'untyped' : scalarKind(local);
  return 'struct';
}

function scalarKind(local: string): ValueKind {
  return SCALARS.get(local) ?? 'collapsed';
}

const SCALARS: ReadonlyMap<string, ValueKind> = new Map<string, ValueKind>(
  Object.entries({
    string: 'string',
    normalizedString: 'string',
    anySimpleType: 'string',
    // Binary data stays encoded as it was sent: not all of it is text.
    base64Binary: 'string',
    base64: 'string',
    boolean: 'boolean',
    int: 'int',
    integer: 'int',
    long: 'int',
    short: 'int',
    byte: 'int',
    unsignedLong: 'int',
    unsignedInt: 'int',
    unsignedShort: 'int',
    unsignedByte: 'int',
    nonNegativeInteger: 'int',
    positiveInteger: 'int',
    negativeInteger: 'int',
    nonPositiveInteger: 'int',
    float: 'double',
    double: 'double',
    // A decimal keeps its digits, as it does in PHP: `1.10` is a price, not a measurement.
    decimal: 'collapsed',
  }),
);

/**
 * Reads text as a scalar, as PHP does: an empty number or boolean is `null`. A value that the type cannot hold exactly stays
 * text, so that nothing is lost.
 */
export function scalar(kind: ValueKind, text: string): SoapValue {
  switch (kind) {
    case 'int':
      return text === '' ? null : integer(text);
    case 'boolean':
      return text === '' ? null : truth(text);
    case 'double':
      return text === '' ? null : (real(text) ?? text);
    case 'collapsed':
      return text.replace(/[ \t\r\n]+/g, ' ').replace(/^ | $/g, '');
    default:
      return text;
  }
}

/** PHP reads `true`, `t`, `false` and `f` in any case. Every other text is true, except `0` and an empty text. */
function truth(text: string): boolean {
  if (text === 'true' || text === '1') return true;
  const word = text.trim().toLowerCase();
  return word !== '' && word !== '0' && word !== 'false' && word !== 'f';
}

/** A number with or without fraction and exponent; `undefined` for everything else. */
function real(text: string): number | undefined {
  const trimmed = text.trim();
  const number = Number(trimmed);
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(trimmed) && Number.isFinite(number) ? number : undefined;
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
  if (/^[+-]?\d+$/.test(trimmed)) return Number.isSafeInteger(number) ? number : text;
  // Stores sometimes send fractions in whole-number fields; PHP keeps them.
  return trimmed.length < 16 ? (real(trimmed) ?? text) : text;
}
