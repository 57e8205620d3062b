import * as z from 'zod/mini';
import type { WireType } from '../api/types';
import type { ValueDraft } from '../forms/value-draft';
import { code } from './grid-messages';

/**
 * The messages between the extension and the form of a method, in both directions. The page holds what the user types and reports it. The
 * extension stores it, and checks it again before it sends anything.
 */

/** Longest text of one input in UTF-16 units, and the largest number of inputs in a list. Both are more than anybody fills in. */
const MAX_TEXT_CHARS = 100_000;
const MAX_LIST_INPUTS = 5_000;

/** Identifies a form: the ID of a listed store, and the path or operation of a method. */
export const methodPlace = z.object({ store: code, method: code });

/** See {@link methodPlace}. */
export type MethodPlace = z.infer<typeof methodPlace>;

/** The data that the page keeps to be restored later. It contains nothing that the user typed. */
export const methodMemory = z.looseObject({ place: methodPlace });

const text = z.string().check(z.maxLength(MAX_TEXT_CHARS));

/** See {@link ValueDraft}. */
const valueDraft: z.ZodMiniType<ValueDraft> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text, empty: z.optional(z.boolean()) }),
    z.object({ kind: z.literal('json'), text }),
    z.object({ kind: z.literal('yes-no'), value: z.enum(['', 'yes', 'no']) }),
    z.object({ kind: z.literal('list'), items: z.array(valueDraft).check(z.maxLength(MAX_LIST_INPUTS)) }),
    z.object({ kind: z.literal('fields'), fields: z.record(z.string(), valueDraft) }),
    z.object({
      kind: z.literal('filters'),
      conditions: z.array(z.object({ attribute: text, operator: text, value: text })).check(z.maxLength(MAX_LIST_INPUTS)),
    }),
  ]),
);

/** One argument of the method. */
export interface FormArgument {
  readonly name: string;
  readonly type: WireType;
  /** Its type in words. */
  readonly words: string;
  readonly required: boolean;
}

/** The result of the last run. */
export interface MethodOutcome {
  readonly tone: 'good' | 'error';
  readonly words: string;
}

/** Everything that the form shows, except what the user typed. */
export interface MethodState {
  readonly place: MethodPlace;
  readonly method: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  readonly writes: boolean;
  /** Notes for the user before a run, such as that this API user may not call the method. */
  readonly notes: readonly string[];
  readonly args: readonly FormArgument[];
  /** Attributes that filters can use, as far as they are known. */
  readonly attributes: readonly string[];
  /** Why the method cannot be run. It is shown instead of the form. */
  readonly problem: string | undefined;
  readonly running: boolean;
  readonly outcome: MethodOutcome | undefined;
}

/** Messages from the extension to the form. */
export type MethodUpdate =
  | { readonly type: 'show'; readonly state: MethodState }
  /** The initial content, sent once the form is drawn. From then on, the page's own content is newer. */
  | { readonly type: 'fill'; readonly draft: readonly ValueDraft[] };

/** Messages from the form to the extension. */
export const methodRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('typed'), draft: z.array(valueDraft) }),
  z.object({ type: z.literal('run'), draft: z.array(valueDraft) }),
  z.object({ type: z.literal('cancel') }),
  z.object({ type: z.literal('retry') }),
  z.object({ type: z.literal('new-request'), draft: z.array(valueDraft) }),
  z.object({ type: z.literal('copy-as'), draft: z.array(valueDraft) }),
]);

/** See {@link methodRequest}. */
export type MethodFormRequest = z.infer<typeof methodRequest>;
