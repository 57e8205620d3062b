import { customerEntity } from '../../api/entities';
import { customer } from '../../api/resources/customer';
import { knownResources } from '../../api/resources';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import type { Field } from '../../api/types';
import type { SoapRecord, SoapValue } from '../../api/value';
import { knownLink, type KnownLink } from '../../forms/known-links';
import type { TableSource } from '../../pages/table-messages';
import { t } from '../../l10n/texts';
import { text } from '../customer/customer-summary';
import type { ColumnChoice } from '../grid/row-table';

/** The kind of rows in a table. Holds everything in which lists differ. */
export interface TableSubject {
  /** The known attributes of a row. */
  readonly fields: readonly Field[];
  /** The columns before any were chosen. */
  readonly usual: ColumnChoice | undefined;
  /** The key of a row. It stays the same when the row is read again. Empty for a row that nothing identifies. */
  readonly keyOf: (row: SoapRecord) => string;
  /** Whether rows are customers, which the commands of the tree accept. */
  readonly customers: boolean;
  /** The target that opens for a row. `undefined` where there is none, and for customers, which open in a sheet. */
  readonly linkOf: (row: SoapRecord) => KnownLink | undefined;
  /** Name under which the chosen columns are kept for a store, see {@link columnsKey}. Empty for customers. */
  readonly columns: string;
}

/** Attributes that a table of customers shows. Attributes of the store's own follow them, and other known attributes are hidden. */
const USUAL_COLUMNS = [
  'customer_id',
  'email',
  'firstname',
  'lastname',
  'group_id',
  'website_id',
  'store_id',
  'created_at',
  'updated_at',
  'dob',
  'taxvat',
];

/** Customers: all of them, those of a filter, or those of a search. */
export const customerSubject: TableSubject = {
  fields: customerEntity.fields,
  usual: {
    order: USUAL_COLUMNS,
    hidden: customerEntity.fields.map(({ name }) => name).filter((name) => !USUAL_COLUMNS.includes(name)),
  },
  keyOf: (row) => text(row[customer.idField]),
  customers: true,
  linkOf: () => undefined,
  columns: '',
};

/** The rows of a method that lists. @param described the method as the store describes it, where that is known */
export function listSubject(method: string, described: StoreMethod | undefined): TableSubject {
  const resource = knownResources.resourceOf(method);
  const row = described?.result.kind === 'list' ? described.result.of : undefined;
  const fields = resource?.entity.fields ?? (row?.kind === 'entity' ? row.fields : []);
  // Stores name the ID after the resource, such as `order_id`, or just `id`.
  const idField = resource?.idField ?? fields.find(({ name }) => /(?:^|_)id$/i.test(name))?.name;
  const info = resource !== undefined && 'info' in resource.operations ? `${resource.name}.info` : undefined;
  return {
    fields,
    usual: undefined,
    keyOf: keysBy(idField),
    customers: false,
    linkOf: (record) => {
      const id = idField === undefined ? undefined : text(own(record, idField));
      if (info !== undefined && id !== undefined && id !== '')
        return { kind: 'call', method: info, args: [id], words: t('Read {id}', { id }) };
      const links = Object.keys(record).flatMap((column) => knownLink(method, [0, column], [record]) ?? []);
      // An order also refers to its customer, but opening an order must open the order.
      const [resourceName] = method.split('.');
      return links.find((link) => link.kind === 'call' && link.method.startsWith(`${resourceName}.`)) ?? links[0];
    },
    columns: method,
  };
}

/** The kind of rows in a table. */
export function subjectOf(source: TableSource, described: StoreMethod | undefined): TableSubject {
  return source.kind === 'list' ? listSubject(source.method, described) : customerSubject;
}

/** The key under which the chosen columns of a table are kept. For customers only the store, as in earlier versions. */
export function columnsKey(store: string, { columns }: TableSubject): string {
  return columns === '' ? store : `${store} ${columns}`;
}

/** Keys of rows by their ID. Rows without an ID get a number that lasts as long as the row object. */
function keysBy(idField: string | undefined): (row: SoapRecord) => string {
  const numbers = new WeakMap<SoapRecord, number>();
  let met = 0;
  return (row) => {
    const id = idField === undefined ? '' : text(own(row, idField));
    if (id !== '') return id;
    const number = numbers.get(row) ?? ++met;
    numbers.set(row, number);
    return `row-${number}`;
  };
}

function own(row: SoapRecord, name: string): SoapValue | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}
