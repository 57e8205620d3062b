import type { Generation } from '../../api/generations';

/** The type of an attribute's column in the database, which decides how values are compared and stored. */
export type ColumnType = 'text' | 'int' | 'datetime';

/** One attribute of an entity. */
export interface Attribute {
  readonly code: string;
  /** Index in {@link Row.values}. */
  readonly index: number;
  readonly column: ColumnType;
  /**
   * Whether it is a column of the entity's own table. Other attributes have separate tables, which filters join. A filter on such an
   * attribute therefore never finds customers without a value (facts §5).
   */
  readonly own: boolean;
  /** The value of a customer without a stored value; `undefined` for no value. */
  readonly fallback?: string | undefined;
}

/** The attributes of an entity, in the order of V1's info. */
export interface Schema {
  readonly attributes: readonly Attribute[];
  find(code: string): Attribute | undefined;
}

type Column = readonly [code: string, column?: ColumnType, own?: 'own' | 'joined', fallback?: string];

function schema(columns: readonly Column[]): Schema {
  const attributes = columns.map(([code, column = 'text', own, fallback], index): Attribute => ({
    code,
    index,
    column,
    own: own === 'own',
    fallback,
  }));
  const byCode = new Map(attributes.map((attribute) => [attribute.code, attribute]));
  return { attributes, find: (code) => byCode.get(code) };
}

/**
 * Attributes of a customer (facts §4; order of wire v1/60). The last ones are Maho 26.7's; see {@link customerAttributesOf}.
 * Data files and rows of older versions do not have these.
 */
export const customerSchema = schema([
  ['customer_id', 'int', 'own'],
  ['created_at', 'datetime', 'own'],
  ['updated_at', 'datetime', 'own'],
  ['increment_id', 'text', 'own'],
  ['store_id', 'int', 'own'],
  ['website_id', 'int', 'own'],
  ['created_in'],
  ['prefix'],
  ['firstname'],
  ['middlename'],
  ['lastname'],
  ['suffix'],
  ['email', 'text', 'own'],
  ['group_id', 'int', 'own'],
  ['dob', 'datetime'],
  ['password_hash'],
  ['default_billing', 'int'],
  ['default_shipping', 'int'],
  ['taxvat'],
  ['confirmation'],
  ['gender', 'int'],
  ['rp_token'],
  ['rp_token_created_at', 'datetime'],
  ['disable_auto_group_change', 'int', 'own'],
  ['password_created_at', 'int'],
  ['rp_customer_id'],
  ['twofa_enabled', 'int', 'joined', '0'],
  ['twofa_secret', 'text', 'own'],
  ['is_active', 'int', 'joined', '1'],
]);

/** Attributes that some generations do not have. */
const NOT_IN_EVERY_GENERATION: readonly string[] = [
  'twofa_enabled',
  'twofa_secret',
  'is_active',
] satisfies Generation['moreCustomerAttributes'];

/** The attributes that customers of a generation have, in the order of V1's info. */
export function customerAttributesOf({ moreCustomerAttributes }: Generation): readonly Attribute[] {
  const more: readonly string[] = moreCustomerAttributes;
  return customerSchema.attributes.filter(({ code }) => !NOT_IN_EVERY_GENERATION.includes(code) || more.includes(code));
}

/** The attributes that addresses of a generation have over V1, in the order of its info. */
export function addressAttributesOf({ addressFax }: Generation): readonly Attribute[] {
  return addressFax ? addressSchema.attributes : addressSchema.attributes.filter(({ code }) => code !== 'fax');
}

/** Columns with the same value for every customer. They are never shown, but lists can be filtered by them. */
const constantColumns: readonly Attribute[] = [
  { code: 'entity_type_id', index: -1, column: 'int', own: true, fallback: '1' },
  { code: 'attribute_set_id', index: -1, column: 'int', own: true, fallback: '0' },
];

/** The attribute with this code by which lists of a generation can be filtered; `undefined` if there is none. */
export function filterable(generation: Generation, code: string): Attribute | undefined {
  return (
    customerAttributesOf(generation).find((attribute) => attribute.code === code) ??
    constantColumns.find((attribute) => attribute.code === code)
  );
}

/** A row's value of an attribute; `null` for no value. */
export function valueOf(row: Row, { index, fallback }: Attribute): string | null {
  return row.values[index] ?? fallback ?? null;
}

/** Attributes of an address (order of wire address/v1/04). */
export const addressSchema = schema([
  ['customer_address_id', 'int', 'own'],
  ['created_at', 'datetime', 'own'],
  ['updated_at', 'datetime', 'own'],
  ['increment_id', 'text', 'own'],
  ['prefix'],
  ['firstname'],
  ['middlename'],
  ['lastname'],
  ['suffix'],
  ['company'],
  ['street'],
  ['city'],
  ['country_id'],
  ['region'],
  ['region_id', 'int'],
  ['postcode'],
  ['telephone'],
  ['fax'],
  ['vat_id'],
  ['vat_is_valid', 'int'],
  ['vat_request_id'],
  ['vat_request_date'],
  ['vat_request_success', 'int'],
]);

/** Values of one entity by the index of their attribute, as the database returns them: text, or `null` for no value. */
export type Values = (string | null)[];

/** A customer or an address. */
export interface Row {
  readonly id: number;
  readonly values: Values;
}

/** An address, with the customer it belongs to. */
export interface AddressRow extends Row {
  readonly customerId: number;
}

/** Index of an attribute that must exist. @throws {Error} if it does not, which is a bug in this program */
export function indexOf(of: Schema, code: string): number {
  const found = of.find(code);
  if (found === undefined) throw new Error(`No attribute ${code}.`);
  return found.index;
}

/** Indexes of the customer attributes that the store itself uses. */
export const at = {
  id: indexOf(customerSchema, 'customer_id'),
  createdAt: indexOf(customerSchema, 'created_at'),
  updatedAt: indexOf(customerSchema, 'updated_at'),
  storeId: indexOf(customerSchema, 'store_id'),
  websiteId: indexOf(customerSchema, 'website_id'),
  createdIn: indexOf(customerSchema, 'created_in'),
  firstname: indexOf(customerSchema, 'firstname'),
  lastname: indexOf(customerSchema, 'lastname'),
  email: indexOf(customerSchema, 'email'),
  groupId: indexOf(customerSchema, 'group_id'),
  passwordHash: indexOf(customerSchema, 'password_hash'),
  billing: indexOf(customerSchema, 'default_billing'),
  shipping: indexOf(customerSchema, 'default_shipping'),
  confirmation: indexOf(customerSchema, 'confirmation'),
  gender: indexOf(customerSchema, 'gender'),
  disableGroupChange: indexOf(customerSchema, 'disable_auto_group_change'),
} as const;
