import * as z from 'zod/mini';

/**
 * The messages between a list of rows and its page, in all views with such a list. The page does not hold the list: it gets the rows on the
 * screen, page by page, with secrets masked.
 */

/**
 * The kind of a value. `nil` is `xsi:nil`, `empty` a text without characters, `absent` a key that this row does not have. `check` is a box
 * with the text `on`, `off`, or none where the row has no box. `edited` is a changed value that was not sent yet.
 */
export type CellKind = 'text' | 'number' | 'boolean' | 'nil' | 'empty' | 'absent' | 'masked' | 'list' | 'map' | 'check' | 'edited';

/**
 * A value as the page shows it: its kind, and its text, cut when it is long. Where the text is in words, such as a date in the reader's
 * format, `sent` is the text that the store sent, shown on hover.
 */
export type Cell = readonly [kind: CellKind, text: string, sent?: string];

/** A column of a list. */
export interface GridColumn {
  readonly code: string;
  /** Its heading. */
  readonly title: string;
  /** Its meaning, where the catalogue has it. */
  readonly doc: string;
  /** Width of the widest value in the first rows, in digits. */
  readonly width: number;
  /** Width in px that the user set; `undefined` for a column that fits its values. */
  readonly px: number | undefined;
  /** Whether it stays at the beginning of the row while the other columns scroll. */
  readonly pinned?: boolean;
  /** Whether it takes the width that the other columns leave. */
  readonly grows?: boolean;
  /** Whether all values of the column are numbers. A text of digits is not a number. */
  readonly numeric: boolean;
}

/** The order of the rows; `undefined` for the order in which they came. */
export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** A list without its rows. */
export interface GridState {
  /**
   * Increases when rows change their positions, which makes messages about an older version useless. Rows added at the end do not increase
   * it.
   */
  readonly version: number;
  /** `total` counts all rows, `shown` those that match the filter. */
  readonly total: number;
  readonly shown: number;
  readonly columns: readonly GridColumn[];
  readonly hidden: number;
  readonly sort: GridSort | undefined;
  readonly filter: string;
}

/** The active cell; row -1 is the head. `top` is the scroll position in px. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
  readonly top: number;
}

/** One page of rows. */
export interface GridRows {
  readonly version: number;
  readonly start: number;
  readonly rows: readonly (readonly Cell[])[];
}

/** Rows in one request. */
export const PAGE_ROWS = 100;

/** Code of a column, or another short text. */
export const code = z.string().check(z.maxLength(1000));
/** Index of a row or column, or a version. */
export const index = z.int().check(z.minimum(0));

/** The messages that the page of any list sends. */
export const gridRequests = [
  z.object({ type: z.literal('rows'), version: index, start: index }),
  z.object({ type: z.literal('sort'), column: code }),
  z.object({ type: z.literal('filter'), text: code }),
  z.object({ type: z.literal('columns') }),
  z.object({ type: z.literal('move-column'), column: code, to: index }),
  z.object({ type: z.literal('copy-cell'), version: index, row: index, column: code }),
] as const;
