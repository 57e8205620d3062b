import type { Dialect } from '../../api/dialect';
import type { SoapRecord } from '../../api/value';
import type { Store } from '../stores/store';
import { summarize } from '../tree/customer-summary';
import { selectionOf as listedBy } from '../filters/saved-filter';
import { asTreeNode, selectedNodes, storeNodeOf, type TreeNode } from '../tree/nodes';

/** What of a store is to be exported. */
export interface Selection {
  readonly store: Store;
  /** Certain customers; `undefined` for everybody who passes the filters. */
  readonly ids: readonly string[] | undefined;
  readonly filters: SoapRecord | undefined;
  /** What the API cannot filter by, such as "is empty": tested on this side. */
  readonly matches?: ((row: SoapRecord) => boolean) | undefined;
  /** Where the customers have to come over another dialect than the store's own. */
  readonly dialect?: Dialect | undefined;
  /** Names it in a title or a file name: `customers`, `3 customers`, the name of a saved filter. */
  readonly what: string;
}

/**
 * What the rows of the tree mean that a command got: the selected customers of one store, or everybody below the row.
 * @param row the row whose menu it was
 * @param rows everything that is selected, when there is more than the row
 */
export function selectionOf(row: unknown, rows: unknown): Selection | undefined {
  const node = asTreeNode(row);
  const store = node === undefined ? undefined : storeNodeOf(node)?.store;
  if (node === undefined || store === undefined) return undefined;
  if (node.kind === 'filter') return { store, ids: undefined, filters: undefined, ...listedBy(node.filter), what: node.filter.name };
  if (node.kind === 'group') return { store, ids: undefined, filters: node.group.filters, what: 'customers of a group' };
  if (node.kind !== 'customer') return { store, ids: undefined, filters: undefined, what: 'customers' };
  const ids = [...new Set(selectedNodes(row, rows).flatMap((other) => idsOf(other, store)))];
  return { store, ids, filters: undefined, what: ids.length === 1 ? `customer ${ids[0] ?? ''}` : `${ids.length} customers` };
}

function idsOf(node: TreeNode, store: Store): readonly string[] {
  return node.kind === 'customer' && storeNodeOf(node)?.store === store ? [summarize(node.row).id] : [];
}
