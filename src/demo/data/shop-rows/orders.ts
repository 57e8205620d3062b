import { addressSchema, at, customerSchema, indexOf, type Row } from '../attributes';
import { utcText } from '../dates';
import type { Shop, StoreView } from '../shop';
import { products, type Product } from './products';

/** A line of an order. */
export interface OrderLine {
  readonly id: number;
  readonly product: Product;
  readonly quantity: number;
}

/** The address of an order. */
export interface OrderAddress {
  readonly street: string | null;
  readonly city: string | null;
  readonly region: string | null;
  readonly regionId: number | null;
  readonly postcode: string | null;
  readonly country: string | null;
  readonly telephone: string | null;
}

/** A customer's order. */
export interface Order {
  readonly id: number;
  /** The order number, such as `100000001`. */
  readonly number: string;
  readonly done: boolean;
  /** UTC, in the database's form. */
  readonly createdAt: string;
  readonly customer: {
    readonly id: number;
    readonly email: string | null;
    readonly firstname: string | null;
    readonly lastname: string | null;
    readonly group: number;
    readonly birthday: string | null;
    readonly gender: number | null;
  };
  readonly address: OrderAddress;
  readonly store: StoreView;
  readonly lines: readonly OrderLine[];
}

/** Only the first customers have orders: lists have no limit, and each order has 150 values over V1. */
const CUSTOMERS_WITH_ORDERS = 40;
const DAY_MS = 86_400_000;
/** Days from a customer's first order to the next. */
const NEXT_ORDER_DAYS = 30;
const FIRST_NUMBER = 100_000_000;
const MAX_ORDERS_PER_CUSTOMER = 2;
/** The largest number of lines in an order. */
const MAX_ORDER_LINES = 3;

const dob = indexOf(customerSchema, 'dob');
const place = {
  street: indexOf(addressSchema, 'street'),
  city: indexOf(addressSchema, 'city'),
  region: indexOf(addressSchema, 'region'),
  regionId: indexOf(addressSchema, 'region_id'),
  postcode: indexOf(addressSchema, 'postcode'),
  country: indexOf(addressSchema, 'country_id'),
  telephone: indexOf(addressSchema, 'telephone'),
} as const;

/** The address for orders of a customer without an address. */
const nowhere: OrderAddress = {
  street: '1 Main St',
  city: 'Austin',
  region: 'Texas',
  regionId: 57,
  postcode: '78701',
  country: 'US',
  telephone: '555-0100',
};

/**
 * The orders of a shop. They are computed from the customers each time, so they follow changes of customers, disappear with a deleted
 * customer, and are the same after a restart. A customer's first order is some days younger than the account.
 */
export function customerOrders(shop: Shop): readonly Order[] {
  const now = shop.now();
  return [...shop.customers.between(1, CUSTOMERS_WITH_ORDERS)].flatMap((row) =>
    Array.from({ length: ordersOf(row.id) }, (_, index) => orderOf(shop, row, index)).filter(({ createdAt }) => createdAt <= now),
  );
}

/** Every fifth customer has no order, every third of the others two. */
function ordersOf(id: number): number {
  return id % 5 === 0 ? 0 : id % 3 === 0 ? MAX_ORDERS_PER_CUSTOMER : 1;
}

function orderOf(shop: Shop, row: Row, index: number): Order {
  const id = (row.id - 1) * MAX_ORDERS_PER_CUSTOMER + index + 1;
  const value = (column: number): string | null => row.values[column] ?? null;
  const created = Date.parse(`${(value(at.createdAt) ?? '').replace(' ', 'T')}Z`);
  const placed = (Number.isNaN(created) ? 0 : created) + ((row.id % 7) + 1 + index * NEXT_ORDER_DAYS) * DAY_MS;
  const view = shop.storeView(value(at.storeId) ?? '') ?? shop.storeView('1');
  return {
    id,
    number: String(FIRST_NUMBER + id),
    done: row.id % 2 === 1,
    createdAt: utcText(new Date(placed)),
    customer: {
      id: row.id,
      email: value(at.email),
      firstname: value(at.firstname),
      lastname: value(at.lastname),
      group: Number(value(at.groupId) ?? 1),
      birthday: value(dob),
      gender: numberOf(value(at.gender)),
    },
    address: addressOf(shop, row.id),
    store: view ?? { id: '1', name: 'Default Store View', websiteId: '1' },
    lines: linesOf(id),
  };
}

function addressOf(shop: Shop, customerId: number): OrderAddress {
  const row = shop.addresses.ofCustomer(customerId).at(-1);
  if (row === undefined) return nowhere;
  const value = (column: number): string | null => row.values[column] ?? null;
  return {
    street: value(place.street),
    city: value(place.city),
    region: value(place.region),
    regionId: numberOf(value(place.regionId)),
    postcode: value(place.postcode),
    country: value(place.country),
    telephone: value(place.telephone),
  };
}

function linesOf(order: number): readonly OrderLine[] {
  return Array.from({ length: (order % MAX_ORDER_LINES) + 1 }, (_, index) => ({
    id: order * MAX_ORDER_LINES + index - MAX_ORDER_LINES + 1,
    product: products[(order + index * 5) % products.length],
    quantity: ((order + index) % 3) + 1,
  })).flatMap(({ product, ...line }) => (product === undefined ? [] : [{ ...line, product }]));
}

function numberOf(text: string | null): number | null {
  return text === null || text === '' ? null : Number(text);
}
