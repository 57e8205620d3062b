import * as z from 'zod/mini';
import { code, index, type GridRows, type GridState } from './grid-messages';

/**
 * The messages between the extension and the import view, in both directions. The page reports what the user does and draws complete
 * states. The rows of the file stay in the extension, which sends them page by page, without secrets.
 */

/** Identifies an import: the ID of a listed store, and the path of the file. */
export const importPlace = z.object({ store: code, file: z.string().check(z.maxLength(8000)) });

/** See {@link importPlace}. */
export type ImportPlace = z.infer<typeof importPlace>;

/** The data that the page keeps to be restored later. It contains no data of the file. */
export const importMemory = z.looseObject({ place: importPlace, given: z.optional(z.unknown()) });

/** Filters for rows: all, or those of one kind. `done` and `failed` exist once something was written. */
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
  /** Why it is not imported, unless the user chose that. */
  readonly note: string | undefined;
}

/** One of several choices, with its label. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** A decision for all rows at once, needed because rows are refused without it. */
export interface ImportDoubt {
  readonly id: string;
  /** The reason for the question, such as `12 rows have dates such as 3/4/1975`. */
  readonly words: string;
  /** Shown as buttons, or as a list where there are many. Without choices, the number is typed. */
  readonly choices: readonly Choice[];
  readonly typed: boolean;
}

/** A decision that was made for all rows. */
export interface ImportDecision {
  readonly id: string;
  readonly words: string;
}

/** Why the import cannot continue, in the order in which people read it. */
export interface ImportProblem {
  readonly what: string;
  readonly said: string | undefined;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** Address of the page that explains the problem, where there is one. */
  readonly help: string | undefined;
}

/** The result of the import. */
export interface ImportOutcome {
  readonly tone: 'good' | 'warning' | 'error';
  readonly summary: string;
  readonly notes: readonly string[];
  /** Whether the import stopped before all rows were processed. */
  readonly stopped: boolean;
  /** Whether there is a file with results, and one with the earlier values, which takes the import back. */
  readonly results: boolean;
  readonly takeBack: boolean;
  /** Label of the button that compares the file again; `undefined` where nothing is left to do. */
  readonly again: string | undefined;
}

/** The step that is running. */
export interface ImportProgress {
  readonly words: string;
  /** From 0 to 1; `undefined` where it is not known. */
  readonly part: number | undefined;
  readonly cancel: boolean;
}

/** Everything that the view shows, except its rows. */
export interface ImportState {
  readonly place: ImportPlace;
  /** The meaning of the columns, where it was known from the start. The page only keeps it for the extension. */
  readonly given: unknown;
  readonly file: string;
  /** Such as `1,200 rows, separated by semicolons`. */
  readonly facts: string;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  readonly phase: 'opening' | 'comparing' | 'ready' | 'running' | 'over';
  readonly columns: readonly ImportColumn[];
  /** Heading of the columns: how many columns of the file are imported, and notes on them. */
  readonly columnWords: string;
  readonly targets: readonly Choice[];
  readonly key: 'customer_id' | 'email';
  readonly emptyCells: 'keep' | 'clear';
  /** Why the columns cannot be imported together. */
  readonly mappingProblem: string | undefined;
  /** Whether columns and decisions can be changed now. */
  readonly changeable: boolean;
  readonly doubts: readonly ImportDoubt[];
  readonly decisions: readonly ImportDecision[];
  /** Set when an earlier import of this file was not finished. */
  readonly earlier: string | undefined;
  readonly problem: ImportProblem | undefined;
  readonly progress: ImportProgress | undefined;
  readonly filters: readonly { readonly id: ImportFilter; readonly label: string; readonly count: number }[];
  readonly filter: ImportFilter;
  readonly grid: GridState;
  /** Increases when the content of rows changes, but not their positions. */
  readonly revision: number;
  /** Whether the shown rows that can be written are ticked; `undefined` where there are none. */
  readonly checked: 'all' | 'some' | 'none' | undefined;
  /** Label of the button that writes; `undefined` where there is nothing to write. */
  readonly action: string | undefined;
  /** A note on the button, or why there is none. */
  readonly actionNote: string;
  readonly outcome: ImportOutcome | undefined;
}

/** One change in a row: an attribute with its values before and after. */
export interface RowChange {
  readonly attribute: string;
  /** `undefined` where the earlier value was not known. */
  readonly before: string | undefined;
  readonly after: string;
}

/** The details of a row. */
export interface RowDetail {
  readonly title: string;
  readonly changes: readonly RowChange[];
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly result: string | undefined;
}

/** Messages from the extension to the view. */
export type ImportUpdate =
  | { readonly type: 'show'; readonly state: ImportState }
  | ({ readonly type: 'rows' } & GridRows)
  | { readonly type: 'detail'; readonly version: number; readonly row: number; readonly detail: RowDetail };

/** Messages from the view to the extension. */
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
