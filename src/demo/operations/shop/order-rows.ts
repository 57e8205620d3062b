import type { SoapRecord } from '../../../api/value';
import { LATE_IN_INFO, ONLY_IN_LISTS, ORDER, ORDER_ADDRESS, ORDER_ITEM, ORDER_PAYMENT, ORDER_STEP } from '../../data/shop-rows/columns';
import type { Order, OrderLine } from '../../data/shop-rows/orders';
import { money, rowOf } from './rows';

/** Shipping price of every order, in dollars. */
const SHIPPING_USD = 15;

/** An order as a list returns it. */
export function orderRow(order: Order): SoapRecord {
  const { customer, address, lines } = order;
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
  const total = money(subtotal + SHIPPING_USD);
  const sum = money(subtotal);
  const [firstname, lastname] = [customer.firstname, customer.lastname];
  const name = [firstname, lastname].filter((part) => part !== null).join(' ');
  return rowOf(ORDER, {
    state: order.done ? 'complete' : 'new',
    status: status(order),
    protect_code: order.id.toString(16).padStart(16, 'f'),
    shipping_description: 'Flat Rate - Fixed',
    store_id: Number(order.store.id),
    customer_id: customer.id,
    base_grand_total: total,
    grand_total: total,
    base_subtotal: sum,
    subtotal: sum,
    base_subtotal_incl_tax: sum,
    subtotal_incl_tax: sum,
    total_qty_ordered: money(lines.reduce((quantity, line) => quantity + line.quantity, 0)),
    billing_address_id: order.id * 2 - 1,
    shipping_address_id: order.id * 2,
    customer_group_id: customer.group,
    quote_id: order.id,
    weight: money(lines.reduce((weight, { product, quantity }) => weight + product.weight * quantity, 0)),
    customer_dob: customer.birthday,
    customer_gender: customer.gender,
    increment_id: order.number,
    customer_email: customer.email,
    customer_firstname: firstname,
    customer_lastname: lastname,
    store_name: `Main Website\nMain Website Store\n${order.store.name}`,
    created_at: order.createdAt,
    updated_at: order.createdAt,
    total_item_count: lines.length,
    firstname,
    lastname,
    telephone: address.telephone,
    postcode: address.postcode,
    billing_firstname: firstname,
    billing_lastname: lastname,
    shipping_firstname: firstname,
    shipping_lastname: lastname,
    billing_name: name,
    shipping_name: name,
    order_id: order.id,
    ...(order.done ? { base_total_paid: total, total_paid: total, base_total_due: money(0), total_due: money(0) } : {}),
  });
}

/** An order as `info` returns it. It has complete rows of the tables that lists only join. */
export function orderInfo(order: Order): SoapRecord {
  const { order_id: id = null, ...row } = orderRow(order);
  const late = new Set(LATE_IN_INFO);
  const own = Object.entries(row).filter(([name]) => !ONLY_IN_LISTS.includes(name) && !late.has(name));
  return {
    ...Object.fromEntries(own),
    ...Object.fromEntries(LATE_IN_INFO.map((name) => [name, row[name] ?? null])),
    order_id: id,
    shipping_address: addressRow(order, 'shipping'),
    billing_address: addressRow(order, 'billing'),
    items: order.lines.map((line) => itemRow(order, line)),
    payment: rowOf(ORDER_PAYMENT, {
      parent_id: order.id,
      base_amount_ordered: row['base_grand_total'] ?? null,
      amount_ordered: row['grand_total'] ?? null,
      method: 'checkmo',
      additional_information: [],
      payment_id: order.id,
    }),
    status_history: [rowOf(ORDER_STEP, { parent_id: order.id, status: status(order), created_at: order.createdAt })],
  };
}

function status({ done }: Order): string {
  return done ? 'complete' : 'pending';
}

function addressRow({ id, customer, address }: Order, type: 'billing' | 'shipping'): SoapRecord {
  return rowOf(ORDER_ADDRESS, {
    parent_id: id,
    region_id: address.regionId,
    customer_id: customer.id,
    region: address.region,
    postcode: address.postcode,
    lastname: customer.lastname,
    street: address.street,
    city: address.city,
    email: customer.email,
    telephone: address.telephone,
    country_id: address.country,
    firstname: customer.firstname,
    address_type: type,
    address_id: type === 'billing' ? id * 2 - 1 : id * 2,
  });
}

function itemRow(order: Order, { id, product, quantity }: OrderLine): SoapRecord {
  const price = money(product.price);
  const total = money(product.price * quantity);
  const sent = money(order.done ? quantity : 0);
  return rowOf(ORDER_ITEM, {
    item_id: id,
    order_id: order.id,
    quote_item_id: id,
    store_id: Number(order.store.id),
    created_at: order.createdAt,
    updated_at: order.createdAt,
    product_id: product.id,
    product_options: JSON.stringify({ info_buyRequest: { product_id: String(product.id), sku: product.sku, qty: quantity } }),
    weight: money(product.weight),
    sku: product.sku,
    name: product.name,
    qty_invoiced: sent,
    qty_ordered: money(quantity),
    qty_shipped: sent,
    price,
    base_price: price,
    original_price: price,
    base_original_price: price,
    row_total: total,
    base_row_total: total,
    row_weight: money(product.weight * quantity),
    price_incl_tax: price,
    base_price_incl_tax: price,
    row_total_incl_tax: total,
    base_row_total_incl_tax: total,
  });
}
