import { badRequest } from './answer';

/**
 * The fields that the body of a customer sets. A missing or `null` field is `undefined`. Unknown names in a body are ignored without an
 * error (wire maho-26.7 rest/126, 168, 177).
 */
export interface CustomerFields extends CustomerTexts {
  readonly gender: number | undefined;
  readonly groupId: number | undefined;
  readonly websiteId: number | undefined;
  readonly isActive: boolean | undefined;
  readonly disableAutoGroupChange: boolean | undefined;
  readonly password: string | undefined;
}

/** Text fields. */
export interface CustomerTexts {
  readonly email: string | undefined;
  readonly firstname: string | undefined;
  readonly lastname: string | undefined;
  readonly prefix: string | undefined;
  readonly middlename: string | undefined;
  readonly suffix: string | undefined;
  readonly dob: string | undefined;
  readonly taxvat: string | undefined;
}

/** Fields that only service tokens may set. */
const serviceFields = ['taxvat', 'groupId', 'isActive', 'websiteId', 'disableAutoGroupChange'] as const;

/** Whether a body sets a field that only service tokens may set. */
export function setsServiceFields(fields: CustomerFields): boolean {
  return serviceFields.some((name) => fields[name] !== undefined);
}

type Body = Readonly<Record<string, unknown>>;

/** Reads the body of a customer. @throws {RestError} 400 for a value of another type, with the store's message */
export function customerFields(body: Body): CustomerFields {
  if (body['email'] === null) throw wrongType('email', 'string', null);
  return {
    email: textField(body, 'email', 'string'),
    firstname: textField(body, 'firstname'),
    lastname: textField(body, 'lastname'),
    prefix: textField(body, 'prefix'),
    middlename: textField(body, 'middlename'),
    suffix: textField(body, 'suffix'),
    gender: intField(body, 'gender'),
    dob: textField(body, 'dob'),
    taxvat: textField(body, 'taxvat'),
    groupId: intField(body, 'groupId'),
    isActive: booleanField(body, 'isActive'),
    websiteId: intField(body, 'websiteId'),
    disableAutoGroupChange: booleanField(body, 'disableAutoGroupChange'),
    password: textField(body, 'password'),
  };
}

/** A text field of a body. @throws {RestError} 400 for another type */
export function textField(body: Body, name: string, type = 'null|string'): string | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(name, type, value);
}

/** An integer field of a body. @throws {RestError} 400 for another type */
export function intField(body: Body, name: string): number | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || (typeof value === 'number' && Number.isInteger(value))) return value;
  throw wrongType(name, 'int|null', value);
}

/** A boolean field of a body. @throws {RestError} 400 for another type */
export function booleanField(body: Body, name: string): boolean | undefined {
  const value = body[name] ?? undefined;
  if (value === undefined || typeof value === 'boolean') return value;
  throw wrongType(name, 'bool|null', value);
}

function wrongType(name: string, type: string, value: unknown): Error {
  return badRequest(`The type of the "${name}" attribute must be "${type}", "${phpType(value)}" given.`);
}

function phpType(value: unknown): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double';
  return typeof value === 'object' ? 'array' : typeof value;
}
