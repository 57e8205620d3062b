import { isRecord, type SoapList, type SoapRecord, type SoapValue } from '../api/value';

/** Where a value of an answer leads: to a customer, or to a call that reads what it names. */
export type KnownLink =
  | { readonly kind: 'customer'; readonly id: string; readonly words: string }
  | { readonly kind: 'call'; readonly method: string; readonly args: SoapList; readonly words: string };

/** Columns that name an order by the number that people know, whatever they are called where. */
const ORDER_NUMBERS = new Set(['order_increment_id', 'orderIncrementId']);

/** Columns that lead somewhere, in the answer of this method. */
export function linkedColumns(method: string, columns: readonly string[]): readonly string[] {
  const row = Object.fromEntries(columns.map((column) => [column, '1'] as const));
  return columns.filter((column) => knownLink(method, column, row) !== undefined);
}

/** Where the value of a column leads; `undefined` for a value that names nothing known. */
export function knownLink(method: string, column: string, row: SoapValue | undefined): KnownLink | undefined {
  if (!isRecord(row)) return undefined;
  const value = textOf(row, column);
  if (value === undefined) return undefined;
  const ofOrders = /^(?:sales_order\.|salesOrder(?:List|Info)$|order\.)/.test(method);
  if (column === 'customer_id') return { kind: 'customer', id: value, words: `Open customer ${value}` };
  if (ORDER_NUMBERS.has(column) || (column === 'increment_id' && ofOrders)) return order(value);
  // An ID alone says nothing to stores: they read an order by its number, which stands beside it.
  if (column === 'order_id' && ofOrders) {
    const number = textOf(row, 'increment_id');
    return number === undefined ? undefined : order(number);
  }
  if (column === 'product_id') return { kind: 'call', method: 'catalog_product.info', args: [value], words: `Read product ${value}` };
  return undefined;
}

function order(number: string): KnownLink {
  return { kind: 'call', method: 'sales_order.info', args: [number], words: `Read order ${number}` };
}

/** A number or a text of digits, as IDs are; 0 stands for none. */
function textOf(row: SoapRecord, column: string): string | undefined {
  const value = Object.hasOwn(row, column) ? row[column] : undefined;
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9]\d{0,19}$/.test(text) ? text : undefined;
}
