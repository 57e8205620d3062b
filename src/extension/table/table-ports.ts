import type * as vscode from 'vscode';
import type { StoreMethod } from '../../api/store-methods/store-methods';
import type { SoapRecord } from '../../api/value';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Order } from '../customer/row-walk';
import type { SavedFilter } from '../customer/saved-filter';
import type { EditsFile } from './cell-edits';
import type { ColumnMemory } from '../grid/column-memory';
import type { TablePlace } from '../../pages/table-messages';
import type { Connection, Store } from '../stores/store';

/** The parts of the extension that tables need. */
export interface TablePorts {
  readonly errors: ErrorReporter;
  /** The chosen columns. See `columnsKey`. */
  readonly columns: ColumnMemory;
  /** A store by its ID. Tables outlive connections and reloads, so they keep the ID only. */
  readonly store: (id: string) => Store | undefined;
  /** Fires when the list of stores or the saved filters changed. */
  readonly onDidChangeContext: vscode.Event<void>;
  /** A method of a store by its name, as the store describes it. */
  readonly methods: (store: Store, connection: Connection, name: string) => Promise<StoreMethod | undefined>;
  readonly filter: (store: Store, name: string) => SavedFilter | undefined;
  readonly order: () => Order;
  /** Customers as rows of the tree, for its commands. */
  readonly nodes: (store: Store, rows: readonly SoapRecord[]) => readonly unknown[];
  /** The row of the tree for a list. */
  readonly listNode: (place: TablePlace) => unknown;
  /** Reviews changes of cells as an import. */
  readonly change: (store: Store, file: EditsFile) => Promise<void>;
  /** Opens another table. */
  readonly open: (place: TablePlace) => Promise<void>;
}
