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

/** What a table has rows of: all by which one list differs from another. */
export interface TableSubject {
  /** What is known of the attributes of a row. */
  readonly fields: readonly Field[];
  /** Columns where nobody has chosen any. */
  readonly usual: ColumnChoice | undefined;
  /** What a row is known by, the same for the same row when it is read again; empty for one that nothing tells from others. */
  readonly keyOf: (row: SoapRecord) => string;
  /** Whether rows are customers, which the commands of the tree take. */
  readonly customers: boolean;
  /** What opens for a row of another list than of customers; `undefined` where nothing does, and for customers, which open as such. */
  readonly linkOf: (row: SoapRecord) => KnownLink | undefined;
  /** Name under which the chosen columns are kept for a store, see {@link columnsKey}; empty for those of customers. */
  readonly columns: string;
}

/** Attributes that a table of customers shows; those of the store's own follow, other known ones are hidden. */
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

/** Customers, all of them, of a filter or of a search. */
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

/** The answer of a method that lists rows. @param described the method as the store describes it, where that is known */
export function listSubject(method: string, described: StoreMethod | undefined): TableSubject {
  const resource = knownResources.resourceOf(method);
  const row = described?.result.kind === 'list' ? described.result.of : undefined;
  const fields = resource?.entity.fields ?? (row?.kind === 'entity' ? row.fields : []);
  // Stores call it by the name of the resource, such as `order_id`, or plainly.
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
      // An order names its customer too, but is what somebody opens there.
      const [resourceName] = method.split('.');
      return links.find((link) => link.kind === 'call' && link.method.startsWith(`${resourceName}.`)) ?? links[0];
    },
    columns: method,
  };
}

/** What a table is of. */
export function subjectOf(source: TableSource, described: StoreMethod | undefined): TableSubject {
  return source.kind === 'list' ? listSubject(source.method, described) : customerSubject;
}

/** What the chosen columns of a table are kept under; for customers the store alone, as earlier versions kept them. */
export function columnsKey(store: string, { columns }: TableSubject): string {
  return columns === '' ? store : `${store} ${columns}`;
}

/** Keys of rows by their ID; rows without one are told apart as long as they are here. */
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
