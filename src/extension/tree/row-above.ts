import type { Store } from '../stores/store';

/**
 * The facts that a row knows about its parent row. It knows no more, so that the files of rows do not import each other in a circle.
 * `storeNodeOf` (nodes.ts) finds the row of the store.
 */
export interface RowAbove {
  readonly kind: string;
  readonly id: string;
  readonly parent: RowAbove | undefined;
}

/** The row of a store, as the rows below it know it. */
export interface StoreRow extends RowAbove {
  readonly store: Store;
}
