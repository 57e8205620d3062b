import { facets } from '../../api/dialect-facets';
import { boolean, int } from '../../api/types';
import { addressEntity, addressEntityArray } from '../../api/entities';
import type { MutableRecord, SoapRecord } from '../../api/value';
import { isNaturalList, UntypedObject, type NaturalValue } from '../../soap/decoding/request';
import { customerAddress } from '../../api/resources/customer-address';
import { resourceFault, StoreFault } from '../fault';
import { addressAttributesOf, addressSchema, at, indexOf, type AddressRow, type Row, type Values } from '../data/attributes';
import { text } from '../data/conditions';
import { shownTime } from '../data/dates';
import { regionName } from '../data/regions';
import { changed, type Shop } from '../data/shop';
import { storedValue } from '../data/written';
import type { CallContext, Operation } from './answer';
import { dataOf, numericId } from './arguments';

const idPlace = indexOf(addressSchema, 'customer_address_id');
const createdAt = indexOf(addressSchema, 'created_at');
const updatedAt = indexOf(addressSchema, 'updated_at');
const street = indexOf(addressSchema, 'street');
const region = indexOf(addressSchema, 'region');
const regionId = indexOf(addressSchema, 'region_id');

/** `customer_address.list`: newest first. */
export const list: Operation = (context, [customerId]) => {
  const customer = owner(context.shop, customerId);
  const value = context.shop.addresses.ofCustomer(customer.id).map((row) => record(context, row, customer, 'list'));
  return { kind: 'value', value, type: addressEntityArray };
};

/** `customer_address.info`. */
export const info: Operation = (context, [id]) => {
  const row = load(context.shop, id);
  const customer = context.shop.customers.get(row.customerId);
  return { kind: 'value', value: record(context, row, customer, 'info'), type: addressEntity };
};

/** `customer_address.create`. */
export const create: Operation = ({ shop, generation }, [customerId, input]) => {
  const customer = owner(shop, customerId);
  const data = dataOf(input);
  const values = write(
    { shop, generation },
    addressSchema.attributes.map(() => null),
    data,
  );
  requireFilled(values);
  const id = shop.addresses.takeId();
  const now = shop.now();
  values[idPlace] = String(id);
  values[createdAt] = now;
  values[updatedAt] = now;
  shop.change({ type: 'address', row: { id, customerId: customer.id, values } });
  setDefaults(shop, customer, id, data);
  return { kind: 'value', value: String(id), type: int };
};

/** `customer_address.update`. */
export const update: Operation = ({ shop, generation }, [id, input]) => {
  const row = load(shop, id);
  const data = dataOf(input);
  const values = write({ shop, generation }, row.values, data);
  requireFilled(values);
  values[updatedAt] = shop.now();
  shop.change({ type: 'address', row: { id: row.id, customerId: row.customerId, values } });
  const customer = shop.customers.get(row.customerId);
  if (customer !== undefined) setDefaults(shop, customer, row.id, data);
  return { kind: 'value', value: true, type: boolean };
};

/** `customer_address.delete`; also removes it as a default of its customer. */
export const remove: Operation = ({ shop }, [id]) => {
  const row = load(shop, id);
  shop.change({ type: 'address-gone', id: row.id });
  const customer = shop.customers.get(row.customerId);
  const gone = String(row.id);
  const defaults = [at.billing, at.shipping].filter((place) => customer?.values[place] === gone);
  if (customer !== undefined && defaults.length > 0)
    shop.change({ type: 'customer', row: changed(customer, Object.fromEntries(defaults.map((place) => [place, null]))) });
  return { kind: 'value', value: true, type: boolean };
};

function owner(shop: Shop, id: NaturalValue | undefined): Row {
  const customer = shop.customers.get(numericId(id));
  if (customer === undefined) throw resourceFault(customerAddress, 'owner');
  return customer;
}

function load(shop: Shop, id: NaturalValue | undefined): AddressRow {
  const row = shop.addresses.get(numericId(id));
  if (row === undefined) throw resourceFault(customerAddress, 'missing');
  return row;
}

function write(
  { shop, generation }: Pick<CallContext, 'shop' | 'generation'>,
  before: Values,
  data: ReadonlyMap<string, NaturalValue>,
): Values {
  const values = [...before];
  // An attribute that the generation does not have is dropped, although its WSDLs may name it.
  for (const attribute of addressAttributesOf(generation)) {
    const value = data.get(attribute.code);
    if (value === undefined || value === null || attribute.index === idPlace || attribute.index <= updatedAt) continue;
    values[attribute.index] = storedValue(attribute, attribute.index === street ? lines(value) : value, shop.config.timeZone, generation);
  }
  // A region given by ID also sets the region's name (wire address/v1/07).
  const known = regionName(values[regionId] ?? null);
  if (known !== undefined) values[region] = known;
  return values;
}

/** Street lines are sent as a list and stored as one text (facts §4). */
function lines(value: NaturalValue): NaturalValue {
  return isNaturalList(value) ? value.map(text).join('\n').trim() : value;
}

/** The required attributes of an address, in the store's order and with the words of its messages (wire address/v1/08). */
const REQUIRED = [
  ['firstname', 'first name'],
  ['lastname', 'last name'],
  ['street', 'street'],
  ['city', 'city'],
  ['telephone', 'telephone number'],
  ['postcode', 'zip/postal code'],
  ['country_id', 'country'],
] as const;

function requireFilled(values: Values): void {
  const empty = REQUIRED.filter(([code]) => (values[indexOf(addressSchema, code)] ?? '') === '').map(
    ([, name]) => `Please enter the ${name}.`,
  );
  if (empty.length > 0) throw new StoreFault('100', empty.join('\n'));
}

/** Only true makes an address the default; false does not change the default. */
function setDefaults(shop: Shop, customer: Row, id: number, data: ReadonlyMap<string, NaturalValue>): void {
  const wanted = [
    [at.billing, data.get('is_default_billing')],
    [at.shipping, data.get('is_default_shipping')],
  ] as const;
  const roles = wanted.filter(([, value]) => isTrue(value)).map(([role]) => [role, String(id)] as const);
  if (roles.length > 0) shop.change({ type: 'customer', row: changed(customer, Object.fromEntries(roles)) });
}

function isTrue(value: NaturalValue | undefined): boolean {
  if (value instanceof UntypedObject) return true;
  return value !== undefined && value !== null && value !== false && value !== 0 && value !== '' && value !== '0';
}

/** Lists leave out unset attributes. `info` has all attributes, its creation time in the store's time zone (wire address/v1/04-05). */
function record({ shop, generation, dialect }: CallContext, row: AddressRow, customer: Row | undefined, form: 'list' | 'info'): SoapRecord {
  const result: MutableRecord = {};
  for (const { code, index, column } of facets[dialect].allAttributes ? addressAttributesOf(generation) : addressSchema.attributes) {
    const value = row.values[index] ?? null;
    if (value === null) {
      if (form === 'info') result[code] = null;
    } else if (index === createdAt && form === 'info') {
      result[code] = shownTime(value, { timeZone: shop.config.timeZone, generation });
    } else {
      result[code] = column === 'int' && generation.v1Numbers === 'int' && facets[dialect].positional ? Number(value) : value;
    }
  }
  result['is_default_billing'] = customer?.values[at.billing] === String(row.id);
  result['is_default_shipping'] = customer?.values[at.shipping] === String(row.id);
  return result;
}
