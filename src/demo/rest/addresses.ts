import { addressSchema, at, indexOf, type AddressRow, type Values } from '../data/attributes';
import { regionNameIn } from '../data/regions';
import { changed, type Shop } from '../data/shop';
import { storedText } from '../data/written';
import { badRequest, notFound, otherCustomersData, type RestResult } from './answer';
import { booleanField, intField, textField } from './body-fields';
import { needCustomer, type Caller } from './caller';
import { addressThing, type ShapeContext } from './shapes';

/** Path of the addresses. */
export const ADDRESSES = '/api/rest/v2/addresses';

type Body = Readonly<Record<string, unknown>>;

/** GET /addresses and /customers/me/addresses. @param isNested whether the path names the customer */
export function list(context: ShapeContext, caller: Caller, isNested: boolean): RestResult {
  if (!isNested && caller.kind === 'user' && caller.user.rights === 'all') throw notFound('Customer ID is required');
  const members = context.shop.addresses.ofCustomer(needCustomer(caller)).map((row) => addressThing(context, row, 'list'));
  return {
    status: 200,
    content: { type: 'Address', path: ADDRESSES, members, total: members.length, paging: undefined },
  };
}

/** GET /addresses/{id} */
export function read(context: ShapeContext, caller: Caller, id: number): RestResult {
  return { status: 200, content: addressThing(context, load(context, caller, id), 'single') };
}

/** POST /addresses and /customers/me/addresses */
export function create(context: ShapeContext, caller: Caller, body: Body): RestResult {
  const customerId = needCustomer(caller);
  const { shop } = context;
  const values = fieldsOf(body);
  const id = shop.addresses.takeId();
  const now = shop.now();
  values[indexOf(addressSchema, 'customer_address_id')] = String(id);
  values[indexOf(addressSchema, 'created_at')] = now;
  values[indexOf(addressSchema, 'updated_at')] = now;
  const row = { id, customerId, values };
  shop.change({ type: 'address', row });
  setDefaults(context, row, body);
  return { status: 201, content: addressThing(context, row, 'written'), headers: { Location: `${ADDRESSES}/${id}` } };
}

/** PUT /addresses/{id}: all required fields must be sent again (wire maho-26.7 rest/218). */
export function update(context: ShapeContext, caller: Caller, id: number, body: Body): RestResult {
  const before = load(context, caller, id);
  const values = fieldsOf(body).map((value, place) => value ?? before.values[place] ?? null);
  values[indexOf(addressSchema, 'updated_at')] = context.shop.now();
  const row = { ...before, values };
  context.shop.change({ type: 'address', row });
  setDefaults(context, row, body);
  return { status: 200, content: addressThing(context, row, 'written') };
}

/** DELETE /addresses/{id} */
export function remove(context: ShapeContext, caller: Caller, id: number): RestResult {
  const { customerId } = load(context, caller, id);
  const { shop } = context;
  shop.change({ type: 'address-gone', id });
  const customer = shop.customers.get(customerId);
  const defaults = [at.billing, at.shipping].filter((place) => customer?.values[place] === String(id));
  if (customer !== undefined && defaults.length > 0)
    shop.change({
      type: 'customer',
      row: changed(customer, { ...Object.fromEntries(defaults.map((place) => [place, null])), ...saved(shop) }),
    });
  return { status: 204, content: undefined };
}

function load({ shop }: ShapeContext, caller: Caller, id: number): AddressRow {
  const customerId = needCustomer(caller);
  const row = shop.addresses.get(id);
  if (row === undefined) throw notFound('Address not found');
  if (row.customerId !== customerId) throw otherCustomersData();
  return row;
}

/** Text fields of an address, with their attributes. */
const texts = {
  prefix: 'prefix',
  firstname: 'firstname',
  middlename: 'middlename',
  lastname: 'lastname',
  suffix: 'suffix',
  company: 'company',
  city: 'city',
  region: 'region',
  postcode: 'postcode',
  countryId: 'country_id',
  telephone: 'telephone',
  fax: 'fax',
  vatId: 'vat_id',
} as const;

/** The required attributes of an address, in the store's order and with the words of its messages (wire maho-26.7 rest/212). */
const required = [
  ['firstname', 'First name'],
  ['lastname', 'Last name'],
  ['street', 'Street address'],
  ['city', 'City'],
  ['postcode', 'Postcode'],
  ['country_id', 'Country'],
  ['telephone', 'Telephone'],
] as const;

function fieldsOf(body: Body): Values {
  const values: Values = addressSchema.attributes.map(() => null);
  const set = (code: string, value: string | undefined): void => {
    values[indexOf(addressSchema, code)] = value === undefined || value === '' ? null : storedText(value);
  };
  for (const [name, code] of Object.entries(texts)) set(code, textField(body, name));
  const { street } = body;
  set('street', Array.isArray(street) ? street.map(String).join('\n').trim() : textField(body, 'street'));
  const regionId = intField(body, 'regionId');
  if (regionId !== undefined) {
    set('region_id', String(regionId));
    // Regions belong to a country. An unknown region ID has no region (wire maho-26.7 rest/213).
    set('region', regionNameIn(textField(body, 'countryId') ?? '', regionId) ?? textField(body, 'region'));
  }
  const missing = required.filter(([code]) => (values[indexOf(addressSchema, code)] ?? null) === null);
  if (missing.length > 0) throw badRequest(missing.map(([, words]) => `${words} is required`).join(', '));
  return values;
}

/** Only true makes an address the default. */
function setDefaults({ shop }: ShapeContext, { id, customerId }: AddressRow, body: Body): void {
  const customer = shop.customers.get(customerId);
  const places = [
    ...(booleanField(body, 'isDefaultBilling') === true ? [at.billing] : []),
    ...(booleanField(body, 'isDefaultShipping') === true ? [at.shipping] : []),
  ];
  if (customer !== undefined && places.length > 0)
    shop.change({
      type: 'customer',
      row: changed(customer, { ...Object.fromEntries(places.map((place) => [place, String(id)])), ...saved(shop) }),
    });
}

/** A customer whose default addresses change is saved too (wire maho-26.7 rest/223). */
function saved(shop: Shop): Readonly<Record<number, string>> {
  return { [at.updatedAt]: shop.now() };
}
