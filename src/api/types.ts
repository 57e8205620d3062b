import * as z from 'zod/mini';
import type { SoapValue } from './value';

/** A scalar of the WSDLs. */
export type ScalarKind = 'string' | 'int' | 'boolean' | 'double';

/** A type with its name in the store's WSDLs. Encoding, decoding of untyped answers, WSDLs, forms and schemas use it. */
export type WireType = ScalarType | AnyType | ListType | EntityType;

/** `xsd:string`, `xsd:int`, `xsd:boolean` or `xsd:double`. */
export interface ScalarType {
  readonly kind: ScalarKind;
}

/** `xsd:anyType`: arguments and results of V1, whose values have their own types. */
export interface AnyType {
  readonly kind: 'any';
}

/** An array type: `SOAP-ENC:Array` restriction in V2, repeated `complexObjectArray` in WS-I. */
export interface ListType {
  readonly kind: 'list';
  /** Name in the WSDL, such as `customerCustomerEntityArray`. */
  readonly name: string;
  readonly of: WireType;
}

/** A complex type with named, mostly optional fields. */
export interface EntityType {
  readonly kind: 'entity';
  /** Name in the WSDL, such as `customerCustomerEntity`. */
  readonly name: string;
  readonly fields: readonly Field[];
}

/** The purpose of an attribute that forms or tables treat specially. */
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
  | 'flag'
  | 'id';

/** One field of an entity: an attribute of a customer, an address, a group. */
export interface Field {
  /** The attribute code of the store. */
  readonly name: string;
  readonly type: WireType;
  /** For people who run a shop. */
  readonly title: string;
  /** One or two sentences for hovers and reference pages. */
  readonly doc: string;
  readonly role?: FieldRole;
  /** Whether only V1 has it, and the WSDLs of V2 and WS-I do not (facts §4). */
  readonly v1Only?: boolean;
  /** Whether the WSDL has `minOccurs="1"`. */
  readonly required?: boolean;
}

export const string: ScalarType = { kind: 'string' };
export const int: ScalarType = { kind: 'int' };
export const boolean: ScalarType = { kind: 'boolean' };
export const double: ScalarType = { kind: 'double' };
export const any: AnyType = { kind: 'any' };

/** Makes an array type. */
export function list(name: string, of: WireType): ListType {
  return { kind: 'list', name, of };
}

/** Makes a complex type. */
export function entity(name: string, fields: readonly Field[]): EntityType {
  return { kind: 'entity', name, fields };
}

/** The fields of an entity in the WSDLs of V2 and WS-I. */
export function wsdlFields(type: EntityType): readonly Field[] {
  return type.fields.filter((field) => !field.v1Only);
}

/** Every entity in the types, including nested ones, without duplicates. An outer entity comes before those that it contains. */
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
 * The schema that checks whether a caller's value may be sent as this type. A text with a number is valid, since stores accept it (wire
 * v1/80).
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

/** Any value that can be sent. */
export const soapValue: z.ZodMiniType<SoapValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(soapValue), z.record(z.string(), soapValue)]),
);

/** Whether a value from outside, such as parsed JSON, can be sent. Checks all levels; numbers must be finite. */
export function isSoapValue(value: unknown): value is SoapValue {
  return soapValue.safeParse(value).success;
}
