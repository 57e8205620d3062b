/**
 * The form of a value in REST and SOAP. `text` and `int` are the same in both; `flag` is true or false in REST, 1 or 0 in SOAP; `day` is
 * without and with a time; `lines` is a list and one text; `id` is the whole object that it names and its number.
 */
export type Writing = 'text' | 'int' | 'flag' | 'day' | 'lines' | 'id';

/** One attribute with its names in SOAP and REST. */
export interface Match {
  readonly soap: string;
  readonly rest: string;
  readonly writing: Writing;
  /** When REST can set it: in a `create` only, `always`, or `never`. */
  readonly written: 'create' | 'always' | 'never';
}

type Row = readonly [soap: string, rest: string, writing: Writing, written: Match['written']];

function matches(rows: readonly Row[]): readonly Match[] {
  return rows.map(([soap, rest, writing, written]) => ({ soap, rest, writing, written }));
}

/**
 * The attributes of a customer. `createdAt` needs no conversion: lists of both give UTC, and a single customer has the store's local time
 * in both (wire maho-26.7 rest/027, 086). Only answers to a write that changed something have UTC (rest/149).
 */
export const customerMatches = matches([
  ['customer_id', 'id', 'int', 'never'],
  ['email', 'email', 'text', 'always'],
  ['prefix', 'prefix', 'text', 'always'],
  ['firstname', 'firstname', 'text', 'always'],
  ['middlename', 'middlename', 'text', 'always'],
  ['lastname', 'lastname', 'text', 'always'],
  ['suffix', 'suffix', 'text', 'always'],
  ['taxvat', 'taxvat', 'text', 'always'],
  ['group_id', 'groupId', 'int', 'always'],
  ['website_id', 'websiteId', 'int', 'create'],
  ['store_id', 'storeId', 'int', 'never'],
  ['created_in', 'createdIn', 'text', 'never'],
  ['created_at', 'createdAt', 'text', 'never'],
  ['updated_at', 'updatedAt', 'text', 'never'],
  ['dob', 'dob', 'day', 'always'],
  ['gender', 'gender', 'int', 'always'],
  ['is_active', 'isActive', 'flag', 'always'],
  ['disable_auto_group_change', 'disableAutoGroupChange', 'flag', 'always'],
  ['default_billing', 'defaultBillingAddress', 'id', 'never'],
  ['default_shipping', 'defaultShippingAddress', 'id', 'never'],
]);

/** Customer attributes that REST does not have: secrets, and the confirmation key, of which REST only returns `isConfirmed`. */
export const soapOnly: readonly string[] = [
  'password_hash',
  'rp_token',
  'rp_token_created_at',
  'rp_customer_id',
  'password_created_at',
  'increment_id',
  'twofa_enabled',
  'twofa_secret',
  'confirmation',
];

/** The attributes of an address inside of a customer. Its times are always UTC, even where those of the customer are not. */
export const addressMatches = matches([
  ['customer_address_id', 'id', 'int', 'never'],
  ['prefix', 'prefix', 'text', 'never'],
  ['firstname', 'firstname', 'text', 'never'],
  ['middlename', 'middlename', 'text', 'never'],
  ['lastname', 'lastname', 'text', 'never'],
  ['suffix', 'suffix', 'text', 'never'],
  ['company', 'company', 'text', 'never'],
  ['street', 'street', 'lines', 'never'],
  ['city', 'city', 'text', 'never'],
  ['country_id', 'countryId', 'text', 'never'],
  ['region', 'region', 'text', 'never'],
  ['region_id', 'regionId', 'int', 'never'],
  ['postcode', 'postcode', 'text', 'never'],
  ['telephone', 'telephone', 'text', 'never'],
  ['vat_id', 'vatId', 'text', 'never'],
  ['created_at', 'createdAt', 'text', 'never'],
  ['updated_at', 'updatedAt', 'text', 'never'],
  ['is_default_billing', 'isDefaultBilling', 'flag', 'never'],
  ['is_default_shipping', 'isDefaultShipping', 'flag', 'never'],
]);

/** The attributes of a customer group. */
export const groupMatches = matches([
  ['customer_group_id', 'id', 'int', 'never'],
  ['customer_group_code', 'code', 'text', 'always'],
  ['tax_class_id', 'taxClassId', 'int', 'always'],
]);
