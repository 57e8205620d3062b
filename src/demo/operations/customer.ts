import { facets } from '../../api/dialect-facets';
import type { Generation } from '../../api/generations';
import { boolean, int } from '../../api/types';
import { isRecord, type SoapValue } from '../../api/value';
import { isNaturalList, isNaturalMap, UntypedObject, type NaturalValue } from '../../soap/decoding/request';
import { customer } from '../../api/resources/customer';
import { resourceFault, sqlError, StoreFault } from '../fault';
import { at, customerAttributesOf, filterable, valueOf, type Attribute, type Row, type Values } from '../data/attributes';
import { leadingNumber, text } from '../data/conditions';
import { STORE_ID } from '../data/filters';
import { randomKey, type Shop } from '../data/shop';
import { passwordHash, storedValue } from '../data/written';
import { idRanges } from '../data/range';
import type { CallContext, Operation } from './answer';
import { dataOf, numericId } from './arguments';
import { attributeTests, filterMap } from './filtered';

/** `customer.list`: the customers that pass all filters. */
export const list: Operation = ({ shop, generation, dialect }, [filters]) => {
  const map = filterMap(filters, dialect, customer);
  const conditions = attributeTests(map, customer, generation, (name) => filterable(generation, name));
  const ranges = idRanges(map.get(STORE_ID));
  const rows: Row[] = [];
  for (const { from, to } of ranges) {
    for (const row of shop.customers.between(from, to)) {
      if (conditions.every(({ attribute, test }) => test(valueOf(row, attribute)))) rows.push(row);
    }
  }
  return { kind: 'customers', rows, first: conditions.map(({ attribute }) => attribute).filter(movesForward) };
};

/** Whether V1 moves an attribute to the front when it is filtered by (wire v1/15, v1/22 against v1/14). */
function movesForward({ own, index }: Attribute): boolean {
  return !own || index === at.email || index === at.groupId;
}

/** `customer.info`: one customer, with all or some attributes. */
export const info: Operation = (context, [id, attributes]) => ({
  kind: 'customer',
  row: load(context, id),
  only: chosen(context, attributes),
});

/** The requested attributes. The ID is always included, unknown names are ignored (facts §8). */
function chosen({ generation, dialect }: CallContext, attributes: NaturalValue | undefined): readonly Attribute[] | undefined {
  if (attributes === undefined || attributes === null) return undefined;
  if (attributes instanceof UntypedObject) return undefined;
  const names = (isNaturalList(attributes) ? attributes : isNaturalMap(attributes) ? [...attributes.values()] : [attributes]).map(text);
  // WS-I's unwrapping turns an empty list into a list with an empty name, which the store reads as the website (wire v2-wsi/70).
  if (facets[dialect].itemElement !== undefined && names.length === 0) names.push('website_id');
  return customerAttributesOf(generation).filter(({ code, index }) => index === at.id || names.includes(code));
}

/** `customer.create`; with the ID of an existing customer, it overwrites that customer (facts §8). */
export const create: Operation = ({ shop, generation }, [input]) => {
  const attributes = customerAttributesOf(generation);
  const data = dataOf(input);
  const givenId = data.get('customer_id') ?? data.get('entity_id') ?? null;
  const id = givenId === null ? 0 : Math.trunc(leadingNumber(text(givenId)));
  const before = id > 0 ? shop.customers.get(id) : undefined;
  const values: Values = before === undefined ? attributes.map(() => null) : [...before.values];
  for (const attribute of attributes) {
    const value = data.get(attribute.code);
    if (value !== undefined && attribute.index !== at.id && attribute.index !== at.updatedAt)
      values[attribute.index] = storedValue(attribute, value, shop.config.timeZone, generation);
  }
  const password = data.get('password') ?? null;
  if (password !== null && text(password) !== '') values[at.passwordHash] = passwordHash(text(password), generation);
  const email = emailIn(data);
  if (email === '') throw new StoreFault('100', 'Customer email is required');
  place(shop, values, data, id > 0 && before === undefined && generation.product !== 'maho');
  refuseTakenEmail(shop, values, before?.id, '100');
  const now = shop.now();
  const newId = id > 0 ? id : shop.customers.takeId();
  if (!shop.hasWebsite(values[at.websiteId] ?? '0')) {
    shop.change(shop.sequence());
    throw sqlError(
      generation,
      websiteConstraint(generation),
      `INSERT INTO \`customer_entity\` (\`entity_type_id\`, \`website_id\`, \`email\`, \`group_id\`, \`store_id\`, ` +
        `\`created_at\`, \`updated_at\`, \`disable_auto_group_change\`) VALUES (?, ?, ?, ?, ?, '${now}', '${now}', ?)`,
    );
  }
  values[at.id] = String(newId);
  // OpenMage does not treat a customer with a given ID as new, so it does not set when and where it was created.
  const isFilledIn = id === 0 || before !== undefined || generation.product === 'maho';
  if (isFilledIn) values[at.createdAt] ??= now;
  values[at.updatedAt] = now;
  values[at.groupId] ??= '1';
  values[at.disableGroupChange] ??= '0';
  // New customers must confirm their e-mail. An overwritten customer was not loaded first, so the store loses its key (wire v1/111).
  values[at.confirmation] =
    id > 0 ? (before === undefined ? (values[at.confirmation] ?? null) : null) : (values[at.confirmation] ?? randomKey());
  shop.change({ type: 'customer', row: { id: newId, values } });
  // A given ID is returned as it was sent, as a number if it was one (wire v1/112).
  return { kind: 'value', value: id > 0 && typeof givenId === 'number' ? newId : String(newId), type: int };
};

/** `customer.update`: sets the values that are given and not null. A password is ignored without a fault (facts §8.5). */
export const update: Operation = ({ shop, generation }, [id, input]) => {
  const attributes = customerAttributesOf(generation);
  const row = load({ shop, generation }, id);
  const data = dataOf(input);
  const values = [...row.values];
  for (const attribute of attributes) {
    const value = data.get(attribute.code);
    if (value === undefined || value === null || attribute.index === at.id || attribute.index === at.updatedAt) continue;
    values[attribute.index] = storedValue(attribute, value, shop.config.timeZone, generation);
  }
  if (data.has('email') && data.get('email') !== null && values[at.email] === null) throw new StoreFault('1', 'Customer email is required');
  if (data.has('store_id') && shop.storeView(values[at.storeId] ?? '0') === undefined)
    throw new StoreFault('1', 'Invalid store code requested.');
  refuseTakenEmail(shop, values, row.id, '1');
  const now = shop.now();
  if (!shop.hasWebsite(values[at.websiteId] ?? '0')) {
    throw sqlError(
      generation,
      websiteConstraint(generation),
      `UPDATE \`customer_entity\` SET \`entity_type_id\` = ?, \`attribute_set_id\` = ?, \`website_id\` = ?, \`email\` ` +
        `= ?, \`group_id\` = ?, \`increment_id\` = ?, \`store_id\` = ?, \`created_at\` = '${values[at.createdAt] ?? now}` +
        `', \`updated_at\` = '${now}', \`disable_auto_group_change\` = ? WHERE (\`entity_id\`=${row.id})`,
    );
  }
  values[at.updatedAt] = now;
  shop.change({ type: 'customer', row: { id: row.id, values } });
  return { kind: 'value', value: true, type: boolean };
};

/** `customer.delete`, including all addresses of the customer. */
export const remove: Operation = ({ shop, generation }, [id]) => {
  const row = load({ shop, generation }, id);
  shop.change({ type: 'customer-gone', id: row.id });
  return { kind: 'value', value: true, type: boolean };
};

function websiteConstraint({ id, product }: Generation): string {
  const key = id === 'maho@26.7' ? 'FK_BFED983918F45C82' : 'FK_CUSTOMER_ENTITY_WEBSITE_ID_CORE_WEBSITE_WEBSITE_ID';
  return (
    'SQLSTATE[23000]: Integrity constraint violation: 1452 Cannot add or update a child row: a foreign key ' +
    `constraint fails (\`${product}\`.\`customer_entity\`, CONSTRAINT \`${key}\` FOREIGN KEY (\`website_id\`) ` +
    `REFERENCES \`core_website\` (\`website_id\`) ON DELETE SET NULL ON UPDATE CASCADE)`
  );
}

/**
 * Finds a customer by the ID that was sent; of a text, the number at its beginning is used.
 * @throws {StoreFault} 102 when there is none
 */
export function load({ shop, generation }: Pick<CallContext, 'shop' | 'generation'>, id: NaturalValue | undefined): Row {
  if (isNaturalList(id)) {
    throw sqlError(
      generation,
      'SQLSTATE[21000]: Cardinality violation: 1241 Operand should contain 1 column(s)',
      `SELECT \`customer_entity\`.* FROM \`customer_entity\` WHERE (entity_id =${id.map(text).join(', ')})`,
    );
  }
  const row = shop.customers.get(numericId(id));
  if (row === undefined) throw resourceFault(customer, 'missing');
  return row;
}

function emailIn(data: ReadonlyMap<string, NaturalValue>): string {
  return text(data.get('email') ?? null).trim();
}

/** Sets the store view, the website and the view's name of a customer that is written without being loaded. */
function place(shop: Shop, values: Values, data: ReadonlyMap<string, NaturalValue>, isNameless: boolean): void {
  values[at.storeId] ??= '0';
  const view = shop.storeView(values[at.storeId] ?? '0');
  if (view === undefined) throw new StoreFault('1', 'Invalid store code requested.');
  values[at.websiteId] ??= '0';
  if (!data.has('created_in') && !isNameless) values[at.createdIn] = view.name;
}

function refuseTakenEmail(shop: Shop, values: Values, own: number | undefined, code: string): void {
  const holder = shop.customers.byEmail(values[at.email] ?? '', values[at.websiteId] ?? '0');
  if (holder !== undefined && holder !== own) throw new StoreFault(code, 'This customer email already exists');
}

/** Converts values that were read by a WSDL's types to arguments of a method. */
export function asNatural(value: SoapValue): NaturalValue {
  if (value === null || typeof value !== 'object') return value;
  if (isRecord(value)) return new Map(Object.entries(value).map(([key, inner]) => [key, asNatural(inner)] as const));
  return value.map(asNatural);
}
