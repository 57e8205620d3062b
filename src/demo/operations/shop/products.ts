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
import { filteredRows, money, rowOf, shown } from './rows';

/** `catalog_product.list`: seven attributes of each, filtered by any of them (wire maho-26.7 other/v1/06-07). */
export function list(type: WireType): Operation {
  return (context, [filters, store]) => {
    checkStore(context, store);
    const rows = filteredRows(products.map(listed), filters, catalogProduct, context);
    const value = rows.map((row) => Object.fromEntries(PRODUCT_IN_LIST.map((name) => [name, row[name] ?? null])));
    return { kind: 'value', type, value: shown(value, context) };
  };
}

/**
 * `catalog_product.info` by ID or, said so, by SKU (wire maho-26.7 other/v1/08-09). What reads as a number is an ID first.
 * @throws {StoreFault} 101 for no product
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
    return { kind: 'value', type, value: shown(chosen(row, attributes), context) };
  };
}

/** What is always there, and of the rest what was asked for, if anything. */
function chosen(row: SoapRecord, attributes: NaturalValue | undefined): SoapRecord {
  const asked = isNaturalMap(attributes) ? attributes.get('attributes') : attributes;
  if (!isNaturalList(asked) || asked.length === 0) return row;
  const names = new Set([...ALWAYS, ...asked.map((name) => text(name))]);
  return Object.fromEntries(Object.entries(row).filter(([name]) => names.has(name)));
}

/** Websites of every product. */
const WEBSITES: readonly number[] = [1, 2];

/** What every answer about a product begins with. */
const ALWAYS = ['product_id', 'sku', 'set', 'type', 'categories', 'websites'] as const;

/** @throws {StoreFault} 100 for no store view, which may be given by its ID or code; a nil or empty one is the default */
function checkStore({ shop }: CallContext, store: NaturalValue | undefined): void {
  const wanted = text(store ?? null);
  const known = shop.storeView(wanted) !== undefined || coreStore.demo.rows.some(({ code }) => code === wanted.toLowerCase());
  if (wanted !== '' && !known) throw resourceFault(catalogProduct, 'store');
}

/** What lists show of a product; they call its websites otherwise. */
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
