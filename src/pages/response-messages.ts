import * as z from 'zod/mini';
import { dialects, type Dialect } from '../api/dialect';
import type { ColumnLink } from '../forms/known-links';
import { code, gridRequests, index, type Cell, type GridRows, type GridState } from './grid-messages';

/**
 * The messages between the extension and the response view, in both directions. The view does not hold the result: it gets the rows and
 * branches on the screen, page by page, with secrets masked.
 */

/** A list as a table. Filter, sort order and columns may change while the list stays the same. */
export interface TableState extends GridState {
  readonly shape: 'table';
  /** Columns whose values are links. */
  readonly links: readonly ColumnLink[];
  /** The column with the link for the whole row, and the words for it. */
  readonly rowLink: { readonly column: string; readonly words: string } | undefined;
}

/** One line of the key-value sheet. */
export interface SheetLine {
  readonly code: string;
  readonly title: string;
  readonly doc: string;
  readonly cell: Cell;
  /** Text shown when the dialect cannot return the attribute. */
  readonly unread: string | undefined;
  /** Words of the link to the thing that the value names. */
  readonly link: string | undefined;
}

/** A customer as a sheet. */
export interface SheetResult {
  readonly shape: 'sheet';
  /** The attribute with the customer's ID, which has no line of its own, and the words for opening the customer. */
  readonly open: { readonly code: string; readonly words: string } | undefined;
  readonly sections: readonly { readonly title: string; readonly lines: readonly SheetLine[] }[];
}

/** A branch or leaf of a result. */
export interface TreeItem {
  readonly key: string;
  readonly cell: Cell;
  /** How many children it has; 0 for leaves. */
  readonly children: number;
  /** Words of the link to the thing that the value names. */
  readonly link?: string | undefined;
}

/** Any other result. */
export interface TreeResult {
  readonly shape: 'tree';
  readonly root: TreeItem;
}

/** A fault or failure, in the order in which people read it. */
export interface FaultResult {
  readonly kind: 'fault' | 'transport' | 'decode' | 'policy' | 'input';
  readonly code: string;
  readonly said: string | undefined;
  readonly what: string;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** Whether a page of the documentation explains it. */
  readonly explained: boolean;
  /** Label of the button that applies a fix. */
  readonly fixWords: string;
  /** Mistakes in the request that may explain the fault, each with its fix where there is one. */
  readonly suggestions: readonly { readonly message: string; readonly why: string; readonly fix: string | undefined }[];
}

/** A notice about something unexpected in the response. */
export interface ResponseNotice {
  readonly text: string;
  /** The bytes that the notice is about, as text. */
  readonly excerpt: string | undefined;
}

/** One HTTP header, in the order of the message, with secrets masked. */
export interface HeaderLine {
  readonly name: string;
  readonly value: string;
  /** How many headers have this name. */
  readonly times: number;
}

/** The beginning of a message, indented. */
export interface XmlPreview {
  readonly text: string;
  /** Whether there is more than `text`. */
  readonly cut: boolean;
  /** Size of the whole message. */
  readonly bytes: number;
}

/** One part of the time an exchange took, in milliseconds from its start. */
export interface TimePhase {
  /** Name of the phase in style sheets. */
  readonly key: string;
  readonly name: string;
  readonly doc: string;
  readonly start: number;
  readonly ms: number;
}

/** Times in milliseconds and sizes in bytes of an exchange. Sizes of the response are `undefined` when there was none. */
export interface TimingState {
  readonly phases: readonly TimePhase[];
  readonly total: number;
  /** Size of the response as it was transferred. */
  readonly wireBytes: number | undefined;
  /** Size of the response after decompression. */
  readonly bytes: number | undefined;
  readonly requestBytes: number;
}

/** The differences between the responses of the dialects, attribute by attribute. */
export interface ComparisonState {
  /** The dialects that responded, beginning with the one that is shown. */
  readonly dialects: readonly string[];
  /** Further notes, one sentence each. */
  readonly notes: readonly string[];
  readonly attributes: readonly {
    readonly code: string;
    readonly title: string;
    /** The difference in words, such as `only over V1`. */
    readonly words: string;
    /** The value from each dialect. */
    readonly values: readonly Cell[];
  }[];
}

/** Everything that the view shows, except rows and branches. */
export interface ResponseState {
  readonly title: string;
  readonly method: string;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  readonly dialect: Dialect | undefined;
  /** Such as `200 OK`. */
  readonly status: string | undefined;
  readonly failed: boolean;
  readonly milliseconds: number | undefined;
  readonly bytes: number | undefined;
  /** Whether the request writes. Then it is not repeated over other dialects. */
  readonly write: boolean;
  /** Why it cannot be sent again: it writes, and the store does not allow writes. */
  readonly refused: string | undefined;
  /** Whether it can be sent again. Secrets are not kept over a reload. */
  readonly kept: boolean;
  readonly notices: readonly ResponseNotice[];
  readonly fault: FaultResult | undefined;
  readonly result: TableState | SheetResult | TreeResult | undefined;
  readonly request: XmlPreview | undefined;
  readonly response: XmlPreview | undefined;
  readonly requestHeaders: readonly HeaderLine[];
  readonly responseHeaders: readonly HeaderLine[];
  readonly timing: TimingState | undefined;
  readonly comparison: ComparisonState | undefined;
  /** The data that the view needs after a reload of the window, kept by the browser. It contains no secrets. */
  readonly memory: string;
}

/** Messages from the extension to the response view. */
export type ResponseUpdate =
  | { readonly type: 'busy'; readonly busy: boolean; readonly words: string }
  | { readonly type: 'show'; readonly state: ResponseState }
  | { readonly type: 'table'; readonly table: TableState }
  | ({ readonly type: 'rows' } & GridRows)
  | { readonly type: 'branch'; readonly path: TreePath; readonly start: number; readonly items: readonly TreeItem[] }
  | { readonly type: 'comparison'; readonly comparison: ComparisonState }
  | { readonly type: 'gone'; readonly title: string; readonly words: string; readonly rerun: boolean };

/** Indexes of children from the root down. */
export type TreePath = readonly number[];

/** Branches in one request. */
export const PAGE_BRANCHES = 200;

const form = z.enum(['pretty', 'exact']);
const part = z.enum(['request', 'response']);

/** Messages from the response view to the extension. */
export const responseRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  ...gridRequests,
  z.object({ type: z.literal('branch'), path: z.array(index).check(z.maxLength(1000)), start: index }),
  z.object({ type: z.literal('widen'), column: code, px: z.optional(z.number()) }),
  z.object({ type: z.literal('copy-row'), version: index, row: index }),
  z.object({ type: z.literal('open-row'), version: index, row: index }),
  z.object({ type: z.literal('follow'), version: index, row: index, column: code }),
  z.object({ type: z.literal('follow-value'), path: z.array(z.union([index, code])).check(z.maxLength(1000)) }),
  z.object({ type: z.literal('copy-value'), path: z.array(z.union([index, code])).check(z.maxLength(1000)) }),
  z.object({ type: z.literal('copy-all'), format: z.enum(['json', 'csv']) }),
  z.object({ type: z.literal('save') }),
  z.object({ type: z.literal('run') }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('run-over'), dialect: z.enum(dialects) }),
  z.object({ type: z.literal('compare') }),
  z.object({ type: z.literal('copy-as') }),
  z.object({ type: z.literal('keep') }),
  z.object({ type: z.literal('fix'), suggestion: index }),
  z.object({ type: z.literal('learn-more') }),
  z.object({ type: z.literal('open-xml'), part, form }),
  z.object({ type: z.literal('save-bytes'), part }),
]);

/** See {@link responseRequest}. */
export type ResponseRequest = z.infer<typeof responseRequest>;
