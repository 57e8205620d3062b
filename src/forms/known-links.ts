import { later, translated, t } from '../l10n/texts';
import { pathOfOperation, resourceOfMethod } from '../api/store-methods/names';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../api/value';

/** The target of a link from a value of a response: a customer, or a call that reads the thing that the value names. */
export type KnownLink =
  | { readonly kind: 'customer'; readonly id: string; readonly words: string }
  | { readonly kind: 'call'; readonly method: string; readonly args: readonly string[]; readonly words: string };

/**
 * The things that an ID can name: the words for the link, and the method that reads the thing by this ID. Customers have a sheet instead.
 */
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

/** An attribute whose values name something. */
interface KnownAttribute {
  readonly attribute: string;
  readonly names: Thing;
  /** Only in rows of this resource's responses: `increment_id` is the number of the entity in the row. */
  readonly of?: string;
  /** Another attribute of the same row by which the thing is read, where the value itself cannot be used. */
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
  // Stores read an order by its number, which is in the same row, and not by its ID.
  { attribute: 'order_id', names: 'order', of: 'sales_order', by: 'increment_id' },
  { attribute: 'increment_id', names: 'invoice', of: 'sales_order_invoice' },
  { attribute: 'increment_id', names: 'shipment', of: 'sales_order_shipment' },
  { attribute: 'increment_id', names: 'creditMemo', of: 'sales_order_creditmemo' },
];

/** The things whose `create` methods return only the ID of the new entity, by resource. */
const MADE: Readonly<Record<string, Thing>> = {
  customer: 'customer',
  customer_address: 'address',
  catalog_product: 'product',
  catalog_category: 'category',
  sales_order_invoice: 'invoice',
  sales_order_shipment: 'shipment',
  sales_order_creditmemo: 'creditMemo',
};

/** The position of a value in a response: keys and indexes from the root down. */
export type AnswerPath = readonly (string | number)[];

/** The columns with links, in a table of the rows that this method returned. */
export function linkedColumns(method: string, columns: readonly string[]): readonly string[] {
  const row = Object.fromEntries(columns.map((column) => [column, '1'] as const));
  return columns.filter((column) => knownLink(method, [0, column], [row]) !== undefined);
}

/** A column whose values are links. */
export interface ColumnLink {
  readonly column: string;
  /** Words for `said` with the value `id`, such as `Open customer {id}`. */
  readonly words: string;
  /** Column of the same row that holds the ID. */
  readonly by: string;
}

/** The links of columns that {@link linkedColumns} returned for the same method. */
export function columnLinks(method: string, linked: readonly string[]): readonly ColumnLink[] {
  return linked.flatMap((column) => {
    const known = knownAttribute(method, column, true);
    return known === undefined ? [] : [{ column, words: THINGS[known.names].words, by: known.by ?? column }];
  });
}

/** The column with the customer of each row, and the words for opening it; `undefined` where rows have no customer. */
export function rowLink(links: readonly string[]): { readonly column: string; readonly words: string } | undefined {
  const column = links.find((link) => ATTRIBUTES.some(({ attribute, names }) => attribute === link && names === 'customer'));
  return column === undefined ? undefined : { column, words: t('Open Customer') };
}

/**
 * The link of a value of a response; `undefined` for a value that names nothing known.
 * @param method path or operation that returned the response
 */
export function knownLink(method: string, path: AnswerPath, answer: SoapValue | undefined): KnownLink | undefined {
  const last = path.at(-1);
  if (last === undefined) return madeLink(method, answer);
  const row = path.slice(0, -1).reduce<SoapValue | undefined>(inside, answer);
  if (typeof last !== 'string' || !isRecord(row)) return undefined;
  const isRow = path.length === (isList(answer) ? 2 : 1);
  const known = knownAttribute(method, last, isRow);
  const id = known === undefined || idOf(row, last) === undefined ? undefined : idOf(row, known.by ?? last);
  return known === undefined || id === undefined ? undefined : linkTo(known.names, id);
}

/** @param isRow whether the attribute belongs to the rows of the response, not to something inside them */
function knownAttribute(method: string, name: string, isRow: boolean): KnownAttribute | undefined {
  const resource = resourceOfMethod(method);
  return ATTRIBUTES.find(({ attribute, of }) => attribute === name && (of === undefined || (isRow && of === resource)));
}

/** A link to the entity that a method created, where the response is only its ID. */
function madeLink(method: string, answer: SoapValue | undefined): KnownLink | undefined {
  const resource = resourceOfMethod(method);
  const verb = method.includes('.') ? method.slice(method.indexOf('.') + 1) : pathOfOperation(method)?.verb;
  const thing = resource !== undefined && verb === 'create' && Object.hasOwn(MADE, resource) ? MADE[resource] : undefined;
  const id = thing === undefined ? undefined : idIn(answer);
  return thing === undefined || id === undefined ? undefined : linkTo(thing, id);
}

function linkTo(thing: Thing, id: string): KnownLink {
  const { method, words: text } = THINGS[thing];
  const words = translated(text, { id });
  return method === undefined ? { kind: 'customer', id, words } : { kind: 'call', method, args: [id], words };
}

function inside(value: SoapValue | undefined, step: string | number): SoapValue | undefined {
  if (typeof step === 'number') return isList(value) ? value[step] : undefined;
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function idOf(row: SoapRecord, attribute: string): string | undefined {
  return Object.hasOwn(row, attribute) ? idIn(row[attribute]) : undefined;
}

/** A number or a text of digits, as IDs are. 0 means that there is no ID. */
function idIn(value: SoapValue | undefined): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^[1-9]\d{0,19}$/.test(text) ? text : undefined;
}
