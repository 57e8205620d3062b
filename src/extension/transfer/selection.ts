import type { Dialect } from '../../api/dialect';
import type { SoapRecord } from '../../api/value';
import { plural, t } from '../../l10n/texts';
import type { Store } from '../stores/store';
import { summarize } from '../customer/customer-summary';
import { selectionOf as listedBy } from '../customer/saved-filter';
import { selectedNodes, storeNodeOf, type TreeNode } from '../tree/nodes';

/** The customers of a store that are to be exported. */
export interface Selection {
  readonly store: Store;
  /** The IDs of the customers. `undefined` for all customers that pass the filters. */
  readonly ids: readonly string[] | undefined;
  readonly filters: SoapRecord | undefined;
  /** A condition that the API cannot filter by, such as "is empty". It is tested here. */
  readonly matches?: ((row: SoapRecord) => boolean) | undefined;
  /** The dialect that the customers have to be read over, if it is not the store's own. */
  readonly dialect?: Dialect | undefined;
  /** A name for a title or a file name: `customers`, `3 customers`, the name of a saved filter. */
  readonly what: string;
}

/**
 * The exports for the rows of a command, one file each: the selected customers of each store, and all customers below each other row.
 * Nothing that is selected is left out.
 * @param row the row whose menu was used
 * @param rows all selected rows, if there are several
 */
export function selectionsOf(row: unknown, rows: unknown): readonly Selection[] {
  const nodes = selectedNodes(row, rows);
  const ids = new Map<Store, Set<string>>();
  for (const node of nodes)
    if (node.kind === 'customer') ids.set(node.store, (ids.get(node.store) ?? new Set()).add(summarize(node.row).id));
  const single = [...ids].map(([store, some]): Selection => ({
    store,
    ids: [...some],
    filters: undefined,
    what: some.size === 1 ? t('customer {id}', { id: [...some][0] ?? '' }) : plural(some.size, '{count} customer', '{count} customers'),
  }));
  const lists = nodes.flatMap((node) => listOf(node) ?? []);
  return [...single, ...lists];
}

/** All customers below a row that contains customers. */
function listOf(node: TreeNode): Selection | undefined {
  const store = storeNodeOf(node)?.store;
  if (store === undefined) return undefined;
  switch (node.kind) {
    case 'filter':
      return { store, ids: undefined, filters: undefined, ...listedBy(node.filter), what: node.filter.name };
    case 'group':
      return { store, ids: undefined, filters: node.group.filters, what: t('customers of a group') };
    case 'store':
    case 'customers':
      return { store, ids: undefined, filters: undefined, what: t('customers') };
    default:
      return undefined;
  }
}
