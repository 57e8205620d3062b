import { catalogProduct } from '../../../api/resources/shop/catalog-product';
import { coreStore } from '../../../api/resources/shop/core-store';
import type { WireType } from '../../../api/types';
import type { SoapRecord } from '../../../api/value';
import { isNaturalList, isNaturalMap, type NaturalValue } from '../../../soap/decoding/request';
import { text } from '../../data/conditions';
import { products, type Product } from '../../data/shop-rows/products';
import { PRODUCT, PRODUCT_IN_LIST } from '../../data/shop-rows/columns';
import { shownTime } from '../../data/dates';
import { resourceFault } from '../../fault';
import type { CallContext, Operation } from '../answer';
import { filteredRows, money, rowOf, valueInDialect } from './rows';

/** `catalog_product.list`: seven attributes of each product. All columns can be used in filters (wire maho-26.7 other/v1/06-07). */
export function list(type: WireType): Operation {
  return (context, [filters, store]) => {
    checkStore(context, store);
    const rows = filteredRows(products.map(listed), filters, catalogProduct, context);
    const value = rows.map((row) => Object.fromEntries(PRODUCT_IN_LIST.map((name) => [name, row[name] ?? null])));
    return { kind: 'value', type, value: valueInDialect(value, context) };
  };
}

/**
 * `catalog_product.info` by ID or, with that identifier type, by SKU (wire maho-26.7 other/v1/08-09). A number is read as an ID.
 * @throws {StoreFault} 101 when the product does not exist
 */
export function info(type: WireType): Operation {
  return (context, [id, store, attributes, identifierType]) => {
    checkStore(context, store);
    const wanted = text(id ?? null);
    const bySku = text(identifierType ?? null) === 'sku';
    const found =
      products.find((product) => !bySku && String(product.id) === wanted) ??
      products.find((product) => (bySku || !/^\d+$/.test(wanted)) && product.sku.toLowerCase() === wanted.toLowerCase());
    if (found === undefined) throw resourceFault(catalogProduct, 'missing');
    const { timeZone } = context.shop.config;
    const created = shownTime(found.createdAt, { timeZone, generation: context.generation });
    const row = rowOf(PRODUCT, { ...valuesOf(found), created_at: created });
    return { kind: 'value', type, value: valueInDialect(chosen(row, attributes), context) };
  };
}

/** The attributes that are always returned, and those that were requested; all attributes without a request. */
function chosen(row: SoapRecord, attributes: NaturalValue | undefined): SoapRecord {
  const asked = isNaturalMap(attributes) ? attributes.get('attributes') : attributes;
  if (!isNaturalList(asked) || asked.length === 0) return row;
  const names = new Set([...ALWAYS, ...asked.map((name) => text(name))]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

/** The websites of all products. */
const WEBSITES: readonly number[] = [1, 2];

/** The first attributes of every response about a product. */
const ALWAYS = ['product_id', 'sku', 'set', 'type', 'categories', 'websites'] as const;

/** @throws {StoreFault} 100 when the store view does not exist. It may be given by ID or code; nil or empty is the default. */
function checkStore({ shop }: CallContext, store: NaturalValue | undefined): void {
  const wanted = text(store ?? null);
  const known = shop.storeView(wanted) !== undefined || coreStore.demo.rows.some(({ code }) => code === wanted.toLowerCase());
  if (wanted !== '' && !known) throw resourceFault(catalogProduct, 'store');
}

/** A product as lists return it, with another name for its websites. */
function listed(product: Product): SoapRecord {
  return { ...rowOf(PRODUCT, valuesOf(product)), website_ids: WEBSITES };
}

function valuesOf({ id, sku, name, price, weight, category, createdAt }: Product): SoapRecord {
  const key = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return {
    product_id: id,
    sku,
    set: 4,
    type: 'simple',
    type_id: 'simple',
    name,
    description: `${name}: long text`,
    short_description: name,
    weight: money(weight),
    url_key: key,
    url_path: key,
    categories: [category],
    category_ids: [category],
    websites: WEBSITES,
    created_at: createdAt,
    updated_at: createdAt,
    price: money(price),
    group_price: [],
    tier_price: [],
  };
}
