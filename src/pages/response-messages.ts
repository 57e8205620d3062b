import * as z from 'zod/mini';
import { dialects, type Dialect } from '../api/dialect';
import { code, gridRequests, index, type Cell, type GridRows, type GridState } from './grid-messages';

/**
 * The contract between the extension and the response view, both directions. The view holds no result: it gets the rows
 * and branches that are on the screen, page by page, masked already.
 */

/** A list as a table. What may change without the list changing: filter, sort, columns. */
export interface TableState extends GridState {
  readonly shape: 'table';
  /** Columns whose values lead to a known thing. */
  readonly links: readonly string[];
  /** The column that leads to what a row is about, with the words for it. */
  readonly rowLink: { readonly column: string; readonly words: string } | undefined;
}

/** One line of the key-value sheet. */
export interface SheetLine {
  readonly code: string;
  readonly title: string;
  readonly doc: string;
  readonly cell: Cell;
  /** What is shown when the dialect cannot return the attribute. */
  readonly unread: string | undefined;
  /** Words for going to what the value names. */
  readonly link: string | undefined;
}

/** A customer as a sheet. */
export interface SheetResult {
  readonly shape: 'sheet';
  /** The attribute that says whose sheet it is, which has no line of its own, with the words for going there. */
  readonly open: { readonly code: string; readonly words: string } | undefined;
  readonly sections: readonly { readonly title: string; readonly lines: readonly SheetLine[] }[];
}

/** A branch or leaf of a result. */
export interface TreeItem {
  readonly key: string;
  readonly cell: Cell;
  /** How many children it has; 0 for leaves. */
  readonly children: number;
  /** Words for going to what the value names. */
  readonly link?: string | undefined;
}

/** Anything else. */
export interface TreeResult {
  readonly shape: 'tree';
  readonly root: TreeItem;
}

/** A fault or failure, in the order people read it. */
export interface FaultResult {
  readonly kind: 'fault' | 'transport' | 'decode' | 'policy' | 'input';
  readonly code: string;
  readonly said: string | undefined;
  readonly what: string;
  readonly why: string | undefined;
  readonly next: string | undefined;
  /** Whether a page of the documentation explains it. */
  readonly explained: boolean;
  /** Words of the button that applies a fix. */
  readonly fixWords: string;
  /** Mistakes in the request that explain it, each with the fix that is offered for it. */
  readonly suggestions: readonly { readonly message: string; readonly why: string; readonly fix: string | undefined }[];
}

/** Something about the answer that should not be so. */
export interface ResponseNotice {
  readonly text: string;
  /** The bytes it is about, as text. */
  readonly excerpt: string | undefined;
}

/** One HTTP header, in the order in which it stood; secrets are masked. */
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
  /** Tells it in style sheets. */
  readonly key: string;
  readonly name: string;
  readonly doc: string;
  readonly start: number;
  readonly ms: number;
}

/** Times in milliseconds and sizes in bytes of an exchange; sizes of the response are `undefined` when none came. */
export interface TimingState {
  readonly phases: readonly TimePhase[];
  readonly total: number;
  /** Size of the response as it travelled. */
  readonly wireBytes: number | undefined;
  /** Size of the response after decompression. */
  readonly bytes: number | undefined;
  readonly requestBytes: number;
}

/** How the answers of the dialects differ, attribute by attribute. */
export interface ComparisonState {
  /** The dialects that answered, the one that is shown first. */
  readonly dialects: readonly string[];
  /** What is to be known besides, a sentence each. */
  readonly notes: readonly string[];
  readonly attributes: readonly {
    readonly code: string;
    readonly title: string;
    /** What differs, such as `only over V1`. */
    readonly words: string;
    /** What each dialect returned. */
    readonly values: readonly Cell[];
  }[];
}

/** Everything the view shows, apart from rows and branches. */
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
  /** Whether it writes: then it is not repeated over other dialects. */
  readonly write: boolean;
  /** Why it cannot be sent again: it writes, and the store takes no writes. */
  readonly refused: string | undefined;
  /** Whether it can be sent again; secrets are not kept over a reload. */
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
  /** What the view needs after a reload of the window, to be kept by the browser; holds no secrets. */
  readonly memory: string;
}

/** From the extension to the response view. */
export type ResponseUpdate =
  | { readonly type: 'busy'; readonly busy: boolean; readonly words: string }
  | { readonly type: 'show'; readonly state: ResponseState }
  | { readonly type: 'table'; readonly table: TableState }
  | ({ readonly type: 'rows' } & GridRows)
  | { readonly type: 'branch'; readonly path: TreePath; readonly start: number; readonly items: readonly TreeItem[] }
  | { readonly type: 'comparison'; readonly comparison: ComparisonState }
  | { readonly type: 'gone'; readonly title: string; readonly words: string; readonly rerun: boolean };

/** Positions of children from the root down. */
export type TreePath = readonly number[];

/** Branches that are asked for at a time. */
export const PAGE_BRANCHES = 200;

const form = z.enum(['pretty', 'exact']);
const part = z.enum(['request', 'response']);

/** From the response view to the extension. */
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
