import type { Store } from '../stores/store';

/**
 * What a row knows of the row above it: no more, so that the files of rows stand above each other and none imports another in a circle.
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
