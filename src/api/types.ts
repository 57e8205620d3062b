import * as z from 'zod/mini';
import type { SoapValue } from './value';

/** A scalar of the WSDLs. */
export type ScalarKind = 'string' | 'int' | 'boolean' | 'double';

/** A type as the store's WSDLs name it. Encoding, decoding of untyped answers, WSDLs, forms and schemas all read it. */
export type WireType = ScalarType | AnyType | ListType | EntityType;

/** `xsd:string`, `xsd:int`, `xsd:boolean` or `xsd:double`. */
export interface ScalarType {
  readonly kind: ScalarKind;
}

/** `xsd:anyType`: V1's arguments and results, which carry their own types. */
export interface AnyType {
  readonly kind: 'any';
}

/** An array type: `SOAP-ENC:Array` restriction in V2, repeated `complexObjectArray` in WS-I. */
export interface ListType {
  readonly kind: 'list';
  /** The WSDL's name, such as `customerCustomerEntityArray`. */
  readonly name: string;
  readonly of: WireType;
}

/** A complex type with named, mostly optional fields. */
export interface EntityType {
  readonly kind: 'entity';
  /** The WSDL's name, such as `customerCustomerEntity`. */
  readonly name: string;
  readonly fields: readonly Field[];
}

/** What an attribute is for, where a form or a table treats it specially. */
export type FieldRole =
  | 'secret'
  | 'email'
  | 'datetime'
  | 'date'
  | 'group'
  | 'website'
  | 'store'
  | 'gender'
  | 'multiline'
  | 'country'
  | 'id';

/** One field of an entity: an attribute of a customer, an address, a group. */
export interface Field {
  /** The attribute code, as the store knows it. */
  readonly name: string;
  readonly type: WireType;
  /** In words a shop owner knows. */
  readonly title: string;
  /** One or two sentences for hovers and reference pages. */
  readonly doc: string;
  readonly role?: FieldRole;
  /** Not in the WSDLs of V2 and WS-I: only V1 carries it (facts §4). */
  readonly v1Only?: boolean;
  /** The WSDL says `minOccurs="1"`. */
  readonly required?: boolean;
}

export const string: ScalarType = { kind: 'string' };
export const int: ScalarType = { kind: 'int' };
export const boolean: ScalarType = { kind: 'boolean' };
export const double: ScalarType = { kind: 'double' };
export const any: AnyType = { kind: 'any' };

/** Names an array type. */
export function list(name: string, of: WireType): ListType {
  return { kind: 'list', name, of };
}

/** Names a complex type. */
export function entity(name: string, fields: readonly Field[]): EntityType {
  return { kind: 'entity', name, fields };
}

/** The fields of an entity that exist in a WSDL, that is outside V1. */
export function wsdlFields(type: EntityType): readonly Field[] {
  return type.fields.filter((field) => !field.v1Only);
}

/** Every entity that types hold, each once, in the order they are met: by what they are made of, from the outside in. */
export function entitiesAmong(types: readonly WireType[]): readonly EntityType[] {
  const found = new Map<string, EntityType>();
  const visit = (type: WireType): void => {
    if (type.kind === 'list') visit(type.of);
    if (type.kind !== 'entity' || found.has(type.name)) return;
    found.set(type.name, type);
    for (const field of type.fields) visit(field.type);
  };
  types.forEach(visit);
  return [...found.values()];
}

/**
 * The schema that says whether a caller's value may be sent as this type. Text that reads as a number is fine: stores take it (wire v1/80).
 */
export function schemaOf(type: WireType): z.ZodMiniType {
  switch (type.kind) {
    case 'string':
      return z.union([z.string(), z.number()]);
    case 'int':
      return z.union([z.int(), z.string().check(z.regex(/^-?\d+$/, 'Expected a whole number'))]);
    case 'double':
      return z.union([z.number(), z.string().check(z.regex(/^-?\d+(\.\d+)?$/, 'Expected a number'))]);
    case 'boolean':
      return z.union([z.boolean(), z.literal(0), z.literal(1), z.literal('0'), z.literal('1')]);
    case 'any':
      return soapValue;
    case 'list':
      return z.array(schemaOf(type.of));
    case 'entity':
      return z.looseObject(Object.fromEntries(type.fields.map((field) => [field.name, z.nullish(schemaOf(field.type))])));
  }
}

/** Any value that can travel. */
export const soapValue: z.ZodMiniType<SoapValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(soapValue), z.record(z.string(), soapValue)]),
);

/** Whether something from outside, such as parsed JSON, can travel: all the way down, numbers finite. */
export function isSoapValue(value: unknown): value is SoapValue {
  return soapValue.safeParse(value).success;
}
