import { later, said, t } from '../l10n/texts';
import { pathOfOperation, resourceOfMethod } from '../api/store-methods/names';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../api/value';

/** Where a value of an answer leads: to a customer, or to a call that reads what it names. */
export type KnownLink =
  | { readonly kind: 'customer'; readonly id: string; readonly words: string }
  | { readonly kind: 'call'; readonly method: string; readonly args: readonly string[]; readonly words: string };

/** What an ID can name: what people call it, and the method that reads it by this ID; customers have a sheet of their own. */
const THINGS = {
  customer: { method: undefined, words: later('Open customer {id}') },
  order: { method: 'sales_order.info', words: later('Read order {id}') },
  invoice: { method: 'sales_order_invoice.info', words: later('Read invoice {id}') },
  shipment: { method: 'sales_order_shipment.info', words: later('Read shipment {id}') },
  creditMemo: { method: 'sales_order_creditmemo.info', words: later('Read credit memo {id}') },
  product: { method: 'catalog_product.info', words: later('Read product {id}') },
  category: { method: 'catalog_category.info', words: later('Read category {id}') },
  address: { method: 'customer_address.info', words: later('Read address {id}') },
} as const;

type Thing = keyof typeof THINGS;

/** Attributes whose values name something. */
interface KnownAttribute {
  readonly attribute: string;
  readonly names: Thing;
  /** Only in answers of this resource, in the rows themselves: an `increment_id` is the number of whatever has it. */
  readonly of?: string;
  /** Attribute of the same row that holds what the thing is read by, where that is not the value itself. */
  readonly by?: string;
}

const ATTRIBUTES: readonly KnownAttribute[] = [
  { attribute: 'customer_id', names: 'customer' },
  { attribute: 'customer_address_id', names: 'address' },
  { attribute: 'default_billing', names: 'address' },
  { attribute: 'default_shipping', names: 'address' },
  { attribute: 'product_id', names: 'product' },
  { attribute: 'category_id', names: 'category' },
  { attribute: 'order_increment_id', names: 'order' },
  { attribute: 'orderIncrementId', names: 'order' },
  { attribute: 'increment_id', names: 'order', of: 'sales_order' },
  // An ID alone says nothing to stores: they read an order by its number, which stands beside it.
  { attribute: 'order_id', names: 'order', of: 'sales_order', by: 'increment_id' },
  { attribute: 'increment_id', names: 'invoice', of: 'sales_order_invoice' },
  { attribute: 'increment_id', names: 'shipment', of: 'sales_order_shipment' },
  { attribute: 'increment_id', names: 'creditMemo', of: 'sales_order_creditmemo' },
];

/** What methods return that answer with nothing but the ID of what they made, by resource. */
const MADE: Readonly<Record<string, Thing>> = {
  customer: 'customer',
  customer_address: 'address',
  catalog_product: 'product',
  catalog_category: 'category',
  sales_order_invoice: 'invoice',
  sales_order_shipment: 'shipment',
  sales_order_creditmemo: 'creditMemo',
};

/** Where a value of an answer stands: keys and indexes from the answer down. */
export type AnswerPath = readonly (string | number)[];

/** Columns that lead somewhere, in a table of the rows that this method returned. */
export function linkedColumns(method: string, columns: readonly string[]): readonly string[] {
  const row = Object.fromEntries(columns.map((column) => [column, '1'] as const));
  return columns.filter((column) => knownLink(method, [0, column], [row]) !== undefined);
}

/** The column that says whose a row is, where each row has a customer, with the words for opening it. */
export function rowLink(links: readonly string[]): { readonly column: string; readonly words: string } | undefined {
  const column = links.find((link) => ATTRIBUTES.some(({ attribute, names }) => attribute === link && names === 'customer'));
  return column === undefined ? undefined : { column, words: t('Open Customer') };
}

/**
 * Where a value of an answer leads; `undefined` for a value that names nothing known.
 * @param method path or operation that returned it
 */
export function knownLink(method: string, path: AnswerPath, answer: SoapValue | undefined): KnownLink | undefined {
  const last = path.at(-1);
  if (last === undefined) return madeLink(method, answer);
  const row = path.slice(0, -1).reduce<SoapValue | undefined>(inside, answer);
  if (typeof last !== 'string' || !isRecord(row)) return undefined;
  const isRow = path.length === (isList(answer) ? 2 : 1);
  const resource = resourceOfMethod(method);
  const known = ATTRIBUTES.find(({ attribute, of }) => attribute === last && (of === undefined || (isRow && of === resource)));
  const id = known === undefined || idOf(row, last) === undefined ? undefined : idOf(row, known.by ?? last);
  return known === undefined || id === undefined ? undefined : linkTo(known.names, id);
}

/** To what a method made, where it returns only the ID of it. */
function madeLink(method: string, answer: SoapValue | undefined): KnownLink | undefined {
  const resource = resourceOfMethod(method);
  const verb = method.includes('.') ? method.slice(method.indexOf('.') + 1) : pathOfOperation(method)?.verb;
  const thing = resource !== undefined && verb === 'create' && Object.hasOwn(MADE, resource) ? MADE[resource] : undefined;
  const id = thing === undefined ? undefined : idIn(answer);
  return thing === undefined || id === undefined ? undefined : linkTo(thing, id);
}

function linkTo(thing: Thing, id: string): KnownLink {
  const { method, words: text } = THINGS[thing];
  const words = said(text, { id });
  return method === undefined ? { kind: 'customer', id, words } : { kind: 'call', method, args: [id], words };
}

function inside(value: SoapValue | undefined, step: string | number): SoapValue | undefined {
  if (typeof step === 'number') return isList(value) ? value[step] : undefined;
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function idOf(row: SoapRecord, attribute: string): string | undefined {
  return Object.hasOwn(row, attribute) ? idIn(row[attribute]) : undefined;
}

/** A number or a text of digits, as IDs are; 0 stands for none. */
function idIn(value: SoapValue | undefined): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9]\d{0,19}$/.test(text) ? text : undefined;
}
