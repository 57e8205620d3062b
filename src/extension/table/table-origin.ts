import { t } from '../../l10n/texts';
import { customer } from '../../api/resources/customer';
import { knownResources } from '../../api/resources';
import { ToolkitError } from '../../api/errors';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import type { TablePlace, TableSource } from '../../pages/table-messages';
import { RowList, type LongTask, type RowSource } from '../customer/row-list';
import { selectionOf, type SavedFilter } from '../customer/saved-filter';
import type { Connection, Store } from '../stores/store';
import { oneLine } from '../text';
import { CallRows, listCall } from './call-rows';
import type { TablePorts } from './table-ports';
import { SearchRows, type TableRows } from './table-rows';

/** The source of a table's rows: the current connection of its store. */
export function rowSource(id: string, storeOf: TablePorts['store']): RowSource {
  return {
    get connection() {
      return storeOf(id)?.connection;
    },
    get signal() {
      return storeOf(id)?.signal ?? AbortSignal.abort();
    },
    lost: async (error) => (await storeOf(id)?.lost(error)) ?? false,
  };
}

/** The rows of a table. @param known the saved filter, or the described method of the list */
export function rowsOf(
  { store, source }: TablePlace,
  { store: storeOf, order }: Pick<TablePorts, 'store' | 'order'>,
  { filter, method }: { readonly filter: SavedFilter | undefined; readonly method: StoreMethod | undefined },
  run: LongTask,
): TableRows {
  const from = rowSource(store, storeOf);
  if (source.kind === 'search') return new SearchRows(source.text, from, order, run);
  if (source.kind === 'list') return new CallRows(from, (connection) => listCall(source, method, connection), run);
  return new RowList(from, customer, order, filter === undefined ? {} : selectionOf(filter), run);
}

/**
 * The method of a list as the store describes it. `undefined` for a catalogue method, or for a table of customers.
 * @throws {ToolkitError} when the store does not have it, or its methods cannot be read
 */
export async function methodOf(
  source: TableSource,
  store: Store,
  connection: Connection,
  methods: TablePorts['methods'],
): Promise<StoreMethod | undefined> {
  if (source.kind !== 'list' || knownResources.find(source.method) !== undefined) return undefined;
  const found = await methods(store, connection, source.method);
  if (found !== undefined) return found;
  throw new ToolkitError('input', {
    code: 'method-gone',
    what: t('{store} has no method {method}.', { store: oneLine(store.name), method: oneLine(source.method) }),
  });
}
