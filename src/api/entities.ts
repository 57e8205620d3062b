import { boolean, entity, int, list, string, type EntityType, type Field } from './types';

/** A list of plain texts. */
export const arrayOfString = list('ArrayOfString', string);

/** One attribute/value pair; in a complex filter, one operator/value pair. */
export const associativeEntity = entity('associativeEntity', [
  { name: 'key', type: string, title: 'Key', doc: 'Attribute code, or operator inside a complex filter.', required: true },
  { name: 'value', type: string, title: 'Value', doc: 'The value to compare with.', required: true },
]);

/** One attribute with an operator and a value (facts §5). */
export const complexFilter = entity('complexFilter', [
  { name: 'key', type: string, title: 'Attribute', doc: 'Attribute code.', required: true },
  { name: 'value', type: associativeEntity, title: 'Condition', doc: 'Operator and value.', required: true },
]);

/** Filters as V2 and WS-I write them. V1 has a map of its own (see `api/filters`). */
export const filtersType: EntityType = entity('filters', [
  { name: 'filter', type: list('associativeArray', associativeEntity), title: 'Simple filters', doc: 'Attribute equals value.' },
  { name: 'complex_filter', type: list('complexFilterArray', complexFilter), title: 'Complex filters', doc: 'Attribute, operator, value.' },
]);

/** Attributes that customers are read with and written with alike. */
const shared = {
  email: {
    name: 'email',
    type: string,
    title: 'E-mail',
    doc: 'Sign-in e-mail, unique within the website. The store does not check its form.',
    role: 'email',
  },
  firstname: { name: 'firstname', type: string, title: 'First name', doc: 'Given name. The API accepts an empty one.' },
  middlename: { name: 'middlename', type: string, title: 'Middle name', doc: 'Middle name or initial.' },
  lastname: { name: 'lastname', type: string, title: 'Last name', doc: 'Family name. The API accepts an empty one.' },
  prefix: { name: 'prefix', type: string, title: 'Prefix', doc: 'Form of address before the name.' },
  suffix: { name: 'suffix', type: string, title: 'Suffix', doc: 'Title after the name.' },
  website: {
    name: 'website_id',
    type: int,
    title: 'Website',
    doc: 'Website the account belongs to; without one the account lands on the admin website 0.',
    role: 'website',
  },
  store: { name: 'store_id', type: int, title: 'Store view', doc: 'Store view the account was opened in.', role: 'store' },
  group: {
    name: 'group_id',
    type: int,
    title: 'Group',
    doc: 'Customer group. The API accepts a group that does not exist.',
    role: 'group',
  },
  dob: {
    name: 'dob',
    type: string,
    title: 'Date of birth',
    doc: 'Comes back as midnight of the day; any date that PHP can read may be sent.',
    role: 'date',
  },
  taxvat: { name: 'taxvat', type: string, title: 'Tax/VAT number', doc: 'Tax or VAT number.' },
  gender: {
    name: 'gender',
    type: int,
    title: 'Gender',
    doc: '1 is male, 2 is female. Can be written everywhere but read only over V1.',
    role: 'gender',
  },
  passwordHash: {
    name: 'password_hash',
    type: string,
    title: 'Password hash',
    doc: 'Hash and salt, returned by every list and info. Filters compare it as text.',
    role: 'secret',
  },
} satisfies Record<string, Field>;

/**
 * A customer as the store returns it. Fields in the order of the V2 WSDL (facts §4), then what only V1 carries.
 * Every field is optional on the wire: V2 and WS-I leave out what is null, V1 lists leave out what is not set.
 */
export const customerEntity: EntityType = entity('customerCustomerEntity', [
  { name: 'customer_id', type: int, title: 'ID', doc: 'Number of the customer. Always returned.', role: 'id' },
  {
    name: 'created_at',
    type: string,
    title: 'Created',
    doc: 'UTC in a list, store time in info, which Maho 26.7 gives without its offset. A written value is taken as store time.',
    role: 'datetime',
  },
  { name: 'updated_at', type: string, title: 'Updated', doc: 'UTC, set by the store at every save.', role: 'datetime' },
  { name: 'increment_id', type: string, title: 'Increment ID', doc: 'Customer number shown in the admin, where the shop uses one.' },
  shared.store,
  shared.website,
  { name: 'created_in', type: string, title: 'Created in', doc: 'Name of the store view the account was opened in.' },
  shared.email,
  shared.firstname,
  shared.middlename,
  shared.lastname,
  shared.group,
  shared.prefix,
  shared.suffix,
  shared.dob,
  shared.taxvat,
  {
    name: 'confirmation',
    type: boolean,
    title: 'Confirmation pending',
    doc: 'Set while the e-mail is not confirmed: a key over V1, true over V2 and WS-I, absent once confirmed.',
  },
  shared.passwordHash,
  { name: 'default_billing', type: int, title: 'Default billing address', doc: 'ID of the default billing address.', v1Only: true },
  { name: 'default_shipping', type: int, title: 'Default shipping address', doc: 'ID of the default shipping address.', v1Only: true },
  { ...shared.gender, v1Only: true },
  { name: 'rp_token', type: string, title: 'Reset token', doc: 'Token of a pending password reset.', role: 'secret', v1Only: true },
  {
    name: 'rp_token_created_at',
    type: string,
    title: 'Reset token created',
    doc: 'When the password reset was asked for.',
    role: 'datetime',
    v1Only: true,
  },
  {
    name: 'disable_auto_group_change',
    type: int,
    title: 'Automatic group change off',
    doc: '1 when the VAT check may not change the group.',
    v1Only: true,
  },
  {
    name: 'password_created_at',
    type: string,
    title: 'Password set',
    doc: 'When the password was last set.',
    role: 'datetime',
    v1Only: true,
  },
  {
    name: 'rp_customer_id',
    type: string,
    title: 'Reset link ID',
    doc: 'Identifier used in password reset links.',
    role: 'secret',
    v1Only: true,
  },
]);

/** A customer as it is sent to `create` and `update`. */
export const customerEntityToCreate: EntityType = entity('customerCustomerEntityToCreate', [
  {
    name: 'customer_id',
    type: int,
    title: 'ID',
    doc: 'Overwrites an existing customer when sent to create; ignored by update.',
    role: 'id',
  },
  shared.email,
  shared.firstname,
  shared.lastname,
  shared.middlename,
  {
    name: 'password',
    type: string,
    title: 'Password',
    doc: 'At least 7 characters. Works in create only: update ignores it and reports no fault.',
    role: 'secret',
  },
  shared.website,
  shared.store,
  shared.group,
  shared.prefix,
  shared.suffix,
  shared.dob,
  shared.taxvat,
  shared.gender,
  { ...shared.passwordHash, doc: 'Stored as it is, without any check. Only V1 can write it.', v1Only: true },
]);

/** A list of customers. */
export const customerEntityArray = list('customerCustomerEntityArray', customerEntity);

/** A customer group. */
export const groupEntity: EntityType = entity('customerGroupEntity', [
  {
    name: 'customer_group_id',
    type: int,
    title: 'ID',
    doc: 'Number of the group; 0 is everybody not signed in.',
    role: 'id',
    required: true,
  },
  { name: 'customer_group_code', type: string, title: 'Name', doc: 'Name of the group.', required: true },
]);

/** A list of customer groups. */
export const groupEntityArray = list('customerGroupEntityArray', groupEntity);

const address = {
  city: { name: 'city', type: string, title: 'City', doc: 'City or town.' },
  company: { name: 'company', type: string, title: 'Company', doc: 'Company name.' },
  country: {
    name: 'country_id',
    type: string,
    title: 'Country',
    doc: 'Two-letter country code. The API accepts one that does not exist.',
    role: 'country',
  },
  fax: { name: 'fax', type: string, title: 'Fax', doc: 'Fax number.' },
  postcode: { name: 'postcode', type: string, title: 'Postcode', doc: 'ZIP or postal code.' },
  region: { name: 'region', type: string, title: 'Region', doc: 'State or province as text.' },
  regionId: { name: 'region_id', type: int, title: 'Region ID', doc: 'State or province by number.' },
  telephone: { name: 'telephone', type: string, title: 'Telephone', doc: 'Telephone number.' },
  isBilling: { name: 'is_default_billing', type: boolean, title: 'Default billing', doc: 'Whether this is the default billing address.' },
  isShipping: {
    name: 'is_default_shipping',
    type: boolean,
    title: 'Default shipping',
    doc: 'Whether this is the default shipping address.',
  },
} satisfies Record<string, Field>;

/** An address as the store returns it: `street` is one text with line feeds between its lines (facts §4). */
export const addressEntity: EntityType = entity('customerAddressEntityItem', [
  { name: 'customer_address_id', type: int, title: 'ID', doc: 'Number of the address.', role: 'id' },
  {
    name: 'created_at',
    type: string,
    title: 'Created',
    doc: 'UTC in a list, store time in info, which Maho 26.7 gives without its offset.',
    role: 'datetime',
  },
  { name: 'updated_at', type: string, title: 'Updated', doc: 'UTC, set by the store at every save.', role: 'datetime' },
  { name: 'increment_id', type: string, title: 'Increment ID', doc: 'Address number, where the shop uses one.' },
  address.city,
  address.company,
  address.country,
  address.fax,
  shared.firstname,
  shared.lastname,
  shared.middlename,
  address.postcode,
  shared.prefix,
  address.region,
  address.regionId,
  { name: 'street', type: string, title: 'Street', doc: 'Street lines, joined by line feeds.', role: 'multiline' },
  shared.suffix,
  address.telephone,
  address.isBilling,
  address.isShipping,
]);

/** A list of addresses. */
export const addressEntityArray = list('customerAddressEntityArray', addressEntity);

/** An address as it is sent to `create` and `update`: `street` is a list of lines. */
export const addressEntityCreate: EntityType = entity('customerAddressEntityCreate', [
  address.city,
  address.company,
  address.country,
  address.fax,
  shared.firstname,
  shared.lastname,
  shared.middlename,
  address.postcode,
  shared.prefix,
  address.regionId,
  address.region,
  { name: 'street', type: arrayOfString, title: 'Street', doc: 'Street lines, one entry a line.', role: 'multiline' },
  shared.suffix,
  address.telephone,
  address.isBilling,
  address.isShipping,
]);

/** One method of the store's own list of what can be called (`resources`). */
export const apiMethodEntity: EntityType = entity('apiMethodEntity', [
  { name: 'title', type: string, title: 'Title', doc: 'What the method does, in the words of the store.', required: true },
  { name: 'path', type: string, title: 'Path', doc: 'Resource and method as V1 calls it.', required: true },
  { name: 'name', type: string, title: 'Name', doc: 'Name within its resource.', required: true },
  { name: 'aliases', type: arrayOfString, title: 'Aliases', doc: 'Other paths of the same method.', required: true },
]);

/** One resource of the store's own list of what can be called. */
export const apiEntity: EntityType = entity('apiEntity', [
  { name: 'title', type: string, title: 'Title', doc: 'What the resource is, in the words of the store.', required: true },
  { name: 'name', type: string, title: 'Name', doc: 'Name of the resource.', required: true },
  { name: 'aliases', type: arrayOfString, title: 'Aliases', doc: 'Other names of the same resource.', required: true },
  {
    name: 'methods',
    type: list('ArrayOfApiMethods', apiMethodEntity),
    title: 'Methods',
    doc: 'Methods this API user may call.',
    required: true,
  },
]);

/** A fault as `globalFaults` and `resourceFaults` list it. */
export const faultEntity: EntityType = entity('existsFaltureEntity', [
  { name: 'code', type: string, title: 'Code', doc: 'Fault code.', required: true },
  { name: 'message', type: string, title: 'Message', doc: 'Text of the fault.', required: true },
]);
