import * as z from 'zod/mini';

/**
 * What a list of rows and its page say to each other, wherever such a list is shown. The page holds no list: it gets the rows that are on
 * the screen, page by page, masked already.
 */

/**
 * What a value is. `nil` is `xsi:nil`, `empty` a text without characters, `absent` a key that this row does not have, `check` a box that
 * can be ticked: `on`, `off`, or nothing where there is none, `edited` one that somebody changed and nobody sent yet.
 */
export type CellKind = 'text' | 'number' | 'boolean' | 'nil' | 'empty' | 'absent' | 'masked' | 'list' | 'map' | 'check' | 'edited';

/**
 * A value as the page shows it: its kind, and its text, cut when it is long. Where that are words for the value, such as a date in the
 * reader's own form, also what the store sent, which is one hover away.
 */
export type Cell = readonly [kind: CellKind, text: string, sent?: string];

/** A column of a list. */
export interface GridColumn {
  readonly code: string;
  /** What stands at its head. */
  readonly title: string;
  /** What it means, where the catalogue knows. */
  readonly doc: string;
  /** How wide its widest value among the first rows is, in digits. */
  readonly width: number;
  /** Width in px that somebody gave it; `undefined` for one that fits its values. */
  readonly px: number | undefined;
  /** Whether it stays at the beginning of the row while the others are scrolled. */
  readonly pinned?: boolean;
  /** Whether it takes the room that the others leave. */
  readonly grows?: boolean;
  /** Whether all values of the column are numbers. A text of digits does not count as one. */
  readonly numeric: boolean;
}

/** In which order rows stand; `undefined` is as they came. */
export interface GridSort {
  readonly column: string;
  readonly descending: boolean;
}

/** A list, apart from its rows. */
export interface GridState {
  /** Counted up whenever rows stand elsewhere; answers for an older one are of no use. Rows that are added at the end change nothing. */
  readonly version: number;
  /** All rows, and those the filter lets through. */
  readonly total: number;
  readonly shown: number;
  readonly columns: readonly GridColumn[];
  readonly hidden: number;
  readonly sort: GridSort | undefined;
  readonly filter: string;
}

/** The active cell; row -1 is the head. `top` is how far the list is scrolled, in px. */
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

/** Rows that are asked for at a time. */
export const PAGE_ROWS = 100;

/** Code of a column, or another short text. */
export const code = z.string().check(z.maxLength(1000));
/** Position of a row or column, or a version. */
export const index = z.int().check(z.minimum(0));

/** What the page of any list asks for. */
export const gridRequests = [
  z.object({ type: z.literal('rows'), version: index, start: index }),
  z.object({ type: z.literal('sort'), column: code }),
  z.object({ type: z.literal('filter'), text: code }),
  z.object({ type: z.literal('columns') }),
  z.object({ type: z.literal('move-column'), column: code, to: index }),
  z.object({ type: z.literal('copy-cell'), version: index, row: index, column: code }),
] as const;
