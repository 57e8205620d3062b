import { later } from '../l10n/texts';
import { boolean, entity, int, list, string, type EntityType, type Field } from './types';

/** A list of texts. */
export const arrayOfString = list('ArrayOfString', string);

/** One attribute/value pair; in a complex filter, one operator/value pair. */
export const associativeEntity = entity('associativeEntity', [
  { name: 'key', type: string, title: later('Key'), doc: later('Attribute code, or operator inside a complex filter.'), required: true },
  { name: 'value', type: string, title: later('Value'), doc: later('The value to compare with.'), required: true },
]);

/** One attribute with an operator and a value (facts §5). */
export const complexFilter = entity('complexFilter', [
  { name: 'key', type: string, title: later('Attribute'), doc: later('Attribute code.'), required: true },
  { name: 'value', type: associativeEntity, title: later('Condition'), doc: later('Operator and value.'), required: true },
]);

/** Filters in the form of V2 and WS-I. For V1's form, a map, see `api/filters`. */
export const filtersType: EntityType = entity('filters', [
  {
    name: 'filter',
    type: list('associativeArray', associativeEntity),
    title: later('Simple filters'),
    doc: later('Attribute equals value.'),
  },
  {
    name: 'complex_filter',
    type: list('complexFilterArray', complexFilter),
    title: later('Complex filters'),
    doc: later('Attribute, operator, value.'),
  },
]);

/** Attributes that a customer has both when it is read and when it is written. */
const shared = {
  email: {
    name: 'email',
    type: string,
    title: later('E-mail'),
    doc: later('Sign-in e-mail, unique within the website. The store does not check its form.'),
    role: 'email',
  },
  firstname: { name: 'firstname', type: string, title: later('First name'), doc: later('Given name. The API accepts an empty one.') },
  middlename: { name: 'middlename', type: string, title: later('Middle name'), doc: later('Middle name or initial.') },
  lastname: { name: 'lastname', type: string, title: later('Last name'), doc: later('Family name. The API accepts an empty one.') },
  prefix: { name: 'prefix', type: string, title: later('Prefix'), doc: later('Form of address before the name.') },
  suffix: { name: 'suffix', type: string, title: later('Suffix'), doc: later('Title after the name.') },
  website: {
    name: 'website_id',
    type: int,
    title: later('Website'),
    doc: later('Website of the account. Without it, the account is created on the admin website 0.'),
    role: 'website',
  },
  store: {
    name: 'store_id',
    type: int,
    title: later('Store view'),
    doc: later('Store view in which the account was created.'),
    role: 'store',
  },
  group: {
    name: 'group_id',
    type: int,
    title: later('Group'),
    doc: later('Customer group. The API accepts a group that does not exist.'),
    role: 'group',
  },
  dob: {
    name: 'dob',
    type: string,
    title: later('Date of birth'),
    doc: later('Returned as midnight of the day. Accepts any date that PHP can read.'),
    role: 'date',
  },
  taxvat: { name: 'taxvat', type: string, title: later('Tax/VAT number'), doc: later('Tax or VAT number.') },
  gender: {
    name: 'gender',
    type: int,
    title: later('Gender'),
    doc: later('1 is male, 2 is female. Every dialect can write it, only V1 can read it.'),
    role: 'gender',
  },
  passwordHash: {
    name: 'password_hash',
    type: string,
    title: later('Password hash'),
    doc: later('Hash and salt, returned by every list and info. Filters compare it as text.'),
    role: 'secret',
  },
} satisfies Record<string, Field>;

/**
 * A customer as the store returns it. The fields are in the order of the V2 WSDL (facts §4), followed by those that only V1 has. Every
 * field is optional in answers: V2 and WS-I leave out null values, lists of V1 leave out values that are not set.
 */
export const customerEntity: EntityType = entity('customerCustomerEntity', [
  { name: 'customer_id', type: int, title: later('ID'), doc: later('Number of the customer. Always returned.'), role: 'id' },
  {
    name: 'created_at',
    type: string,
    title: later('Created'),
    doc: later('UTC in a list, store time in info (without its offset in Maho 26.7). A written value is read as store time.'),
    role: 'datetime',
  },
  { name: 'updated_at', type: string, title: later('Updated'), doc: later('UTC. The store sets it at each save.'), role: 'datetime' },
  {
    name: 'increment_id',
    type: string,
    title: later('Increment ID'),
    doc: later('Customer number shown in the admin, where the shop uses one.'),
  },
  shared.store,
  shared.website,
  { name: 'created_in', type: string, title: later('Created in'), doc: later('Name of the store view in which the account was created.') },
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
    title: later('Confirmation pending'),
    doc: later('Set while the e-mail is not confirmed: a key over V1, true over V2 and WS-I, absent once confirmed.'),
    role: 'flag',
  },
  shared.passwordHash,
  {
    name: 'default_billing',
    type: int,
    title: later('Default billing address'),
    doc: later('ID of the default billing address.'),
    v1Only: true,
  },
  {
    name: 'default_shipping',
    type: int,
    title: later('Default shipping address'),
    doc: later('ID of the default shipping address.'),
    v1Only: true,
  },
  { ...shared.gender, v1Only: true },
  {
    name: 'rp_token',
    type: string,
    title: later('Reset token'),
    doc: later('Token of a pending password reset.'),
    role: 'secret',
    v1Only: true,
  },
  {
    name: 'rp_token_created_at',
    type: string,
    title: later('Reset token created'),
    doc: later('When the password reset was requested.'),
    role: 'datetime',
    v1Only: true,
  },
  {
    name: 'disable_auto_group_change',
    type: int,
    title: later('Automatic group change off'),
    doc: later('1 if the VAT check may not change the group.'),
    role: 'flag',
    v1Only: true,
  },
  {
    name: 'password_created_at',
    type: string,
    title: later('Password set'),
    doc: later('When the password was last changed.'),
    role: 'datetime',
    v1Only: true,
  },
  {
    name: 'rp_customer_id',
    type: string,
    title: later('Reset link ID'),
    doc: later('Identifier used in password reset links.'),
    role: 'secret',
    v1Only: true,
  },
]);

/** A customer as sent to `create` and `update`. */
export const customerEntityToCreate: EntityType = entity('customerCustomerEntityToCreate', [
  {
    name: 'customer_id',
    type: int,
    title: later('ID'),
    doc: later('In create, it overwrites an existing customer. Ignored by update.'),
    role: 'id',
  },
  shared.email,
  shared.firstname,
  shared.lastname,
  shared.middlename,
  {
    name: 'password',
    type: string,
    title: later('Password'),
    doc: later('At least 7 characters. Works in create only: update ignores it without a fault.'),
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
  { ...shared.passwordHash, doc: later('Stored as it is, without any check. Only V1 can write it.'), v1Only: true },
]);

/** A list of customers. */
export const customerEntityArray = list('customerCustomerEntityArray', customerEntity);

/** A customer group. */
export const groupEntity: EntityType = entity('customerGroupEntity', [
  {
    name: 'customer_group_id',
    type: int,
    title: later('ID'),
    doc: later('Number of the group. 0 is for customers who are not signed in.'),
    role: 'id',
    required: true,
  },
  { name: 'customer_group_code', type: string, title: later('Name'), doc: later('Name of the group.'), required: true },
]);

/** A list of customer groups. */
export const groupEntityArray = list('customerGroupEntityArray', groupEntity);

const address = {
  city: { name: 'city', type: string, title: later('City'), doc: later('City or town.') },
  company: { name: 'company', type: string, title: later('Company'), doc: later('Company name.') },
  country: {
    name: 'country_id',
    type: string,
    title: later('Country'),
    doc: later('Two-letter country code. The API accepts one that does not exist.'),
    role: 'country',
  },
  fax: { name: 'fax', type: string, title: later('Fax'), doc: later('Fax number.') },
  postcode: { name: 'postcode', type: string, title: later('Postcode'), doc: later('ZIP or postal code.') },
  region: { name: 'region', type: string, title: later('Region'), doc: later('State or province as text.') },
  regionId: { name: 'region_id', type: int, title: later('Region ID'), doc: later('State or province by number.') },
  telephone: { name: 'telephone', type: string, title: later('Telephone'), doc: later('Telephone number.') },
  isBilling: {
    name: 'is_default_billing',
    type: boolean,
    title: later('Default billing'),
    doc: later('Whether this is the default billing address.'),
    role: 'flag',
  },
  isShipping: {
    name: 'is_default_shipping',
    type: boolean,
    title: later('Default shipping'),
    doc: later('Whether this is the default shipping address.'),
    role: 'flag',
  },
} satisfies Record<string, Field>;

/** An address as the store returns it. `street` is one text with line feeds between its lines (facts §4). */
export const addressEntity: EntityType = entity('customerAddressEntityItem', [
  { name: 'customer_address_id', type: int, title: later('ID'), doc: later('Number of the address.'), role: 'id' },
  {
    name: 'created_at',
    type: string,
    title: later('Created'),
    doc: later('UTC in a list, store time in info (without its offset in Maho 26.7).'),
    role: 'datetime',
  },
  { name: 'updated_at', type: string, title: later('Updated'), doc: later('UTC. The store sets it at each save.'), role: 'datetime' },
  { name: 'increment_id', type: string, title: later('Increment ID'), doc: later('Address number, where the shop uses one.') },
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
  { name: 'street', type: string, title: later('Street'), doc: later('Street lines, separated by line breaks.'), role: 'multiline' },
  shared.suffix,
  address.telephone,
  address.isBilling,
  address.isShipping,
]);

/** A list of addresses. */
export const addressEntityArray = list('customerAddressEntityArray', addressEntity);

/** An address as sent to `create` and `update`. `street` is a list of lines. */
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
  { name: 'street', type: arrayOfString, title: later('Street'), doc: later('Street lines, one entry for each line.'), role: 'multiline' },
  shared.suffix,
  address.telephone,
  address.isBilling,
  address.isShipping,
]);

/** One method in the store's list of callable methods (`resources`). */
export const apiMethodEntity: EntityType = entity('apiMethodEntity', [
  { name: 'title', type: string, title: later('Title'), doc: later('What the method does, as the store describes it.'), required: true },
  { name: 'path', type: string, title: later('Path'), doc: later('Resource and method, as V1 names them.'), required: true },
  { name: 'name', type: string, title: later('Name'), doc: later('Name within its resource.'), required: true },
  { name: 'aliases', type: arrayOfString, title: later('Aliases'), doc: later('Other paths of the same method.'), required: true },
]);

/** One resource in the store's list of callable methods. */
export const apiEntity: EntityType = entity('apiEntity', [
  { name: 'title', type: string, title: later('Title'), doc: later('What the resource is, as the store describes it.'), required: true },
  { name: 'name', type: string, title: later('Name'), doc: later('Name of the resource.'), required: true },
  { name: 'aliases', type: arrayOfString, title: later('Aliases'), doc: later('Other names of the same resource.'), required: true },
  {
    name: 'methods',
    type: list('ArrayOfApiMethods', apiMethodEntity),
    title: later('Methods'),
    doc: later('Methods this API user may call.'),
    required: true,
  },
]);

/** A fault in the lists of `globalFaults` and `resourceFaults`. */
export const faultEntity: EntityType = entity('existsFaltureEntity', [
  { name: 'code', type: string, title: later('Code'), doc: later('Fault code.'), required: true },
  { name: 'message', type: string, title: later('Message'), doc: later('Text of the fault.'), required: true },
]);
