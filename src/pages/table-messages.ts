import * as z from 'zod/mini';
import { soapValue } from '../api/types';
import { code, gridRequests, index, type GridRows, type GridState } from './grid-messages';

/**
 * The contract between the extension and a table, both directions. The page says what was done in it and draws whole states;
 * rows stay in the extension and come page by page.
 */

/** Longest list of arguments; methods have fewer. */
const MAX_ARGUMENTS = 50;

/** What a table shows: all customers, those of a saved filter, those found for a text, or what a call lists. */
export const tableSource = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('customers') }),
  z.object({ kind: z.literal('filter'), name: code }),
  z.object({ kind: z.literal('search'), text: code }),
  /** Arguments are in V1's order, `null` for one that is left out. */
  z.object({ kind: z.literal('list'), method: code, args: z.readonly(z.array(soapValue).check(z.maxLength(MAX_ARGUMENTS))) }),
]);

/** See {@link tableSource}. */
export type TableSource = z.infer<typeof tableSource>;

/** Which table it is: a store by the ID under which it is listed, and rows of it. */
export const tablePlace = z.object({ store: code, source: tableSource });

/** See {@link tablePlace}. */
export type TablePlace = z.infer<typeof tablePlace>;

/** What the page keeps for the time when it is drawn anew; no data of the store. */
export const tableMemory = z.looseObject({
  place: tablePlace,
  row: z.int().check(z.minimum(-1)),
  column: index,
  top: z.number().check(z.minimum(0)),
  filter: code,
});

/** See {@link tableMemory}. */
export type TableMemory = z.infer<typeof tableMemory>;

/** Why rows could not be loaded, in the order people read it. */
export interface TableProblem {
  readonly what: string;
  readonly said: string | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** The address of the page that explains it, where there is one. */
  readonly help: string | undefined;
}

/** Shown instead of rows when the table is empty, with a button for the next step. */
export interface EmptyTable {
  readonly words: string;
  readonly action: { readonly id: 'new' | 'edit-filter' | 'clear-filter' | 'look'; readonly label: string } | undefined;
}

/** Everything a table shows, apart from its rows. */
export interface TableState {
  readonly place: TablePlace;
  readonly title: string;
  /** What the rows have in common, in words. */
  readonly conditions: string;
  /** Whether rows are customers, which can be edited, changed and deleted here. */
  readonly customers: boolean;
  /** Whether rows can be opened. */
  readonly opens: boolean;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  /** Why the store takes no writes: then none are offered. */
  readonly readOnly: string | undefined;
  /** Why customers cannot be deleted over the dialect. */
  readonly undeletable: string | undefined;
  readonly grid: GridState;
  /** How many rows are here, such as `first 400 loaded`. */
  readonly count: string;
  /** Whether the store may have further rows, and whether scrolling to the end brings them. */
  readonly more: boolean;
  readonly loadsOn: boolean;
  /** What is under way. */
  readonly busy: string | undefined;
  readonly problem: TableProblem | undefined;
  readonly empty: EmptyTable | undefined;
  /** Selected rows as ranges of positions, first and last, in their order. */
  readonly selection: readonly (readonly [first: number, last: number])[];
  /** Cells that were changed and not sent yet; `revision` counts up when what stands in rows changed. */
  readonly edits: { readonly count: number; readonly revision: number };
  /** The text that can be looked for in the whole store. */
  readonly findable: string | undefined;
}

/** Something that can be chosen, with the words for it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A cell that is changed. */
export interface CellEdit {
  readonly version: number;
  readonly row: number;
  readonly column: string;
  readonly value: string;
  /** Values among which is chosen; none where it is typed. */
  readonly choices: readonly Choice[];
  /** Why what was entered cannot be sent. */
  readonly problem?: string;
}

/** From the extension to the table. */
export type TableUpdate =
  | {
      readonly type: 'show';
      readonly state: TableState;
      /** By how many rows what was on the screen went down. */
      readonly by: number;
    }
  | ({ readonly type: 'rows' } & GridRows)
  /** A cell is changed where it stands. */
  | ({ readonly type: 'edit' } & CellEdit);

/** From the table to the extension. */
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
