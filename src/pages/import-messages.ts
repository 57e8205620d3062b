import * as z from 'zod/mini';
import { code, index, type GridRows, type GridState } from './grid-messages';

/**
 * The contract between the extension and the view of an import, both directions. The page says what was done in it and draws whole states;
 * the rows of the file stay in the extension and come page by page, without secrets.
 */

/** Which import it is: a store by the ID under which it is listed, and a file by its path. */
export const importPlace = z.object({ store: code, file: z.string().check(z.maxLength(8000)) });

/** See {@link importPlace}. */
export type ImportPlace = z.infer<typeof importPlace>;

/** What the page keeps for the time when it is drawn anew; no data of the file. */
export const importMemory = z.looseObject({ place: importPlace, given: z.optional(z.unknown()) });

/** Rows that are shown: all, or those of one kind. `done` and `failed` are there once something was written. */
export const importFilter = z.enum(['all', 'create', 'update', 'unchanged', 'reject', 'warned', 'out', 'done', 'failed']);

/** See {@link importFilter}. */
export type ImportFilter = z.infer<typeof importFilter>;

/** A column of the file. */
export interface ImportColumn {
  readonly title: string;
  /** Its first values, without secrets. */
  readonly samples: readonly string[];
  /** Code of the attribute that it is imported as. */
  readonly target: string | undefined;
  /** Why it is not imported, where that is not somebody's choice. */
  readonly note: string | undefined;
}

/** Something that can be chosen, with the words for it. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What can be decided for all rows at once, so that rows that are refused can be read. */
export interface ImportDoubt {
  readonly id: string;
  /** What the rows have, such as `12 rows have dates such as 3/4/1975`. */
  readonly words: string;
  /** One button for each, or a list where there are many. Without any the number is typed. */
  readonly choices: readonly Choice[];
  readonly typed: boolean;
}

/** Something that was decided for all rows. */
export interface ImportDecision {
  readonly id: string;
  readonly words: string;
}

/** Why it does not go on, in the order people read it. */
export interface ImportProblem {
  readonly what: string;
  readonly said: string | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** The address of the page that explains it, where there is one. */
  readonly help: string | undefined;
}

/** What the import came to. */
export interface ImportOutcome {
  readonly tone: 'good' | 'warning' | 'error';
  readonly summary: string;
  readonly notes: readonly string[];
  /** Whether it ended before all rows were reached. */
  readonly stopped: boolean;
  /** What can be done now. */
  readonly results: boolean;
  readonly takeBack: boolean;
  /** Words of the button that compares the file again; `undefined` where nothing is left to do. */
  readonly again: string | undefined;
}

/** What is done at the moment. */
export interface ImportProgress {
  readonly words: string;
  /** From 0 to 1; `undefined` where that is not known. */
  readonly part: number | undefined;
  readonly cancel: boolean;
}

/** Everything the view shows, apart from its rows. */
export interface ImportState {
  readonly place: ImportPlace;
  /** What the columns mean, where that was known from the start; kept by the page, for the extension. */
  readonly given: unknown;
  readonly file: string;
  /** Such as `1,200 rows, separated by semicolons`. */
  readonly facts: string;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  readonly phase: 'opening' | 'comparing' | 'ready' | 'running' | 'over';
  readonly columns: readonly ImportColumn[];
  /** How many columns of the file are imported, and what is to be known of them; the words of their heading. */
  readonly columnWords: string;
  readonly targets: readonly Choice[];
  readonly key: 'customer_id' | 'email';
  readonly emptyCells: 'keep' | 'clear';
  /** Why the columns make no sense together. */
  readonly mappingProblem: string | undefined;
  /** Whether columns and readings can be changed now. */
  readonly changeable: boolean;
  readonly doubts: readonly ImportDoubt[];
  readonly decisions: readonly ImportDecision[];
  /** An earlier import of this file was not finished. */
  readonly earlier: string | undefined;
  readonly problem: ImportProblem | undefined;
  readonly progress: ImportProgress | undefined;
  readonly filters: readonly { readonly id: ImportFilter; readonly label: string; readonly count: number }[];
  readonly filter: ImportFilter;
  readonly grid: GridState;
  /** Counted up when what stands in rows changed, but not where they stand. */
  readonly revision: number;
  /** Of the rows that are shown and can be written: whether they are. */
  readonly checked: 'all' | 'some' | 'none' | undefined;
  /** The button that writes; `undefined` where nothing is to be written. */
  readonly action: string | undefined;
  /** What is to be known before it is pressed, or why there is no button. */
  readonly actionNote: string;
  readonly outcome: ImportOutcome | undefined;
}

/** One line of what a row does: an attribute with what it was and what it becomes. */
export interface RowChange {
  readonly attribute: string;
  /** `undefined` where there was nothing to be seen of it before. */
  readonly before: string | undefined;
  readonly after: string;
}

/** A row in full. */
export interface RowDetail {
  readonly title: string;
  readonly changes: readonly RowChange[];
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly result: string | undefined;
}

/** From the extension to the view. */
export type ImportUpdate =
  | { readonly type: 'show'; readonly state: ImportState }
  | ({ readonly type: 'rows' } & GridRows)
  | { readonly type: 'detail'; readonly version: number; readonly row: number; readonly detail: RowDetail };

/** From the view to the extension. */
export const importRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('rows'), version: index, start: index }),
  z.object({ type: z.literal('detail'), version: index, row: index }),
  z.object({ type: z.literal('copy-row'), version: index, row: index }),
  z.object({ type: z.literal('show'), filter: importFilter }),
  z.object({ type: z.literal('filter'), text: code }),
  z.object({ type: z.literal('column'), column: index, target: z.optional(code) }),
  z.object({ type: z.literal('key'), key: z.enum(['customer_id', 'email']) }),
  z.object({ type: z.literal('empty-cells'), as: z.enum(['keep', 'clear']) }),
  z.object({ type: z.literal('check'), version: index, from: index, to: index, on: z.boolean() }),
  z.object({ type: z.literal('check-shown'), on: z.boolean() }),
  z.object({ type: z.literal('decide'), doubt: code, value: code }),
  z.object({ type: z.literal('undecide'), decision: code }),
  z.object({ type: z.literal('start-over') }),
  z.object({ type: z.literal('run') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('go-on') }),
  z.object({ type: z.literal('results') }),
  z.object({ type: z.literal('take-back') }),
]);

/** See {@link importRequest}. */
export type ImportRequest = z.infer<typeof importRequest>;
