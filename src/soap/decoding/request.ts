import type { WireType } from '../../api/types';
import { setKey, type MutableRecord, type SoapValue } from '../../api/value';
import { meaningOf, scalar, type ValueKind } from './meaning';
import { ns } from '../namespaces';
import { readTree, type XmlElement } from './tree';
import { WSI_ITEM } from '../operation-types';
import { DecodeError } from '../xml/errors';

/** A request as its receiver sees it: the operation and its parts, not yet read as values. */
export interface SoapRequest {
  readonly version: '1.1' | '1.2';
  /** Local name of the element in the body; an empty text for an empty body, as in WS-I's `startSession`. */
  readonly operation: string;
  /** Namespace of that element; stores check it in WS-I only (facts §1). */
  readonly namespace: string;
  readonly parts: readonly XmlElement[];
}

/**
 * Why a SOAP server cannot accept a body as a request. `invalid-xml`: the body does not parse. `dtd`: it has a document type.
 * `wrong-version`: its root is not a SOAP envelope. `encoding-style`: a SOAP 1.2 envelope has an `encodingStyle`.
 * `no-body`: the envelope is empty.
 */
export type RequestProblem = 'invalid-xml' | 'dtd' | 'wrong-version' | 'encoding-style' | 'no-body';

/** Reads the envelope of a request. Does not throw for a body that it cannot read: the server has to answer with that problem. */
export function readRequest(body: Uint8Array | string, charset?: string): SoapRequest | RequestProblem {
  let root: XmlElement;
  try {
    root = readTree(body, { charset });
  } catch (error) {
    if (error instanceof DecodeError) return error.code === 'dtd' ? 'dtd' : 'invalid-xml';
    throw error;
  }
  const version =
    root.local !== 'Envelope' ? undefined : root.namespace === ns.envelope11 ? '1.1' : root.namespace === ns.envelope12 ? '1.2' : undefined;
  if (version === undefined) return 'wrong-version';
  if (version === '1.2' && root.attribute('encodingStyle', ns.envelope12) !== undefined) return 'encoding-style';
  const content = root.child('Body');
  if (content === undefined) return 'no-body';
  const operation = content.children[0];
  return { version, operation: operation?.local ?? '', namespace: operation?.namespace ?? '', parts: operation?.children ?? [] };
}

/**
 * PHP's value for an element that gives no type and has child elements: an object, not an array. Stores
 * treat the two differently (facts §1).
 */
export class UntypedObject {
  constructor(readonly fields: ReadonlyMap<string, NaturalValue>) {}
}

/**
 * A value as V1 receives it: of the sender's types, or an {@link UntypedObject} where no type was given. Lists and maps may hold such
 * objects too.
 */
export type NaturalValue = string | number | boolean | null | UntypedObject | readonly NaturalValue[] | ReadonlyMap<string, NaturalValue>;

/** Narrows a value to a list. */
export function isNaturalList(value: NaturalValue | undefined): value is readonly NaturalValue[] {
  return Array.isArray(value);
}

/** Narrows a value to a map. */
export function isNaturalMap(value: NaturalValue | undefined): value is ReadonlyMap<string, NaturalValue> {
  return value instanceof Map;
}

/** Reads a value by the types that its elements give: V1. */
export function readNatural(element: XmlElement, fallback: ValueKind = 'untyped'): NaturalValue {
  const meaning = meaningOf(element.tag, element.scope);
  if (meaning.nil) return null;
  const kind = meaning.kind === 'untyped' ? fallback : meaning.kind;
  switch (kind) {
    case 'map':
      return new Map(
        element.children.map((item) => {
          const value = item.child('value');
          return [item.child('key')?.text ?? '', value === undefined ? null : readNatural(value)] as const;
        }),
      );
    case 'array':
      return element.children.map((item) => readNatural(item, meaning.items));
    case 'struct':
      // The store's own array type, such as multiCall's FixedArray.
      if (meaning.typeName === 'FixedArray') return element.children.map((item) => readNatural(item));
      return untypedObject(element);
    case 'untyped':
      return element.children.length === 0 ? element.text : untypedObject(element);
    default: {
      const value = scalar(kind, element.text);
      return typeof value === 'object' ? null : value;
    }
  }
}

function untypedObject(element: XmlElement): UntypedObject {
  return new UntypedObject(new Map(element.children.map((child) => [child.local, readNatural(child)] as const)));
}

/** The text of an `int` or `double` part is not a number. SOAP servers refuse the whole request (facts §2). */
export class EncodingViolation extends Error {}

/**
 * Reads a value by the type of the WSDL and ignores the types that elements give: V2 and WS-I. Fields that the type does not know are
 * dropped, as PHP's server does.
 * @throws {EncodingViolation} when the text of a number is not a number
 */
export function readTyped(element: XmlElement, type: WireType): SoapValue {
  if (meaningOf(element.tag, element.scope).nil) return null;
  switch (type.kind) {
    case 'list': {
      // WS-I wraps items in `complexObjectArray`; in V2 they may have any name (facts §1).
      const items = element.children.every((child) => child.local === WSI_ITEM) ? element.childrenNamed(WSI_ITEM) : element.children;
      return items.map((item) => readTyped(item, type.of));
    }
    case 'entity': {
      const record: MutableRecord = {};
      for (const field of type.fields) {
        const child = field.v1Only === true ? undefined : element.child(field.name);
        if (child !== undefined) setKey(record, field.name, readTyped(child, field.type));
      }
      return record;
    }
    case 'int': {
      const text = element.text.trim();
      if (text === '') return null;
      if (!/^[+-]?\d/.test(text) || !/^[+-]?\d+(\.\d*)?$/.test(text)) throw new EncodingViolation(text);
      return Number.parseInt(text, 10);
    }
    case 'double': {
      const number = Number(element.text);
      if (element.text.trim() === '') return null;
      if (!Number.isFinite(number)) throw new EncodingViolation(element.text);
      return number;
    }
    case 'boolean': {
      const text = element.text.trim().toLowerCase();
      if (text === '') return null;
      if (text === 'true' || text === 't' || text === '1') return true;
      if (text === 'false' || text === 'f' || text === '0') return false;
      return text !== '0';
    }
    case 'string':
      return element.text;
    case 'any':
      return element.text;
  }
}
