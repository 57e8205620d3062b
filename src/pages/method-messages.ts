import * as z from 'zod/mini';
import type { WireType } from '../api/types';
import type { ValueDraft } from '../forms/value-draft';
import { code } from './grid-messages';

/**
 * The contract between the extension and the form of a method, both directions. The page holds what is typed, and tells it; the extension
 * keeps it, and reads it once more before anything is sent.
 */

/** Longest text of one input, in UTF-16 units; more inputs, and deeper ones, than anybody fills in. */
const LONGEST_TEXT_CHARS = 100_000;
const MAX_PARTS = 5_000;

/** Which form it is: a store by the ID under which it is listed, and a method by its path or operation. */
export const methodPlace = z.object({ store: code, method: code });

/** See {@link methodPlace}. */
export type MethodPlace = z.infer<typeof methodPlace>;

/** What the page keeps for the time when it is drawn anew; nothing that was typed. */
export const methodMemory = z.looseObject({ place: methodPlace });

const text = z.string().check(z.maxLength(LONGEST_TEXT_CHARS));

/** See {@link ValueDraft}. */
const valueDraft: z.ZodMiniType<ValueDraft> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text, empty: z.optional(z.boolean()) }),
    z.object({ kind: z.literal('json'), text }),
    z.object({ kind: z.literal('yes-no'), value: z.enum(['', 'yes', 'no']) }),
    z.object({ kind: z.literal('list'), items: z.array(valueDraft).check(z.maxLength(MAX_PARTS)) }),
    z.object({ kind: z.literal('fields'), fields: z.record(z.string(), valueDraft) }),
    z.object({
      kind: z.literal('filters'),
      conditions: z.array(z.object({ attribute: text, operator: text, value: text })).check(z.maxLength(MAX_PARTS)),
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

/** What came of the last run. */
export interface MethodOutcome {
  readonly tone: 'good' | 'error';
  readonly words: string;
}

/** Everything the form shows, apart from what is typed. */
export interface MethodState {
  readonly place: MethodPlace;
  readonly method: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly store: string;
  readonly environment: 'production' | 'staging' | 'development' | undefined;
  readonly writes: boolean;
  /** What is to be known before it is run, such as that this API user may not call it. */
  readonly notes: readonly string[];
  readonly args: readonly FormArgument[];
  /** Attributes that filters can be about, as far as they are known. */
  readonly attributes: readonly string[];
  /** Why it cannot be run, instead of a form. */
  readonly problem: string | undefined;
  readonly running: boolean;
  readonly outcome: MethodOutcome | undefined;
}

/** From the extension to the form. */
export type MethodUpdate =
  | { readonly type: 'show'; readonly state: MethodState }
  /** What is typed, once the form is drawn; the page knows it better from then on. */
  | { readonly type: 'fill'; readonly draft: readonly ValueDraft[] };

/** From the form to the extension. */
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
