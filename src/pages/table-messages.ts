import * as z from 'zod/mini';
import { soapValue } from '../api/types';
import { code, gridRequests, index, type GridRows, type GridState } from './grid-messages';

/**
 * The messages between the extension and a table, in both directions. The page reports what the user does and draws complete states. The
 * rows stay in the extension, which sends them page by page.
 */

/** Most arguments of a call. Methods have fewer. */
const MAX_ARGUMENTS = 50;

/** The rows of a table: all customers, those of a saved filter, those found for a text, or those that a call lists. */
export const tableSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customers') }),
  z.object({ kind: z.literal('filter'), name: code }),
  z.object({ kind: z.literal('search'), text: code }),
  /** Arguments are in V1's order, `null` for one that is left out. */
  z.object({ kind: z.literal('list'), method: code, args: z.readonly(z.array(soapValue).check(z.maxLength(MAX_ARGUMENTS))) }),
]);

/** See {@link tableSource}. */
export type TableSource = z.infer<typeof tableSource>;

/** Identifies a table: the ID of a listed store, and the source of its rows. */
export const tablePlace = z.object({ store: code, source: tableSource });

/** See {@link tablePlace}. */
export type TablePlace = z.infer<typeof tablePlace>;

/** The data that the page keeps to be restored later. It contains no data of the store. */
export const tableMemory = z.looseObject({
  place: tablePlace,
  row: z.int().check(z.minimum(-1)),
  column: index,
  top: z.number().check(z.minimum(0)),
  filter: code,
});

/** See {@link tableMemory}. */
export type TableMemory = z.infer<typeof tableMemory>;

/** Why rows could not be loaded, in the order in which people read it. */
export interface TableProblem {
  readonly what: string;
  readonly said: string | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** Address of the page that explains the problem, where there is one. */
  readonly help: string | undefined;
}

/** Shown instead of rows when the table is empty, with a button for the next step. */
export interface EmptyTable {
  readonly words: string;
  readonly action: { readonly id: 'new' | 'edit-filter' | 'clear-filter' | 'look'; readonly label: string } | undefined;
}

/** Everything that a table shows, except its rows. */
export interface TableState {
  readonly place: TablePlace;
  readonly title: string;
  /** The conditions that all rows meet, in words. */
  readonly conditions: string;
  /** Whether the rows are customers, which can be edited and deleted here. */
  readonly customers: boolean;
  /** Whether rows can be opened. */
  readonly opens: boolean;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  /** Why the store does not allow writes. Then the page offers none. */
  readonly readOnly: string | undefined;
  /** Why customers cannot be deleted over the dialect. */
  readonly undeletable: string | undefined;
  readonly grid: GridState;
  /** How many rows are loaded, such as `first 400 loaded`. */
  readonly count: string;
  /** `more`: the store may have further rows. `loadsOn`: scrolling to the end loads them. */
  readonly more: boolean;
  readonly loadsOn: boolean;
  /** The running operation in words. */
  readonly busy: string | undefined;
  readonly problem: TableProblem | undefined;
  readonly empty: EmptyTable | undefined;
  /** Selected rows as ranges of row indexes (first and last), in ascending order. */
  readonly selection: readonly (readonly [first: number, last: number])[];
  /** Changed cells that were not sent yet. `revision` increases when the content of rows changes. */
  readonly edits: { readonly count: number; readonly revision: number };
  /** The text that can be searched for in the whole store. */
  readonly findable: string | undefined;
}

/** One of several choices, with its label. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A cell that is being edited. */
export interface CellEdit {
  readonly version: number;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  /** The values to choose from; empty where the value is typed. */
  readonly choices: readonly Choice[];
  /** Why the entered value cannot be sent. */
  readonly problem?: string;
}

/** Messages from the extension to the table. */
export type TableUpdate =
  | {
      readonly type: 'show';
      readonly state: TableState;
      /** By how many rows the rows on the screen moved down. */
      readonly by: number;
    }
  | ({ readonly type: 'rows' } & GridRows)
  /** A cell is edited in its place. */
  | ({ readonly type: 'edit' } & CellEdit);

/** Messages from the table to the extension. */
export const tableRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  ...gridRequests,
  z.object({ type: z.literal('widen'), column: code, px: z.optional(z.number()) }),
  z.object({ type: z.literal('pin'), column: code, on: z.boolean() }),
  z.object({ type: z.literal('more') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('refresh') }),
  z.object({ type: z.literal('look') }),
  z.object({ type: z.literal('empty-action') }),
  z.object({ type: z.literal('at'), version: index, row: z.int().check(z.minimum(-1)), first: index }),
  z.object({ type: z.literal('select'), version: index, from: index, to: index, how: z.enum(['only', 'add', 'toggle']) }),
  z.object({ type: z.literal('select-all') }),
  z.object({ type: z.literal('select-none') }),
  z.object({ type: z.literal('open'), version: index, row: index, edit: z.boolean() }),
  z.object({ type: z.literal('edit'), version: index, row: index, column: code }),
  z.object({ type: z.literal('edited'), version: index, row: index, column: code, value: z.string().check(z.maxLength(10_000)) }),
  z.object({ type: z.literal('review-edits') }),
  z.object({ type: z.literal('discard-edits') }),
  z.object({ type: z.literal('copy'), format: z.enum(['tsv', 'csv']) }),
  z.object({ type: z.literal('export') }),
  z.object({ type: z.literal('export-all') }),
  z.object({ type: z.literal('change') }),
  z.object({ type: z.literal('delete') }),
]);

/** See {@link tableRequest}. */
export type TableRequest = z.infer<typeof tableRequest>;
